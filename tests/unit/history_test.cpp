// SPDX-License-Identifier: MIT
#include "attune/history.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "history_values.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

TEST_CASE("a record reads back exactly, with every kind of answer and awkward text") {
  const TemporaryDirectory home;
  Record alone = example_record("0000000002");
  alone.about.reset();
  alone.note.clear();
  alone.answers.clear();
  alone.questionnaire = "others";
  {
    store::History history = store::History::open_or_create(home.path() / "attune");
    CHECK(history.add_record(example_record("0000000001"), example_text) == 1);
    CHECK(history.add_record(alone, example_text) == 2);
  }
  store::History history = *store::History::open_read_only(home.path() / "attune");
  const std::vector<Record> records = history.records({});
  REQUIRE(records.size() == 2);
  check_same(records[0], example_record("0000000001"));
  check_same(records[1], alone);
  check_same(*history.find_record("0000000001"), example_record("0000000001"));
  CHECK_FALSE(history.find_record("0000000003").has_value());
  REQUIRE(history.records({.questionnaire = "others"}).size() == 1);
  check_same(history.records({.questionnaire = "others"})[0], alone);
  CHECK(history.records({.questionnaire = "examples' or '1'='1"}).empty());
  CHECK(history.definition_text(example_hash) == example_text);
  CHECK_FALSE(history.definition_text(store::sha256("other")).has_value());
}

TEST_CASE("records keep the order they were kept in, whatever their times") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  for (int i = 9; i >= 0; --i) {
    Record record = example_record("00000000r" + std::to_string(i));
    record.taken_at.microseconds = std::int64_t{i} * 1'000'000;
    history.add_record(record, example_text);
  }
  const std::vector<Record> records = history.records({});
  REQUIRE(records.size() == 10);
  CHECK(records.front().id == "00000000r9");
  CHECK(records.back().id == "00000000r0");
}

TEST_CASE("an id is kept once, and only ten characters make one") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  history.add_record(example_record("0000000001"), example_text);
  CHECK(kind([&] { return history.add_record(example_record("0000000001"), example_text); }) ==
        ErrorKind::bad_data);
  for (const char* id : {"", "000000001", "00000000001", "00000 0001", "000000000A"}) {
    CHECK(kind([&] { return history.add_record(example_record(id), example_text); }) ==
          ErrorKind::internal);
  }
  CHECK(history.records({}).size() == 1);
}

TEST_CASE("a definition's text is kept once and only under its own hash") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  CHECK(kind([&] { return history.add_record(example_record("0000000001"), "another text"); }) ==
        ErrorKind::internal);
  CHECK(history.records({}).empty());
  history.add_record(example_record("0000000001"), example_text);
  history.add_record(example_record("0000000002"), example_text);
  CHECK(history.definition_text(example_hash) == example_text);
}

TEST_CASE("a draft is resumed with what was confirmed, in the order asked") {
  const TemporaryDirectory home;
  store::Draft draft = example_draft();
  std::vector<RecordedAnswer> answers = answers_of_every_kind();
  {
    store::History history = store::History::open_or_create(home.path());
    CHECK_FALSE(history.find_draft(draft.key).has_value());
    for (const RecordedAnswer& answer : answers) {
      history.save_answer(draft, answer, example_text);
      CHECK(draft.id == 1);
    }
  }
  store::History history = store::History::open_or_create(home.path());
  const std::optional<store::Draft> found = history.find_draft(draft.key);
  REQUIRE(found.has_value());
  CHECK(found->id == draft.id);
  CHECK(found->key.questionnaire == "examples");
  CHECK(found->key.form == "short");
  CHECK((found->key.about == draft.key.about));
  CHECK(found->version == draft.version);
  CHECK(found->sha256 == draft.sha256);
  CHECK(found->language == draft.language);
  CHECK((found->started_at == draft.started_at));
  CHECK(found->order == draft.order);
  std::reverse(answers.begin(), answers.end());
  check_same(found->answers, answers);
}

TEST_CASE("a draft is found by questionnaire, form and about together, the newest first") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  store::Draft partner = example_draft();
  history.save_answer(partner, {"whole", Answer(1.0)}, example_text);
  store::Draft nobody = example_draft();
  nobody.key.about.reset();
  history.save_answer(nobody, {"whole", Answer(2.0)}, example_text);
  store::Draft full = example_draft();
  full.key.form = "full";
  history.save_answer(full, {"whole", Answer(3.0)}, example_text);
  CHECK(history.find_draft(partner.key)->id == partner.id);
  CHECK(history.find_draft(nobody.key)->id == nobody.id);
  CHECK(history.find_draft(full.key)->id == full.id);
  CHECK_FALSE(history.find_draft({"examples", "short", "mother"}).has_value());

  store::Draft fresh = example_draft();
  history.save_answer(fresh, {"whole", Answer(4.0)}, example_text);
  CHECK(history.find_draft(partner.key)->id == fresh.id);
  const std::vector<store::Draft> drafts = history.drafts();
  REQUIRE(drafts.size() == 4);
  CHECK(drafts.front().id == partner.id);
  CHECK(drafts.back().id == fresh.id);
}

TEST_CASE("an answer to the same item replaces the earlier one") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  store::Draft draft = example_draft();
  history.save_answer(draft, {"whole", Answer(4.0), 2.0}, example_text);
  history.save_answer(draft, {"plain", Answer(Skipped{}), 1.0}, example_text);
  history.save_answer(draft, {"whole", Answer(Skipped{}), 3.0}, example_text);
  check_same(history.find_draft(draft.key)->answers,
             {{"plain", Answer(Skipped{}), 1.0}, {"whole", Answer(Skipped{}), 3.0}});
}

TEST_CASE("an older file that is put back gets the answers that it lacks or has otherwise") {
  const TemporaryDirectory home;
  const auto file = home.path() / store::history_file_name;
  store::History history = store::History::open_or_create(home.path());
  store::Draft draft = example_draft();
  history.save_answer(draft, {"whole", Answer(4.0), 2.0}, example_text);
  const std::string older = history.image();
  history.save_answer(draft, {"plain", Answer(Skipped{}), 1.0}, example_text);
  history.save_answer(draft, {"whole", Answer(5.0), 2.0}, example_text);
  std::filesystem::remove(file);
  write_bytes(file, older);
  history.save_answer(draft, {"third", Answer(0.5), 1.0}, example_text);
  store::History after = *store::History::open_read_only(home.path());
  const std::vector<RecordedAnswer> found = after.find_draft(draft.key)->answers;
  CHECK(found.size() == 3);
  for (const RecordedAnswer& each : draft.answers) {
    CHECK_MESSAGE(std::ranges::find(found, each) != found.end(), each.item);
  }
}

TEST_CASE("an answer to an item that is not asked changes nothing") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  store::Draft draft = example_draft();
  CHECK(kind([&] {
          return history.save_answer(draft, {"foreign", Answer(4.0)}, example_text);
        }) == ErrorKind::internal);
  CHECK(draft.id == 0);
  CHECK(history.drafts().empty());
}

TEST_CASE("a finished draft is a record and no longer a draft, or neither") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  history.add_record(example_record("0000000001"), example_text);
  store::Draft draft = example_draft();
  history.save_answer(draft, {"whole", Answer(4.0)}, example_text);
  // An id that is taken: the record can't be kept, so the draft must stay.
  CHECK(kind([&] {
          return history.add_record(example_record("0000000001"), example_text, draft);
        }) == ErrorKind::bad_data);
  CHECK(history.find_draft(draft.key)->answers.size() == 1);

  CHECK(history.add_record(example_record("0000000002"), example_text, draft) == 2);
  CHECK(history.drafts().empty());
  check_same(*history.find_record("0000000002"), example_record("0000000002"));
}

TEST_CASE("a discarded draft is gone, and its number is not used again") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  store::Draft first = example_draft();
  history.save_answer(first, {"whole", Answer(4.0)}, example_text);
  history.discard_draft(first.id, {});
  history.discard_draft(first.id, {});
  CHECK(history.drafts().empty());
  store::Draft second = example_draft();
  history.save_answer(second, {"whole", Answer(5.0)}, example_text);
  CHECK(second.id != first.id);
}

TEST_CASE("an answer to a draft that another process ended is refused, not put elsewhere") {
  const TemporaryDirectory home;
  store::History mine = store::History::open_or_create(home.path());
  store::History other = store::History::open_or_create(home.path());
  store::Draft draft = example_draft();
  mine.save_answer(draft, {"whole", Answer(4.0)}, example_text);
  const store::Draft shared = *other.find_draft(draft.key);
  other.add_record(example_record("0000000001"), example_text, shared);
  CHECK(kind([&] {
          return mine.save_answer(draft, {"plain", Answer(Skipped{})}, example_text);
        }) == ErrorKind::busy);
  CHECK(mine.drafts().empty());
  // What the person confirmed here is still worth a record of its own.
  CHECK(mine.add_record(example_record("0000000002"), example_text, draft) == 2);
}

TEST_CASE("a history without a directory says what to set") {
  CHECK(kind([&] { return store::History::open_or_create({}); }) == ErrorKind::configuration);
  CHECK(kind([&] { return store::History::open_read_only({}); }) == ErrorKind::configuration);
  CHECK(kind([&] { return store::History::open_existing({}); }) == ErrorKind::configuration);
}
