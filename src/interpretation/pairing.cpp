// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "attune/interpretation.hpp"

#include "interpretation/cells.hpp"

namespace attune::interpretation {
namespace {

// Below this a name would hang on a hair, as it would for a region.
constexpr double clear_probability = 0.5;

// The scales that rules name, in the order of the file.
std::vector<std::size_t> named_scales(const Questionnaire& questionnaire) {
  std::vector<std::size_t> scales;
  for (const Pairing& pairing : questionnaire.pairings) {
    for (const Rule* rule : {&pairing.one, &pairing.other}) {
      for (const std::vector<Condition>& conditions : *rule) {
        for (const Condition& condition : conditions) scales.push_back(condition.index);
      }
    }
  }
  std::sort(scales.begin(), scales.end());
  scales.erase(std::unique(scales.begin(), scales.end()), scales.end());
  return scales;
}

// One person's position: an axis for each scale that is named, with the probabilities of its cells.
struct Position {
  std::vector<CutScale> axes;
  std::vector<std::vector<double>> probabilities;  // parallel to axes
};

std::optional<Position> position_of(const Questionnaire& questionnaire, const Scores& scores) {
  Position position;
  for (const std::size_t scale : named_scales(questionnaire)) {
    std::optional<CutScale> axis = axis_of(questionnaire, scores, scale);
    if (!axis) return std::nullopt;
    for (const Pairing& pairing : questionnaire.pairings) {
      add_cuts(*axis, pairing.one);
      add_cuts(*axis, pairing.other);
    }
    position.probabilities.push_back(cell_probabilities(*axis));
    position.axes.push_back(*std::move(axis));
  }
  return position;
}

// Whether the rule holds in a cell: `cells` has its place on each axis.
bool holds_in(const Rule& rule, const Position& position, const std::vector<std::size_t>& cells) {
  const auto condition_holds = [&](const Condition& condition) {
    const auto& axes = position.axes;
    const auto axis = std::find_if(axes.begin(), axes.end(), [&](const CutScale& each) {
      return each.scale == condition.index;
    });
    const auto place = static_cast<std::size_t>(axis - axes.begin());
    return within(condition, middle_of_cell(*axis, cells[place]));
  };
  return std::any_of(rule.begin(), rule.end(), [&](const std::vector<Condition>& conditions) {
    return std::all_of(conditions.begin(), conditions.end(), condition_holds);
  });
}

// Moves to the next cell, the first axis fastest. False after the last.
bool next_cell(const Position& position, std::vector<std::size_t>& cells) {
  for (std::size_t axis = 0; axis < cells.size(); ++axis) {
    if (++cells[axis] < position.axes[axis].cells()) return true;
    cells[axis] = 0;
  }
  return false;
}

double rule_probability(const Rule& rule, const Position& position) {
  double sum = 0;
  std::vector<std::size_t> cells(position.axes.size());
  do {
    if (!holds_in(rule, position, cells)) continue;
    double product = 1;
    for (std::size_t axis = 0; axis < cells.size(); ++axis) {
      product *= position.probabilities[axis][cells[axis]];
    }
    sum += product;
  } while (next_cell(position, cells));
  return sum;
}

bool is_fallback(const Pairing& pairing) { return pairing.one.empty() && pairing.other.empty(); }

// How likely a pairing is, each way round.
struct BothWays {
  double first_is_one = 0;
  double second_is_one = 0;

  [[nodiscard]] double better() const { return std::max(first_is_one, second_is_one); }
};

BothWays both_ways(const Pairing& pairing, const Position& first, const Position& second) {
  if (is_fallback(pairing)) return {};
  return {rule_probability(pairing.one, first) * rule_probability(pairing.other, second),
          rule_probability(pairing.one, second) * rule_probability(pairing.other, first)};
}

Roles roles_of(const Pairing& pairing, const BothWays& ways) {
  const bool are_alike = pairing.for_other.empty();
  const bool both_clear = std::min(ways.first_is_one, ways.second_is_one) >= clear_probability;
  if (are_alike || both_clear) return Roles::either;
  return ways.first_is_one > ways.second_is_one ? Roles::first_is_one : Roles::second_is_one;
}

}  // namespace

std::optional<ScoreDifference> score_difference(const ScaleScore& first, const ScaleScore& second) {
  if (!first.estimate || !second.estimate) return std::nullopt;
  ScoreDifference result;
  result.difference = second.estimate->score - first.estimate->score;
  result.se = std::hypot(first.estimate->se, second.estimate->se);
  result.low = result.difference - z_95 * result.se;
  result.high = result.difference + z_95 * result.se;
  return result;
}

bool differs(const ScoreDifference& difference) {
  return difference.low > 0 || difference.high < 0;
}

std::optional<PairingReading> pairing_of(const Questionnaire& questionnaire, const Scores& first,
                                         const Scores& second) {
  const std::vector<Pairing>& pairings = questionnaire.pairings;
  const auto fallback = std::find_if(pairings.begin(), pairings.end(), is_fallback);
  if (fallback == pairings.end()) return std::nullopt;
  const std::optional<Position> a = position_of(questionnaire, first);
  const std::optional<Position> b = position_of(questionnaire, second);
  if (!a || !b) return std::nullopt;

  PairingReading reading;
  reading.pairing = static_cast<std::size_t>(fallback - pairings.begin());
  for (std::size_t index = 0; index < pairings.size(); ++index) {
    const BothWays ways = both_ways(pairings[index], *a, *b);
    reading.probabilities.push_back(ways.better());
    if (ways.better() < clear_probability) continue;
    const bool comes_first =
        !reading.is_clear || pairings[index].priority > pairings[reading.pairing].priority;
    if (!comes_first) continue;
    reading.pairing = index;
    reading.is_clear = true;
    reading.roles = roles_of(pairings[index], ways);
  }
  return reading;
}

}  // namespace attune::interpretation
