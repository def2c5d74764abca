// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/text.hpp"
#include "attune/trend_report.hpp"

#include "report/data/values.hpp"

namespace attune::report {
namespace {

Json trend_change_json(const std::optional<trend::Change>& change) {
  if (!change) return nullptr;
  return {{"change", change->change},
          {"se", change->se},
          {"low", change->low},
          {"high", change->high},
          {"verdict", trend::name_of(change->verdict)},
          {"method", trend::name_of(change->method)}};
}

Json baseline_json(const std::optional<trend::Baseline>& baseline) {
  if (!baseline) return nullptr;
  return {{"mean", baseline->mean},
          {"wobble", baseline->wobble},
          {"n", baseline->n},
          {"low", baseline->low},
          {"high", baseline->high}};
}

Json series_json(const ScaleSeries& scale) {
  Json points = Json::array();
  for (const trend::SeriesPoint& point : scale.points) {
    points.push_back({{"id", point.id},
                      {"taken_at", render_rfc3339(point.taken_at)},
                      {"score", point.estimate.score},
                      {"se", point.estimate.se}});
  }
  return {{"points", std::move(points)},
          {"left_out", scale.left_out},
          {"since_first", trend_change_json(scale.trend.since_first)},
          {"since_last", trend_change_json(scale.trend.since_last)},
          {"baseline", baseline_json(scale.trend.baseline)}};
}

}  // namespace

std::string trend_json(const TrendReport& report) {
  Json scales = Json::object();
  for (const ScaleSeries& scale : report.scales) scales[scale.id] = series_json(scale);
  return json_line({{"schema", "attune.trend"},
                    {"version", 1},
                    {"questionnaire", report.questionnaire},
                    {"about", or_null(report.about)},
                    {"scales", std::move(scales)}});
}

std::string trend_csv(const TrendReport& report) {
  std::string out =
      csv_line({"questionnaire", "about", "scale", "id", "taken_at", "score", "se", "low", "high"});
  for (const ScaleSeries& scale : report.scales) {
    for (const trend::SeriesPoint& point : scale.points) {
      const Estimate& estimate = point.estimate;
      out += csv_line({csv_cell(report.questionnaire), csv_cell(report.about.value_or("")),
                       csv_cell(scale.id), csv_cell(point.id),
                       csv_cell(render_rfc3339(point.taken_at)), render_decimal(estimate.score),
                       render_decimal(estimate.se), render_decimal(estimate.low),
                       render_decimal(estimate.high)});
    }
  }
  return out;
}

}  // namespace attune::report
