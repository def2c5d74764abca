// SPDX-License-Identifier: MIT
#include "attune/item_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <vector>

#include "analysis_rows.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

using doctest::Approx;

// Ratings of two dimensions with gaps, from a fixed seed.
RawRows many_rows(std::size_t count, int items) {
  Numbers numbers(7);
  RawRows rows;
  for (std::size_t row = 0; row < count; ++row) {
    const int level = numbers.between(1, 5);
    rows.emplace_back();
    for (int item = 0; item < items; ++item) {
      const int raw = std::clamp(level + numbers.between(-2, 3), 1, 7);
      rows.back().push_back(numbers.between(1, 20) == 1 ? skip : raw);
    }
  }
  return rows;
}

// The textbook formula, in two passes over complete rows.
double plain_covariance(const RawRows& rows, std::size_t a, std::size_t b) {
  const auto n = static_cast<double>(rows.size());
  double mean_a = 0;
  double mean_b = 0;
  for (const auto& row : rows) {
    mean_a += row[a] / n;
    mean_b += row[b] / n;
  }
  double sum = 0;
  for (const auto& row : rows) sum += (row[a] - mean_a) * (row[b] - mean_b);
  return sum / (n - 1);
}

}  // namespace

TEST_CASE("two items have the statistics worked out by hand") {
  // Keyed 1 1, 3 2, 5 5: v = 4 and 13/3, cov = 4, V = 49/3; α = 2·(1 − (25/3)/(49/3)) = 48/49.
  const rows::Analysis analysis = analyzed(scale_of("+-"), {{1, 7}, {3, 6}, {5, 3}});
  const rows::ScaleStatistics scale = only_scale(analysis);
  CHECK(analysis.rows == 3);
  CHECK(scale.n == 3);
  CHECK(value_of(scale.mean) == Approx(17.0 / 6).epsilon(1e-14));
  CHECK(value_of(scale.sd) == Approx(7 / std::sqrt(12.0)).epsilon(1e-14));
  CHECK(value_of(scale.alpha) == Approx(48.0 / 49).epsilon(1e-14));
  CHECK(value_of(scale.items[0].mean) == 3);
  CHECK(value_of(scale.items[1].mean) == Approx(8.0 / 3).epsilon(1e-14));
  CHECK(value_of(scale.items[0].sd) == 2);
  CHECK(value_of(scale.items[1].sd) == Approx(std::sqrt(13.0 / 3)).epsilon(1e-14));
  CHECK(value_of(scale.items[0].item_rest_r) == Approx(2 / std::sqrt(13.0 / 3)).epsilon(1e-14));
  CHECK_FALSE(scale.items[0].alpha_if_dropped);
}

TEST_CASE("the reference rows have the statistics that R gives them") {
  const rows::ScaleStatistics scale = only_scale(analyzed(scale_of("++++"), ten_rows));
  CHECK(value_of(scale.alpha) == Approx(0.9671717172).epsilon(1e-10));
  CHECK(value_of(scale.mean) == Approx(4.4).epsilon(1e-14));
  CHECK(value_of(scale.sd) == Approx(1.71269767716).epsilon(1e-11));
  // R 4.2.2, from cov(): item-rest r and alpha of the others.
  const double rest[] = {0.978892070102, 0.93390283963, 0.900148797223, 0.897481683814};
  const double without[] = {0.940298507463, 0.952768729642, 0.963541666667, 0.967455621302};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(value_of(scale.items[i].item_rest_r) == Approx(rest[i]).epsilon(1e-11));
    CHECK(value_of(scale.items[i].alpha_if_dropped) == Approx(without[i]).epsilon(1e-11));
  }
}

TEST_CASE("an incomplete row counts for nothing but what is missing") {
  const RawRows rows = with_gaps(ten_rows, {{0, 1}, {3, 2}, {8, 0}, {8, 1}, {9, 3}});
  const rows::ScaleStatistics scale = only_scale(analyzed(scale_of("++++"), rows));
  CHECK(scale.n == 6);
  CHECK(scale.items[1].answered == 8);
  // R 4.2.2 on complete.cases().
  CHECK(value_of(scale.alpha) == Approx(0.972094045265).epsilon(1e-11));
  CHECK(value_of(scale.items[2].item_rest_r) == Approx(0.905580961365).epsilon(1e-11));
  CHECK(value_of(scale.items[1].mean) == Approx(4.5).epsilon(1e-14));
  CHECK(value_of(scale.items[1].sd) == Approx(1.87082869339).epsilon(1e-11));
}

TEST_CASE("a scale scored as a sum has the mean and spread of sums") {
  Questionnaire questionnaire = scale_of("+-");
  questionnaire.scales[0].method = ScoreMethod::sum;
  const rows::ScaleStatistics scale = only_scale(analyzed(questionnaire, {{1, 7}, {3, 6}, {5, 3}}));
  CHECK(value_of(scale.mean) == Approx(17.0 / 3).epsilon(1e-14));
  CHECK(value_of(scale.sd) == Approx(7 / std::sqrt(3.0)).epsilon(1e-14));
}

TEST_CASE("means are of keyed answers, also in a range that begins at 0 or has a hundred steps") {
  const rows::ScaleStatistics scale =
      only_scale(analyzed(scale_of("+-", 0, 4), {{0, 0}, {0, 4}, {3, 0}}));
  CHECK(value_of(scale.items[0].mean) == 1);
  CHECK(value_of(scale.items[1].mean) == Approx(8.0 / 3).epsilon(1e-14));
  const rows::ScaleStatistics wide =
      only_scale(analyzed(scale_of("+-", 0, 100), {{0, 100}, {100, 0}, {50, 51}}));
  CHECK(value_of(wide.items[0].sd) == 50);
}

TEST_CASE("facets have statistics of their own and count for their parent") {
  Questionnaire questionnaire = blank();
  const std::size_t parent = add_scale(questionnaire, "anxiety");
  add_items(questionnaire, add_scale(questionnaire, "loss", parent), "++");
  add_items(questionnaire, add_scale(questionnaire, "alone", parent), "+");
  // The third answer is missing once: the facet of the first two keeps the row.
  const rows::Analysis analysis = analyzed(questionnaire, {{1, 7, 2}, {3, 6, skip}, {5, 3, 4}});
  REQUIRE(analysis.scales.size() == 2);
  CHECK(analysis.scales[0].scale == parent);
  CHECK(analysis.scales[0].n == 2);
  CHECK(analysis.scales[0].items.size() == 3);
  CHECK(analysis.scales[1].scale == 1);
  CHECK(analysis.scales[1].n == 3);
  CHECK(analysis.correlations.empty());
}

TEST_CASE("main scales are correlated over rows that are complete on both") {
  Questionnaire questionnaire = blank();
  add_items(questionnaire, add_scale(questionnaire, "anxiety"), "+-");
  add_items(questionnaire, add_scale(questionnaire, "avoidance"), "+");
  // Sums of the complete ones: 2 4 10 (keyed 1 1, 3 1, 5 5) with 1 2 6:
  // r = (Σab − 3·m·m')/√… = (70 − 48)/√((120 − 256/3)(41 − 27)) = 22/√(104/3·14)
  const RawRows rows = {{1, 7, 1}, {3, 7, 2}, {5, 3, 6}, {skip, 2, 7}, {2, 2, skip}};
  const rows::Analysis analysis = analyzed(questionnaire, rows);
  REQUIRE(analysis.correlations.size() == 1);
  CHECK(analysis.correlations[0].n == 3);
  CHECK(value_of(analysis.correlations[0].r) ==
        Approx(22 / std::sqrt(104.0 / 3 * 14)).epsilon(1e-14));
  CHECK_FALSE(analyzed(questionnaire, {{1, 7, 4}, {3, 7, 4}}).correlations[0].r);
  CHECK_FALSE(analyzed(questionnaire, {{1, 7, 4}}).correlations[0].r);
}

TEST_CASE("many rows have the statistics of the textbook formulas") {
  RawRows rows = many_rows(1000, 9);
  const rows::ScaleStatistics scale = only_scale(analyzed(scale_of("+++++++++"), rows));
  std::erase_if(rows, [](const auto& row) { return std::count(row.begin(), row.end(), skip); });
  double trace = 0;
  double sum = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j) sum += plain_covariance(rows, i, j);
    trace += plain_covariance(rows, i, i);
  }
  CHECK(value_of(scale.alpha) == Approx(9.0 / 8 * (1 - trace / sum)).epsilon(1e-12));
  CHECK(value_of(scale.items[8].sd) ==
        Approx(std::sqrt(plain_covariance(rows, 8, 8))).epsilon(1e-12));
}

TEST_CASE("the order of rows changes no digit") {
  const auto questionnaire = scale_of("+-+-+-+");
  RawRows rows = many_rows(700, 7);
  const std::string json = rows::analysis_json(questionnaire, 0, analyzed(questionnaire, rows));
  std::reverse(rows.begin(), rows.end());
  std::rotate(rows.begin(), rows.begin() + 123, rows.end());
  CHECK(rows::analysis_json(questionnaire, 0, analyzed(questionnaire, rows)) == json);
}

TEST_CASE("a form has its own items only") {
  Questionnaire questionnaire = scale_of("++++");
  questionnaire.forms.push_back({"short", "", std::nullopt, {3, 1}});
  const rows::Analysis analysis = analyzed(questionnaire, {{1, 2}, {3, 1}, {5, 5}}, 1);
  const rows::ScaleStatistics scale = only_scale(analysis);
  REQUIRE(scale.items.size() == 2);
  CHECK(scale.items[0].item == 3);
  CHECK(scale.items[1].item == 1);
}
