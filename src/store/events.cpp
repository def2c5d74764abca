// SPDX-License-Identifier: MIT
#include "store/events.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "attune/decimal.hpp"

#include "store/answers.hpp"
#include "store/sqlite_error.hpp"
#include "store/words.hpp"

namespace attune::detail {
namespace {

constexpr std::array<std::string_view, 6> kinds{"deleted", "imported", "discarded",
                                                "tried",   "rescored", "undone"};

std::int64_t checksum(const HistoryEvent& event, std::string_view kind, std::string_view subjects) {
  return Checksum()
      .integer(event.at.microseconds)
      .integer(event.at.offset_minutes)
      .text(kind)
      .text(event.questionnaire)
      .text(subjects)
      .text(event.detail)
      .value();
}

std::optional<HistoryEvent> read_event(const Statement& row) {
  const auto kind = std::find(kinds.begin(), kinds.end(), row.text_at(3));
  if (kind == kinds.end()) return std::nullopt;
  HistoryEvent event;
  event.number = row.integer_at(0);
  event.at = row.instant_at(1);
  event.kind = static_cast<HistoryEventKind>(kind - kinds.begin());
  event.questionnaire = row.text_at(4);
  event.subjects = split_words(row.text_at(5));
  event.detail = row.text_at(6);
  if (checksum(event, *kind, row.text_at(5)) != row.integer_at(7)) return std::nullopt;
  return event;
}

std::vector<HistoryEvent> read_selected(Connection& connection, std::string_view where) {
  std::string sql =
      "select number,at_us,at_offset,kind,questionnaire,subjects,detail,checksum from events ";
  sql += where;
  sql += " order by number";
  Statement rows(connection, sql);
  std::vector<HistoryEvent> events;
  while (rows.step()) {
    std::optional<HistoryEvent> event = read_event(rows);
    if (!event || event->subjects.empty()) throw damaged(connection.file());
    events.push_back(std::move(*event));
  }
  return events;
}

std::set<std::int64_t> undone_events(const std::vector<HistoryEvent>& events) {
  std::set<std::int64_t> undone;
  for (const HistoryEvent& event : events) {
    if (event.kind != HistoryEventKind::undone) continue;
    undone.insert(parse_whole(event.subjects.front()).value_or(0));
  }
  return undone;
}

void add_to(Standing& standing, const HistoryEvent& event) {
  switch (event.kind) {
    case HistoryEventKind::deleted:
      standing.hidden_records.insert(event.subjects.begin(), event.subjects.end());
      break;
    case HistoryEventKind::imported:
      for (const std::string& id : event.subjects) standing.hidden_records.erase(id);
      break;
    case HistoryEventKind::discarded:
      standing.discarded_drafts.insert(parse_whole(event.subjects.front()).value_or(0));
      break;
    case HistoryEventKind::tried:
      standing.tried.push_back(
          {event.questionnaire, event.subjects.front(), event.at, event.detail});
      break;
    case HistoryEventKind::rescored:
      for (const std::string& id : event.subjects) standing.scored_with[id] = event.detail;
      break;
    case HistoryEventKind::undone:
      break;
  }
}

}  // namespace

std::string_view name_of(HistoryEventKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::vector<HistoryEvent> read_events(Connection& connection) {
  return read_selected(connection, "");
}

void add_event(Connection& connection, const HistoryEvent& event) {
  const std::string subjects = join_words(event.subjects);
  const std::string_view kind = name_of(event.kind);
  Statement insert(connection,
                   "insert into events(at_us,at_offset,kind,questionnaire,subjects,detail,"
                   "checksum) values(?,?,?,?,?,?,?)");
  insert.integer(event.at.microseconds)
      .integer(event.at.offset_minutes)
      .text(kind)
      .text(event.questionnaire)
      .text(subjects)
      .text(event.detail)
      .integer(checksum(event, kind, subjects))
      .run();
}

Standing standing_of(const std::vector<HistoryEvent>& events) {
  const std::set<std::int64_t> undone = undone_events(events);
  Standing standing;
  for (const HistoryEvent& event : events) {
    if (undone.count(event.number) == 0) {
      add_to(standing, event);
    } else if (event.kind == HistoryEventKind::imported) {
      // What an undone import brought is there, but not to be seen.
      standing.hidden_records.insert(event.subjects.begin(), event.subjects.end());
    }
  }
  return standing;
}

Standing read_standing(Connection& connection) {
  // An import names every record it brought, which may be thousands. Where nothing was ever deleted
  // or undone it hides and shows nothing.
  const std::vector<HistoryEvent> events =
      read_selected(connection,
                    "where kind<>'imported' or "
                    "exists(select 1 from events where kind in ('deleted','undone'))");
  return standing_of(events);
}

const HistoryEvent* last_undoable(const std::vector<HistoryEvent>& events) {
  const std::set<std::int64_t> undone = undone_events(events);
  const auto found = std::find_if(events.rbegin(), events.rend(), [&](const HistoryEvent& event) {
    return event.kind != HistoryEventKind::undone && undone.count(event.number) == 0;
  });
  return found == events.rend() ? nullptr : &*found;
}

}  // namespace attune::detail
