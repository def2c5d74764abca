// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>

#include "attune/rows.hpp"

#include "row_runs.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

std::string csv(std::string_view text, const rows::RowOptions& options = {}) {
  return rows_of(items_of_one_scale("+++"), options, text);
}

std::string tsv(std::string_view text) {
  rows::RowOptions options;
  options.format = rows::RowFormat::tsv;
  return csv(text, options);
}

// Rows whose cells besides the answers are kept.
rows::RowOptions keeping(std::vector<std::string> names) {
  rows::RowOptions options;
  options.keep = std::move(names);
  return options;
}

}  // namespace

TEST_CASE("a row of CSV has an answer in each cell") {
  CHECK(csv("i1,i2,i3\n1,2,3\n7,6,5\n") == "1 2 3\n7 6 5\n");
}

TEST_CASE("columns may stand in any order, with others between them") {
  CHECK(csv("x,i3,y,i1,z,i2,w\na,3,b,1,c,2,d\n") == "1 2 3\n");
}

TEST_CASE("an empty cell is no answer, and never a number") {
  CHECK(csv("i1,i2,i3\n,2,3\n1,,3\n1,2,\n,,\n\"\",2,\"\"\n  ,2, \n") ==
        "- 2 3\n1 - 3\n1 2 -\n- - -\n- 2 -\n- 2 -\n");
}

TEST_CASE("the last line may lack its line end") {
  CHECK(csv("i1,i2,i3\n1,2,3") == "1 2 3\n");
  CHECK(csv("i1,i2,i3\n1,2,") == "1 2 -\n");
  CHECK(csv("i1,i2,i3\n1,2,\"3\"") == "1 2 3\n");
}

TEST_CASE("lines may end with CR LF") {
  CHECK(csv("i1,i2,i3\r\n1,2,3\r\n4,5,\r\n\"1\",\"2\",\"3\"\r\n") == "1 2 3\n4 5 -\n1 2 3\n");
  CHECK(csv("i1,i2,i3\r\n1,2,3\r") == "1 2 3\n");
}

TEST_CASE("blank lines count for nothing") {
  CHECK(csv("i1,i2,i3\n\n1,2,3\n\r\n\n4,5,6\n\n\n") == "1 2 3\n4 5 6\n");
}

TEST_CASE("blank lines in front of the header count for nothing") {
  CHECK(csv("\n\r\ni1,i2,i3\n1,2,3\n") == "1 2 3\n");
  CHECK(csv("\xEF\xBB\xBF\ni1,i2,i3\n1,2,3\n") == "1 2 3\n");
}

TEST_CASE("an empty line of a single column is an empty cell, but the end of the input is none") {
  const Questionnaire questionnaire = items_of_one_scale("+");
  CHECK(rows_of(questionnaire, {}, "i1\n1\n\n2\n") == "1\n-\n2\n");
  CHECK(rows_of(questionnaire, {}, "i1\n1\n2") == "1\n2\n");
  CHECK(rows_of(questionnaire, {}, "i1\n") == "");
}

TEST_CASE("a byte order mark in front means nothing") {
  CHECK(csv("\xEF\xBB\xBFi1,i2,i3\n1,2,3\n") == "1 2 3\n");
  CHECK(csv("\xEF\xBB\xBF\"i1\",i2,i3\n1,2,3\n") == "1 2 3\n");
}

TEST_CASE("quoted cells may hold separators, line ends and doubled quotes") {
  CHECK(csv("id,i1,i2,i3\n\"a,b\",1,2,3\n\"a\nb\r\n\",1,2,3\n\"a\"\"b\",1,2,3\n\"\"\"\",4,5,6\n",
            keeping({"id"})) ==
        "1 2 3 | \"a,b\"\n1 2 3 | \"a\nb\r\n\"\n1 2 3 | \"a\"\"b\"\n4 5 6 | \"\"\"\"\n");
}

TEST_CASE("quoted names are read like names without quotes") {
  CHECK(csv("\"i1\",\"a,\"\"b\n\",i2,\"i3\"\n1,x,2,3\n", keeping({"a,\"b\n"})) == "1 2 3 | x\n");
}

TEST_CASE("a number may be quoted, have spaces around it or decimals that are zero") {
  CHECK(csv("i1,i2,i3\n\"4\",\" 4 \",4.0\n 4,4 ,  4.000  \n\"4.0\",04,4\n") ==
        "4 4 4\n4 4 4\n4 4 4\n");
}

TEST_CASE("tab-separated rows follow the same rules") {
  CHECK(tsv("i1\ti2\ti3\n1\t2\t3\n\t \t\"4\"\r\n\n4\t4.0\t 4") == "1 2 3\n- - 4\n4 4 4\n");
  CHECK(tsv("a,b\ti1\ti2\ti3\n\"x\ty\"\t1\t2\t3\nx,y\t4\t5\t6\n") == "1 2 3\n4 5 6\n");
}

TEST_CASE("a tab is a plain character of CSV, and a comma one of TSV") {
  CHECK(csv("id,i1,i2,i3\na\tb,1,2,3\n", keeping({"id"})) == "1 2 3 | a\tb\n");
  rows::RowOptions options = keeping({"id"});
  options.format = rows::RowFormat::tsv;
  CHECK(csv("id\ti1\ti2\ti3\na,b\t1\t2\t3\n", options) == "1 2 3 | a,b\n");
}

TEST_CASE("a column may be an answer and be kept") {
  CHECK(csv("i1,i2,i3\n1,\"2\", 3 \n", keeping({"i2", "i3"})) == "1 2 3 | \"2\" |  3 \n");
}

TEST_CASE("a cell of any kind may stand in any place") {
  const Questionnaire questionnaire = items_of_one_scale("+++++++++");
  const std::string header = "i1,i2,i3,i4,i5,i6,i7,i8,i9\n";
  for (int place = 0; place < 9; ++place) {
    for (const char* cell : {"5", "\"5\"", " 5", "5.0", ""}) {
      std::string row;
      std::string expected;
      for (int column = 0; column < 9; ++column) {
        const bool is_other = column == place;
        const std::string digit = std::to_string(column % 7 + 1);
        row += (column > 0 ? "," : "") + (is_other ? std::string(cell) : digit);
        expected += (column > 0 ? " " : "") + (!is_other ? digit : *cell == '\0' ? "-" : "5");
      }
      CAPTURE(row);
      CHECK(rows_of(questionnaire, {}, header + row + "\n" + row + "\n") ==
            expected + "\n" + expected + "\n");
    }
  }
}
