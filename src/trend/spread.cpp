// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numbers>

#include "attune/trend.hpp"

namespace attune::trend {
namespace {

// Σw, Σw² and Σwx over the estimates.
struct WeightSums {
  double weights = 0;
  double squares = 0;
  double scores = 0;
};

WeightSums weight_sums(std::span<const Estimate> estimates) {
  WeightSums sums;
  for (const Estimate& estimate : estimates) {
    const double weight = 1 / (estimate.se * estimate.se);
    sums.weights += weight;
    sums.squares += weight * weight;
    sums.scores += weight * estimate.score;
  }
  return sums;
}

}  // namespace

// Finite sums of positive terms: Abramowitz & Stegun 1964, 26.4.4 (odd) and 26.4.5 (even).
double chi_square_tail(double value, std::size_t degrees) {
  if (!(value > 0)) return 1;
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

std::optional<Spread> spread_of(std::span<const Estimate> estimates) {
  const auto is_usable = [](const Estimate& estimate) { return estimate.se > 0; };
  if (estimates.size() < 2 || !std::all_of(estimates.begin(), estimates.end(), is_usable)) {
    return {};
  }
  const WeightSums sums = weight_sums(estimates);
  Spread spread;
  spread.mean = sums.scores / sums.weights;
  spread.degrees = estimates.size() - 1;
  for (const Estimate& estimate : estimates) {
    const double errors = (estimate.score - spread.mean) / estimate.se;
    spread.q += errors * errors;
  }
  spread.probability = chi_square_tail(spread.q, spread.degrees);
  const double excess = spread.q - static_cast<double>(spread.degrees);
  const double scale = sums.weights - sums.squares / sums.weights;
  spread.tau = std::sqrt(std::max(0.0, excess / scale));

  const auto by_score = [](const Estimate& a, const Estimate& b) { return a.score < b.score; };
  const auto [low, high] = std::minmax_element(estimates.begin(), estimates.end(), by_score);
  spread.lowest = static_cast<std::size_t>(low - estimates.begin());
  spread.highest = static_cast<std::size_t>(high - estimates.begin());
  spread.largest = high->score - low->score;
  spread.largest_se = std::hypot(low->se, high->se);
  return spread;
}

}  // namespace attune::trend
