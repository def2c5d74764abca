// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/progress.hpp"

#include "report/change_json.hpp"
#include "report/csv.hpp"
#include "report/moments_parts.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string_view name_of_kind(MeasureKind kind) {
  return kind == MeasureKind::rate ? "rate" : "score";
}

Json now_json(const Measure& measure) {
  if (measure.score) {
    return {{"score", measure.score->score},
            {"se", measure.score->se},
            {"low", measure.score->low},
            {"high", measure.score->high}};
  }
  if (!measure.rate) return nullptr;
  const std::optional<double> share = measure.rate->share();
  return {{"counted", measure.rate->counted},
          {"whole", measure.rate->whole},
          {"share", share ? Json(*share) : Json(nullptr)}};
}

Json since_start_json(const Measure& measure) {
  if (measure.change) return detail::change_json(*measure.change);
  if (measure.rate_change) return detail::change_json(*measure.rate_change);
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

Json points_json(const Measure& measure) {
  Json out = Json::array();
  for (const MeasurePoint& point : measure.points) {
    out.push_back({{"at", render_rfc3339(point.at)}, {"value", point.value}});
  }
  return out;
}

Json measure_json(const Measure& measure) {
  Json out;
  out["id"] = measure.id;
  out["name"] = measure.name;
  out["questionnaire"] = measure.source;
  out["kind"] = name_of_kind(measure.kind);
  out["now"] = now_json(measure);
  out["unit"] = text_or_null(measure.unit);
  out["first"] = measure.first ? Json(render_rfc3339(*measure.first)) : Json(nullptr);
  out["last"] = measure.last ? Json(render_rfc3339(*measure.last)) : Json(nullptr);
  out["check_ins"] = measure.check_ins;
  out["since_start"] = since_start_json(measure);
  out["typical"] = typical_json(measure);
  out["wanted"] = text_or_null(name_of(measure.wanted));
  out["range"] = {{"min", measure.range.min}, {"max", measure.range.max}};
  out["points"] = points_json(measure);
  out["reason"] = text_or_null(measure.reason);
  out["command"] = text_or_null(measure.command);
  return out;
}

std::string number(std::optional<double> value) { return value ? render_decimal(*value) : ""; }

std::string date(const std::optional<Instant>& at) { return at ? render_rfc3339(*at) : ""; }

// The two kinds of differences as one row of cells: change, low, high, verdict.
std::vector<std::string> change_cells(const Measure& measure) {
  const auto cells = [](double change, double low, double high, Verdict verdict) {
    return std::vector<std::string>{render_decimal(change), render_decimal(low),
                                    render_decimal(high), std::string(name_of(verdict))};
  };
  if (const auto& change = measure.change) {
    return cells(change->change, change->low, change->high, change->verdict);
  }
  if (const auto& change = measure.rate_change) {
    return cells(change->difference, change->low, change->high, change->verdict);
  }
  return {"", "", "", ""};
}

std::vector<std::string> now_cells(const Measure& measure) {
  if (measure.score) {
    return {render_decimal(measure.score->score),
            render_decimal(measure.score->se),
            render_decimal(measure.score->low),
            render_decimal(measure.score->high),
            "",
            ""};
  }
  if (!measure.rate) return {"", "", "", "", "", ""};
  return {number(measure.rate->share()),      "", "", "", std::to_string(measure.rate->counted),
          std::to_string(measure.rate->whole)};
}

std::vector<std::string> row_of(const Measure& measure) {
  using detail::csv_cell;
  std::vector<std::string> row{csv_cell(measure.id), csv_cell(measure.name),
                               csv_cell(measure.source), std::string(name_of_kind(measure.kind))};
  const auto append = [&row](std::vector<std::string> cells) {
    row.insert(row.end(), cells.begin(), cells.end());
  };
  append(now_cells(measure));
  append({date(measure.first), date(measure.last), std::to_string(measure.check_ins)});
  append(change_cells(measure));
  const auto& typical = measure.typical_range;
  append({typical ? render_decimal(typical->first) : "",
          typical ? render_decimal(typical->second) : "", csv_cell(measure.typical),
          std::string(name_of(measure.wanted)), render_decimal(measure.range.min),
          render_decimal(measure.range.max)});
  return row;
}

}  // namespace

nlohmann::ordered_json detail::change_json(const Change& change) {
  const auto method = [](ChangeMethod any) -> std::string_view {
    switch (any) {
      case ChangeMethod::paired:
        return "paired";
      case ChangeMethod::separate:
        return "separate";
      case ChangeMethod::published:
        return "published";
      case ChangeMethod::series:
        return "series";
    }
    return {};
  };
  return {{"change", change.change},
          {"low", change.low},
          {"high", change.high},
          {"verdict", name_of(change.verdict)},
          {"method", method(change.method)}};
}

std::string progress_json(std::span<const Measure> measures, const ProgressOptions& options) {
  Json out;
  out["schema"] = "attune.progress";
  out["version"] = 1;
  out["about"] = text_or_null(options.about_id);
  out["measures"] = Json::array();
  for (const Measure& measure : measures) out["measures"].push_back(measure_json(measure));
  // Foreign bytes that are not UTF-8 must not end the program: they become U+FFFD.
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string progress_csv(std::span<const Measure> measures) {
  std::string out =
      "id,name,questionnaire,kind,now,se,low,high,counted,whole,first,last,check_ins,change,"
      "change_low,change_high,verdict,typical_low,typical_high,typical,wanted,min,max\n";
  for (const Measure& measure : measures) out += detail::csv_line(row_of(measure));
  return out;
}

}  // namespace attune
