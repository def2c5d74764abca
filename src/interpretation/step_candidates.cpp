// SPDX-License-Identifier: MIT
#include "interpretation/step_candidates.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace attune::detail {
namespace {

// What a rule is held against.
struct Person {
  const Questionnaire& questionnaire;
  const Responses& responses;
  const Scores& scores;
};

struct Measured {
  double value = 0;
  ScoreRange range;
};

// What a condition that holds was tested on; nothing for a choice.
std::optional<Measured> measured(const Person& person, const Condition& condition) {
  const Questionnaire& questionnaire = person.questionnaire;
  if (condition.subject == Subject::scale) {
    const ScaleScore& score = person.scores[condition.index];
    return Measured{score.estimate->score,
                    score_range(questionnaire, condition.index, score.items)};
  }
  const auto* number = std::get_if<double>(&*person.responses.answers[condition.index]);
  if (number == nullptr) return std::nullopt;
  const Item& item = questionnaire.items[condition.index];
  if (item.kind == ItemKind::number) return Measured{*number, {item.min, item.max}};
  const ResponseScale& response_scale = questionnaire.response_scales[item.response_scale];
  return Measured{*number, {response_scale.min * 1.0, response_scale.max * 1.0}};
}

// The share of the possible range by which a value goes beyond what the condition asks for; no
// limit for a choice, which is made or not.
double margin_of(const Person& person, const Condition& condition) {
  double margin = std::numeric_limits<double>::infinity();
  const std::optional<Measured> of = measured(person, condition);
  if (!of) return margin;
  for (const auto& bound : {condition.at_least, condition.above}) {
    if (bound) margin = std::min(margin, of->value - *bound);
  }
  for (const auto& bound : {condition.at_most, condition.below}) {
    if (bound) margin = std::min(margin, *bound - of->value);
  }
  return margin / (of->range.max - of->range.min);
}

double weakest_margin(const Person& person, const Conditions& conditions) {
  double margin = std::numeric_limits<double>::infinity();
  for (const Condition& condition : conditions) {
    margin = std::min(margin, margin_of(person, condition));
  }
  // Only choices: they hold, but by nothing that could be compared.
  return margin == std::numeric_limits<double>::infinity() ? 0 : margin;
}

bool names_all_of(const Conditions& all, const Conditions& some) {
  return std::all_of(some.begin(), some.end(), [&](const Condition& wanted) {
    return std::any_of(all.begin(), all.end(), [&](const Condition& each) {
      return each.subject == wanted.subject && each.index == wanted.index;
    });
  });
}

}  // namespace

std::vector<StepCandidate> rank_candidates(const Questionnaire& questionnaire,
                                           const Responses& responses, const Scores& scores) {
  const std::vector<NextStep>& steps = questionnaire.next_steps;
  std::vector<StepCandidate> result;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    StepCandidate candidate{step, nullptr, 0, steps[step].size};
    for (const Conditions& conditions : steps[step].when) {
      if (!holds({conditions}, responses, &scores)) continue;
      const double margin = weakest_margin({questionnaire, responses, scores}, conditions);
      if (candidate.because != nullptr && margin <= candidate.margin) continue;
      candidate.because = &conditions;
      candidate.margin = margin;
    }
    if (candidate.because != nullptr) result.push_back(candidate);
  }
  std::stable_sort(
      result.begin(), result.end(), [&](const StepCandidate& a, const StepCandidate& b) {
        const int priority_a = steps[a.step].priority;
        const int priority_b = steps[b.step].priority;
        return priority_a != priority_b ? priority_a > priority_b : a.margin > b.margin;
      });
  return result;
}

bool same_subjects(const Conditions& a, const Conditions& b) {
  return names_all_of(a, b) && names_all_of(b, a);
}

bool about_position(const StepCandidate& candidate) {
  const Conditions& conditions = *candidate.because;
  return !conditions.empty() && !names_all_of({conditions.front()}, conditions);
}

}  // namespace attune::detail
