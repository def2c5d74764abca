// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

struct Keys {
  std::size_t plain = 0;
  std::size_t reversed = 0;
};

void check_balance(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  std::vector<Keys> keys(questionnaire.scales.size());
  const auto count = [&keys](std::size_t scale, bool reverse) {
    ++(reverse ? keys[scale].reversed : keys[scale].plain);
  };
  for (const Item& item : questionnaire.items) {
    if (!item.scale) continue;
    count(*item.scale, item.reverse);
    const std::optional<std::size_t> parent = questionnaire.scales[*item.scale].parent;
    if (parent) count(*parent, item.reverse);
  }
  for (std::size_t scale = 0; scale < keys.size(); ++scale) {
    const std::size_t items = keys[scale].plain + keys[scale].reversed;
    if (items < 2 || (keys[scale].plain > 0 && keys[scale].reversed > 0)) continue;
    draft.findings().warning(
        draft.places.scales[scale].at,
        fmt::format("all items of the scale '{}' are keyed one way",
                    questionnaire.scales[scale].id),
        "items of both directions tell agreement with everything from a high score");
  }
}

}  // namespace

// Two items of one scale that are keyed alike say the same, and opposites are keyed apart.
void check_keying(Draft& draft) {
  // The authors of a published key chose its items; advice to them would only be noise here.
  if (draft.wording == Wording::included) check_balance(draft);
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 0; index < questionnaire.pairs.size(); ++index) {
    const Pair& pair = questionnaire.pairs[index];
    const Item& first = questionnaire.items[pair.first];
    const Item& second = questionnaire.items[pair.second];
    const bool alike = first.reverse == second.reverse;
    if (alike == (pair.relation == Relation::same)) continue;
    draft.findings().warning(
        draft.places.pairs[index],
        fmt::format("'{}' and '{}' are a pair of relation '{}', but they are keyed {}", first.id,
                    second.id, name_of(pair.relation), alike ? "the same way" : "opposite ways"));
  }
}

}  // namespace attune::detail
