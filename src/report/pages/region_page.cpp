// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "attune/interpretation.hpp"
#include "attune/scores.hpp"

#include "report/pages/pages.hpp"
#include "report/render/sentences.hpp"

namespace attune::report {
namespace {

using Axes = std::pair<std::size_t, std::size_t>;

// --- the map ----------------------------------------------------------------------------------

// Every bound that a region's rule sets on `scale`, strictly within its range, ascending.
std::vector<double> region_borders(const Questionnaire& questionnaire, std::size_t scale,
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

std::vector<double> with_both_ends(const std::vector<double>& cuts, double min, double max) {
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

std::vector<PlaneArea> named_areas(const Questionnaire& questionnaire, const Axes& axes,
                                   const Plane& plane) {
  const std::vector<double> xs = with_both_ends(plane.cuts_x, plane.min_x, plane.max_x);
  const std::vector<double> ys = with_both_ends(plane.cuts_y, plane.min_y, plane.max_y);
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

// --- a place on it ----------------------------------------------------------------------------

const std::string& region_name(const Profile& profile, std::size_t region) {
  return profile.questionnaire.regions[region].name;
}

// "about 6 in 10 for this area and about 3 in 10 for 'Drawn close, on guard'"
std::string chances_in_words(const Profile& profile, const interpretation::RegionReading& reading) {
  std::vector<std::string> chances{chance(reading.probabilities[reading.region]) +
                                   " for this area"};
  for (const std::size_t region : reading.neighbours) {
    chances.push_back(fmt::format("{} for '{}'", chance(reading.probabilities[region]),
                                  region_name(profile, region)));
  }
  return joined(chances, ", ", " and ");
}

// "'Drawn close, on guard', 'Close and on alert' and 'Calm at a distance'"
std::string names_in_reach(const Profile& profile, const interpretation::RegionReading& reading) {
  std::vector<std::string> names{fmt::format("'{}'", region_name(profile, reading.region))};
  for (const std::size_t region : reading.neighbours) {
    names.push_back(fmt::format("'{}'", region_name(profile, region)));
  }
  return joined(names, ", ", " and ");
}

// Where the point lies and how sure that is: said before the region's text, so that it is read
// with the right weight.
std::string place_words(const Profile& profile, const interpretation::RegionReading& reading) {
  if (!interpretation::is_clear(reading)) {
    return fmt::format(
        "Your answers lie where areas meet: the margin of error takes in {}, and none of them fits "
        "clearly better than the others. Your scores above say more than any of these names.",
        names_in_reach(profile, reading));
  }
  const std::string place =
      fmt::format("Your answers fall in the area '{}'", region_name(profile, reading.region));
  if (!reading.near_border) return place + ". The margin of error stays within its borders.";
  if (reading.neighbours.empty()) {
    return fmt::format(
        "{}. The margin of error reaches over a border, but the chances for this area are {}.",
        place, chance(reading.probabilities[reading.region]));
  }
  return fmt::format(
      "{}, close to a border: with the margin of error, the chances are {}. Read what follows with "
      "that in mind; parts of a neighbouring area may fit you as well.",
      place, chances_in_words(profile, reading));
}

// "from 2.1 to 5.0 on Anxiety"
std::string way_in_words(const std::string& name, double low, double high, double min, double max) {
  const std::string from = shown(low, min, max);
  const std::string to = shown(high, min, max);
  if (from == to) return fmt::format("at {} on {}", from, name);
  return fmt::format("from {} to {} on {}", from, to, name);
}

// Where the earlier check-ins lay, for those who don't see them.
std::string earlier_in_words(const Plane& plane) {
  if (plane.earlier.empty()) return {};
  const auto [left, right] =
      std::minmax_element(plane.earlier.begin(), plane.earlier.end(),
                          [](const PlanePosition& a, const PlanePosition& b) { return a.x < b.x; });
  const auto [bottom, top] =
      std::minmax_element(plane.earlier.begin(), plane.earlier.end(),
                          [](const PlanePosition& a, const PlanePosition& b) { return a.y < b.y; });
  const std::size_t count = plane.earlier.size();
  return fmt::format(
      " {} lay {} and {}.",
      count == 1 ? "The earlier check-in" : fmt::format("The {} earlier check-ins", count),
      way_in_words(plane.x_name, left->x, right->x, plane.min_x, plane.max_x),
      way_in_words(plane.y_name, bottom->y, top->y, plane.min_y, plane.max_y));
}

std::string plane_in_words(const Profile& profile, const Axes& axes) {
  const auto part = [&](std::size_t scale) {
    return place_on_scale(profile.questionnaire.scales[scale].name,
                          profile.scores[scale].estimate->score,
                          range_of(profile.questionnaire, profile.scores, scale));
  };
  std::string text = fmt::format("{}; {}", part(axes.first), part(axes.second));
  if (const auto& reading = profile.interpretation.region;
      reading && interpretation::is_clear(*reading)) {
    text += fmt::format("; together in the area '{}'", region_name(profile, reading->region));
  }
  return text + '.';
}

Plane profile_plane(const Profile& profile, const Axes& axes, std::vector<PlanePosition> earlier) {
  const Estimate& x = *profile.scores[axes.first].estimate;
  const Estimate& y = *profile.scores[axes.second].estimate;
  Plane plane = plane_frame(profile.questionnaire, axes,
                            range_of(profile.questionnaire, profile.scores, axes.first),
                            range_of(profile.questionnaire, profile.scores, axes.second));
  plane.points = {{x.score, y.score, x.low, x.high, y.low, y.high, {}}};
  plane.earlier = std::move(earlier);
  plane.description = plane_in_words(profile, axes) + earlier_in_words(plane);
  return plane;
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
  plane.cuts_x = region_borders(questionnaire, axes.first, range_x);
  plane.cuts_y = region_borders(questionnaire, axes.second, range_y);
  plane.areas = named_areas(questionnaire, axes, plane);
  return plane;
}

void add_plane(Document& document, const Profile& profile, std::vector<PlanePosition> earlier) {
  const auto axes = plane_axes(profile.questionnaire);
  if (!axes) return;
  if (!profile.scores[axes->first].estimate || !profile.scores[axes->second].estimate) {
    say(document, "The picture of the two together is left out: it needs both scores.");
    return;
  }
  document.emplace_back(Heading{2, "The two together"});
  document.emplace_back(profile_plane(profile, *axes, std::move(earlier)));
  const auto& reading = profile.interpretation.region;
  if (reading) {
    say(document, place_words(profile, *reading));
    if (interpretation::is_clear(*reading)) {
      say(document, profile.questionnaire.regions[reading->region].text);
    }
  }
  say(document,
      "An area is a place on a map of two dimensions, not a type of person. People differ by "
      "degree, and the lines are reading aids. This is one sitting: another day, or another person "
      "in mind, can look different.");
}

}  // namespace attune::report
