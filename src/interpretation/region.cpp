// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "attune/interpretation.hpp"

#include "interpretation/cells.hpp"

namespace attune::interpretation {
namespace {

// A region that is less likely than this is no neighbour worth naming: one in ten, our choice.
constexpr double neighbour_probability = 0.10;

struct Point {
  double x = 0;
  double y = 0;
};

using Axes = std::array<CutScale, 2>;

std::optional<CutScale> cut_axis(const Questionnaire& questionnaire, const Scores& scores,
                                 std::size_t scale) {
  std::optional<CutScale> axis = axis_of(questionnaire, scores, scale);
  if (!axis) return axis;
  for (const Region& region : questionnaire.regions) add_cuts(*axis, region.when);
  return axis;
}

bool belongs(const Region& region, const Axes& axes, Point point) {
  const auto condition_holds = [&](const Condition& condition) {
    if (condition.subject != Subject::scale) return false;
    return within(condition, condition.index == axes[0].scale ? point.x : point.y);
  };
  const auto all_hold = [&](const std::vector<Condition>& conditions) {
    return std::all_of(conditions.begin(), conditions.end(), condition_holds);
  };
  return region.when.empty() || std::any_of(region.when.begin(), region.when.end(), all_hold);
}

double region_probability(const Region& region, const Axes& axes,
                          const std::vector<double>& columns, const std::vector<double>& rows) {
  double sum = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) {
      if (belongs(region, axes, {middle_of_cell(axes[0], i), middle_of_cell(axes[1], j)})) {
        sum += columns[i] * rows[j];
      }
    }
  }
  return sum;
}

// Whether the interval of `axis` reaches into its cell.
bool reaches(const CutScale& axis, std::size_t cell) {
  const bool below = cell > 0 && axis.estimate.high <= axis.cuts[cell - 1];
  const bool above = cell < axis.cuts.size() && axis.estimate.low >= axis.cuts[cell];
  return !below && !above;
}

// Whether the box of both intervals holds a piece of the region's border that is crossed along
// axis `along`: two cells on either side of a cut inside the interval, one of them in the region.
bool crosses_border(const Region& region, const Axes& axes, std::size_t along) {
  const CutScale& axis = axes[along];
  const CutScale& other = axes[1 - along];
  const auto in_region = [&](std::size_t cell, std::size_t other_cell) {
    const double a = middle_of_cell(axis, cell);
    const double b = middle_of_cell(other, other_cell);
    return belongs(region, axes, along == 0 ? Point{a, b} : Point{b, a});
  };
  for (std::size_t cut = 0; cut < axis.cuts.size(); ++cut) {
    if (axis.cuts[cut] <= axis.estimate.low || axis.cuts[cut] >= axis.estimate.high) continue;
    for (std::size_t cell = 0; cell < other.cells(); ++cell) {
      if (reaches(other, cell) && in_region(cut, cell) != in_region(cut + 1, cell)) return true;
    }
  }
  return false;
}

std::vector<std::size_t> neighbours_of(const RegionReading& reading) {
  std::vector<std::size_t> result(reading.probabilities.size());
  std::iota(result.begin(), result.end(), std::size_t{0});
  const auto unlikely = [&](std::size_t region) {
    return region == reading.region || reading.probabilities[region] < neighbour_probability;
  };
  result.erase(std::remove_if(result.begin(), result.end(), unlikely), result.end());
  std::stable_sort(result.begin(), result.end(), [&](std::size_t a, std::size_t b) {
    return reading.probabilities[a] > reading.probabilities[b];
  });
  return result;
}

}  // namespace

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

double normal_probability(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

std::optional<RegionReading> region_of(const Questionnaire& questionnaire, const Scores& scores) {
  const auto scales = plane_axes(questionnaire);
  if (!scales) return std::nullopt;
  std::optional<CutScale> x = cut_axis(questionnaire, scores, scales->first);
  std::optional<CutScale> y = cut_axis(questionnaire, scores, scales->second);
  if (!x || !y) return std::nullopt;
  const Axes axes{std::move(*x), std::move(*y)};

  const Point point{axes[0].estimate.score, axes[1].estimate.score};
  const auto found =
      std::find_if(questionnaire.regions.begin(), questionnaire.regions.end(),
                   [&](const Region& region) { return belongs(region, axes, point); });
  if (found == questionnaire.regions.end()) return std::nullopt;

  RegionReading reading;
  reading.region = static_cast<std::size_t>(found - questionnaire.regions.begin());
  const std::vector<double> columns = cell_probabilities(axes[0]);
  const std::vector<double> rows = cell_probabilities(axes[1]);
  for (const Region& region : questionnaire.regions) {
    reading.probabilities.push_back(region_probability(region, axes, columns, rows));
  }
  reading.near_border = crosses_border(*found, axes, 0) || crosses_border(*found, axes, 1);
  reading.neighbours = neighbours_of(reading);
  return reading;
}

bool is_clear(const RegionReading& reading) { return reading.probabilities[reading.region] >= 0.5; }

}  // namespace attune::interpretation
