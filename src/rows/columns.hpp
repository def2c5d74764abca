// SPDX-License-Identifier: MIT
#pragma once

/// Which column is which item, and what may stand in a cell.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/rows.hpp"

namespace attune {

/// The columns that a run needs, by name.
struct WantedColumns {
  std::vector<std::string> items;  ///< `RowOptions::columns`, or the ids of the scored items
  std::vector<std::string> kept;
};
[[nodiscard]] WantedColumns wanted_columns(const Questionnaire& questionnaire, const Keying& keying,
                                           const RowOptions& options);

/// A column may hold an answer, be passed through, both or neither.
struct RowColumn {
  std::optional<std::size_t> item;  ///< place among the wanted items
  std::optional<std::size_t> kept;  ///< place among the kept columns
};

/// Parallel to `names`. Error: bad_data, naming all wanted columns that are missing or there more
/// than once, what was found instead, and the nearest names.
[[nodiscard]] std::vector<RowColumn> match_columns(const std::vector<std::string>& names,
                                                   const WantedColumns& wanted);

/// The error of `match_columns` for `missing` and `repeated` names among those `found`; the first
/// `missing_items` of the missing ones are columns of items.
[[nodiscard]] Error column_error(const std::vector<std::string>& missing,
                                 const std::vector<std::string>& repeated,
                                 const std::vector<std::string>& found, std::size_t missing_items);

/// Which texts stand for no answer.
class MissingCodes {
 public:
  explicit MissingCodes(const std::vector<std::string>& codes);

  /// The empty text, a code as it is written, or the number that a code is: 0 is "0.0", too.
  [[nodiscard]] bool matches(std::string_view text) const;

  /// Whether a code is a legal answer of `range`: then no digit may be taken for one unseen.
  [[nodiscard]] bool any_within(AnswerRange range) const;

 private:
  std::vector<std::string> texts_;
  std::vector<double> numbers_;
};

/// An answer from its text; nothing where it is illegal. Spaces around it mean nothing; a whole
/// number may be written with decimals that are zero.
[[nodiscard]] std::optional<RawRating> parse_raw_rating(std::string_view text, AnswerRange range,
                                                        const MissingCodes& missing);

/// "'9' is not a whole number from 1 to 7", the text shortened and made safe to print.
[[nodiscard]] std::string illegal_answer(std::string_view text, AnswerRange range);

}  // namespace attune
