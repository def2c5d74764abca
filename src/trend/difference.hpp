// SPDX-License-Identifier: MIT
#pragma once

#include "attune/trend.hpp"

namespace attune::trend {

/// The error of a difference and how it was found, nothing else yet: what a series needs of each of
/// its pairs (trend.hpp: difference).
[[nodiscard]] Change difference_error(const SeriesPoint& earlier, const SeriesPoint& later);

}  // namespace attune::trend
