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
Result<void> log(Connection& connection, const HistoryEvent& event) {
  Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun;
  if (Result<void> added = detail::add_event(connection, event); !added) return added;
  return transaction.commit();
}

Result<void> keep(Connection& connection, const KeptDefinition& definition) {
  return detail::keep_definition(connection, definition.sha256, definition.questionnaire,
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
Result<void> check_definitions(Connection& connection, const Record& record) {
  for (const std::string& sha256 : {record.sha256, record.scored_with}) {
    if (sha256.empty()) continue;
    Statement find(connection, "select 1 from definitions where sha256=?");
    const Result<bool> found = find.text(sha256).step();
    if (!found) return found.error();
    if (*found) continue;
    return Error{ErrorKind::bad_data,
                 "the text of its questionnaire is neither in the file nor in your history",
                 escape(record.id),
                 {"nothing was imported"}};
  }
  return {};
}

// Whether the record is new to the eye: not there, or hidden.
Result<bool> bring_in(Connection& connection, const Record& record, const Standing& standing) {
  const Result<std::optional<Record>> kept =
      detail::read_record(connection, record.id, detail::Search::index);
  if (!kept) return kept.error();
  if (!*kept) {
    if (Result<void> known = check_definitions(connection, record); !known) return known.error();
    const Result<std::int64_t> added = detail::keep_record(connection, record);
    if (!added) return added.error();
    return true;
  }
  if (!is_same(**kept, record)) return different(record.id);
  return standing.hidden_records.count(record.id) > 0;
}

Result<std::vector<std::string>> bring_in_records(Connection& connection, const Import& import,
                                                  const Standing& standing) {
  std::vector<std::string> brought;
  for (const Record& record : import.records) {
    const Result<bool> is_new = bring_in(connection, record, standing);
    if (!is_new) return is_new.error();
    if (*is_new) brought.push_back(record.id);
  }
  return brought;
}

// Those that were rescored stay so, by definition.
Result<void> bring_in_scorings(Connection& connection, const Import& import,
                               const std::vector<std::string>& brought, Instant at) {
  std::map<std::string, std::vector<std::string>> by_definition;
  for (const Record& record : import.records) {
    if (record.scored_with.empty() || record.scored_with == record.sha256) continue;
    if (std::find(brought.begin(), brought.end(), record.id) == brought.end()) continue;
    by_definition[record.scored_with].push_back(record.id);
  }
  for (auto& [sha256, ids] : by_definition) {
    const HistoryEvent event{0, at, HistoryEventKind::rescored, {}, std::move(ids), sha256};
    if (Result<void> added = detail::add_event(connection, event); !added) return added;
  }
  return {};
}

Result<std::size_t> bring_in_tried(Connection& connection, const Import& import,
                                   const Standing& standing) {
  std::size_t count = 0;
  for (const TriedStep& step : import.tried) {
    const bool known = std::any_of(standing.tried.begin(), standing.tried.end(),
                                   [&](const TriedStep& other) { return is_same(step, other); });
    if (known) continue;
    const HistoryEvent event{0,           step.at,  HistoryEventKind::tried, step.questionnaire,
                             {step.step}, step.note};
    if (Result<void> added = detail::add_event(connection, event); !added) return added.error();
    ++count;
  }
  return count;
}

}  // namespace

Result<void> History::discard_draft(std::int64_t draft_id, Instant at) {
  const Result<std::vector<Draft>> kept = drafts();
  if (!kept) return kept.error();
  const bool is_there = std::any_of(kept->begin(), kept->end(),
                                    [&](const Draft& draft) { return draft.id == draft_id; });
  if (!is_there) return {};
  return log(database_->connection,
             {0, at, HistoryEventKind::discarded, {}, {std::to_string(draft_id)}, {}});
}

Result<bool> History::delete_record(std::string_view id, Instant at) {
  const Result<std::optional<Record>> record = find_record(id);
  if (!record) return record.error();
  if (!*record) return false;
  const Result<void> logged =
      log(database_->connection, {0, at, HistoryEventKind::deleted, {}, {std::string(id)}, {}});
  if (!logged) return logged.error();
  return true;
}

Result<void> History::add_tried(const TriedStep& step) {
  return log(database_->connection,
             {0, step.at, HistoryEventKind::tried, step.questionnaire, {step.step}, step.note});
}

Result<std::vector<TriedStep>> History::tried_steps(
    const std::optional<std::string>& questionnaire) {
  Result<Standing> standing = detail::read_standing(database_->connection);
  if (!standing) return standing.error();
  std::vector<TriedStep> tried = std::move(standing->tried);
  const auto is_other = [&](const TriedStep& step) {
    return questionnaire && step.questionnaire != *questionnaire;
  };
  tried.erase(std::remove_if(tried.begin(), tried.end(), is_other), tried.end());
  return tried;
}

Result<void> History::rescore(const std::vector<std::string>& ids, const KeptDefinition& definition,
                              Instant at) {
  if (ids.empty()) return {};
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun;
  if (Result<void> kept = keep(connection, definition); !kept) return kept;
  const HistoryEvent event{0, at, HistoryEventKind::rescored, {}, ids, definition.sha256};
  if (Result<void> added = detail::add_event(connection, event); !added) return added;
  return transaction.commit();
}

Result<Imported> History::add_import(const Import& import, Instant at) {
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun.error();
  const Result<Standing> standing = detail::read_standing(connection);
  if (!standing) return standing.error();
  for (const KeptDefinition& definition : import.definitions) {
    if (Result<void> kept = keep(connection, definition); !kept) return kept.error();
  }
  const auto brought = bring_in_records(connection, import, *standing);
  if (!brought) return brought.error();
  if (!brought->empty()) {
    const HistoryEvent event{0, at, HistoryEventKind::imported, {}, *brought, {}};
    if (Result<void> added = detail::add_event(connection, event); !added) return added.error();
  }
  const auto scored = bring_in_scorings(connection, import, *brought, at);
  if (!scored) return scored.error();
  const auto tried = bring_in_tried(connection, import, *standing);
  if (!tried) return tried.error();
  if (brought->empty() && *tried == 0) return Imported{};
  if (Result<void> done = transaction.commit(); !done) return done.error();
  return Imported{brought->size(), *tried};
}

Result<std::optional<HistoryEvent>> History::undo(Instant at) {
  Connection& connection = database_->connection;
  Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun.error();
  const Result<std::vector<HistoryEvent>> log = detail::read_events(connection);
  if (!log) return log.error();
  const HistoryEvent* last = detail::last_undoable(*log);
  if (last == nullptr) return std::optional<HistoryEvent>();
  const HistoryEvent event{0, at, HistoryEventKind::undone, {}, {std::to_string(last->number)}, {}};
  if (Result<void> added = detail::add_event(connection, event); !added) return added.error();
  if (Result<void> done = transaction.commit(); !done) return done.error();
  return std::optional<HistoryEvent>(*last);
}

Result<std::vector<HistoryEvent>> History::events() {
  return detail::read_events(database_->connection);
}

}  // namespace attune
