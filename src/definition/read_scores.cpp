// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

constexpr std::size_t max_scales = 100;
constexpr std::size_t max_bands = 50;
constexpr std::size_t max_norms = 50;
constexpr std::size_t max_percentiles = 500;
constexpr int max_progress = 1000;
constexpr int max_answer = 100;
constexpr int max_sample = 1'000'000'000;

void read_bands(DefinitionDraft& draft, TableReader& scale_table, Scale& scale) {
  const std::vector<const Node*> nodes = scale_table.tables("bands", max_bands);
  for (const Node* node : nodes) {
    TableReader table(draft.findings, *node, "this band");
    Band band;
    band.id = read_new_id(table, scale.bands);
    const bool last = node == nodes.back();
    band.below = table.number("below", last ? Presence::optional : Presence::required);
    if (last && band.below) {
      table.error("below", "the last band has no 'below'", "it reaches up to the highest score");
    }
    if (!scale.bands.empty() && band.below && scale.bands.back().below >= band.below) {
      table.error("below", "'below' must be larger than that of the band before");
    }
    band.text = table.text("text", several_lines);
    table.finish();
    scale.bands.push_back(std::move(band));
  }
}

void read_typical_range(DefinitionDraft& draft, TableReader& scale_table, Scale& scale) {
  const Node* node = scale_table.table("typical");
  if (node == nullptr) return;
  TableReader table(draft.findings, *node, "'typical'");
  Typical typical;
  typical.low = table.number("low", Presence::required).value_or(0);
  typical.high = table.number("high", Presence::required).value_or(typical.low);
  if (typical.low > typical.high) table.error("high", "'high' must not be less than 'low'");
  typical.of = table.text("of");
  typical.source = table.text("source");
  table.finish();
  scale.typical = std::move(typical);
}

std::optional<double> read_correlation(TableReader& table, std::string_view key) {
  const std::optional<double> value = table.number(key);
  if (value && !(*value >= 0 && *value < 1)) {
    table.error(key, fmt::format("'{}' must be at least 0 and less than 1", key));
  }
  return value;
}

void read_reliability(DefinitionDraft& draft, TableReader& scale_table, Scale& scale) {
  const Node* node = scale_table.table("reliability");
  if (node == nullptr) return;
  TableReader table(draft.findings, *node, "'reliability'");
  Reliability reliability;
  reliability.alpha = read_correlation(table, "alpha");
  reliability.retest = read_correlation(table, "retest");
  if (!table.has("alpha") && !table.has("retest")) {
    draft.findings.error(node->at, "'reliability' has neither 'alpha' nor 'retest'");
  }
  reliability.days = table.number("days");
  if (reliability.days && *reliability.days <= 0) table.error("days", "'days' must be above 0");
  if (reliability.days && !reliability.retest) {
    table.error("days", "'days' is the time between test and retest, and 'retest' is missing");
  }
  reliability.source = table.text("source");
  table.finish();
  scale.reliability = std::move(reliability);
}

// [[score, percentage below or at it], ...], ascending in both.
void read_percentiles(DefinitionDraft& draft, const Node& node, Norm& norm) {
  if (node.kind != NodeKind::array) {
    return refuse_kind(draft.findings, node, "an array of [score, percentage]");
  }
  if (node.children.empty()) draft.findings.error(node.at, "'percentiles' is empty");
  if (node.children.size() > max_percentiles) {
    return draft.findings.error(node.at, "there are more than 500 percentiles");
  }
  for (const Node& pair : node.children) {
    const std::vector<Node>& both = pair.children;
    if (pair.kind != NodeKind::array || both.size() != 2 || !both[0].is_number() ||
        !both[1].is_number()) {
      draft.findings.error(pair.at, "expected [score, percentage]");
      continue;
    }
    const std::pair<double, double> point{both[0].real, both[1].real};
    if (!(point.second >= 0 && point.second <= 100)) {
      draft.findings.error(both[1].at, "a percentage must be from 0 to 100");
    }
    if (!norm.percentiles.empty() && (point.first <= norm.percentiles.back().first ||
                                      point.second < norm.percentiles.back().second)) {
      draft.findings.error(pair.at, "percentiles must ascend");
    }
    norm.percentiles.push_back(point);
  }
}

// What the sample answered on, as [min, max]. The widest range stands in for a wrong one, so that
// the figures are not found outside it as well.
std::optional<AnswerRange> read_range(DefinitionDraft& draft, TableReader& table) {
  const Node* node = table.find("range");
  if (node == nullptr) return {};
  constexpr AnswerRange widest{0, max_answer};
  const std::vector<Node>& ends = node->children;
  const auto is_whole = [](const Node& each) { return each.kind == NodeKind::whole; };
  if (node->kind != NodeKind::array || ends.size() != 2 || !is_whole(ends[0]) ||
      !is_whole(ends[1])) {
    draft.findings.error(node->at, "expected [smallest, largest] answer, two whole numbers");
    return widest;
  }
  const std::int64_t min = ends[0].whole;
  const std::int64_t max = ends[1].whole;
  if (min < 0 || max > max_answer || min >= max) {
    draft.findings.error(node->at, "a range goes from 0 or more up to at most 100");
    return widest;
  }
  return AnswerRange{static_cast<int>(min), static_cast<int>(max)};
}

void read_norms(DefinitionDraft& draft, TableReader& scale_table, Scale& scale) {
  for (const Node* node : scale_table.tables("norms", max_norms)) {
    TableReader table(draft.findings, *node, "this norm");
    Norm norm;
    norm.sample = table.text("sample");
    norm.n =
        static_cast<std::size_t>(table.whole("n", 1, max_sample, Presence::required).value_or(0));
    norm.range = read_range(draft, table);
    norm.mean = table.number("mean");
    norm.sd = table.number("sd");
    const Node* percentiles = table.find("percentiles");
    if (percentiles != nullptr) read_percentiles(draft, *percentiles, norm);
    if (table.has("mean") != table.has("sd")) {
      draft.findings.error(node->at, "a norm has both 'mean' and 'sd', or neither");
    } else if (!table.has("mean") && percentiles == nullptr) {
      draft.findings.error(node->at, "a norm needs 'mean' and 'sd', or 'percentiles'");
    }
    if (norm.sd && *norm.sd <= 0) table.error("sd", "'sd' must be above 0");
    norm.source = table.text("source");
    table.finish();
    scale.norms.push_back(std::move(norm));
  }
}

void read_parent(DefinitionDraft& draft, TableReader& table, Scale& scale) {
  const Node* node = table.find("parent");
  if (node == nullptr) return;
  if (node->kind != NodeKind::text) return refuse_kind(draft.findings, *node, "the id of a scale");
  const std::vector<Scale>& scales = draft.questionnaire.scales;
  const std::optional<std::size_t> parent = find_scale(draft.questionnaire, node->text);
  if (!parent) {
    draft.findings.error(node->at,
                         in_quotes(node->text) + " is not a scale that stands before this one",
                         draft.findings.did_you_mean(node->text, ids_of(scales)));
  } else if (scales[*parent].parent) {
    draft.findings.error(node->at, in_quotes(node->text) + " is a facet itself",
                         "a facet's parent is a main scale");
  } else {
    scale.parent = parent;
  }
}

void read_method(TableReader& table, Scale& scale) {
  constexpr std::array<std::pair<std::string_view, ScoreMethod>, 2> methods{
      {{"mean", ScoreMethod::mean}, {"sum", ScoreMethod::sum}}};
  scale.method = table.word("score", methods, Presence::optional, ScoreMethod::mean);
  scale.wanted = read_wanted(table);
  scale.progress = read_progress(table);
  if (const std::optional<double> share = table.number("min_answered")) {
    scale.min_answered = *share;
    if (!(*share > 0 && *share <= 1)) {
      table.error("min_answered", "'min_answered' must be above 0 and at most 1",
                  "it is a share of the scale's items, 0.8 by default");
    }
  }
}

constexpr std::size_t max_derived = 50;
constexpr double max_weight = 1000;

void refuse_taken_derived_id(DefinitionDraft& draft, TableReader& table, const std::string& id) {
  const Questionnaire& questionnaire = draft.questionnaire;
  if (id.empty()) return;
  const bool is_scale = find_scale(questionnaire, id).has_value();
  if (!is_scale && !find_item(questionnaire, id)) return;
  table.error(
      "id", fmt::format("{} is the id of {} too", in_quotes(id), is_scale ? "a scale" : "an item"),
      "they are shown side by side, so their ids must differ");
}

// The scale that a weight is for, or nothing when there is none.
std::optional<std::size_t> find_term(DefinitionDraft& draft, const Node& node,
                                     const Derived& derived) {
  const std::vector<Scale>& scales = draft.questionnaire.scales;
  const std::optional<std::size_t> scale = find_scale(draft.questionnaire, node.key);
  if (!scale) {
    draft.findings.error(node.key_at, in_quotes(node.key) + " is not a scale",
                         draft.findings.did_you_mean(node.key, ids_of(scales)));
    return {};
  }
  // The error of a sum rests on errors that are independent, and these two share their answers.
  for (const Term& term : derived.terms) {
    const bool related = scales[term.scale].parent == *scale || scales[*scale].parent == term.scale;
    if (!related) continue;
    draft.findings.error(node.key_at,
                         fmt::format("the answers of '{}' count for '{}' too", scales[*scale].id,
                                     scales[term.scale].id),
                         "name the main scale or its facets, not both");
    return {};
  }
  return scale;
}

std::optional<double> read_weight(DefinitionDraft& draft, const Node& node) {
  if (!node.is_number()) {
    refuse_kind(draft.findings, node, "a number");
    return {};
  }
  if (node.real == 0 || !(std::abs(node.real) <= max_weight)) {
    draft.findings.error(node.at, "a weight must be from -1000 to 1000, and not 0");
    return {};
  }
  return node.real;
}

void read_weights(DefinitionDraft& draft, TableReader& table, Derived& derived) {
  const Node* weights = table.find("weights", Presence::required);
  if (weights == nullptr) return;
  if (weights->kind != NodeKind::table) {
    return refuse_kind(draft.findings, *weights, "a table from scales to their weights");
  }
  if (weights->children.size() < 2) {
    draft.findings.error(weights->at, "a derived score is made of at least two scales");
  }
  for (const Node& node : weights->children) {
    const std::optional<std::size_t> scale = find_term(draft, node, derived);
    const std::optional<double> weight = read_weight(draft, node);
    if (scale && weight) derived.terms.push_back({*scale, *weight});
  }
}

constexpr std::size_t max_rates = 50;

// The item that is counted, or nothing when it can't be.
const Item* read_rate_item(DefinitionDraft& draft, TableReader& table, Rate& rate) {
  const Node* node = table.find("item", Presence::required);
  if (node == nullptr) return nullptr;
  if (node->kind != NodeKind::text) {
    refuse_kind(draft.findings, *node, "the id of an item");
    return nullptr;
  }
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::optional<std::size_t> item = find_item(questionnaire, node->text);
  if (!item) {
    draft.findings.error(node->at, in_quotes(node->text) + " is not an item",
                         draft.findings.did_you_mean(node->text, ids_of(questionnaire.items)));
    return nullptr;
  }
  rate.item = *item;
  if (questionnaire.items[*item].kind == ItemKind::choice) return &questionnaire.items[*item];
  draft.findings.error(node->at,
                       fmt::format("'{}' is of kind '{}'", questionnaire.items[*item].id,
                                   name_of(questionnaire.items[*item].kind)),
                       "a rate counts the answers to an item of kind 'choice'");
  return nullptr;
}

// The choices of `item` that an array names; unknown and repeated ones are reported and left out.
std::vector<std::size_t> read_choice_list(DefinitionDraft& draft, const Node& node,
                                          const Item& item) {
  if (node.kind == NodeKind::array && node.children.empty()) {
    draft.findings.error(node.at, "no choice is named");
  }
  return read_ids(draft.findings, node, "choice", fmt::format(" is not a choice of '{}'", item.id),
                  ids_of(item.choices));
}

// `counts` is a part of `of`, and a smaller one: otherwise the share is above 1, or always 1.
void check_part(DefinitionDraft& draft, const Node& counts, const Item& item, const Rate& rate) {
  for (const std::size_t choice : rate.counts) {
    if (std::find(rate.of.begin(), rate.of.end(), choice) != rate.of.end()) continue;
    draft.findings.error(
        counts.at, fmt::format("'{}' is in 'counts', but not in 'of'", item.choices[choice].id),
        "'of' names the whole, 'counts' a part of it");
    return;
  }
  if (rate.counts.size() < rate.of.size()) return;
  draft.findings.error(counts.at, "'counts' names every choice of 'of'",
                       "the share would always be 1");
}

void read_counted_choices(DefinitionDraft& draft, TableReader& table, const Item* item,
                          Rate& rate) {
  const Node* counts = table.find("counts", Presence::required);
  const Node* of = table.find("of", Presence::required);
  if (counts == nullptr || of == nullptr || item == nullptr) return;
  const std::size_t errors = draft.findings.errors();
  rate.counts = read_choice_list(draft, *counts, *item);
  rate.of = read_choice_list(draft, *of, *item);
  if (errors == draft.findings.errors()) check_part(draft, *counts, *item, rate);
}

void read_typical_rate(DefinitionDraft& draft, TableReader& rate_table, Rate& rate) {
  const Node* node = rate_table.table("typical");
  if (node == nullptr) return;
  TableReader table(draft.findings, *node, "'typical'");
  TypicalRate typical;
  typical.text = table.text("text");
  typical.of = table.text("of");
  typical.source = table.text("source");
  table.finish();
  rate.typical = std::move(typical);
}

Rate read_rate(DefinitionDraft& draft, TableReader& table) {
  Rate rate;
  rate.id = read_new_id(table, draft.questionnaire.rates);
  if (!rate.id.empty() && find_scale(draft.questionnaire, rate.id)) {
    table.error("id", in_quotes(rate.id) + " is the id of a scale too",
                "scales and rates are shown together, so their ids must differ");
  }
  if (!rate.id.empty() && find_derived(draft.questionnaire, rate.id)) {
    table.error("id", in_quotes(rate.id) + " is the id of a derived score too",
                "scores and rates are shown together, so their ids must differ");
  }
  rate.name = table.text("name");
  const Item* item = read_rate_item(draft, table, rate);
  read_counted_choices(draft, table, item, rate);
  rate.unit = table.text("unit");
  rate.low = table.text("low", {}, Presence::optional);
  rate.high = table.text("high", {}, Presence::optional);
  read_typical_rate(draft, table, rate);
  rate.wanted = read_wanted(table);
  rate.progress = read_progress(table);
  return rate;
}

}  // namespace

Wanted read_wanted(TableReader& table) {
  constexpr std::array<std::pair<std::string_view, Wanted>, 3> directions{
      {{"up", Wanted::up}, {"down", Wanted::down}, {"steady", Wanted::steady}}};
  return table.word("wanted", directions, Presence::optional, Wanted::unspecified);
}

std::optional<int> read_progress(TableReader& table) {
  return table.whole("progress", 1, max_progress);
}

void read_scales(DefinitionDraft& draft, TableReader& root) {
  const std::vector<const Node*> nodes = root.tables("scales", max_scales);
  draft.questionnaire.scales.reserve(nodes.size());
  for (const Node* node : nodes) {
    TableReader table(draft.findings, *node, "this scale");
    Scale scale;
    scale.id = read_new_id(table, draft.questionnaire.scales);
    scale.name = table.text("name");
    scale.low = table.text("low");
    scale.high = table.text("high");
    read_method(table, scale);
    read_parent(draft, table, scale);
    read_bands(draft, table, scale);
    read_typical_range(draft, table, scale);
    read_reliability(draft, table, scale);
    read_norms(draft, table, scale);
    table.finish();
    draft.questionnaire.scales.push_back(std::move(scale));
    draft.nodes.scales.push_back(node);
  }
}

void read_derived(DefinitionDraft& draft, TableReader& root) {
  for (const Node* node : root.tables("derived", max_derived)) {
    TableReader table(draft.findings, *node, "this derived score");
    Derived derived;
    derived.id = read_new_id(table, draft.questionnaire.derived);
    refuse_taken_derived_id(draft, table, derived.id);
    derived.name = table.text("name");
    derived.low = table.text("low", {}, Presence::optional);
    derived.high = table.text("high", {}, Presence::optional);
    read_weights(draft, table, derived);
    table.finish();
    draft.questionnaire.derived.push_back(std::move(derived));
  }
}

void read_rates(DefinitionDraft& draft, TableReader& root) {
  for (const Node* node : root.tables("rates", max_rates)) {
    TableReader table(draft.findings, *node, "this rate");
    draft.questionnaire.rates.push_back(read_rate(draft, table));
    table.finish();
  }
}

}  // namespace attune::definition
