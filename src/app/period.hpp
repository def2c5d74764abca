// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "attune/result.hpp"

namespace attune {

/// The days of a period written as "28d" or "4w", 1 to 3650 of them. Error: usage, with what would
/// be right; its place is `--every`.
[[nodiscard]] Result<int> parse_period(std::string_view text);

}  // namespace attune
