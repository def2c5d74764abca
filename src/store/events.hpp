// SPDX-License-Identifier: MIT
#pragma once

/// The log of what was done to the history, and what follows from it: which records and drafts are
/// hidden, which definition a record is scored with, which steps were tried. The log is only ever
/// added to; undoing adds an entry that names the one undone.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "attune/history.hpp"

#include "store/sqlite.hpp"

namespace attune::detail {

/// The words of the table's `kind` column.
[[nodiscard]] std::string_view name_of(HistoryEventKind kind);

/// All events, in order. Error bad_data when one is damaged.
[[nodiscard]] std::vector<HistoryEvent> read_events(Connection& connection);

/// Adds an event, within the caller's transaction; its number is given by the log.
void add_event(Connection& connection, const HistoryEvent& event);

/// What the log amounts to.
struct Standing {
  std::set<std::string, std::less<>> hidden_records;  ///< deleted, or imported and that undone
  std::set<std::int64_t> discarded_drafts;
  std::map<std::string, std::string, std::less<>> scored_with;  ///< record → sha256
  std::vector<TriedStep> tried;
};
[[nodiscard]] Standing standing_of(const std::vector<HistoryEvent>& events);

[[nodiscard]] Standing read_standing(Connection& connection);

/// The last event that can be undone and has not been, or null.
[[nodiscard]] const HistoryEvent* last_undoable(const std::vector<HistoryEvent>& events);

}  // namespace attune::detail
