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

constexpr PassphraseCost cheap{1, 8};

AskPassphrase says(std::string_view secret) {
  return [text = std::string(secret)](int attempt) -> Result<std::optional<Secret>> {
    if (attempt > 0) return std::optional<Secret>();
    return std::optional<Secret>(std::in_place, text);
  };
}

enum class Start { plain, locked };

// What is done to a history of one record, and how many it has afterwards.
struct Operation {
  std::string name;
  Start start;
  std::size_t records;
  std::function<std::optional<Error>(const fs::path&)> run;
};

std::optional<Error> lock(const fs::path& directory, std::string_view secret) {
  Result<NewLock> made = NewLock::make(Secret(secret), cheap);
  if (!made) return made.error();
  return error_of(lock_history(directory, *made));
}

const std::vector<Operation> operations = {
    {"lock", Start::plain, 1, [](const fs::path& home) { return lock(home, "old"); }},
    {"save", Start::locked, 2,
     [](const fs::path& home) {
       Result<History> history = History::open_or_create(home, says("old"));
       if (!history) return error_of(history);
       return error_of(history->add_record(example_record("0000000002"), example_text));
     }},
    {"prove that it can be saved", Start::locked, 1,
     [](const fs::path& home) {
       Result<History> history = History::open_or_create(home, says("old"));
       return history ? error_of(history->check_writable()) : error_of(history);
     }},
    {"read", Start::locked, 1,
     [](const fs::path& home) {
       auto history = History::open_read_only(home, says("old"));
       return history ? error_of((*history)->records({})) : error_of(history);
     }},
    {"change the passphrase", Start::locked, 1,
     [](const fs::path& home) {
       Result<OpenLock> open = OpenLock::open(home, says("old"));
       if (!open) return error_of(open);
       Result<NewLock> made = NewLock::make(Secret("new"), cheap);
       return made ? error_of(open->replace(*made)) : error_of(made);
     }},
    {"unlock", Start::locked, 1,
     [](const fs::path& home) {
       Result<OpenLock> open = OpenLock::open(home, says("old"));
       return open ? error_of(open->remove()) : error_of(open);
     }},
};

void prepare(const Operation& operation, const fs::path& directory) {
  {
    History history = expect(History::open_or_create(directory));
    expect(history.add_record(example_record("0000000001"), example_text));
  }
  if (operation.start == Start::locked) REQUIRE_FALSE(lock(directory, "old").has_value());
}

// The records that can be read now, by the one passphrase or the other, or without.
std::size_t readable_records(const fs::path& directory) {
  for (const char* secret : {"old", "new"}) {
    Result<History> history = History::open_or_create(directory, says(secret));
    if (history) return expect(history->records({})).size();
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
      error = operation.run(home.path());
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
