// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_scales = 100;
constexpr std::size_t max_bands = 50;
constexpr std::size_t max_norms = 50;
constexpr std::size_t max_percentiles = 500;
constexpr int max_progress = 1000;
constexpr int max_answer = 100;
constexpr int max_sample = 1'000'000'000;
constexpr TextRule several_lines{Lines::several, Placeholder::none};

void read_bands(Draft& draft, TableReader& scale_table, Scale& scale, ScalePlace& place) {
  const std::vector<const Node*> nodes = scale_table.tables("bands", max_bands);
  for (const Node* node : nodes) {
    TableReader table(draft.source, *node, "this band");
    Band band;
    band.id = table.id();
    refuse_duplicate(table, scale.bands, band.id);
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
    place.bands.push_back(table.place_of("below"));
    scale.bands.push_back(std::move(band));
  }
}

void read_typical(Draft& draft, TableReader& scale_table, Scale& scale, ScalePlace& place) {
  const Node* node = scale_table.find("typical");
  if (node == nullptr) return;
  if (node->kind != NodeKind::table) return refuse_kind(draft.source, *node, "a table");
  TableReader table(draft.source, *node, "'typical'");
  Typical typical;
  typical.low = table.number("low", Presence::required).value_or(0);
  typical.high = table.number("high", Presence::required).value_or(typical.low);
  if (typical.low > typical.high) table.error("high", "'high' must not be less than 'low'");
  typical.of = table.text("of");
  typical.source = table.text("source");
  table.finish();
  place.typical = node->at;
  scale.typical = std::move(typical);
}

std::optional<double> read_correlation(TableReader& table, std::string_view key) {
  const std::optional<double> value = table.number(key);
  if (value && !(*value >= 0 && *value < 1)) {
    table.error(key, fmt::format("'{}' must be at least 0 and less than 1", key));
  }
  return value;
}

void read_reliability(Draft& draft, TableReader& scale_table, Scale& scale) {
  const Node* node = scale_table.find("reliability");
  if (node == nullptr) return;
  if (node->kind != NodeKind::table) return refuse_kind(draft.source, *node, "a table");
  TableReader table(draft.source, *node, "'reliability'");
  Reliability reliability;
  reliability.alpha = read_correlation(table, "alpha");
  reliability.retest = read_correlation(table, "retest");
  if (!table.has("alpha") && !table.has("retest")) {
    draft.findings().error(node->at, "'reliability' has neither 'alpha' nor 'retest'");
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
void read_percentiles(Draft& draft, const Node& node, Norm& norm) {
  if (node.kind != NodeKind::array) {
    return refuse_kind(draft.source, node, "an array of [score, percentage]");
  }
  if (node.count == 0) draft.findings().error(node.at, "'percentiles' is empty");
  if (node.count > max_percentiles) {
    return draft.findings().error(node.at, "there are more than 500 percentiles");
  }
  const auto is_number = [](const Node& number) {
    return number.kind == NodeKind::whole || number.kind == NodeKind::real;
  };
  for (const Node& pair : draft.source.tree.children(node)) {
    const std::vector<Node>& nodes = draft.source.tree.nodes;
    if (pair.kind != NodeKind::array || pair.count != 2 || !is_number(nodes[pair.first]) ||
        !is_number(nodes[pair.last])) {
      draft.findings().error(pair.at, "expected [score, percentage]");
      continue;
    }
    const std::pair<double, double> point{nodes[pair.first].real, nodes[pair.last].real};
    if (!(point.second >= 0 && point.second <= 100)) {
      draft.findings().error(nodes[pair.last].at, "a percentage must be from 0 to 100");
    }
    if (!norm.percentiles.empty() && (point.first <= norm.percentiles.back().first ||
                                      point.second < norm.percentiles.back().second)) {
      draft.findings().error(pair.at, "percentiles must ascend");
    }
    norm.percentiles.push_back(point);
  }
}

// What the sample answered on, as [min, max]. The widest range stands in for a wrong one, so that
// the figures are not found outside it as well.
std::optional<AnswerRange> read_range(Draft& draft, TableReader& table) {
  const Node* node = table.find("range");
  if (node == nullptr) return {};
  constexpr AnswerRange widest{0, max_answer};
  const std::vector<Node>& nodes = draft.source.tree.nodes;
  const auto is_whole = [](const Node& each) { return each.kind == NodeKind::whole; };
  if (node->kind != NodeKind::array || node->count != 2 || !is_whole(nodes[node->first]) ||
      !is_whole(nodes[node->last])) {
    draft.findings().error(node->at, "expected [smallest, largest] answer, two whole numbers");
    return widest;
  }
  const std::int64_t min = nodes[node->first].whole;
  const std::int64_t max = nodes[node->last].whole;
  if (min < 0 || max > max_answer || min >= max) {
    draft.findings().error(node->at, "a range goes from 0 or more up to at most 100");
    return widest;
  }
  return AnswerRange{static_cast<int>(min), static_cast<int>(max)};
}

void read_norms(Draft& draft, TableReader& scale_table, Scale& scale, ScalePlace& place) {
  for (const Node* node : scale_table.tables("norms", max_norms)) {
    TableReader table(draft.source, *node, "this norm");
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
      draft.findings().error(node->at, "a norm has both 'mean' and 'sd', or neither");
    } else if (!table.has("mean") && percentiles == nullptr) {
      draft.findings().error(node->at, "a norm needs 'mean' and 'sd', or 'percentiles'");
    }
    if (norm.sd && *norm.sd <= 0) table.error("sd", "'sd' must be above 0");
    norm.source = table.text("source");
    table.finish();
    place.norms.push_back(node->at);
    scale.norms.push_back(std::move(norm));
  }
}

void read_parent(Draft& draft, TableReader& table, Scale& scale) {
  const Node* node = table.find("parent");
  if (node == nullptr) return;
  if (node->kind != NodeKind::text) return refuse_kind(draft.source, *node, "the id of a scale");
  const std::vector<Scale>& scales = draft.questionnaire.scales;
  const std::optional<std::size_t> parent = find_scale(draft.questionnaire, node->text);
  if (!parent) {
    draft.findings().error(node->at,
                           quoted(node->text) + " is not a scale that stands before this one",
                           draft.findings().did_you_mean(node->text, ids_of(scales)));
  } else if (scales[*parent].parent) {
    draft.findings().error(node->at, quoted(node->text) + " is a facet itself",
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

}  // namespace

Wanted read_wanted(TableReader& table) {
  constexpr std::array<std::pair<std::string_view, Wanted>, 3> directions{
      {{"up", Wanted::up}, {"down", Wanted::down}, {"steady", Wanted::steady}}};
  return table.word("wanted", directions, Presence::optional, Wanted::unspecified);
}

std::optional<int> read_progress(TableReader& table) {
  return table.whole("progress", 1, max_progress);
}

void read_scales(Draft& draft, TableReader& root) {
  const std::vector<const Node*> nodes = root.tables("scales", max_scales);
  draft.questionnaire.scales.reserve(nodes.size());
  for (const Node* node : nodes) {
    TableReader table(draft.source, *node, "this scale");
    Scale scale;
    ScalePlace place;
    place.at = node->at;
    scale.id = table.id();
    refuse_duplicate(table, draft.questionnaire.scales, scale.id);
    scale.name = table.text("name");
    scale.low = table.text("low");
    scale.high = table.text("high");
    read_method(table, scale);
    read_parent(draft, table, scale);
    read_bands(draft, table, scale, place);
    read_typical(draft, table, scale, place);
    read_reliability(draft, table, scale);
    read_norms(draft, table, scale, place);
    table.finish();
    draft.questionnaire.scales.push_back(std::move(scale));
    draft.places.scales.push_back(std::move(place));
  }
}

}  // namespace attune::detail
