// SPDX-License-Identifier: MIT
#pragma once

/// Measures by hand, for tests.

#include <cstdint>
#include <optional>
#include <vector>

#include "attune/report.hpp"

#include "builders.hpp"
#include "log_builders.hpp"

namespace attune::test {

/// A questionnaire with the one scale "trust" on 1..7, typically 2 to 4.5, wanted up.
inline Questionnaire one_scale() {
  Questionnaire questionnaire = blank(1, 7);
  questionnaire.id = "growing";
  add_items(questionnaire, add_scale(questionnaire, "trust"), "+-");
  questionnaire.scales[0].name = "Trust";
  questionnaire.scales[0].typical = Typical{2, 4.5, "people like us", "here"};
  questionnaire.scales[0].wanted = Wanted::up;
  return questionnaire;
}

inline trend::Change a_change(double change, double low, double high, trend::Verdict verdict) {
  return {change, 0.35, low, high, verdict, trend::ChangeMethod::paired};
}

/// Check-ins 28 days apart from 1 January 2026 on, with a standard error of 0.3.
inline std::vector<trend::SeriesPoint> check_ins(const std::vector<double>& scores) {
  std::vector<trend::SeriesPoint> points;
  for (const double score : scores) {
    trend::SeriesPoint point;
    const std::int64_t day =
        days_since_epoch({2026, 1, 1}) + 28 * static_cast<std::int64_t>(points.size());
    point.taken_at = {day * 86'400'000'000, 0};
    point.estimate = {score, 0.3, score - 0.588, score + 0.588, ErrorMethod::conditional};
    points.push_back(point);
  }
  return points;
}

inline report::Measure trust(const std::vector<double>& scores,
                             const std::optional<trend::Change>& change) {
  return report::scale_measure(one_scale(), 0, check_ins(scores), {change, {}, {}, {}, {}});
}

/// The rate of the log form, all of its entries on 1 March 2026.
inline report::Measure kept_sessions(std::size_t counted, std::size_t whole) {
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2026-03-01", counted, "came");
  add_sessions(entries, "2026-03-01", whole - counted, "missed");
  return report::rate_measure(log_questionnaire(), 0, entries);
}

}  // namespace attune::test
