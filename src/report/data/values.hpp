// SPDX-License-Identifier: MIT
#pragma once

/// What the machine formats of all pages share: values that may be missing, scores and shares as
/// JSON, and values as a row of CSV. For the sources of this folder alone, since it brings all of
/// nlohmann's JSON along.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attune/report.hpp"
#include "attune/scores.hpp"
#include "attune/tally.hpp"
#include "attune/text.hpp"

#include "base/json.hpp"

namespace attune::report {

/// What there is no value for is null, so that a reader needs no cases.
template <class Value>
[[nodiscard]] Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}
[[nodiscard]] Json or_null(const std::string& text);

/// Adds "score", "se", "low" and "high"; all null without an estimate.
void add_estimate(Json& out, const std::optional<Estimate>& estimate);

/// The same with "answered", "items" and, where it is not scored, a "reason".
[[nodiscard]] Json score_json(const ScaleScore& score);

/// {"counted", "whole", "share"}; the share is a fraction of 1.
[[nodiscard]] Json tally_json(const trend::RateTally& tally);

/// {"change", "low", "high", "verdict", "method"}; shares are fractions of 1.
[[nodiscard]] Json change_json(const MeasureChange& change);

/// A line of CSV that ends with LF: numbers have at most `decimals` decimals, texts are quoted and
/// kept from running as a formula, null is an empty cell.
[[nodiscard]] std::string csv_row(const std::vector<Json>& values, int decimals = 4);

/// The columns of a score in CSV: X, X_se and, where asked for, X_answered; not scored is empty.
enum class AnsweredColumn { no, yes };
void add_score_columns(std::vector<Json>& header, const std::string& id, AnsweredColumn answered);
void add_score_values(std::vector<Json>& row, const ScaleScore& score, AnsweredColumn answered);

}  // namespace attune::report
