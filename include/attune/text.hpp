// SPDX-License-Identifier: MIT
#pragma once

/// Text as people read it: UTF-8 checks, columns on a terminal, wrapping, escaping, near names.
/// Not for fonts, markup or locales: every function gives the same bytes in every locale.
///
///     for (const std::string& line : wrap(item.text, 38)) out += line + '\n';

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attune {

/// Byte offset of the first byte that is not strict UTF-8 (overlong forms, surrogates and values
/// above U+10FFFF are refused), or nothing when all of `text` is valid.
[[nodiscard]] std::optional<std::size_t> invalid_utf8(std::string_view text);

/// One decoded code point and how many bytes it took: none where `text` is not strict UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};
[[nodiscard]] CodePoint first_code_point(std::string_view text);

/// `text` without the spaces, tabs and line ends at both of its ends.
[[nodiscard]] std::string_view trim(std::string_view text);

[[nodiscard]] bool is_ascii_digit(char c);

/// `text` with A to Z as a to z; all else stays.
[[nodiscard]] std::string lower_case(std::string_view text);

/// `text` with its first letter in upper case where it is one of a to z.
[[nodiscard]] std::string capitalised(std::string_view text);

/// `text` with each `placeholder` replaced by `words`, which are not looked through again.
[[nodiscard]] std::string replace_all(std::string text, std::string_view placeholder,
                                      std::string_view words);

/// Whether a code point may stand in a text a person reads: no control characters but newline, no
/// bidirectional controls, no invisible tag characters, no non-characters, no line separators.
[[nodiscard]] bool is_printable(char32_t code_point);

/// Columns that `text` takes on a terminal: wide characters count 2, combining marks 0; a cluster
/// of several code points counts as its widest. Invalid bytes count as their escape would (4 each).
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The longest beginning of `text` that fits `columns`, never cutting a grapheme cluster.
[[nodiscard]] std::string_view fit(std::string_view text, std::size_t columns);

/// Bytes of the first grapheme cluster of `text`: what the eye takes as one character.
/// Precondition: not empty.
[[nodiscard]] std::size_t first_cluster_bytes(std::string_view text);

/// `text` followed by spaces up to `columns`; unchanged when it is already as wide.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t columns);

/// Lines of at most `columns` columns, broken at spaces; a longer word is broken between grapheme
/// clusters. Newlines in `text` are kept as breaks. Columns below 1 count as 1. At least one line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);

/// `text` made safe to print: whatever `is_printable` refuses (newline included) and invalid bytes
/// are written as visible escapes such as \x1B or \u{202E}.
[[nodiscard]] std::string escape(std::string_view text);

/// Like `escape`, with the newlines kept: for texts of several lines.
[[nodiscard]] std::string escape_lines(std::string_view text);

/// `text` as one cell of comma-separated values (RFC 4180): quoted when it holds a comma, a quote,
/// a line break, or spaces at an end. What a spreadsheet would run as a formula (it starts with = +
/// -
/// @, a tab or a carriage return) gets a leading apostrophe; numbers must not pass through this.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// Finished cells joined to a line that ends with LF.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

/// ASCII spelling of the few symbols we print ourselves (± → +/-, – → -, ’ → '), `?` for the rest.
/// Used where the character set of the terminal is not UTF-8.
[[nodiscard]] std::string to_ascii(std::string_view text);

/// The candidates nearest to a mistyped `name`, best first, at most three: those within a third of
/// its length (at least one, at most three edits, a swap counting as one), and those that it is the
/// beginning of, where it has two characters besides hyphens. Upper and lower case are one.
[[nodiscard]] std::vector<std::string> nearest(std::string_view name,
                                               std::span<const std::string> candidates);

/// Whether `id` matches [a-z0-9][a-z0-9._-]{0,63}.
[[nodiscard]] bool is_id(std::string_view id);

/// `text` composed (Unicode's NFC): what looks the same is the same. As it is where it is no UTF-8.
[[nodiscard]] std::string composed(std::string_view text);

/// Whether `text` is a label that a person may give: 1 to 40 letters, marks and digits of any
/// script, - _ and dots.
[[nodiscard]] bool is_label(std::string_view text);

/// Names joined as a sentence lists them: "a", "a or b", "a, b or c".
[[nodiscard]] std::string join_or(std::span<const std::string> names);

/// The parts with `separator` between them, and `last` before the last one where it is given.
[[nodiscard]] std::string joined(std::span<const std::string> parts, std::string_view separator,
                                 std::string_view last = {});

/// The parts of `text` before, between and behind each `separator`; at least one, maybe empty.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// "1 record", "2 records".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace attune
