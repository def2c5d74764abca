// SPDX-License-Identifier: MIT
#pragma once

/// What kind of input it is, from its first bytes: which files can't be read and what turns them
/// into ones that can, which separator a first row has, and UTF-16.

#include <cstddef>
#include <string>
#include <string_view>

#include "attune/error.hpp"
#include "attune/rows.hpp"

namespace attune::rows {

/// Nothing behind this many bytes is looked at to find out what an input is.
inline constexpr std::size_t looked_at_bytes = std::size_t{64} * 1024;

/// Enough to know a file of another kind by.
inline constexpr std::size_t magic_bytes = 4096;

/// For text that is not valid UTF-8, with FILE for the name of the input.
inline constexpr std::string_view latin_1_advice =
    "if it is Latin-1, this makes it UTF-8: iconv -f WINDOWS-1252 -t UTF-8 FILE >data.csv";

/// Throws (bad_data) with the command that helps where `start`, the first bytes of an input, are
/// those of a file that can't be read: a spreadsheet, a file of SPSS, a compressed one.
void refuse_other_files(std::string_view start);

/// The same for JSON that is not JSON Lines.
void refuse_other_json(std::string_view start);

/// The same for lines that end in CR alone. `start` is all there is, or much without a line end.
void refuse_lone_returns(std::string_view start);

/// What stands between the cells of the first row.
struct FirstRow {
  bool is_complete = false;
  std::size_t bytes = 0;  ///< with its line end
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t tabs = 0;
  [[nodiscard]] char separator() const;
};

/// Looks at the row that `text` begins with. What stands in quotes counts for nothing.
[[nodiscard]] FirstRow look_at_row(std::string_view text);

/// UTF-8 from UTF-16, of which `first` was read already, without its mark. What stands for no
/// character becomes a byte that UTF-8 does not have.
[[nodiscard]] ReadBytes decoded_utf16(ReadBytes read, std::string first, bool is_big_endian);

}  // namespace attune::rows
