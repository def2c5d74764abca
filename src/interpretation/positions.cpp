// SPDX-License-Identifier: MIT
// Where people stand on scales that rules cut into cells: one among the regions of the plane, two
// among the pairings.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <span>

#include "attune/interpretation.hpp"

namespace attune::interpretation {
namespace {

// Below these a name would hang on a hair; the second is "about 6 in 10" in words.
constexpr double clear_probability = 0.5;
constexpr double clear_region = 0.55;

// A region that is less likely than this is no neighbour worth naming: one in ten, our choice.
constexpr double neighbour_probability = 0.10;

// One scale, cut by every bound that a rule sets on it. Cell i lies between cuts i−1 and i; the
// first and the last reach to infinity, so that probabilities add up to 1.
struct CutScale {
  std::optional<std::size_t> scale;
  Estimate estimate;
  ScoreRange range;
  std::vector<double> cuts;                 // ascending, each once, within the range
  std::vector<double> probabilities = {1};  // of each cell, given the estimate and its error

  [[nodiscard]] std::size_t cells() const { return cuts.size() + 1; }

  // A score within the cell. No bound lies between two scores of a cell, so that its middle speaks
  // for all of it.
  [[nodiscard]] double middle_of(std::size_t cell) const {
    const double low = cell == 0 ? range.min : cuts[cell - 1];
    const double high = cell == cuts.size() ? range.max : cuts[cell];
    return (low + high) / 2;
  }

  // Whether the interval of the estimate reaches into the cell.
  [[nodiscard]] bool reaches(std::size_t cell) const {
    const bool below = cell > 0 && estimate.high <= cuts[cell - 1];
    const bool above = cell < cuts.size() && estimate.low >= cuts[cell];
    return !below && !above;
  }
};

// One person's place on the two scales that rules name; where they name one alone, the second axis
// has no scale, and one cell.
using Position = std::array<CutScale, 2>;
using Point = std::array<double, 2>;

using Rules = std::vector<const Rule*>;

// Every bound on `scale` strictly within `range`, ascending, each once: a bound at an end of the
// range parts nothing that can be scored.
std::vector<double> cuts_of(const Rules& rules, std::size_t scale, ScoreRange range) {
  std::set<double> cuts;
  for (const Rule* rule : rules) {
    for (const std::vector<Condition>& conditions : *rule) {
      for (const Condition& condition : conditions) {
        if (condition.subject != Subject::scale || condition.index != scale) continue;
        for (const auto& bound : bounds_of(condition)) {
          if (bound && *bound > range.min && *bound < range.max) cuts.insert(*bound);
        }
      }
    }
  }
  return {cuts.begin(), cuts.end()};
}

Rules region_rules(const Questionnaire& questionnaire) {
  Rules rules;
  for (const Region& region : questionnaire.regions) rules.push_back(&region.when);
  return rules;
}

// Φ, the standard normal distribution function.
double normal_probability(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

// The normal probability of each cell; without an error all of it lies in the cell [cut, next cut)
// of the score itself.
std::vector<double> cell_probabilities(const CutScale& axis) {
  const double score = axis.estimate.score;
  const double se = axis.estimate.se;
  std::vector<double> result(axis.cells());
  if (!(se > 0)) {
    const auto above = std::ranges::upper_bound(axis.cuts, score);
    result[static_cast<std::size_t>(above - axis.cuts.begin())] = 1;
    return result;
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double from = -infinity;
  for (std::size_t cell = 0; cell < result.size(); ++cell) {
    const double to = cell == axis.cuts.size() ? infinity : (axis.cuts[cell] - score) / se;
    // Above the score both tails are taken from the other side, where they don't cancel.
    result[cell] = from > 0 ? normal_probability(-from) - normal_probability(-to)
                            : normal_probability(to) - normal_probability(from);
    from = to;
  }
  return result;
}

// The place of `scores` on `scales`, cut by `rules`; nothing when one of them is not scored.
std::optional<Position> position_of(const Questionnaire& questionnaire, const Scores& scores,
                                    std::span<const std::size_t> scales, const Rules& rules) {
  Position position;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const std::size_t scale = scales[i];
    if (!scores[scale].estimate) return std::nullopt;
    CutScale& axis = position[i];
    axis.scale = scale;
    axis.estimate = *scores[scale].estimate;
    axis.range = score_range(questionnaire, scale, scores[scale].items);
    axis.cuts = cuts_of(rules, scale, axis.range);
    axis.probabilities = cell_probabilities(axis);
  }
  return position;
}

bool holds_at(const Rule& rule, const Position& position, const Point& point) {
  return holds(rule, [&](const Condition& condition) {
    if (condition.subject != Subject::scale) return false;
    return within(condition, condition.index == position[0].scale ? point[0] : point[1]);
  });
}

// Summed over the cells of both axes where the rule holds.
double rule_probability(const Rule& rule, const Position& position) {
  const auto& [x, y] = position;
  double sum = 0;
  for (std::size_t i = 0; i < x.cells(); ++i) {
    for (std::size_t j = 0; j < y.cells(); ++j) {
      if (holds_at(rule, position, {x.middle_of(i), y.middle_of(j)})) {
        sum += x.probabilities[i] * y.probabilities[j];
      }
    }
  }
  return sum;
}

// Whether a part of the box of both intervals lies outside of the region.
bool reaches_out(const Region& region, const Position& position) {
  const auto& [x, y] = position;
  for (std::size_t i = 0; i < x.cells(); ++i) {
    for (std::size_t j = 0; j < y.cells(); ++j) {
      const bool is_reached = x.reaches(i) && y.reaches(j);
      if (is_reached && !holds_at(region.when, position, {x.middle_of(i), y.middle_of(j)})) {
        return true;
      }
    }
  }
  return false;
}

std::vector<std::size_t> neighbours_of(const RegionReading& reading) {
  const auto probability = [&](std::size_t region) { return reading.probabilities[region]; };
  std::vector<std::size_t> result;
  for (std::size_t region = 0; region < reading.probabilities.size(); ++region) {
    if (region == reading.region || probability(region) < neighbour_probability) continue;
    result.push_back(region);
  }
  std::ranges::stable_sort(result, std::ranges::greater{}, probability);
  return result;
}

// The scales that the rules name, in the order of the file.
std::vector<std::size_t> scales_in(const Rules& rules) {
  std::set<std::size_t> scales;
  for (const Rule* rule : rules) {
    for (const std::vector<Condition>& conditions : *rule) {
      for (const Condition& condition : conditions) scales.insert(condition.index);
    }
  }
  return {scales.begin(), scales.end()};
}

}  // namespace

std::optional<RegionReading> region_of(const Questionnaire& questionnaire, const Scores& scores) {
  const std::vector<Region>& regions = questionnaire.regions;
  const auto axes = plane_axes(questionnaire);
  if (!axes) return std::nullopt;
  const auto position = position_of(questionnaire, scores, std::array{axes->first, axes->second},
                                    region_rules(questionnaire));
  if (!position) return std::nullopt;

  const Point point{(*position)[0].estimate.score, (*position)[1].estimate.score};
  const auto found = std::ranges::find_if(
      regions, [&](const Region& region) { return holds_at(region.when, *position, point); });
  if (found == regions.end()) return std::nullopt;

  RegionReading reading;
  reading.region = static_cast<std::size_t>(found - regions.begin());
  for (const Region& region : regions) {
    reading.probabilities.push_back(rule_probability(region.when, *position));
  }
  reading.near_border = reaches_out(*found, *position);
  reading.neighbours = neighbours_of(reading);
  return reading;
}

std::vector<double> region_cuts(const Questionnaire& questionnaire, std::size_t scale,
                                ScoreRange range) {
  return cuts_of(region_rules(questionnaire), scale, range);
}

bool is_clear(const RegionReading& reading) {
  return reading.probabilities[reading.region] >= clear_region;
}

std::optional<PairingReading> pairing_of(const Questionnaire& questionnaire, const Scores& first,
                                         const Scores& second) {
  const std::vector<Pairing>& pairings = questionnaire.pairings;
  const auto fallback = std::ranges::find_if(pairings, is_fallback);
  if (fallback == pairings.end()) return std::nullopt;
  Rules rules;
  for (const Pairing& pairing : pairings) rules.insert(rules.end(), {&pairing.one, &pairing.other});
  const std::vector<std::size_t> scales = scales_in(rules);
  const auto a = position_of(questionnaire, first, scales, rules);
  const auto b = position_of(questionnaire, second, scales, rules);
  if (!a || !b) return std::nullopt;

  PairingReading reading;
  reading.pairing = static_cast<std::size_t>(fallback - pairings.begin());
  for (std::size_t index = 0; index < pairings.size(); ++index) {
    const Pairing& pairing = pairings[index];
    reading.probabilities.push_back(0);
    if (is_fallback(pairing)) continue;
    const double first_is_one =
        rule_probability(pairing.one, *a) * rule_probability(pairing.other, *b);
    const double second_is_one =
        rule_probability(pairing.one, *b) * rule_probability(pairing.other, *a);
    reading.probabilities.back() = std::max(first_is_one, second_is_one);
    const bool comes_first =
        !reading.is_clear || pairing.priority > pairings[reading.pairing].priority;
    if (reading.probabilities.back() < clear_probability || !comes_first) continue;
    reading.pairing = index;
    reading.is_clear = true;
    reading.roles = first_is_one > second_is_one ? Roles::first_is_one : Roles::second_is_one;
    const bool both_clear = std::min(first_is_one, second_is_one) >= clear_probability;
    if (pairing.for_other.empty() || both_clear) reading.roles = Roles::either;
  }
  return reading;
}

}  // namespace attune::interpretation
