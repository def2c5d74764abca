// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

constexpr std::size_t max_scales = 100;
constexpr std::size_t max_derived = 50;
constexpr std::size_t max_rates = 50;
constexpr std::size_t max_bands = 50;
constexpr std::size_t max_norms = 50;
constexpr std::size_t max_percentiles = 500;
constexpr int max_progress = 1000;
constexpr int max_answer = 100;
constexpr int max_sample = 1'000'000'000;
constexpr double max_weight = 1000;

void read_band(TableReader& table, Band& band, const Scale& scale, bool last) {
  band.below = table.number("below", last ? Presence::optional : Presence::required);
  if (last && band.below) {
    table.error("below", "the last band has no 'below'", "it reaches up to the highest score");
  }
  if (!scale.bands.empty() && band.below && scale.bands.back().below >= band.below) {
    table.error("below", "'below' must be larger than that of the band before");
  }
  band.text = table.text("text", TextRule::several_lines, Presence::optional);
}

Typical read_typical_range(TableReader& table) {
  Typical typical;
  typical.low = table.number("low", Presence::required).value_or(0);
  typical.high = table.number("high", Presence::required).value_or(typical.low);
  if (typical.low > typical.high) table.error("high", "'high' must not be less than 'low'");
  typical.of = table.text("of");
  typical.source = table.text("source");
  return typical;
}

std::optional<double> read_correlation(TableReader& table, std::string_view key) {
  const std::optional<double> value = table.number(key);
  if (value && !(*value >= 0 && *value < 1)) {
    table.error(key, fmt::format("'{}' must be at least 0 and less than 1", key));
  }
  return value;
}

Reliability read_reliability(TableReader& table) {
  Reliability reliability;
  reliability.alpha = read_correlation(table, "alpha");
  reliability.retest = read_correlation(table, "retest");
  if (!table.has("alpha") && !table.has("retest")) {
    table.error({}, "'reliability' has neither 'alpha' nor 'retest'");
  }
  reliability.days = table.number("days");
  if (reliability.days && *reliability.days <= 0) table.error("days", "'days' must be above 0");
  if (reliability.days && !reliability.retest) {
    table.error("days", "'days' is the time between test and retest, and 'retest' is missing");
  }
  reliability.source = table.text("source");
  return reliability;
}

// [[score, percentage below or at it], ...], ascending in both.
void read_percentiles(Findings& findings, const Node& node, Norm& norm) {
  if (node.kind != NodeKind::array) {
    return refuse_kind(findings, node, "an array of [score, percentage]");
  }
  if (node.children.empty()) findings.error(node.at, "'percentiles' is empty");
  if (node.children.size() > max_percentiles) {
    return findings.error(node.at, "there are more than 500 percentiles");
  }
  for (const Node& pair : node.children) {
    const std::vector<Node>& both = pair.children;
    if (pair.kind != NodeKind::array || both.size() != 2 || !both[0].is_number() ||
        !both[1].is_number()) {
      findings.error(pair.at, "expected [score, percentage]");
      continue;
    }
    const std::pair<double, double> point{both[0].real, both[1].real};
    if (!(point.second >= 0 && point.second <= 100)) {
      findings.error(both[1].at, "a percentage must be from 0 to 100");
    }
    if (!norm.percentiles.empty() && (point.first <= norm.percentiles.back().first ||
                                      point.second < norm.percentiles.back().second)) {
      findings.error(pair.at, "percentiles must ascend");
    }
    norm.percentiles.push_back(point);
  }
}

// What the sample answered on, as [min, max]. The widest range stands in for a wrong one, so that
// the figures are not found outside it as well.
AnswerRange read_range(Findings& findings, const Node& node) {
  constexpr AnswerRange widest{0, max_answer};
  const std::vector<Node>& ends = node.children;
  const auto is_whole = [](const Node& each) { return each.kind == NodeKind::whole; };
  if (node.kind != NodeKind::array || ends.size() != 2 || !is_whole(ends[0]) ||
      !is_whole(ends[1])) {
    findings.error(node.at, "expected [smallest, largest] answer, two whole numbers");
    return widest;
  }
  const std::int64_t min = ends[0].whole;
  const std::int64_t max = ends[1].whole;
  if (min < 0 || max > max_answer || min >= max) {
    findings.error(node.at, "a range goes from 0 or more up to at most 100");
    return widest;
  }
  return {static_cast<int>(min), static_cast<int>(max)};
}

Norm read_norm(Findings& findings, TableReader& table) {
  Norm norm;
  norm.sample = table.text("sample");
  norm.n =
      static_cast<std::size_t>(table.whole("n", 1, max_sample, Presence::required).value_or(0));
  if (const Node* range = table.find("range")) norm.range = read_range(findings, *range);
  norm.mean = table.number("mean");
  norm.sd = table.number("sd");
  const Node* percentiles = table.find("percentiles");
  if (percentiles != nullptr) read_percentiles(findings, *percentiles, norm);
  if (table.has("mean") != table.has("sd")) {
    table.error({}, "a norm has both 'mean' and 'sd', or neither");
  } else if (!table.has("mean") && percentiles == nullptr) {
    table.error({}, "a norm needs 'mean' and 'sd', or 'percentiles'");
  }
  if (norm.sd && *norm.sd <= 0) table.error("sd", "'sd' must be above 0");
  norm.source = table.text("source");
  return norm;
}

void read_parent(DefinitionDraft& draft, TableReader& table, Scale& scale) {
  const Node* node = table.find("parent");
  if (node == nullptr) return;
  const std::vector<Scale>& scales = draft.questionnaire.scales;
  scale.parent = read_reference(draft.findings, *node, "the id of a scale", scales,
                                " is not a scale that stands before this one");
  if (!scale.parent || !scales[*scale.parent].parent) return;
  scale.parent.reset();
  table.error("parent", in_quotes(node->text) + " is a facet itself",
              "a facet's parent is a main scale");
}

Wanted read_wanted(TableReader& table) {
  return table.word("wanted", {Wanted::up, Wanted::down, Wanted::steady}, Wanted::unspecified);
}

void read_scale(DefinitionDraft& draft, TableReader& table, Scale& scale) {
  scale.name = table.text("name");
  scale.low = table.text("low");
  scale.high = table.text("high");
  scale.method = table.word("score", {ScoreMethod::mean, ScoreMethod::sum}, ScoreMethod::mean);
  scale.wanted = read_wanted(table);
  scale.progress = table.whole("progress", 1, max_progress);
  scale.min_answered = table.number("min_answered").value_or(scale.min_answered);
  if (!(scale.min_answered > 0 && scale.min_answered <= 1)) {
    table.error("min_answered", "'min_answered' must be above 0 and at most 1",
                "it is a share of the scale's items, 0.8 by default");
  }
  read_parent(draft, table, scale);
  const Node* bands = table.node().find("bands");
  table.parts("bands", max_bands, "this band", scale.bands, [&](TableReader& reader, Band& band) {
    read_band(reader, band, scale, &reader.node() == &bands->children.back());
  });
  table.inner("typical", "'typical'",
              [&](TableReader& reader) { scale.typical = read_typical_range(reader); });
  table.inner("reliability", "'reliability'",
              [&](TableReader& reader) { scale.reliability = read_reliability(reader); });
  table.each("norms", max_norms, "this norm", [&](TableReader& reader) {
    scale.norms.push_back(read_norm(draft.findings, reader));
  });
}

// Scores of all kinds are shown side by side, so their ids must differ.
void refuse_taken_id(TableReader& table, const std::string& id, bool is_taken,
                     std::string_view owner) {
  if (id.empty() || !is_taken) return;
  table.error("id", fmt::format("{} is the id of {} too", in_quotes(id), owner),
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
    if (!node.is_number()) {
      refuse_kind(draft.findings, node, "a number");
    } else if (node.real == 0 || !(std::abs(node.real) <= max_weight)) {
      draft.findings.error(node.at, "a weight must be from -1000 to 1000, and not 0");
    } else if (scale) {
      derived.terms.push_back({*scale, node.real});
    }
  }
}

// The item that is counted, or nothing when it can't be.
const Item* read_rate_item(DefinitionDraft& draft, TableReader& table, Rate& rate) {
  const Node* node = table.find("item", Presence::required);
  if (node == nullptr) return nullptr;
  const std::optional<std::size_t> index = read_reference(
      draft.findings, *node, "the id of an item", draft.questionnaire.items, " is not an item");
  if (!index) return nullptr;
  rate.item = *index;
  const Item& item = draft.questionnaire.items[*index];
  if (item.kind == ItemKind::choice) return &item;
  table.error("item", fmt::format("'{}' is of kind '{}'", item.id, name_of(item.kind)),
              "a rate counts the answers to an item of kind 'choice'");
  return nullptr;
}

// `counts` is a part of `of`, and a smaller one: otherwise the share is above 1, or always 1.
void check_part(TableReader& table, const Item& item, const Rate& rate) {
  for (const std::size_t choice : rate.counts) {
    if (std::ranges::find(rate.of, choice) != rate.of.end()) continue;
    return table.error("counts",
                       fmt::format("'{}' is in 'counts', but not in 'of'", item.choices[choice].id),
                       "'of' names the whole, 'counts' a part of it");
  }
  if (rate.counts.size() < rate.of.size()) return;
  table.error("counts", "'counts' names every choice of 'of'", "the share would always be 1");
}

void read_counted_choices(DefinitionDraft& draft, TableReader& table, const Item* item,
                          Rate& rate) {
  const Node* counts = table.find("counts", Presence::required);
  const Node* of = table.find("of", Presence::required);
  if (counts == nullptr || of == nullptr || item == nullptr) return;
  const std::size_t errors = draft.findings.errors();
  const auto read = [&](const Node& node) {
    if (node.kind == NodeKind::array && node.children.empty()) {
      draft.findings.error(node.at, "no choice is named");
    }
    return read_references(draft.findings, node, "the id of a choice", item->choices,
                           fmt::format(" is not a choice of '{}'", item->id));
  };
  rate.counts = read(*counts);
  rate.of = read(*of);
  if (errors == draft.findings.errors()) check_part(table, *item, rate);
}

void read_rate(DefinitionDraft& draft, TableReader& table, Rate& rate) {
  const Questionnaire& questionnaire = draft.questionnaire;
  refuse_taken_id(table, rate.id, find_scale(questionnaire, rate.id).has_value(), "a scale");
  refuse_taken_id(table, rate.id, find_by_id(questionnaire.derived, rate.id).has_value(),
                  "a derived score");
  rate.name = table.text("name");
  const Item* item = read_rate_item(draft, table, rate);
  read_counted_choices(draft, table, item, rate);
  rate.unit = table.text("unit");
  rate.low = table.text("low", {}, Presence::optional);
  rate.high = table.text("high", {}, Presence::optional);
  table.inner("typical", "'typical'", [&](TableReader& reader) {
    rate.typical = {reader.text("text"), reader.text("of"), reader.text("source")};
  });
  rate.wanted = read_wanted(table);
  rate.progress = table.whole("progress", 1, max_progress);
}

}  // namespace

void read_scales(DefinitionDraft& draft, TableReader& root) {
  draft.nodes.scales =
      root.parts("scales", max_scales, "this scale", draft.questionnaire.scales,
                 [&](TableReader& table, Scale& scale) { read_scale(draft, table, scale); });
}

void read_derived(DefinitionDraft& draft, TableReader& root) {
  const Questionnaire& questionnaire = draft.questionnaire;
  root.parts("derived", max_derived, "this derived score", draft.questionnaire.derived,
             [&](TableReader& table, Derived& derived) {
               const bool is_scale = find_scale(questionnaire, derived.id).has_value();
               const bool is_item = find_item(questionnaire, derived.id).has_value();
               refuse_taken_id(table, derived.id, is_scale || is_item,
                               is_scale ? "a scale" : "an item");
               derived.name = table.text("name");
               derived.low = table.text("low", {}, Presence::optional);
               derived.high = table.text("high", {}, Presence::optional);
               read_weights(draft, table, derived);
             });
  root.parts("rates", max_rates, "this rate", draft.questionnaire.rates,
             [&](TableReader& table, Rate& rate) { read_rate(draft, table, rate); });
}

}  // namespace attune::definition
