// SPDX-License-Identifier: MIT
#pragma once

/// Pictures that fit into a line of a table: bars and sparklines.

#include <cstddef>
#include <string>

#include "attune/document.hpp"

namespace attune::detail {

/// `picture` in characters of one column each, at most `columns` of them (and at most 11 for a
/// sparkline). Empty when there is nothing to draw. Spaces within a sparkline are gaps.
[[nodiscard]] std::string drawn(const Picture& picture, std::size_t columns, Charset charset);

}  // namespace attune::detail
