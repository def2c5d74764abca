// SPDX-License-Identifier: MIT
// Checks at depth `use`: what administration, scoring and interpretation rest on.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/scores.hpp"

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

std::size_t main_scale(const Questionnaire& questionnaire, const Item& item) {
  return questionnaire.scales[*item.scale].parent.value_or(*item.scale);
}

// Reports the items of a main scale, facets included, that are answered on another range than the
// first of them: a mean over different ranges has no meaning.
void check_ranges(DefinitionDraft& draft, const std::vector<std::size_t>& items) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const Item& first = questionnaire.items[items.front()];
  const AnswerRange expected = answer_range(questionnaire, first);
  for (const std::size_t index : items) {
    const Item& item = questionnaire.items[index];
    const AnswerRange own = answer_range(questionnaire, item);
    if (own == expected) continue;
    draft.findings.error(
        draft.nodes.items[index]->at,
        fmt::format("the answers of '{}' go from {} to {}, those of '{}' in the same scale from "
                    "{} to {}",
                    item.id, own.min, own.max, first.id, expected.min, expected.max));
  }
}

void check_range(DefinitionDraft& draft, Place at, std::string_view what, double value,
                 ScoreRange range) {
  if (value >= range.min && value <= range.max) return;
  draft.findings.error(
      at, fmt::format("{} {} lies outside the scale's range, {} to {}", what, render_decimal(value),
                      render_decimal(range.min), render_decimal(range.max)));
}

void check_bands(DefinitionDraft& draft, const Scale& scale, const Node& node, ScoreRange range) {
  for (std::size_t band = 0; band < scale.bands.size(); ++band) {
    const std::optional<double> below = scale.bands[band].below;
    if (!below) continue;
    const Place below_at = node.find("bands")->children[band].place_of("below");
    check_range(draft, below_at, "'below'", *below, range);
    if (*below == range.min) {
      draft.findings.error(below_at, "no score lies below the lowest one",
                           "'below' must be above " + render_decimal(range.min));
    }
  }
}

// The scores of a sample lie within what its own answers allow. A norm that names no range is one
// of the scale's own.
void check_norms(DefinitionDraft& draft, Scale& scale, const Node& node, AnswerRange own,
                 std::size_t items) {
  const double factor = scale.method == ScoreMethod::sum ? static_cast<double>(items) : 1;
  for (std::size_t index = 0; index < scale.norms.size(); ++index) {
    Norm& norm = scale.norms[index];
    const Place at = node.find("norms")->children[index].at;
    if (!norm.range) norm.range = own;
    const ScoreRange range{norm.range->min * factor, norm.range->max * factor};
    if (norm.mean) check_range(draft, at, "the mean", *norm.mean, range);
    if (norm.sd && *norm.sd > range.max - range.min) {
      draft.findings.error(at, fmt::format("the SD {} is wider than the scale's range, {} to {}",
                                           render_decimal(*norm.sd), render_decimal(range.min),
                                           render_decimal(range.max)));
    }
    for (const auto& [score, percentage] : norm.percentiles) {
      check_range(draft, at, "the score", score, range);
    }
  }
}

// As many cells as regions and pairings may cut a scale into: a probability is a sum over them.
constexpr std::size_t max_cuts = 32;

// Reports conditions on anything but main scales; false when there are any. A region is an area of
// two of them, and two people may exchange their main scores alone.
bool read_main_scales(DefinitionDraft& draft, RuleOf wanted, const std::string& error) {
  const std::size_t errors = draft.findings.errors();
  for (const auto& [condition, rule_of, at] : draft.conditions) {
    const bool is_main =
        condition.subject == Subject::scale && !draft.questionnaire.scales[condition.index].parent;
    if (rule_of == wanted && !is_main) draft.findings.error(at, error);
  }
  return draft.findings.errors() == errors;
}

// The bounds that rules put on each scale they read, ascending.
std::map<std::size_t, std::set<double>> bounds_by_scale(const DefinitionDraft& draft,
                                                        RuleOf wanted) {
  std::map<std::size_t, std::set<double>> bounds;
  for (const auto& [condition, rule_of, at] : draft.conditions) {
    if (rule_of != wanted || condition.subject != Subject::scale) continue;
    bounds[condition.index].merge(present_bounds(condition));
  }
  return bounds;
}

// One pairing has no rules: it is for all whom no other fits.
void check_pairing_fallback(DefinitionDraft& draft) {
  const std::vector<Pairing>& pairings = draft.questionnaire.pairings;
  const auto fallback = std::ranges::find_if(pairings, is_fallback);
  if (fallback == pairings.end()) {
    return draft.findings.error(draft.nodes.pairings.front()->at, "every pairing has rules",
                                "one without 'one' and 'other' is for all whom no other fits");
  }
  const auto second = std::find_if(fallback + 1, pairings.end(), is_fallback);
  if (second == pairings.end()) return;
  draft.findings.error(
      draft.nodes.pairings[static_cast<std::size_t>(second - pairings.begin())]->at,
      fmt::format("'{}' has no rules either: it could never be chosen beside '{}'", second->id,
                  fallback->id));
}

using Axes = std::pair<std::size_t, std::size_t>;

// Every point belongs to one region. The first gap is reported, and the first overlap of each
// region with one before it.
void check_tiling(DefinitionDraft& draft, Axes axes, const std::vector<double>& xs,
                  const std::vector<double>& ys) {
  const std::vector<Region>& regions = draft.questionnaire.regions;
  const std::vector<Scale>& scales = draft.questionnaire.scales;
  std::vector<bool> overlaps(regions.size());
  bool has_gap = false;
  const auto check_point = [&](double x, double y) {
    const auto point = [&] {
      return fmt::format("{} {}, {} {}", scales[axes.first].id, render_decimal(x),
                         scales[axes.second].id, render_decimal(y));
    };
    const Region* owner = nullptr;
    for (std::size_t index = 0; index < regions.size(); ++index) {
      const bool is_inside = holds(regions[index].when, [&](const Condition& condition) {
        return within(condition, condition.index == axes.first ? x : y);
      });
      if (!is_inside || regions[index].when.empty()) continue;
      if (owner != nullptr && !overlaps[index]) {
        overlaps[index] = true;
        draft.findings.error(draft.nodes.regions[index]->at,
                             fmt::format("the regions '{}' and '{}' both cover {}", owner->id,
                                         regions[index].id, point()));
      }
      if (owner == nullptr) owner = &regions[index];
    }
    if (owner != nullptr || std::exchange(has_gap, true)) return;
    draft.findings.error(draft.nodes.regions.front()->at,
                         fmt::format("no region covers {}", point()),
                         "together the regions must cover every pair of scores once");
  };
  for (const double x : xs) {
    for (const double y : ys) check_point(x, y);
  }
}

void check_scales(DefinitionDraft& draft) {
  Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 0; index < questionnaire.scales.size(); ++index) {
    Scale& scale = questionnaire.scales[index];
    const Node& node = *draft.nodes.scales[index];
    if (find_scale(questionnaire, scale.id) != index) continue;  // a second one of this id
    const std::vector<std::size_t> items = items_of(questionnaire, full_form, index);
    if (items.empty()) {
      draft.findings.error(node.at, fmt::format("no item belongs to the scale '{}'", scale.id));
      continue;
    }
    if (!scale.parent) check_ranges(draft, items);
    const ScoreRange range = score_range(questionnaire, index, items.size());
    check_bands(draft, scale, node, range);
    if (scale.typical) {
      check_range(draft, node.place_of("typical"), "'low'", scale.typical->low, range);
      check_range(draft, node.place_of("typical"), "'high'", scale.typical->high, range);
    }
    const Item& first = questionnaire.items[items.front()];
    check_norms(draft, scale, node, answer_range(questionnaire, first), items.size());
  }
}

// In a form an item with a condition comes after what the condition is about; otherwise it could
// never be asked there.
void check_forms(DefinitionDraft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 1; index < questionnaire.forms.size(); ++index) {
    const Form& form = questionnaire.forms[index];
    std::vector<bool> asked(questionnaire.items.size());
    for (const std::size_t item : form.items) {
      std::set<std::size_t> read;
      for (const std::vector<Condition>& conditions : questionnaire.items[item].ask_when) {
        for (const Condition& condition : conditions) read.insert(condition.index);
      }
      for (const std::size_t earlier : read) {
        if (asked[earlier]) continue;
        draft.findings.error(
            draft.nodes.forms[index]->place_of("items"),
            fmt::format("'{}' depends on '{}', which the form does not ask before it",
                        questionnaire.items[item].id, questionnaire.items[earlier].id));
      }
      asked[item] = true;
    }
  }
}

void check_pairs(DefinitionDraft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 0; index < questionnaire.pairs.size(); ++index) {
    const Pair& pair = questionnaire.pairs[index];
    const Item& first = questionnaire.items[pair.first];
    const Item& second = questionnaire.items[pair.second];
    if (first.scale && second.scale &&
        main_scale(questionnaire, first) == main_scale(questionnaire, second)) {
      continue;
    }
    draft.findings.error(
        draft.nodes.pairs[index]->place_of("items"),
        fmt::format("'{}' and '{}' do not belong to one main scale", first.id, second.id));
  }
}

// Where a text outside of the items speaks of {about}, everybody has a name for the reader.
void check_people(DefinitionDraft& draft) {
  const auto lacks_name = [](const About& about) { return about.you.empty(); };
  const auto& abouts = draft.questionnaire.abouts;
  if (!abouts.empty() && std::ranges::none_of(abouts, lacks_name)) return;
  for (const TextPlace& place : texts_of(draft.questionnaire)) {
    const bool is_item = place.path.starts_with("items.");
    if (is_item || place.text->find("{about}") == std::string::npos) continue;
    draft.findings.error({}, place.path + " speaks of {about}, whom nobody names to the reader",
                         "give each key of [about] a phrase in [about_you]");
  }
}

// A scale that is not scored makes its conditions false, so whoever skips everything meets no
// rule at all: only a step without a rule can promise something to everyone.
void check_next_steps(DefinitionDraft& draft) {
  const std::vector<NextStep>& steps = draft.questionnaire.next_steps;
  const bool has_fallback = std::ranges::any_of(
      steps, [](const NextStep& step) { return step.when.empty() && step.abouts.empty(); });
  if (steps.empty() || has_fallback) return;
  draft.findings.error(draft.nodes.next_steps.front()->at,
                       "a person without scores would get no next step",
                       "leave 'when' and 'for' out of at least one step");
}

void check_pairings(DefinitionDraft& draft) {
  if (draft.questionnaire.pairings.empty()) return;
  const Place at = draft.nodes.pairings.front()->at;
  (void)read_main_scales(draft, RuleOf::pairing,
                         "a pairing is about main scales; this names something else");
  std::map<std::size_t, std::set<double>> bounds = bounds_by_scale(draft, RuleOf::pairing);
  std::erase_if(bounds, [&](const auto& scale) {
    return draft.questionnaire.scales[scale.first].parent.has_value();
  });
  if (bounds.size() > 2) draft.findings.error(at, "pairings name more than two scales");
  for (const auto& [scale, own] : bounds) {
    if (own.size() <= max_cuts) continue;
    draft.findings.error(at, "pairings cut a scale at more than 32 places");
  }
  check_pairing_fallback(draft);
}

// The truth of every rule is constant on the open cells between the cuts, on each cut and at each
// crossing, so testing one point of each proves the tiling for the whole plane.
void check_plane(DefinitionDraft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  if (questionnaire.regions.empty()) return;
  constexpr const char* error = "a region is an area of two main scales; this names something else";
  if (!read_main_scales(draft, RuleOf::region, error)) return;
  const auto axes = plane_axes(questionnaire);
  const Place at = draft.nodes.regions.front()->at;
  if (!axes) {
    draft.findings.error(at, "regions must name exactly two main scales");
    return;
  }
  std::map<std::size_t, std::set<double>> bounds = bounds_by_scale(draft, RuleOf::region);
  const auto points_of = [&](std::size_t scale) {
    return test_points(full_range(questionnaire, scale), bounds[scale]);
  };
  const std::vector<double> xs = points_of(axes->first);
  const std::vector<double> ys = points_of(axes->second);
  if (std::max(xs.size(), ys.size()) > 2 * max_cuts) {
    draft.findings.error(at, "regions cut a scale at more than 32 places");
    return;
  }
  check_tiling(draft, *axes, xs, ys);
}

}  // namespace

ScoreRange full_range(const Questionnaire& questionnaire, std::size_t scale) {
  return score_range(questionnaire, scale, items_of(questionnaire, full_form, scale).size());
}

std::set<double> present_bounds(const Condition& condition) {
  std::set<double> present;
  for (const std::optional<double>& bound : bounds_of(condition)) {
    if (bound) present.insert(*bound);
  }
  return present;
}

std::vector<double> test_points(ScoreRange range, const std::set<double>& bounds) {
  std::vector<double> points{range.min};
  const auto add = [&points](double cut) {
    points.push_back(points.back() + (cut - points.back()) / 2);
    points.push_back(cut);
  };
  for (const double bound : bounds) {
    if (bound > range.min && bound < range.max) add(bound);
  }
  add(range.max);
  return points;
}

void check_parts(DefinitionDraft& draft) {
  check_scales(draft);
  check_forms(draft);
  check_pairs(draft);
  check_plane(draft);
  check_people(draft);
  check_next_steps(draft);
  check_pairings(draft);
}

}  // namespace attune::definition
