// SPDX-License-Identifier: MIT
#pragma once

/// JSON written straight into a string, for long arrays: the bytes are those that a tree of values
/// would give, without the tree.

#include <string>
#include <string_view>

namespace attune::detail {

/// `text` in quotes, escaped. Bytes that are not UTF-8 become U+FFFD.
void append_json(std::string& out, std::string_view text);

/// The shortest number that reads back to the same value; null for what is no number.
void append_json(std::string& out, double value);

}  // namespace attune::detail
