// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

// Generous for people, and small enough that proofs over all combinations stay quick.
constexpr std::size_t max_alternatives = 50;
constexpr std::size_t max_conditions = 20;

bool find_subject(Draft& draft, const Node& node, std::size_t earlier_than, Condition& condition) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::optional<std::size_t> item = find_item(questionnaire, node.key);
  const std::optional<std::size_t> scale = find_scale(questionnaire, node.key);
  const bool items_alone = earlier_than != any_subject;
  if (item && items_alone && *item >= earlier_than) {
    draft.findings().error(node.key_at, quoted(node.key) + " is not asked before this item",
                           "'ask_when' refers to earlier items");
    return false;
  }
  if (item) {
    condition.subject = Subject::item;
    condition.index = *item;
    return true;
  }
  if (scale && !items_alone) {
    condition.subject = Subject::scale;
    condition.index = *scale;
    return true;
  }
  if (scale) {
    draft.findings().error(node.key_at, quoted(node.key) + " is a scale",
                           "'ask_when' refers to earlier items");
    return false;
  }
  if (find_derived(questionnaire, node.key)) {
    draft.findings().error(node.key_at, quoted(node.key) + " is a derived score",
                           "a rule reads scales and items; name the scales it is made of");
    return false;
  }
  std::vector<std::string> candidates = ids_of(questionnaire.items);
  if (!items_alone) {
    const std::vector<std::string> scales = ids_of(questionnaire.scales);
    candidates.insert(candidates.end(), scales.begin(), scales.end());
  }
  draft.findings().error(
      node.key_at,
      quoted(node.key) + (items_alone ? " is not an item" : " is neither a scale nor an item"),
      draft.findings().did_you_mean(node.key, candidates));
  return false;
}

void read_chosen(Draft& draft, TableReader& table, const Item& item, Condition& condition) {
  const Node* is = table.find("is", Presence::required);
  if (is == nullptr) return;
  const std::vector<Choice>& choices = item.choices;
  const bool known = std::any_of(choices.begin(), choices.end(),
                                 [is](const Choice& choice) { return choice.id == is->text; });
  if (is->kind == NodeKind::text && known) {
    condition.is = std::string(is->text);
  } else {
    draft.findings().error(is->at,
                           fmt::format("{} is not a choice of '{}'", quoted(is->text), item.id),
                           draft.findings().did_you_mean(is->text, ids_of(choices)));
  }
}

void read_bounds(TableReader& table, Condition& condition) {
  condition.at_least = table.number("at_least");
  condition.above = table.number("above");
  condition.at_most = table.number("at_most");
  condition.below = table.number("below");
  if (table.find("is") != nullptr) {
    table.error("is", "'is' compares the answer of a choice item");
  }
}

// One `subject = { bounds }`. False when it can't be used.
bool read_condition(Draft& draft, const Node& node, std::size_t earlier_than,
                    Condition& condition) {
  const std::size_t errors = draft.findings().errors();
  if (!find_subject(draft, node, earlier_than, condition)) return false;
  if (node.kind != NodeKind::table) {
    refuse_kind(draft.source, node, "a table such as { at_least = 4 }");
    return false;
  }
  TableReader table(draft.source, node, "this condition");
  if (node.count == 0) draft.findings().error(node.at, "the condition is empty");
  const Item* item =
      condition.subject == Subject::item ? &draft.questionnaire.items[condition.index] : nullptr;
  if (item != nullptr && item->kind == ItemKind::text) {
    draft.findings().error(node.key_at,
                           fmt::format("'{}' is a line of text, which no rule reads", item->id));
    return false;
  }
  if (item != nullptr && item->kind == ItemKind::choice) {
    read_chosen(draft, table, *item, condition);
  } else {
    read_bounds(table, condition);
  }
  table.finish();
  return draft.findings().errors() == errors;
}

std::vector<Condition> read_alternative(Draft& draft, const Node& node, std::size_t earlier_than) {
  std::vector<Condition> conditions;
  if (node.kind != NodeKind::table) {
    refuse_kind(draft.source, node, "a table of conditions");
    return conditions;
  }
  if (node.count == 0) draft.findings().error(node.at, "the rule has no condition");
  if (node.count > max_conditions) {
    draft.findings().error(node.at, "a rule has more than 20 conditions");
    return conditions;
  }
  conditions.reserve(node.count);
  for (const Node& child : draft.source.tree.children(node)) {
    Condition condition;
    if (read_condition(draft, child, earlier_than, condition)) {
      conditions.push_back(std::move(condition));
    }
  }
  return conditions;
}

}  // namespace

Rule read_rule(Draft& draft, const Node& node, RulePlace& place, std::size_t earlier_than) {
  Rule rule;
  place.at = node.at;
  if (node.kind != NodeKind::array) {
    rule.push_back(read_alternative(draft, node, earlier_than));
    place.alternatives.push_back(node.at);
    return rule;
  }
  if (node.count == 0) draft.findings().error(node.at, "the rule has no condition");
  if (node.count > max_alternatives) {
    draft.findings().error(node.at, "a rule has more than 50 alternatives");
    return rule;
  }
  for (const Node& child : draft.source.tree.children(node)) {
    rule.push_back(read_alternative(draft, child, earlier_than));
    place.alternatives.push_back(child.at);
  }
  return rule;
}

}  // namespace attune::detail
