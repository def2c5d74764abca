// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <functional>
#include <new>
#include <string>

#include "attune/history.hpp"

#include "failing_memory.hpp"
#include "history_operations.hpp"
#include "long_run.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

enum class Kept { plain, locked };

fs::path fill(const TemporaryDirectory& home, Kept kept) {
  kept == Kept::locked ? fill_and_lock(home.path()) : ::fill(home.path());
  return home.path() / store::history_file_name;
}

// What `act` comes to when SQLite gets no memory for the thing it asks for after `passed` others.
enum class Outcome { done, refused };
Outcome short_of_memory(int passed, const std::function<bool()>& act) {
  FailingMemory::fail_after(passed);
  bool done = false;
  try {
    done = act();
  } catch (const std::bad_alloc&) {
    done = false;
  }
  FailingMemory::stop();
  return done ? Outcome::done : Outcome::refused;
}

}  // namespace

TEST_CASE("a change for which there is too little memory is refused, and changes nothing") {
  const FailingMemory memory;
  int refused = 0;
  for (const Kept kept : {Kept::plain, Kept::locked}) {
    const TemporaryDirectory filled;
    const fs::path source = fill(filled, kept);
    for (const Operation& operation : writing()) {
      CAPTURE(operation.name);
      const TemporaryDirectory home;
      const fs::path file = home.path() / store::history_file_name;
      for (int passed = 0;; passed = next_to_fail(passed)) {
        CAPTURE(passed);
        fs::copy_file(source, file, fs::copy_options::overwrite_existing);
        const std::string before = read_bytes(file);
        store::History history = store::History::open_or_create(home.path(), says_words);
        const Outcome outcome =
            short_of_memory(passed, [&] { return !operation.run(history).has_value(); });
        REQUIRE((outcome == Outcome::done) == (read_bytes(file) != before));
        if (!FailingMemory::fired()) break;
        refused += outcome == Outcome::refused ? 1 : 0;
      }
    }
  }
  CHECK(refused > (is_long_run() ? 500 : 150));
}

TEST_CASE("what can't be read for lack of memory is refused, and the next reading is whole") {
  const FailingMemory memory;
  for (const Kept kept : {Kept::plain, Kept::locked}) {
    const TemporaryDirectory home;
    fill(home, kept);
    store::History history = *store::History::open_read_only(home.path(), says_words);
    for (const Operation& operation : reading()) {
      CAPTURE(operation.name);
      for (int passed = 0;; passed = next_to_fail(passed)) {
        CAPTURE(passed);
        std::optional<Error> error;
        short_of_memory(passed, [&] { return !(error = operation.run(history)); });
        if (!FailingMemory::fired()) break;
        CHECK((!error || error->kind != ErrorKind::bad_data));  // nothing is damaged
        REQUIRE(history.records({}).size() == 2);
      }
    }
  }
}

TEST_CASE("a history that is opened, locked or purged without memory is whole afterwards") {
  const FailingMemory memory;
  const std::vector<std::pair<Kept, std::function<void(const fs::path&)>>> acts = {
      {Kept::plain, [](const fs::path& home) { return store::History::open_or_create(home); }},
      {Kept::plain, [](const fs::path& home) { return store::History::open_read_only(home); }},
      {Kept::locked,
       [](const fs::path& home) { return store::History::open_or_create(home, says_words); }},
      {Kept::locked,
       [](const fs::path& home) { return store::History::open_read_only(home, says_words); }},
      {Kept::locked,
       [](const fs::path& home) {
         return store::History::open_or_create(home, says_words).purge(store::PurgeScope::deleted);
       }},
      {Kept::plain,
       [](const fs::path& home) {
         store::Lock lock = store::make_lock(Secret("words"), {1, 8});
         store::lock_history(home, lock);
       }},
  };
  for (std::size_t i = 0; i < acts.size(); ++i) {
    CAPTURE(i);
    const TemporaryDirectory filled;
    const fs::path source = fill(filled, acts[i].first);
    for (int passed = 0;; passed = next_to_fail(passed)) {
      CAPTURE(passed);
      const TemporaryDirectory home;
      fs::copy_file(source, home.path() / store::history_file_name);
      const Outcome outcome =
          short_of_memory(passed, [&] { return !error_of([&] { acts[i].second(home.path()); }); });
      const bool fired = FailingMemory::fired();
      store::History history = store::History::open_or_create(home.path(), says_words);
      REQUIRE(history.records({}).size() == 2);
      REQUIRE(history.drafts().size() == 1);
      if (!fired) {
        REQUIRE(outcome == Outcome::done);
        break;
      }
    }
  }
}
