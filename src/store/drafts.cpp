// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "store/database.hpp"

namespace attune::store {
namespace {

// An answer of a draft lies in the file as one of these and the text of `render_answer`, so that it
// reads back exactly without the definition. Parallel to the alternatives of `Answer`.
constexpr std::array<std::string_view, 4> answer_kinds{"skipped", "number", "choices", "text"};

// Nothing when no answer is kept like that.
std::optional<Answer> answer_kept_as(std::string_view kind, std::string_view value) {
  if (kind == "number") {
    const std::optional<double> number = parse_decimal(value);
    return number ? std::optional<Answer>(*number) : std::nullopt;
  }
  if (kind == "choices") return Answer(split_words(value, '+'));
  if (kind == "text") return Answer(std::string(value));
  if (kind == "skipped" && value.empty()) return Answer(Skipped{});
  return std::nullopt;
}

std::int64_t draft_checksum(const Draft& draft, std::string_view item_order) {
  return checksum_of(draft.key.questionnaire, draft.version, draft.sha256, draft.key.form,
                     draft.language, draft.key.about, draft.started_at, item_order);
}

std::int64_t insert_draft(Connection& connection, const Draft& draft) {
  const std::string item_order = joined(draft.order, " ");
  Statement(connection,
            "insert into drafts(questionnaire,version,sha256,form,language,about,"
            "started_us,started_offset,item_order,checksum) values(?,?,?,?,?,?,?,?,?,?)")
      .bind(draft.key.questionnaire, draft.version, draft.sha256, draft.key.form, draft.language,
            draft.key.about, draft.started_at, item_order, draft_checksum(draft, item_order))
      .run();
  return connection.last_row();
}

// Whether this file has the draft: another may have one of its number.
bool is_known(Connection& connection, const Draft& draft) {
  Statement found(connection, "select checksum from drafts where id=?");
  return found.bind(draft.id).step() &&
         found.integer_at(0) == draft_checksum(draft, joined(draft.order, " "));
}

// Whether this file had the draft, which was finished or purged since.
bool was_removed(Connection& connection, const Draft& draft) {
  Statement given(connection,
                  "select 1 from sqlite_sequence where name='drafts' and seq>=?1 "
                  "and not exists(select 1 from drafts where id=?1)");
  return given.bind(draft.id).step();
}

// The number of the draft in this file. One that it has never known is put there.
std::int64_t number_in(Connection& connection, const Draft& draft,
                       std::string_view definition_text) {
  if (draft.id != 0 && (is_known(connection, draft) || was_removed(connection, draft))) {
    return draft.id;
  }
  keep_definition(connection, {draft.sha256, draft.key.questionnaire, draft.version,
                               std::string(definition_text)});
  return insert_draft(connection, draft);
}

// Where the item stands in the order to ask.
std::int64_t position_of(const Draft& draft, const std::string& item) {
  const auto place = std::ranges::find(draft.order, item);
  if (place != draft.order.end()) return place - draft.order.begin();
  throw Error(
      ErrorKind::internal,
      fmt::format("the draft of '{}' does not ask this item", escape(draft.key.questionnaire)),
      escape(item));
}

// The answer goes in only while its draft is there: another process may have finished it.
void put_answer(Connection& connection, std::int64_t draft, std::int64_t position,
                const RecordedAnswer& answer) {
  const std::string_view kind = answer_kinds[answer.answer.index()];
  const std::string value = render_answer(answer.answer);
  const std::size_t kept =
      Statement(connection,
                "insert or replace into draft_answers(draft,position,item,kind,value,seconds,"
                "checksum) select ?,?,?,?,?,?,? from drafts where id=?")
          .bind(draft, position, answer.item, kind, value, answer.seconds,
                checksum_of(draft, position, answer.item, kind, value, answer.seconds), draft)
          .run();
  if (kept > 0) return;
  throw Error(ErrorKind::busy, "this draft was finished in another terminal", {},
              {"nothing was changed: this answer is not saved"});
}

// Looks at the answers of all drafts, which are few, and at their order: damage to a key would hide
// an answer from a search for one draft's.
std::vector<RecordedAnswer> read_draft_answers(Connection& connection, std::int64_t draft) {
  Statement rows(connection,
                 "select draft,position,item,kind,value,seconds,checksum from draft_answers "
                 "order by draft,position");
  std::vector<RecordedAnswer> answers;
  std::pair<std::int64_t, std::int64_t> last{0, -1};
  while (rows.step()) {
    const std::pair place(rows.integer_at(0), rows.integer_at(1));
    std::optional<Answer> answer = answer_kept_as(rows.text_at(3), rows.text_at(4));
    const std::int64_t checksum = checksum_of(place.first, place.second, rows.text_at(2),
                                              rows.text_at(3), rows.text_at(4), rows.real_at(5));
    if (!answer || checksum != rows.integer_at(6) || place <= last) throw connection.damage();
    last = place;
    if (place.first != draft) continue;
    answers.push_back({std::string(rows.text_at(2)), *std::move(answer), rows.real_at(5)});
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
  draft.order = split_words(row.text_at(9));
  if (draft_checksum(draft, row.text_at(9)) != row.integer_at(10)) throw connection.damage();
  draft.answers = read_draft_answers(connection, draft.id);
  return draft;
}

}  // namespace

void remove_draft(Connection& connection, const Draft& draft) {
  if (!is_known(connection, draft)) return;
  Statement(connection, "delete from draft_answers where draft=?").bind(draft.id).run();
  Statement(connection, "delete from drafts where id=?").bind(draft.id).run();
}

std::optional<Draft> History::find_draft(const DraftKey& key) {
  std::vector<Draft> all = drafts();
  const auto newest = std::ranges::find(all.rbegin(), all.rend(), key, &Draft::key);
  if (newest == all.rend()) return std::nullopt;
  return std::move(*newest);
}

std::vector<Draft> History::drafts() {
  Statement rows(*connection_,
                 "select id,questionnaire,version,sha256,form,language,about,started_us,"
                 "started_offset,item_order,checksum from drafts order by id");
  bool row = rows.step();
  const Standing standing = read_standing(*connection_);
  std::vector<Draft> drafts;
  for (; row; row = rows.step()) {
    if (standing.discarded_drafts.count(rows.integer_at(0)) > 0) continue;
    drafts.push_back(read_draft(*connection_, rows));
  }
  return drafts;
}

void History::save_answer(Draft& draft, const RecordedAnswer& answer,
                          std::string_view definition_text) {
  std::int64_t id = 0;
  change([&] {
    id = number_in(*connection_, draft, definition_text);
    put_answer(*connection_, id, position_of(draft, answer.item), answer);
    // A file that was put back may lack what was confirmed before, or have it otherwise.
    const std::vector<RecordedAnswer> kept = read_draft_answers(*connection_, id);
    for (const RecordedAnswer& each : draft.answers) {
      if (each.item == answer.item || std::ranges::find(kept, each) != kept.end()) continue;
      put_answer(*connection_, id, position_of(draft, each.item), each);
    }
    return true;
  });
  draft.id = id;
  const auto earlier = std::ranges::find(draft.answers, answer.item, &RecordedAnswer::item);
  if (earlier == draft.answers.end()) {
    draft.answers.push_back(answer);
  } else {
    *earlier = answer;
  }
}

}  // namespace attune::store
