// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <functional>
#include <string>
#include <vector>

#include "attune/history.hpp"

#include "failing_sqlite.hpp"
#include "history_values.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

constexpr Instant now{1'700'001'000'000'000, 60};

template <class T>
std::optional<Error> error_of(const Result<T>& result) {
  if (result.has_value()) return std::nullopt;
  return result.error();
}

struct Operation {
  std::string name;
  std::function<std::optional<Error>(History&)> run;
};

KeptDefinition newer_definition() { return {sha256("newer"), "examples", "2.0.0", "newer"}; }

Import import_of_two() {
  Import import;
  import.definitions.push_back({example_hash, "examples", "1.2.3", example_text});
  import.definitions.push_back(newer_definition());
  for (const char* id : {"0000000001", "0000000005"}) {
    import.records.push_back(example_record(id));
    import.records.back().scored_with = example_hash;
  }
  import.records.back().scored_with = newer_definition().sha256;
  import.tried.push_back({"examples", "call", now, "it went well"});
  return import;
}

// Records 1 to 3, of which 2 is deleted, 3 is scored anew, a step was tried, one draft is open and
// another discarded.
void fill(const fs::path& directory) {
  History history = expect(History::open_or_create(directory));
  for (const char* id : {"0000000001", "0000000002", "0000000003"}) {
    expect(history.add_record(example_record(id), example_text));
  }
  CHECK(expect(history.delete_record("0000000002", now)));
  expect(history.rescore({"0000000003"}, newer_definition(), now));
  expect(history.add_tried({"examples", "pause", now, "a note"}));
  for (int i = 0; i < 2; ++i) {
    Draft draft = example_draft();
    expect(history.save_answer(draft, {"whole", Answer(2.0)}, example_text));
    expect(history.save_answer(draft, {"third", Answer(3.0)}, example_text));
    if (i == 0) expect(history.discard_draft(draft.id, now));
  }
}

Draft open_draft(History& history) { return *expect(history.find_draft(example_draft().key)); }

std::vector<Operation> writing() {
  return {
      {"save the first answer",
       [](History& history) {
         Draft draft = example_draft();
         draft.key.about = "mother";
         const auto error =
             error_of(history.save_answer(draft, {"whole", Answer(4.0)}, example_text));
         CHECK((draft.id == 0) == error.has_value());
         return error;
       }},
      {"add a record with a new text",
       [](History& history) {
         Record record = example_record("0000000004");
         record.sha256 = sha256("other");
         return error_of(history.add_record(record, "other"));
       }},
      {"delete",
       [](History& history) { return error_of(history.delete_record("0000000001", now)); }},
      {"discard", [](History& history) { return error_of(history.discard_draft(2, now)); }},
      {"undo", [](History& history) { return error_of(history.undo(now)); }},
      {"rescore",
       [](History& history) {
         return error_of(
             history.rescore({"0000000001"}, {sha256("third"), "examples", "3", "third"}, now));
       }},
      {"import",
       [](History& history) { return error_of(history.add_import(import_of_two(), now)); }},
      {"mark as tried",
       [](History& history) {
         return error_of(history.add_tried({"examples", "call", now, ""}));
       }},
  };
}

std::vector<Operation> reading() {
  return {
      {"find a draft",
       [](History& history) { return error_of(history.find_draft(example_draft().key)); }},
      {"drafts", [](History& history) { return error_of(history.drafts()); }},
      {"records", [](History& history) { return error_of(history.records({})); }},
      {"records of one",
       [](History& history) { return error_of(history.records({.questionnaire = "examples"})); }},
      {"a record", [](History& history) { return error_of(history.find_record("0000000003")); }},
      {"the latest",
       [](History& history) { return error_of(history.latest_taken("examples", {})); }},
      {"tried steps", [](History& history) { return error_of(history.tried_steps({})); }},
      {"events", [](History& history) { return error_of(history.events()); }},
      {"kept definitions", [](History& history) { return error_of(history.kept_definitions()); }},
      {"a text", [](History& history) { return error_of(history.definition_text(example_hash)); }},
      {"image", [](History& history) { return error_of(history.image()); }},
  };
}

}  // namespace

TEST_CASE("a change that fails anywhere is told, and changes nothing") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  int failures = 0;
  for (const Operation& operation : writing()) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      CAPTURE(operation.name);
      const TemporaryDirectory home;
      const fs::path file = home.path() / history_file_name;
      fs::copy_file(filled.path() / history_file_name, file);
      History history = expect(History::open_or_create(home.path()));
      const std::string before = read_bytes(file);
      for (int passed = 0;; ++passed, ++failures) {
        CAPTURE(passed);
        const Failing failing(fault, passed);
        const std::optional<Error> error = operation.run(history);
        REQUIRE(error.has_value() == Failing::fired());
        if (!error) break;
        CHECK(error->message != "");
        REQUIRE(read_bytes(file) == before);
        REQUIRE_FALSE(fs::exists(home.path() / "history.db-journal"));
      }
    }
  }
  CHECK(failures > 500);
}

TEST_CASE("reading that fails anywhere is told, and the next reading is whole") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  History history = *expect(History::open_read_only(filled.path()));
  int failures = 0;
  for (const Operation& operation : reading()) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      CAPTURE(operation.name);
      for (int passed = 0;; ++passed, ++failures) {
        CAPTURE(passed);
        const Failing failing(fault, passed);
        const std::optional<Error> error = operation.run(history);
        REQUIRE(error.has_value() == Failing::fired());
        if (!error) break;
      }
    }
  }
  CHECK(failures > 500);
}

TEST_CASE("a draft whose finishing fails is still a draft, with all of its answers") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  for (const Fault fault : {Fault::compiling, Fault::running}) {
    const TemporaryDirectory home;
    fs::copy_file(filled.path() / history_file_name, home.path() / history_file_name);
    History history = expect(History::open_or_create(home.path()));
    const Draft draft = open_draft(history);
    for (int passed = 0;; ++passed) {
      CAPTURE(passed);
      {
        const Failing failing(fault, passed);
        const auto sequence = history.finish_draft(draft, example_record("0000000004"));
        REQUIRE(sequence.has_value() != Failing::fired());
        if (sequence) break;
      }
      REQUIRE(open_draft(history).answers.size() == 2);
      REQUIRE_FALSE(expect(history.find_record("0000000004")).has_value());
    }
    CHECK(expect(history.drafts()).empty());
    CHECK(expect(history.find_record("0000000004")).has_value());
  }
}

TEST_CASE("a purge that fails anywhere takes nothing that was not deleted") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  for (const PurgeScope scope : {PurgeScope::deleted, PurgeScope::everything}) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      const TemporaryDirectory home;
      fs::copy_file(filled.path() / history_file_name, home.path() / history_file_name);
      History history = expect(History::open_or_create(home.path()));
      for (int passed = 0;; passed += 3) {  // giving back room takes many steps
        CAPTURE(passed);
        bool done = false;
        {
          const Failing failing(fault, passed);
          done = history.purge(scope).has_value();
          REQUIRE(done != Failing::fired());
        }
        const std::vector<Record> records = expect(history.records({}));
        // The last act is to give back room; by then everything may be gone, and is meant to be.
        const bool is_whole = records.size() == 2 && expect(history.drafts()).size() == 1;
        const bool is_empty = records.empty() && expect(history.drafts()).empty();
        REQUIRE((is_whole || (scope == PurgeScope::everything && is_empty)));
        if (done) break;
      }
    }
  }
}

TEST_CASE("a history that can't be made, or opened, can be the next time") {
  const Watched watched;
  for (const Fault fault : {Fault::compiling, Fault::running}) {
    for (int passed = 0;; ++passed) {
      CAPTURE(passed);
      const TemporaryDirectory home;
      bool made = false;
      {
        const Failing failing(fault, passed);
        made = History::open_or_create(home.path()).has_value();
        REQUIRE(made != Failing::fired());
      }
      History history = expect(History::open_or_create(home.path()));
      REQUIRE(expect(history.records({})).empty());
      if (made) break;
    }
    const TemporaryDirectory filled;
    fill(filled.path());
    for (int passed = 0;; ++passed) {
      CAPTURE(passed);
      const Failing failing(fault, passed);
      const Result<std::optional<History>> history = History::open_read_only(filled.path());
      REQUIRE(history.has_value() != Failing::fired());
      if (history) break;
    }
  }
}

TEST_CASE("a history that can't be written says so before the first question") {
  const Watched watched;
  const TemporaryDirectory home;
  History history = expect(History::open_or_create(home.path()));
  for (int passed = 0; passed < 2; ++passed) {
    const Failing failing(Fault::compiling, passed);
    CHECK_FALSE(history.check_writable().has_value());
  }
  expect(history.check_writable());
}

TEST_CASE("a change of a locked history that fails anywhere is told, and changes nothing") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  NewLock lock = expect(NewLock::make(Secret("words"), {1, 8}));
  expect(lock_history(filled.path(), lock));
  const auto says = [](int) { return Result<std::optional<Secret>>(Secret("words")); };
  for (const Operation& operation : writing()) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      CAPTURE(operation.name);
      const TemporaryDirectory home;
      const fs::path file = home.path() / history_file_name;
      fs::copy_file(filled.path() / history_file_name, file);
      History history = expect(History::open_or_create(home.path(), says));
      const std::string before = read_bytes(file);
      for (int passed = 0;; ++passed) {
        CAPTURE(passed);
        const Failing failing(fault, passed);
        const std::optional<Error> error = operation.run(history);
        REQUIRE(error.has_value() == Failing::fired());
        if (!error) break;
        REQUIRE(read_bytes(file) == before);
      }
    }
  }
}
