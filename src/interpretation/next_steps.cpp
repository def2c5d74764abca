// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "attune/interpretation.hpp"

#include "interpretation/step_candidates.hpp"

namespace attune {
namespace {

using detail::about_position;
using detail::same_subjects;
using detail::StepCandidate;
using StepIndexes = std::vector<std::size_t>;
using Candidates = std::vector<StepCandidate>;

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
class Shelf {
 public:
  Shelf(const std::vector<NextStep>& steps, std::span<const std::size_t> tried)
      : steps_(steps), tried_(tried) {}

  [[nodiscard]] StepSize size_of(std::size_t step) const { return steps_[step].size; }

  [[nodiscard]] bool is_worn(std::size_t step) const {
    return step < tried_.size() && tried_[step] >= tried_often;
  }

  // A step to begin with.
  [[nodiscard]] bool opens(std::size_t step) const {
    return size_of(step) == StepSize::small && !is_worn(step);
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

// The next larger step about the same subjects that is not worn, or nothing.
const StepCandidate* stand_in(const Shelf& shelf, const StepCandidate& worn,
                              const Candidates& ranked) {
  for (const StepSize size : {StepSize::medium, StepSize::support}) {
    if (size <= shelf.size_of(worn.step)) continue;
    for (const StepCandidate& other : ranked) {
      const bool fits = shelf.size_of(other.step) == size && !shelf.is_worn(other.step);
      if (fits && same_subjects(*other.because, *worn.because)) return &other;
    }
  }
  return nullptr;
}

// What asks for a place, best first: each worn step has sent its stand-in, which asks for its
// place, or is missing.
Candidates queue_of(const Shelf& shelf, const Candidates& ranked) {
  Candidates queue;
  for (const StepCandidate& candidate : ranked) {
    if (!shelf.is_worn(candidate.step)) {
      queue.push_back(candidate);
    } else if (const StepCandidate* other = stand_in(shelf, candidate, ranked)) {
      queue.push_back(*other);
      queue.back().place = candidate.place;
    }
  }
  return queue;
}

// Takes candidates one by one, best first, as long as each adds something.
class Selection {
 public:
  // `small_fallback`: one that is not worn will open the list if no other small step does.
  Selection(const Shelf& shelf, bool small_fallback)
      : shelf_(shelf), small_fallback_(small_fallback) {}

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
      return shelf_.size_of(other.step) == shelf_.size_of(candidate.step) &&
             same_subjects(*other.because, *candidate.because);
    });
  }

  [[nodiscard]] bool opens(const StepCandidate& candidate) const {
    return shelf_.opens(candidate.step);
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

  const Shelf& shelf_;
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

StepIndexes take_matching(const Shelf& shelf, const Candidates& ranked, bool small_fallback) {
  const Candidates queue = queue_of(shelf, ranked);
  Selection selection(shelf, small_fallback);
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
  const Shelf shelf(questionnaire.next_steps, tried);
  const auto opens = [&](std::size_t step) { return shelf.opens(step); };
  const StepIndexes fallbacks = shelf.fallbacks();
  Candidates ranked = detail::rank_candidates(questionnaire, responses, scores);
  drop_unclear_positions(questionnaire, scores, ranked);

  StepIndexes chosen =
      take_matching(shelf, ranked, std::any_of(fallbacks.begin(), fallbacks.end(), opens));
  for (const std::size_t step : fallbacks) {
    if (shelf.is_worn(step)) continue;
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

}  // namespace attune
