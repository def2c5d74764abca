// SPDX-License-Identifier: MIT
// What an analysis says where rows or items are too few, alike, or at odds with each other.
#include <doctest/doctest.h>

#include "attune/item_analysis.hpp"

#include "analysis_rows.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using doctest::Approx;

TEST_CASE("a negative alpha is told as it is") {
  // 1 5, 3 2, 5 1: v = 4 and 13/3, cov = −4, V = 1/3; α = 2·(1 − 25) = −48.
  const rows::ScaleStatistics scale =
      only_scale(analyzed(scale_of("++"), {{1, 5}, {3, 2}, {5, 1}}));
  CHECK(value_of(scale.alpha) == Approx(-48).epsilon(1e-12));
}

TEST_CASE("what rows can't tell has no value") {
  const auto questionnaire = scale_of("+++");
  SUBCASE("no rows") {
    const rows::ScaleStatistics scale = only_scale(analyzed(questionnaire, {}));
    CHECK_FALSE(scale.mean);
    CHECK_FALSE(scale.sd);
    CHECK_FALSE(scale.alpha);
    CHECK_FALSE(scale.items[0].item_rest_r);
  }
  SUBCASE("one row") {
    const rows::ScaleStatistics scale = only_scale(analyzed(questionnaire, {{1, 2, 6}}));
    CHECK(value_of(scale.mean) == 3);
    CHECK_FALSE(scale.items[0].sd);
    CHECK_FALSE(scale.alpha);
  }
  SUBCASE("all people alike") {
    const RawRows rows(5, {2, 4, 6});
    const rows::ScaleStatistics scale = only_scale(analyzed(questionnaire, rows));
    CHECK(value_of(scale.sd) == 0);
    CHECK_FALSE(scale.alpha);
    CHECK(scale.items[0].flag == rows::ItemFlag::no_variance);
  }
  SUBCASE("answers that add up to the same for all") {
    // In binary numbers these covariances add up to 4·10⁻¹⁶.
    const RawRows rows = {{3, 2, 7}, {4, 2, 6}, {5, 5, 2}, {5, 5, 2},
                          {3, 2, 7}, {5, 2, 5}, {5, 5, 2}};
    const rows::ScaleStatistics scale = only_scale(analyzed(questionnaire, rows));
    CHECK(value_of(scale.sd) == 0);
    CHECK_FALSE(scale.alpha);
  }
  SUBCASE("a single item") {
    const rows::ScaleStatistics scale = only_scale(analyzed(scale_of("-"), {{1}, {4}, {7}}));
    CHECK(value_of(scale.mean) == 4);
    CHECK(value_of(scale.sd) == 3);
    CHECK_FALSE(scale.alpha);
    CHECK_FALSE(scale.items[0].item_rest_r);
  }
}

TEST_CASE("one item on which nobody differs leaves the others their statistics") {
  // The others: v = 4 and 13/3, cov = 4 (as above); with a third of variance 0,
  // α = 3/2·(1 − (25/3)/(49/3)) = 36/49, and without it 48/49.
  const rows::ScaleStatistics scale =
      only_scale(analyzed(scale_of("+-+"), {{1, 7, 2}, {3, 6, 2}, {5, 3, 2}}));
  CHECK(value_of(scale.alpha) == Approx(36.0 / 49).epsilon(1e-13));
  CHECK(value_of(scale.items[2].alpha_if_dropped) == Approx(48.0 / 49).epsilon(1e-13));
  CHECK_FALSE(scale.items[2].item_rest_r);
  CHECK(scale.items[2].flag == rows::ItemFlag::no_variance);
  CHECK(scale.items[0].flag == rows::ItemFlag::none);
}

TEST_CASE("a row with a problem is counted and left out") {
  const auto questionnaire = scale_of("++");
  rows::ItemAnalysis analysis(questionnaire, 0);
  take_rows(analysis, {{1, 2}, {2, 3}});
  const rows::RowProblem problem{3, 4, "i1", "no number"};
  rows::Row broken;
  broken.problem = &problem;
  analysis.take(broken);
  const rows::Analysis result = analysis.result();
  CHECK(result.rows == 2);
  CHECK(result.left_out == 1);
  CHECK(result.scales[0].n == 2);
}

TEST_CASE("a result can be read before the last row") {
  const auto questionnaire = scale_of("++++");
  rows::ItemAnalysis analysis(questionnaire, 0);
  take_rows(analysis, {ten_rows.begin(), ten_rows.begin() + 4});
  CHECK(analysis.result().rows == 4);
  take_rows(analysis, {ten_rows.begin() + 4, ten_rows.end()});
  CHECK(value_of(analysis.result().scales[0].alpha) == Approx(0.9671717172).epsilon(1e-10));
}

TEST_CASE("an input without a single row has a result") {
  const auto questionnaire = scale_of("++");
  rows::ItemAnalysis analysis(questionnaire, 0);
  const rows::Analysis result = analysis.result();
  CHECK(result.rows == 0);
  CHECK(only_scale(result).items.size() == 2);
}
