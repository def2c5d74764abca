// SPDX-License-Identifier: MIT
#pragma once

/// What a trend says, in sentences about one scale. They claim no more than the verdict does.

#include <cstddef>
#include <string>

#include "attune/trend_report.hpp"

namespace attune::detail {

/// What the check-ins of one scale say: which difference, between which days, against which noise.
[[nodiscard]] std::string trend_words(const ScaleSeries& scale);

/// "nothing stands out", "maybe", "changed"
[[nodiscard]] std::string verdict_words(Verdict verdict);

/// "3.4 ± 0.6": the score and half its 95 % interval.
[[nodiscard]] std::string score_words(const ScaleSeries& scale, const Estimate& estimate);

/// "+0.3 ± 0.8", "−1.4 ± 0.8", "0.0 ± 0.8": a difference and half its 95 % interval.
[[nodiscard]] std::string change_words(const ScaleSeries& scale, const Change& change);

/// How many check-ins are missing to a series; 0 when it is one.
[[nodiscard]] std::size_t missing_to_series(const ScaleSeries& scale);

/// "one" … "nine", digits from 10 on.
[[nodiscard]] std::string number_word(std::size_t number);

}  // namespace attune::detail
