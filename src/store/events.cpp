// SPDX-License-Identifier: MIT
// The log of what was done to the history, and what follows from it: which records and drafts are
// hidden, which definition a record is scored with, which steps were tried. The log is only ever
// added to; undoing adds an entry that names the one undone.
#include <algorithm>
#include <array>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "store/database.hpp"

namespace attune::store {
namespace {

// The words of the table's `kind` column.
constexpr std::array<std::string_view, 6> kinds{"deleted", "imported", "discarded",
                                                "tried",   "rescored", "undone"};

std::int64_t event_checksum(const HistoryEvent& event, std::string_view kind,
                            std::string_view subjects) {
  return checksum_of(event.at, kind, event.questionnaire, subjects, event.detail);
}

// Within the caller's transaction; its number is given by the log.
void add_event(Connection& connection, const HistoryEvent& event) {
  const std::string subjects = joined(event.subjects, " ");
  const std::string_view kind = kinds[static_cast<std::size_t>(event.kind)];
  Statement(connection,
            "insert into events(at_us,at_offset,kind,questionnaire,subjects,detail,checksum) "
            "values(?,?,?,?,?,?,?)")
      .bind(event.at, kind, event.questionnaire, subjects, event.detail,
            event_checksum(event, kind, subjects))
      .run();
}

void add_event(Connection& connection, HistoryEventKind kind, Instant at,
               std::vector<std::string> subjects, std::string detail = {}) {
  add_event(connection, {0, at, kind, {}, std::move(subjects), std::move(detail)});
}

void add_tried_event(Connection& connection, const TriedStep& step) {
  std::vector<std::string> subjects{step.step};
  if (step.about) subjects.push_back(*step.about);
  add_event(connection, {0, step.at, HistoryEventKind::tried, step.questionnaire,
                         std::move(subjects), step.note});
}

HistoryEvent read_event(const Connection& connection, const Statement& row) {
  const auto kind = std::ranges::find(kinds, row.text_at(3));
  if (kind == kinds.end()) throw connection.damage();
  HistoryEvent event;
  event.number = row.integer_at(0);
  event.at = row.instant_at(1);
  event.kind = static_cast<HistoryEventKind>(kind - kinds.begin());
  event.questionnaire = row.text_at(4);
  event.subjects = split_words(row.text_at(5));
  event.detail = row.text_at(6);
  const bool is_whole = event_checksum(event, *kind, row.text_at(5)) == row.integer_at(7);
  if (!is_whole || event.subjects.empty()) throw connection.damage();
  return event;
}

std::vector<HistoryEvent> read_events(Connection& connection, std::string_view where = "") {
  std::string sql =
      "select number,at_us,at_offset,kind,questionnaire,subjects,detail,checksum from events ";
  sql += where;
  sql += " order by number";
  Statement rows(connection, sql);
  std::vector<HistoryEvent> events;
  while (rows.step()) events.push_back(read_event(connection, rows));
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
      if (event.subjects.size() > 1) standing.tried.back().about = event.subjects[1];
      break;
    case HistoryEventKind::rescored:
      for (const std::string& id : event.subjects) standing.scored_with[id] = event.detail;
      break;
    case HistoryEventKind::undone:
      break;
  }
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

// The last event that can be undone and has not been, or null.
const HistoryEvent* last_undoable(const std::vector<HistoryEvent>& events) {
  const std::set<std::int64_t> undone = undone_events(events);
  const auto found = std::find_if(events.rbegin(), events.rend(), [&](const HistoryEvent& event) {
    return event.kind != HistoryEventKind::undone && undone.count(event.number) == 0;
  });
  return found == events.rend() ? nullptr : &*found;
}

// --- what an import brings

// A record is worth nothing without the text it was taken with.
void check_definitions(Connection& connection, const Record& record) {
  for (const std::string& sha256 : {record.sha256, record.scored_with}) {
    if (sha256.empty()) continue;
    Statement find(connection, "select 1 from definitions where sha256=?");
    if (find.bind(sha256).step()) continue;
    throw Error(ErrorKind::bad_data,
                "the text of its questionnaire is neither in the file nor in your history",
                escape(record.id), {"nothing was imported"});
  }
}

// Whether the record becomes visible by this: it is not there yet, or hidden.
bool bring_in(Connection& connection, const Record& record, const Standing& standing) {
  std::optional<Record> kept = read_record(connection, record.id, Search::index);
  if (!kept) {
    check_definitions(connection, record);
    keep_record(connection, record);
    return true;
  }
  kept->sequence = record.sequence;
  kept->scored_with = record.scored_with;
  if (*kept != record) {
    throw Error(ErrorKind::bad_data, "your history has a different record with this id",
                escape(record.id), {"nothing was imported"});
  }
  return standing.hidden_records.count(record.id) > 0;
}

// Those that were rescored stay so, by definition.
void bring_in_scorings(Connection& connection, const Import& import,
                       const std::vector<std::string>& brought, Instant at) {
  const std::set<std::string_view> new_ids(brought.begin(), brought.end());
  std::map<std::string, std::vector<std::string>> by_definition;
  for (const Record& record : import.records) {
    if (record.scored_with.empty() || record.scored_with == record.sha256) continue;
    if (!new_ids.contains(record.id)) continue;
    by_definition[record.scored_with].push_back(record.id);
  }
  for (auto& [sha256, ids] : by_definition) {
    add_event(connection, HistoryEventKind::rescored, at, std::move(ids), sha256);
  }
}

// --- what a purge takes out

Purged remove_deleted(Connection& connection, const Standing& standing) {
  Purged purged;
  for (const std::string& id : standing.hidden_records) {
    purged.records += Statement(connection, "delete from records where id=?").bind(id).run();
  }
  for (const std::int64_t draft : standing.discarded_drafts) {
    Statement(connection, "delete from draft_answers where draft=?").bind(draft).run();
    purged.drafts += Statement(connection, "delete from drafts where id=?").bind(draft).run();
  }
  return purged;
}

// What is still in force goes into a log of its own; with the rest of the log goes the way back.
void renew_log(Connection& connection, const std::vector<HistoryEvent>& events,
               const Standing& standing) {
  connection.run("delete from events");
  for (const TriedStep& step : standing.tried) add_tried_event(connection, step);
  const Instant at = events.empty() ? Instant{} : events.back().at;
  for (const auto& [id, sha256] : standing.scored_with) {
    if (standing.hidden_records.count(id) > 0) continue;
    add_event(connection, HistoryEventKind::rescored, at, {id}, sha256);
  }
}

Purged remove_all(Connection& connection) {
  connection.run("delete from draft_answers;delete from events");
  const Purged purged{Statement(connection, "delete from records").run(),
                      Statement(connection, "delete from drafts").run()};
  connection.run("delete from definitions");
  return purged;
}

Purged remove_hidden(Connection& connection) {
  const std::vector<HistoryEvent> events = read_events(connection);
  const Standing standing = standing_of(events);
  const Purged purged = remove_deleted(connection, standing);
  renew_log(connection, events, standing);
  connection.run(
      "delete from definitions where sha256 not in (select sha256 from records union "
      "select sha256 from drafts union select detail from events where kind='rescored')");
  return purged;
}

}  // namespace

std::vector<std::string> split_words(std::string_view text, char between) {
  if (text.empty()) return {};
  const std::vector<std::string_view> words = split(text, between);
  return {words.begin(), words.end()};
}

Standing read_standing(Connection& connection) {
  // An import names every record it brought, which may be thousands. Where nothing was ever deleted
  // or undone it hides and shows nothing.
  return standing_of(
      read_events(connection,
                  "where kind<>'imported' or "
                  "exists(select 1 from events where kind in ('deleted','undone'))"));
}

// What another process has hidden meanwhile is not hidden twice, so that one undo brings it back.
void History::discard_draft(std::int64_t draft_id, Instant at) {
  change([&] {
    const std::vector<Draft> kept = drafts();
    if (std::ranges::find(kept, draft_id, &Draft::id) == kept.end()) return false;
    add_event(*connection_, HistoryEventKind::discarded, at, {std::to_string(draft_id)});
    return true;
  });
}

bool History::delete_record(std::string_view id, Instant at) {
  bool is_there = false;
  change([&] {
    is_there = find_record(id).has_value();
    if (is_there) add_event(*connection_, HistoryEventKind::deleted, at, {std::string(id)});
    return is_there;
  });
  return is_there;
}

void History::add_tried(const TriedStep& step) {
  change([&] {
    add_tried_event(*connection_, step);
    return true;
  });
}

std::vector<TriedStep> History::tried_steps(const std::optional<std::string>& questionnaire) {
  std::vector<TriedStep> tried = read_standing(*connection_).tried;
  std::erase_if(tried, [&](const TriedStep& step) {
    return questionnaire && step.questionnaire != *questionnaire;
  });
  return tried;
}

void History::rescore(const std::vector<std::string>& ids, const KeptDefinition& definition,
                      Instant at) {
  if (ids.empty()) return;
  change([&] {
    keep_definition(*connection_, definition);
    add_event(*connection_, HistoryEventKind::rescored, at, ids, definition.sha256);
    return true;
  });
}

Imported History::add_import(const Import& import, Instant at) {
  Imported imported;
  change([&] {
    const Standing standing = read_standing(*connection_);
    for (const KeptDefinition& definition : import.definitions) {
      keep_definition(*connection_, definition);
    }
    std::vector<std::string> brought;
    for (const Record& record : import.records) {
      if (bring_in(*connection_, record, standing)) brought.push_back(record.id);
    }
    if (!brought.empty()) add_event(*connection_, HistoryEventKind::imported, at, brought);
    bring_in_scorings(*connection_, import, brought, at);
    std::size_t tried = 0;
    for (const TriedStep& step : import.tried) {
      if (std::ranges::find(standing.tried, step) != standing.tried.end()) continue;
      add_tried_event(*connection_, step);
      ++tried;
    }
    imported = {brought.size(), tried};
    // Without a commit nothing was touched, not even by the definitions.
    return !brought.empty() || tried > 0;
  });
  return imported;
}

std::optional<HistoryEvent> History::undo(Instant at) {
  std::optional<HistoryEvent> undone;
  change([&] {
    const std::vector<HistoryEvent> log = read_events(*connection_);
    const HistoryEvent* last = last_undoable(log);
    undone = last == nullptr ? std::nullopt : std::optional(*last);
    if (!undone) return false;
    add_event(*connection_, HistoryEventKind::undone, at, {std::to_string(last->number)});
    return true;
  });
  return undone;
}

std::optional<HistoryEvent> History::undoable() {
  const std::vector<HistoryEvent> log = read_events(*connection_);
  const HistoryEvent* last = last_undoable(log);
  return last == nullptr ? std::nullopt : std::optional(*last);
}

std::vector<HistoryEvent> History::events() { return read_events(*connection_); }

Purged History::purge(PurgeScope scope) {
  Purged purged;
  change([&] {
    purged =
        scope == PurgeScope::everything ? remove_all(*connection_) : remove_hidden(*connection_);
    return true;
  });
  // In the file it is overwritten already (secure_delete), and the room stays for what comes: a
  // file that shrinks leaves what it held in freed blocks.
  try {
    connection_->remove_leftovers();
  } catch (Error& error) {
    error.advice = {"all else is purged; the next purge overwrites the journal, too"};
    throw;
  }
  return purged;
}

}  // namespace attune::store
