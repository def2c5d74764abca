// SPDX-License-Identifier: MIT
#include "trend/difference.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "attune/trend.hpp"

namespace attune {
namespace {

// One step of the response scale: answers are whole numbers.
constexpr double answer_step = 1;

// Variance of the difference of two values that are rounded to whole steps: 2·step²/12.
constexpr double rounding_variance = answer_step * answer_step / 6;

bool is_published(const SeriesPoint& point) {
  return point.estimate.method == ErrorMethod::classical;
}

struct PairedSums {
  double earlier = 0;
  double later = 0;
  double squared_differences = 0;
};

// One walk over the answers, as a long series has many pairs. Nothing where the items differ.
std::optional<PairedSums> paired_sums(const SeriesPoint& earlier, const SeriesPoint& later) {
  if (earlier.answers.size() != later.answers.size()) return {};
  PairedSums sums;
  for (std::size_t i = 0; i < later.answers.size(); ++i) {
    const KeyedAnswer& before = earlier.answers[i];
    const KeyedAnswer& after = later.answers[i];
    if (before.item != after.item) return {};
    const double d = after.keyed - before.keyed;
    sums.earlier += before.keyed;
    sums.later += after.keyed;
    sums.squared_differences += d * d;
  }
  return sums;
}

// max(sd(d), step/√6)/√n of a mean. Ratings are whole numbers, so the sums are exact.
double paired_error(const PairedSums& sums, double n) {
  const double sum = sums.later - sums.earlier;
  const double variance = (n * sums.squared_differences - sum * sum) / (n * (n - 1));
  return std::sqrt(std::max(variance, rounding_variance) / n);
}

}  // namespace

namespace detail {

DifferenceError difference_error(const SeriesPoint& earlier, const SeriesPoint& later) {
  const double both = std::hypot(earlier.estimate.se, later.estimate.se);
  if (is_published(earlier) && is_published(later)) return {both, ChangeMethod::published};
  const std::optional<PairedSums> sums = paired_sums(earlier, later);
  if (!sums || later.answers.size() < 2) return {both, ChangeMethod::separate};
  // Answers that are all 0 don't tell the units of the score, but then each error is the rounding
  // of one sitting, and both together are the floor of the difference.
  if (sums->earlier == 0 && sums->later == 0) return {both, ChangeMethod::paired};
  // What one step of the mean is worth in the score: 1 for a mean, the number of items for a sum.
  const auto n = static_cast<double>(later.answers.size());
  const double ratio = sums->later != 0 ? later.estimate.score / sums->later
                                        : earlier.estimate.score / sums->earlier;
  const double units = std::max(1.0, std::round(ratio * n));
  return {units * paired_error(*sums, n), ChangeMethod::paired};
}

}  // namespace detail

Change difference(const SeriesPoint& earlier, const SeriesPoint& later) {
  const detail::DifferenceError error = detail::difference_error(earlier, later);
  const double z =
      error.method == ChangeMethod::paired ? t_quantile_95(later.answers.size() - 1) : z_95;
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
