// SPDX-License-Identifier: MIT
#include <string>

#include "attune/date.hpp"
#include "attune/trend_report.hpp"

#include "report/json_text.hpp"

namespace attune {
namespace {

using detail::append_json;

constexpr std::size_t bytes_of_frame = 4096;
constexpr std::size_t bytes_per_point = 136;

void append_points(std::string& out, const std::vector<SeriesPoint>& points) {
  out += "\"points\":[";
  for (const SeriesPoint& point : points) {
    if (&point != &points.front()) out += ',';
    out += "{\"id\":";
    append_json(out, point.id);
    out += ",\"taken_at\":";
    append_json(out, render_rfc3339(point.taken_at));
    out += ",\"score\":";
    append_json(out, point.estimate.score);
    out += ",\"se\":";
    append_json(out, point.estimate.se);
    out += '}';
  }
  out += ']';
}

void append_change(std::string& out, const std::optional<Change>& change) {
  if (!change) {
    out += "null";
    return;
  }
  out += "{\"change\":";
  append_json(out, change->change);
  out += ",\"se\":";
  append_json(out, change->se);
  out += ",\"low\":";
  append_json(out, change->low);
  out += ",\"high\":";
  append_json(out, change->high);
  out += ",\"verdict\":";
  append_json(out, name_of(change->verdict));
  out += ",\"method\":";
  append_json(out, name_of(change->method));
  out += '}';
}

void append_baseline(std::string& out, const std::optional<Baseline>& baseline) {
  if (!baseline) {
    out += "null";
    return;
  }
  out += "{\"mean\":";
  append_json(out, baseline->mean);
  out += ",\"wobble\":";
  append_json(out, baseline->wobble);
  out += ",\"n\":" + std::to_string(baseline->n) + ",\"low\":";
  append_json(out, baseline->low);
  out += ",\"high\":";
  append_json(out, baseline->high);
  out += '}';
}

void append_scale(std::string& out, const ScaleSeries& scale) {
  append_json(out, scale.id);
  out += ":{";
  append_points(out, scale.points);
  out += ",\"left_out\":" + std::to_string(scale.left_out) + ",\"since_first\":";
  append_change(out, scale.trend.since_first);
  out += ",\"since_last\":";
  append_change(out, scale.trend.since_last);
  out += ",\"baseline\":";
  append_baseline(out, scale.trend.baseline);
  out += '}';
}

}  // namespace

std::string trend_json(const TrendReport& report) {
  std::size_t points = 0;
  for (const ScaleSeries& scale : report.scales) points += scale.points.size();
  std::string out;
  // Once for all: growing a text of megabytes means copying it.
  out.reserve(bytes_of_frame + points * bytes_per_point);
  out += "{\"schema\":\"attune.trend\",\"version\":1,\"questionnaire\":";
  append_json(out, report.questionnaire);
  out += ",\"about\":";
  if (report.about) {
    append_json(out, *report.about);
  } else {
    out += "null";
  }
  out += ",\"scales\":{";
  for (const ScaleSeries& scale : report.scales) {
    if (&scale != &report.scales.front()) out += ',';
    append_scale(out, scale);
  }
  out += "}}\n";
  return out;
}

}  // namespace attune
