// SPDX-License-Identifier: MIT
//
// The files that programs which collect answers write: what is read, and what is said of the rest.
#include <doctest/doctest.h>
#include <string>
#include <tuple>

#include "attune/rows.hpp"

#include "row_runs.hpp"

using namespace attune;                // NOLINT: a test file
using namespace attune::test;          // NOLINT: a test file
using namespace std::string_literals;  // NOLINT: bytes that are zero

namespace {

struct Source {
  const char* name;
  std::string columns;  // empty: the ids
  std::string bytes;
  std::string encoding;
  char separator;
  std::size_t header_rows;
  std::string rows;
};

// ASCII as UTF-16.
std::string utf_16(std::string_view text, bool is_big_endian) {
  std::string out = is_big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) out += is_big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return out;
}

const std::string qualtrics =
    "StartDate,ResponseId,Q2_1,Q2_2,Q2_3\n"
    "\"Start Date\",\"Response ID\",\"How so?\nOne, two\",\"How so? B\",\"How so? C\"\n"
    "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",x,y,z\n"
    "2024-03-01,R_1,1,2,3\n2024-03-01,R_2,4,,6\n";
const std::string qualtrics_tabs =
    "StartDate\tResponseId\tQ2_1\tQ2_2\tQ2_3\nStart Date\tResponse ID\tA\tB\tC\n"
    "{\"ImportId\":\"startDate\"}\t{\"ImportId\":\"x\"}\tx\ty\tz\n2024\tR_1\t1\t2\t3\n";

const Source sources[] = {
    {"ids", "", "i3,x,i1,i2\n3,9,1,2\n", "UTF-8", ',', 1, "1 2 3\n"},
    {"Qualtrics, CSV", "Q2_1-Q2_3", "\xEF\xBB\xBF" + qualtrics, "UTF-8 with a byte order mark", ',',
     3, "1 2 3\n4 - 6\n"},
    {"Qualtrics, TSV", "Q2_1-Q2_3", utf_16(qualtrics_tabs, false), "UTF-16", '\t', 3, "1 2 3\n"},
    {"UTF-16 with the high byte first", "Q2_1-Q2_3", utf_16(qualtrics_tabs, true), "UTF-16", '\t',
     3, "1 2 3\n"},
    {"a survey with a column of that name, and no rows of questions", "Q1-Q3",
     "StartDate,Q1,Q2,Q3\n2024,1,2,3\n2024,4,5,6\n", "UTF-8", ',', 1, "1 2 3\n4 5 6\n"},
    {"Google Forms", "2-4",
     "Timestamp,\"True of you? [I find, now\nand then, it hard]\",\"A, b\",\"A, b\"\r\n"
     "\"2024/03/01 10:00:00 am EET\",1,2,3\r\n",
     "UTF-8", ',', 1, "1 2 3\n"},
    {"LimeSurvey", "Q1[SQ001]-Q1[SQ003]",
     "\"id\";\"submitdate\";\"Q1[SQ001]\";\"Q1[SQ002]\";\"Q1[SQ003]\"\n"
     "\"1\";\"2024-03-01\";\"1\";\"2\";\"3\"\n",
     "UTF-8", ';', 1, "1 2 3\n"},
    {"LimeSurvey with ids as codes", "Q1[*]", "id;Q1[i2];Q1[i1];Q1[i3]\n1;2;1;3\n", "UTF-8", ';', 1,
     "1 2 3\n"},
    {"REDCap", "asq_1_preg-asq_3_preg",
     "record_id,redcap_event_name,asq_1_preg,asq_2_preg,asq_3_preg,asq_complete\n1,a,1,2,3,2\n",
     "UTF-8", ',', 1, "1 2 3\n"},
    {"SPSS, saved as CSV", "v1-v3", "\xEF\xBB\xBFID;v1;v2;v3\r\n1;1,00;2;3\r\n1;1.00;2;3\r\n",
     "UTF-8 with a byte order mark", ';', 1, "1 2 3\n1 2 3\n"},
    {"R, write.csv", "Q1-Q3", "\"\",\"Q1\",\"Q2\",\"Q3\"\n\"1\",1,2,3\n\"2\",NA,5,6\n", "UTF-8",
     ',', 1, "1 2 3\n- 5 6\n"},
    {"Excel where commas are decimal", "", "sep=;\r\ni1;i2;i3\r\n1;2;3\r\n", "UTF-8", ';', 1,
     "1 2 3\n"},
    {"openpsychometrics", "Q1A-Q3A", "Q1A\tQ1I\tQ1E\tQ2A\tQ2I\tQ2E\tQ3A\n1\t9\t900\t2\t9\t900\t3\n",
     "UTF-8", '\t', 1, "1 2 3\n"},
    {"pandas, JSON Lines", "", "{\"i1\":NaN,\"i2\":2.0,\"i3\":3}\n{\"i1\":1,\"i2\":2,\"i3\":3}\n",
     "UTF-8", ',', 1, "- 2 3\n1 2 3\n"},
    {"several people in one file", "partner_*",
     "id,mother_1,mother_2,mother_3,partner_1,partner_2,partner_3\n1,7,7,7,1,2,3\n", "UTF-8", ',',
     1, "1 2 3\n"},
};

rows::RowOptions options_for(const std::string& columns) {
  rows::RowOptions options;
  if (!columns.empty()) options.columns = rows::parse_column_list(columns);
  options.missing = {"NA"};
  return options;
}

}  // namespace

TEST_CASE("what other programs write is read as it is") {
  for (const Source& source : sources) {
    CAPTURE(source.name);
    const Questionnaire questionnaire = items_of_one_scale("+++");
    const rows::RowOptions options = options_for(source.columns);
    CHECK(rows_of(questionnaire, options, source.bytes) == source.rows);
    const std::string_view bytes[] = {source.bytes};
    rows::RowReader reader(questionnaire, 0, options, bytes_of(bytes));
    const rows::RowLayout& layout = reader.open();
    CHECK(layout.encoding == source.encoding);
    CHECK(layout.separator == source.separator);
    CHECK(layout.header_rows == source.header_rows);
  }
}

TEST_CASE("where a block ends does not matter to what an input is") {
  for (const Source& source : sources) {
    CAPTURE(source.name);
    const Questionnaire questionnaire = items_of_one_scale("+++");
    const rows::RowOptions options = options_for(source.columns);
    const RowsRead whole = read_text(questionnaire, options, source.bytes);
    std::vector<std::string_view> bytes;
    for (std::size_t at = 0; at < source.bytes.size(); ++at)
      bytes.push_back(std::string_view(source.bytes).substr(at, 1));
    CHECK(read_pieces(questionnaire, options, bytes) == whole);
  }
}

TEST_CASE("a file of another kind is known by its first bytes, and one command helps") {
  const std::pair<std::string, std::string> files[] = {
      {"PK\x03\x04\x14\0\x06\0[Content_Types].xml"s,
       "is a spreadsheet (xlsx or ods)\n  save it as CSV"},
      {"PK\x03\x04\x14\0\0\0data.csv"s, "is a zip archive\n  unzip -p FILE >data.csv"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "is a spreadsheet of Excel (xls)\n"},
      {"$FL2@(#) IBM SPSS",
       "is a data file of SPSS (sav)\n  save it as CSV, or: pspp-convert FILE data.csv"},
      {"<stata_dta><header>", "is a data file of Stata (dta)\n  Rscript "},
      {"\x1F\x8B\x08\0\0\0\0\0"s, "is compressed (gzip)\n  gunzip -c FILE >data.csv"},
      {"\xFD\x37zXZ\0"s, "is compressed (xz)\n  xz -dc FILE >data.csv"},
      {"<!DOCTYPE html>\n<table>", "is a web page"},
      {"[{\"i1\":1},{\"i1\":2}]\n",
       "is one JSON array, not JSON Lines\n  jq -c '.[]' FILE >data.jsonl"},
      {"[\n  {\n    \"i1\": 1\n  }\n]\n", "is one JSON array, not JSON Lines"},
      {"{\n  \"i1\": 1\n}\n", "has a JSON object over several lines\n  jq -c . FILE >data.jsonl"},
      {"{\"i1\":{\"0\":1,\"1\":2}}\n", "has its JSON by columns\n  pandas writes rows with"},
      {"{\"id\":{\"17\":\"a\"}}\n", "has its JSON by columns"},
      {"\"i1\" \"i2\" \"i3\"\n\"1\" 1 2 3\n",
       "first row: unexpected quotation mark\n  the cells are separated by blanks, as R's "
       "write.table()"},
      {"My data\ni1,i2,i3\n1,2,3\n",
       "no columns 'i1', 'i2', 'i3'\n  found: 'My data'\n  there is only one column: --separator "
       "says what separates cells; if the names are in the second line: tail -n +2 FILE"},
      {"i1,i2,i3\r1,2,3\r", "its lines end in CR alone\n  tr '\\r' '\\n' <FILE >data.csv"},
      {"i1,i2,i3\r" + std::string(100000, '\r'), "its lines end in CR alone"},
      {"i\0"
       "1\0,\0i\0"s,
       "is UTF-16 without a mark at its beginning\n  iconv -f UTF-16LE"},
      {"\0i\0"
       "1\0,\0i"s,
       "is UTF-16 without a mark at its beginning\n  iconv -f UTF-16BE"},
  };
  for (const auto& [bytes, words] : files) {
    CAPTURE(words);
    CHECK(rows_of(items_of_one_scale("+++"), {}, bytes).starts_with("error: " + words));
  }
}

TEST_CASE("labels are answers where that is asked for, whole and in any case") {
  Questionnaire questionnaire = items_of_one_scale("+-+");
  questionnaire.response_scales[0].labels = {
      {1, "strongly disagree"}, {2, "disagree"}, {7, "Strongly agree"}};
  rows::RowOptions options;
  const std::string text = "i1,i2,i3\nSTRONGLY agree, disagree ,5\nagree,1,1\n";
  CHECK(rows_of(questionnaire, options, text) == "problem\nproblem\n");
  const std::string_view bytes[] = {text};
  rows::RowReader reader(questionnaire, 0, options, bytes_of(bytes));
  CHECK(reader.next()->problem->advice == "labels of the response scale are read with --labels");
  options.labels = true;
  CHECK(rows_of(questionnaire, options, text) == "7 2 5\nproblem\n");
}

TEST_CASE("what an answer looks like that can't be read decides what may help") {
  Questionnaire questionnaire = items_of_one_scale("+");
  questionnaire.response_scales[0].labels = {{1, "Strongly disagree"}, {7, "strongly agree"}};
  const auto advice_for = [&](const std::string& cell, bool labels) {
    rows::RowOptions options;
    options.labels = labels;
    const std::string text = "i1\n" + cell + "\n";
    const std::string_view bytes[] = {text};
    rows::RowReader reader(questionnaire, 0, options, bytes_of(bytes));
    const rows::Row* const row = reader.next();
    return row->problem == nullptr ? std::to_string(row->answers[0]) : row->problem->advice;
  };
  using Case = std::tuple<const char*, std::string, std::string>;  // without --labels, and with it
  const std::string of_number = "codes for no answer are named with --missing";
  const std::string of_text = "if the answers are labels";
  const std::string of_labels = "the labels are 1 strongly disagree or 7 strongly agree; ";
  for (const auto& [cell, without, with] :
       {Case{"9", of_number, of_number}, Case{"2.5", of_number, of_number},
        Case{"STRONGLY agree", "labels of the response scale are read with --labels", "7"},
        Case{"5 - agree", "numbers followed by their labels", "5"},
        Case{"7 (strongly agree)", "numbers followed by their labels", "7"},
        Case{"2 \u2013 rather not", "numbers followed by their labels", "2"},
        Case{"5. Agree", "numbers followed by their labels", "5"},
        Case{"4=neither", "numbers followed by their labels", "4"},
        Case{"9 - agree", "numbers followed by their labels", of_number},
        // A known label has its own number; words behind a blank are no label for sure; a date.
        Case{"1 - strongly agree", "numbers followed by their labels", of_number},
        Case{"7 strongly agree", "numbers followed by their labels", "7"},
        Case{"3 times", "numbers followed by their labels", of_number},
        Case{"5-Jan", of_text, of_labels}, Case{"5-fine", "numbers followed by their labels", "5"},
        Case{"5 of 7 stars", of_text, of_labels}, Case{"4th", of_text, of_labels},
        Case{"AO03", "to turn codes such as A1 or AO01 into numbers, throughout the file: sed",
             "to turn codes such as A1"},
        Case{"A4", "to turn codes such as A1", "to turn codes such as A1"},
        Case{"A", of_text, of_labels}, Case{"p01", of_text, of_labels},
        Case{"Neither agree nor", of_text,
             of_labels + "to replace such an answer with its label: sed 's/Neither agree "
                         "nor/LABEL/g' FILE >data.csv"},
        Case{
            "don't know", of_text,
            of_labels +
                "to replace such an answer with its label: sed 's/TEXT/LABEL/g' FILE >data.csv"}}) {
    CAPTURE(cell);
    CHECK(advice_for(cell, false).starts_with(without));
    CHECK(advice_for(cell, true).starts_with(with));
  }
}

TEST_CASE("one cell more than there are names points to write.table()") {
  const std::string_view bytes[] = {"i1\ti2\tage\np01\t1\t2\t30\n1\t2\n"};
  rows::RowReader reader(items_of_one_scale("++"), 0, {}, bytes_of(bytes));
  const rows::RowProblem longer = *reader.next()->problem;
  CHECK(longer.message == "4 cells in a row that should have 3");
  CHECK(longer.advice.starts_with("one cell too many is typical of R's write.table()"));
  CHECK(reader.next()->problem->advice.empty());
}

TEST_CASE("a range may begin below zero") {
  rows::RowOptions options;
  options.range = AnswerRange{-3, 3};
  const std::string text = "i1,i2,i3\n-3,0,3\n-1,,2\n-4,0,0\n";
  const Questionnaire questionnaire = items_of_one_scale("+-+", 1, 7);
  CHECK(rows_of(questionnaire, options, text) == "-3 0 3\n-1 - 2\nproblem\n");
  CHECK(score_text(questionnaire, options, {}, text).text == "scale,scale_answered\n0,3\n,2\n,\n");
}

TEST_CASE("rows below the header are passed over, as many as are said") {
  rows::RowOptions options;
  options.skip_rows = 1;
  CHECK(rows_of(items_of_one_scale("++"), options, "i1,i2\nHow?,\"So,\nor so?\"\n1,2\n") ==
        "1 2\n");
  options.skip_rows = 0;
  options.columns = {{"Q2_1", "Q2_2"}};
  CHECK(rows_of(items_of_one_scale("++"), options, qualtrics) == "problem\nproblem\n1 2\n4 -\n");
}

TEST_CASE("a separator that is said is taken") {
  rows::RowOptions options;
  options.separator = '|';
  CHECK(rows_of(items_of_one_scale("++"), options, "i1|i2|a, b\n1|2|x\n") == "1 2\n");
}

TEST_CASE("scores of CSV have the separator of their input") {
  rows::RowOptions options;
  options.keep = {"id"};
  const Questionnaire questionnaire = items_of_one_scale("++");
  CHECK(score_text(questionnaire, options, {}, "id;i1;i2\n\"a;b\";1;2\nc,d;3;4\n").text ==
        "id;scale;scale_answered\n\"a;b\";1.5;2\nc,d;3.5;2\n");
}

TEST_CASE("what nobody asked for is remarked on once") {
  const RowsRead read =
      read_text(items_of_one_scale("++"), {}, "i1,x,i2\n1,\xE9,2\n3,a,4\n5,b\"c,6\n");
  CHECK(read.lines == std::vector<std::string>{"1 2", "3 4", "5 6"});
  CHECK(read.outcome.remark == "row 1, line 2, column x: the text is not valid UTF-8 (2)");
}
