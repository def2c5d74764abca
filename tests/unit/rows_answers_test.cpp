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

constexpr int item_count = 6;

// Rows of `one` around a row that has `cell` at `place`, so that cells are read four at once, one
// by one and at the end.
std::string csv_with(const std::string& cell, const std::string& one, int place) {
  std::string header;
  std::string good;
  std::string row;
  for (int i = 0; i < item_count; ++i) {
    const std::string comma = i > 0 ? "," : "";
    header += comma + 'i' + std::to_string(i + 1);
    good += comma + one;
    row += comma + (i == place ? cell : one);
  }
  return header + '\n' + good + '\n' + row + '\n' + good + '\n' + good + '\n';
}

std::string json_with(const std::string& value, const std::string& one, int place) {
  std::string good;
  std::string row;
  for (int i = 0; i < item_count; ++i) {
    const std::string name = (i > 0 ? ",\"i" : "{\"i") + std::to_string(i + 1) + "\":";
    good += name + one;
    row += name + (i == place ? value : one);
  }
  return good + "}\n" + row + "}\n" + good + "}\n";
}

// What became of the cell at `place` of the second row: the answer, "-", or the message.
std::string outcome(const Questionnaire& questionnaire, const rows::RowOptions& options,
                    const std::string& text, const std::string& one, int place) {
  const std::string rows = rows_of(questionnaire, options, text);
  std::string row = rows.substr(rows.find('\n') + 1);
  row.resize(row.find('\n'));
  const std::string problem = problems_in(questionnaire, options, text);
  if (row == "problem") return problem.substr(problem.rfind("i" + std::to_string(place + 1)) + 4);
  CHECK(problem.empty());
  const std::size_t before = static_cast<std::size_t>(place) * (one.size() + 1);
  const std::size_t behind = static_cast<std::size_t>(item_count - 1 - place) * (one.size() + 1);
  return row.substr(before, row.size() - before - behind);
}

bool is_json_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
         (text.size() == 1 || text[0] != '0');
}

// What becomes of `cell`, the same at every place, in quotes, and in JSON Lines.
std::string read_cell(const std::string& cell, const rows::RowOptions& options, int min = 1,
                      int max = 7) {
  const Questionnaire questionnaire = items_of_one_scale(std::string(item_count, '+'), min, max);
  const std::string one = std::to_string(options.range ? options.range->min : min);
  const std::string first = outcome(questionnaire, options, csv_with(cell, one, 0), one, 0);
  rows::RowOptions json = options;
  json.format = rows::RowFormat::jsonl;
  const std::string quoted = '"' + cell + '"';
  for (int place = 0; place < item_count; ++place) {
    CAPTURE(place);
    const auto read = [&](const rows::RowOptions& how, const std::string& text) {
      return outcome(questionnaire, how, text, one, place);
    };
    CHECK(read(options, csv_with(cell, one, place)) == first);
    CHECK(read(options, csv_with(quoted, one, place)) == first);
    CHECK(read(json, json_with(quoted, one, place)) == first);
    if (is_json_number(cell)) CHECK(read(json, json_with(cell, one, place)) == first);
  }
  return first;
}

rows::RowOptions with_missing(std::vector<std::string> codes) {
  rows::RowOptions options;
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
                                 ("\xC2\xA0"
                                  "4")};
  for (const std::string cell : illegal) {
    CAPTURE(cell);
    if (cell == "4,5") continue;  // in CSV these are two cells
    CHECK(read_cell(cell, {}) == "'" + escape(cell) + "' is not a whole number from 1 to 7\n");
  }
}

TEST_CASE("a number too large for any type is a problem like any other") {
  CHECK(read_cell(std::string(300, '9'), {}) ==
        "'" + std::string(24, '9') + "...' is not a whole number from 1 to 7\n");
}

TEST_CASE("a code stands for no answer as it is written and as the number that it is") {
  const rows::RowOptions options = with_missing({"0", "NA", "-9"});
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
  const rows::RowOptions options = with_missing({"0", " NA", " -9 "});
  for (const char* cell : {"0", "NA", "-9", "-9.0"}) CHECK(read_cell(cell, options) == "-");
}

TEST_CASE("a code within the range takes its number away from the answers") {
  const rows::RowOptions options = with_missing({"7"});
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
  rows::RowOptions options;
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
