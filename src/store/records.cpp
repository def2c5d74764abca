// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "store/answers.hpp"
#include "store/database.hpp"
#include "store/sqlite_error.hpp"

namespace attune {

using detail::Checksum;
using detail::Connection;
using detail::Statement;

namespace {

constexpr std::size_t record_id_length = 10;

bool is_record_id(std::string_view id) {
  return id.size() == record_id_length && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
         });
}

Error refused(ErrorKind kind, std::string message, std::string_view id) {
  return {.kind = kind,
          .message = std::move(message),
          .place = escape(id),
          .advice = {"nothing was changed"}};
}

// Of all columns but the sequence; the answers are added one by one.
Checksum checksum_of_row(const Record& record) {
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
      .text(record.note);
}

void add_answer(Checksum& checksum, std::string_view item, std::string_view kind,
                std::string_view value, double seconds) {
  checksum.text(item).text(kind).text(value).real(seconds);
}

std::int64_t checksum(const Record& record) {
  Checksum checksum = checksum_of_row(record);
  for (const RecordedAnswer& answer : record.answers) {
    const detail::KeptAnswer kept = detail::kept_answer(answer.answer);
    add_answer(checksum, answer.item, kept.kind, kept.value, answer.seconds);
  }
  return checksum.value();
}

Result<void> insert_row(Connection& connection, const Record& record) {
  Statement insert(connection,
                   "insert into records(id,questionnaire,version,sha256,form,language,about,"
                   "started_us,started_offset,taken_us,taken_offset,note,checksum) "
                   "values(?,?,?,?,?,?,?,?,?,?,?,?,?)");
  Result<void> inserted = insert.text(record.id)
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
                              .text(record.note)
                              .integer(checksum(record))
                              .run();
  if (!inserted && connection.found_duplicate()) {
    return refused(ErrorKind::bad_data, "a record with this id is kept already", record.id);
  }
  return inserted;
}

Result<void> insert_answers(Connection& connection, std::int64_t sequence,
                            const std::vector<RecordedAnswer>& answers) {
  Statement insert(connection,
                   "insert into record_answers(sequence,position,item,kind,value,seconds) "
                   "values(?,?,?,?,?,?)");
  std::int64_t position = 0;
  for (const RecordedAnswer& answer : answers) {
    const detail::KeptAnswer kept = detail::kept_answer(answer.answer);
    Result<void> inserted = insert.integer(sequence)
                                .integer(position++)
                                .text(answer.item)
                                .text(kept.kind)
                                .text(kept.value)
                                .real(answer.seconds)
                                .run();
    if (!inserted) return inserted;
    insert.reset();
  }
  return {};
}

constexpr std::string_view select_records =
    "select sequence,id,questionnaire,version,sha256,form,language,about,"
    "started_us,started_offset,taken_us,taken_offset,note,checksum from records ";
constexpr std::string_view select_answers =
    "select item,kind,value,seconds from record_answers where sequence=? order by position";

// Reads the record in the current row of `row`; `answers` is a statement of `select_answers`. They
// are read while the row is held, so that both are of one moment.
Result<Record> read_record(Connection& connection, const Statement& row, Statement& answers) {
  Record record;
  record.id = row.text_at(1);
  record.questionnaire = row.text_at(2);
  record.version = row.text_at(3);
  record.sha256 = row.text_at(4);
  record.form = row.text_at(5);
  record.language = row.text_at(6);
  record.about = row.optional_text_at(7);
  record.started_at = row.instant_at(8);
  record.taken_at = row.instant_at(10);
  record.note = row.text_at(12);
  Checksum checksum = checksum_of_row(record);
  answers.integer(row.integer_at(0));
  while (true) {
    const Result<bool> found = answers.step();
    if (!found) return found.error();
    if (!*found) break;
    const std::string_view item = answers.text_at(0);
    std::optional<Answer> answer = detail::answer_of(answers.text_at(1), answers.text_at(2));
    if (!answer) return detail::damaged(connection.file());
    const double seconds = answers.real_at(3);
    add_answer(checksum, item, answers.text_at(1), answers.text_at(2), seconds);
    record.answers.push_back({std::string(item), std::move(*answer), seconds});
  }
  answers.reset();
  if (checksum.value() != row.integer_at(13)) return detail::damaged(connection.file());
  return record;
}

}  // namespace

Result<void> detail::keep_definition(Connection& connection, std::string_view sha256,
                                     std::string_view questionnaire, std::string_view version,
                                     std::string_view text) {
  Statement find(connection, "select 1 from definitions where sha256=?");
  const Result<bool> found = find.text(sha256).step();
  if (!found) return found.error();
  if (*found) return {};
  if (attune::sha256(text) != sha256) {
    return refused(ErrorKind::internal, "the definition's text is not the one that was hashed",
                   questionnaire);
  }
  Statement insert(connection,
                   "insert into definitions(sha256,questionnaire,version,text) values(?,?,?,?)");
  return insert.text(sha256).text(questionnaire).text(version).text(text).run();
}

Result<std::int64_t> detail::keep_record(Connection& connection, const Record& record) {
  if (!is_record_id(record.id)) {
    return refused(ErrorKind::internal, "a record needs an id of ten characters", record.id);
  }
  if (Result<void> inserted = insert_row(connection, record); !inserted) {
    return inserted.error();
  }
  const std::int64_t sequence = connection.last_row();
  if (Result<void> inserted = insert_answers(connection, sequence, record.answers); !inserted) {
    return inserted.error();
  }
  return sequence;
}

Result<std::int64_t> History::add_record(const Record& record, std::string_view definition_text) {
  Connection& connection = database_->connection;
  detail::Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun.error();
  Result<void> kept = detail::keep_definition(connection, record.sha256, record.questionnaire,
                                              record.version, definition_text);
  if (!kept) return kept.error();
  Result<std::int64_t> sequence = detail::keep_record(connection, record);
  if (!sequence) return sequence;
  if (Result<void> done = transaction.commit(); !done) return done.error();
  return sequence;
}

Result<std::vector<Record>> History::records(const std::optional<std::string>& questionnaire) {
  Connection& connection = database_->connection;
  const std::string sql =
      std::string(select_records) +
      (questionnaire ? "where questionnaire=? order by sequence" : "order by sequence");
  Statement rows(connection, sql);
  if (questionnaire) rows.text(*questionnaire);
  Statement answers(connection, select_answers);
  std::vector<Record> records;
  while (true) {
    const Result<bool> row = rows.step();
    if (!row) return row.error();
    if (!*row) return records;
    Result<Record> record = read_record(connection, rows, answers);
    if (!record) return record.error();
    records.push_back(std::move(*record));
  }
}

Result<std::optional<Instant>> History::latest_taken(const std::string& questionnaire,
                                                     const std::optional<std::string>& about) {
  const Result<std::vector<Record>> all = records(questionnaire);
  if (!all) return all.error();
  std::optional<Instant> latest;
  for (const Record& record : *all) {
    if (about && record.about != about) continue;
    if (!latest || record.taken_at.microseconds > latest->microseconds) latest = record.taken_at;
  }
  return latest;
}

Result<std::optional<Record>> History::find_record(std::string_view id) {
  Connection& connection = database_->connection;
  const std::string sql = std::string(select_records) + "where id=?";
  Statement rows(connection, sql);
  const Result<bool> row = rows.text(id).step();
  if (!row) return row.error();
  if (!*row) return std::optional<Record>();
  Statement answers(connection, select_answers);
  Result<Record> record = read_record(connection, rows, answers);
  if (!record) return record.error();
  return std::optional<Record>(std::move(*record));
}

}  // namespace attune
