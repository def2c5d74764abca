// SPDX-License-Identifier: MIT
#include "batch/csv_digits.hpp"

namespace attune::detail {
namespace {
constexpr int largest_digit = 9;
}

DigitColumns::DigitColumns(const std::vector<Column>& columns,
                           const std::vector<AnswerRange>& ranges, const MissingCodes& missing,
                           char separator)
    : groups_(columns.size() + 1), digits_(columns.size() + 1) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].item == no_place) continue;
    const AnswerRange range = ranges[columns[i].item];
    Digit& digit = digits_[i];
    digit.slot = columns[i].item;
    digit.lowest = static_cast<char>('0' + range.min);
    digit.width = static_cast<std::uint8_t>(range.max - range.min);
    digit.behind = i + 1 == columns.size() ? '\n' : separator;
    digit.is_possible =
        columns[i].kept == no_place && range.max <= largest_digit && !missing.any_within(range);
  }
  if constexpr (!words_are_in_order) return;
  for (std::size_t first = 0; first + group_cells <= columns.size(); ++first) make_group(first);
}

void DigitColumns::make_group(std::size_t first) {
  Group group;
  for (std::size_t i = 0; i < group_cells; ++i) {
    const Digit& digit = digits_[first + i];
    if (!digit.is_possible) return;
    const std::uint64_t lane = 16 * i;
    const auto behind = std::uint64_t{static_cast<unsigned char>(digit.behind)};
    const auto min = static_cast<std::uint64_t>(digit.lowest - '0');
    group.pattern |= (behind << 8 | '0') << lane;
    group.above |= (0x7FFF - min - digit.width) << lane;
    group.below |= (0x8000 - min) << lane;
  }
  groups_[first] = group;
}

}  // namespace attune::detail
