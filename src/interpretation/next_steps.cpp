// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>

#include "attune/interpretation.hpp"

namespace attune {
namespace {

// Five is what can still be held in mind while choosing; three leave a choice.
constexpr std::size_t fewest_steps = 3;
constexpr std::size_t most_small = 3;
constexpr std::size_t most_medium = 1;
constexpr std::size_t most_support = 1;

using Conditions = std::vector<Condition>;

// A step that fits, and why: the table of its rule that holds by the widest margin.
struct Candidate {
  std::size_t step = 0;
  const Conditions* because = nullptr;
  double margin = 0;
};

// What the choice rests on.
struct Chooser {
  const Questionnaire& questionnaire;
  const Responses& responses;
  const Scores& scores;
};

struct Measured {
  double value = 0;
  ScoreRange range;
};

// What a condition that holds was tested on; nothing for a choice.
std::optional<Measured> measured(const Chooser& chooser, const Condition& condition) {
  const Questionnaire& questionnaire = chooser.questionnaire;
  if (condition.subject == Subject::scale) {
    const ScaleScore& score = chooser.scores[condition.index];
    return Measured{score.estimate->score,
                    score_range(questionnaire, condition.index, score.items)};
  }
  const auto* number = std::get_if<double>(&*chooser.responses.answers[condition.index]);
  if (number == nullptr) return std::nullopt;
  const Item& item = questionnaire.items[condition.index];
  if (item.kind == ItemKind::number) return Measured{*number, {item.min, item.max}};
  const ResponseScale& response_scale = questionnaire.response_scales[item.response_scale];
  return Measured{*number, {response_scale.min * 1.0, response_scale.max * 1.0}};
}

// The share of the possible range by which a value goes beyond what the condition asks for; no
// limit for a choice, which is made or not.
double margin_of(const Chooser& chooser, const Condition& condition) {
  double margin = std::numeric_limits<double>::infinity();
  const std::optional<Measured> of = measured(chooser, condition);
  if (!of) return margin;
  for (const auto& bound : {condition.at_least, condition.above}) {
    if (bound) margin = std::min(margin, of->value - *bound);
  }
  for (const auto& bound : {condition.at_most, condition.below}) {
    if (bound) margin = std::min(margin, *bound - of->value);
  }
  return margin / (of->range.max - of->range.min);
}

double weakest_margin(const Chooser& chooser, const Conditions& conditions) {
  double margin = std::numeric_limits<double>::infinity();
  for (const Condition& condition : conditions) {
    margin = std::min(margin, margin_of(chooser, condition));
  }
  // Only choices: they hold, but by nothing that could be compared.
  return margin == std::numeric_limits<double>::infinity() ? 0 : margin;
}

std::vector<Candidate> rank_candidates(const Chooser& chooser) {
  const std::vector<NextStep>& steps = chooser.questionnaire.next_steps;
  std::vector<Candidate> result;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    Candidate candidate{step, nullptr, 0};
    for (const Conditions& conditions : steps[step].when) {
      if (!holds({conditions}, chooser.responses, &chooser.scores)) continue;
      const double margin = weakest_margin(chooser, conditions);
      if (candidate.because != nullptr && margin <= candidate.margin) continue;
      candidate.because = &conditions;
      candidate.margin = margin;
    }
    if (candidate.because != nullptr) result.push_back(candidate);
  }
  std::stable_sort(result.begin(), result.end(), [&](const Candidate& a, const Candidate& b) {
    const int priority_a = steps[a.step].priority;
    const int priority_b = steps[b.step].priority;
    return priority_a != priority_b ? priority_a > priority_b : a.margin > b.margin;
  });
  return result;
}

bool names_all_of(const Conditions& all, const Conditions& some) {
  return std::all_of(some.begin(), some.end(), [&](const Condition& wanted) {
    return std::any_of(all.begin(), all.end(), [&](const Condition& each) {
      return each.subject == wanted.subject && each.index == wanted.index;
    });
  });
}

bool same_subjects(const Conditions& a, const Conditions& b) {
  return names_all_of(a, b) && names_all_of(b, a);
}

// Whether the reason for a step is a position, where several scales meet, and not one scale.
bool about_position(const Candidate& candidate) {
  const Conditions& conditions = *candidate.because;
  return !conditions.empty() && !names_all_of({conditions.front()}, conditions);
}

std::size_t most_of(StepSize size) {
  if (size == StepSize::small) return most_small;
  return size == StepSize::medium ? most_medium : most_support;
}

// Takes candidates one by one, best first, as long as each adds something.
class Selection {
 public:
  Selection(const Questionnaire& questionnaire, const std::vector<Candidate>& ranked)
      : questionnaire_(questionnaire) {
    const auto is_kept_for = [this](const Candidate& candidate) {
      return size_of(candidate) == StepSize::small && about_position(candidate);
    };
    keeps_place_ = std::any_of(ranked.begin(), ranked.end(), is_kept_for);
  }

  // Takes `candidate` if there is room for its size and nothing of that size about the same
  // scales was taken. Many high facets must not crowd out the one small step about the position
  // they make up together: a place is kept for it.
  bool take_if_new(const Candidate& candidate) {
    const StepSize size = size_of(candidate);
    std::size_t room = most_of(size);
    if (size == StepSize::small && keeps_place_ && !about_position(candidate)) --room;
    for (const Candidate& other : taken_) {
      if (size_of(other) != size) continue;
      if (same_subjects(*other.because, *candidate.because)) return false;
      --room;
    }
    if (room == 0) return false;
    if (size == StepSize::small && about_position(candidate)) keeps_place_ = false;
    taken_.push_back(candidate);
    return true;
  }

  void take(const Candidate& candidate) { taken_.push_back(candidate); }

  [[nodiscard]] const std::vector<Candidate>& taken() const { return taken_; }

 private:
  [[nodiscard]] StepSize size_of(const Candidate& candidate) const {
    return questionnaire_.next_steps[candidate.step].size;
  }

  const Questionnaire& questionnaire_;
  std::vector<Candidate> taken_;
  bool keeps_place_ = false;
};

// A place on the plane that is hardly more likely than another is no reason for a step.
void drop_unclear_positions(const Chooser& chooser, std::vector<Candidate>& candidates) {
  const auto reading = region_of(chooser.questionnaire, chooser.scores);
  if (!reading || is_clear(*reading)) return;
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), about_position),
                   candidates.end());
}

std::vector<std::size_t> take_matching(const Chooser& chooser) {
  std::vector<Candidate> ranked = rank_candidates(chooser);
  drop_unclear_positions(chooser, ranked);
  Selection selection(chooser.questionnaire, ranked);
  std::vector<Candidate> passed_over;
  for (const Candidate& candidate : ranked) {
    if (!selection.take_if_new(candidate)) passed_over.push_back(candidate);
  }
  for (const Candidate& candidate : passed_over) {
    if (selection.taken().size() >= fewest_steps) break;
    selection.take(candidate);
  }
  std::vector<std::size_t> result;
  for (const Candidate& candidate : selection.taken()) result.push_back(candidate.step);
  return result;
}

std::vector<std::size_t> rank_fallbacks(const std::vector<NextStep>& steps) {
  std::vector<std::size_t> result;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    if (steps[step].when.empty()) result.push_back(step);
  }
  std::stable_sort(result.begin(), result.end(), [&](std::size_t a, std::size_t b) {
    return steps[a].priority > steps[b].priority;
  });
  return result;
}

}  // namespace

std::vector<std::size_t> choose_next_steps(const Questionnaire& questionnaire,
                                           const Responses& responses, const Scores& scores) {
  const std::vector<NextStep>& steps = questionnaire.next_steps;
  const auto is_small = [&](std::size_t step) { return steps[step].size == StepSize::small; };

  std::vector<std::size_t> chosen = take_matching({questionnaire, responses, scores});
  for (const std::size_t step : rank_fallbacks(steps)) {
    const bool lacks_small = std::none_of(chosen.begin(), chosen.end(), is_small);
    if (chosen.size() < fewest_steps || (lacks_small && is_small(step))) chosen.push_back(step);
  }
  const auto first_small = std::find_if(chosen.begin(), chosen.end(), is_small);
  if (first_small != chosen.end()) std::rotate(chosen.begin(), first_small, first_small + 1);
  return chosen;
}

}  // namespace attune
