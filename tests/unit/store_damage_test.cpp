// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/history.hpp"

#include "history_values.hpp"
#include "store/database.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

// Changes the rows behind the history's back, as a stray program or a bad disk would.
void change(const fs::path& directory, const std::string& sql) {
  store::Connection connection =
      store::Connection::open(directory / store::history_file_name, store::Access::read_write);
  connection.run("pragma foreign_keys=off");
  connection.run(sql.c_str());
}

void fill(const fs::path& directory) {
  store::History history = store::History::open_or_create(directory);
  history.add_record(example_record("0000000001"), example_text);
  history.add_tried({"examples", "call", now, "a note"});
  store::Draft draft = example_draft();
  history.save_answer(draft, {"whole", Answer(2.0)}, example_text);
  history.save_answer(draft, {"third", Answer(3.0)}, example_text);
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
    store::History history = store::History::open_or_create(home.path());
    CHECK(kind([&] { return history.drafts(); }) == ErrorKind::bad_data);
    CHECK(history.records({}).size() == 1);
  }
}

TEST_CASE("a record with any value changed is told, whoever asks") {
  for (const char* sql :
       {"update records set about='mother'", "update records set taken_us=taken_us+1",
        "update records set answers='[]'", "update records set answers='['",
        "update records set note='other'"}) {
    CAPTURE(std::string(sql));
    const TemporaryDirectory home;
    fill(home.path());
    change(home.path(), sql);
    store::History history = store::History::open_or_create(home.path());
    CHECK(kind([&] { return history.records({}); }) == ErrorKind::bad_data);
    CHECK(kind([&] { return history.find_record("0000000001"); }) == ErrorKind::bad_data);
    CHECK(kind([&] { return history.latest_taken("examples", {}); }) == ErrorKind::bad_data);
    store::Import import;
    import.definitions.push_back({example_hash, "examples", "1.2.3", example_text});
    import.records.push_back(example_record("0000000001"));
    CHECK(kind([&] { return history.add_import(import, now); }) == ErrorKind::bad_data);
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
    store::History history = store::History::open_or_create(home.path());
    CHECK(kind([&] { return history.events(); }) == ErrorKind::bad_data);
    CHECK(kind([&] { return history.undo(now); }) == ErrorKind::bad_data);
    CHECK(kind([&] { return history.purge(store::PurgeScope::deleted); }) == ErrorKind::bad_data);
    CHECK(kind([&] { return history.tried_steps({}); }) == ErrorKind::bad_data);
    CHECK(kind([&] { return history.find_draft(example_draft().key); }) == ErrorKind::bad_data);
  }
}

TEST_CASE("a definition whose text is not the one that was hashed is told") {
  const TemporaryDirectory home;
  fill(home.path());
  store::History history = store::History::open_or_create(home.path());
  history.rescore({"0000000001"}, newer_definition(), now);
  change(home.path(), "update definitions set text='format = 2'");
  CHECK(kind([&] { return history.definition_text(example_hash); }) == ErrorKind::bad_data);
  CHECK_FALSE(history.definition_text("none").has_value());
  change(home.path(), "delete from definitions");
  CHECK(kind([&] { return history.definition_text(example_hash); }) == ErrorKind::bad_data);
  CHECK(kind([&] { return history.definition_text(newer_definition().sha256); }) ==
        ErrorKind::bad_data);
}

TEST_CASE("a history without its tables, or with a write-ahead log, is damaged") {
  for (const char* sql : {"drop table events", "drop table records", "pragma journal_mode=wal"}) {
    CAPTURE(std::string(sql));
    const TemporaryDirectory home;
    fill(home.path());
    change(home.path(), sql);
    CHECK(kind([&] { return store::History::open_or_create(home.path()).records({}); }) ==
          ErrorKind::bad_data);
  }
}

TEST_CASE("what is hidden or gone is passed over by a second purge, and by undoing nothing") {
  const TemporaryDirectory home;
  fill(home.path());
  store::History history = store::History::open_or_create(home.path());
  CHECK(history.delete_record("0000000001", now));
  CHECK_FALSE(history.delete_record("0000000001", now));
  const store::Draft draft = *history.find_draft(example_draft().key);
  history.discard_draft(draft.id, now);
  history.discard_draft(draft.id, now);
  CHECK_FALSE(history.find_draft(example_draft().key).has_value());
  CHECK_FALSE(history.latest_taken("examples", {}).has_value());
  const store::Purged first = history.purge(store::PurgeScope::deleted);
  CHECK(first.records == 1);
  CHECK(first.drafts == 1);
  const store::Purged second = history.purge(store::PurgeScope::deleted);
  CHECK(second.records == 0);
  CHECK(second.drafts == 0);
  CHECK(history.tried_steps({}).size() == 1);
  CHECK(history.purge(store::PurgeScope::everything).records == 0);
  CHECK(history.purge(store::PurgeScope::deleted).records == 0);
  CHECK_FALSE(history.undo(now).has_value());
  history.rescore({}, {}, now);
}

TEST_CASE("answers that are none are damage, although their checksum is right") {
  const Record record = example_record("0000000001");
  for (const std::string answers :
       {"", "null", "{}", "[[]]", "[[\"a\",nul,0]]", "[[\"a\",1e999,0]]", "[[\"a\",1,nan]]",
        "[[\"a\",1]]", "[[\"a\",1,2,3]]", "[[1,1,2]]", "[[\"a\",{},2]]", "[[\"a\",[1],2]]",
        "[[\"a\",true,2]]", "[[\"a\",1,\"2\"]]", "[[\"a\",1,2]", "[[\"\\x\",1,2]]"}) {
    CAPTURE(answers);
    const TemporaryDirectory home;
    fill(home.path());
    {
      store::Connection connection = store::Connection::open(home.path() / store::history_file_name,
                                                             store::Access::read_write);
      store::Statement(connection, "update records set answers=?, checksum=?")
          .bind(answers,
                store::checksum_of(record.id, record.questionnaire, record.version, record.sha256,
                                   record.form, record.language, record.about, record.started_at,
                                   record.taken_at, answers, record.note))
          .run();
    }
    store::History history = store::History::open_or_create(home.path());
    CHECK(kind([&] { return history.records({}); }) == ErrorKind::bad_data);
  }
}
