// SPDX-License-Identifier: MIT
#include "trend/difference.hpp"

#include <algorithm>
#include <cmath>

#include "attune/trend.hpp"

namespace attune {
namespace {

// One step of the response scale: answers are whole numbers.
constexpr double answer_step = 1;

// Variance of the difference of two values that are rounded to whole steps: 2·step²/12.
constexpr double rounding_variance = answer_step * answer_step / 6;

bool has_same_items(const SeriesPoint& a, const SeriesPoint& b) {
  return std::equal(a.answers.begin(), a.answers.end(), b.answers.begin(), b.answers.end(),
                    [](const KeyedAnswer& x, const KeyedAnswer& y) { return x.item == y.item; });
}

bool is_published(const SeriesPoint& point) {
  return point.estimate.method == ErrorMethod::classical;
}

// What one step of the mean is worth in the score: 1 for a mean, the number of items for a sum.
// Nothing where every answer is 0.
double units_per_mean(const SeriesPoint& point) {
  double sum = 0;
  for (const KeyedAnswer& answer : point.answers) sum += answer.keyed;
  if (sum == 0) return 0;
  return std::round(point.estimate.score * static_cast<double>(point.answers.size()) / sum);
}

// √(Σ(d − d̄)²/(n − 1)) over √n, in steps of the mean, with the floor.
double paired_error(const SeriesPoint& earlier, const SeriesPoint& later) {
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < later.answers.size(); ++i) {
    const double d = later.answers[i].keyed - earlier.answers[i].keyed;
    sum += d;
    squares += d * d;
  }
  const auto n = static_cast<double>(later.answers.size());
  const double variance = (n * squares - sum * sum) / (n * (n - 1));
  return std::sqrt(std::max(variance, rounding_variance) / n);
}

}  // namespace

namespace detail {

DifferenceError difference_error(const SeriesPoint& earlier, const SeriesPoint& later) {
  const double both = std::hypot(earlier.estimate.se, later.estimate.se);
  if (is_published(earlier) && is_published(later)) return {both, ChangeMethod::published};
  if (later.answers.size() < 2 || !has_same_items(earlier, later)) {
    return {both, ChangeMethod::separate};
  }
  const double units = std::max(units_per_mean(earlier), units_per_mean(later));
  // Answers that are all 0 don't tell the units, but then each error is the rounding of one
  // sitting, and both together are the floor of the difference.
  if (units == 0) return {both, ChangeMethod::paired};
  return {units * paired_error(earlier, later), ChangeMethod::paired};
}

}  // namespace detail

Change difference(const SeriesPoint& earlier, const SeriesPoint& later) {
  const detail::DifferenceError error = detail::difference_error(earlier, later);
  const double z =
      error.method == ChangeMethod::paired ? t_quantile_95(later.answers.size() - 1) : detail::z_95;
  Change change;
  change.change = later.estimate.score - earlier.estimate.score;
  change.se = error.se;
  change.low = change.change - z * change.se;
  change.high = change.change + z * change.se;
  change.verdict = change.low > 0 || change.high < 0 ? Verdict::maybe : Verdict::no_change;
  change.method = error.method;
  return change;
}

}  // namespace attune
