// SPDX-License-Identifier: MIT
#include "trend/difference.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "attune/trend.hpp"

namespace attune::trend {
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

constexpr double central_share = 0.95;

// Beyond this the expansion below is exact to 2e-12, and the sums would only take longer.
constexpr std::size_t most_degrees_of_the_sums = 1000;

// z + g₁/ν + g₂/ν² + g₃/ν³: the Cornish–Fisher expansion of t in powers of 1/ν (Abramowitz & Stegun
// 1964, 26.7.5).
double expansion(double degrees) {
  constexpr double z = exact_z_95;
  const double s = z * z;
  const double g1 = z * (s + 1) / 4;
  const double g2 = z * ((5 * s + 16) * s + 3) / 96;
  const double g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384;
  return z + (g1 + (g2 + g3 / degrees) / degrees) / degrees;
}

// A(θ) = P(|t| < √ν·tan θ) and its derivative.
struct Share {
  double value = 0;
  double slope = 0;
};

// Abramowitz & Stegun 1964, 26.7.3 and 26.7.4: finite sums of positive terms in cos θ, so nothing
// cancels. The derivative is K·cos^(ν−1) θ, with K from the last coefficient of the sum.
Share share_within(double angle, std::size_t degrees) {
  const bool is_odd = degrees % 2 == 1;
  const double cosine = std::cos(angle);
  const double squared = cosine * cosine;
  double coefficient = 1;
  double term = is_odd ? cosine : 1;
  double sum = degrees == 1 ? 0 : term;
  for (std::size_t power = is_odd ? 3 : 2; power < degrees; power += 2) {
    const double factor = static_cast<double>(power - 1) / static_cast<double>(power);
    coefficient *= factor;
    term *= factor * squared;
    sum += term;
  }
  const double slope = coefficient * std::pow(cosine, static_cast<double>(degrees - 1)) *
                       (degrees == 1 ? 1 : static_cast<double>(degrees - 1));
  if (!is_odd) return {std::sin(angle) * sum, slope};
  constexpr double two_by_pi = 2 * std::numbers::inv_pi;
  return {two_by_pi * (angle + std::sin(angle) * sum), two_by_pi * slope};
}

}  // namespace

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

Change difference(const SeriesPoint& earlier, const SeriesPoint& later) {
  const DifferenceError error = difference_error(earlier, later);
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

double t_quantile_95(std::size_t degrees) {
  const auto nu = static_cast<double>(degrees);
  if (degrees > most_degrees_of_the_sums) return expansion(nu);
  // A rises and is concave in θ, so Newton's steps from below never overshoot, and from above only
  // once. Ten double the correct digits more often than there are digits.
  double angle = std::atan(expansion(nu) / std::sqrt(nu));
  for (int i = 0; i < 10; ++i) {
    const Share share = share_within(angle, degrees);
    angle += (central_share - share.value) / share.slope;
  }
  return std::sqrt(nu) * std::tan(angle);
}

}  // namespace attune::trend
