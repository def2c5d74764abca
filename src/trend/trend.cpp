// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "trend/difference.hpp"

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
  double differences = 0;
  double squares = 0;
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
    sums.differences += d;
    sums.squares += d * d;
  }
  return sums;
}

// max(sd(d), step/√6)/√n of a mean. Ratings are whole numbers, so the sums are exact.
double paired_error(const PairedSums& sums, double n) {
  const double variance = (n * sums.squares - sums.differences * sums.differences) / (n * (n - 1));
  return std::sqrt(std::max(variance, rounding_variance) / n);
}

// P(|t| < √ν·tan θ) by Abramowitz & Stegun 1964, 26.7.3 and 26.7.4: finite sums of positive terms
// in cos θ, so nothing cancels.
double share_within(double angle, std::size_t degrees) {
  const bool is_odd = degrees % 2 == 1;
  double term = is_odd ? std::cos(angle) : 1;
  double sum = degrees == 1 ? 0 : term;
  for (std::size_t power = is_odd ? 3 : 2; power < degrees; power += 2) {
    term *= squared(std::cos(angle)) * static_cast<double>(power - 1) / static_cast<double>(power);
    sum += term;
  }
  const double share = std::sin(angle) * sum;
  return is_odd ? 2 * std::numbers::inv_pi * (angle + share) : share;
}

// The two-sided 95 % quantile of Student's t, to 1e-11. Takes time in proportion to the degrees of
// freedom.
double t_quantile_95(std::size_t degrees) {
  double below = 0;
  double above = std::numbers::pi / 2;
  for (int i = 0; i < 60; ++i) {  // halved to the last digit
    const double middle = (below + above) / 2;
    (share_within(middle, degrees) < 0.95 ? below : above) = middle;
  }
  return std::sqrt(static_cast<double>(degrees)) * std::tan(below);
}

// P(χ² ≥ value). Finite sums of positive terms: Abramowitz & Stegun 1964, 26.4.4 (odd) and 26.4.5
// (even).
double chi_square_tail(double value, std::size_t degrees) {
  const double half = value / 2;
  const bool is_odd = degrees % 2 == 1;
  double term = std::exp(-half) *
                (is_odd ? std::sqrt(value) * std::numbers::inv_sqrtpi * std::numbers::sqrt2 : 1.0);
  double tail = is_odd ? std::erfc(std::sqrt(half)) : 0.0;
  for (std::size_t r = is_odd ? 3 : 2; r <= degrees; r += 2) {
    tail += term;
    term *= value / static_cast<double>(r);
  }
  return std::min(tail, 1.0);
}

}  // namespace

double units_of(const SeriesPoint& point) {
  double sum = 0;
  for (const KeyedAnswer& answer : point.answers) sum += answer.keyed;
  const auto n = static_cast<double>(point.answers.size());
  return sum == 0 ? 0 : std::max(1.0, std::round(point.estimate.score / sum * n));
}

Change difference_error(const SeriesPoint& earlier, const SeriesPoint& later) {
  const double both = std::hypot(earlier.estimate.se, later.estimate.se);
  if (is_published(earlier) && is_published(later)) {
    return {.se = both, .method = ChangeMethod::published};
  }
  const std::optional<PairedSums> sums = paired_sums(earlier, later);
  const double of_later = units_of(later);
  const double units = of_later > 0 ? of_later : units_of(earlier);
  if (!sums || later.answers.size() < 2 || units == 0) {
    return {.se = both, .method = ChangeMethod::separate};
  }
  const auto n = static_cast<double>(later.answers.size());
  return {.se = units * paired_error(*sums, n), .method = ChangeMethod::paired};
}

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 3> names{"no change", "maybe", "changed"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(ChangeMethod method) {
  constexpr std::array<std::string_view, 4> names{"paired", "separate", "published", "series"};
  return names[static_cast<std::size_t>(method)];
}

Change difference(const SeriesPoint& earlier, const SeriesPoint& later) {
  Change change = difference_error(earlier, later);
  const bool is_paired = change.method == ChangeMethod::paired;
  const double z = is_paired ? t_quantile_95(later.answers.size() - 1) : z_95;
  change.change = later.estimate.score - earlier.estimate.score;
  change.low = change.change - z * change.se;
  change.high = change.change + z * change.se;
  change.verdict = change.low > 0 || change.high < 0 ? Verdict::maybe : Verdict::no_change;
  return change;
}

std::optional<Spread> spread_of(std::span<const Estimate> estimates) {
  const auto is_usable = [](const Estimate& estimate) { return estimate.se > 0; };
  if (estimates.size() < 2 || !std::ranges::all_of(estimates, is_usable)) return {};
  double weights = 0;
  double scores = 0;
  for (const Estimate& estimate : estimates) {
    const double weight = 1 / (estimate.se * estimate.se);
    weights += weight;
    scores += weight * estimate.score;
  }
  Spread spread;
  spread.mean = scores / weights;
  spread.degrees = estimates.size() - 1;
  for (const Estimate& estimate : estimates) {
    spread.q += squared((estimate.score - spread.mean) / estimate.se);
  }
  spread.probability = chi_square_tail(spread.q, spread.degrees);
  const auto [low, high] = std::ranges::minmax_element(estimates, {}, &Estimate::score);
  spread.lowest = static_cast<std::size_t>(low - estimates.begin());
  spread.highest = static_cast<std::size_t>(high - estimates.begin());
  spread.largest = high->score - low->score;
  spread.largest_se = std::hypot(low->se, high->se);
  return spread;
}

}  // namespace attune::trend
