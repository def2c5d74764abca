// SPDX-License-Identifier: MIT
#include "report/plane_frame.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attune/scores.hpp"

namespace attune::detail {
namespace {

using Axes = std::pair<std::size_t, std::size_t>;

// Every bound that a region's rule sets on `scale`, strictly within its range, ascending.
std::vector<double> cuts_of(const Questionnaire& questionnaire, std::size_t scale,
                            ScoreRange range) {
  std::vector<double> cuts;
  for (const Region& region : questionnaire.regions) {
    for (const auto& table : region.when) {
      for (const Condition& condition : table) {
        if (condition.subject != Subject::scale || condition.index != scale) continue;
        for (const auto& bound :
             {condition.at_least, condition.above, condition.at_most, condition.below}) {
          if (bound && *bound > range.min && *bound < range.max) cuts.push_back(*bound);
        }
      }
    }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

std::vector<double> with_ends(const std::vector<double>& cuts, double min, double max) {
  std::vector<double> borders;
  borders.reserve(cuts.size() + 2);
  borders.push_back(min);
  for (const double cut : cuts) borders.push_back(cut);
  borders.push_back(max);
  return borders;
}

bool holds_at(const Region& region, const Axes& axes, double x, double y) {
  const auto condition_holds = [&](const Condition& condition) {
    return within(condition, condition.index == axes.first ? x : y);
  };
  return std::any_of(region.when.begin(), region.when.end(),
                     [&](const std::vector<Condition>& conditions) {
                       return std::all_of(conditions.begin(), conditions.end(), condition_holds);
                     });
}

std::vector<PlaneArea> areas_of(const Questionnaire& questionnaire, const Axes& axes,
                                const Plane& plane) {
  const std::vector<double> xs = with_ends(plane.cuts_x, plane.min_x, plane.max_x);
  const std::vector<double> ys = with_ends(plane.cuts_y, plane.min_y, plane.max_y);
  std::vector<PlaneArea> areas;
  for (const Region& region : questionnaire.regions) {
    PlaneArea area{region.name, 0, 0};
    double largest = 0;
    for (std::size_t i = 1; i < xs.size(); ++i) {
      for (std::size_t j = 1; j < ys.size(); ++j) {
        const double size = (xs[i] - xs[i - 1]) * (ys[j] - ys[j - 1]);
        const double x = (xs[i] + xs[i - 1]) / 2;
        const double y = (ys[j] + ys[j - 1]) / 2;
        if (size <= largest || !holds_at(region, axes, x, y)) continue;
        largest = size;
        area.x = x;
        area.y = y;
      }
    }
    if (largest > 0) areas.push_back(std::move(area));
  }
  return areas;
}

}  // namespace

Plane plane_frame(const Questionnaire& questionnaire, Axes axes, ScoreRange range_x,
                  ScoreRange range_y) {
  Plane plane;
  plane.x_name = questionnaire.scales[axes.first].name;
  plane.y_name = questionnaire.scales[axes.second].name;
  plane.min_x = range_x.min;
  plane.max_x = range_x.max;
  plane.min_y = range_y.min;
  plane.max_y = range_y.max;
  plane.cuts_x = cuts_of(questionnaire, axes.first, range_x);
  plane.cuts_y = cuts_of(questionnaire, axes.second, range_y);
  plane.areas = areas_of(questionnaire, axes, plane);
  return plane;
}

}  // namespace attune::detail
