// SPDX-License-Identifier: MIT
#include <array>
#include <fmt/format.h>
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_items = 500;
constexpr std::size_t max_choices = 50;

void read_item_text(Draft& draft, TableReader& table, Item& item) {
  const Presence presence =
      draft.wording == Wording::included ? Presence::required : Presence::optional;
  const std::size_t errors = draft.findings().errors();
  item.text = table.text("text", {Lines::several, Placeholder::about}, presence);
  const bool uses_about = item.text.find("{about}") != std::string::npos;
  if (errors == draft.findings().errors() && uses_about && draft.questionnaire.abouts.empty()) {
    table.error("text", "{about} has no phrase to stand for it", "add a table [about]");
  }
}

// Reported once; a stand-in keeps every item's index valid for the checks that follow.
void need_response_scale(Draft& draft, Offset at) {
  if (!draft.questionnaire.response_scales.empty()) return;
  draft.findings().error(at, "a rating needs a response scale",
                         "add [[response_scales]] with the legal answers");
  draft.questionnaire.response_scales.emplace_back();
  draft.places.response_scales.push_back(at);
}

void read_rating(Draft& draft, TableReader& table, Item& item) {
  need_response_scale(draft, table.at());
  const Questionnaire& questionnaire = draft.questionnaire;
  const bool scored = !questionnaire.scales.empty();
  const Node* scale = table.find("scale", scored ? Presence::required : Presence::optional);
  if (scale != nullptr) {
    item.scale = find_scale(questionnaire, scale->kind == NodeKind::text ? scale->text : "");
    if (!item.scale) {
      table.error("scale", quoted(scale->text) + " is not a scale of this questionnaire",
                  draft.findings().did_you_mean(scale->text, ids_of(questionnaire.scales)));
    }
  }
  if (const Node* node = table.find("response_scale"); node != nullptr) {
    std::size_t index = 0;
    const std::vector<ResponseScale>& all = questionnaire.response_scales;
    while (index < all.size() && all[index].id != node->text) ++index;
    if (index < all.size() && node->kind == NodeKind::text) {
      item.response_scale = index;
    } else {
      table.error("response_scale", quoted(node->text) + " is not a response scale",
                  draft.findings().did_you_mean(node->text, ids_of(all)));
    }
  }
  item.reverse = table.flag("reverse");
}

void read_choices(Draft& draft, TableReader& table, Item& item) {
  item.multiple = table.flag("multiple");
  if (table.find("choices", Presence::required) == nullptr) return;
  const std::size_t errors = draft.findings().errors();
  for (const Node* node : table.tables("choices", max_choices)) {
    TableReader choice_table(draft.source, *node, "this choice");
    Choice choice;
    choice.id = choice_table.id();
    refuse_duplicate(choice_table, item.choices, choice.id);
    choice.text = choice_table.text("text");
    choice_table.finish();
    item.choices.push_back(std::move(choice));
  }
  if (errors == draft.findings().errors() && item.choices.size() < 2) {
    table.error("choices", "an item of kind 'choice' needs at least 2 choices");
  }
}

void read_number(TableReader& table, Item& item) {
  const std::optional<double> min = table.number("min", Presence::required);
  const std::optional<double> max = table.number("max", Presence::required);
  item.min = min.value_or(0);
  item.max = max.value_or(0);
  if (min && max && *min >= *max) table.error("max", "'max' must be larger than 'min'");
  item.unit = table.text("unit", {}, Presence::optional);
}

// Keys that belong to items of other kinds: known, and wrong here.
void refuse_keys_of_other_kinds(Draft& draft, TableReader& table, ItemKind kind) {
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
    draft.findings().error(table.place_of(key),
                           fmt::format("'{}' belongs to items of kind '{}', this is '{}'", key,
                                       name_of(owner), name_of(kind)));
  }
}

Item read_item(Draft& draft, TableReader& table) {
  constexpr std::array<std::pair<std::string_view, ItemKind>, 4> kinds{
      {{"rating", ItemKind::rating},
       {"choice", ItemKind::choice},
       {"number", ItemKind::number},
       {"text", ItemKind::text}}};
  Item item;
  item.id = table.id();
  refuse_duplicate(table, draft.questionnaire.items, item.id);
  if (!item.id.empty() && find_scale(draft.questionnaire, item.id)) {
    table.error("id", quoted(item.id) + " is the id of a scale too",
                "rules name scales and items by id, so they must differ");
  }
  item.kind = table.word("kind", kinds, Presence::optional, ItemKind::rating);
  read_item_text(draft, table, item);
  if (item.kind == ItemKind::rating) read_rating(draft, table, item);
  if (item.kind == ItemKind::choice) read_choices(draft, table, item);
  if (item.kind == ItemKind::number) read_number(table, item);
  refuse_keys_of_other_kinds(draft, table, item.kind);
  return item;
}

}  // namespace

void read_items(Draft& draft, TableReader& root) {
  const std::vector<const Node*> nodes = root.tables("items", max_items);
  if (nodes.empty()) draft.findings().error(root.at(), "the questionnaire has no items");
  Questionnaire& questionnaire = draft.questionnaire;
  questionnaire.items.reserve(nodes.size());
  draft.places.items.reserve(nodes.size());
  std::vector<const Node*> rules;
  for (const Node* node : nodes) {
    TableReader table(draft.source, *node, "this item");
    questionnaire.items.push_back(read_item(draft, table));
    rules.push_back(table.find("ask_when"));
    table.finish();
    ItemPlace& place = draft.places.items.emplace_back();
    place.at = node->at;
    place.text = table.place_of("text");
  }
  for (std::size_t item = 0; item < nodes.size(); ++item) {
    if (rules[item] == nullptr) continue;
    RulePlace& place = draft.places.items[item].ask_when;
    questionnaire.items[item].ask_when = read_rule(draft, *rules[item], place, item);
  }
}

}  // namespace attune::detail
