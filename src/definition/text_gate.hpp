// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "definition/findings.hpp"

namespace attune::detail {

/// Whether `text` may be read at all, before anything looks at its meaning: at most 1 MiB, strict
/// UTF-8, and no character that hides or reorders what a person sees (control characters other
/// than newline, CRLF and tab; bidirectional controls; invisible tag characters), in comments and
/// keys as in strings. What it refuses goes to `findings`. A byte order mark at the start is
/// allowed. Linear time, constant memory.
[[nodiscard]] bool passes_text_gate(std::string_view text, Findings& findings);

/// The first byte after a byte order mark, if there is one.
[[nodiscard]] Offset start_of_text(std::string_view text);

}  // namespace attune::detail
