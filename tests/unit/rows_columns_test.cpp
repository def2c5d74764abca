// SPDX-License-Identifier: MIT
//
// Which column is for what: names, lists of names, headers that are missing or wrong.
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/rows.hpp"

#include "row_runs.hpp"

using namespace attune;                // NOLINT: a test file
using namespace attune::test;          // NOLINT: a test file
using namespace std::string_literals;  // NOLINT: short

namespace {

using Names = std::vector<std::string>;

// The names that a list stands for among those `found`.
Names list(std::string_view text, std::string_view found = "") {
  try {
    const std::string header = found.empty() ? "" : "i1," + std::string(found) + "\n";
    rows::RowOptions options;
    if (found.empty()) options.format = rows::RowFormat::jsonl;
    options.keep = rows::parse_column_list(text);
    const std::string_view bytes[] = {header};
    const Questionnaire questionnaire = items_of_one_scale("+");
    rows::RowReader reader(questionnaire, 0, options, bytes_of(bytes));
    return reader.open().keep;
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

TEST_CASE("in quotes a part of a list is a name, whatever is in it") {
  CHECK(list("\"a, b\",c") == Names{"a, b", "c"});
  CHECK(list("\"Q1-Q3\"") == Names{"Q1-Q3"});
  CHECK(list("\"say \"\"hi\"\"\",x") == Names{"say \"hi\"", "x"});
  CHECK(list("5\" disk") == Names{"5\" disk"});
  CHECK(list("\"a, b") ==
        Names{"error: a quote in the list is not closed\n  for example: Q1-Q36, or a,b,c"});
}

TEST_CASE("the number that a span counts may stand anywhere in the name") {
  CHECK(list("Q1[SQ001]-Q1[SQ003]") == Names{"Q1[SQ001]", "Q1[SQ002]", "Q1[SQ003]"});
  CHECK(list("asq_9_pre-asq_11_pre") == Names{"asq_9_pre", "asq_10_pre", "asq_11_pre"});
  CHECK(list("Q1A-Q3A", "Q1A,Q1I,Q2A,Q2I,Q3A,Q3I") == Names{"Q1A", "Q2A", "Q3A"});
  CHECK(list("Q19-Q21") == Names{"Q19", "Q20", "Q21"});
}

TEST_CASE("a literal name comes before a span, a span before places") {
  CHECK(list("2023-2024", "2023,2023-2024,2024") == Names{"2023-2024"});
  CHECK(list("b-d", "a,b,c,d,e") == Names{"b", "c", "d"});
  CHECK(list("x-1-y", "x,x-1,z,y") == Names{"x-1", "z", "y"});
  CHECK(list("2-3,1", "a,b,c") == Names{"a", "b", "i1"});
  CHECK(list("4-3", "a,b,c").front().starts_with("error: '4-3' does not ascend"));
}

TEST_CASE("places tell columns of one name apart") {
  rows::RowOptions options = columns({"2", "3", "1"});
  CHECK(read(options, "How?,How?,How?\n1,2,3\n") == "2 3 1\n");
  options.columns = {"2-4"};
  options.keep = {"1"};
  CHECK(read(options, "Time,\"a, b\",\"c\nd\",\n9,1,2,3\n") == "1 2 3 | 9\n");
}

TEST_CASE("a star stands for the ids, or else for the columns that begin and end so") {
  CHECK(read(columns({"mother_*"}), "mother_i3,mother_i1,x,mother_i2,father_i1\n3,1,9,2,9\n") ==
        "1 2 3\n");
  CHECK(read(columns({"*_me"}), "a_me,a_you,b_me,b_you,c_me\n1,9,2,9,3\n") == "1 2 3\n");
  CHECK(read(columns({"z*"}), "a,b,c\n1,2,3\n").starts_with("error: 1 column for 3 items\n"));
  CHECK(list("q*", "q1,r1,q2") == Names{"q1", "q2"});
}

TEST_CASE("a star that stands for numbers takes the lowest first, and nothing but numbers") {
  CHECK(list("m_*", "m_1,m_10,m_2,x,m_age") == Names{"m_1", "m_2", "m_10"});
  CHECK(list("Q*A", "Q02A,Q1A,QA,QxA") == Names{"Q1A", "Q02A"});
  CHECK(list("*_m,*_f", "2_m,1_m,1_f,2_f") == Names{"1_m", "2_m", "1_f", "2_f"});
}

TEST_CASE("what is written otherwise in a name is no other name") {
  CHECK(read({}, "i1,i2, I_3\n").find("\n  nearest to 'i3': ' I_3'\n") != std::string::npos);
  const std::string text = "I-3,i_1,I.2\n1,2,3\n";
  CHECK(read(columns({"I-3", "i_1", "I.2"}), text) == "2 3 1\n");
  CHECK(read(columns({"1-3"}), text) == "2 3 1\n");
}

TEST_CASE("ids behind a beginning are offered, and taken by a star, however they are written") {
  CHECK(read({}, "id,x_I-3,x_I-1,x_I-2\n9,1,2,3\n")
            .ends_with("\n  the ids of the items have a prefix here: --columns 'x_*'"));
  CHECK(read(columns({"x_*"}), "id,x_I-3,x_I-1,x_I-2\n9,1,2,3\n") == "2 3 1\n");
}

TEST_CASE("names that are the ids in another order go by name") {
  CHECK(read(columns({"I3", "I1", "I2"}), "I1,I2,I3\n1,2,3\n") == "1 2 3\n");
  CHECK(read(columns({"I3", "I1", "x"}), "I1,x,I3\n1,2,3\n") == "3 1 2\n");
}

TEST_CASE("remarks warn of columns out of order and of a first row of data") {
  const auto remarks = [](const std::string& part, const std::string& text,
                          bool has_header = true) {
    rows::RowOptions options = columns({part});
    options.has_header = has_header;
    const Questionnaire questionnaire = items_of_one_scale("+++");
    const std::string_view bytes[] = {text};
    rows::RowReader reader(questionnaire, 0, options, bytes_of(bytes));
    std::string all;
    for (const std::string& remark : reader.open().remarks) all += remark + "\n";
    return all;
  };
  CHECK(remarks("2-4", "id,e1,e10,e2\n").empty());  // e1, e2 and e10 are not all there is
  CHECK(remarks("2-4", "id,e9,e10,e8\n") ==
        "the columns are not in the order of their numbers; --columns 'e8-e10' takes them in "
        "that order\n");
  for (const char* names : {"id,e8,e9,e10", "id,e8,f9,e7", "id,e9a,e8b,e7c", "id,a,b,c"})
    CHECK(remarks("2-4", names + "\n"s).empty());
  CHECK(remarks("e8-e10", "id,e9,e10,e8\n").empty());
  CHECK(remarks("i1-i3", "i1,i3,i2\n").empty());
  CHECK(remarks("1-3", "i2,i1,i3\n").starts_with("--columns has the ids"));
  const std::string is_data =
      "the first row has numbers instead of names; if it is data, use --no-header\n";
  CHECK(remarks("2-4", "p1,4,3,4\n") == is_data);
  CHECK(remarks("2-4", "p1,4,3,4\n", false).empty());
  CHECK(remarks("2-4", "id,1,2,3\n").empty());
  CHECK(read({}, "p1,4,3,4\n")
            .find("\n  the first row looks like data; if it is, use --no-header\n") !=
        std::string::npos);
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
        "  name the columns of all 3 items in their order: --columns a,b,c, or by "
        "their places: --columns FIRST-LAST");
}

TEST_CASE("columns that are missing are told all at once, with what there is") {
  CHECK(read({}, "i2,age\n1,2\n") ==
        "error: no columns 'i1', 'i3'\n"
        "  found: 'i2', 'age'\n"
        "  nearest to 'i1': 'i2'\n"
        "  name the columns of all 3 items in their order: --columns a,b,c, or by "
        "their places: --columns FIRST-LAST");
}

TEST_CASE("long lists of names are cut short") {
  std::string header = "c_";
  for (char c = 'a'; c <= 'n'; ++c) header += std::string(",c_") + c;
  const std::string message = rows_of(items_of_one_scale("+++"), {}, header + "\n");
  CHECK(message.starts_with("error: no columns 'i1', 'i2', 'i3'\n  found: 'c_', "));
  CHECK(message.find("'c_j', 'c_k' and 3 more\n") != std::string::npos);
}

TEST_CASE("names that count up are listed by the first and the last") {
  const auto told = [](const std::string& header) {
    return rows_of(items_of_one_scale("+++++"), {}, header + "\n");
  };
  CHECK(told("Name,v12,v13,v14,v15,v16,v10,Sex") ==
        "error: no columns 'i1' to 'i5'\n"
        "  found: 'Name', 'v12' to 'v16', 'v10', 'Sex'\n"
        "  if these are the items in their order: --columns 'v12-v16'");
  CHECK(told("a,Q5[SQ08],Q5[SQ09],Q5[SQ10],Q5[SQ11],Q5[SQ12]").ends_with("'Q5[SQ08]-Q5[SQ12]'"));
  std::string numbers;
  while (numbers.size() < 500'000) numbers += "a1";
  CHECK(told(numbers + ",b").ends_with("or by their places: --columns FIRST-LAST"));
  std::string many = "a";
  for (int i = 0; i < 100'000; ++i) many += ",x" + std::to_string(i) + "i1";
  CHECK(told(many).ends_with("or by their places: --columns FIRST-LAST"));
  // One too many or too few, or not one after the other, are other columns.
  for (const char* header : {"v1,v2,v3,v4,v5,v6", "v1,v2,v3,v4", "v1,v2,v3,v5,v6,v7"})
    CHECK(told(header).ends_with("or by their places: --columns FIRST-LAST"));
  // In the order of a sort program, with other columns between, or side by side and alike.
  CHECK(told("q1,q10,q2,q3,q4,q5").ends_with("--columns 'q1-q5'"));
  CHECK(told("Q1A,Q1T,Q2A,Q2T,Q3A,Q3T,Q4A,Q4T,Q5A,Q5T").ends_with("--columns 'Q1A-Q5A'"));
  CHECK(told("id,I feel [a],I feel [b],I feel [c],I feel [d],I feel [e],I fear")
            .ends_with("--columns 2-6, their places"));
}

TEST_CASE("a column that is there twice is refused, unless nothing depends on it") {
  CHECK(read({}, "i1,i2,i2,i3\n1,2,2,3\n") ==
        "error: more than one column 'i2'\n  found: 'i1', 'i2', 'i2', 'i3'\n"
        "  each can be named by its place, counted from 1");
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
  CHECK(read(options, "1,\"x\"y,3\n4,5,6\n") == "problem\n4 5 6\n");
  CHECK(read(options, "1,\"x\"y,3\n").starts_with("error: no row at its beginning can be read"));
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

TEST_CASE("a header costs nothing where nobody asked for what can't be read") {
  CHECK(read({}, "i1,i2,i3,\xFF\n1,2,3,4\n") == "1 2 3\n");
  CHECK(read({}, "i1,i2,a\"b,i3\n1,2,3,4\n") == "1 2 4\n");
  rows::RowOptions options;
  options.keep = {"4"};
  CHECK(read(options, "i1,i2,i3,\xFF\n1,2,3,4\n")
            .starts_with("error: the name '\\xFF' is not valid UTF-8\n"));
  CHECK(read({}, "i1,i2,\xFF\n1,2,3\n").find("iconv -f WINDOWS-1252") != std::string::npos);
}

TEST_CASE("a header that can't be read ends it") {
  const std::string advice = "\n  the first row names the columns; --no-header where there is none";
  CHECK(read({}, "i1,i2,\"a\"b,i3\n1,2,3,4\n") ==
        "error: first row: unexpected quotation mark" + advice);
  CHECK(read({}, "i1,i2,\"i3\n1,2,3\n") == "error: first row: a quote is not closed" + advice);
  CHECK(read({}, std::string(rows::max_row_bytes + 1, 'x') + "\n") ==
        "error: first row: the row is longer than 1 MiB" + advice);
}
