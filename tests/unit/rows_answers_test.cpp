// SPDX-License-Identifier: MIT
//
// Which texts are answers, which stand for none, and which are problems.
#include <doctest/doctest.h>
#include <string>

#include "attune/rows.hpp"
#include "attune/text.hpp"

#include "row_runs.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// What becomes of `cell` between two others: the answer, "-", or the message of the problem. The
// same must come of it at the end of the row, in quotes, and as a string of JSON Lines.
std::string read_cell(std::string_view cell, const RowOptions& options, int min = 1, int max = 7) {
  const Questionnaire questionnaire = items_of_one_scale("+++", min, max);
  const std::string one = std::to_string(options.range ? options.range->min : min);
  const auto outcome = [&](const RowOptions& how, const std::string& text) {
    const std::string rows = rows_of(questionnaire, how, text);
    if (rows != "problem\n") return rows.substr(one.size() + 1, rows.size() - 2 * one.size() - 3);
    const std::string problem = problems_in(questionnaire, how, text);
    return problem.substr(problem.rfind("i2: ") + 4);
  };
  const std::string text(cell);
  const std::string plain = outcome(options, "i1,i2,i3\n" + one + "," + text + "," + one + "\n");
  CHECK(outcome(options, "i1,i2,i3\n" + one + ",\"" + text + "\"," + one + "\n") == plain);
  CHECK(outcome(options, "i3,i1,i2\n" + one + "," + one + "," + text + "\n") == plain);
  RowOptions json = options;
  json.format = RowFormat::jsonl;
  CHECK(outcome(json, "{\"i1\":" + one + ",\"i2\":\"" + text + "\",\"i3\":" + one + "}\n") ==
        plain);
  return plain;
}

RowOptions with_missing(std::vector<std::string> codes) {
  RowOptions options;
  options.missing = std::move(codes);
  return options;
}

}  // namespace

TEST_CASE("whole numbers of the range are answers") {
  for (const char* cell : {"1", "2", "3", "4", "5", "6", "7"}) CHECK(read_cell(cell, {}) == cell);
}

TEST_CASE("whatever is not a whole number of the range is a problem, never clamped") {
  const char* const illegal[] = {"8",
                                 "0",
                                 "-1",
                                 "4.5",
                                 "1e0",
                                 "+4",
                                 "0x4",
                                 "NaN",
                                 "inf",
                                 "four",
                                 "4,5",
                                 "4.",
                                 ".4",
                                 "1 2",
                                 "4 .0",
                                 "--4",
                                 "4-",
                                 "10",
                                 "44",
                                 "7.01",
                                 "0.99",
                                 "true",
                                 "null",
                                 "1e400",
                                 "９",
                                 "４",
                                 "٤",
                                 "\xC2\xA0"
                                 "4"};
  for (const std::string cell : illegal) {
    CAPTURE(cell);
    if (cell == "4,5") continue;  // in CSV these are two cells
    CHECK(read_cell(cell, {}) == "'" + escape(cell) + "' is not a whole number from 1 to 7\n");
  }
}

TEST_CASE("a number too large for any type is a problem like any other") {
  CHECK(read_cell(std::string(400, '9'), {}) ==
        "'" + std::string(24, '9') + "...' is not a whole number from 1 to 7\n");
}

TEST_CASE("a code stands for no answer as it is written and as the number that it is") {
  const RowOptions options = with_missing({"0", "NA", "-9"});
  for (const char* cell : {"", "0", "0.0", "00", " 0 ", "NA", " NA ", "-9", "-9.0", "-09"}) {
    CAPTURE(cell);
    CHECK(read_cell(cell, options) == "-");
  }
  for (const char* cell : {"na", "N", "NAN", "9", "-8", "O"}) {
    CAPTURE(cell);
    CHECK(read_cell(cell, options).find("is not a whole number") != std::string::npos);
  }
}

TEST_CASE("codes may be written with spaces around them") {
  const RowOptions options = with_missing({"0", " NA", " -9 "});
  for (const char* cell : {"0", "NA", "-9", "-9.0"}) CHECK(read_cell(cell, options) == "-");
}

TEST_CASE("a code within the range takes its number away from the answers") {
  const RowOptions options = with_missing({"7"});
  CHECK(read_cell("7", options) == "-");
  CHECK(read_cell("6", options) == "6");
}

TEST_CASE("numbers of two digits are answers of a wide range") {
  for (const char* cell : {"0", "1", "9", "10"}) CHECK(read_cell(cell, {}, 0, 10) == cell);
  CHECK(read_cell("11", {}, 0, 10) == "'11' is not a whole number from 0 to 10\n");
  for (const char* cell : {"1", "10", "99", "100"}) CHECK(read_cell(cell, {}, 1, 100) == cell);
  CHECK(read_cell("0", {}, 1, 100) == "'0' is not a whole number from 1 to 100\n");
  CHECK(read_cell("101", {}, 1, 100) == "'101' is not a whole number from 1 to 100\n");
}

TEST_CASE("the range of the data takes the place of that of the key") {
  RowOptions options;
  options.range = AnswerRange{0, 4};
  CHECK(read_cell("0", options) == "0");
  CHECK(read_cell("4", options) == "4");
  CHECK(read_cell("5", options) == "'5' is not a whole number from 0 to 4\n");
}

TEST_CASE("each item has the range of its own response scale") {
  Questionnaire questionnaire = items_of_one_scale("+++");
  questionnaire.response_scales.push_back({"wide", 0, 10, {}});
  questionnaire.items[1].response_scale = 1;
  CHECK(rows_of(questionnaire, {}, "i1,i2,i3\n7,10,7\n") == "7 10 7\n");
  CHECK(problems_in(questionnaire, {}, "i1,i2,i3\n7,0,0\n") ==
        "row 1, line 2, column i3: '0' is not a whole number from 1 to 7\n");
}

TEST_CASE("an item that is no rating has no column") {
  Questionnaire questionnaire = items_of_one_scale("+++");
  questionnaire.items[1].kind = ItemKind::text;
  questionnaire.items[1].scale.reset();
  CHECK(rows_of(questionnaire, {}, "i1,i2,i3\n7,words,1\n") == "7 1\n");
}

TEST_CASE("a text that is shown is short and can do no harm") {
  CHECK(read_cell("\xE2\x80\xAE", {}) == "'\\u{202E}' is not a whole number from 1 to 7\n");
  const std::string message = read_cell(std::string(30, 'x'), {});
  CHECK(message == "'" + std::string(24, 'x') + "...' is not a whole number from 1 to 7\n");
}
