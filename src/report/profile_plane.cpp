// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "report/axis.hpp"
#include "report/plane_frame.hpp"
#include "report/profile_parts.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

using Axes = std::pair<std::size_t, std::size_t>;

const std::string& region_name(const Profile& profile, std::size_t region) {
  return profile.questionnaire.regions[region].name;
}

// "about 6 in 10 for this area and about 3 in 10 for 'Drawn close, on guard'"
std::string chances_in_words(const Profile& profile, const RegionReading& reading) {
  std::string words = chance(reading.probabilities[reading.region]) + " for this area";
  for (std::size_t i = 0; i < reading.neighbours.size(); ++i) {
    const std::size_t region = reading.neighbours[i];
    words += i + 1 == reading.neighbours.size() ? " and " : ", ";
    words += fmt::format("{} for '{}'", chance(reading.probabilities[region]),
                         region_name(profile, region));
  }
  return words;
}

// "'Drawn close, on guard', 'Close and on alert' and 'Calm at a distance'"
std::string names_in_reach(const Profile& profile, const RegionReading& reading) {
  std::string names = fmt::format("'{}'", region_name(profile, reading.region));
  for (std::size_t i = 0; i < reading.neighbours.size(); ++i) {
    const bool last = i + 1 == reading.neighbours.size();
    names +=
        fmt::format("{}'{}'", last ? " and " : ", ", region_name(profile, reading.neighbours[i]));
  }
  return names;
}

// Where the point lies and how sure that is: said before the region's text, so that it is read
// with the right weight.
std::string place_words(const Profile& profile, const RegionReading& reading) {
  if (!is_clear(reading)) {
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

std::string description_of(const Profile& profile, const Axes& axes) {
  const auto part = [&](std::size_t scale) {
    const ScoreRange range = range_of(profile, scale);
    return fmt::format("{} {} on a scale from {} to {}", profile.questionnaire.scales[scale].name,
                       shown(profile.scores[scale].estimate->score, range.min, range.max),
                       tick_label(range.min), tick_label(range.max));
  };
  std::string text = fmt::format("{}; {}", part(axes.first), part(axes.second));
  if (const auto& reading = profile.interpretation.region; reading && is_clear(*reading)) {
    text += fmt::format("; together in the area '{}'", region_name(profile, reading->region));
  }
  return text + '.';
}

Plane plane_of(const Profile& profile, const Axes& axes, std::vector<PlanePosition> earlier) {
  const Estimate& x = *profile.scores[axes.first].estimate;
  const Estimate& y = *profile.scores[axes.second].estimate;
  Plane plane = plane_frame(profile.questionnaire, axes, range_of(profile, axes.first),
                            range_of(profile, axes.second));
  plane.points = {{x.score, y.score, x.low, x.high, y.low, y.high, {}}};
  plane.earlier = std::move(earlier);
  plane.description = description_of(profile, axes) + earlier_in_words(plane);
  return plane;
}

}  // namespace

std::string chance(double probability) {
  if (probability < 0.05) return "less than 1 in 10";
  if (probability >= 0.95) return "more than 9 in 10";
  return fmt::format("about {} in 10", std::lround(probability * 10));
}

void add_plane(Document& document, const Profile& profile, std::vector<PlanePosition> earlier) {
  const auto axes = plane_axes(profile.questionnaire);
  if (!axes) return;
  if (!profile.scores[axes->first].estimate || !profile.scores[axes->second].estimate) {
    document.emplace_back(
        Paragraph{"The picture of the two together is left out: it needs both scores."});
    return;
  }
  document.emplace_back(Heading{2, "The two together"});
  document.emplace_back(plane_of(profile, *axes, std::move(earlier)));
  const auto& reading = profile.interpretation.region;
  if (reading) {
    document.emplace_back(Paragraph{place_words(profile, *reading)});
    if (is_clear(*reading)) {
      document.emplace_back(Paragraph{profile.questionnaire.regions[reading->region].text});
    }
  }
  document.emplace_back(Paragraph{
      "An area is a place on a map of two dimensions, not a type of person. People differ "
      "by degree, and the lines are reading aids. This is one sitting: another day, or "
      "another person in mind, can look different."});
}

}  // namespace attune::detail
