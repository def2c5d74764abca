// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

#include "store/answers.hpp"
#include "store/database.hpp"
#include "store/events.hpp"
#include "store/sqlite_error.hpp"
#include "store/words.hpp"

namespace attune {

using detail::Checksum;
using detail::Connection;
using detail::Standing;
using detail::Statement;

namespace {

std::int64_t checksum(const Draft& draft, std::string_view item_order) {
  return Checksum()
      .text(draft.key.questionnaire)
      .text(draft.version)
      .text(draft.sha256)
      .text(draft.key.form)
      .text(draft.language)
      .optional_text(draft.key.about)
      .integer(draft.started_at.microseconds)
      .integer(draft.started_at.offset_minutes)
      .text(item_order)
      .value();
}

std::int64_t checksum(std::int64_t draft, std::int64_t position, const RecordedAnswer& answer,
                      const detail::KeptAnswer& kept) {
  return Checksum()
      .integer(draft)
      .integer(position)
      .text(answer.item)
      .text(kept.kind)
      .text(kept.value)
      .real(answer.seconds)
      .value();
}

std::int64_t insert_draft(Connection& connection, const Draft& draft) {
  const std::string item_order = detail::join_words(draft.order);
  Statement insert(connection,
                   "insert into drafts(questionnaire,version,sha256,form,language,about,"
                   "started_us,started_offset,item_order,checksum) values(?,?,?,?,?,?,?,?,?,?)");
  insert.text(draft.key.questionnaire)
      .text(draft.version)
      .text(draft.sha256)
      .text(draft.key.form)
      .text(draft.language)
      .optional_text(draft.key.about)
      .integer(draft.started_at.microseconds)
      .integer(draft.started_at.offset_minutes)
      .text(item_order)
      .integer(checksum(draft, item_order))
      .run();
  return connection.last_row();
}

Error item_not_in(const Draft& draft, std::string_view item) {
  return {.kind = ErrorKind::internal,
          .message = fmt::format("the draft of '{}' does not ask this item",
                                 escape(draft.key.questionnaire)),
          .place = escape(item),
          .advice = {}};
}

// The answer goes in only while its draft is there: another process may have finished it.
void put_answer(Connection& connection, std::int64_t draft, std::int64_t position,
                const RecordedAnswer& answer) {
  const detail::KeptAnswer kept = detail::kept_answer(answer.answer);
  Statement put(connection,
                "insert or replace into draft_answers(draft,position,item,kind,value,seconds,"
                "checksum) select ?,?,?,?,?,?,? from drafts where id=?");
  put.integer(draft)
      .integer(position)
      .text(answer.item)
      .text(kept.kind)
      .text(kept.value)
      .real(answer.seconds)
      .integer(checksum(draft, position, answer, kept))
      .integer(draft)
      .run();
  if (connection.changed_rows()) return;
  throw Error{.kind = ErrorKind::busy,
              .message = "this draft was finished in another terminal",
              .place = {},
              .advice = {"nothing was changed: this answer is not saved"}};
}

void delete_draft(Connection& connection, std::int64_t id) {
  Statement answers(connection, "delete from draft_answers where draft=?");
  answers.integer(id).run();
  Statement draft(connection, "delete from drafts where id=?");
  draft.integer(id).run();
}

constexpr std::string_view select_drafts =
    "select id,questionnaire,version,sha256,form,language,about,started_us,started_offset,"
    "item_order,checksum from drafts ";

// One row of draft_answers.
struct AnswerRow {
  std::int64_t draft = 0;
  std::int64_t position = 0;
  RecordedAnswer answer;
};

std::optional<AnswerRow> read_answer(const Statement& row) {
  std::optional<Answer> answer = detail::answer_of(row.text_at(3), row.text_at(4));
  if (!answer) return std::nullopt;
  AnswerRow read{row.integer_at(0),
                 row.integer_at(1),
                 {std::string(row.text_at(2)), std::move(*answer), row.real_at(5)}};
  const detail::KeptAnswer kept{row.text_at(3), std::string(row.text_at(4))};
  if (checksum(read.draft, read.position, read.answer, kept) != row.integer_at(6)) {
    return std::nullopt;
  }
  return read;
}

// Looks at the answers of all drafts, which are few, and at their order: damage to a key would hide
// an answer from a search for one draft's.
std::vector<RecordedAnswer> read_answers(Connection& connection, std::int64_t draft) {
  Statement rows(connection,
                 "select draft,position,item,kind,value,seconds,checksum from draft_answers "
                 "order by draft,position");
  std::vector<RecordedAnswer> answers;
  std::pair<std::int64_t, std::int64_t> last{0, -1};
  while (rows.step()) {
    std::optional<AnswerRow> read = read_answer(rows);
    if (!read || std::pair(read->draft, read->position) <= last) {
      throw detail::damaged(connection.file());
    }
    last = {read->draft, read->position};
    if (read->draft == draft) answers.push_back(std::move(read->answer));
  }
  return answers;
}

// The draft in the current row. Its answers are read while that row is held, so that both are of
// one moment.
Draft read_draft(Connection& connection, const Statement& row) {
  Draft draft;
  draft.id = row.integer_at(0);
  draft.key = {.questionnaire = std::string(row.text_at(1)),
               .form = std::string(row.text_at(4)),
               .about = row.optional_text_at(6)};
  draft.version = row.text_at(2);
  draft.sha256 = row.text_at(3);
  draft.language = row.text_at(5);
  draft.started_at = row.instant_at(7);
  draft.order = detail::split_words(row.text_at(9));
  if (checksum(draft, row.text_at(9)) != row.integer_at(10)) {
    throw detail::damaged(connection.file());
  }
  draft.answers = read_answers(connection, draft.id);
  return draft;
}

}  // namespace

std::optional<Draft> History::find_draft(const DraftKey& key) {
  Connection& connection = database_->connection;
  const std::string sql = std::string(select_drafts) +
                          "where questionnaire=? and form=? and about is ? order by id desc";
  Statement rows(connection, sql);
  bool row = rows.text(key.questionnaire).text(key.form).optional_text(key.about).step();
  const Standing standing = detail::read_standing(connection);
  while (row && standing.discarded_drafts.count(rows.integer_at(0)) > 0) {
    row = rows.step();
  }
  if (!row) return std::nullopt;
  return read_draft(connection, rows);
}

std::vector<Draft> History::drafts() {
  Connection& connection = database_->connection;
  const std::string sql = std::string(select_drafts) + "order by id";
  Statement rows(connection, sql);
  bool row = rows.step();
  const Standing standing = detail::read_standing(connection);
  std::vector<Draft> drafts;
  for (; row; row = rows.step()) {
    if (standing.discarded_drafts.count(rows.integer_at(0)) > 0) continue;
    drafts.push_back(read_draft(connection, rows));
  }
  return drafts;
}

void History::save_answer(Draft& draft, const RecordedAnswer& answer,
                          std::string_view definition_text) {
  const auto place = std::find(draft.order.begin(), draft.order.end(), answer.item);
  if (place == draft.order.end()) throw item_not_in(draft, answer.item);
  Connection& connection = database_->connection;
  detail::Transaction transaction(connection);
  transaction.begin();
  std::int64_t id = draft.id;
  if (id == 0) {
    detail::keep_definition(connection, draft.sha256, draft.key.questionnaire, draft.version,
                            definition_text);
    id = insert_draft(connection, draft);
  }
  put_answer(connection, id, place - draft.order.begin(), answer);
  transaction.commit();
  draft.id = id;
}

std::int64_t History::finish_draft(const Draft& draft, const Record& record) {
  Connection& connection = database_->connection;
  detail::Transaction transaction(connection);
  transaction.begin();
  // The record is kept even when another process has removed the draft: nothing confirmed is lost.
  std::int64_t sequence = detail::keep_record(connection, record);
  delete_draft(connection, draft.id);
  transaction.commit();
  return sequence;
}

}  // namespace attune
