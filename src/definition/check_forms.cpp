// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

// The items that a rule reads.
std::vector<std::size_t> items_read_by(const Rule& rule) {
  std::vector<std::size_t> items;
  for (const std::vector<Condition>& conditions : rule) {
    for (const Condition& condition : conditions) {
      if (condition.subject == Subject::item) items.push_back(condition.index);
    }
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

std::size_t main_scale(const Questionnaire& questionnaire, const Item& item) {
  return questionnaire.scales[*item.scale].parent.value_or(*item.scale);
}

}  // namespace

// In a form an item with a condition comes after what the condition is about; otherwise it could
// never be asked there.
void check_forms(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 1; index < questionnaire.forms.size(); ++index) {
    const Form& form = questionnaire.forms[index];
    std::vector<bool> asked(questionnaire.items.size());
    for (const std::size_t item : form.items) {
      for (const std::size_t earlier : items_read_by(questionnaire.items[item].ask_when)) {
        if (asked[earlier]) continue;
        draft.findings().error(
            draft.places.forms[index],
            fmt::format("'{}' depends on '{}', which the form does not ask before it",
                        questionnaire.items[item].id, questionnaire.items[earlier].id));
      }
      asked[item] = true;
    }
  }
}

void check_pairs(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 0; index < questionnaire.pairs.size(); ++index) {
    const Pair& pair = questionnaire.pairs[index];
    const Item& first = questionnaire.items[pair.first];
    const Item& second = questionnaire.items[pair.second];
    if (first.scale && second.scale &&
        main_scale(questionnaire, first) == main_scale(questionnaire, second)) {
      continue;
    }
    draft.findings().error(
        draft.places.pairs[index],
        fmt::format("'{}' and '{}' do not belong to one main scale", first.id, second.id));
  }
}

// A scale that is not scored makes its conditions false, so whoever skips everything meets no
// rule at all: only a step without a rule can promise something to everyone.
void check_next_steps(Draft& draft) {
  const std::vector<NextStep>& steps = draft.questionnaire.next_steps;
  if (steps.empty()) return;
  const bool fallback = std::any_of(steps.begin(), steps.end(),
                                    [](const NextStep& step) { return step.when.empty(); });
  if (fallback) return;
  draft.findings().error(draft.places.next_steps.front().at,
                         "a person without scores would get no next step",
                         "leave 'when' out of at least one step");
}

}  // namespace attune::detail
