// SPDX-License-Identifier: MIT
#pragma once

/// The error of a difference, without the quantile: what a series needs of each of its pairs.

#include "attune/trend.hpp"

namespace attune::trend {

struct DifferenceError {
  double se = 0;  ///< in the units of the score
  ChangeMethod method = ChangeMethod::separate;
};

[[nodiscard]] DifferenceError difference_error(const SeriesPoint& earlier,
                                               const SeriesPoint& later);

}  // namespace attune::trend
