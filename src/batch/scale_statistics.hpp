// SPDX-License-Identifier: MIT
#pragma once

/// From sums to the statistics of scales and items.

#include "attune/item_analysis.hpp"

#include "batch/analysis_sums.hpp"

namespace attune::detail {

[[nodiscard]] ScaleStatistics scale_statistics(const Questionnaire& questionnaire,
                                               const AnalysisSums& sums, const ScaleSums& scale,
                                               MissingAnswers missing);

[[nodiscard]] ScaleCorrelation scale_correlation(const AnalysisSums& sums, const ScalePair& pair);

}  // namespace attune::detail
