// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

void check_balance(DefinitionDraft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    const std::vector<std::size_t> items = items_of(questionnaire, full_form, scale);
    const auto is_reversed = [&](std::size_t item) { return questionnaire.items[item].reverse; };
    const bool one_way =
        std::ranges::any_of(items, is_reversed) == std::ranges::all_of(items, is_reversed);
    if (items.size() < 2 || !one_way) continue;
    draft.findings.warning(
        draft.nodes.scales[scale]->at,
        fmt::format("all items of the scale '{}' are keyed one way",
                    questionnaire.scales[scale].id),
        "items of both directions tell agreement with everything from a high score");
  }
}

// Values of what a condition is about, ascending, one of which lies within its bounds if any does.
std::vector<double> values_of(const Questionnaire& questionnaire, const Condition& condition) {
  const std::set<double> bounds = present_bounds(condition);
  if (condition.subject == Subject::scale) {
    return test_points(full_range(questionnaire, condition.index), bounds);
  }
  const Item& item = questionnaire.items[condition.index];
  if (item.kind == ItemKind::number) return test_points({item.min, item.max}, bounds);
  const AnswerRange range = answer_range(questionnaire, item);
  std::vector<double> answers;
  for (int answer = range.min; answer <= range.max; ++answer) answers.push_back(answer);
  return answers;
}

// Somebody who gives each rating the answer at one end: of the scale, as it is keyed, or of what
// stands to choose.
struct Respondent {
  std::string_view who;
  bool minds_keys = false;
  bool high = false;
};

// Whether the conditions on ratings hold; other kinds of items are taken to be answered as asked
// for, since nothing about them follows from the respondent.
bool is_asked(const Questionnaire& questionnaire, const Item& item, const Responses& responses) {
  return holds(item.ask_when, [&](const Condition& condition) {
    const std::optional<double> answer = rating(responses, condition.index);
    const bool on_rating = questionnaire.items[condition.index].kind == ItemKind::rating;
    return !on_rating || (answer && within(condition, *answer));
  });
}

Responses answers_of(const Questionnaire& questionnaire, const Respondent& respondent) {
  Responses responses = empty_responses(questionnaire);
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    const Item& item = questionnaire.items[index];
    if (item.kind != ItemKind::rating || !is_asked(questionnaire, item, responses)) continue;
    const AnswerRange range = answer_range(questionnaire, item);
    const bool high = respondent.high != (respondent.minds_keys && item.reverse);
    responses.answers[index].emplace(std::in_place_type<double>, high ? range.max : range.min);
  }
  return responses;
}

// Warns of a scale that is not scored for the respondent, since too few of its items are asked. Of
// one who doesn't mind the keys only where as many of them are keyed either way.
void check_asked(DefinitionDraft& draft, std::size_t scale, const Responses& responses,
                 const Respondent& respondent) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::vector<std::size_t> items = items_of(questionnaire, full_form, scale);
  const auto item_count = static_cast<double>(items.size());
  double answered = 0;
  int direction = 0;
  for (const std::size_t index : items) {
    if (!responses.answers[index]) continue;
    ++answered;
    direction += questionnaire.items[index].reverse ? -1 : 1;
  }
  if (!respondent.minds_keys && direction != 0) return;
  if (answered / item_count >= questionnaire.scales[scale].min_answered) return;
  draft.findings.warning(
      draft.nodes.scales[scale]->at,
      fmt::format("the scale '{}' is not scored for a person who {}: only {} % of its items are "
                  "asked",
                  questionnaire.scales[scale].id, respondent.who,
                  render_decimal(100 * answered / item_count, 0)),
      "look at 'ask_when' of its items and at 'min_answered'");
}

// Two items of one scale that are keyed alike say the same, and opposites are keyed apart.
void check_keying(DefinitionDraft& draft) {
  // The authors of a published key chose its items; advice to them would only be noise here.
  if (draft.wording == Wording::included) check_balance(draft);
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 0; index < questionnaire.pairs.size(); ++index) {
    const Pair& pair = questionnaire.pairs[index];
    const Item& first = questionnaire.items[pair.first];
    const Item& second = questionnaire.items[pair.second];
    const bool alike = first.reverse == second.reverse;
    if (alike == (pair.relation == Relation::same)) continue;
    draft.findings.warning(
        draft.nodes.pairs[index]->place_of("items"),
        fmt::format("'{}' and '{}' are a pair of relation '{}', but they are keyed {}", first.id,
                    second.id, name_of(pair.relation), alike ? "the same way" : "opposite ways"));
  }
}

void check_rules(DefinitionDraft& draft) {
  const Questionnaire& all = draft.questionnaire;
  for (const PlacedConditions* placed : {&draft.item_conditions, &draft.region_conditions,
                                         &draft.step_conditions, &draft.pairing_conditions}) {
    for (const PlacedCondition& each : *placed) {
      const Condition& condition = each.condition;
      if (condition.is) continue;  // a choice that exists can be chosen
      const std::vector<double> values = values_of(all, condition);
      const auto is_within = [&](double value) { return within(condition, value); };
      if (std::ranges::any_of(values, is_within)) continue;
      const bool on_scale = condition.subject == Subject::scale;
      draft.findings.warning(
          each.at,
          fmt::format("the condition on '{}' can never hold",
                      on_scale ? all.scales[condition.index].id : all.items[condition.index].id),
          fmt::format("its values go from {} to {}", render_decimal(values.front()),
                      render_decimal(values.back())));
    }
  }
}

void check_respondents(DefinitionDraft& draft) {
  constexpr std::array<Respondent, 4> respondents{{{"answers lowest throughout", true, false},
                                                   {"answers highest throughout", true, true},
                                                   {"always marks the first answer", false, false},
                                                   {"always marks the last answer", false, true}}};
  for (const Respondent& respondent : respondents) {
    const Responses responses = answers_of(draft.questionnaire, respondent);
    for (std::size_t scale = 0; scale < draft.questionnaire.scales.size(); ++scale) {
      check_asked(draft, scale, responses, respondent);
    }
  }
}

}  // namespace

void advise(DefinitionDraft& draft) {
  check_keying(draft);
  check_respondents(draft);
  check_rules(draft);
  check_wording(draft);
}

}  // namespace attune::definition
