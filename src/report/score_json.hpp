// SPDX-License-Identifier: MIT
#pragma once

/// Scores as JSON, the same in every format that has them.

#include <nlohmann/json.hpp>
#include <optional>

#include "attune/scores.hpp"

namespace attune::detail {

/// Adds "score", "se", "low" and "high"; all null without an estimate.
void add_estimate(nlohmann::ordered_json& out, const std::optional<Estimate>& estimate);

/// The same with "answered", "items" and, where it is not scored, a "reason". What there is no
/// value for is null, so that a reader needs no cases.
[[nodiscard]] nlohmann::ordered_json score_json(const ScaleScore& score);

}  // namespace attune::detail
