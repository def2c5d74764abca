// SPDX-License-Identifier: MIT
#pragma once

/// Differences as JSON, the same for every page that has one.

#include <nlohmann/json.hpp>

#include "attune/tally.hpp"

namespace attune::detail {

/// {"change", "low", "high", "verdict", "method": "shares"}; shares are fractions of 1.
[[nodiscard]] nlohmann::ordered_json change_json(const ShareDifference& change);

}  // namespace attune::detail
