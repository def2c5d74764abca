// SPDX-License-Identifier: MIT
#pragma once

/// Which column is which item, and what may stand in a cell.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/rows.hpp"

namespace attune::rows {

/// A column may hold an answer, be passed through, both or neither.
struct RowColumn {
  std::optional<std::size_t> item;  ///< place among the wanted items
  std::optional<std::size_t> kept;  ///< place among the kept columns
};

/// Parallel to `names`. Error: bad_data, naming all wanted columns that are missing or there more
/// than once, what was found instead, and the nearest names.
[[nodiscard]] std::vector<RowColumn> match_columns(const std::vector<std::string>& names,
                                                   const std::vector<std::string>& items,
                                                   const std::vector<std::string>& kept);

/// The error of `match_columns` for `missing` and `repeated` names among those `found`; the first
/// `missing_items` of the missing ones are columns of items.
[[nodiscard]] Error column_error(const std::vector<std::string>& missing,
                                 const std::vector<std::string>& repeated,
                                 const std::vector<std::string>& found, std::size_t missing_items);

/// An answer from its text; nothing where it is illegal. Spaces around it mean nothing; a whole
/// number may be written with decimals that are zero.
[[nodiscard]] std::optional<scoring::RawRating> parse_raw_rating(std::string_view text,
                                                                 AnswerRange range,
                                                                 const MissingCodes& missing);

/// "'9' is not a whole number from 1 to 7", the text shortened and made safe to print.
[[nodiscard]] std::string illegal_answer(std::string_view text, AnswerRange range);

/// The readers behind `open_rows`.
[[nodiscard]] std::unique_ptr<RowReader> open_csv_rows(const Questionnaire& questionnaire,
                                                       std::size_t form, RowOptions options,
                                                       ReadBytes read_bytes);
[[nodiscard]] std::unique_ptr<RowReader> open_json_rows(const Questionnaire& questionnaire,
                                                        std::size_t form, RowOptions options,
                                                        ReadBytes read_bytes);

}  // namespace attune::rows
