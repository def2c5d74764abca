// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numeric>
#include <utility>

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

constexpr std::size_t max_items = 500;
constexpr std::size_t max_choices = 50;

void read_item_text(DefinitionDraft& draft, TableReader& table, Item& item) {
  const Presence presence =
      draft.wording == Wording::included ? Presence::required : Presence::optional;
  const std::size_t errors = draft.findings.errors();
  item.text = table.text("text", {Lines::several, Placeholder::about}, presence);
  const bool uses_about = item.text.find("{about}") != std::string::npos;
  if (errors == draft.findings.errors() && uses_about && draft.questionnaire.abouts.empty()) {
    table.error("text", "{about} has no phrase to stand for it", "add a table [about]");
  }
}

// Reported once; a stand-in keeps every item's index valid for the checks that follow.
void need_response_scale(DefinitionDraft& draft, const Node& item) {
  if (!draft.questionnaire.response_scales.empty()) return;
  draft.findings.error(item.at, "a rating needs a response scale",
                       "add [[response_scales]] with the legal answers");
  draft.questionnaire.response_scales.emplace_back();
  draft.nodes.response_scales.push_back(&item);
}

void read_rating_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  need_response_scale(draft, table.node());
  const Questionnaire& questionnaire = draft.questionnaire;
  const bool scored = !questionnaire.scales.empty();
  const Node* scale = table.find("scale", scored ? Presence::required : Presence::optional);
  if (scale != nullptr) {
    item.scale = find_scale(questionnaire, scale->kind == NodeKind::text ? scale->text : "");
    if (!item.scale) {
      table.error("scale", in_quotes(scale->text) + " is not a scale of this questionnaire",
                  draft.findings.did_you_mean(scale->text, ids_of(questionnaire.scales)));
    }
  }
  if (const Node* node = table.find("response_scale"); node != nullptr) {
    std::size_t index = 0;
    const std::vector<ResponseScale>& all = questionnaire.response_scales;
    while (index < all.size() && all[index].id != node->text) ++index;
    if (index < all.size() && node->kind == NodeKind::text) {
      item.response_scale = index;
    } else {
      table.error("response_scale", in_quotes(node->text) + " is not a response scale",
                  draft.findings.did_you_mean(node->text, ids_of(all)));
    }
  }
  item.reverse = table.flag("reverse");
}

void read_choice_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  item.multiple = table.flag("multiple");
  if (table.find("choices", Presence::required) == nullptr) return;
  const std::size_t errors = draft.findings.errors();
  for (const Node* node : table.tables("choices", max_choices)) {
    TableReader choice_table(draft.findings, *node, "this choice");
    Choice choice;
    choice.id = read_new_id(choice_table, item.choices);
    choice.text = choice_table.text("text");
    choice_table.finish();
    item.choices.push_back(std::move(choice));
  }
  if (errors == draft.findings.errors() && item.choices.size() < 2) {
    table.error("choices", "an item of kind 'choice' needs at least 2 choices");
  }
}

void read_number_item(TableReader& table, Item& item) {
  const std::optional<double> min = table.number("min", Presence::required);
  const std::optional<double> max = table.number("max", Presence::required);
  item.min = min.value_or(0);
  item.max = max.value_or(0);
  if (min && max && *min >= *max) table.error("max", "'max' must be larger than 'min'");
  item.unit = table.text("unit", {}, Presence::optional);
}

// Keys that belong to items of other kinds: known, and wrong here.
void refuse_keys_of_other_kinds(DefinitionDraft& draft, TableReader& table, ItemKind kind) {
  constexpr std::array<std::pair<std::string_view, ItemKind>, 8> owners{
      {{"scale", ItemKind::rating},
       {"response_scale", ItemKind::rating},
       {"reverse", ItemKind::rating},
       {"choices", ItemKind::choice},
       {"multiple", ItemKind::choice},
       {"unit", ItemKind::number},
       {"min", ItemKind::number},
       {"max", ItemKind::number}}};
  for (const auto& [key, owner] : owners) {
    if (owner == kind) continue;
    if (table.find(key) == nullptr) continue;
    draft.findings.error(table.place_of(key),
                         fmt::format("'{}' belongs to items of kind '{}', this is '{}'", key,
                                     name_of(owner), name_of(kind)));
  }
}

Item read_item(DefinitionDraft& draft, TableReader& table) {
  constexpr std::array<std::pair<std::string_view, ItemKind>, 4> kinds{
      {{"rating", ItemKind::rating},
       {"choice", ItemKind::choice},
       {"number", ItemKind::number},
       {"text", ItemKind::text}}};
  Item item;
  item.id = read_new_id(table, draft.questionnaire.items);
  if (!item.id.empty() && find_scale(draft.questionnaire, item.id)) {
    table.error("id", in_quotes(item.id) + " is the id of a scale too",
                "rules name scales and items by id, so they must differ");
  }
  item.kind = table.word("kind", kinds, Presence::optional, ItemKind::rating);
  read_item_text(draft, table, item);
  if (item.kind == ItemKind::rating) read_rating_item(draft, table, item);
  if (item.kind == ItemKind::choice) read_choice_item(draft, table, item);
  if (item.kind == ItemKind::number) read_number_item(table, item);
  refuse_keys_of_other_kinds(draft, table, item.kind);
  return item;
}

constexpr std::size_t max_forms = 50;
constexpr std::size_t max_pairs = 500;
constexpr std::size_t max_together = 50;
constexpr std::size_t max_listed = 500;

// The items that an array names; unknown and repeated ones are reported and left out.
std::vector<std::size_t> read_item_list(DefinitionDraft& draft, TableReader& table) {
  const Node* node = table.find("items", Presence::required);
  if (node == nullptr) return {};
  if (node->children.size() > max_listed) {
    draft.findings.error(node->at, "'items' names more than 500 items");
    return {};
  }
  return read_ids(draft.findings, *node, "item", " is not an item",
                  ids_of(draft.questionnaire.items));
}

Form full_form(const Questionnaire& questionnaire) {
  Form full{"full", "", questionnaire.minutes, {}};
  full.items.resize(questionnaire.items.size());
  std::iota(full.items.begin(), full.items.end(), std::size_t{0});
  return full;
}

// Reports the first item that has no choices to count.
bool are_choices(DefinitionDraft& draft, TableReader& table,
                 const std::vector<std::size_t>& items) {
  for (const std::size_t index : items) {
    const Item& item = draft.questionnaire.items[index];
    if (item.kind == ItemKind::choice) continue;
    table.error("items", fmt::format("'{}' is of kind '{}'", item.id, name_of(item.kind)),
                "items counted together are of kind 'choice'");
    return false;
  }
  return true;
}

}  // namespace

std::vector<std::size_t> read_ids(Findings& findings, const Node& node, std::string_view what,
                                  std::string_view refusal, const std::vector<std::string>& ids) {
  std::vector<std::size_t> named;
  if (node.kind != NodeKind::array) {
    refuse_kind(findings, node, fmt::format("an array of {} ids", what));
    return named;
  }
  std::vector<bool> seen(ids.size());
  for (const Node& child : node.children) {
    if (child.kind != NodeKind::text) {
      refuse_kind(findings, child,
                  fmt::format("the id of {} {}", what == "item" ? "an" : "a", what));
      continue;
    }
    const auto index =
        static_cast<std::size_t>(std::find(ids.begin(), ids.end(), child.text) - ids.begin());
    if (index == ids.size()) {
      findings.error(child.at, in_quotes(child.text).append(refusal),
                     findings.did_you_mean(child.text, ids));
    } else if (seen[index]) {
      findings.error(child.at, in_quotes(child.text) + " is named twice");
    } else {
      seen[index] = true;
      named.push_back(index);
    }
  }
  return named;
}

void read_items(DefinitionDraft& draft, TableReader& root) {
  const std::vector<const Node*> nodes = root.tables("items", max_items);
  if (nodes.empty()) draft.findings.error(root.at(), "the questionnaire has no items");
  Questionnaire& questionnaire = draft.questionnaire;
  questionnaire.items.reserve(nodes.size());
  std::vector<const Node*> rules;
  for (const Node* node : nodes) {
    TableReader table(draft.findings, *node, "this item");
    questionnaire.items.push_back(read_item(draft, table));
    rules.push_back(table.find("ask_when"));
    table.finish();
    draft.nodes.items.push_back(node);
  }
  for (std::size_t item = 0; item < nodes.size(); ++item) {
    if (rules[item] == nullptr) continue;
    questionnaire.items[item].ask_when = read_rule(draft, *rules[item], item);
  }
}

void read_forms(DefinitionDraft& draft, TableReader& root) {
  draft.questionnaire.forms.push_back(full_form(draft.questionnaire));
  draft.nodes.forms.push_back(nullptr);
  for (const Node* node : root.tables("forms", max_forms)) {
    TableReader table(draft.findings, *node, "this form");
    Form form;
    form.id = table.id();
    if (form.id == "full") {
      table.error("id", "'full' is built in", "it has every item in the order of the file");
    } else {
      refuse_duplicate(table, draft.questionnaire.forms, form.id);
    }
    form.title = table.text("title", {}, Presence::optional);
    form.minutes = table.whole("minutes", 1, max_minutes);
    const std::size_t errors = draft.findings.errors();
    form.items = read_item_list(draft, table);
    if (form.items.empty() && errors == draft.findings.errors()) {
      table.error("items", "the form has no items");
    }
    table.finish();
    draft.nodes.forms.push_back(node);
    draft.questionnaire.forms.push_back(std::move(form));
  }
}

void read_pairs(DefinitionDraft& draft, TableReader& root) {
  constexpr std::array<std::pair<std::string_view, Relation>, 2> relations{
      {{"same", Relation::same}, {"opposite", Relation::opposite}}};
  for (const Node* node : root.tables("pairs", max_pairs)) {
    TableReader table(draft.findings, *node, "this pair");
    const std::size_t errors = draft.findings.errors();
    const std::vector<std::size_t> items = read_item_list(draft, table);
    const Relation relation = table.word("relation", relations, Presence::required, Relation::same);
    table.finish();
    if (draft.findings.errors() != errors) continue;
    if (items.size() != 2) {
      table.error("items", "a pair has two items");
    } else {
      draft.questionnaire.pairs.push_back({items[0], items[1], relation});
      draft.nodes.pairs.push_back(node);
    }
  }
}

void read_together(DefinitionDraft& draft, TableReader& root) {
  for (const Node* node : root.tables("together", max_together)) {
    TableReader table(draft.findings, *node, "'together'");
    const std::size_t errors = draft.findings.errors();
    const std::vector<std::size_t> items = read_item_list(draft, table);
    table.finish();
    if (draft.findings.errors() != errors || !are_choices(draft, table, items)) continue;
    if (items.size() != 2) {
      table.error("items", "two items are counted together");
    } else {
      draft.questionnaire.together.push_back({items[0], items[1]});
    }
  }
}

}  // namespace attune::definition
