// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "definition/findings.hpp"
#include "definition/toml_tree.hpp"

namespace attune::detail {

/// Reads TOML 1.0 without dates, times, inf and nan, which have no place in a definition. Nothing
/// when the structure can't be trusted; then only mistakes of syntax were found, at most one for
/// each section. A value that is given twice or holds a bad escape is reported, and the rest is
/// still read.
///
/// Precondition: `text` has passed the text gate. Brackets may nest 16 deep and a dotted key may
/// have 8 parts; with those limits time is linear and the stack constant, whatever the text.
///
/// Why not a library: toml++ spends some 4,000 instructions on a key with its value and 200 on each
/// character, more than all else that happens before the first question, and it aborts on `x=[}`.
/// The tests compare this reader with it (tests/unit/toml_oracle_test.cpp).
[[nodiscard]] std::optional<Tree> read_toml(std::string_view text, Findings& findings);

}  // namespace attune::detail
