// SPDX-License-Identifier: MIT
//
// Which column is for what: names, lists of names, headers that are missing or wrong.
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/rows.hpp"

#include "row_runs.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

using Names = std::vector<std::string>;

Names list(std::string_view text) {
  try {
    return rows::parse_column_list(text);
  } catch (const Error& error) {
    return {"error: " + render_error(error)};
  }
}

rows::RowOptions columns(Names names) {
  rows::RowOptions options;
  options.columns = std::move(names);
  return options;
}

std::string read(const rows::RowOptions& options, std::string_view text) {
  return rows_of(items_of_one_scale("+++"), options, text);
}

}  // namespace

TEST_CASE("a list of columns names them one by one or from a first to a last") {
  CHECK(list("a,b,c") == Names{"a", "b", "c"});
  CHECK(list("Q1-Q3") == Names{"Q1", "Q2", "Q3"});
  CHECK(list("Q9-Q11,x") == Names{"Q9", "Q10", "Q11", "x"});
  CHECK(list("2-4") == Names{"2", "3", "4"});
  CHECK(list("Q5-Q5") == Names{"Q5"});
  CHECK(list("Q1-Q36").size() == 36);
  CHECK(list("Q1-Q500").size() == 500);
}

TEST_CASE("numbers keep their leading zeros") {
  CHECK(list("Q01-Q03") == Names{"Q01", "Q02", "Q03"});
  CHECK(list("Q08-Q11") == Names{"Q08", "Q09", "Q10", "Q11"});
  CHECK(list("Q099-Q101") == Names{"Q099", "Q100", "Q101"});
}

TEST_CASE("names may hold hyphens of their own") {
  CHECK(list("mother-1-mother-3") == Names{"mother-1", "mother-2", "mother-3"});
  CHECK(list("mother-1") == Names{"mother-1"});
  CHECK(list("a-b,sr-x-2") == Names{"a-b", "sr-x-2"});
  CHECK(list("Q1-R3") == Names{"Q1-R3"});
}

TEST_CASE("a list that can't be meant is refused") {
  const std::string advice = "\n  for example: Q1-Q36, or a,b,c";
  for (const char* text : {"", ",", "a,,b", "a,", ",a"}) {
    CAPTURE(text);
    CHECK(list(text) == Names{"error: a name in the list is empty" + advice});
  }
  CHECK(list("Q9-Q1") == Names{"error: 'Q9-Q1' does not ascend" + advice});
  CHECK(list("Q1-Q501") == Names{"error: 'Q1-Q501' names more than 500 columns" + advice});
  CHECK(list("a,b,a") == Names{"error: 'a' is named twice" + advice});
  CHECK(list("Q1-Q4,Q3") == Names{"error: 'Q3' is named twice" + advice});
}

TEST_CASE("a number too long for a span is part of a name") {
  CHECK(list("Q1-Q99999999999999999999") == Names{"Q1-Q99999999999999999999"});
}

TEST_CASE("columns may have names of their own, in the order of the items") {
  CHECK(read(columns({"Q1", "Q2", "Q3"}), "Q3,Q1,Q2,i1\n3,1,2,9\n") == "1 2 3\n");
}

TEST_CASE("names of columns are matched exactly") {
  CHECK(read({}, "I1,i2,i3\n1,2,3\n") ==
        "error: no column 'i1'\n"
        "  found: 'I1', 'i2', 'i3'\n"
        "  nearest to 'i1': 'I1'\n"
        "  --columns names them in the order of the items: --columns Q1-Q36");
}

TEST_CASE("columns that are missing are told all at once, with what there is") {
  CHECK(read({}, "i2,age\n1,2\n") ==
        "error: no columns 'i1', 'i3'\n"
        "  found: 'i2', 'age'\n"
        "  nearest to 'i1': 'i2'\n"
        "  --columns names them in the order of the items: --columns Q1-Q36");
}

TEST_CASE("other separators are noticed") {
  const std::string advice = "; commas are read, and tabs with --from tsv";
  CHECK(read({}, "i1;i2;i3\n1;2;3\n").ends_with("separated by semicolons" + advice));
  CHECK(read({}, "i1\ti2\ti3\n1\t2\t3\n").ends_with("separated by tabs" + advice));
}

TEST_CASE("long lists of names are cut short") {
  std::string header = "c1";
  for (int i = 2; i <= 15; ++i) header += ",c" + std::to_string(i);
  const std::string message = rows_of(items_of_one_scale("+++++++++++++++"), {}, header + "\n");
  CHECK(
      message.starts_with("error: no columns 'i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8', "
                          "'i9', 'i10', 'i11', 'i12' and 3 more\n"
                          "  found: 'c1', "));
  CHECK(message.find("'c12' and 3 more\n") != std::string::npos);
}

TEST_CASE("a column that is there twice is refused, unless nothing depends on it") {
  CHECK(read({}, "i1,i2,i2,i3\n1,2,2,3\n") ==
        "error: more than one column 'i2'\n  found: 'i1', 'i2', 'i2', 'i3'");
  CHECK(read({}, "i1,x,i2,x,i3,,\n1,2,2,3,4,5,6\n") == "1 2 4\n");
}

TEST_CASE("missing and repeated columns are told together") {
  const std::string message = read({}, "i1,i1,i3\n1,2,3\n");
  CHECK(message.find("no column 'i2'\n") != std::string::npos);
  CHECK(message.find("\n  more than once: 'i1'\n") != std::string::npos);
}

TEST_CASE("a column to keep has to be there") {
  rows::RowOptions options;
  options.keep = {"id"};
  CHECK(read(options, "ID,i1,i2,i3\n7,1,2,3\n") ==
        "error: no column 'id'\n  found: 'ID', 'i1', 'i2', 'i3'\n  nearest to 'id': 'ID'");
}

TEST_CASE("without a header columns are named by their place") {
  rows::RowOptions options = columns({"2", "4", "3"});
  options.has_header = false;
  options.keep = {"1"};
  CHECK(read(options, "x,1,3,2\ny,4,6,5\n") == "1 2 3 | x\n4 5 6 | y\n");
  CHECK(read(options, "x,1,3\n").starts_with("error: no column '4'\n  found: '1', '2', '3'"));
}

TEST_CASE("a first row of data with a problem is a row with a problem") {
  rows::RowOptions options = columns({"1", "2", "3"});
  options.has_header = false;
  CHECK(read(options, "1,\xFF,3\n4,5,6\n") == "problem\n4 5 6\n");
}

TEST_CASE("names in a first row may be quoted, and stand behind blank lines and a mark") {
  rows::RowOptions options = columns({"a", "b,c", "d"});
  CHECK(read(options, "\xEF\xBB\xBF\n\na,\"b,c\",d\n1,2,3\n") == "1 2 3\n");
}

TEST_CASE("an input without a first row is told to be empty") {
  const std::string expected =
      "error: is empty\n  the first row names the columns; --no-header where there is none";
  for (const char* text : {"", "\n", "\r\n\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
    CAPTURE(text);
    CHECK(read({}, text) == expected);
  }
  rows::RowOptions options = columns({"1", "2", "3"});
  options.has_header = false;
  CHECK(read(options, "\n") == "error: is empty");
}

TEST_CASE("a header without rows is an input without rows") {
  CHECK(read({}, "i1,i2,i3\n") == "");
  CHECK(read({}, "i1,i2,i3") == "");
}

TEST_CASE("a header that can't be read ends it") {
  const std::string advice = "\n  the first row names the columns; --no-header where there is none";
  CHECK(read({}, "i1,i2,i3,\xFF\n1,2,3,4\n") ==
        "error: first row: the text is not valid UTF-8" + advice);
  CHECK(read({}, "i1,i2,a\"b,i3\n1,2,3,4\n") ==
        "error: first row: a quote stands where none may stand" + advice);
  CHECK(read({}, "i1,i2,i3\r1,2,3\r") ==
        "error: first row: the text has a control character" + advice);
  CHECK(read({}, "i1,i2,\"i3\n1,2,3\n") == "error: first row: a quote is not closed" + advice);
  CHECK(read({}, std::string(rows::max_row_bytes + 1, 'x') + "\n") ==
        "error: first row: the row is longer than 1 MiB" + advice);
}
