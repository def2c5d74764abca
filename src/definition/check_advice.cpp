// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "attune/decimal.hpp"
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
  for (const PlacedConditions* placed :
       {&draft.item_conditions, &draft.sentence_conditions, &draft.region_conditions,
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

}  // namespace

void advise(DefinitionDraft& draft) {
  check_keying(draft);
  check_rules(draft);
  check_wording(draft);
}

}  // namespace attune::definition
