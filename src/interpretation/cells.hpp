// SPDX-License-Identifier: MIT
#pragma once

/// A scale cut into cells by the bounds of rules, and how likely a score belongs to each: what the
/// probabilities of regions and of pairings are summed up from.

#include <cstddef>
#include <optional>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"

namespace attune::interpretation {

/// One dimension, cut by every bound that a rule sets on it. Cell i lies between cuts i−1 and i;
/// the first and the last reach to infinity, so that probabilities add up to 1.
struct CutScale {
  std::size_t scale = 0;
  Estimate estimate;
  ScoreRange range;
  std::vector<double> cuts;  ///< ascending, each once, within the range

  [[nodiscard]] std::size_t cells() const { return cuts.size() + 1; }
};

/// The axis of a scale, without cuts so far; nothing when it is not scored.
[[nodiscard]] std::optional<CutScale> axis_of(const Questionnaire& questionnaire,
                                              const Scores& scores, std::size_t scale);

/// Adds the bounds that `rule` sets on the axis.
void add_cuts(CutScale& axis, const Rule& rule);

/// A score within the cell. No bound lies between two scores of a cell, so that its middle speaks
/// for all of it.
[[nodiscard]] double middle_of_cell(const CutScale& axis, std::size_t cell);

/// The normal probability of each cell, given the estimate and its error; without an error all of
/// it lies in the cell [cut, next cut) of the score itself.
[[nodiscard]] std::vector<double> cell_probabilities(const CutScale& axis);

}  // namespace attune::interpretation
