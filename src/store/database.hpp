// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "attune/history.hpp"

#include "store/sqlite.hpp"

namespace attune {

/// What a History holds: its open file. Its operations are in history.cpp, drafts.cpp, records.cpp,
/// changes.cpp and upkeep.cpp.
class History::Database {
 public:
  explicit Database(detail::Connection opened) : connection(std::move(opened)) {}
  detail::Connection connection;
};

namespace detail {

/// Keeps `text` under `sha256` unless it is kept already. Error internal when the hash is another.
void keep_definition(Connection& connection, std::string_view sha256,
                     std::string_view questionnaire, std::string_view version,
                     std::string_view text);

/// Keeps a record with its answers, within the caller's transaction: its sequence number. Error
/// bad_data when the id is taken, by a deleted record too.
[[nodiscard]] std::int64_t keep_record(Connection& connection, const Record& record);

/// Where a record is looked for: by the index of ids, or by all rows, which finds one that damage
/// has hidden in the index. Where a person names one, time is no matter; for each of thousands it
/// is.
enum class Search { index, rows };

/// The record with this id, deleted or not.
[[nodiscard]] std::optional<Record> read_record(Connection& connection, std::string_view id,
                                                Search search);

}  // namespace detail
}  // namespace attune
