// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/scoring.hpp"

namespace attune {
namespace {

// How many items of the form count for `scale`.
std::size_t items_in_form(const Questionnaire& questionnaire, std::size_t form, std::size_t scale) {
  const std::vector<std::size_t>& items = questionnaire.forms[form].items;
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [&](std::size_t item) {
    return counts_for(questionnaire, questionnaire.items[item], scale);
  }));
}

std::string reason_not_derived(const Questionnaire& questionnaire, const Derived& derived,
                               const Scores& scores) {
  std::vector<std::string_view> missing;
  for (const Term& term : derived.terms) {
    if (!scores[term.scale].estimate) missing.push_back(questionnaire.scales[term.scale].name);
  }
  if (missing.empty()) return {};
  if (missing.size() == 1) return fmt::format("it needs {}, which has no score", missing[0]);
  const std::string_view last = missing.back();
  missing.pop_back();
  return fmt::format("it needs {} and {}, which have no score", fmt::join(missing, ", "), last);
}

// Scores count as the doubles they are: a weighted sum of independent errors has the variance
// Σ wᵢ²·seᵢ².
Estimate weighted_sum(const Derived& derived, const Scores& scores, ScoreRange range) {
  double sum = 0;
  double variance = 0;
  ErrorMethod method = ErrorMethod::classical;
  for (const Term& term : derived.terms) {
    const Estimate& part = *scores[term.scale].estimate;
    sum += term.weight * part.score;
    variance += term.weight * term.weight * part.se * part.se;
    if (part.method == ErrorMethod::conditional) method = ErrorMethod::conditional;
  }
  return estimate(sum, std::sqrt(variance), range.min, range.max, method);
}

}  // namespace

ScoreRange derived_range(const Questionnaire& questionnaire, std::size_t form,
                         std::size_t derived) {
  ScoreRange range;
  for (const Term& term : questionnaire.derived[derived].terms) {
    const ScoreRange part =
        score_range(questionnaire, term.scale, items_in_form(questionnaire, form, term.scale));
    range.min += term.weight * (term.weight > 0 ? part.min : part.max);
    range.max += term.weight * (term.weight > 0 ? part.max : part.min);
  }
  return range;
}

Scores derive(const Questionnaire& questionnaire, std::size_t form, const Scores& scores) {
  Scores results(questionnaire.derived.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Derived& derived = questionnaire.derived[i];
    for (const Term& term : derived.terms) {
      results[i].answered += scores[term.scale].answered;
      results[i].items += scores[term.scale].items;
    }
    results[i].reason = reason_not_derived(questionnaire, derived, scores);
    if (!results[i].reason.empty()) continue;
    results[i].estimate = weighted_sum(derived, scores, derived_range(questionnaire, form, i));
  }
  return results;
}

}  // namespace attune
