// SPDX-License-Identifier: MIT
#pragma once

/// What the machine formats of all pages share: values that may be missing, scores and differences
/// as JSON, and JSON as cells of CSV. For the sources of this folder alone, since it brings all of
/// nlohmann's JSON along.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attune/scores.hpp"
#include "attune/tally.hpp"
#include "attune/text.hpp"
#include "attune/trend.hpp"

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

/// {"change", "low", "high", "verdict", "method": "shares"}; shares are fractions of 1.
[[nodiscard]] Json change_json(const trend::ShareDifference& change);

/// The same of two scores, in the units of the score; "method" is "paired", "separate",
/// "published" or "series".
[[nodiscard]] Json change_json(const trend::Change& change);

/// One value as a finished cell: a number with at most 4 decimals, a text quoted and kept from
/// running as a formula; null is empty.
[[nodiscard]] std::string json_cell(const Json& value);

/// The columns of a score in CSV: X, X_se and, where asked for, X_answered; not scored is empty.
enum class AnsweredColumn { no, yes };
void add_score_columns(std::vector<std::string>& header, const std::string& id,
                       AnsweredColumn answered);
void add_score_cells(std::vector<std::string>& row, const ScaleScore& score,
                     AnsweredColumn answered);

}  // namespace attune::report
