// SPDX-License-Identifier: MIT
// Runs synthetic respondents through the branching and the keys. The arithmetic is this file's
// own, so that a mistake in the scoring module and one here would have to agree to go unseen.
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

enum class Respondent { lowest, highest, always_min, always_max };

// The raw rating that a respondent gives. "Lowest" means lowest after keying.
int raw_answer(const Questionnaire& questionnaire, const Item& item, Respondent respondent) {
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  switch (respondent) {
    case Respondent::lowest:
      return item.reverse ? scale.max : scale.min;
    case Respondent::highest:
      return item.reverse ? scale.min : scale.max;
    case Respondent::always_min:
      return scale.min;
    case Respondent::always_max:
      return scale.max;
  }
  return scale.min;
}

// Whether the conditions on ratings hold; other kinds of items are taken to be answered as asked
// for, since nothing about them follows from the respondent.
bool is_asked(const Questionnaire& questionnaire, const Item& item, const Responses& responses) {
  if (item.ask_when.empty()) return true;
  Rule on_ratings;
  for (const std::vector<Condition>& conditions : item.ask_when) {
    std::vector<Condition>& kept = on_ratings.emplace_back();
    for (const Condition& condition : conditions) {
      const bool on_rating = questionnaire.items[condition.index].kind == ItemKind::rating;
      if (on_rating) kept.push_back(condition);
    }
    if (kept.empty()) return true;
  }
  return holds(on_ratings, responses, nullptr);
}

Responses answers_of(const Questionnaire& questionnaire, Respondent respondent) {
  Responses responses = empty_responses(questionnaire);
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    const Item& item = questionnaire.items[index];
    if (item.kind != ItemKind::rating || !is_asked(questionnaire, item, responses)) continue;
    responses.answers[index].emplace(std::in_place_type<double>,
                                     raw_answer(questionnaire, item, respondent));
  }
  return responses;
}

struct Result {
  std::optional<double> mean;
  double answered_share = 0;
  bool balanced = false;
};

Result mean_of(const Questionnaire& questionnaire, std::size_t scale, const Responses& responses) {
  double sum = 0;
  double answered = 0;
  double items = 0;
  double direction = 0;
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    const Item& item = questionnaire.items[index];
    if (!counts_for(questionnaire, item, scale)) continue;
    ++items;
    const std::optional<double> raw = rating(responses, index);
    if (!raw) continue;
    const ResponseScale& range = questionnaire.response_scales[item.response_scale];
    sum += item.reverse ? range.min + range.max - *raw : *raw;
    direction += item.reverse ? -1 : 1;
    ++answered;
  }
  Result result;
  result.answered_share = answered / items;
  result.balanced = direction == 0;
  if (answered > 0 && result.answered_share >= questionnaire.scales[scale].min_answered) {
    result.mean = sum / answered;
  }
  return result;
}

void check_result(Draft& draft, std::size_t scale, const Result& result, double expected,
                  std::string_view who) {
  const std::string& id = draft.questionnaire.scales[scale].id;
  const Offset at = draft.places.scales[scale].at;
  if (!result.mean) {
    draft.findings().warning(
        at,
        fmt::format("the scale '{}' is not scored for a person who {}: only {} % of its "
                    "items are asked",
                    id, who, render_decimal(100 * result.answered_share, 0)),
        "look at 'ask_when' of its items and at 'min_answered'");
  } else if (std::abs(*result.mean - expected) > 1e-9) {
    draft.findings().warning(
        at, fmt::format("the scale '{}' has a mean of {} instead of {} for a person who {}", id,
                        render_decimal(*result.mean), render_decimal(expected), who));
  }
}

}  // namespace

void check_respondents(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const Responses lowest = answers_of(questionnaire, Respondent::lowest);
  const Responses highest = answers_of(questionnaire, Respondent::highest);
  const Responses always_min = answers_of(questionnaire, Respondent::always_min);
  const Responses always_max = answers_of(questionnaire, Respondent::always_max);
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    const ScoreRange range = score_range(questionnaire, scale, 1);
    const double middle = (range.min + range.max) / 2;
    check_result(draft, scale, mean_of(questionnaire, scale, lowest), range.min,
                 "answers lowest throughout");
    check_result(draft, scale, mean_of(questionnaire, scale, highest), range.max,
                 "answers highest throughout");
    const Result at_min = mean_of(questionnaire, scale, always_min);
    const Result at_max = mean_of(questionnaire, scale, always_max);
    if (at_min.balanced)
      check_result(draft, scale, at_min, middle, "always marks the first answer");
    if (at_max.balanced) check_result(draft, scale, at_max, middle, "always marks the last answer");
  }
}

}  // namespace attune::detail
