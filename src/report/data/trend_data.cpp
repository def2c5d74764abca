// SPDX-License-Identifier: MIT
#include <string>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"

namespace attune::report {
namespace {

Json score_change_json(const trend::Change& change) {
  return {{"change", change.change},
          {"se", change.se},
          {"low", change.low},
          {"high", change.high},
          {"verdict", trend::name_of(change.verdict)},
          {"method", trend::name_of(change.method)}};
}

Json series_json(const ScaleSeries& scale) {
  Json points = Json::array();
  for (const trend::SeriesPoint& point : scale.points) {
    points.push_back({{"id", point.id},
                      {"taken_at", render_rfc3339(point.taken_at)},
                      {"score", point.estimate.score},
                      {"se", point.estimate.se}});
  }
  const auto& [since_first, since_last, baseline] = scale.trend;
  Json out{{"points", std::move(points)},
           {"left_out", scale.left_out},
           {"since_first", since_first ? score_change_json(*since_first) : Json(nullptr)},
           {"since_last", since_last ? score_change_json(*since_last) : Json(nullptr)},
           {"baseline", nullptr}};
  if (baseline) {
    out["baseline"] = {{"mean", baseline->mean},
                       {"wobble", baseline->wobble},
                       {"n", baseline->n},
                       {"low", baseline->low},
                       {"high", baseline->high}};
  }
  return out;
}

Json measure_json(const Measure& measure) {
  Json out;
  out["id"] = measure.id;
  out["name"] = measure.name;
  out["questionnaire"] = measure.source;
  out["kind"] = measure.kind == MeasureKind::rate ? "rate" : "score";
  Json& now = out["now"] = nullptr;
  if (measure.score) {
    add_estimate(now, measure.score);
  } else if (measure.rate) {
    now = tally_json(*measure.rate);
  }
  out["unit"] = or_null(measure.unit);
  out["first"] = measure.first ? Json(render_rfc3339(*measure.first)) : Json(nullptr);
  out["last"] = measure.last ? Json(render_rfc3339(*measure.last)) : Json(nullptr);
  out["check_ins"] = measure.check_ins;
  out["since_start"] = measure.change ? change_json(*measure.change) : Json(nullptr);
  Json& typical = out["typical"] = nullptr;
  if (!measure.typical.empty()) {
    const auto& range = measure.typical_range;
    typical = {{"low", range ? Json(range->first) : Json(nullptr)},
               {"high", range ? Json(range->second) : Json(nullptr)},
               {"text", measure.typical},
               {"of", measure.typical_of}};
  }
  out["wanted"] = or_null(std::string(name_of(measure.wanted)));
  out["range"] = {{"min", measure.range.min}, {"max", measure.range.max}};
  Json& points = out["points"] = Json::array();
  for (const MeasurePoint& point : measure.points) {
    points.push_back({{"at", render_rfc3339(point.at)}, {"value", point.value}});
  }
  out["reason"] = or_null(measure.reason);
  out["command"] = or_null(measure.command);
  return out;
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
  std::string out = "questionnaire,about,scale,id,taken_at,score,se,low,high\n";
  for (const ScaleSeries& scale : report.scales) {
    for (const trend::SeriesPoint& point : scale.points) {
      const Estimate& estimate = point.estimate;
      out += csv_row({report.questionnaire, or_null(report.about), scale.id, point.id,
                      render_rfc3339(point.taken_at), estimate.score, estimate.se, estimate.low,
                      estimate.high});
    }
  }
  return out;
}

std::string progress_json(std::span<const Measure> measures, const ProgressOptions& options) {
  Json out{{"schema", "attune.progress"}, {"version", 1}, {"about", or_null(options.about_id)}};
  out["measures"] = Json::array();
  for (const Measure& measure : measures) out["measures"].push_back(measure_json(measure));
  return json_line(out);
}

std::string progress_csv(std::span<const Measure> measures) {
  std::string out =
      "id,name,questionnaire,kind,now,se,low,high,counted,whole,first,last,check_ins,change,"
      "change_low,change_high,verdict,typical_low,typical_high,typical,wanted,min,max\n";
  for (const Measure& measure : measures) {
    Json json = measure_json(measure);
    std::vector<Json> row;
    const auto add = [&row](Json& values, std::initializer_list<const char*> names) {
      for (const char* name : names) row.push_back(values[name]);  // null where there is none
    };
    add(json, {"id", "name", "questionnaire", "kind"});
    add(json["now"], {measure.rate ? "share" : "score", "se", "low", "high", "counted", "whole"});
    add(json, {"first", "last", "check_ins"});
    add(json["since_start"], {"change", "low", "high", "verdict"});
    add(json["typical"], {"low", "high", "text"});
    add(json, {"wanted"});
    add(json["range"], {"min", "max"});
    out += csv_row(row);
  }
  return out;
}

}  // namespace attune::report
