// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "store/answers.hpp"
#include "store/database.hpp"
#include "store/events.hpp"
#include "store/packed_answers.hpp"
#include "store/record_id.hpp"
#include "store/sqlite_error.hpp"

namespace attune {

using detail::Checksum;
using detail::Connection;
using detail::Standing;
using detail::Statement;

namespace {

Error refused(ErrorKind kind, std::string message, std::string_view id) {
  return {.kind = kind,
          .message = std::move(message),
          .place = escape(id),
          .advice = {"nothing was changed"}};
}

// Of all columns but the sequence.
std::int64_t checksum(const Record& record, std::string_view answers) {
  return Checksum()
      .text(record.id)
      .text(record.questionnaire)
      .text(record.version)
      .text(record.sha256)
      .text(record.form)
      .text(record.language)
      .optional_text(record.about)
      .integer(record.started_at.microseconds)
      .integer(record.started_at.offset_minutes)
      .integer(record.taken_at.microseconds)
      .integer(record.taken_at.offset_minutes)
      .text(answers)
      .text(record.note)
      .value();
}

constexpr std::string_view select_records =
    "select sequence,id,questionnaire,version,sha256,form,language,about,"
    "started_us,started_offset,taken_us,taken_offset,note,checksum,answers from records ";

// Reads the current row, its answers included, into `record`. False when the row is damaged.
bool read_row(const Statement& row, Record& record, AnswerTimes times = AnswerTimes::read) {
  record.sequence = row.integer_at(0);
  record.id = row.text_at(1);
  record.questionnaire = row.text_at(2);
  record.version = row.text_at(3);
  record.sha256 = row.text_at(4);
  record.scored_with = record.sha256;
  record.form = row.text_at(5);
  record.language = row.text_at(6);
  record.about = row.optional_text_at(7);
  record.started_at = row.instant_at(8);
  record.taken_at = row.instant_at(10);
  record.note = row.text_at(12);
  const std::string_view answers = row.text_at(14);
  return checksum(record, answers) == row.integer_at(13) &&
         detail::unpack_answers(answers, record.answers, times);
}

// Whether the day on which the current row was taken is wanted.
bool is_within(const RecordFilter& filter, const Statement& row) {
  if (!filter.since && !filter.until) return true;
  const std::int64_t day = days_since_epoch(local_date(row.instant_at(10)));
  return (!filter.since || day >= days_since_epoch(*filter.since)) &&
         (!filter.until || day <= days_since_epoch(*filter.until));
}

void apply(const Standing& standing, Record& record) {
  const auto found = standing.scored_with.find(record.id);
  if (found != standing.scored_with.end()) record.scored_with = found->second;
}

}  // namespace

void detail::keep_definition(Connection& connection, std::string_view sha256,
                             std::string_view questionnaire, std::string_view version,
                             std::string_view text) {
  Statement find(connection, "select 1 from definitions where sha256=?");
  if (find.text(sha256).step()) return;
  if (attune::sha256(text) != sha256) {
    throw refused(ErrorKind::internal, "the definition's text is not the one that was hashed",
                  questionnaire);
  }
  Statement insert(connection,
                   "insert into definitions(sha256,questionnaire,version,text) values(?,?,?,?)");
  insert.text(sha256).text(questionnaire).text(version).text(text).run();
}

std::int64_t detail::keep_record(Connection& connection, const Record& record) {
  if (!is_record_id(record.id)) {
    throw refused(ErrorKind::internal, "a record needs an id of ten characters", record.id);
  }
  const std::string answers = pack_answers(record.answers);
  Statement insert(connection,
                   "insert into records(id,questionnaire,version,sha256,form,language,about,"
                   "started_us,started_offset,taken_us,taken_offset,answers,note,checksum) "
                   "values(?,?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict(id) do nothing");
  insert.text(record.id)
      .text(record.questionnaire)
      .text(record.version)
      .text(record.sha256)
      .text(record.form)
      .text(record.language)
      .optional_text(record.about)
      .integer(record.started_at.microseconds)
      .integer(record.started_at.offset_minutes)
      .integer(record.taken_at.microseconds)
      .integer(record.taken_at.offset_minutes)
      .text(answers)
      .text(record.note)
      .integer(checksum(record, answers))
      .run();
  if (!connection.changed_rows()) {
    throw refused(ErrorKind::bad_data, "a record with this id is kept already", record.id);
  }
  return connection.last_row();
}

std::optional<Record> detail::read_record(Connection& connection, std::string_view id,
                                          Search search) {
  const std::string sql = std::string(select_records) +
                          (search == Search::rows ? "not indexed where id=?" : "where id=?");
  Statement rows(connection, sql);
  if (!rows.text(id).step()) return std::nullopt;
  Record record;
  if (!read_row(rows, record)) throw damaged(connection.file());
  return record;
}

std::int64_t History::add_record(const Record& record, std::string_view definition_text) {
  Connection& connection = database_->connection;
  detail::Transaction transaction(connection);
  transaction.begin();
  detail::keep_definition(connection, record.sha256, record.questionnaire, record.version,
                          definition_text);
  const std::int64_t sequence = detail::keep_record(connection, record);
  transaction.commit();
  return sequence;
}

void History::visit_records(const RecordFilter& filter,
                            const std::function<void(const Record&)>& visit) {
  Connection& connection = database_->connection;
  // By its rows and not by an index, so that damage to an index can't hide a record.
  const std::string sql =
      std::string(select_records) + (filter.questionnaire
                                         ? "not indexed where questionnaire=? order by sequence"
                                         : "order by sequence");
  Statement rows(connection, sql);
  if (filter.questionnaire) rows.text(*filter.questionnaire);
  bool row = rows.step();
  // Read while the first row is held, so that both are of one moment.
  const Standing standing = detail::read_standing(connection);
  Record record;
  for (; row; row = rows.step()) {
    if (standing.hidden_records.count(rows.text_at(1)) > 0 || !is_within(filter, rows)) continue;
    if (!read_row(rows, record, filter.times)) throw detail::damaged(connection.file());
    apply(standing, record);
    visit(record);
  }
}

std::vector<Record> History::records(const RecordFilter& filter) {
  std::vector<Record> records;
  visit_records(filter, [&](const Record& record) { records.push_back(record); });
  return records;
}

std::optional<Record> History::find_record(std::string_view id) {
  Connection& connection = database_->connection;
  std::optional<Record> record = detail::read_record(connection, id, detail::Search::rows);
  if (!record) return std::nullopt;
  const Standing standing = detail::read_standing(connection);
  if (standing.hidden_records.count(id) > 0) return std::nullopt;
  apply(standing, *record);
  return record;
}

std::optional<Instant> History::latest_taken(const std::string& questionnaire,
                                             const std::vector<std::string>& abouts) {
  Connection& connection = database_->connection;
  const std::string sql = std::string(select_records) +
                          "where questionnaire=? and (? or ifnull(about,'') in (?,?)) "
                          "order by taken_us desc, sequence desc";
  Statement rows(connection, sql);
  const std::string none;
  const std::string& first = abouts.empty() ? none : abouts.front();
  const std::string& last = abouts.empty() ? none : abouts.back();
  rows.text(questionnaire).integer(abouts.empty() ? 1 : 0).text(first).text(last);
  bool row = rows.step();
  const Standing standing = detail::read_standing(connection);
  while (row && standing.hidden_records.count(rows.text_at(1)) > 0) row = rows.step();
  if (!row) return std::nullopt;
  Record record;
  if (!read_row(rows, record)) throw detail::damaged(connection.file());
  return record.taken_at;
}

}  // namespace attune
