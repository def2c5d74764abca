// SPDX-License-Identifier: MIT
#include <cmath>
#include <numbers>

#include "attune/trend.hpp"

namespace attune {
namespace {

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

}  // namespace attune
