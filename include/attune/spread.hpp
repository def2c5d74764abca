// SPDX-License-Identifier: MIT
#pragma once

/// How far estimates of one scale lie apart, and how much of that their errors account for.
/// For one person's relationships side by side; for check-ins of one relationship see trend.hpp.
///
///     const std::optional<Spread> spread = spread_of(estimates);  // one per relationship
///     if (spread && spread->probability < 0.05) …  // further apart than the errors alone put them

#include <cstddef>
#include <optional>
#include <span>

#include "attune/scores.hpp"

namespace attune::trend {

/// In the units of the score. The errors are those of single sittings: they know the questions, not
/// the days.
struct Spread {
  double mean = 0;          ///< weighted by 1/se²
  double q = 0;             ///< Σ (x − mean)²/se²
  std::size_t degrees = 1;  ///< estimates − 1
  double probability = 1;   ///< of a q at least this large if only the errors set them apart
  double tau = 0;           ///< SD between the estimates beyond their errors
  std::size_t lowest = 0;   ///< index of the lowest estimate,
  std::size_t highest = 0;  ///< and of the highest: the pair that lies furthest apart
  double largest = 0;       ///< their difference, ≥ 0
  double largest_se = 0;    ///< √(se₁² + se₂²)
};

/// The spread of two or more estimates; nothing for fewer, or when an error is not above 0.
/// With w = 1/se², k estimates and Q as above, τ² = max(0, (Q − (k − 1))/(Σw − Σw²/Σw))
/// (DerSimonian & Laird 1986). `probability` is the tail of χ² with k − 1 degrees of freedom
/// (Cochran 1954), which takes into account that with many estimates the largest difference is
/// large by itself.
[[nodiscard]] std::optional<Spread> spread_of(std::span<const Estimate> estimates);

/// P(χ² ≥ value) with `degrees` ≥ 1 degrees of freedom; 1 for values of at most 0.
[[nodiscard]] double chi_square_tail(double value, std::size_t degrees);

}  // namespace attune::trend
