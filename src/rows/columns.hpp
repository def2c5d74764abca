// SPDX-License-Identifier: MIT
#pragma once

/// What the reader and the writer of rows share: names of columns in messages, texts of cells, and
/// the members of a line of JSON.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attune/rows.hpp"

namespace attune::rows {

/// The error (bad_data) for wanted columns that are `missing` or there more than once among those
/// `found`, with the nearest names and, where columns of items are
/// missing, what may name those of all `items`; else 0.
[[nodiscard]] Error column_error(const std::vector<std::string>& missing,
                                 const std::vector<std::string>& repeated,
                                 const std::vector<std::string>& found, std::size_t items);

/// A column that is wanted: its name, and its place where that was said or found.
struct PickedColumn {
  std::string name;
  std::optional<std::size_t> place;
};

/// What the parts of a list of columns stand for among those `found`, by name or by place; `ids`
/// are what a star stands for. A name that is not there is given as it is. Errors (usage): a column
/// that comes twice, a span that doesn't ascend or is longer than 500.
[[nodiscard]] std::vector<PickedColumn> pick_columns(const std::vector<std::string>& parts,
                                                     const std::vector<std::string>& found,
                                                     const std::vector<std::string>& ids);

/// Puts columns that are named like the ids, but for capitals, blanks, hyphens, underscores and
/// points, in their order. Gives whether they were in another.
[[nodiscard]] bool order_by_id(std::vector<PickedColumn>& columns,
                               const std::vector<std::string>& ids);

/// What to know of columns that were picked by their places: that their numbers do not ascend.
/// Empty where there is nothing.
[[nodiscard]] std::string order_remark(const std::vector<PickedColumn>& columns);

/// Whether what should be names are numbers, some of them more than once: a row of answers.
[[nodiscard]] bool looks_like_data(const std::vector<std::string>& names);

/// `text` in single quotes, not too much of it, made safe to print.
[[nodiscard]] std::string quoted_for_message(std::string_view text);

/// What a cell says, without its quotes.
[[nodiscard]] std::string text_of(const Cell& cell);

/// Adds the members of the object in `line` that are columns, in the order they come; members of
/// what lies deeper are passed over. `places` has the columns by name; `texts` is overwritten and
/// holds the texts of the cells; `names`, where it is given, gets the names of all members. False
/// when the line is no JSON object.
[[nodiscard]] bool cut_json_line(std::string_view line,
                                 const std::unordered_map<std::string, std::size_t>& places,
                                 std::vector<CutCell>& cells, std::string& texts,
                                 std::vector<std::string>* names);

}  // namespace attune::rows
