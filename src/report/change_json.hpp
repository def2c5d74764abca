// SPDX-License-Identifier: MIT
#pragma once

/// Differences as JSON, the same for every page that has one.

#include <nlohmann/json.hpp>

#include "attune/tally.hpp"
#include "attune/trend.hpp"

namespace attune::detail {

/// {"change", "low", "high", "verdict", "method": "shares"}; shares are fractions of 1.
[[nodiscard]] nlohmann::ordered_json change_json(const ShareDifference& change);

/// The same of two scores, in the units of the score; "method" is "paired", "separate",
/// "published" or "series".
[[nodiscard]] nlohmann::ordered_json change_json(const Change& change);

}  // namespace attune::detail
