// SPDX-License-Identifier: MIT
#pragma once

/// Scales drawn as lines of characters: one large ruler, or a group of small ones under one
/// another.

#include <span>

#include "attune/document.hpp"

#include "report/page.hpp"

namespace attune::detail {

/// A name with its value, the line with ticks, interval and point, and the words at both ends.
void render_ruler(Page& page, const Ruler& ruler);

/// Small rulers: name, line, value and remark, aligned as one group. On a narrow page each takes
/// two lines.
void render_ruler_group(Page& page, std::span<const Ruler* const> rulers);

}  // namespace attune::detail
