// SPDX-License-Identifier: MIT
#include "attune/scores.hpp"

namespace attune {
namespace {

bool item_condition_holds(const Condition& condition, const Responses& responses) {
  const std::optional<Answer>& answer = responses.answers[condition.index];
  if (!answer) return false;
  if (const auto* chosen = std::get_if<ChosenIds>(&*answer)) {
    return condition.is && std::ranges::find(*chosen, *condition.is) != chosen->end();
  }
  const auto* number = std::get_if<double>(&*answer);
  return number != nullptr && !condition.is && within(condition, *number);
}

bool condition_holds(const Condition& condition, const Responses& responses, const Scores* scores) {
  if (condition.subject == Subject::item) return item_condition_holds(condition, responses);
  if (scores == nullptr || !(*scores)[condition.index].estimate) return false;
  return within(condition, (*scores)[condition.index].estimate->score);
}

}  // namespace

bool within(const Condition& condition, double value) {
  if (condition.at_least && !(value >= *condition.at_least)) return false;
  if (condition.above && !(value > *condition.above)) return false;
  if (condition.at_most && !(value <= *condition.at_most)) return false;
  return !condition.below || value < *condition.below;
}

bool holds(const Rule& rule, const Responses& responses, const Scores* scores) {
  return holds(rule, [&](const Condition& condition) {
    return condition_holds(condition, responses, scores);
  });
}

}  // namespace attune
