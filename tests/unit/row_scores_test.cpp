// SPDX-License-Identifier: MIT
//
// The scores of rows are those of `score`, to the last digit.
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "report_checks.hpp"
#include "row_runs.hpp"
#include "row_values.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr std::size_t rows_each = 300;

// Compares the scores of random rows; `expected_by` is `questionnaire` with the shares of a run.
void check_scores(const Questionnaire& questionnaire, std::size_t form,
                  const rows::ScoreOptions& options, const Questionnaire& expected_by) {
  const std::vector<RowValues> rows = random_rows(questionnaire, form, rows_each, 41 + form);
  const RowsOutcome outcome =
      score_text(questionnaire, {}, options, csv_of(questionnaire, form, rows), form);
  CHECK(outcome.problems.empty());
  const std::vector<std::string> lines = lines_of(outcome.text);
  REQUIRE(lines.size() == rows.size() + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(cells_of(rows[i]));
    CHECK(lines[i + 1] == expected_line(expected_by, form, rows[i], options));
  }
}

rows::ScoreOptions all_columns(int digits) {
  rows::ScoreOptions options;
  options.columns.se = options.columns.facets = options.columns.region = true;
  options.digits = digits;
  return options;
}

// Three main scales: a mean with facets of which one has published errors, a sum, a single item
// with a wide range; items of the scales take turns; two derived scores, one of them of a facet.
Questionnaire mixed() {
  Questionnaire questionnaire = blank(1, 5);
  questionnaire.response_scales.push_back({"wide", 0, 10, {}});
  questionnaire.response_scales.push_back({"percent", 0, 100, {}});
  const std::size_t warm = add_scale(questionnaire, "warm");
  const std::size_t near = add_scale(questionnaire, "near", warm);
  const std::size_t open = add_scale(questionnaire, "open", warm);
  const std::size_t total = add_scale(questionnaire, "total");
  const std::size_t sure = add_scale(questionnaire, "sure");
  for (int i = 0; i < 3; ++i) {
    add_items(questionnaire, near, "+");
    add_items(questionnaire, total, "-");
    add_items(questionnaire, open, "-");
    add_items(questionnaire, warm, "+");
    add_items(questionnaire, total, "+");
  }
  add_items(questionnaire, sure, "-");
  questionnaire.scales[total].method = questionnaire.scales[open].method = ScoreMethod::sum;
  questionnaire.scales[warm].min_answered = 0.5;
  questionnaire.scales[open].reliability = Reliability{0.84, std::nullopt, std::nullopt, "x"};
  questionnaire.scales[open].norms = {{"x", 100, {}, 9, 2.5, {}, "x"}};
  questionnaire.scales[total].reliability = Reliability{std::nullopt, 0.7, 30, "x"};
  questionnaire.scales[total].norms = {{"x", 100, {}, 30, 7.5, {}, "x"}};
  for (Item& item : questionnaire.items) {
    item.response_scale = item.scale == total ? 1 : item.scale == sure ? 2 : 0;
  }
  questionnaire.forms.push_back({"part", "", std::nullopt, {11, 4, 2, 1, 0, 9}});
  questionnaire.derived = {{"gap", "Gap", "", "", {{warm, 1}, {total, -0.1}}},
                           {"half", "Half", "", "", {{open, 0.5}, {sure, 0.5}}}};
  return questionnaire;
}

}  // namespace

TEST_CASE("scores of the shipped questionnaires are those of score") {
  for (const char* id : {"closeness", "growth"}) {
    const Questionnaire questionnaire = shipped(id);
    for (std::size_t form = 0; form < questionnaire.forms.size(); ++form) {
      CAPTURE(questionnaire.forms[form].id);
      rows::ScoreOptions options = all_columns(4);
      options.columns.region = plane_axes(questionnaire).has_value();
      check_scores(questionnaire, form, options, questionnaire);
      check_scores(questionnaire, form, {}, questionnaire);
    }
  }
}

TEST_CASE("sums, ranges, facets, published errors and derived scores are those of score") {
  const Questionnaire questionnaire = mixed();
  for (const std::size_t form : {0U, 1U}) {
    rows::ScoreOptions options = all_columns(4);
    options.columns.region = false;
    check_scores(questionnaire, form, options, questionnaire);
    options.columns.facets = false;
    check_scores(questionnaire, form, options, questionnaire);
    options.columns.se = false;
    check_scores(questionnaire, form, options, questionnaire);
  }
}

TEST_CASE("scores have as many decimals as asked for") {
  const Questionnaire closeness = shipped("closeness");
  for (const int digits : {0, 1, 4, 17}) {
    CAPTURE(digits);
    check_scores(closeness, 0, all_columns(digits), closeness);
    rows::ScoreOptions options = all_columns(digits);
    options.columns.region = false;
    check_scores(mixed(), 0, options, mixed());
  }
}

TEST_CASE("a share that has to be answered takes the place of the definition's") {
  for (const double share : {0.0, 0.25, 0.8, 1.0}) {
    CAPTURE(share);
    rows::ScoreOptions options = all_columns(4);
    options.min_answered = share;
    Questionnaire closeness = shipped("closeness");
    const Questionnaire as_shipped = closeness;
    for (Scale& scale : closeness.scales) scale.min_answered = share;
    check_scores(as_shipped, 0, options, closeness);
    Questionnaire other = mixed();
    for (Scale& scale : other.scales) scale.min_answered = share;
    options.columns.region = false;
    check_scores(mixed(), 0, options, other);
  }
}

TEST_CASE("data on another range are scored on it, with errors of their own") {
  const Questionnaire closeness = shipped("closeness");
  rows::RowOptions how;
  how.range = AnswerRange{0, 4};
  Questionnaire on_range = closeness;
  for (ResponseScale& each : on_range.response_scales) each.min = 0, each.max = 4;
  for (Scale& scale : on_range.scales) scale.reliability.reset();
  const std::vector<RowValues> rows = random_rows(on_range, 0, rows_each, 43);
  rows::ScoreOptions options = all_columns(6);
  options.columns.region = false;
  const std::vector<std::string> lines =
      lines_of(score_text(closeness, how, options, csv_of(closeness, 0, rows)).text);
  REQUIRE(lines.size() == rows.size() + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(lines[i + 1] == expected_line(on_range, 0, rows[i], options));
  }
}

TEST_CASE("a published error belongs to the range of its key") {
  Questionnaire questionnaire = items_of_one_scale("++++");
  questionnaire.scales[0].reliability = Reliability{0.75, std::nullopt, std::nullopt, "x"};
  questionnaire.scales[0].norms = {{"x", 100, AnswerRange{1, 7}, 4, 1.2, {}, "x"}};
  rows::ScoreOptions options;
  options.columns.se = true;
  // 1.2 * sqrt(1 - 0.75) = 0.6.
  CHECK(score_text(questionnaire, {}, options, "i1,i2,i3,i4\n1,3,3,5\n").text ==
        "scale,scale_se,scale_answered\n3,0.6,4\n");
  // 1 3 3 5: (17.6 · (4/6)² + 8) / 11 / 4, the root of it.
  rows::RowOptions how;
  how.range = AnswerRange{1, 5};
  CHECK(score_text(questionnaire, how, options, "i1,i2,i3,i4\n1,3,3,5\n").text ==
        "scale,scale_se,scale_answered\n3,0.5997,4\n");
}

TEST_CASE("scores and errors are those worked out by hand") {
  Questionnaire questionnaire = items_of_one_scale("+-++");
  rows::ScoreOptions options;
  options.columns.se = true;
  options.min_answered = 0;
  // Keyed: 2 3 4 7, mean 4, 3 s² = 14, se sqrt((17.6 + 14) / 11 / 4) = 0.8475.
  // All the same, keyed 4: sqrt(17.6 / 11 / 4) = 0.6325. One answer 6: sqrt(2.2). None: nothing.
  CHECK(score_text(questionnaire, {}, options, "i1,i2,i3,i4\n2,5,4,7\n4,4,4,4\n,,6,\n,,,\n").text ==
        "scale,scale_se,scale_answered\n4,0.8475,4\n4,0.6325,4\n6,1.4832,1\n,,0\n");
}

TEST_CASE("many items with a wide range are summed up exactly") {
  Questionnaire questionnaire = items_of_one_scale(std::string(500, '+'), 0, 100);
  questionnaire.scales[0].method = ScoreMethod::sum;
  rows::ScoreOptions options = all_columns(4);
  options.columns.region = false;
  check_scores(questionnaire, 0, options, questionnaire);
  const std::vector<RowValues> rows = {RowValues(500, 100), RowValues(500, 0)};
  const std::vector<std::string> lines =
      lines_of(score_text(questionnaire, {}, {}, csv_of(questionnaire, 0, rows)).text);
  CHECK(lines[1] == "50000,500");
  CHECK(lines[2] == "0,500");
}

TEST_CASE("numbers of any length have room in a row") {
  // A definition may publish an SD of any size, and derive many scores from it.
  Questionnaire questionnaire = items_of_one_scale("++");
  add_items(questionnaire, add_scale(questionnaire, "other"), "++");
  for (Scale& scale : questionnaire.scales) {
    scale.reliability = Reliability{0.0, std::nullopt, std::nullopt, "x"};
    scale.norms = {{"x", 100, {}, 4, 1e153, {}, "x"}};
  }
  for (int i = 0; i < 120; ++i) {
    questionnaire.derived.push_back({"d" + std::to_string(i), "D", "", "", {{0, 0.3}, {1, 0.7}}});
  }
  rows::ScoreOptions options;
  options.columns.se = true;
  options.digits = 17;
  const std::vector<RowValues> rows(50, {1, 2, 3, 4});
  const std::vector<std::string> lines =
      lines_of(score_text(questionnaire, {}, options, csv_of(questionnaire, 0, rows)).text);
  REQUIRE(lines.size() == rows.size() + 1);
  const std::string expected = expected_line(questionnaire, 0, rows[0], options);
  CHECK(expected.size() > 120 * 170);
  CHECK(lines[1] == expected);
  CHECK(lines[50] == expected);
}
