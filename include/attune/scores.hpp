// SPDX-License-Identifier: MIT
#pragma once

/// Scores as plain values, and the one evaluation of `when` rules over scores and answers.
///
///     if (holds(step.when, responses, &scores)) …

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"

namespace attune {

/// Two-sided 95 % of the normal distribution.
inline constexpr double z_95 = 1.96;

/// How the standard error of a score was found.
enum class ErrorMethod {
  conditional,  ///< from this sitting's answers (Brennan 1998)
  classical,    ///< SD·√(1−r) from published reliability and norms
};

/// A score with its error and 95 % interval, in the units of the scale.
struct Estimate {
  double score = 0;
  double se = 0;
  double low = 0;   ///< score − 1.96 se, clipped to the scale's range
  double high = 0;  ///< score + 1.96 se, clipped to the scale's range
  ErrorMethod method = ErrorMethod::conditional;
};

/// One scale's result. `estimate` is empty when too few items were answered; then `reason` says so
/// in a sentence without a full stop.
struct ScaleScore {
  std::optional<Estimate> estimate;
  std::size_t answered = 0;
  std::size_t items = 0;  ///< items of the scale in the form that was asked
  std::string reason;
};

/// Parallel to `Questionnaire::scales`.
using Scores = std::vector<ScaleScore>;

/// Whether `rule` holds where `judge` says it of a condition. An empty rule always does.
template <class Judge>
[[nodiscard]] bool holds(const Rule& rule, const Judge& judge) {
  return rule.empty() || std::ranges::any_of(rule, [&](const std::vector<Condition>& conditions) {
           return std::ranges::all_of(conditions, judge);
         });
}

/// Whether `rule` holds for one sitting. Scale conditions are false when `scores` is
/// null or the scale is not scored; item conditions use the raw answer and are false when it is
/// skipped or missing.
[[nodiscard]] bool holds(const Rule& rule, const Responses& responses, const Scores* scores);

/// Whether `value` lies within the numeric bounds of `condition` (those present).
[[nodiscard]] bool within(const Condition& condition, double value);

}  // namespace attune
