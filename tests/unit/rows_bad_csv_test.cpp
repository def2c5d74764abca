// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>

#include "attune/rows.hpp"

#include "bad_rows.hpp"
#include "row_runs.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

rows::RowOptions keeping_id() {
  rows::RowOptions options;
  options.keep = {"id"};
  return options;
}

const std::string head = "i1,i2,i3\n";

}  // namespace

TEST_CASE("what is wrong in a file is told with its place, and the rows behind it are read") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  CHECK(bad_rows().size() > 40);
  for (const BadRows& bad : bad_rows()) {
    CAPTURE(bad.text);
    const std::string rows = rows_of(questionnaire, keeping_id(), bad.text);
    if (bad.rows.starts_with("error: ")) {
      CHECK(rows.starts_with(bad.rows));
    } else {
      CHECK(rows == bad.rows);
    }
    CHECK(problems_in(questionnaire, keeping_id(), bad.text) == bad.problems);
  }
}

TEST_CASE("a row longer than a mebibyte is one problem, whatever is in it") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  const std::string long_text(rows::max_row_bytes, 'x');
  for (const std::string& row :
       {long_text + ",1,2,3\n", "a,1,2,3," + long_text + "\n", "a,1," + long_text + ",3\n",
        std::string(rows::max_row_bytes, ',') + "\n", "\"" + long_text + "\",1,2,3\n",
        std::string(rows::max_row_bytes, ' ') + "\n"}) {
    const std::string text = "id," + head + row + "z,4,5,6\n";
    const std::string rows = rows_of(questionnaire, keeping_id(), text);
    CHECK(rows.ends_with("\n4 5 6 | z\n"));
    CHECK(problems_in(questionnaire, keeping_id(), text) ==
          "row 1, line 2: the row is longer than 1 MiB\n");
  }
}

TEST_CASE("a row of just a mebibyte is read") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  const std::string row = std::string(rows::max_row_bytes - 7, 'x') + ",1,2,3\n";
  REQUIRE(row.size() == rows::max_row_bytes);
  CHECK(problems_in(questionnaire, keeping_id(), "id," + head + row) == "");
  CHECK(problems_in(questionnaire, keeping_id(), "id," + head + "x" + row) ==
        "row 1, line 2: the row is longer than 1 MiB\n");
}

TEST_CASE("an open quote costs one row, however long the text behind it is") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  std::string text = "id," + head + "\"a,1,2,3\n";
  const std::string good = "z,4,5,6\n";
  for (std::size_t i = 0; i < 2 * rows::max_row_bytes; i += good.size()) text += good;
  text += "\"b\",4,5,6\n";
  const RowsOutcome outcome = read_text(questionnaire, keeping_id(), text).outcome;
  CHECK(outcome.problems == std::vector<std::string>{"row 1, line 2: a quote is not closed"});
  CHECK(outcome.row_count == 2 * rows::max_row_bytes / good.size() + 2);
}

TEST_CASE("lines are counted on behind a row that is too long") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  const std::string text = "id," + head + "\"a\nb\"," + std::string(rows::max_row_bytes, '1') +
                           ",2,3\nc,4,5,6\nd,9,5,6\n";
  CHECK(problems_in(questionnaire, keeping_id(), text) ==
        "row 1, line 2: the row is longer than 1 MiB\n"
        "row 3, line 5, column i1: '9' is not a whole number from 1 to 7\n");
}

TEST_CASE("nothing of a row with a problem is taken over by the row behind it") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  CHECK(rows_of(questionnaire, keeping_id(), "id,i1,i2,i3\na,1,2,9\n,,,\nb,3\n\"c\",,1,\n") ==
        "problem | a\n- - - | \nproblem | b\n- 1 - | \"c\"\n");
}
