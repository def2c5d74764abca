// SPDX-License-Identifier: MIT
#pragma once

/// What the reader and the writer of rows share: names of columns in messages, texts of cells, and
/// the members of a line of JSON.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attune/rows.hpp"

namespace attune::rows {

/// The error (bad_data) for wanted columns that are `missing` or there more than once among those
/// `found`, with the nearest names; the first `missing_items` of the missing ones are of items.
[[nodiscard]] Error column_error(const std::vector<std::string>& missing,
                                 const std::vector<std::string>& repeated,
                                 const std::vector<std::string>& found, std::size_t missing_items);

/// `text` in single quotes, not too much of it, made safe to print.
[[nodiscard]] std::string quoted_for_message(std::string_view text);

/// What stands between two cells of CSV or TSV.
[[nodiscard]] inline char separator_of(RowFormat format) {
  return format == RowFormat::tsv ? '\t' : ',';
}

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
