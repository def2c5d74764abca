// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/text.hpp"
#include "attune/trend_report.hpp"

#include "report/data/values.hpp"

namespace attune::report {
namespace {

Json now_json(const Measure& measure) {
  if (measure.score) {
    Json out;
    add_estimate(out, measure.score);
    return out;
  }
  if (!measure.rate) return nullptr;
  return {{"counted", measure.rate->counted},
          {"whole", measure.rate->whole},
          {"share", or_null(measure.rate->share())}};
}

Json since_start_json(const Measure& measure) {
  if (measure.change) return change_json(*measure.change);
  if (measure.rate_change) return change_json(*measure.rate_change);
  return nullptr;
}

Json typical_json(const Measure& measure) {
  if (measure.typical.empty()) return nullptr;
  const auto& range = measure.typical_range;
  return {{"low", range ? Json(range->first) : Json(nullptr)},
          {"high", range ? Json(range->second) : Json(nullptr)},
          {"text", measure.typical},
          {"of", measure.typical_of}};
}

Json measure_json(const Measure& measure) {
  Json out;
  out["id"] = measure.id;
  out["name"] = measure.name;
  out["questionnaire"] = measure.source;
  out["kind"] = measure.kind == MeasureKind::rate ? "rate" : "score";
  out["now"] = now_json(measure);
  out["unit"] = or_null(measure.unit);
  out["first"] = measure.first ? Json(render_rfc3339(*measure.first)) : Json(nullptr);
  out["last"] = measure.last ? Json(render_rfc3339(*measure.last)) : Json(nullptr);
  out["check_ins"] = measure.check_ins;
  out["since_start"] = since_start_json(measure);
  out["typical"] = typical_json(measure);
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

// A column of the table and where its values lie in the JSON of a measure. Now is the score of a
// scale or the share of a rate: a measure has one of them.
struct MeasureColumn {
  const char* name;
  const char* place;
  const char* other_place = nullptr;
};

constexpr MeasureColumn measure_columns[] = {{"id", "/id"},
                                             {"name", "/name"},
                                             {"questionnaire", "/questionnaire"},
                                             {"kind", "/kind"},
                                             {"now", "/now/score", "/now/share"},
                                             {"se", "/now/se"},
                                             {"low", "/now/low"},
                                             {"high", "/now/high"},
                                             {"counted", "/now/counted"},
                                             {"whole", "/now/whole"},
                                             {"first", "/first"},
                                             {"last", "/last"},
                                             {"check_ins", "/check_ins"},
                                             {"change", "/since_start/change"},
                                             {"change_low", "/since_start/low"},
                                             {"change_high", "/since_start/high"},
                                             {"verdict", "/since_start/verdict"},
                                             {"typical_low", "/typical/low"},
                                             {"typical_high", "/typical/high"},
                                             {"typical", "/typical/text"},
                                             {"wanted", "/wanted"},
                                             {"min", "/range/min"},
                                             {"max", "/range/max"}};

std::string measure_cell(const Json& measure, const MeasureColumn& column) {
  for (const char* place : {column.place, column.other_place}) {
    if (place == nullptr) continue;
    const Json::json_pointer pointer{std::string(place)};
    if (measure.contains(pointer)) return json_cell(measure[pointer]);
  }
  return {};
}

}  // namespace

std::string progress_json(std::span<const Measure> measures, const ProgressOptions& options) {
  Json out{{"schema", "attune.progress"}, {"version", 1}, {"about", or_null(options.about_id)}};
  out["measures"] = Json::array();
  for (const Measure& measure : measures) out["measures"].push_back(measure_json(measure));
  return json_line(out);
}

std::string progress_csv(std::span<const Measure> measures) {
  std::vector<std::string> header;
  for (const MeasureColumn& column : measure_columns) header.emplace_back(column.name);
  std::string out = csv_line(header);
  for (const Measure& measure : measures) {
    const Json values = measure_json(measure);
    std::vector<std::string> row;
    for (const MeasureColumn& column : measure_columns) {
      row.push_back(measure_cell(values, column));
    }
    out += csv_line(row);
  }
  return out;
}

}  // namespace attune::report
