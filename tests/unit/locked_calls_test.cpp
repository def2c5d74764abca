// SPDX-License-Identifier: MIT
#include <cerrno>
#include <doctest/doctest.h>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attune/history.hpp"

#include "failing_calls.hpp"
#include "history_values.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

constexpr store::PassphraseCost cheap{1, 8};

store::AskPassphrase says(std::string_view secret) {
  return [text = std::string(secret)](int attempt) -> std::optional<Secret> {
    if (attempt > 0) return std::nullopt;
    return std::optional<Secret>(std::in_place, text);
  };
}

enum class Start { plain, locked };

// What is done to a history of one record, and how many it has afterwards.
struct Operation {
  std::string name;
  Start start;
  std::size_t records;
  std::function<void(const fs::path&)> run;
};

void lock(const fs::path& directory, std::string_view secret) {
  store::Lock made = store::make_lock(Secret(secret), cheap);
  store::lock_history(directory, made);
}

const std::vector<Operation> operations = {
    {"lock", Start::plain, 1, [](const fs::path& home) { lock(home, "old"); }},
    {"save", Start::locked, 2,
     [](const fs::path& home) {
       store::History::open_or_create(home, says("old"))
           .add_record(example_record("0000000002"), example_text);
     }},
    {"prove that it can be saved", Start::locked, 1,
     [](const fs::path& home) {
       store::History::open_or_create(home, says("old")).check_writable();
     }},
    {"read", Start::locked, 1,
     [](const fs::path& home) {
       const auto records = store::History::open_read_only(home, says("old")).value().records({});
       CHECK(records.size() == 1);
     }},
    {"change the passphrase", Start::locked, 1,
     [](const fs::path& home) {
       const auto open = store::open_locked_file(home, says("old"));
       store::Lock made = store::make_lock(Secret("new"), cheap);
       store::replace_lock(*open, made);
     }},
    {"unlock", Start::locked, 1,
     [](const fs::path& home) { store::remove_lock(*store::open_locked_file(home, says("old"))); }},
};

void prepare(const Operation& operation, const fs::path& directory) {
  {
    store::History history = store::History::open_or_create(directory);
    history.add_record(example_record("0000000001"), example_text);
  }
  if (operation.start == Start::locked) lock(directory, "old");
}

// The records that can be read now, by the one passphrase or the other, or without.
std::size_t readable_records(const fs::path& directory) {
  for (const char* secret : {"old", "new"}) {
    std::size_t records = 0;
    const auto closed = error_of([&] {
      records = store::History::open_or_create(directory, says(secret)).records({}).size();
    });
    if (!closed) return records;
  }
  return 0;
}

// Each call of one kind fails in turn. How many failures were told.
int fail_each(const Operation& operation, Call call, int error_number) {
  for (int passed = 0, told = 0;; ++passed) {
    CAPTURE(passed);
    const TemporaryDirectory home;
    prepare(operation, home.path());
    std::optional<Error> error;
    bool fired = false;
    {
      const FailingCall failing(call, error_number, passed);
      error = error_of([&] { operation.run(home.path()); });
      fired = FailingCall::fired();
    }
    const std::size_t records = readable_records(home.path());
    // What was told as done is done. What was told as failed may be done where only the proof that
    // it lasts is missing; nothing is ever lost.
    if (!error) REQUIRE(records == operation.records);
    if (error) REQUIRE((records == 1 || records == operation.records));
    told += error ? 1 : 0;
    if (!fired) {
      REQUIRE_FALSE(error.has_value());
      return told;
    }
  }
}

}  // namespace

TEST_CASE("whichever call fails while a history is locked, it opens, and nothing kept is lost") {
  int told = 0;
  for (const Operation& operation : operations) {
    for (const Call call :
         {Call::open, Call::read, Call::read_at, Call::write, Call::write_at, Call::shorten,
          Call::look, Call::look_open, Call::sync, Call::change_rights_open, Call::rename,
          Call::link, Call::unlink, Call::take_turn, Call::take_lock, Call::stretch}) {
      CAPTURE(operation.name);
      CAPTURE(static_cast<int>(call));
      told += fail_each(operation, call, EIO);
    }
  }
  CHECK(told > 60);
}

TEST_CASE("a signal in the middle of a locked history's calls is no failure") {
  for (const Operation& operation : operations) {
    for (const Call call : {Call::open, Call::read, Call::write, Call::write_at, Call::take_turn}) {
      CAPTURE(operation.name);
      CAPTURE(static_cast<int>(call));
      CHECK(fail_each(operation, call, EINTR) == 0);
    }
  }
}

TEST_CASE("a file system without links keeps no generation before, and saves all the same") {
  for (const int error_number : {EPERM, EOPNOTSUPP, EMLINK}) {
    CHECK(fail_each(operations[1], Call::link, error_number) == 0);
  }
}

TEST_CASE("what is not there is no trouble to remove") {
  CHECK(fail_each(operations[1], Call::unlink, ENOENT) == 0);
}
