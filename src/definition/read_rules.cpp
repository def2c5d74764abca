// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

// Generous for people, and small enough that proofs over all combinations stay quick.
constexpr std::size_t max_alternatives = 50;
constexpr std::size_t max_conditions = 20;

bool find_subject(DefinitionDraft& draft, const Node& node, std::size_t earlier_than,
                  Condition& condition) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::optional<std::size_t> item = find_item(questionnaire, node.key);
  const std::optional<std::size_t> scale = find_scale(questionnaire, node.key);
  const bool items_alone = earlier_than != any_subject;
  if (item && items_alone && *item >= earlier_than) {
    draft.findings.error(node.key_at, in_quotes(node.key) + " is not asked before this item",
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
    draft.findings.error(node.key_at, in_quotes(node.key) + " is a scale",
                         "'ask_when' refers to earlier items");
    return false;
  }
  if (find_derived(questionnaire, node.key)) {
    draft.findings.error(node.key_at, in_quotes(node.key) + " is a derived score",
                         "a rule reads scales and items; name the scales it is made of");
    return false;
  }
  std::vector<std::string> candidates = ids_of(questionnaire.items);
  if (!items_alone) {
    const std::vector<std::string> scales = ids_of(questionnaire.scales);
    candidates.insert(candidates.end(), scales.begin(), scales.end());
  }
  draft.findings.error(
      node.key_at,
      in_quotes(node.key) + (items_alone ? " is not an item" : " is neither a scale nor an item"),
      draft.findings.did_you_mean(node.key, candidates));
  return false;
}

void read_chosen(DefinitionDraft& draft, TableReader& table, const Item& item,
                 Condition& condition) {
  const Node* is = table.find("is", Presence::required);
  if (is == nullptr) return;
  const std::vector<Choice>& choices = item.choices;
  const bool known = std::any_of(choices.begin(), choices.end(),
                                 [is](const Choice& choice) { return choice.id == is->text; });
  if (is->kind == NodeKind::text && known) {
    condition.is = std::string(is->text);
  } else {
    draft.findings.error(is->at,
                         fmt::format("{} is not a choice of '{}'", in_quotes(is->text), item.id),
                         draft.findings.did_you_mean(is->text, ids_of(choices)));
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
bool read_condition(DefinitionDraft& draft, const Node& node, std::size_t earlier_than,
                    Condition& condition) {
  const std::size_t errors = draft.findings.errors();
  if (!find_subject(draft, node, earlier_than, condition)) return false;
  if (node.kind != NodeKind::table) {
    refuse_kind(draft.findings, node, "a table such as { at_least = 4 }");
    return false;
  }
  TableReader table(draft.findings, node, "this condition");
  if (node.children.empty()) draft.findings.error(node.at, "the condition is empty");
  const Item* item =
      condition.subject == Subject::item ? &draft.questionnaire.items[condition.index] : nullptr;
  if (item != nullptr && item->kind == ItemKind::text) {
    draft.findings.error(node.key_at,
                         fmt::format("'{}' is a line of text, which no rule reads", item->id));
    return false;
  }
  if (item != nullptr && item->kind == ItemKind::choice) {
    read_chosen(draft, table, *item, condition);
  } else {
    read_bounds(table, condition);
  }
  table.finish();
  return draft.findings.errors() == errors;
}

std::vector<Condition> read_alternative(DefinitionDraft& draft, const Node& node,
                                        std::size_t earlier_than) {
  std::vector<Condition> conditions;
  if (node.kind != NodeKind::table) {
    refuse_kind(draft.findings, node, "a table of conditions");
    return conditions;
  }
  if (node.children.empty()) draft.findings.error(node.at, "the rule has no condition");
  if (node.children.size() > max_conditions) {
    draft.findings.error(node.at, "a rule has more than 20 conditions");
    return conditions;
  }
  conditions.reserve(node.children.size());
  for (const Node& child : node.children) {
    Condition condition;
    if (read_condition(draft, child, earlier_than, condition)) {
      conditions.push_back(std::move(condition));
    }
  }
  return conditions;
}

constexpr std::size_t max_regions = 16;
constexpr std::size_t max_next_steps = 200;

Rule read_when(DefinitionDraft& draft, TableReader& table, Presence presence) {
  const Node* when = table.find("when", presence);
  return when != nullptr ? read_rule(draft, *when) : Rule{};
}

constexpr std::size_t max_pairings = 20;

// Both rules or neither: what one person brings does nothing without the other.
void read_pairing_rules(DefinitionDraft& draft, TableReader& table, Pairing& pairing) {
  const Node* one = table.find("one");
  const Node* other = table.find("other");
  if ((one == nullptr) != (other == nullptr)) {
    table.error("",
                one == nullptr ? "'one' is missing from this pairing"
                               : "'other' is missing from this pairing",
                "only the fallback has no rules, and it has neither");
  }
  if (one != nullptr) pairing.one = read_rule(draft, *one);
  if (other != nullptr) pairing.other = read_rule(draft, *other);
}

}  // namespace

Rule read_rule(DefinitionDraft& draft, const Node& node, std::size_t earlier_than) {
  Rule rule;
  if (node.kind != NodeKind::array) {
    rule.push_back(read_alternative(draft, node, earlier_than));
    return rule;
  }
  if (node.children.empty()) draft.findings.error(node.at, "the rule has no condition");
  if (node.children.size() > max_alternatives) {
    draft.findings.error(node.at, "a rule has more than 50 alternatives");
    return rule;
  }
  for (const Node& child : node.children) {
    rule.push_back(read_alternative(draft, child, earlier_than));
  }
  return rule;
}

void read_regions(DefinitionDraft& draft, TableReader& root) {
  for (const Node* node : root.tables("regions", max_regions)) {
    TableReader table(draft.findings, *node, "this region");
    Region region;
    region.id = read_new_id(table, draft.questionnaire.regions);
    region.name = table.text("name");
    region.text = table.text("text", several_lines);
    draft.nodes.regions.push_back(node);
    region.when = read_when(draft, table, Presence::required);
    table.finish();
    draft.questionnaire.regions.push_back(std::move(region));
  }
}

void read_next_steps(DefinitionDraft& draft, TableReader& root) {
  constexpr std::array<std::pair<std::string_view, StepSize>, 3> sizes{
      {{"small", StepSize::small}, {"medium", StepSize::medium}, {"support", StepSize::support}}};
  const std::vector<const Node*> nodes = root.tables("next_steps", max_next_steps);
  draft.questionnaire.next_steps.reserve(nodes.size());
  for (const Node* node : nodes) {
    TableReader table(draft.findings, *node, "this next step");
    NextStep step;
    step.id = read_new_id(table, draft.questionnaire.next_steps);
    step.title = table.text("title");
    step.why = table.text("why", several_lines);
    step.try_this = table.text("try", several_lines);
    step.size = table.word("size", sizes, Presence::required, StepSize::small);
    step.priority = table.whole("priority", -max_priority, max_priority).value_or(0);
    draft.nodes.next_steps.push_back(node);
    step.when = read_when(draft, table, Presence::optional);
    table.finish();
    draft.questionnaire.next_steps.push_back(std::move(step));
  }
}

void read_pairings(DefinitionDraft& draft, TableReader& root) {
  const std::vector<const Node*> nodes = root.tables("pairings", max_pairings);
  draft.questionnaire.pairings.reserve(nodes.size());
  for (const Node* node : nodes) {
    TableReader table(draft.findings, *node, "this pairing");
    Pairing pairing;
    pairing.id = read_new_id(table, draft.questionnaire.pairings);
    pairing.name = table.text("name");
    pairing.text = table.text("text", several_lines);
    draft.nodes.pairings.push_back(node);
    read_pairing_rules(draft, table, pairing);
    pairing.for_one = table.text("for_one", several_lines);
    pairing.for_other = table.text("for_other", several_lines, Presence::optional);
    pairing.for_both = table.text("for_both", several_lines);
    pairing.priority = table.whole("priority", -max_priority, max_priority).value_or(0);
    if (!table.has("one") && !table.has("other") && table.has("for_other")) {
      table.error("for_other", "without rules neither person is the one or the other",
                  "'for_one' alone is for each of them");
    }
    table.finish();
    draft.questionnaire.pairings.push_back(std::move(pairing));
  }
}

}  // namespace attune::definition
