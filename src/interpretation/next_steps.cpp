// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "attune/interpretation.hpp"

namespace attune::interpretation {
namespace {

using Conditions = std::vector<Condition>;

// A step that fits, and why: the table of its rule that holds by the widest margin.
struct StepCandidate {
  std::size_t step = 0;
  const Conditions* because = nullptr;
  double margin = 0;                 // a share of the possible range
  StepSize place = StepSize::small;  // whose room it takes: its own size, or a smaller one's
};
using StepIndexes = std::vector<std::size_t>;
using Candidates = std::vector<StepCandidate>;

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

// The steps with a rule that holds, by priority, then by margin, then in the order of the file;
// fallbacks are not among them.
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

// Whether two reasons name the same scales and items, in whatever order.
bool same_subjects(const Conditions& a, const Conditions& b) {
  return names_all_of(a, b) && names_all_of(b, a);
}

// Whether the reason for a step is a position, where several scales meet, and not one scale.
bool about_position(const StepCandidate& candidate) {
  const Conditions& conditions = *candidate.because;
  return !conditions.empty() && !names_all_of({conditions.front()}, conditions);
}

// Five is what can still be held in mind while choosing; three leave a choice.
constexpr std::size_t fewest_steps = 3;
constexpr std::size_t most_small = 3;
constexpr std::size_t most_medium = 1;
constexpr std::size_t most_support = 1;

std::size_t most_of(StepSize size) {
  if (size == StepSize::small) return most_small;
  return size == StepSize::medium ? most_medium : most_support;
}

// The steps, and which of them have been tried so often that they give way.
class TriedSteps {
 public:
  TriedSteps(const std::vector<NextStep>& steps, std::span<const std::size_t> tried)
      : steps_(steps), tried_(tried) {}

  [[nodiscard]] StepSize size_of(std::size_t step) const { return steps_[step].size; }

  [[nodiscard]] bool is_exhausted(std::size_t step) const {
    return step < tried_.size() && tried_[step] >= tried_often;
  }

  // A step to begin with.
  [[nodiscard]] bool opens(std::size_t step) const {
    return size_of(step) == StepSize::small && !is_exhausted(step);
  }

  // The steps without a rule, by priority.
  [[nodiscard]] StepIndexes fallbacks() const {
    StepIndexes result;
    for (std::size_t step = 0; step < steps_.size(); ++step) {
      if (steps_[step].when.empty()) result.push_back(step);
    }
    std::stable_sort(result.begin(), result.end(), [&](std::size_t a, std::size_t b) {
      return steps_[a].priority > steps_[b].priority;
    });
    return result;
  }

 private:
  const std::vector<NextStep>& steps_;
  std::span<const std::size_t> tried_;
};

// The next larger step about the same subjects that is not exhausted, or nothing.
const StepCandidate* stand_in(const TriedSteps& tried_steps, const StepCandidate& exhausted,
                              const Candidates& ranked) {
  for (const StepSize size : {StepSize::medium, StepSize::support}) {
    if (size <= tried_steps.size_of(exhausted.step)) continue;
    for (const StepCandidate& other : ranked) {
      const bool fits =
          tried_steps.size_of(other.step) == size && !tried_steps.is_exhausted(other.step);
      if (fits && same_subjects(*other.because, *exhausted.because)) return &other;
    }
  }
  return nullptr;
}

// What asks for a place, best first: each exhausted step has sent its stand-in, which asks for its
// place, or is missing.
Candidates queue_of(const TriedSteps& tried_steps, const Candidates& ranked) {
  Candidates queue;
  for (const StepCandidate& candidate : ranked) {
    if (!tried_steps.is_exhausted(candidate.step)) {
      queue.push_back(candidate);
    } else if (const StepCandidate* other = stand_in(tried_steps, candidate, ranked)) {
      queue.push_back(*other);
      queue.back().place = candidate.place;
    }
  }
  return queue;
}

// Takes candidates one by one, best first, as long as each adds something.
class Selection {
 public:
  // `small_fallback`: one that is not exhausted will open the list if no other small step does.
  Selection(const TriedSteps& tried_steps, bool small_fallback)
      : tried_steps_(tried_steps), small_fallback_(small_fallback) {}

  // Takes `candidate` if there is room in its place, and nothing of its size about the same
  // subjects was taken. `rest` are those still to come.
  bool take_if_new(const StepCandidate& candidate, std::span<const StepCandidate> rest) {
    if (!is_new(candidate)) return false;
    std::size_t room = most_of(candidate.place);
    for (const StepCandidate& other : taken_) room -= other.place == candidate.place ? 1 : 0;
    if (room == 0) return false;
    taken_.push_back(candidate);
    if (candidate.place == StepSize::small && room - 1 < small_places_to_keep(rest)) {
      taken_.pop_back();
      return false;
    }
    return true;
  }

  [[nodiscard]] const Candidates& taken() const { return taken_; }

 private:
  [[nodiscard]] bool is_new(const StepCandidate& candidate) const {
    return std::none_of(taken_.begin(), taken_.end(), [&](const StepCandidate& other) {
      return tried_steps_.size_of(other.step) == tried_steps_.size_of(candidate.step) &&
             same_subjects(*other.because, *candidate.because);
    });
  }

  [[nodiscard]] bool opens(const StepCandidate& candidate) const {
    return tried_steps_.opens(candidate.step);
  }

  static bool in_small_place_about_position(const StepCandidate& candidate) {
    return candidate.place == StepSize::small && about_position(candidate);
  }

  // Many high facets must not crowd out the one small step about the position they make up
  // together, and stand-ins not the last small step: a place is kept for each, one for both if a
  // step is both.
  [[nodiscard]] std::size_t small_places_to_keep(std::span<const StepCandidate> rest) const {
    const bool has_position =
        std::any_of(taken_.begin(), taken_.end(), in_small_place_about_position);
    const bool has_opening = std::any_of(taken_.begin(), taken_.end(),
                                         [&](const StepCandidate& each) { return opens(each); });
    bool position = false;
    bool opening = small_fallback_ && !has_opening;
    bool both = false;
    for (const StepCandidate& each : rest) {
      if (!is_new(each)) continue;
      const bool is_position = in_small_place_about_position(each) && !has_position;
      const bool is_opening = opens(each) && !has_opening;
      position = position || is_position;
      opening = opening || is_opening;
      both = both || (is_position && is_opening);
    }
    return both ? 1 : (position ? 1U : 0U) + (opening ? 1U : 0U);
  }

  const TriedSteps& tried_steps_;
  bool small_fallback_;
  Candidates taken_;
};

// A place on the plane that is hardly more likely than another is no reason for a step.
void drop_unclear_positions(const Questionnaire& questionnaire, const Scores& scores,
                            Candidates& candidates) {
  const auto reading = region_of(questionnaire, scores);
  if (!reading || is_clear(*reading)) return;
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), about_position),
                   candidates.end());
}

// Adds `step` while there are too few.
void add_if_few(StepIndexes& chosen, std::size_t step) {
  const bool has = std::find(chosen.begin(), chosen.end(), step) != chosen.end();
  if (chosen.size() < fewest_steps && !has) chosen.push_back(step);
}

StepIndexes take_matching(const TriedSteps& tried_steps, const Candidates& ranked,
                          bool small_fallback) {
  const Candidates queue = queue_of(tried_steps, ranked);
  Selection selection(tried_steps, small_fallback);
  StepIndexes passed_over;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::span<const StepCandidate> rest = std::span(queue).subspan(at + 1);
    if (!selection.take_if_new(queue[at], rest)) passed_over.push_back(queue[at].step);
  }
  StepIndexes chosen;
  for (const StepCandidate& candidate : selection.taken()) chosen.push_back(candidate.step);
  for (const std::size_t step : passed_over) add_if_few(chosen, step);
  return chosen;
}

}  // namespace

std::vector<std::size_t> times_tried(const Questionnaire& questionnaire,
                                     std::span<const TriedStep> tried) {
  std::vector<std::size_t> times(questionnaire.next_steps.size());
  for (const TriedStep& each : tried) {
    if (each.questionnaire != questionnaire.id) continue;
    for (std::size_t step = 0; step < times.size(); ++step) {
      if (questionnaire.next_steps[step].id == each.step) ++times[step];
    }
  }
  return times;
}

std::vector<std::size_t> choose_next_steps(const Questionnaire& questionnaire,
                                           const Responses& responses, const Scores& scores,
                                           std::span<const std::size_t> tried) {
  const TriedSteps tried_steps(questionnaire.next_steps, tried);
  const auto opens = [&](std::size_t step) { return tried_steps.opens(step); };
  const StepIndexes fallbacks = tried_steps.fallbacks();
  Candidates ranked = rank_candidates(questionnaire, responses, scores);
  drop_unclear_positions(questionnaire, scores, ranked);

  StepIndexes chosen =
      take_matching(tried_steps, ranked, std::any_of(fallbacks.begin(), fallbacks.end(), opens));
  for (const std::size_t step : fallbacks) {
    if (tried_steps.is_exhausted(step)) continue;
    const bool lacks_opening = std::none_of(chosen.begin(), chosen.end(), opens);
    if (chosen.size() < fewest_steps || (lacks_opening && opens(step))) chosen.push_back(step);
  }
  // Only where nothing else is left do steps that were tried often come back.
  for (const StepCandidate& candidate : ranked) add_if_few(chosen, candidate.step);
  for (const std::size_t step : fallbacks) add_if_few(chosen, step);

  const auto opening = std::find_if(chosen.begin(), chosen.end(), opens);
  if (opening != chosen.end()) std::rotate(chosen.begin(), opening, opening + 1);
  return chosen;
}

}  // namespace attune::interpretation
