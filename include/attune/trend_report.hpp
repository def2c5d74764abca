// SPDX-License-Identifier: MIT
#pragma once

/// Scores over time: as a document for people, as JSON and CSV for programs.
/// Not for computing anything: points and trends are handed in.
///
///     report.scales[0].trend = trend_of(report.scales[0].points, report.scales[0].range);
///     out << render_text(trend_document(report), style);

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/trend.hpp"

namespace attune {

/// One scale's check-ins. Those in which it was not scored are no points.
struct ScaleSeries {
  std::string id;
  std::string name;
  std::string low;   ///< what the low end means
  std::string high;  ///< what the high end means
  ScoreRange range{1, 7};
  Wanted wanted = Wanted::unspecified;
  std::vector<SeriesPoint> points;  ///< ascending in time, all scored by the same key
  std::size_t left_out = 0;         ///< check-ins scored by another key, which can't be compared
  ScaleTrend trend;                 ///< of `points`
};

struct TrendReport {
  std::string questionnaire;         ///< its id
  std::string title;                 ///< may be empty: the id is shown
  std::optional<std::string> about;  ///< its key
  std::string about_phrase;          ///< may be empty: the key is shown
  std::string status;                ///< of the questionnaire; may be empty
  std::string language = "en";       ///< of its texts
  std::vector<ScaleSeries> scales;
};

/// A picture per scale, the differences as a table, and per scale what they say and what they don't
/// say. Its length does not depend on the number of check-ins. Precondition: some scale has a
/// point.
[[nodiscard]] Document trend_document(const TrendReport& report);

/// One line of JSON, schema "attune.trend" version 1, ending with a newline. Numbers carry full
/// precision; what there is no value for is null.
[[nodiscard]] std::string trend_json(const TrendReport& report);

/// A header and one row per scale and check-in: questionnaire, about, scale, id, taken_at, score,
/// se, low, high. At most 4 decimals. Lines end with LF.
[[nodiscard]] std::string trend_csv(const TrendReport& report);

}  // namespace attune
