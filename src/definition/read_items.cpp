// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <numeric>

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

constexpr std::size_t max_items = 500;
constexpr std::size_t max_choices = 50;
constexpr std::size_t max_forms = 50;
constexpr std::size_t max_pairs = 500;

void read_item_text(DefinitionDraft& draft, TableReader& table, Item& item) {
  const Presence presence =
      draft.wording == Wording::included ? Presence::required : Presence::optional;
  item.text = table.text("text", TextRule::about_person, presence);
  if (item.text.find("{about}") != std::string::npos && draft.questionnaire.abouts.empty()) {
    table.error("text", "{about} has no phrase to stand for it", "add a table [about]");
  }
}

void read_rating_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  Questionnaire& questionnaire = draft.questionnaire;
  if (questionnaire.response_scales.empty()) {
    draft.findings.error(table.node().at, "a rating needs a response scale",
                         "add [[response_scales]] with the legal answers");
    // A stand-in keeps every item's index valid for the checks that follow.
    questionnaire.response_scales.emplace_back();
    draft.nodes.response_scales.push_back(&table.node());
  }
  const Presence presence = questionnaire.scales.empty() ? Presence::optional : Presence::required;
  if (const Node* scale = table.find("scale", presence)) {
    item.scale = read_reference(draft.findings, *scale, "the id of a scale", questionnaire.scales,
                                " is not a scale of this questionnaire");
  }
  if (const Node* scale = table.find("response_scale")) {
    item.response_scale = read_reference(draft.findings, *scale, "the id of a response scale",
                                         questionnaire.response_scales, " is not a response scale")
                              .value_or(0);
  }
  item.reverse = table.flag("reverse");
}

void read_choice_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  item.multiple = table.flag("multiple");
  if (table.find("choices", Presence::required) == nullptr) return;
  const std::size_t errors = draft.findings.errors();
  table.parts("choices", max_choices, "this choice", item.choices,
              [](TableReader& reader, Choice& choice) { choice.text = reader.text("text"); });
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

void read_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  if (!item.id.empty() && find_scale(draft.questionnaire, item.id)) {
    table.error("id", in_quotes(item.id) + " is the id of a scale too",
                "rules name scales and items by id, so they must differ");
  }
  item.kind =
      table.word("kind", {ItemKind::rating, ItemKind::choice, ItemKind::number, ItemKind::text},
                 ItemKind::rating);
  read_item_text(draft, table, item);
  if (item.kind == ItemKind::rating) read_rating_item(draft, table, item);
  if (item.kind == ItemKind::choice) read_choice_item(draft, table, item);
  if (item.kind == ItemKind::number) read_number_item(table, item);
  table.find("ask_when");
}

std::vector<std::size_t> read_item_list(DefinitionDraft& draft, TableReader& table) {
  const Node* node = table.find("items", Presence::required);
  if (node == nullptr) return {};
  if (node->children.size() > max_items) {
    draft.findings.error(node->at, "'items' names more than 500 items");
    return {};
  }
  return read_references(draft.findings, *node, "the id of an item", draft.questionnaire.items,
                         " is not an item");
}

void read_forms(DefinitionDraft& draft, TableReader& root) {
  Questionnaire& questionnaire = draft.questionnaire;
  draft.nodes.forms = root.parts(
      "forms", max_forms, "this form", questionnaire.forms, [&](TableReader& table, Form& form) {
        if (form.id == "full") {
          table.error("id", "'full' is built in", "it has every item in the order of the file");
        }
        form.title = table.text("title", {}, Presence::optional);
        form.minutes = table.whole("minutes", 1, max_minutes);
        const std::size_t errors = draft.findings.errors();
        form.items = read_item_list(draft, table);
        if (form.items.empty() && errors == draft.findings.errors()) {
          table.error("items", "the form has no items");
        }
      });
  std::vector<std::size_t> all(questionnaire.items.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  questionnaire.forms.insert(questionnaire.forms.begin(),
                             {"full", "", questionnaire.minutes, std::move(all)});
  draft.nodes.forms.insert(draft.nodes.forms.begin(), nullptr);
}

void read_pairs(DefinitionDraft& draft, TableReader& root) {
  root.each("pairs", max_pairs, "this pair", [&](TableReader& table) {
    const std::size_t errors = draft.findings.errors();
    const std::vector<std::size_t> items = read_item_list(draft, table);
    const Relation relation = table.word("relation", {Relation::same, Relation::opposite},
                                         Relation::same, Presence::required);
    if (draft.findings.errors() != errors) return;
    if (items.size() != 2) return table.error("items", "a pair has two items");
    draft.questionnaire.pairs.push_back({items[0], items[1], relation});
    draft.nodes.pairs.push_back(&table.node());
  });
}

}  // namespace

void read_items(DefinitionDraft& draft, TableReader& root) {
  std::vector<Item>& items = draft.questionnaire.items;
  draft.nodes.items =
      root.parts("items", max_items, "this item", items,
                 [&](TableReader& table, Item& item) { read_item(draft, table, item); });
  if (items.empty()) draft.findings.error(root.node().at, "the questionnaire has no items");
  for (std::size_t item = 0; item < items.size(); ++item) {
    const Node* rule = draft.nodes.items[item]->find("ask_when");
    if (rule == nullptr) continue;
    items[item].ask_when = read_rule(draft, *rule, draft.item_conditions, item);
  }
  read_forms(draft, root);
  read_pairs(draft, root);
  root.find("together");  // what earlier versions counted; records keep definitions that have it
}

}  // namespace attune::definition
