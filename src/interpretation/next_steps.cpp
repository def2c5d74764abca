// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "attune/interpretation.hpp"

namespace attune::interpretation {
namespace {

using Conditions = std::vector<Condition>;

// A step, and why it fits: the table of its rule that holds by the widest margin. A fallback has no
// reason.
struct StepCandidate {
  std::size_t step = 0;
  StepSize size = StepSize::small;
  bool is_exhausted = false;  // tried so often that it gives way
  const Conditions* because = nullptr;
  double margin = 0;  // a share of the possible range
  bool is_taken = false;
};
using Candidates = std::vector<StepCandidate>;

// What a rule is held against.
struct Person {
  const Questionnaire& questionnaire;
  const Responses& responses;
  const Scores& scores;
  std::size_t about;
};

// Whether it is a step to begin with.
bool opens(const StepCandidate& candidate) {
  return candidate.size == StepSize::small && !candidate.is_exhausted;
}

constexpr double unlimited = std::numeric_limits<double>::infinity();

// The share of the possible range by which a value goes beyond what a condition that holds asks
// for; no limit for a choice, which is made or not.
double margin_of(const Person& person, const Condition& condition) {
  const Questionnaire& questionnaire = person.questionnaire;
  double value = 0;
  ScoreRange range;
  if (condition.subject == Subject::scale) {
    const ScaleScore& score = person.scores[condition.index];
    value = score.estimate->score;
    range = score_range(questionnaire, condition.index, score.items);
  } else {
    const std::optional<double> number = rating(person.responses, condition.index);
    if (!number) return unlimited;
    value = *number;
    const Item& item = questionnaire.items[condition.index];
    range = {item.min, item.max};
    if (item.kind == ItemKind::rating) {
      const AnswerRange answers = answer_range(questionnaire, item);
      range = {answers.min * 1.0, answers.max * 1.0};
    }
  }
  double margin = unlimited;
  for (const auto& bound : {condition.at_least, condition.above}) {
    if (bound) margin = std::min(margin, value - *bound);
  }
  for (const auto& bound : {condition.at_most, condition.below}) {
    if (bound) margin = std::min(margin, *bound - value);
  }
  return margin / (range.max - range.min);
}

double weakest_margin(const Person& person, const Conditions& conditions) {
  double margin = unlimited;
  for (const Condition& condition : conditions) {
    margin = std::min(margin, margin_of(person, condition));
  }
  // Only choices: they hold, but by nothing that could be compared.
  return margin == unlimited ? 0 : margin;
}

bool names_all_of(const Conditions& all, const Conditions& some) {
  return std::ranges::all_of(some, [&](const Condition& wanted) {
    return std::ranges::any_of(all, [&](const Condition& each) {
      return each.subject == wanted.subject && each.index == wanted.index;
    });
  });
}

// Whether two steps are there for the same scales and items, in whatever order.
bool same_subjects(const StepCandidate& a, const StepCandidate& b) {
  return names_all_of(*a.because, *b.because) && names_all_of(*b.because, *a.because);
}

// Whether the reason for a step is a position, where several scales meet, and not one scale.
bool about_position(const StepCandidate& candidate) {
  const Conditions& conditions = *candidate.because;
  return !conditions.empty() && !names_all_of({conditions.front()}, conditions);
}

// By priority, then by margin, then in the order of the file: the steps with a rule that holds, or
// the fallbacks, which have none.
Candidates rank_candidates(const Person& person, std::span<const std::size_t> tried,
                           bool fallbacks) {
  const std::vector<NextStep>& steps = person.questionnaire.next_steps;
  Candidates result;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    const auto& abouts = steps[step].abouts;
    const bool is_for_others =
        !abouts.empty() && std::ranges::find(abouts, person.about) == abouts.end();
    if (is_for_others) continue;
    const bool is_exhausted = step < tried.size() && tried[step] >= tried_often;
    StepCandidate candidate{step, steps[step].size, is_exhausted, nullptr, 0};
    for (const Conditions& conditions : steps[step].when) {
      if (!holds({conditions}, person.responses, &person.scores)) continue;
      const double margin = weakest_margin(person, conditions);
      if (candidate.because != nullptr && margin <= candidate.margin) continue;
      candidate.because = &conditions;
      candidate.margin = margin;
    }
    const bool is_wanted = fallbacks ? steps[step].when.empty() : candidate.because != nullptr;
    if (is_wanted) result.push_back(candidate);
  }
  std::ranges::stable_sort(result, std::ranges::greater{}, [&](const StepCandidate& each) {
    return std::pair(steps[each.step].priority, each.margin);
  });
  return result;
}

// Five is what can still be held in mind while choosing; three leave a choice.
constexpr std::size_t fewest_steps = 3;
constexpr std::size_t most_small = 3;
constexpr std::size_t most_of_another_size = 1;

// Takes the best of what asks for a place; first, where there is any, a small step about a
// position, which many high facets would crowd out.
void take_best(Candidates& queue) {
  const auto position = std::ranges::find_if(queue, [](const StepCandidate& each) {
    return each.size == StepSize::small && about_position(each);
  });
  if (position != queue.end()) position->is_taken = true;
  for (StepCandidate& candidate : queue) {
    std::size_t taken = 0;  // of this size
    bool is_new = true;
    for (const StepCandidate& other : queue) {
      if (!other.is_taken || other.size != candidate.size) continue;
      ++taken;
      is_new = is_new && !same_subjects(other, candidate);
    }
    const std::size_t room = candidate.size == StepSize::small ? most_small : most_of_another_size;
    if (is_new && taken < room) candidate.is_taken = true;
  }
}

// Adds those of `more` that are not there yet while there are too few.
void add_while_few(Candidates& chosen, const Candidates& more) {
  for (const StepCandidate& candidate : more) {
    const auto same = std::ranges::find(chosen, candidate.step, &StepCandidate::step);
    if (chosen.size() < fewest_steps && same == chosen.end()) chosen.push_back(candidate);
  }
}

}  // namespace

std::vector<std::size_t> times_tried(const Questionnaire& questionnaire,
                                     std::span<const TriedStep> tried) {
  std::vector<std::size_t> times(questionnaire.next_steps.size());
  for (const TriedStep& each : tried) {
    if (each.questionnaire != questionnaire.id) continue;
    if (const auto step = find_by_id(questionnaire.next_steps, each.step)) ++times[*step];
  }
  return times;
}

std::vector<std::size_t> choose_next_steps(const Questionnaire& questionnaire,
                                           const Responses& responses, const Scores& scores,
                                           std::span<const std::size_t> tried,
                                           std::optional<std::size_t> about) {
  Scores shown = scores;
  for (std::size_t scale = 0; scale < shown.size(); ++scale) {
    if (!is_shown_alone(questionnaire, scores, scale)) shown[scale].estimate.reset();
  }
  std::size_t kind = about.value_or(0);
  if (about) {
    const std::string& id = questionnaire.abouts[*about].id;
    kind = find_about(questionnaire, kind_of_about(id)).value_or(*about);
  }
  const Person person{questionnaire, responses, shown, kind};
  const Candidates fallbacks = rank_candidates(person, tried, true);
  Candidates ranked = rank_candidates(person, tried, false);
  // A place on the plane that may be another is no reason for a step.
  const auto reading = region_of(questionnaire, scores);
  if (reading && reading->near_border) std::erase_if(ranked, about_position);

  Candidates queue = ranked;
  std::erase_if(queue, [](const StepCandidate& each) { return each.is_exhausted; });
  take_best(queue);
  Candidates chosen;
  Candidates passed_over;
  for (const StepCandidate& each : queue) (each.is_taken ? chosen : passed_over).push_back(each);
  add_while_few(chosen, passed_over);
  for (const StepCandidate& fallback : fallbacks) {
    if (fallback.is_exhausted) continue;
    const bool lacks_opening = std::ranges::none_of(chosen, opens);
    const bool is_wanted = chosen.size() < fewest_steps || (lacks_opening && opens(fallback));
    if (is_wanted) chosen.push_back(fallback);
  }
  // Only where nothing else is left do steps that were tried often come back.
  add_while_few(chosen, ranked);
  add_while_few(chosen, fallbacks);

  std::ranges::stable_sort(chosen, {}, &StepCandidate::size);
  std::vector<std::size_t> steps;
  for (const StepCandidate& candidate : chosen) steps.push_back(candidate.step);
  return steps;
}

}  // namespace attune::interpretation
