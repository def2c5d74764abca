// SPDX-License-Identifier: MIT
//
// One format in, the same or another out: the numbers and the kept texts stay what they are.
#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "report_checks.hpp"
#include "row_runs.hpp"
#include "row_values.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr rows::RowFormat formats[] = {rows::RowFormat::csv, rows::RowFormat::tsv,
                                       rows::RowFormat::jsonl};

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

// Rows with a text in front, as the bytes of a format.
std::string input(const Questionnaire& questionnaire, const std::vector<RowValues>& rows,
                  const std::vector<std::string>& ids, rows::RowFormat format) {
  std::string text = "id," + header_of(questionnaire, 0);
  if (format == rows::RowFormat::tsv) std::replace(text.begin(), text.end(), ',', '\t');
  if (format == rows::RowFormat::jsonl) text.clear();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (format == rows::RowFormat::jsonl) {
      nlohmann::ordered_json line;
      line["id"] = ids[i];
      for (std::size_t item = 0; item < rows[i].size(); ++item) {
        if (rows[i][item] != skip) line[questionnaire.items[item].id] = rows[i][item];
      }
      text += line.dump() + '\n';
      continue;
    }
    std::string cells = cells_of(rows[i]);
    if (format == rows::RowFormat::tsv) std::replace(cells.begin(), cells.end(), ',', '\t');
    text += quoted(ids[i]) + (format == rows::RowFormat::tsv ? '\t' : ',') + cells;
  }
  return text;
}

std::string convert(const Questionnaire& questionnaire, const std::string& text,
                    rows::RowFormat from, rows::RowFormat to) {
  rows::RowOptions rows;
  rows.format = from;
  rows.keep = {"id"};
  rows::ScoreOptions scores;
  scores.format = to;
  scores.columns = {true, true, true, false, true};
  const RowsOutcome outcome = score_text(questionnaire, rows, scores, text);
  CHECK(outcome.problems.empty());
  return outcome.text;
}

// A line for each row: its id, then every number as text, whatever the format.
std::vector<std::string> values_of(const std::string& text, rows::RowFormat format) {
  std::vector<std::string> lines;
  if (format == rows::RowFormat::jsonl) {
    for (const std::string& line : lines_of(text)) {
      std::string values;
      for (const auto& member : nlohmann::ordered_json::parse(line)) {
        if (!values.empty()) values += '|';
        if (member.is_string()) values += member.get<std::string>();
        if (member.is_number()) values += render_decimal(member.get<double>(), 4);
      }
      lines.push_back(values);
    }
    return lines;
  }
  const char separator = format == rows::RowFormat::tsv ? '\t' : ',';
  std::string values;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && is_quoted && i + 1 < text.size() && text[i + 1] == '"') {
      values += text[i++];
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == '\n' && !is_quoted) {
      lines.push_back(std::exchange(values, ""));
    } else {
      values += c == separator && !is_quoted ? '|' : c;
    }
  }
  lines.erase(lines.begin());  // the header
  return lines;
}

const std::vector<std::string> awkward_ids = {"plain",
                                              "with, comma",
                                              "with \"quotes\"",
                                              "two\nlines",
                                              "CR\r\nLF",
                                              "tab\there",
                                              "=1+1",
                                              "@cmd",
                                              "-2",
                                              "0012",
                                              "  spaces  ",
                                              "'",
                                              "\\n is no escape",
                                              "M\u00FCller \u4E2D\u6587 \U0001F600",
                                              "\"",
                                              "\"\"",
                                              ",",
                                              "null",
                                              "\x7F",
                                              "\u2028"};

}  // namespace

TEST_CASE("all nine ways from format to format give the same numbers and texts") {
  const Questionnaire questionnaire = shipped("growth");
  const std::vector<RowValues> rows = random_rows(questionnaire, 0, awkward_ids.size(), 53);
  const std::vector<std::string> expected = values_of(
      convert(questionnaire, input(questionnaire, rows, awkward_ids, rows::RowFormat::csv),
              rows::RowFormat::csv, rows::RowFormat::csv),
      rows::RowFormat::csv);
  REQUIRE(expected.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    CHECK(expected[i].starts_with(awkward_ids[i] + "|"));
  for (const rows::RowFormat from : formats) {
    const std::string text = input(questionnaire, rows, awkward_ids, from);
    for (const rows::RowFormat to : formats) {
      CAPTURE(static_cast<int>(from));
      CAPTURE(static_cast<int>(to));
      CHECK(values_of(convert(questionnaire, text, from, to), to) == expected);
    }
  }
}

TEST_CASE("rows in another order have their scores in that order") {
  const Questionnaire questionnaire = shipped("closeness");
  Numbers numbers(59);
  for (int round = 0; round < 5; ++round) {
    std::vector<RowValues> rows = random_rows(questionnaire, 0, 100, 61);
    const std::vector<std::string> before =
        lines_of(score_text(questionnaire, {}, {}, csv_of(questionnaire, 0, rows)).text);
    std::vector<std::string> expected = before;
    for (std::size_t i = rows.size(); i > 1; --i) {
      const auto other = static_cast<std::size_t>(numbers.between(0, static_cast<int>(i) - 1));
      std::swap(rows[i - 1], rows[other]);
      std::swap(expected[i], expected[other + 1]);
    }
    CHECK(lines_of(score_text(questionnaire, {}, {}, csv_of(questionnaire, 0, rows)).text) ==
          expected);
  }
}

TEST_CASE("a kept cell passes byte for byte where the format stays") {
  const Questionnaire questionnaire = items_of_one_scale("+");
  rows::RowOptions rows;
  rows.keep = {"id"};
  for (const std::string cell : {"a", "\"a\"", " a ", "\"\"", "", "\"a,b\"", "\"a\r\nb\"", "=cmd",
                                 "\"=cmd\"", "a\tb", "\u00E4", "0012", "\"x\"\"y\"", "e\u0301"}) {
    CAPTURE(cell);
    CHECK(score_text(questionnaire, rows, {}, "id,i1\n" + cell + ",4\n").text ==
          "id,scale,scale_answered\n" + cell + ",4,1\n");
  }
  rows.format = rows::RowFormat::jsonl;
  rows::ScoreOptions scores;
  scores.format = rows::RowFormat::jsonl;
  for (const std::string value :
       {"\"a\"", "\"\u00E4\\\"\\n\"", "12", "1.50", "1e9", "true", "null", "\"\"", "\"=cmd\""}) {
    CAPTURE(value);
    CHECK(score_text(questionnaire, rows, scores, "{ \"id\" : " + value + " ,\"i1\":4}\n").text ==
          "{\"id\":" + value + ",\"scale\":4,\"scale_answered\":1}\n");
  }
}

TEST_CASE("values of JSON are plain texts in CSV, and nothing is an empty cell") {
  const Questionnaire questionnaire = items_of_one_scale("+");
  rows::RowOptions rows;
  rows.keep = {"id"};
  rows.format = rows::RowFormat::jsonl;
  CHECK(score_text(questionnaire, rows, {},
                   R"({"id":"a\"b\u00e4\n","i1":4})"
                   "\n"
                   R"({"id":1.50,"i1":4})"
                   "\n"
                   R"({"id":true,"i1":4})"
                   "\n"
                   R"({"id":null,"i1":4})"
                   "\n"
                   R"({"i1":4})"
                   "\n"
                   R"({"id":"\ud83d\ude00","i1":4})")
            .text ==
        "id,scale,scale_answered\n\"a\"\"b\u00E4\n\",4,1\n1.50,4,1\ntrue,4,1\n,4,1\n,4,1\n"
        "\U0001F600,4,1\n");
}

TEST_CASE("cells of CSV are strings in JSON, an empty one is null, a quoted empty one is empty") {
  const Questionnaire questionnaire = items_of_one_scale("+");
  rows::RowOptions rows;
  rows.keep = {"id"};
  rows::ScoreOptions scores;
  scores.format = rows::RowFormat::jsonl;
  CHECK(score_text(questionnaire, rows, scores, "id,i1\n7,4\n,4\n\"\",4\n\"a\"\"\nb\",4\n").text ==
        "{\"id\":\"7\",\"scale\":4,\"scale_answered\":1}\n"
        "{\"id\":null,\"scale\":4,\"scale_answered\":1}\n"
        "{\"id\":\"\",\"scale\":4,\"scale_answered\":1}\n"
        "{\"id\":\"a\\\"\\nb\",\"scale\":4,\"scale_answered\":1}\n");
}

TEST_CASE("names of columns are written as the format needs them") {
  Questionnaire questionnaire = items_of_one_scale("+");
  rows::RowOptions rows;
  rows.keep = {"a,\"b\"\tc"};
  const std::string text = "\"a,\"\"b\"\"\tc\",i1\nx,4\n";
  CHECK(score_text(questionnaire, rows, {}, text).text ==
        "\"a,\"\"b\"\"\tc\",scale,scale_answered\nx,4,1\n");
  rows::ScoreOptions scores;
  scores.format = rows::RowFormat::jsonl;
  CHECK(score_text(questionnaire, rows, scores, text).text ==
        "{\"a,\\\"b\\\"\\tc\":\"x\",\"scale\":4,\"scale_answered\":1}\n");
}

TEST_CASE("a row with a problem keeps its cells, has no scores, and can say why") {
  const Questionnaire questionnaire = items_of_one_scale("+");
  rows::RowOptions rows;
  rows.keep = {"id"};
  rows::ScoreOptions scores;
  scores.columns = {true, false, true, false, true};
  const std::string text = "id,i1\na,4\nb,\"4,5\"\nc\n";
  CHECK(score_text(questionnaire, rows, scores, text).text ==
        "id,scale,scale_se,scale_answered,longest_run,irv,answered_share,error\n"
        "a,4,1.4832,1,1,,1,\n"
        "b,,,,,,,\"i1: '4,5' is not a whole number from 1 to 7\"\n"
        "c,,,,,,,1 cell in a row that should have 2\n");
  scores.format = rows::RowFormat::jsonl;
  const std::vector<std::string> lines =
      lines_of(score_text(questionnaire, rows, scores, text).text);
  CHECK(lines[0].ends_with("\"answered_share\":1,\"error\":null}"));
  CHECK(lines[1] ==
        "{\"id\":\"b\",\"scale\":null,\"scale_se\":null,\"scale_answered\":null,"
        "\"longest_run\":null,\"irv\":null,\"answered_share\":null,"
        "\"error\":\"i1: '4,5' is not a whole number from 1 to 7\"}");
}
