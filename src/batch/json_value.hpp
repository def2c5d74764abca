// SPDX-License-Identifier: MIT
#pragma once

/// One value of a line of JSON (RFC 8259), found but not kept as a tree.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace attune::detail {

enum class JsonKind : std::uint8_t { string, number, null, boolean, nested };

/// A value and where it ends.
struct JsonValue {
  std::string_view text;  ///< as it stands in the line, a string with its quotes
  JsonKind kind = JsonKind::null;
  bool has_escapes = false;
};

/// The value at the start of `text`, which must end with the line. Nothing where it is not legal
/// JSON: a control character, bytes that are not UTF-8, an unknown escape, a number with leading
/// zeros, brackets that don't match or are nested deeper than 64.
[[nodiscard]] std::optional<JsonValue> scan_json(std::string_view text);

/// The text that a string stands for; escapes of lone surrogates become U+FFFD.
/// Precondition: `scan_json` took it for a string.
[[nodiscard]] std::string json_text(std::string_view string);

/// `text` without the spaces it begins with.
[[nodiscard]] std::string_view skip_json_spaces(std::string_view text);

}  // namespace attune::detail
