// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <functional>
#include <string>
#include <vector>

#include "attune/history.hpp"

#include "failing_sqlite.hpp"
#include "history_operations.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace fs = std::filesystem;

TEST_CASE("a change that fails anywhere is told, and changes nothing") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  int failures = 0;
  for (const Operation& operation : writing()) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      CAPTURE(operation.name);
      const TemporaryDirectory home;
      const fs::path file = home.path() / store::history_file_name;
      fs::copy_file(filled.path() / store::history_file_name, file);
      store::History history = store::History::open_or_create(home.path());
      const std::string before = read_bytes(file);
      for (int passed = 0;; ++passed, ++failures) {
        CAPTURE(passed);
        const Failing failing(fault, passed);
        const std::optional<Error> error = operation.run(history);
        REQUIRE(error.has_value() == Failing::fired());
        if (!error) break;
        REQUIRE(read_bytes(file) == before);
        REQUIRE(is_at_rest(home.path()));
      }
    }
  }
  CHECK(failures > 500);
}

TEST_CASE("reading that fails anywhere is told, and the next reading is whole") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  store::History history = *store::History::open_read_only(filled.path());
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
    fs::copy_file(filled.path() / store::history_file_name, home.path() / store::history_file_name);
    store::History history = store::History::open_or_create(home.path());
    const store::Draft draft = open_draft(history);
    for (int passed = 0;; ++passed) {
      CAPTURE(passed);
      {
        const Failing failing(fault, passed);
        const std::optional<Error> error = error_of(
            [&] { history.add_record(example_record("0000000004"), example_text, draft); });
        REQUIRE(error.has_value() == Failing::fired());
        if (!error) break;
      }
      REQUIRE(open_draft(history).answers.size() == 2);
      REQUIRE_FALSE(history.find_record("0000000004").has_value());
    }
    CHECK(history.drafts().empty());
    CHECK(history.find_record("0000000004").has_value());
  }
}

TEST_CASE("a purge that fails anywhere takes nothing that was not deleted") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill(filled.path());
  for (const store::PurgeScope scope :
       {store::PurgeScope::deleted, store::PurgeScope::everything}) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      const TemporaryDirectory home;
      fs::copy_file(filled.path() / store::history_file_name,
                    home.path() / store::history_file_name);
      store::History history = store::History::open_or_create(home.path());
      for (int passed = 0;; passed += 3) {  // giving back room takes many steps
        CAPTURE(passed);
        bool done = false;
        {
          const Failing failing(fault, passed);
          done = !error_of([&] { return history.purge(scope); });
          REQUIRE(done != Failing::fired());
        }
        const std::vector<Record> records = history.records({});
        // The last act is to give back room; by then everything may be gone, and is meant to be.
        const bool is_whole = records.size() == 2 && history.drafts().size() == 1;
        const bool is_empty = records.empty() && history.drafts().empty();
        REQUIRE((is_whole || (scope == store::PurgeScope::everything && is_empty)));
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
        made = !error_of([&] { return store::History::open_or_create(home.path()); });
        REQUIRE(made != Failing::fired());
      }
      store::History history = store::History::open_or_create(home.path());
      REQUIRE(history.records({}).empty());
      if (made) break;
    }
    const TemporaryDirectory filled;
    fill(filled.path());
    for (int passed = 0;; ++passed) {
      CAPTURE(passed);
      const Failing failing(fault, passed);
      const std::optional<Error> error =
          error_of([&] { return store::History::open_read_only(filled.path()); });
      REQUIRE(error.has_value() == Failing::fired());
      if (!error) break;
    }
  }
}

TEST_CASE("a history that can't be written says so before the first question") {
  const Watched watched;
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  for (int passed = 0; passed < 2; ++passed) {
    const Failing failing(Fault::compiling, passed);
    CHECK(error_of([&] { history.check_writable(); }));
  }
  history.check_writable();
}

TEST_CASE("a locked history that can't be opened, or purged, can be the next time") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill_and_lock(filled.path());
  const std::vector<std::function<void(const fs::path&)>> acts = {
      [](const fs::path& home) { return store::History::open_or_create(home, says_words); },
      [](const fs::path& home) { return store::History::open_read_only(home, says_words); },
      [](const fs::path& home) {
        return store::History::open_or_create(home, says_words).purge(store::PurgeScope::deleted);
      },
  };
  for (std::size_t act = 0; act < acts.size(); ++act) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      const TemporaryDirectory home;
      fs::copy_file(filled.path() / store::history_file_name,
                    home.path() / store::history_file_name);
      for (int passed = 0;; passed += 1 + passed / 20) {  // giving back room takes many steps
        CAPTURE(act);
        CAPTURE(passed);
        bool done = false;
        {
          const Failing failing(fault, passed);
          done = !error_of([&] { acts[act](home.path()); });
          REQUIRE(done != Failing::fired());
        }
        std::optional<store::History> history =
            store::History::open_read_only(home.path(), says_words);
        REQUIRE(history.has_value());
        REQUIRE(history->records({}).size() == 2);
        if (done) break;
      }
    }
  }
}

TEST_CASE("a change of a locked history that fails anywhere is told, and changes nothing") {
  const Watched watched;
  const TemporaryDirectory filled;
  fill_and_lock(filled.path());
  for (const Operation& operation : writing()) {
    for (const Fault fault : {Fault::compiling, Fault::running}) {
      CAPTURE(operation.name);
      const TemporaryDirectory home;
      const fs::path file = home.path() / store::history_file_name;
      fs::copy_file(filled.path() / store::history_file_name, file);
      store::History history = store::History::open_or_create(home.path(), says_words);
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
