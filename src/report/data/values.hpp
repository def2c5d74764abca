// SPDX-License-Identifier: MIT
#pragma once

/// What the machine formats of all pages share: values that may be missing, scores and shares as
/// JSON, and values as a row of CSV. For the sources of this folder alone, since it brings all of
/// nlohmann's JSON along.

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/report.hpp"
#include "attune/scores.hpp"
#include "attune/text.hpp"

#include "base/json.hpp"

namespace attune::report {

/// What there is no value for is null, so that a reader needs no cases.
template <class Value>
[[nodiscard]] Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}
[[nodiscard]] inline Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}
[[nodiscard]] inline Json or_null(const std::optional<Instant>& at) {
  return at ? Json(render_rfc3339(*at)) : Json(nullptr);
}

/// What `to_json`, a function or a member, gives for it.
template <class Value, class ToJson>
[[nodiscard]] Json or_null(const std::optional<Value>& value, const ToJson& to_json) {
  return value ? Json(std::invoke(to_json, *value)) : Json(nullptr);
}

/// What `to_json`, a function or a member, gives for each of `parts`.
template <class Parts, class ToJson>
[[nodiscard]] Json array_of(const Parts& parts, const ToJson& to_json) {
  Json out = Json::array();
  for (const auto& part : parts) out.push_back(std::invoke(to_json, part));
  return out;
}

/// Adds "score", "se", "low" and "high"; all null without an estimate.
inline void add_estimate(Json& out, const std::optional<Estimate>& estimate) {
  out["score"] = or_null(estimate, &Estimate::score);
  out["se"] = or_null(estimate, &Estimate::se);
  out["low"] = or_null(estimate, &Estimate::low);
  out["high"] = or_null(estimate, &Estimate::high);
}

/// The same with "answered", "items" and, where it is not scored, a "reason".
[[nodiscard]] inline Json score_json(const ScaleScore& score) {
  Json out;
  add_estimate(out, score.estimate);
  out["answered"] = score.answered;
  out["items"] = score.items;
  if (!score.estimate) out["reason"] = score.reason;
  return out;
}

/// A line of CSV that ends with LF: numbers have at most `decimals` decimals, texts are quoted and
/// kept from running as a formula, null is an empty cell.
[[nodiscard]] inline std::string csv_row(const std::vector<Json>& values, int decimals = 4) {
  std::vector<std::string> cells;
  for (const Json& value : values) {
    if (value.is_number()) {
      cells.push_back(render_decimal(value.get<double>(), decimals));
    } else {
      cells.push_back(value.is_string() ? csv_cell(value.get_ref<const std::string&>()) : "");
    }
  }
  return csv_line(cells);
}

}  // namespace attune::report
