// SPDX-License-Identifier: MIT
#pragma once

/// Texts that pass through: kept cells, and the words of problems. Nothing is defused here: what
/// was kept comes out as it went in, for other programs.

#include <string>
#include <string_view>

#include "attune/rows.hpp"

namespace attune::detail {

/// `text` as one cell, quoted where it holds a separator, a quote or a line end.
void append_cell(std::string& out, std::string_view text, char separator);

/// A kept cell as a row of `to` writes it. `from` is the format it stands in.
void append_kept(std::string& out, const KeptCell& cell, RowFormat from, RowFormat to);

/// A text as a field of a row of `to`.
void append_text(std::string& out, std::string_view text, RowFormat to);

[[nodiscard]] char separator_of(RowFormat format);

}  // namespace attune::detail
