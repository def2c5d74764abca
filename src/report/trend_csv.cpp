// SPDX-License-Identifier: MIT
#include <string>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/trend_report.hpp"

#include "report/csv.hpp"

namespace attune {

std::string trend_csv(const TrendReport& report) {
  using detail::csv_cell;
  std::string out = detail::csv_line(
      {"questionnaire", "about", "scale", "id", "taken_at", "score", "se", "low", "high"});
  const std::string start =
      csv_cell(report.questionnaire) + ',' + csv_cell(report.about.value_or("")) + ',';
  for (const ScaleSeries& scale : report.scales) {
    const std::string row_start = start + csv_cell(scale.id) + ',';
    for (const SeriesPoint& point : scale.points) {
      const Estimate& estimate = point.estimate;
      out += row_start;
      out += detail::csv_line({csv_cell(point.id), csv_cell(render_rfc3339(point.taken_at)),
                               render_decimal(estimate.score), render_decimal(estimate.se),
                               render_decimal(estimate.low), render_decimal(estimate.high)});
    }
  }
  return out;
}

}  // namespace attune
