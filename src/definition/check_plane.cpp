// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/scores.hpp"

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_cuts = 32;

// Whether conditions hold at a point of the plane; `axes` gives x and y.
bool holds_at(const std::vector<Condition>& conditions, std::pair<std::size_t, std::size_t> axes,
              double x, double y) {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    return within(condition, condition.index == axes.first ? x : y);
  });
}

bool covers(const Region& region, std::pair<std::size_t, std::size_t> axes, double x, double y) {
  return std::any_of(region.when.begin(), region.when.end(),
                     [&](const std::vector<Condition>& all) { return holds_at(all, axes, x, y); });
}

void add_cuts(const Condition& condition, ScoreRange range, std::vector<double>& cuts) {
  for (const std::optional<double>& bound :
       {condition.at_least, condition.above, condition.at_most, condition.below}) {
    if (bound && *bound > range.min && *bound < range.max) cuts.push_back(*bound);
  }
}

// All places where a rule along `axis` can change its answer: the ends, each cut, and one point
// between neighbours stands for all points there.
std::vector<double> test_points(const Questionnaire& questionnaire, std::size_t axis) {
  // Regions are compared with means or sums over the full form.
  const auto items = static_cast<std::size_t>(
      std::count_if(questionnaire.items.begin(), questionnaire.items.end(),
                    [&](const Item& item) { return counts_for(questionnaire, item, axis); }));
  const ScoreRange range = score_range(questionnaire, axis, items);
  std::vector<double> cuts{range.min, range.max};
  for (const Region& region : questionnaire.regions) {
    for (const std::vector<Condition>& conditions : region.when) {
      for (const Condition& condition : conditions) {
        if (condition.index == axis) add_cuts(condition, range, cuts);
      }
    }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<double> points;
  for (std::size_t cut = 0; cut < cuts.size(); ++cut) {
    if (cut > 0) points.push_back(cuts[cut - 1] + (cuts[cut] - cuts[cut - 1]) / 2);
    points.push_back(cuts[cut]);
  }
  return points;
}

// Regions may name two main scales only, and no items. False when they do otherwise.
bool check_subjects(Draft& draft) {
  const std::size_t errors = draft.findings().errors();
  for (std::size_t index = 0; index < draft.questionnaire.regions.size(); ++index) {
    const Rule& rule = draft.questionnaire.regions[index].when;
    const RulePlace& place = draft.places.regions[index].when;
    for (std::size_t alternative = 0; alternative < rule.size(); ++alternative) {
      for (const Condition& condition : rule[alternative]) {
        const bool main = condition.subject == Subject::scale &&
                          !draft.questionnaire.scales[condition.index].parent;
        if (main) continue;
        draft.findings().error(place.alternatives[alternative],
                               "a region is an area of two main scales; this names "
                               "something else");
      }
    }
  }
  return draft.findings().errors() == errors;
}

class TilingCheck {
 public:
  TilingCheck(Draft& draft, std::pair<std::size_t, std::size_t> axes)
      : draft_(draft), axes_(axes) {}

  void check(const std::vector<double>& xs, const std::vector<double>& ys) {
    overlaps_.assign(draft_.questionnaire.regions.size(), false);
    for (const double x : xs) {
      for (const double y : ys) check_point(x, y);
    }
  }

 private:
  void check_point(double x, double y) {
    const std::vector<Region>& regions = draft_.questionnaire.regions;
    std::optional<std::size_t> owner;
    for (std::size_t index = 0; index < regions.size(); ++index) {
      if (!covers(regions[index], axes_, x, y)) continue;
      if (owner && !overlaps_[index]) {
        overlaps_[index] = true;
        draft_.findings().error(draft_.places.regions[index].at,
                                fmt::format("the regions '{}' and '{}' both cover {}",
                                            regions[*owner].id, regions[index].id, point(x, y)));
      }
      if (!owner) owner = index;
    }
    if (owner || gap_) return;
    gap_ = true;
    draft_.findings().error(draft_.places.regions.front().at,
                            fmt::format("no region covers {}", point(x, y)),
                            "together the regions must cover every pair of scores once");
  }

  [[nodiscard]] std::string point(double x, double y) const {
    const std::vector<Scale>& scales = draft_.questionnaire.scales;
    return fmt::format("{} {}, {} {}", scales[axes_.first].id, render_decimal(x),
                       scales[axes_.second].id, render_decimal(y));
  }

  Draft& draft_;
  std::pair<std::size_t, std::size_t> axes_;
  std::vector<bool> overlaps_;
  bool gap_ = false;
};

}  // namespace

// The truth of every rule is constant on the open cells between the cuts, on each cut and at each
// crossing, so testing one point of each proves the tiling for the whole plane.
void check_plane(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  if (questionnaire.regions.empty() || !check_subjects(draft)) return;
  const auto axes = plane_axes(questionnaire);
  const Offset at = draft.places.regions.front().at;
  if (!axes) {
    draft.findings().error(at, "regions must name exactly two main scales");
    return;
  }
  const std::vector<double> xs = test_points(questionnaire, axes->first);
  const std::vector<double> ys = test_points(questionnaire, axes->second);
  if (std::max(xs.size(), ys.size()) > 2 * max_cuts) {
    draft.findings().error(at, "regions cut a scale at more than 32 places");
    return;
  }
  TilingCheck(draft, *axes).check(xs, ys);
}

}  // namespace attune::detail
