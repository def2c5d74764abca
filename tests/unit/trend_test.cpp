// SPDX-License-Identifier: MIT
#include "attune/trend.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <utility>
#include <vector>

#include "builders.hpp"
#include "series_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr ScoreRange one_to_seven{1, 7};

doctest::Approx close_to(double value) { return doctest::Approx(value).epsilon(1e-9); }

// For values worked out by hand to six decimals.
doctest::Approx near(double value) { return doctest::Approx(value).epsilon(2e-6); }

// The quantile of t by which the interval of a paired difference is wide.
double t_quantile(std::size_t degrees) {
  const trend::SeriesPoint point = answered(std::vector<double>(degrees + 1, 3));
  const trend::Change none = trend::difference(point, point);
  return none.high / none.se;
}

}  // namespace

TEST_CASE("the quantile of t is that of R and of the closed forms") {
  // R 4.2: qt(.975, df). df 1: tan(0.475 π); df 2: 0.95·√2/√(1 − 0.95²).
  const std::vector<std::pair<std::size_t, double>> expected = {
      {1, 12.7062047361747},   {2, 4.30265272974946},    {3, 3.182446305284263},
      {5, 2.570581835636314},  {7, 2.364624251592784},   {15, 2.131449545559323},
      {30, 2.042272456301238}, {100, 1.983971518523552}, {499, 1.964729390987689},
      {1000, 1.96233908082641}};
  for (const auto& row : expected) {
    CAPTURE(row.first);
    CHECK(std::abs(t_quantile(row.first) - row.second) < 1e-11);
  }
}

TEST_CASE("the quantile of t falls towards that of the normal distribution") {
  for (std::size_t degrees = 1; degrees < 1200; ++degrees) {
    CHECK(t_quantile(degrees) > t_quantile(degrees + 1));
  }
  CHECK(t_quantile(1200) > 1.959963984540054);
}

TEST_CASE("the same items twice are compared item by item") {
  // d = 1 0 2 1: mean 1, variance (0 + 1 + 1 + 0)/3 = 2/3, se √(2/3/4) = 0.408248; t(3) = 3.182446.
  const trend::Change change = trend::difference(answered({4, 5, 3, 6}), answered({5, 5, 5, 7}));
  CHECK(change.change == close_to(1));
  CHECK(change.se == near(0.408248));
  CHECK(change.low == near(-0.299229));
  CHECK(change.high == near(2.299229));
  CHECK(change.method == trend::ChangeMethod::paired);
  CHECK(change.verdict == trend::Verdict::no_change);
}

TEST_CASE("items that all move alike keep the error of whole steps") {
  // d = 1 six times: SD 0, so se = 1/√6/√6 = 1/6; t(5) = 2.570582; 1 ± 0.428430.
  const trend::Change change =
      trend::difference(answered({3, 4, 2, 3, 4, 2}), answered({4, 5, 3, 4, 5, 3}));
  CHECK(change.se == close_to(1.0 / 6));
  CHECK(change.low == near(0.571570));
  CHECK(change.verdict == trend::Verdict::maybe);
}

TEST_CASE("a fall that the interval keeps away from 0 is maybe, too") {
  const trend::Change change =
      trend::difference(answered({4, 5, 3, 4, 5, 3}), answered({3, 4, 2, 3, 4, 2}));
  CHECK(change.change == close_to(-1));
  CHECK(change.high == near(-0.571570));
  CHECK(change.verdict == trend::Verdict::maybe);
}

TEST_CASE("two check-ins alone are never called changed") {
  const trend::Change change = trend::difference(answered({1, 1, 1, 1}), answered({7, 7, 7, 7}));
  CHECK(change.change == close_to(6));
  CHECK(change.verdict == trend::Verdict::maybe);
}

TEST_CASE("the difference of sums is in units of the sum") {
  // The answers of the means above: 18 → 22, se 4 · 0.408248; of 5 items with 4 answered 5 · it.
  const trend::Change whole =
      trend::difference(answered({4, 5, 3, 6}, 4), answered({5, 5, 5, 7}, 4));
  CHECK(whole.change == close_to(4));
  CHECK(whole.se == near(1.632993));
  const trend::Change prorated =
      trend::difference(answered({4, 5, 3, 6}, 5), answered({5, 5, 5, 7}, 5));
  CHECK(prorated.change == close_to(5));
  CHECK(prorated.se == near(2.041241));
}

TEST_CASE("sums that are 0 both times have the errors of the two sittings") {
  // 0 tells nothing of the number of items.
  const trend::SeriesPoint nothing = answered({0, 0, 0, 0}, 4, 0, 3);
  const trend::Change change = trend::difference(nothing, nothing);
  CHECK(change.se == near(std::hypot(nothing.estimate.se, nothing.estimate.se)));
  CHECK(change.method == trend::ChangeMethod::separate);
}

TEST_CASE("a sum that is 0 once still has its units") {
  // d = 1 1 1 1: se 4 · (1/√6)/√4 = 0.816497.
  CHECK(trend::difference(answered({0, 0, 0, 0}, 4, 0, 3), answered({1, 1, 1, 1}, 4, 0, 3)).se ==
        near(0.816497));
}

TEST_CASE("different items leave only the two errors") {
  // √(0.3² + 0.4²) = 0.5; 0.9 ± 0.98.
  trend::SeriesPoint earlier = answered({4, 5, 3, 6});
  trend::SeriesPoint later = answered({5, 5, 5, 7});
  earlier.estimate = scoring::estimate(4.5, 0.3, 1, 7, ErrorMethod::conditional);
  later.estimate = scoring::estimate(5.4, 0.4, 1, 7, ErrorMethod::conditional);
  later.answers[3].item = 9;
  trend::Change change = trend::difference(earlier, later);
  CHECK(change.se == close_to(0.5));
  CHECK(change.low == close_to(-0.08));
  CHECK(change.high == close_to(1.88));
  CHECK(change.method == trend::ChangeMethod::separate);
  CHECK(change.verdict == trend::Verdict::no_change);
  later.answers.pop_back();
  CHECK(trend::difference(earlier, later).method == trend::ChangeMethod::separate);
}

TEST_CASE("one item alone has no spread and leaves the two errors") {
  // Each √(6²/12) = √3, together √6.
  const trend::Change change = trend::difference(answered({2}), answered({6}));
  CHECK(change.se == close_to(std::sqrt(6.0)));
  CHECK(change.low == close_to(4 - 1.96 * std::sqrt(6.0)));
  CHECK(change.method == trend::ChangeMethod::separate);
}

TEST_CASE("published errors give the reliable change index, whatever was answered") {
  // SD 1.12, r .80: 1.96·√2·1.12·√.2 = 1.39, the smallest reliable change (formulas: Change).
  const double se = *scoring::classical_error(1.12, 0.80);
  trend::SeriesPoint earlier = answered({4, 4, 4, 4});
  trend::SeriesPoint later = answered({5, 5, 5, 6});
  earlier.estimate = scoring::estimate(4, se, 1, 7, ErrorMethod::classical);
  later.estimate = scoring::estimate(5.25, se, 1, 7, ErrorMethod::classical);
  const trend::Change change = trend::difference(earlier, later);
  CHECK(change.method == trend::ChangeMethod::published);
  CHECK(std::abs(change.high - change.change - 1.39) < 0.005);
  CHECK(change.verdict == trend::Verdict::no_change);
  later.estimate.score = 5.4;
  CHECK(trend::difference(earlier, later).verdict == trend::Verdict::maybe);
  later.estimate.method = ErrorMethod::conditional;
  CHECK(trend::difference(earlier, later).method == trend::ChangeMethod::paired);
}

TEST_CASE("no check-in and one alone have no trend") {
  for (std::size_t n = 0; n < 2; ++n) {
    const trend::ScaleTrend trend =
        trend::trend_of(series_of(std::vector<double>(n, 4), 0.4), one_to_seven);
    CHECK_FALSE(trend.since_first);
    CHECK_FALSE(trend.since_last);
    CHECK_FALSE(trend.usual);
    CHECK_FALSE(trend.series);
  }
}

TEST_CASE("two to five check-ins compare the first and the last, without a usual range") {
  const std::vector<double> scores = {2, 3, 4, 3, 5};
  for (std::size_t n = 2; n <= 5; ++n) {
    const std::vector<double> first(scores.begin(),
                                    scores.begin() + static_cast<std::ptrdiff_t>(n));
    const trend::ScaleTrend trend = trend::trend_of(series_of(first, 0.3), one_to_seven);
    CHECK(trend.since_first->change == close_to(scores[n - 1] - 2));
    CHECK(trend.since_first->method == trend::ChangeMethod::separate);
    CHECK(trend.since_last->change == close_to(scores[n - 1] - scores[n - 2]));
    CHECK_FALSE(trend.usual);
    CHECK_FALSE(trend.series);
    CHECK(trend.since_first->verdict != trend::Verdict::changed);
  }
}

TEST_CASE("verdicts and methods have names") {
  CHECK(trend::name_of(trend::Verdict::no_change) == "no change");
  CHECK(trend::name_of(trend::Verdict::maybe) == "maybe");
  CHECK(trend::name_of(trend::Verdict::changed) == "changed");
  CHECK(trend::name_of(trend::ChangeMethod::paired) == "paired");
  CHECK(trend::name_of(trend::ChangeMethod::separate) == "separate");
  CHECK(trend::name_of(trend::ChangeMethod::published) == "published");
  CHECK(trend::name_of(trend::ChangeMethod::series) == "series");
}
