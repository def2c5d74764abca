// SPDX-License-Identifier: MIT
#pragma once

/// What the sources of `History` share: history.cpp opens the file and keeps definitions,
/// records.cpp the completed records, drafts.cpp the unfinished ones, events.cpp what is done to
/// both later.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "attune/history.hpp"

#include "base/json.hpp"
#include "store/sqlite.hpp"

namespace attune::store {

// --- history.cpp

enum class StoreContent { nothing, history, locked };

/// What `file` is, by its first bytes, before SQLite may touch it; `nothing` when there is none or
/// it is empty. One without a beginning is a history when the journal of an interrupted save is
/// there, which SQLite then undoes: a power cut may leave any part of the very first save. Errors:
/// bad_data when it is not a history, configuration when it is a newer one, and those of
/// `read_private_beginning`.
[[nodiscard]] StoreContent look_at(const std::filesystem::path& file, Access access);

/// Makes the tables where there are none. Errors: configuration when the store is newer.
void prepare_schema(Connection& connection);

/// Keeps a definition unless it is kept already. Error internal when its hash is another.
void keep_definition(Connection& connection, const KeptDefinition& definition);

// --- records.cpp

/// Whether `id` is ten characters of [0-9a-z].
[[nodiscard]] bool is_record_id(std::string_view id);

/// Keeps a record with its answers, within the caller's transaction: its sequence number. Error
/// bad_data when the id is taken, by a deleted record too.
std::int64_t keep_record(Connection& connection, const Record& record);

/// Where a record is looked for: by the index of ids, or by all rows, which finds one that damage
/// has hidden in the index. Where a person names one, time is no matter; for each of thousands it
/// is.
enum class Search { index, rows };

/// The record with this id, deleted or not.
[[nodiscard]] std::optional<Record> read_record(Connection& connection, std::string_view id,
                                                Search search);

/// A number as JSON, whole ones without ".0", as a person would write them; they read back the
/// same.
[[nodiscard]] Json number_json(double number);

/// An answer as JSON: a number, null (skipped), an array of choice ids, or a text; and back, where
/// it is one.
[[nodiscard]] Json answer_json(const Answer& answer);
[[nodiscard]] std::optional<Answer> answer_of(const Json& json);

/// FNV-1a, 64 bits (Fowler, Noll and Vo 1991), taken eight bytes at a step. Each step can be
/// undone, so one changed byte always changes it. It notices damage; it is no protection against
/// intent.
class Checksum {
 public:
  /// The length goes in first, so that bytes can't wander from one value to the next.
  void add(std::string_view value);
  void add(const std::string& value) { add(std::string_view(value)); }
  void add(const std::optional<std::string>& value);
  void add(std::int64_t value);
  void add(double value);
  void add(const Instant& value);
  [[nodiscard]] std::int64_t value() const { return static_cast<std::int64_t>(state_); }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

/// The checksum of a row with these values.
template <class... Values>
[[nodiscard]] std::int64_t checksum_of(const Values&... values) {
  Checksum sum;
  (sum.add(values), ...);
  return sum.value();
}

// --- drafts.cpp

/// Removes a draft with its answers, within the caller's transaction. Nothing happens when this
/// file has none such.
void remove_draft(Connection& connection, const Draft& draft);

// --- events.cpp

/// What the log of changes amounts to.
struct Standing {
  std::set<std::string, std::less<>> hidden_records;  ///< deleted, or imported and that undone
  std::set<std::int64_t> discarded_drafts;
  std::map<std::string, std::string, std::less<>> scored_with;  ///< record → sha256
  std::vector<TriedStep> tried;
};
[[nodiscard]] Standing read_standing(Connection& connection);

/// The words in one column that were joined by `between`, which none of them holds.
[[nodiscard]] std::vector<std::string> split_words(std::string_view text, char between = ' ');

}  // namespace attune::store
