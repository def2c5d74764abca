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

void remove_row(Connection& connection, std::string_view sql, std::string_view key) {
  Statement remove(connection, sql);
  remove.text(key).run();
}

void remove_deleted(Connection& connection, const Standing& standing, Purged& purged) {
  for (const std::string& id : standing.hidden_records) {
    remove_row(connection, "delete from records where id=?", id);
    if (connection.changed_rows()) ++purged.records;
  }
  for (const std::int64_t draft : standing.discarded_drafts) {
    const std::string id = std::to_string(draft);
    remove_row(connection, "delete from draft_answers where draft=?", id);
    remove_row(connection, "delete from drafts where id=?", id);
    if (connection.changed_rows()) ++purged.drafts;
  }
}

// What is still in force goes into a log of its own; with the rest of the log goes the way back.
void renew_log(Connection& connection, const std::vector<HistoryEvent>& events) {
  const Standing standing = detail::standing_of(events);
  connection.run("delete from events");
  for (const TriedStep& step : standing.tried) {
    const HistoryEvent event{0,           step.at,  HistoryEventKind::tried, step.questionnaire,
                             {step.step}, step.note};
    detail::add_event(connection, event);
  }
  const Instant at = events.empty() ? Instant{} : events.back().at;
  for (const auto& [id, sha256] : standing.scored_with) {
    if (standing.hidden_records.count(id) > 0) continue;
    const HistoryEvent event{0, at, HistoryEventKind::rescored, {}, {id}, sha256};
    detail::add_event(connection, event);
  }
}

constexpr const char* remove_everything =
    "delete from draft_answers;delete from drafts;delete from records;delete from events;"
    "delete from definitions";
constexpr const char* remove_unused_definitions =
    "delete from definitions where sha256 not in (select sha256 from records union "
    "select sha256 from drafts union select detail from events where kind='rescored')";

std::size_t count(Connection& connection, std::string_view sql) {
  Statement statement(connection, sql);
  static_cast<void>(statement.step());
  return static_cast<std::size_t>(statement.integer_at(0));
}

Purged remove_all(Connection& connection) {
  const auto records = count(connection, "select count(*) from records");
  const auto drafts = count(connection, "select count(*) from drafts");
  connection.run(remove_everything);
  return Purged{records, drafts};
}

Purged remove_hidden(Connection& connection) {
  const std::vector<HistoryEvent> events = detail::read_events(connection);
  Purged purged;
  remove_deleted(connection, detail::standing_of(events), purged);
  renew_log(connection, events);
  connection.run(remove_unused_definitions);
  return purged;
}

}  // namespace

Purged History::purge(PurgeScope scope) {
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  transaction.begin();
  const Purged purged =
      scope == PurgeScope::everything ? remove_all(connection) : remove_hidden(connection);
  transaction.commit();
  // What was removed is overwritten already (secure_delete); this gives its room back.
  connection.shrink();
  return purged;
}

std::string History::image() { return database_->connection.copy(); }

}  // namespace attune
