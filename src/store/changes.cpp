// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

#include "store/database.hpp"
#include "store/events.hpp"

namespace attune {

using detail::Connection;
using detail::Standing;
using detail::Statement;
using detail::Transaction;

namespace {

// One event by itself.
void log(Connection& connection, const HistoryEvent& event) {
  Transaction transaction(connection);
  transaction.begin();
  detail::add_event(connection, event);
  transaction.commit();
}

void keep(Connection& connection, const KeptDefinition& definition) {
  detail::keep_definition(connection, definition.sha256, definition.questionnaire,
                          definition.version, definition.text);
}

Error different(const std::string& id) {
  return {.kind = ErrorKind::bad_data,
          .message = "a different record with this id is in your history",
          .place = escape(id),
          .advice = {"nothing was imported"}};
}

bool is_same(const RecordedAnswer& a, const RecordedAnswer& b) {
  return a.item == b.item && a.answer == b.answer && a.seconds == b.seconds;
}

bool is_same(const Record& a, const Record& b) {
  return a.questionnaire == b.questionnaire && a.version == b.version && a.sha256 == b.sha256 &&
         a.form == b.form && a.language == b.language && a.about == b.about &&
         a.started_at == b.started_at && a.taken_at == b.taken_at && a.note == b.note &&
         std::equal(a.answers.begin(), a.answers.end(), b.answers.begin(), b.answers.end(),
                    [](const auto& x, const auto& y) { return is_same(x, y); });
}

bool is_same(const TriedStep& a, const TriedStep& b) {
  return a.questionnaire == b.questionnaire && a.step == b.step && a.at == b.at && a.note == b.note;
}

// A record is worth nothing without the text it was taken with.
void check_definitions(Connection& connection, const Record& record) {
  for (const std::string& sha256 : {record.sha256, record.scored_with}) {
    if (sha256.empty()) continue;
    Statement find(connection, "select 1 from definitions where sha256=?");
    if (find.text(sha256).step()) continue;
    throw Error{ErrorKind::bad_data,
                "the text of its questionnaire is neither in the file nor in your history",
                escape(record.id),
                {"nothing was imported"}};
  }
}

// Whether the record is new to the eye: not there, or hidden.
bool bring_in(Connection& connection, const Record& record, const Standing& standing) {
  const std::optional<Record> kept =
      detail::read_record(connection, record.id, detail::Search::index);
  if (!kept) {
    check_definitions(connection, record);
    static_cast<void>(detail::keep_record(connection, record));
    return true;
  }
  if (!is_same(*kept, record)) throw different(record.id);
  return standing.hidden_records.count(record.id) > 0;
}

std::vector<std::string> bring_in_records(Connection& connection, const Import& import,
                                          const Standing& standing) {
  std::vector<std::string> brought;
  for (const Record& record : import.records) {
    if (bring_in(connection, record, standing)) brought.push_back(record.id);
  }
  return brought;
}

// Those that were rescored stay so, by definition.
void bring_in_scorings(Connection& connection, const Import& import,
                       const std::vector<std::string>& brought, Instant at) {
  std::map<std::string, std::vector<std::string>> by_definition;
  for (const Record& record : import.records) {
    if (record.scored_with.empty() || record.scored_with == record.sha256) continue;
    if (std::find(brought.begin(), brought.end(), record.id) == brought.end()) continue;
    by_definition[record.scored_with].push_back(record.id);
  }
  for (auto& [sha256, ids] : by_definition) {
    const HistoryEvent event{0, at, HistoryEventKind::rescored, {}, std::move(ids), sha256};
    detail::add_event(connection, event);
  }
}

std::size_t bring_in_tried(Connection& connection, const Import& import, const Standing& standing) {
  std::size_t count = 0;
  for (const TriedStep& step : import.tried) {
    const bool known = std::any_of(standing.tried.begin(), standing.tried.end(),
                                   [&](const TriedStep& other) { return is_same(step, other); });
    if (known) continue;
    const HistoryEvent event{0,           step.at,  HistoryEventKind::tried, step.questionnaire,
                             {step.step}, step.note};
    detail::add_event(connection, event);
    ++count;
  }
  return count;
}

}  // namespace

void History::discard_draft(std::int64_t draft_id, Instant at) {
  const std::vector<Draft> kept = drafts();
  const bool is_there = std::any_of(kept.begin(), kept.end(),
                                    [&](const Draft& draft) { return draft.id == draft_id; });
  if (!is_there) return;
  log(database_->connection,
      {0, at, HistoryEventKind::discarded, {}, {std::to_string(draft_id)}, {}});
}

bool History::delete_record(std::string_view id, Instant at) {
  if (!find_record(id)) return false;
  log(database_->connection, {0, at, HistoryEventKind::deleted, {}, {std::string(id)}, {}});
  return true;
}

void History::add_tried(const TriedStep& step) {
  log(database_->connection,
      {0, step.at, HistoryEventKind::tried, step.questionnaire, {step.step}, step.note});
}

std::vector<TriedStep> History::tried_steps(const std::optional<std::string>& questionnaire) {
  Standing standing = detail::read_standing(database_->connection);
  std::vector<TriedStep> tried = std::move(standing.tried);
  const auto is_other = [&](const TriedStep& step) {
    return questionnaire && step.questionnaire != *questionnaire;
  };
  tried.erase(std::remove_if(tried.begin(), tried.end(), is_other), tried.end());
  return tried;
}

void History::rescore(const std::vector<std::string>& ids, const KeptDefinition& definition,
                      Instant at) {
  if (ids.empty()) return;
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  transaction.begin();
  keep(connection, definition);
  const HistoryEvent event{0, at, HistoryEventKind::rescored, {}, ids, definition.sha256};
  detail::add_event(connection, event);
  transaction.commit();
}

Imported History::add_import(const Import& import, Instant at) {
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  transaction.begin();
  const Standing standing = detail::read_standing(connection);
  for (const KeptDefinition& definition : import.definitions) {
    keep(connection, definition);
  }
  const auto brought = bring_in_records(connection, import, standing);
  if (!brought.empty()) {
    const HistoryEvent event{0, at, HistoryEventKind::imported, {}, brought, {}};
    detail::add_event(connection, event);
  }
  bring_in_scorings(connection, import, brought, at);
  const auto tried = bring_in_tried(connection, import, standing);
  if (brought.empty() && tried == 0) return Imported{};
  transaction.commit();
  return Imported{brought.size(), tried};
}

std::optional<HistoryEvent> History::undo(Instant at) {
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  transaction.begin();
  const std::vector<HistoryEvent> log = detail::read_events(connection);
  const HistoryEvent* last = detail::last_undoable(log);
  if (last == nullptr) return std::nullopt;
  const HistoryEvent event{0, at, HistoryEventKind::undone, {}, {std::to_string(last->number)}, {}};
  detail::add_event(connection, event);
  transaction.commit();
  return *last;
}

std::vector<HistoryEvent> History::events() { return detail::read_events(database_->connection); }

}  // namespace attune
