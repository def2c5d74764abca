// SPDX-License-Identifier: MIT
#pragma once

/// What each column of an input is for.

#include <cstdint>
#include <string>
#include <vector>

#include "attune/rows.hpp"

namespace attune::detail {

inline constexpr std::uint16_t no_place = 0xFFFF;

/// A column may hold an answer, be passed through, both or neither.
struct Column {
  std::uint16_t item = no_place;  ///< place among the wanted items
  std::uint16_t kept = no_place;  ///< place among the kept columns
};

/// The columns that a run needs, by name.
struct WantedColumns {
  std::vector<std::string> items;
  std::vector<std::string> kept;
};

/// The names of the columns with the answers: `options.columns`, or the ids of the scored items.
[[nodiscard]] WantedColumns wanted_columns(const Questionnaire& questionnaire,
                                           const std::vector<std::size_t>& items,
                                           const RowOptions& options);

/// The legal answers of each of `items`: `range` where given, else that of its response scale.
[[nodiscard]] std::vector<AnswerRange> answer_ranges(const Questionnaire& questionnaire,
                                                     const std::vector<std::size_t>& items,
                                                     const std::optional<AnswerRange>& range);

/// Parallel to `names`. Error: bad_data, naming all wanted columns that are missing or there more
/// than once, what was found instead, and the nearest names.
[[nodiscard]] Result<std::vector<Column>> match_columns(const std::vector<std::string>& names,
                                                        const WantedColumns& wanted);

/// The error of `match_columns` for `missing` and `repeated` names among those `found`; the first
/// `missing_items` of the missing ones are columns of items.
[[nodiscard]] Error column_error(const std::vector<std::string>& missing,
                                 const std::vector<std::string>& repeated,
                                 const std::vector<std::string>& found, std::size_t missing_items);

}  // namespace attune::detail
