// SPDX-License-Identifier: MIT
#pragma once

/// Pictures and tables on a page of HTML. Where the page is narrow, wide tables become a few lines
/// per row; their roles are written out, so that they stay tables for screen readers.

#include <span>
#include <string>

#include "attune/document.hpp"

#include "report/drawing.hpp"

namespace attune::detail {

/// The drawing as wide as there is room, spoken as one sentence.
[[nodiscard]] std::string html_drawing(const Drawing& drawing, const std::string& sentence);

[[nodiscard]] std::string html_table(const Table& table);

/// A group of small rulers, one a row. Precondition: not empty.
[[nodiscard]] std::string html_ruler_table(std::span<const Ruler* const> rulers);

}  // namespace attune::detail
