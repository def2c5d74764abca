// SPDX-License-Identifier: MIT
#pragma once

#include "attune/trend.hpp"

namespace attune::trend {

inline double squared(double value) { return value * value; }

/// What one step of a mean is worth in the score: 1 for a mean, the number of items for a sum; 0
/// where all answers are 0, which don't tell.
[[nodiscard]] double units_of(const SeriesPoint& point);

/// The error of a difference and how it was found, nothing else yet: what a series needs of each of
/// its pairs (trend.hpp: difference).
[[nodiscard]] Change difference_error(const SeriesPoint& earlier, const SeriesPoint& later);

}  // namespace attune::trend
