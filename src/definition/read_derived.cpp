// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_derived = 50;
constexpr double max_weight = 1000;

void refuse_taken_id(Draft& draft, TableReader& table, const std::string& id) {
  const Questionnaire& questionnaire = draft.questionnaire;
  refuse_duplicate(table, questionnaire.derived, id);
  if (id.empty()) return;
  const bool is_scale = find_scale(questionnaire, id).has_value();
  if (!is_scale && !find_item(questionnaire, id)) return;
  table.error("id",
              fmt::format("{} is the id of {} too", quoted(id), is_scale ? "a scale" : "an item"),
              "they are shown side by side, so their ids must differ");
}

// The scale that a weight is for, or nothing when there is none.
std::optional<std::size_t> find_term(Draft& draft, const Node& node, const Derived& derived) {
  const std::vector<Scale>& scales = draft.questionnaire.scales;
  const std::optional<std::size_t> scale = find_scale(draft.questionnaire, node.key);
  if (!scale) {
    draft.findings().error(node.key_at, quoted(node.key) + " is not a scale",
                           draft.findings().did_you_mean(node.key, ids_of(scales)));
    return {};
  }
  // The error of a sum rests on errors that are independent, and these two share their answers.
  for (const Term& term : derived.terms) {
    const bool related = scales[term.scale].parent == *scale || scales[*scale].parent == term.scale;
    if (!related) continue;
    draft.findings().error(node.key_at,
                           fmt::format("the answers of '{}' count for '{}' too", scales[*scale].id,
                                       scales[term.scale].id),
                           "name the main scale or its facets, not both");
    return {};
  }
  return scale;
}

std::optional<double> read_weight(Draft& draft, const Node& node) {
  if (node.kind != NodeKind::whole && node.kind != NodeKind::real) {
    refuse_kind(draft.source, node, "a number");
    return {};
  }
  if (node.real == 0 || !(std::abs(node.real) <= max_weight)) {
    draft.findings().error(node.at, "a weight must be from -1000 to 1000, and not 0");
    return {};
  }
  return node.real;
}

void read_weights(Draft& draft, TableReader& table, Derived& derived) {
  const Node* weights = table.find("weights", Presence::required);
  if (weights == nullptr) return;
  if (weights->kind != NodeKind::table) {
    return refuse_kind(draft.source, *weights, "a table from scales to their weights");
  }
  if (weights->count < 2) {
    draft.findings().error(weights->at, "a derived score is made of at least two scales");
  }
  for (const Node& node : draft.source.tree.children(*weights)) {
    const std::optional<std::size_t> scale = find_term(draft, node, derived);
    const std::optional<double> weight = read_weight(draft, node);
    if (scale && weight) derived.terms.push_back({*scale, *weight});
  }
}

}  // namespace

void read_derived(Draft& draft, TableReader& root) {
  for (const Node* node : root.tables("derived", max_derived)) {
    TableReader table(draft.source, *node, "this derived score");
    Derived derived;
    derived.id = table.id();
    refuse_taken_id(draft, table, derived.id);
    derived.name = table.text("name");
    derived.low = table.text("low", {}, Presence::optional);
    derived.high = table.text("high", {}, Presence::optional);
    read_weights(draft, table, derived);
    table.finish();
    draft.questionnaire.derived.push_back(std::move(derived));
  }
}

}  // namespace attune::detail
