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

Result<std::int64_t> insert_draft(Connection& connection, const Draft& draft) {
  const std::string item_order = detail::join_words(draft.order);
  Statement insert(connection,
                   "insert into drafts(questionnaire,version,sha256,form,language,about,"
                   "started_us,started_offset,item_order,checksum) values(?,?,?,?,?,?,?,?,?,?)");
  const Result<void> inserted = insert.text(draft.key.questionnaire)
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
  if (!inserted) return inserted.error();
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
Result<void> put_answer(Connection& connection, std::int64_t draft, std::int64_t position,
                        const RecordedAnswer& answer) {
  const detail::KeptAnswer kept = detail::kept_answer(answer.answer);
  Statement put(connection,
                "insert or replace into draft_answers(draft,position,item,kind,value,seconds,"
                "checksum) select ?,?,?,?,?,?,? from drafts where id=?");
  Result<void> done = put.integer(draft)
                          .integer(position)
                          .text(answer.item)
                          .text(kept.kind)
                          .text(kept.value)
                          .real(answer.seconds)
                          .integer(checksum(draft, position, answer, kept))
                          .integer(draft)
                          .run();
  if (!done || connection.changed_rows()) return done;
  return Error{.kind = ErrorKind::busy,
               .message = "this draft was finished in another terminal",
               .place = {},
               .advice = {"nothing was changed: this answer is not saved"}};
}

Result<void> delete_draft(Connection& connection, std::int64_t id) {
  Statement answers(connection, "delete from draft_answers where draft=?");
  if (Result<void> deleted = answers.integer(id).run(); !deleted) return deleted;
  Statement draft(connection, "delete from drafts where id=?");
  return draft.integer(id).run();
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
Result<std::vector<RecordedAnswer>> read_answers(Connection& connection, std::int64_t draft) {
  Statement rows(connection,
                 "select draft,position,item,kind,value,seconds,checksum from draft_answers "
                 "order by draft,position");
  std::vector<RecordedAnswer> answers;
  std::pair<std::int64_t, std::int64_t> last{0, -1};
  while (true) {
    const Result<bool> row = rows.step();
    if (!row) return row.error();
    if (!*row) return answers;
    std::optional<AnswerRow> read = read_answer(rows);
    if (!read || std::pair(read->draft, read->position) <= last) {
      return detail::damaged(connection.file());
    }
    last = {read->draft, read->position};
    if (read->draft == draft) answers.push_back(std::move(read->answer));
  }
}

// The draft in the current row. Its answers are read while that row is held, so that both are of
// one moment.
Result<Draft> read_draft(Connection& connection, const Statement& row) {
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
    return detail::damaged(connection.file());
  }
  Result<std::vector<RecordedAnswer>> answers = read_answers(connection, draft.id);
  if (!answers) return answers.error();
  draft.answers = std::move(*answers);
  return draft;
}

}  // namespace

Result<std::optional<Draft>> History::find_draft(const DraftKey& key) {
  Connection& connection = database_->connection;
  const std::string sql = std::string(select_drafts) +
                          "where questionnaire=? and form=? and about is ? order by id desc";
  Statement rows(connection, sql);
  Result<bool> row = rows.text(key.questionnaire).text(key.form).optional_text(key.about).step();
  if (!row) return row.error();
  if (!*row) return std::optional<Draft>();
  const Result<Standing> standing = detail::read_standing(connection);
  if (!standing) return standing.error();
  while (row && *row && standing->discarded_drafts.count(rows.integer_at(0)) > 0) {
    row = rows.step();
  }
  if (!row) return row.error();
  if (!*row) return std::optional<Draft>();
  Result<Draft> draft = read_draft(connection, rows);
  if (!draft) return draft.error();
  return std::optional<Draft>(std::move(*draft));
}

Result<std::vector<Draft>> History::drafts() {
  Connection& connection = database_->connection;
  const std::string sql = std::string(select_drafts) + "order by id";
  Statement rows(connection, sql);
  Result<bool> row = rows.step();
  const Result<Standing> standing = detail::read_standing(connection);
  if (!standing) return standing.error();
  std::vector<Draft> drafts;
  for (; row && *row; row = rows.step()) {
    if (standing->discarded_drafts.count(rows.integer_at(0)) > 0) continue;
    Result<Draft> draft = read_draft(connection, rows);
    if (!draft) return draft.error();
    drafts.push_back(std::move(*draft));
  }
  if (!row) return row.error();
  return drafts;
}

Result<void> History::save_answer(Draft& draft, const RecordedAnswer& answer,
                                  std::string_view definition_text) {
  const auto place = std::find(draft.order.begin(), draft.order.end(), answer.item);
  if (place == draft.order.end()) return item_not_in(draft, answer.item);
  Connection& connection = database_->connection;
  detail::Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun;
  std::int64_t id = draft.id;
  if (id == 0) {
    Result<void> kept = detail::keep_definition(connection, draft.sha256, draft.key.questionnaire,
                                                draft.version, definition_text);
    if (!kept) return kept;
    const Result<std::int64_t> inserted = insert_draft(connection, draft);
    if (!inserted) return inserted.error();
    id = *inserted;
  }
  Result<void> put = put_answer(connection, id, place - draft.order.begin(), answer);
  if (!put) return put;
  if (Result<void> committed = transaction.commit(); !committed) return committed;
  draft.id = id;
  return {};
}

Result<std::int64_t> History::finish_draft(const Draft& draft, const Record& record) {
  Connection& connection = database_->connection;
  detail::Transaction transaction(connection);
  if (Result<void> begun = transaction.begin(); !begun) return begun.error();
  // The record is kept even when another process has removed the draft: nothing confirmed is lost.
  Result<std::int64_t> sequence = detail::keep_record(connection, record);
  if (!sequence) return sequence;
  if (Result<void> gone = delete_draft(connection, draft.id); !gone) {
    return gone.error();
  }
  if (Result<void> done = transaction.commit(); !done) return done.error();
  return sequence;
}

}  // namespace attune
