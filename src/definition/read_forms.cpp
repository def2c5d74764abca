// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numeric>
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_forms = 50;
constexpr std::size_t max_pairs = 500;
constexpr std::size_t max_together = 50;
constexpr std::size_t max_listed = 500;
constexpr int max_minutes = 600;

// The items that an array names; unknown and repeated ones are reported and left out.
std::vector<std::size_t> read_item_list(Draft& draft, TableReader& table) {
  std::vector<std::size_t> items;
  const Node* node = table.find("items", Presence::required);
  if (node == nullptr) return items;
  if (node->kind != NodeKind::array) {
    refuse_kind(draft.source, *node, "an array of item ids");
    return items;
  }
  if (node->count > max_listed) {
    draft.findings().error(node->at, "'items' names more than 500 items");
    return items;
  }
  std::vector<bool> seen(draft.questionnaire.items.size());
  for (const Node& child : draft.source.tree.children(*node)) {
    if (child.kind != NodeKind::text) {
      refuse_kind(draft.source, child, "the id of an item");
      continue;
    }
    const std::optional<std::size_t> item = find_item(draft.questionnaire, child.text);
    if (!item) {
      draft.findings().error(
          child.at, quoted(child.text) + " is not an item",
          draft.findings().did_you_mean(child.text, ids_of(draft.questionnaire.items)));
    } else if (seen[*item]) {
      draft.findings().error(child.at, quoted(child.text) + " is named twice");
    } else {
      seen[*item] = true;
      items.push_back(*item);
    }
  }
  return items;
}

Form full_form(const Questionnaire& questionnaire) {
  Form full{"full", "", questionnaire.minutes, {}};
  full.items.resize(questionnaire.items.size());
  std::iota(full.items.begin(), full.items.end(), std::size_t{0});
  return full;
}

// Reports the first item that has no choices to count.
bool are_choices(Draft& draft, TableReader& table, const std::vector<std::size_t>& items) {
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

void read_forms(Draft& draft, TableReader& root) {
  draft.questionnaire.forms.push_back(full_form(draft.questionnaire));
  draft.places.forms.push_back(0);
  for (const Node* node : root.tables("forms", max_forms)) {
    TableReader table(draft.source, *node, "this form");
    Form form;
    form.id = table.id();
    if (form.id == "full") {
      table.error("id", "'full' is built in", "it has every item in the order of the file");
    } else {
      refuse_duplicate(table, draft.questionnaire.forms, form.id);
    }
    form.title = table.text("title", {}, Presence::optional);
    form.minutes = table.whole("minutes", 1, max_minutes);
    const std::size_t errors = draft.findings().errors();
    form.items = read_item_list(draft, table);
    if (form.items.empty() && errors == draft.findings().errors()) {
      table.error("items", "the form has no items");
    }
    table.finish();
    draft.places.forms.push_back(table.place_of("items"));
    draft.questionnaire.forms.push_back(std::move(form));
  }
}

void read_pairs(Draft& draft, TableReader& root) {
  constexpr std::array<std::pair<std::string_view, Relation>, 2> relations{
      {{"same", Relation::same}, {"opposite", Relation::opposite}}};
  for (const Node* node : root.tables("pairs", max_pairs)) {
    TableReader table(draft.source, *node, "this pair");
    const std::size_t errors = draft.findings().errors();
    const std::vector<std::size_t> items = read_item_list(draft, table);
    const Relation relation = table.word("relation", relations, Presence::required, Relation::same);
    table.finish();
    if (draft.findings().errors() != errors) continue;
    if (items.size() != 2) {
      table.error("items", "a pair has two items");
    } else {
      draft.questionnaire.pairs.push_back({items[0], items[1], relation});
      draft.places.pairs.push_back(table.place_of("items"));
    }
  }
}

void read_together(Draft& draft, TableReader& root) {
  for (const Node* node : root.tables("together", max_together)) {
    TableReader table(draft.source, *node, "'together'");
    const std::size_t errors = draft.findings().errors();
    const std::vector<std::size_t> items = read_item_list(draft, table);
    table.finish();
    if (draft.findings().errors() != errors || !are_choices(draft, table, items)) continue;
    if (items.size() != 2) {
      table.error("items", "two items are counted together");
    } else {
      draft.questionnaire.together.push_back({items[0], items[1]});
    }
  }
}

}  // namespace attune::detail
