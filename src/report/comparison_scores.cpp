// SPDX-License-Identifier: MIT
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "attune/interpretation.hpp"

#include "report/axis.hpp"
#include "report/comparison_parts.hpp"
#include "report/plane_frame.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace detail {
namespace {


ScoreRange range_of(const Comparison& comparison, std::size_t scale, const ComparedPerson& person) {
  return score_range(comparison.questionnaire, scale, person.scores[scale].items);
}

std::string score_words(const Comparison& comparison, std::size_t scale,
                        const ComparedPerson& person) {
  const auto& estimate = person.scores[scale].estimate;
  if (!estimate) return "not scored";
  const ScoreRange range = range_of(comparison, scale, person);
  return fmt::format("{} ± {}", shown(estimate->score, range.min, range.max),
                     shown(z_95 * estimate->se, range.min, range.max));
}

// The area that a person lies in, where one fits clearly.
std::string area_words(const Comparison& comparison, const ComparedPerson& person) {
  const auto reading = region_of(comparison.questionnaire, person.scores);
  if (!reading || !is_clear(*reading)) return "where areas meet";
  return fmt::format("'{}'", comparison.questionnaire.regions[reading->region].name);
}

std::string position_words(const Comparison& comparison,
                           const std::pair<std::size_t, std::size_t>& axes,
                           const ComparedPerson& person) {
  const auto part = [&](std::size_t scale) {
    const ScoreRange range = range_of(comparison, scale, person);
    return fmt::format("{} {} on a scale from {} to {}",
                       comparison.questionnaire.scales[scale].name,
                       shown(person.scores[scale].estimate->score, range.min, range.max),
                       tick_label(range.min), tick_label(range.max));
  };
  return fmt::format("{}: {}; {}; {}.", person.name, part(axes.first), part(axes.second),
                     area_words(comparison, person));
}

bool has_place(const ComparedPerson& person, const std::pair<std::size_t, std::size_t>& axes) {
  return person.scores[axes.first].estimate && person.scores[axes.second].estimate;
}

std::string difference_words(const ScoreDifference& difference, ScoreRange range) {
  const std::string size = shown(std::abs(difference.difference), range.min, range.max);
  const bool is_zero = size == shown(0, range.min, range.max);
  const std::string_view sign = is_zero ? "" : difference.difference > 0 ? "+" : "−";
  return fmt::format("{}{} ± {}", sign, size, shown(z_95 * difference.se, range.min, range.max));
}

void add_table(Document& document, const Comparison& comparison) {
  Table table{{"Scale", comparison.first.name, comparison.second.name, "Difference"},
              {Align::left, Align::right, Align::right, Align::right},
              {}};
  for (std::size_t i = 0; i < comparison.questionnaire.scales.size(); ++i) {
    const Scale& scale = comparison.questionnaire.scales[i];
    if (scale.parent) continue;
    const auto difference = difference_of(comparison, i);
    table.rows.push_back(
        {scale.name, score_words(comparison, i, comparison.first),
         score_words(comparison, i, comparison.second),
         difference ? difference_words(*difference, range_of(comparison, i, comparison.first))
                    : "none"});
  }
  document.emplace_back(std::move(table));
  document.emplace_back(
      Paragraph{"After each ± stands the margin of error. 'Difference' is the second score less "
                "the first.",
                Tone::quiet});
}

// "Anxiety: Ana (5.1) and Ben (2.3) lie 2.8 ± 0.9 apart. That is more than …"
std::string scale_words(const Comparison& comparison, std::size_t scale) {
  std::string words = comparison.questionnaire.scales[scale].name + ": ";
  const auto difference = difference_of(comparison, scale);
  if (!difference) {
    bool is_scored = true;
    for (const ComparedPerson* person : people_of(comparison)) {
      const ScaleScore& score = person->scores[scale];
      if (score.estimate) continue;
      is_scored = false;
      words += fmt::format("not scored for {}: {} ", named(*person), with_full_stop(score.reason));
    }
    if (is_scored) words += "the two were scored over different numbers of questions. ";
    return words + "There is nothing to compare here.";
  }
  const ScoreRange range = range_of(comparison, scale, comparison.first);
  const auto number = [&](double value) { return shown(value, range.min, range.max); };
  words +=
      fmt::format("{} ({}) and {} ({}) lie {} ± {} apart. ", named(comparison.first),
                  number(comparison.first.scores[scale].estimate->score), named(comparison.second),
                  number(comparison.second.scores[scale].estimate->score),
                  number(std::abs(difference->difference)), number(z_95 * difference->se));
  if (!differs(*difference)) {
    return words + "The margins of error alone could explain that, so the two may be alike here.";
  }
  // A change of one person takes more than two sittings (trend.hpp).
  return words + (comparison.between == Between::two_people
                      ? "That is more than the margins of error account for: the two differ here."
                      : "That is more than the margins of error account for; two sittings alone "
                        "can't tell whether it lasts.");
}

}  // namespace

void add_compared_plane(Document& document, const Comparison& comparison) {
  const auto axes = plane_axes(comparison.questionnaire);
  if (!axes) return;
  std::vector<PlanePoint> points;
  Facts areas;
  std::string description;
  std::optional<Plane> plane;
  for (const ComparedPerson* person : people_of(comparison)) {
    if (!has_place(*person, *axes)) continue;
    const ScoreRange x_range = range_of(comparison, axes->first, *person);
    const ScoreRange y_range = range_of(comparison, axes->second, *person);
    Plane own = plane_frame(comparison.questionnaire, *axes, x_range, y_range);
    if (!plane) plane = std::move(own);
    const Estimate& x = *person->scores[axes->first].estimate;
    const Estimate& y = *person->scores[axes->second].estimate;
    points.push_back({x.score, y.score, x.low, x.high, y.low, y.high, person->name});
    areas.rows.emplace_back(person->name, area_words(comparison, *person));
    description += (description.empty() ? "" : " ") + position_words(comparison, *axes, *person);
  }
  document.emplace_back(Heading{2, "On one plane"});
  if (points.size() < 2) {
    document.emplace_back(
        Paragraph{"A place on the plane takes both scores; whoever lacks one is not shown."});
  }
  if (!plane) return;
  plane->points = std::move(points);
  plane->description = std::move(description);
  document.emplace_back(*std::move(plane));
  document.emplace_back(std::move(areas));
}

void add_compared_scores(Document& document, const Comparison& comparison) {
  document.emplace_back(Heading{2, "Scores"});
  add_table(document, comparison);
  for (std::size_t i = 0; i < comparison.questionnaire.scales.size(); ++i) {
    if (comparison.questionnaire.scales[i].parent) continue;
    document.emplace_back(Paragraph{scale_words(comparison, i)});
  }
}

}  // namespace detail

std::optional<ScoreDifference> difference_of(const Comparison& comparison, std::size_t scale) {
  const ScoreRange first = detail::range_of(comparison, scale, comparison.first);
  const ScoreRange second = detail::range_of(comparison, scale, comparison.second);
  if (first.min != second.min || first.max != second.max) return std::nullopt;
  return score_difference(comparison.first.scores[scale], comparison.second.scores[scale]);
}

}  // namespace attune
