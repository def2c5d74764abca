// SPDX-License-Identifier: MIT
#include <cerrno>
#include <doctest/doctest.h>
#include <functional>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/history.hpp"

#include "failing_calls.hpp"
#include "history_values.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

constexpr Call all_calls[] = {Call::open,      Call::read,    Call::read_at,
                              Call::write_at,  Call::shorten, Call::look,
                              Call::look_open, Call::sync,    Call::change_rights,
                              Call::make,      Call::unlink,  Call::change_rights_open,
                              Call::take_lock};

struct Opening {
  std::string name;
  fs::path directory;  // below the home
  mode_t directory_mode;
  mode_t file_mode;
  bool is_there;
  bool reads;
};

const std::vector<Opening> openings = {
    {"make", "share/attune", 0, 0, false, false},
    {"save", "attune", 0700, 0600, true, false},
    {"close to others, then save", "attune", 0755, 0644, true, false},
    {"read", "attune", 0700, 0600, true, true},
};

void prepare(const Opening& opening, const fs::path& directory) {
  if (!opening.is_there) return;
  {
    store::History history = store::History::open_or_create(directory);
    history.add_record(example_record("0000000001"), example_text);
  }
  REQUIRE(::chmod(directory.c_str(), opening.directory_mode) == 0);
  REQUIRE(::chmod((directory / store::history_file_name).c_str(), opening.file_mode) == 0);
}

// What opening and using it says; nothing when all went well.
std::optional<Error> use(const Opening& opening, const fs::path& directory) {
  return error_of([&] {
    if (opening.reads) {
      const std::vector<Record> records =
          store::History::open_read_only(directory).value().records({});
      CHECK(records.size() == 1);
    } else {
      store::History::open_or_create(directory).add_record(example_record("0000000002"),
                                                           example_text);
    }
  });
}

// What is in the history when nothing fails any more.
std::vector<std::string> kept(const fs::path& directory) {
  store::History history = store::History::open_or_create(directory);
  std::vector<std::string> ids;
  for (const Record& record : history.records({})) ids.push_back(record.id);
  return ids;
}

mode_t rights(const fs::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

struct Failures {
  int told = 0;
  int without_harm = 0;
};

// Each call of one kind fails in turn with this error.
Failures fail_each(const Opening& opening, Call call, int error_number) {
  Failures failures;
  for (int passed = 0;; ++passed) {
    CAPTURE(passed);
    const TemporaryDirectory home;
    const fs::path directory = home.path() / opening.directory;
    prepare(opening, directory);
    std::optional<Error> error;
    bool fired = false;
    {
      const FailingCall failing(call, error_number, passed);
      error = use(opening, directory);
      fired = FailingCall::fired();
    }
    if (!error && !opening.reads) CHECK(rights(directory) == 0700);
    std::vector<std::string> expected;
    if (opening.is_there) expected.emplace_back("0000000001");
    std::vector<std::string> and_the_second = expected;
    if (!opening.reads) and_the_second.emplace_back("0000000002");
    const std::vector<std::string> ids = kept(directory);
    // The last acts of a save are to sync the directory and to give back the lock. Where they fail,
    // all is there and only the proof that it lasts is missing.
    const bool may_be_there = error && (call == Call::sync || call == Call::take_lock);
    REQUIRE(
        (ids == (error ? expected : and_the_second) || (may_be_there && ids == and_the_second)));
    if (!fired) {
      REQUIRE_FALSE(error.has_value());
      return failures;
    }
    if (error) CHECK(error->place != "");
    ++(error ? failures.told : failures.without_harm);
  }
}

}  // namespace

TEST_CASE(
    "whichever call of the system fails, what is told as kept is kept, and nothing else is there") {
  int told = 0;
  for (const Opening& opening : openings) {
    for (const Call call : all_calls) {
      for (const int error_number : {EIO, EACCES}) {
        CAPTURE(opening.name);
        CAPTURE(static_cast<int>(call));
        CAPTURE(error_number);
        told += fail_each(opening, call, error_number).told;
      }
    }
  }
  CHECK(told > 40);
}

TEST_CASE("a call that a signal interrupts is made again") {
  for (const Opening& opening : openings) {
    for (const Call call : {Call::open, Call::read}) {
      CAPTURE(opening.name);
      CHECK(fail_each(opening, call, EINTR).told == 0);
    }
  }
}

TEST_CASE("a file whose reading fails is refused, with the reason") {
  const TemporaryDirectory home;
  const fs::path file = home.path() / "x.toml";
  write_bytes(file, "format = 1\n");
  for (const Call call : {Call::open, Call::read, Call::look_open}) {
    for (int passed = 0; passed < (call == Call::read ? 2 : 1); ++passed) {
      const FailingCall failing(call, EIO, passed);
      const std::optional<Error> error =
          error_of([&] { return store::read_regular_file(file, 100); });
      REQUIRE(error.has_value());
      CHECK(error->kind == ErrorKind::io);
      CHECK(error->message.ends_with("the device reports an input or output error"));
    }
    const FailingCall failing(call, EINTR, 0);
    const std::optional<Error> error =
        error_of([&] { return store::read_regular_file(file, 100); });
    CHECK(error.has_value() == (call == Call::look_open));
  }
  for (const int error_number : {ENXIO, ENODEV}) {
    const FailingCall failing(Call::open, error_number, 0);
    CHECK(kind([&] { return store::read_regular_file(file, 100); }) == ErrorKind::not_found);
  }
}
