// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/history.hpp"

#include "history_values.hpp"
#include "store/answers.hpp"
#include "store/sqlite.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

// Changes the rows behind the history's back, as a stray program or a bad disk would.
void change(const fs::path& directory, const std::string& sql) {
  detail::Connection connection =
      expect(detail::Connection::open(directory / history_file_name, detail::Access::read_write));
  expect(connection.run("pragma foreign_keys=off"));
  expect(connection.run(sql.c_str()));
}

void fill(const fs::path& directory) {
  History history = expect(History::open_or_create(directory));
  expect(history.add_record(example_record("0000000001"), example_text));
  expect(history.add_tried({"examples", "call", now, "a note"}));
  Draft draft = example_draft();
  expect(history.save_answer(draft, {"whole", Answer(2.0)}, example_text));
  expect(history.save_answer(draft, {"third", Answer(3.0)}, example_text));
}

}  // namespace

TEST_CASE("a draft with any value changed is told, not believed") {
  for (const char* sql :
       {"update drafts set questionnaire='other'", "update drafts set language='xx'",
        "update drafts set item_order='whole third'", "update drafts set checksum=checksum+1",
        "update draft_answers set kind='unknown'", "update draft_answers set value='7'",
        "update draft_answers set value='seven'", "update draft_answers set value='2 '",
        "update draft_answers set value='inf'", "update draft_answers set seconds=9",
        "update draft_answers set position=position+100",
        "update draft_answers set kind='skipped', value='2'"}) {
    CAPTURE(std::string(sql));
    const TemporaryDirectory home;
    fill(home.path());
    change(home.path(), sql);
    History history = expect(History::open_or_create(home.path()));
    CHECK(kind(history.drafts()) == ErrorKind::bad_data);
    CHECK(expect(history.records({})).size() == 1);
  }
}

TEST_CASE("a record with any value changed is told, whoever asks") {
  for (const char* sql :
       {"update records set about='mother'", "update records set taken_us=taken_us+1",
        "update records set answers='[]'", "update records set note='other'"}) {
    CAPTURE(std::string(sql));
    const TemporaryDirectory home;
    fill(home.path());
    change(home.path(), sql);
    History history = expect(History::open_or_create(home.path()));
    CHECK(kind(history.records({})) == ErrorKind::bad_data);
    CHECK(kind(history.find_record("0000000001")) == ErrorKind::bad_data);
    CHECK(kind(history.latest_taken("examples", {})) == ErrorKind::bad_data);
    Import import;
    import.definitions.push_back({example_hash, "examples", "1.2.3", example_text});
    import.records.push_back(example_record("0000000001"));
    CHECK(kind(history.add_import(import, now)) == ErrorKind::bad_data);
  }
}

TEST_CASE("an event with any value changed is told, whatever it was about") {
  for (const char* sql : {"update events set kind='unknown'", "update events set kind='deleted'",
                          "update events set subjects=''", "update events set at_us=at_us+1",
                          "update events set detail='other'"}) {
    CAPTURE(std::string(sql));
    const TemporaryDirectory home;
    fill(home.path());
    change(home.path(), sql);
    History history = expect(History::open_or_create(home.path()));
    CHECK(kind(history.events()) == ErrorKind::bad_data);
    CHECK(kind(history.undo(now)) == ErrorKind::bad_data);
    CHECK(kind(history.purge(PurgeScope::deleted)) == ErrorKind::bad_data);
    CHECK(kind(history.tried_steps({})) == ErrorKind::bad_data);
    CHECK(kind(history.find_draft(example_draft().key)) == ErrorKind::bad_data);
  }
}

TEST_CASE("a definition whose text is not the one that was hashed is told") {
  const TemporaryDirectory home;
  fill(home.path());
  History history = expect(History::open_or_create(home.path()));
  expect(history.rescore({"0000000001"}, newer_definition(), now));
  change(home.path(), "update definitions set text='format = 2'");
  CHECK(kind(history.definition_text(example_hash)) == ErrorKind::bad_data);
  CHECK_FALSE(expect(history.definition_text("none")).has_value());
  change(home.path(), "delete from definitions");
  CHECK(kind(history.definition_text(example_hash)) == ErrorKind::bad_data);
  CHECK(kind(history.definition_text(newer_definition().sha256)) == ErrorKind::bad_data);
}

TEST_CASE("a history without its tables, or with a write-ahead log, is damaged") {
  for (const char* sql : {"drop table events", "drop table records", "pragma journal_mode=wal"}) {
    CAPTURE(std::string(sql));
    const TemporaryDirectory home;
    fill(home.path());
    change(home.path(), sql);
    Result<History> history = History::open_or_create(home.path());
    CHECK((history ? kind(history->records({})) : kind(history)) == ErrorKind::bad_data);
  }
}

TEST_CASE("what is hidden or gone is passed over by a second purge, and by undoing nothing") {
  const TemporaryDirectory home;
  fill(home.path());
  History history = expect(History::open_or_create(home.path()));
  CHECK(expect(history.delete_record("0000000001", now)));
  CHECK_FALSE(expect(history.delete_record("0000000001", now)));
  const Draft draft = *expect(history.find_draft(example_draft().key));
  expect(history.discard_draft(draft.id, now));
  expect(history.discard_draft(draft.id, now));
  CHECK_FALSE(expect(history.find_draft(example_draft().key)).has_value());
  CHECK_FALSE(expect(history.latest_taken("examples", {})).has_value());
  const Purged first = expect(history.purge(PurgeScope::deleted));
  CHECK(first.records == 1);
  CHECK(first.drafts == 1);
  const Purged second = expect(history.purge(PurgeScope::deleted));
  CHECK(second.records == 0);
  CHECK(second.drafts == 0);
  CHECK(expect(history.tried_steps({})).size() == 1);
  CHECK(expect(history.purge(PurgeScope::everything)).records == 0);
  CHECK(expect(history.purge(PurgeScope::deleted)).records == 0);
  CHECK_FALSE(expect(history.undo(now)).has_value());
  expect(history.rescore({}, {}, now));
}

TEST_CASE("kept answers of every kind read back, and nothing else does") {
  for (const RecordedAnswer& each : answers_of_every_kind()) {
    CAPTURE(each.item);
    const detail::KeptAnswer kept = detail::kept_answer(each.answer);
    const auto read = detail::answer_of(kept.kind, kept.value);
    REQUIRE(read.has_value());
    CHECK((*read == each.answer));
  }
  for (const char* value : {"", "x", "1x", "1 ", "1e999", "nan", "inf"}) {
    CAPTURE(std::string(value));
    CHECK_FALSE(detail::answer_of("number", value).has_value());
  }
  CHECK_FALSE(detail::answer_of("skipped", "1").has_value());
  CHECK_FALSE(detail::answer_of("", "").has_value());
}
