// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <optional>
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
    std::size_t plain = 0;
    std::size_t reversed = 0;
    for (const Item& item : questionnaire.items) {
      if (counts_for(questionnaire, item, scale)) ++(item.reverse ? reversed : plain);
    }
    if (plain + reversed < 2 || (plain > 0 && reversed > 0)) continue;
    draft.findings.warning(
        draft.nodes.scales[scale]->at,
        fmt::format("all items of the scale '{}' are keyed one way",
                    questionnaire.scales[scale].id),
        "items of both directions tell agreement with everything from a high score");
  }
}

struct ValueRange {
  double min = 0;
  double max = 0;
  bool whole = false;  // only whole numbers occur
};

ValueRange values_of(const Questionnaire& questionnaire, const Condition& condition) {
  if (condition.subject == Subject::scale) {
    const ScoreRange range = full_range(questionnaire, condition.index);
    return {range.min, range.max, false};
  }
  const Item& item = questionnaire.items[condition.index];
  if (item.kind == ItemKind::number) return {item.min, item.max, false};
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  return {double{1} * scale.min, double{1} * scale.max, true};
}

// Whether some value of the range lies within all bounds.
bool can_hold(const Condition& condition, const ValueRange& range) {
  double low = std::max(range.min, condition.at_least.value_or(range.min));
  double high = std::min(range.max, condition.at_most.value_or(range.max));
  bool low_open = false;
  bool high_open = false;
  if (condition.above && *condition.above >= low) {
    low = *condition.above;
    low_open = true;
  }
  if (condition.below && *condition.below <= high) {
    high = *condition.below;
    high_open = true;
  }
  if (range.whole) {
    low = low_open ? std::floor(low) + 1 : std::ceil(low);
    high = high_open ? std::ceil(high) - 1 : std::floor(high);
    return low <= high;
  }
  return low < high || (low == high && !low_open && !high_open);
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

Responses answers_of(const Questionnaire& questionnaire, const Respondent& respondent) {
  Responses responses = empty_responses(questionnaire);
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    const Item& item = questionnaire.items[index];
    if (item.kind != ItemKind::rating || !is_asked(questionnaire, item, responses)) continue;
    const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
    const bool high = respondent.high != (respondent.minds_keys && item.reverse);
    responses.answers[index].emplace(std::in_place_type<double>, high ? scale.max : scale.min);
  }
  return responses;
}

// A person who minds the keys scores at one end of the scale; one who doesn't, in the middle of a
// scale with as many items keyed either way.
void check_mean(DefinitionDraft& draft, std::size_t scale, const Responses& responses,
                const Respondent& respondent) {
  const Questionnaire& questionnaire = draft.questionnaire;
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
    const ResponseScale& answers = questionnaire.response_scales[item.response_scale];
    sum += item.reverse ? answers.min + answers.max - *raw : *raw;
    direction += item.reverse ? -1 : 1;
    ++answered;
  }
  if (!respondent.minds_keys && direction != 0) return;
  const std::string& id = questionnaire.scales[scale].id;
  const Place at = draft.nodes.scales[scale]->at;
  const ScoreRange range = score_range(questionnaire, scale, 1);
  const double end = respondent.high ? range.max : range.min;
  const double expected = respondent.minds_keys ? end : (range.min + range.max) / 2;
  if (answered == 0 || answered / items < questionnaire.scales[scale].min_answered) {
    draft.findings.warning(
        at,
        fmt::format("the scale '{}' is not scored for a person who {}: only {} % of its items are "
                    "asked",
                    id, respondent.who, render_decimal(100 * answered / items, 0)),
        "look at 'ask_when' of its items and at 'min_answered'");
  } else if (std::abs(sum / answered - expected) > 1e-9) {
    draft.findings.warning(
        at, fmt::format("the scale '{}' has a mean of {} instead of {} for a person who {}", id,
                        render_decimal(sum / answered), render_decimal(expected), respondent.who));
  }
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
  const auto& [findings, all, nodes, wording] = draft;
  std::vector<PlacedCondition> conditions;
  append_conditions(conditions, all.items, nodes.items, &Item::ask_when, "ask_when");
  append_conditions(conditions, all.regions, nodes.regions, &Region::when, "when");
  append_conditions(conditions, all.next_steps, nodes.next_steps, &NextStep::when, "when");
  append_conditions(conditions, all.pairings, nodes.pairings, &Pairing::one, "one");
  append_conditions(conditions, all.pairings, nodes.pairings, &Pairing::other, "other");
  for (const auto& [condition, at] : conditions) {
    if (condition->is) continue;  // a choice that exists can be chosen
    const ValueRange range = values_of(all, *condition);
    if (can_hold(*condition, range)) continue;
    const std::string& id = condition->subject == Subject::scale ? all.scales[condition->index].id
                                                                 : all.items[condition->index].id;
    findings.warning(at, fmt::format("the condition on '{}' can never hold", id),
                     fmt::format("its values go from {} to {}", render_decimal(range.min),
                                 render_decimal(range.max)));
  }
}

// Parts that nothing refers to are mostly left over, or a reference to them was forgotten.
void check_unused_parts(DefinitionDraft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  std::vector<bool> used(questionnaire.response_scales.size());
  bool about_used = questionnaire.abouts.empty();
  for (const Item& item : questionnaire.items) {
    if (item.kind == ItemKind::rating) used[item.response_scale] = true;
    about_used = about_used || item.text.find("{about}") != std::string::npos;
  }
  for (std::size_t index = 0; index < used.size(); ++index) {
    if (used[index]) continue;
    draft.findings.warning(draft.nodes.response_scales[index]->at,
                           fmt::format("no item uses the response scale '{}'",
                                       questionnaire.response_scales[index].id));
  }
  if (!about_used && draft.wording == Wording::included) {
    draft.findings.warning(draft.nodes.about->at, "no item has {about} in its text",
                           "without it the phrases of [about] are never shown");
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
      check_mean(draft, scale, responses, respondent);
    }
  }
}

}  // namespace

void advise(DefinitionDraft& draft) {
  check_keying(draft);
  check_respondents(draft);
  check_rules(draft);
  check_unused_parts(draft);
  check_wording(draft);
}

}  // namespace attune::definition
