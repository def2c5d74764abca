// SPDX-License-Identifier: MIT
#include "attune/codebook.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/scoring.hpp"

#include "item_kinds.hpp"
#include "report_checks.hpp"
#include "sample_profile.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

Codebook sample() { return {sample_questionnaire(), std::string(64, 'a'), 1}; }

// The cells of each row; quotes as RFC 4180 has them.
std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool is_quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (is_quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
      rows.back().back() += '"';
      ++i;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!is_quoted && c == '\n') {
      rows.emplace_back(1);
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

Item number_item(std::string id, double min, double max) {
  Item item;
  item.id = std::move(id);
  item.text = "How much?";
  item.kind = ItemKind::number;
  item.min = min;
  item.max = max;
  return item;
}

Item choice_item(std::string id, std::vector<Choice> choices) {
  Item item;
  item.id = std::move(id);
  item.text = "Which?";
  item.kind = ItemKind::choice;
  item.choices = std::move(choices);
  return item;
}

// Columns of a data dictionary.
constexpr std::size_t name_column = 0;
constexpr std::size_t label_column = 4;
constexpr std::size_t choices_column = 5;
constexpr std::size_t branching_column = 11;
constexpr std::size_t annotation_column = 17;

// A rating (0), a number (1), a choice of several (2), then an item that is asked by `rule`.
std::vector<std::string> dictionary_row(const Rule& rule) {
  Questionnaire questionnaire = blank(1, 7);
  Item rating;
  rating.id = "strength";
  questionnaire.items = {rating, number_item("minutes", 0, 600),
                         choice_item("trigger", {{"a", "A"}, {"not-now", "B"}})};
  questionnaire.items[2].multiple = true;
  Item asked;
  asked.id = "asked";
  asked.kind = ItemKind::text;
  asked.ask_when = rule;
  questionnaire.items.push_back(asked);
  return rows_of(codebook_redcap({questionnaire, "", {}})).back();
}

}  // namespace

TEST_CASE("the table of variables says what each answer is, with the statement as it was asked") {
  const std::string page = codebook_markdown(sample());
  CHECK(page.find(
            "| protest3 | Statement protest3 about my partner. | rating | 1 = no; 2; 3; 4; 5; "
            "6; 7 = yes | protest | yes, 8 − answer | empty if skipped |") != std::string::npos);
  CHECK(page.find("- **SHA-256 of the definition:** " + std::string(64, 'a')) != std::string::npos);
}

TEST_CASE("the table of scores has the items of a scale's facets and how many are needed") {
  const std::string page = codebook_markdown(sample());
  // Half of 6 and half of 3, rounded up.
  CHECK(
      page.find("| anxiety | Anxiety |  | mean | 6: protest1, protest2, protest3, worry1, worry2, "
                "worry3 | 3 of 6 | 1 (low end of anxiety) to 7 (high end of anxiety) |") !=
      std::string::npos);
  CHECK(page.find(
            "| protest | Protest | anxiety | mean | 3: protest1, protest2, protest3 | 2 of 3 |") !=
        std::string::npos);
}

TEST_CASE("a sum score has the range and the factor of its items") {
  Codebook codebook = sample();
  codebook.questionnaire.scales[1].method = ScoreMethod::sum;
  const std::string page = codebook_markdown(codebook);
  CHECK(page.find("| 3 (low end of avoidance) to 21 (high end of avoidance) | mean of the answered "
                  "items, times 3, after the reversed ones are turned round |") !=
        std::string::npos);
}

TEST_CASE("derived scores have a row of their own, with their weights in words") {
  Codebook codebook = sample();
  std::vector<Scale>& scales = codebook.questionnaire.scales;
  REQUIRE(scales.size() >= 2);
  codebook.questionnaire.derived = {{"gap", "Gap", "low", "high", {{0, 1}, {1, -1}}}};
  const ScoreRange range = derived_range(codebook.questionnaire, 0, 0);
  const std::string ends = render_decimal(range.min) + "," + render_decimal(range.max);
  CHECK(codebook_csv(codebook).find("gap,Gap,derived," + ends + ",,,,,,,\n") != std::string::npos);
  CHECK(codebook_markdown(codebook).find("| gap | Gap |  | derived | " + scales[0].id + ", " +
                                         scales[1].id + " | a score of each |") !=
        std::string::npos);
}

TEST_CASE("norms and reliability stand with their sources") {
  Codebook codebook = sample();
  CHECK(codebook_markdown(codebook).find("The definition gives none.") != std::string::npos);
  codebook.questionnaire.scales[0].norms = {{"adults", 388, {}, 2.34, 0.98, {}, "A study"},
                                            {"web", 90, AnswerRange{1, 5}, 2, 1, {}, "B"}};
  codebook.questionnaire.scales[0].reliability = Reliability{0.93, 0.8, 30, "Another"};
  const std::string page = codebook_markdown(codebook);
  CHECK(page.find("- anxiety: adults, n = 388, mean 2.34, SD 0.98. Source: A study\n") !=
        std::string::npos);
  CHECK(page.find("- anxiety: web, n = 90, answers 1 to 5, mean 2, SD 1. Source: B\n") !=
        std::string::npos);
  CHECK(page.find("- anxiety: alpha 0.93, retest 0.8, after 30 days. Source: Another\n") !=
        std::string::npos);
}

TEST_CASE("no text of a definition breaks a row of a table or forms markup") {
  Codebook codebook = sample();
  codebook.questionnaire.items[0].text = "a | b\n# c <b>d</b> [e](f)";
  const std::string page = codebook_markdown(codebook);
  CHECK(page.find("| protest1 | a \\| b \\# c \\<b\\>d\\</b\\> \\[e\\](f) | rating |") !=
        std::string::npos);
}

TEST_CASE("the CSV has a row for each item and each score, all as wide as the header") {
  const auto rows = rows_of(codebook_csv(sample()));
  REQUIRE(rows.size() == 1 + 9 + 5);
  for (const auto& row : rows) CHECK(row.size() == 12);
  CHECK(rows[3] == std::vector<std::string>{
                       "protest3", "Statement protest3 about my partner.", "rating", "1", "7", "",
                       "1=no|2=2|3=3|4=4|5=5|6=6|7=yes", "protest", "anxiety", "yes", "full", ""});
  CHECK(rows[10] == std::vector<std::string>{"anxiety", "Anxiety", "score", "1", "7", "", "", "",
                                             "", "", "", ""});
}

TEST_CASE("texts with quotes, line breaks and formulas stay one harmless cell of the CSV") {
  Codebook codebook = sample();
  codebook.questionnaire.items[0].text = "=cmd(\"a\"),\nb";
  codebook.questionnaire.response_scales[0].labels = {{1, "a|b\\c"}, {7, "d"}};
  const auto rows = rows_of(codebook_csv(codebook));
  CHECK(rows[1][1] == "'=cmd(\"a\"),\nb");
  CHECK(rows[1][6] == "1=a\\|b\\\\c|2=2|3=3|4=4|5=5|6=6|7=d");
}

TEST_CASE("when an item is asked stands in words") {
  Codebook codebook = sample();
  Condition low = item_condition(0);
  low.at_least = 2;
  low.below = 4.5;
  Condition other = item_condition(1);
  other.above = 0.1;
  codebook.questionnaire.items[8].ask_when = {{low, other}, {other}};
  CHECK(
      rows_of(codebook_csv(codebook))[9][11] ==
      "(protest1 is at least 2 and below 4.5 and protest2 is above 0.1) or protest2 is above 0.1");
}

TEST_CASE("a data dictionary has 18 columns and begins with the field of the record") {
  const auto rows = rows_of(codebook_redcap(sample()));
  REQUIRE(rows.size() == 2 + 9);
  for (const auto& row : rows) CHECK(row.size() == 18);
  CHECK(rows[0][name_column] == "Variable / Field Name");
  CHECK(rows[0][annotation_column] == "Field Annotation");
  CHECK(rows[1][name_column] == "record_id");
  CHECK(rows[2][choices_column] == "1, no | 2, 2 | 3, 3 | 4, 4 | 5, 5 | 6, 6 | 7, yes");
  CHECK(rows[4][annotation_column] ==
        "attune item protest3; scale protest; part of anxiety; reversed");
}

TEST_CASE("field names are brought to REDCap's form and stay unique") {
  Questionnaire questionnaire = blank();
  const std::vector<std::string> ids{"a-b",
                                     "a.b",
                                     "a_b",
                                     "1st",
                                     "record_id",
                                     "redcap-x",
                                     "sample_complete",
                                     "x--y-",
                                     std::string(30, 'z') + "1",
                                     std::string(30, 'z') + "2"};
  for (const std::string& id : ids) questionnaire.items.push_back(number_item(id, 0, 1));
  const auto rows = rows_of(codebook_redcap({questionnaire, "", {}}));
  std::vector<std::string> names;
  for (std::size_t i = 2; i < rows.size(); ++i) names.push_back(rows[i][name_column]);
  CHECK(names == std::vector<std::string>{"a_b", "a_b_2", "a_b_3", "q_1st", "record_id_2",
                                          "q_redcap_x", "sample_complete_2", "x_y",
                                          std::string(26, 'z'), std::string(24, 'z') + "_2"});
  CHECK(rows[3][annotation_column] == "attune item a.b");
}

TEST_CASE("labels can't break the list of choices, form markup or pipe another field's value") {
  Questionnaire questionnaire = blank();
  questionnaire.items = {choice_item("q", {{"a-1", "x | y, z"}, {"a.1", "<b> [q] {q}\n@HIDDEN"}})};
  const auto rows = rows_of(codebook_redcap({questionnaire, "", {}}));
  CHECK(rows[2][choices_column] == "a_1, x / y, z | a_1_2, &lt;b> (q) (q) @HIDDEN");
  CHECK(rows[2][annotation_column] == "attune item q; a_1 is a-1; a_1_2 is a.1");
}

TEST_CASE("a label that a spreadsheet would run gets an apostrophe, a negative bound does not") {
  Questionnaire questionnaire = blank();
  questionnaire.items = {number_item("q", -5, 5)};
  questionnaire.items[0].text = "=1+1";
  const auto rows = rows_of(codebook_redcap({questionnaire, "", {}}));
  CHECK(rows[2][label_column] == "'=1+1");
  CHECK(rows[2][8] == "-5");
}

TEST_CASE("when an item is asked becomes branching logic") {
  Condition strong = item_condition(0);
  strong.at_least = 4;
  CHECK(dictionary_row({{strong}})[branching_column] == "[strength] >= 4");
  Condition chosen = item_condition(2);
  chosen.is = "not-now";
  CHECK(dictionary_row({{strong, chosen}})[branching_column] ==
        "[strength] >= 4 and [trigger(not_now)] = \"1\"");
  CHECK(dictionary_row({{strong}, {chosen}})[branching_column] ==
        "([strength] >= 4) or ([trigger(not_now)] = \"1\")");
}

TEST_CASE("branching logic never takes an empty field for a number") {
  // REDCap compares an empty field as 0, and 0 is below 30 and at least -1.
  Condition brief = item_condition(1);
  brief.below = 30;
  CHECK(dictionary_row({{brief}})[branching_column] == "[minutes] <> \"\" and [minutes] < 30");
  brief.above = 10.5;
  CHECK(dictionary_row({{brief}})[branching_column] == "[minutes] > 10.5 and [minutes] < 30");
}
