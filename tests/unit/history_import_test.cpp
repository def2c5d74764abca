// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <functional>

#include "attune/history.hpp"

#include "history_values.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

using Ids = std::vector<std::string>;

store::Import import_of(const Ids& records) {
  store::Import import;
  import.definitions.push_back({example_hash, "examples", "1.2.3", example_text});
  for (const std::string& id : records) {
    import.records.push_back(example_record(id));
    import.records.back().scored_with = example_hash;
  }
  return import;
}

}  // namespace

TEST_CASE("an import brings what is new, once") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  store::Import import = import_of({"0000000001", "0000000002"});
  import.tried.push_back({"examples", "breathe", now, "went well"});
  const store::Imported first = history.add_import(import, now);
  CHECK(first.records == 2);
  CHECK(first.tried == 1);
  check_same(history.records({})[1], example_record("0000000002"));
  const std::size_t logged = history.events().size();
  const store::Imported again = history.add_import(import, now);
  CHECK(again.records == 0);
  CHECK(again.tried == 0);
  CHECK(history.events().size() == logged);
}

TEST_CASE("a deleted record that is imported again is back, and an undone import is out of sight") {
  const TemporaryDirectory home;
  store::History history = with_records(home.path(), {"0000000001"});
  CHECK(history.delete_record("0000000001", now));
  CHECK(history.add_import(import_of({"0000000001", "0000000002"}), now).records == 2);
  CHECK((ids(history) == Ids{"0000000001", "0000000002"}));
  CHECK(history.undo(now)->kind == store::HistoryEventKind::imported);
  CHECK(ids(history).empty());
  CHECK(history.add_import(import_of({"0000000002"}), now).records == 1);
  CHECK((ids(history) == Ids{"0000000002"}));
}

TEST_CASE("an import with one record that differs from the one kept changes nothing") {
  const TemporaryDirectory home;
  store::History history = with_records(home.path(), {"0000000002"});
  const std::vector<std::function<void(Record&)>> changes = {
      [](Record& record) { record.note = "another"; },
      [](Record& record) { record.answers[0].answer = Answer(5.0); },
      [](Record& record) { record.answers[0].item = "other"; },
      [](Record& record) { record.answers[0].seconds += 1; },
      [](Record& record) { record.answers.pop_back(); },
      [](Record& record) { record.about.reset(); },
      [](Record& record) { record.started_at.microseconds -= 1; },
      [](Record& record) { record.taken_at.microseconds += 1; },
      [](Record& record) { record.taken_at.offset_minutes += 1; },
      [](Record& record) { record.questionnaire = "others"; },
      [](Record& record) { record.version = "1.2.4"; },
      [](Record& record) { record.sha256 = store::sha256("newer"); },
      [](Record& record) { record.form = "short"; },
      [](Record& record) { record.language = "de"; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    store::Import import = import_of({"0000000001", "0000000002"});
    import.definitions.push_back(newer_definition());
    changes[i](import.records.back());
    CHECK(kind([&] { return history.add_import(import, now); }) == ErrorKind::bad_data);
    CHECK((ids(history) == Ids{"0000000002"}));
    CHECK(history.events().empty());
  }
}

TEST_CASE("a step that was tried is the same only with its questionnaire, time and note") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  const TriedStep step{"examples", "breathe", now, "went well"};
  history.add_tried(step);
  std::vector<TriedStep> others(4, step);
  others[0].questionnaire = "others";
  others[1].step = "walk";
  others[2].at.microseconds += 1;
  others[3].note = "";
  store::Import import;
  import.tried = others;
  import.tried.push_back(step);
  CHECK(history.add_import(import, now).tried == others.size());
}

TEST_CASE("an import without the text of a definition is refused") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  store::Import import = import_of({"0000000001"});
  import.definitions.clear();
  CHECK(kind([&] { return history.add_import(import, now); }) == ErrorKind::bad_data);
  CHECK(ids(history).empty());
}

TEST_CASE("an imported record is scored as it was, unless it is here already") {
  const TemporaryDirectory home;
  store::History history = with_records(home.path(), {"0000000001"});
  store::Import import = import_of({"0000000001", "0000000002", "0000000003"});
  import.definitions.push_back(newer_definition());
  import.records[0].scored_with = newer_definition().sha256;
  import.records[1].scored_with = newer_definition().sha256;
  import.records[2].scored_with.clear();  // as one that was never scored anew
  CHECK(history.add_import(import, now).records == 2);
  const std::vector<Record> records = history.records({});
  REQUIRE(records.size() == 3);
  CHECK(records[0].scored_with == example_hash);
  CHECK(records[1].scored_with == newer_definition().sha256);
  CHECK(records[2].scored_with == example_hash);
}
