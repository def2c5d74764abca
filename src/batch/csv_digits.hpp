// SPDX-License-Identifier: MIT
#pragma once

/// Cells that are one digit or empty, as most cells of most rows are. Four of them with their
/// separators are eight bytes, which are read, checked and stored at once.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "batch/cells.hpp"
#include "batch/columns.hpp"
#include "batch/words.hpp"

namespace attune::detail {

class DigitColumns {
 public:
  DigitColumns() = default;

  /// For `columns` whose items are slots, with `ranges` by slot.
  DigitColumns(const std::vector<Column>& columns, const std::vector<AnswerRange>& ranges,
               const MissingCodes& missing, char separator);

  /// Reads as many such cells as there are, from `column` on; `column` is then the first that is
  /// not of that kind, and the result is where it starts.
  const char* read(std::size_t& column, const char* at, const char* end,
                   std::int16_t* slots) const {
    const Digit* digit = digits_.data() + column;
    const Group* group = groups_.data() + column;
    std::int16_t* slot = slots + digit->slot;
    while (end - at >= static_cast<std::ptrdiff_t>(word_bytes)) {
      if (read_group(*group, at, slot)) {
        digit += group_cells;
        group += group_cells;
        slot += group_cells;
        at += word_bytes;
        continue;
      }
      // Behind the last column stands one that takes no digit.
      if (!digit->is_possible) break;
      const auto value = static_cast<unsigned char>(*at - digit->lowest);
      if (*at == digit->behind) {
        *slot = 0;
        at += 1;
      } else if (at[1] == digit->behind && value <= digit->width) {
        *slot = static_cast<std::int16_t>(*at - '0' + 1);
        at += 2;
      } else {
        break;
      }
      ++digit;
      ++group;
      ++slot;
    }
    column = static_cast<std::size_t>(digit - digits_.data());
    return at;
  }

 private:
  static constexpr std::size_t group_cells = 4;

  // What the four columns from one on have to look like to be read at once, in four lanes of 16
  // bits: a digit in the low byte, its separator in the high one. Without a pattern no text fits.
  struct Group {
    std::uint64_t pattern = 0;  // what takes away '0' and the separators
    std::uint64_t above = 0;    // added to a digit beyond its max, sets the top bit of its lane
    std::uint64_t below = 0;    // added to a digit not below its min, sets the top bit of its lane
  };

  // What a column has to look like to be read as one digit.
  struct Digit {
    std::uint16_t slot = 0;
    char lowest = '0';
    std::uint8_t width = 0;  // highest − lowest
    char behind = ',';       // its separator, or the line end
    bool is_possible = false;
  };

  void make_group(std::size_t first);

  // Reads four cells into `slots`; false where they are not of the shape of `group`.
  static bool read_group(const Group& group, const char* at, std::int16_t* slots) {
    constexpr std::uint64_t every_lane = 0x0001000100010001;
    constexpr std::uint64_t top_bits = 0x8000 * every_lane;
    constexpr std::uint64_t beyond_digits = 0xFFF0 * every_lane;
    std::uint64_t lanes = load_word(at) ^ group.pattern;
    // Where no lane is beyond four bits, no sum carries into the next one.
    const std::uint64_t outside = (lanes + group.above) | ~(lanes + group.below);
    if (((lanes & beyond_digits) | (outside & top_bits)) != 0) return false;
    lanes += every_lane;
    std::memcpy(slots, &lanes, sizeof lanes);
    return true;
  }

  // By column, one more than there are.
  std::vector<Group> groups_;
  std::vector<Digit> digits_;
};

}  // namespace attune::detail
