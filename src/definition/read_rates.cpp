// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_rates = 50;

// The item that is counted, or nothing when it can't be.
const Item* read_rate_item(Draft& draft, TableReader& table, Rate& rate) {
  const Node* node = table.find("item", Presence::required);
  if (node == nullptr) return nullptr;
  if (node->kind != NodeKind::text) {
    refuse_kind(draft.source, *node, "the id of an item");
    return nullptr;
  }
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::optional<std::size_t> item = find_item(questionnaire, node->text);
  if (!item) {
    draft.findings().error(node->at, quoted(node->text) + " is not an item",
                           draft.findings().did_you_mean(node->text, ids_of(questionnaire.items)));
    return nullptr;
  }
  rate.item = *item;
  if (questionnaire.items[*item].kind == ItemKind::choice) return &questionnaire.items[*item];
  draft.findings().error(node->at,
                         fmt::format("'{}' is of kind '{}'", questionnaire.items[*item].id,
                                     name_of(questionnaire.items[*item].kind)),
                         "a rate counts the answers to an item of kind 'choice'");
  return nullptr;
}

// The choices of `item` that an array names; unknown and repeated ones are reported and left out.
std::vector<std::size_t> read_choice_list(Draft& draft, const Node& node, const Item& item) {
  std::vector<std::size_t> choices;
  if (node.kind != NodeKind::array) {
    refuse_kind(draft.source, node, "an array of choice ids");
    return choices;
  }
  if (node.count == 0) draft.findings().error(node.at, "no choice is named");
  for (const Node& child : draft.source.tree.children(node)) {
    if (child.kind != NodeKind::text) {
      refuse_kind(draft.source, child, "the id of a choice");
      continue;
    }
    const auto found =
        std::find_if(item.choices.begin(), item.choices.end(),
                     [&child](const Choice& choice) { return choice.id == child.text; });
    const auto index = static_cast<std::size_t>(found - item.choices.begin());
    if (found == item.choices.end()) {
      draft.findings().error(child.at,
                             fmt::format("{} is not a choice of '{}'", quoted(child.text), item.id),
                             draft.findings().did_you_mean(child.text, ids_of(item.choices)));
    } else if (std::find(choices.begin(), choices.end(), index) != choices.end()) {
      draft.findings().error(child.at, quoted(child.text) + " is named twice");
    } else {
      choices.push_back(index);
    }
  }
  return choices;
}

// `counts` is a part of `of`, and a smaller one: otherwise the share is above 1, or always 1.
void check_part(Draft& draft, const Node& counts, const Item& item, const Rate& rate) {
  for (const std::size_t choice : rate.counts) {
    if (std::find(rate.of.begin(), rate.of.end(), choice) != rate.of.end()) continue;
    draft.findings().error(
        counts.at, fmt::format("'{}' is in 'counts', but not in 'of'", item.choices[choice].id),
        "'of' names the whole, 'counts' a part of it");
    return;
  }
  if (rate.counts.size() < rate.of.size()) return;
  draft.findings().error(counts.at, "'counts' names every choice of 'of'",
                         "the share would always be 1");
}

void read_choices(Draft& draft, TableReader& table, const Item* item, Rate& rate) {
  const Node* counts = table.find("counts", Presence::required);
  const Node* of = table.find("of", Presence::required);
  if (counts == nullptr || of == nullptr || item == nullptr) return;
  const std::size_t errors = draft.findings().errors();
  rate.counts = read_choice_list(draft, *counts, *item);
  rate.of = read_choice_list(draft, *of, *item);
  if (errors == draft.findings().errors()) check_part(draft, *counts, *item, rate);
}

void read_typical(Draft& draft, TableReader& rate_table, Rate& rate) {
  const Node* node = rate_table.find("typical");
  if (node == nullptr) return;
  if (node->kind != NodeKind::table) return refuse_kind(draft.source, *node, "a table");
  TableReader table(draft.source, *node, "'typical'");
  TypicalRate typical;
  typical.text = table.text("text");
  typical.of = table.text("of");
  typical.source = table.text("source");
  table.finish();
  rate.typical = std::move(typical);
}

Rate read_rate(Draft& draft, TableReader& table) {
  Rate rate;
  rate.id = table.id();
  refuse_duplicate(table, draft.questionnaire.rates, rate.id);
  if (!rate.id.empty() && find_scale(draft.questionnaire, rate.id)) {
    table.error("id", quoted(rate.id) + " is the id of a scale too",
                "scales and rates are shown together, so their ids must differ");
  }
  if (!rate.id.empty() && find_derived(draft.questionnaire, rate.id)) {
    table.error("id", quoted(rate.id) + " is the id of a derived score too",
                "scores and rates are shown together, so their ids must differ");
  }
  rate.name = table.text("name");
  const Item* item = read_rate_item(draft, table, rate);
  read_choices(draft, table, item, rate);
  rate.unit = table.text("unit");
  rate.low = table.text("low", {}, Presence::optional);
  rate.high = table.text("high", {}, Presence::optional);
  read_typical(draft, table, rate);
  rate.wanted = read_wanted(table);
  rate.progress = read_progress(table);
  return rate;
}

}  // namespace

void read_rates(Draft& draft, TableReader& root) {
  for (const Node* node : root.tables("rates", max_rates)) {
    TableReader table(draft.source, *node, "this rate");
    draft.questionnaire.rates.push_back(read_rate(draft, table));
    table.finish();
  }
}

}  // namespace attune::detail
