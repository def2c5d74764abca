// SPDX-License-Identifier: MIT
#include "interpretation/cells.hpp"

#include <algorithm>
#include <limits>

#include "attune/interpretation.hpp"

namespace attune::detail {

std::optional<CutScale> axis_of(const Questionnaire& questionnaire, const Scores& scores,
                                std::size_t scale) {
  if (!scores[scale].estimate) return std::nullopt;
  CutScale axis;
  axis.scale = scale;
  axis.estimate = *scores[scale].estimate;
  axis.range = score_range(questionnaire, scale, scores[scale].items);
  return axis;
}

void add_cuts(CutScale& axis, const Rule& rule) {
  // A bound at an end of the range parts nothing that can be scored.
  const auto add = [&](const std::optional<double>& bound) {
    if (bound && *bound > axis.range.min && *bound < axis.range.max) axis.cuts.push_back(*bound);
  };
  for (const std::vector<Condition>& conditions : rule) {
    for (const Condition& condition : conditions) {
      if (condition.subject != Subject::scale || condition.index != axis.scale) continue;
      add(condition.at_least);
      add(condition.above);
      add(condition.at_most);
      add(condition.below);
    }
  }
  std::sort(axis.cuts.begin(), axis.cuts.end());
  axis.cuts.erase(std::unique(axis.cuts.begin(), axis.cuts.end()), axis.cuts.end());
}

double middle_of_cell(const CutScale& axis, std::size_t cell) {
  const double low = cell == 0 ? axis.range.min : axis.cuts[cell - 1];
  const double high = cell == axis.cuts.size() ? axis.range.max : axis.cuts[cell];
  return (low + high) / 2;
}

std::vector<double> cell_probabilities(const CutScale& axis) {
  const double score = axis.estimate.score;
  const double se = axis.estimate.se;
  std::vector<double> result(axis.cells());
  if (!(se > 0)) {
    const auto above = std::upper_bound(axis.cuts.begin(), axis.cuts.end(), score);
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

}  // namespace attune::detail
