// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/lists.hpp"
#include "attune/scoring.hpp"

#include "item_kinds.hpp"
#include "report_checks.hpp"
#include "sample_profile.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

report::Codebook sample() { return {sample_questionnaire(), std::string(64, 'a'), 1}; }

std::string page_of(const report::Codebook& codebook) {
  return report::render_markdown(report::codebook_document(codebook));
}

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

}  // namespace

TEST_CASE("the table of variables says what each answer is, with the statement as it was asked") {
  const std::string page = page_of(sample());
  CHECK(page.find(
            "| protest3 | Statement protest3 about my partner. | rating | 1 = no; 2; 3; 4; 5; "
            "6; 7 = yes | protest | yes, 8 − answer | empty if skipped |") != std::string::npos);
  CHECK(page.find("- **SHA-256 of the definition:** " + std::string(64, 'a')) != std::string::npos);
}

TEST_CASE("the table of scores has the items of a scale's facets and how many are needed") {
  const std::string page = page_of(sample());
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
  report::Codebook codebook = sample();
  codebook.questionnaire.scales[1].method = ScoreMethod::sum;
  const std::string page = page_of(codebook);
  CHECK(page.find("| 3 (low end of avoidance) to 21 (high end of avoidance) | mean of the answered "
                  "items, times 3, after the reversed ones are turned round |") !=
        std::string::npos);
}

TEST_CASE("derived scores have a row of their own, with their weights in words") {
  report::Codebook codebook = sample();
  std::vector<Scale>& scales = codebook.questionnaire.scales;
  REQUIRE(scales.size() >= 2);
  codebook.questionnaire.derived = {{"gap", "Gap", "low", "high", {{0, 1}, {1, -1}}}};
  const ScoreRange range = scoring::derived_range(codebook.questionnaire, 0, 0);
  const std::string ends = render_decimal(range.min) + "," + render_decimal(range.max);
  CHECK(report::codebook_csv(codebook).find("gap,Gap,derived," + ends + ",,,,,,,\n") !=
        std::string::npos);
  CHECK(page_of(codebook).find("| gap | Gap |  | derived | " + scales[0].id + ", " + scales[1].id +
                               " | a score of each |") != std::string::npos);
}

TEST_CASE("norms and reliability stand with their sources") {
  report::Codebook codebook = sample();
  CHECK(page_of(codebook).find("The definition gives none.") != std::string::npos);
  codebook.questionnaire.scales[0].norms = {{"adults", 388, {}, 2.34, 0.98, {}, "A study"},
                                            {"web", 90, AnswerRange{1, 5}, 2, 1, {}, "B"}};
  codebook.questionnaire.scales[0].reliability = Reliability{0.93, 0.8, 30, "Another"};
  const std::string page = page_of(codebook);
  CHECK(page.find("- Anxiety: adults (n = 388): mean 2.34, SD 0.98; source: A study\n") !=
        std::string::npos);
  CHECK(page.find("- Anxiety: web (n = 90, answers 1-5): mean 2, SD 1; source: B\n") !=
        std::string::npos);
  CHECK(
      page.find("- Anxiety: alpha 0.93, retest correlation 0.8 after 30 days; source: Another\n") !=
      std::string::npos);
}

TEST_CASE("no text of a definition breaks a row of a table or forms markup") {
  report::Codebook codebook = sample();
  codebook.questionnaire.items[0].text = "a | b\n# c <b>d</b> [e](f)";
  const std::string page = page_of(codebook);
  CHECK(page.find("| protest1 | a \\| b \\# c \\<b\\>d\\</b\\> \\[e\\](f) | rating |") !=
        std::string::npos);
}

TEST_CASE("the CSV has a row for each item and each score, all as wide as the header") {
  const auto rows = rows_of(report::codebook_csv(sample()));
  REQUIRE(rows.size() == 1 + 9 + 5);
  for (const auto& row : rows) CHECK(row.size() == 12);
  CHECK(rows[3] == std::vector<std::string>{
                       "protest3", "Statement protest3 about my partner.", "rating", "1", "7", "",
                       "1=no|2=2|3=3|4=4|5=5|6=6|7=yes", "protest", "anxiety", "yes", "full", ""});
  CHECK(rows[10] == std::vector<std::string>{"anxiety", "Anxiety", "score", "1", "7", "", "", "",
                                             "", "", "", ""});
}

TEST_CASE("texts with quotes, line breaks and formulas stay one harmless cell of the CSV") {
  report::Codebook codebook = sample();
  codebook.questionnaire.items[0].text = "=cmd(\"a\"),\nb";
  codebook.questionnaire.response_scales[0].labels = {{1, "a|b\\c"}, {7, "d"}};
  const auto rows = rows_of(report::codebook_csv(codebook));
  CHECK(rows[1][1] == "'=cmd(\"a\"),\nb");
  CHECK(rows[1][6] == "1=a\\|b\\\\c|2=2|3=3|4=4|5=5|6=6|7=d");
}

TEST_CASE("when an item is asked stands in words") {
  report::Codebook codebook = sample();
  Condition low = item_condition(0);
  low.at_least = 2;
  low.below = 4.5;
  Condition other = item_condition(1);
  other.above = 0.1;
  codebook.questionnaire.items[8].ask_when = {{low, other}, {other}};
  CHECK(
      rows_of(report::codebook_csv(codebook))[9][11] ==
      "(protest1 is at least 2 and below 4.5 and protest2 is above 0.1) or protest2 is above 0.1");
}
