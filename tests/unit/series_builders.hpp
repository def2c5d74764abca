// SPDX-License-Identifier: MIT
#pragma once

/// Series of check-ins by hand, for tests.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/scoring.hpp"
#include "attune/trend.hpp"

namespace attune::test {

/// Noon in UTC of a day given as "2026-01-31".
inline Instant noon(const std::string& day) { return *parse_rfc3339(day + "T12:00:00Z"); }

/// A point with a score and an error that no answers stand behind.
inline trend::SeriesPoint point(double score, double se,
                                ErrorMethod method = ErrorMethod::conditional) {
  trend::SeriesPoint result;
  result.estimate = scoring::estimate(score, se, -1000, 1000, method);
  return result;
}

/// The standard error of a mean by its own answers, as a scale is scored: an answer is no more
/// exact than the step of its scale, whose variance is 1/12, and one alone says nothing of its
/// error.
inline double error_of_mean(const std::vector<double>& keyed, double min, double max) {
  const auto n = static_cast<double>(keyed.size());
  if (keyed.size() == 1) return (max - min) / std::sqrt(12.0);
  double sum = 0;
  for (const double answer : keyed) sum += answer;
  double squares = 0;
  for (const double answer : keyed) squares += (answer - sum / n) * (answer - sum / n);
  return std::sqrt(std::max(squares / (n - 1), 1 / 12.0) / n);
}

/// A point that is the mean (or, with `units`, a sum) of keyed answers to the items 0, 1, 2, …
inline trend::SeriesPoint answered(const std::vector<double>& keyed, double units = 1,
                                   double min = 1, double max = 7) {
  trend::SeriesPoint result;
  double sum = 0;
  for (const double answer : keyed) {
    result.answers.push_back(
        {static_cast<std::uint32_t>(result.answers.size()), static_cast<std::int32_t>(answer)});
    sum += answer;
  }
  const double mean = sum / static_cast<double>(keyed.size());
  result.estimate = scoring::estimate(mean * units, error_of_mean(keyed, min, max) * units,
                                      min * units, max * units, ErrorMethod::conditional);
  return result;
}

/// The points on these days after 2026-01-05, at noon.
inline std::vector<trend::SeriesPoint> on_days(std::vector<trend::SeriesPoint> points,
                                               const std::vector<int>& days) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i].taken_at = noon("2026-01-05");
    points[i].taken_at.microseconds += std::int64_t{86'400'000'000} * days[i];
  }
  return points;
}

/// Points of one error with these scores, four weeks apart from 2026-01-05 on.
inline std::vector<trend::SeriesPoint> series_of(const std::vector<double>& scores, double se) {
  std::vector<trend::SeriesPoint> points;
  for (const double score : scores) {
    trend::SeriesPoint next = point(score, se);
    next.id = "check-in" + std::to_string(points.size() + 1);
    next.taken_at = noon("2026-01-05");
    next.taken_at.microseconds +=
        static_cast<std::int64_t>(points.size()) * 28 * 86'400 * 1'000'000;
    points.push_back(next);
  }
  return points;
}

}  // namespace attune::test
