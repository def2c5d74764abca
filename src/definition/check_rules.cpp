// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "attune/decimal.hpp"

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

struct Range {
  double min = 0;
  double max = 0;
  bool whole = false;  // only whole numbers occur
};

Range range_of(const Questionnaire& questionnaire, const Condition& condition) {
  if (condition.subject == Subject::scale) {
    const auto items = static_cast<std::size_t>(std::count_if(
        questionnaire.items.begin(), questionnaire.items.end(),
        [&](const Item& item) { return counts_for(questionnaire, item, condition.index); }));
    const ScoreRange range = score_range(questionnaire, condition.index, items);
    return {range.min, range.max, false};
  }
  const Item& item = questionnaire.items[condition.index];
  if (item.kind == ItemKind::number) return {item.min, item.max, false};
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  return {double{1} * scale.min, double{1} * scale.max, true};
}

// Whether some value of the range lies within all bounds.
bool can_hold(const Condition& condition, const Range& range) {
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

void check_rule(Draft& draft, const Rule& rule, const RulePlace& place) {
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t alternative = 0; alternative < rule.size(); ++alternative) {
    for (const Condition& condition : rule[alternative]) {
      if (condition.is) continue;  // a choice that exists can be chosen
      const Range range = range_of(questionnaire, condition);
      if (can_hold(condition, range)) continue;
      const std::string& id = condition.subject == Subject::scale
                                  ? questionnaire.scales[condition.index].id
                                  : questionnaire.items[condition.index].id;
      draft.findings().warning(place.alternatives[alternative],
                               fmt::format("the condition on '{}' can never hold", id),
                               fmt::format("its values go from {} to {}", render_decimal(range.min),
                                           render_decimal(range.max)));
    }
  }
}

}  // namespace

void check_rules(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const Places& places = draft.places;
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    check_rule(draft, questionnaire.items[index].ask_when, places.items[index].ask_when);
  }
  for (std::size_t index = 0; index < questionnaire.regions.size(); ++index) {
    check_rule(draft, questionnaire.regions[index].when, places.regions[index].when);
  }
  for (std::size_t index = 0; index < questionnaire.next_steps.size(); ++index) {
    check_rule(draft, questionnaire.next_steps[index].when, places.next_steps[index].when);
  }
  for (std::size_t index = 0; index < questionnaire.pairings.size(); ++index) {
    check_rule(draft, questionnaire.pairings[index].one, places.pairings[index].one);
    check_rule(draft, questionnaire.pairings[index].other, places.pairings[index].other);
  }
}

// Parts that nothing refers to are mostly left over, or a reference to them was forgotten.
void check_unused_parts(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  std::vector<bool> used(questionnaire.response_scales.size());
  bool about_used = questionnaire.abouts.empty();
  for (const Item& item : questionnaire.items) {
    if (item.kind == ItemKind::rating) used[item.response_scale] = true;
    about_used = about_used || item.text.find("{about}") != std::string::npos;
  }
  for (std::size_t index = 0; index < used.size(); ++index) {
    if (used[index]) continue;
    draft.findings().warning(draft.places.response_scales[index],
                             fmt::format("no item uses the response scale '{}'",
                                         questionnaire.response_scales[index].id));
  }
  if (!about_used && draft.wording == Wording::included) {
    draft.findings().warning(draft.places.about, "no item has {about} in its text",
                             "without it the phrases of [about] are never shown");
  }
}

}  // namespace attune::detail
