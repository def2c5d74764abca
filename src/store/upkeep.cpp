// SPDX-License-Identifier: MIT
#include <string>

#include "store/database.hpp"
#include "store/events.hpp"

namespace attune {

using detail::Connection;
using detail::Standing;
using detail::Statement;
using detail::Transaction;

namespace {

Result<void> remove_row(Connection& connection, std::string_view sql, std::string_view key) {
  Statement remove(connection, sql);
  return remove.text(key).run();
}

Result<void> remove_deleted(Connection& connection, const Standing& standing, Purged& purged) {
  for (const std::string& id : standing.hidden_records) {
    Result<void> gone = remove_row(connection, "delete from records where id=?", id);
    if (!gone) return gone;
    if (connection.changed_rows()) ++purged.records;
  }
  for (const std::int64_t draft : standing.discarded_drafts) {
    const std::string id = std::to_string(draft);
    Result<void> gone = remove_row(connection, "delete from draft_answers where draft=?", id);
    if (gone) gone = remove_row(connection, "delete from drafts where id=?", id);
    if (!gone) return gone;
    if (connection.changed_rows()) ++purged.drafts;
  }
  return {};
}

// What is still in force goes into a log of its own; with the rest of the log goes the way back.
Result<void> renew_log(Connection& connection, const std::vector<HistoryEvent>& events) {
  const Standing standing = detail::standing_of(events);
  if (Result<void> gone = connection.run("delete from events"); !gone) return gone;
  for (const TriedStep& step : standing.tried) {
    const HistoryEvent event{0,           step.at,  HistoryEventKind::tried, step.questionnaire,
                             {step.step}, step.note};
    if (Result<void> added = detail::add_event(connection, event); !added) return added;
  }
  const Instant at = events.empty() ? Instant{} : events.back().at;
  for (const auto& [id, sha256] : standing.scored_with) {
    if (standing.hidden_records.count(id) > 0) continue;
    const HistoryEvent event{0, at, HistoryEventKind::rescored, {}, {id}, sha256};
    if (Result<void> added = detail::add_event(connection, event); !added) return added;
  }
  return {};
}

constexpr const char* remove_everything =
    "delete from draft_answers;delete from drafts;delete from records;delete from events;"
    "delete from definitions";
constexpr const char* remove_unused_definitions =
    "delete from definitions where sha256 not in (select sha256 from records union "
    "select sha256 from drafts union select detail from events where kind='rescored')";

Result<std::size_t> count(Connection& connection, std::string_view sql) {
  Statement statement(connection, sql);
  const Result<bool> row = statement.step();
  if (!row) return row.error();
  return static_cast<std::size_t>(statement.integer_at(0));
}

Result<Purged> remove_all(Connection& connection) {
  const auto records = count(connection, "select count(*) from records");
  if (!records) return records.error();
  const auto drafts = count(connection, "select count(*) from drafts");
  if (!drafts) return drafts.error();
  if (Result<void> gone = connection.run(remove_everything); !gone) return gone.error();
  return Purged{*records, *drafts};
}

Result<Purged> remove_hidden(Connection& connection) {
  const Result<std::vector<HistoryEvent>> events = detail::read_events(connection);
  if (!events) return events.error();
  Purged purged;
  const Result<void> removed = remove_deleted(connection, detail::standing_of(*events), purged);
  if (!removed) return removed.error();
  if (Result<void> renewed = renew_log(connection, *events); !renewed) return renewed.error();
  if (Result<void> gone = connection.run(remove_unused_definitions); !gone) return gone.error();
  return purged;
}

}  // namespace

Result<Purged> History::purge(PurgeScope scope) {
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun.error();
  Result<Purged> purged =
      scope == PurgeScope::everything ? remove_all(connection) : remove_hidden(connection);
  if (!purged) return purged;
  if (Result<void> done = transaction.commit(); !done) return done.error();
  // What was removed is overwritten already (secure_delete); this gives its room back.
  if (Result<void> shrunk = connection.shrink(); !shrunk) return shrunk.error();
  return purged;
}

Result<std::string> History::image() { return database_->connection.copy(); }

}  // namespace attune
