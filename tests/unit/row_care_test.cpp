// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "report_checks.hpp"
#include "row_runs.hpp"
#include "row_values.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

rows::ScoreOptions care_columns(int digits = 4) {
  rows::ScoreOptions options;
  options.columns.care = true;
  options.digits = digits;
  return options;
}

// The three care columns of each row, as texts.
std::vector<std::vector<std::string>> care_of(const Questionnaire& questionnaire, std::size_t form,
                                              const std::string& text, int digits = 4) {
  std::vector<std::vector<std::string>> all;
  const RowsOutcome outcome = score_text(questionnaire, {}, care_columns(digits), text, form);
  for (const std::string& line : lines_of(outcome.text)) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    all.push_back({cells.end() - 3, cells.end()});
  }
  return all;
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("care columns are those worked out by hand") {
  const Questionnaire questionnaire = items_of_one_scale("+-+-+");
  const auto care =
      care_of(questionnaire, 0, "i1,i2,i3,i4,i5\n1,1,1,5,7\n4,4,4,4,4\n2,,2,2,6\n,,3,,\n,,,,\n");
  CHECK(care[0] == Cells{"longest_run", "irv", "answered_share"});
  // 1 1 1 5 7: mean 3, squares 4 4 4 4 16 = 32, sqrt(32/4) = 2.8284.
  CHECK(care[1] == Cells{"3", "2.8284", "1"});
  CHECK(care[2] == Cells{"5", "0", "1"});
  // 2 - 2 2 6: mean 3, squares 1 1 1 9 = 12, sqrt(12/3) = 2.
  CHECK(care[3] == Cells{"2", "2", "0.8"});
  CHECK(care[4] == Cells{"1", "", "0.2"});
  CHECK(care[5] == Cells{"0", "", "0"});
}

TEST_CASE("care columns are those of the single sitting") {
  const Questionnaire questionnaire = shipped("closeness");
  for (std::size_t form = 0; form < questionnaire.forms.size(); ++form) {
    const std::vector<RowValues> rows = random_rows(questionnaire, form, 300, 47);
    const auto care = care_of(questionnaire, form, csv_of(questionnaire, form, rows), 12);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::vector<std::optional<double>> ratings;
      std::vector<double> answered;
      for (const int answer : rows[i]) {
        ratings.push_back(answer == skip ? std::nullopt : std::optional<double>(answer));
        if (answer != skip) answered.push_back(answer);
      }
      CAPTURE(cells_of(rows[i]));
      const Cells& cells = care[i + 1];
      CHECK(cells[0] == std::to_string(interpretation::longest_run(ratings)));
      if (answered.size() < 2) {
        CHECK(cells[1].empty());
      } else {
        CHECK(*parse_decimal(cells[1]) ==
              doctest::Approx(interpretation::response_variability(answered)).epsilon(1e-11));
      }
      CHECK(*parse_decimal(cells[2]) == doctest::Approx(static_cast<double>(answered.size()) /
                                                        static_cast<double>(rows[i].size()))
                                            .epsilon(1e-11));
    }
  }
}

TEST_CASE("runs follow the order of the form, not that of the columns") {
  Questionnaire questionnaire = items_of_one_scale("+++++");
  CHECK(care_of(questionnaire, 0, "i5,i1,i4,i2,i3\n7,1,7,1,1\n")[1][0] == "3");
  questionnaire.forms.push_back({"other", "", std::nullopt, {0, 3, 1, 4, 2}});
  CHECK(care_of(questionnaire, 1, "i1,i2,i3,i4,i5\n1,1,1,7,7\n")[1][0] == "1");
  CHECK(care_of(questionnaire, 1, "i1,i2,i3,i4,i5\n1,1,2,1,2\n")[1][0] == "3");
}

TEST_CASE("items that don't count for a score have no part in the care columns") {
  Questionnaire questionnaire = items_of_one_scale("++++");
  questionnaire.items[1].kind = ItemKind::text;
  questionnaire.items[1].scale.reset();
  CHECK(care_of(questionnaire, 0, "i1,i3,i4\n3,3,\n")[1] == Cells{"2", "0", "0.6667"});
}
