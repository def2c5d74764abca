// SPDX-License-Identifier: MIT
#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attune/history.hpp"

#include "history_values.hpp"
#include "store/sqlite.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

constexpr store::PassphraseCost cheap{1, 8};
constexpr std::string_view words = "correct horse";
constexpr std::string_view marker = "a walk by the river";  // in one of the example's answers

store::AskPassphrase says(std::string_view secret) {
  return [text = std::string(secret)](int attempt) -> std::optional<Secret> {
    if (attempt > 0) return std::nullopt;
    return std::optional<Secret>(std::in_place, text);
  };
}

fs::path file_in(const fs::path& directory) { return directory / store::history_file_name; }
fs::path previous_in(const fs::path& directory) { return directory / "history.db.previous"; }

std::string lock(const fs::path& directory, std::string_view secret = words) {
  store::Lock made = store::make_lock(Secret(secret), cheap);
  store::lock_history(directory, made);
  return std::string(made.recovery_code.view());
}

void keep(const fs::path& directory, const std::string& id) {
  store::History history = store::History::open_or_create(directory, says(words));
  history.add_record(example_record(id), example_text);
}

std::size_t count(const fs::path& directory, std::string_view secret = words) {
  std::optional<store::History> history = store::History::open_read_only(directory, says(secret));
  REQUIRE(history.has_value());
  return history->records({}).size();
}

std::set<std::string> names_in(const fs::path& directory) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) {
    names.insert(entry.path().filename());
  }
  return names;
}

}  // namespace

TEST_CASE("a locked history keeps and gives all that a plain one does") {
  const TemporaryDirectory home;
  keep(home.path(), "0000000001");
  lock(home.path());
  CHECK(store::is_history_locked(home.path()));
  keep(home.path(), "0000000002");
  {
    store::History history = store::History::open_or_create(home.path(), says(words));
    history.check_writable();
    const std::vector<Record> records = history.records({});
    REQUIRE(records.size() == 2);
    check_same(records[0], example_record("0000000001"));
    check_same(records[1], example_record("0000000002"));
    store::Draft draft = example_draft();
    history.save_answer(draft, example_record("").answers[0], example_text);
    CHECK(history.delete_record("0000000001", {}));
    CHECK(history.undo({}).has_value());
  }
  std::optional<store::History> history = store::History::open_existing(home.path(), says(words));
  CHECK(history->drafts().size() == 1);
  CHECK(history->records({}).size() == 2);
}

TEST_CASE("nothing of a locked history can be read in its directory") {
  const TemporaryDirectory home;
  keep(home.path(), "0000000001");
  REQUIRE(read_bytes(file_in(home.path())).find(marker) != std::string::npos);
  std::ifstream old(file_in(home.path()), std::ios::binary);
  lock(home.path());
  const std::string old_bytes(std::istreambuf_iterator<char>(old), {});
  CHECK_FALSE(old_bytes.empty());
  CHECK(old_bytes.find(marker) == std::string::npos);
  keep(home.path(), "0000000002");
  CHECK(names_in(home.path()) == std::set<std::string>{"history.db", "history.db.previous"});
  for (const std::string& name : names_in(home.path())) {
    CAPTURE(name);
    CHECK(read_bytes(home.path() / name).find(marker) == std::string::npos);
    struct stat status {};
    REQUIRE(::lstat((home.path() / name).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
  }
}

TEST_CASE("a wrong passphrase and none are both refused, and change nothing") {
  const TemporaryDirectory home;
  keep(home.path(), "0000000001");
  lock(home.path());
  const std::string before = read_bytes(file_in(home.path()));
  for (const store::AskPassphrase& ask :
       {says("correct house"), store::AskPassphrase(store::no_passphrase)}) {
    CHECK(kind([&] { return store::History::open_read_only(home.path(), ask); }) ==
          ErrorKind::permission);
    CHECK(kind([&] { return store::History::open_or_create(home.path(), ask); }) ==
          ErrorKind::permission);
    CHECK(kind([&] { return store::History::open_existing(home.path(), ask); }) ==
          ErrorKind::permission);
    CHECK(kind([&] { return store::open_locked_file(home.path(), ask); }) == ErrorKind::permission);
  }
  CHECK(read_bytes(file_in(home.path())) == before);
}

TEST_CASE("a person may try again, and the error of asking is the error of opening") {
  const TemporaryDirectory home;
  keep(home.path(), "0000000001");
  lock(home.path());
  const store::AskPassphrase third = [](int attempt) -> std::optional<Secret> {
    return std::optional<Secret>(std::in_place, attempt < 2 ? "no" : words);
  };
  CHECK(store::History::open_read_only(home.path(), third).has_value());
  const store::AskPassphrase failing = [](int) -> std::optional<Secret> {
    throw Error(ErrorKind::not_found, "there is no such file");
  };
  CHECK(kind([&] { return store::History::open_read_only(home.path(), failing); }) ==
        ErrorKind::not_found);
}

TEST_CASE("the recovery code opens it, and a new lock makes the old code and passphrase useless") {
  const TemporaryDirectory home;
  keep(home.path(), "0000000001");
  const std::string old_code = lock(home.path());
  CHECK(count(home.path(), old_code) == 1);
  store::Lock made = store::make_lock(Secret("battery staple"), cheap);
  store::replace_lock(*store::open_locked_file(home.path(), says(old_code)), made);
  CHECK(count(home.path(), "battery staple") == 1);
  CHECK(count(home.path(), made.recovery_code.view()) == 1);
  CHECK(names_in(home.path()) == std::set<std::string>{"history.db"});
  for (const std::string_view secret : {words, std::string_view(old_code)}) {
    CHECK(kind([&] { return store::History::open_read_only(home.path(), says(secret)); }) ==
          ErrorKind::permission);
  }
}

TEST_CASE("unlocking gives back the plain history") {
  const TemporaryDirectory home;
  keep(home.path(), "0000000001");
  const std::string plain = read_bytes(file_in(home.path()));
  lock(home.path());
  store::remove_lock(*store::open_locked_file(home.path(), says(words)));
  CHECK(read_bytes(file_in(home.path())) == plain);
  CHECK(names_in(home.path()) == std::set<std::string>{"history.db"});
  CHECK_FALSE(store::is_history_locked(home.path()));
  CHECK(count(home.path()) == 1);
}

TEST_CASE("what is asked at the wrong time is a wrong use") {
  const TemporaryDirectory home;
  CHECK_FALSE(store::is_history_locked(home.path()));
  CHECK(kind([&] { return store::open_locked_file(home.path(), says(words)); }) ==
        ErrorKind::usage);
  store::Lock made = store::make_lock(Secret(words), cheap);
  store::lock_history(home.path(), made);  // of no history yet: an empty one
  CHECK(count(home.path()) == 0);
  CHECK(kind([&] { return store::lock_history(home.path(), made); }) == ErrorKind::usage);
}

TEST_CASE("two processes take turns, and each sees what the other has saved") {
  const TemporaryDirectory home;
  lock(home.path());
  store::History one = store::History::open_or_create(home.path(), says(words));
  store::History other = store::History::open_or_create(home.path(), says(words));
  one.add_record(example_record("0000000001"), example_text);
  other.add_record(example_record("0000000002"), example_text);
  one.add_record(example_record("0000000003"), example_text);
  CHECK(one.records({}).size() == 3);
  CHECK(count(home.path()) == 3);
}

TEST_CASE(
    "a save under a lock that was changed goes into the file that is there now, or is refused") {
  const TemporaryDirectory home;
  lock(home.path());
  store::History locked = store::History::open_or_create(home.path(), says(words));
  locked.add_record(example_record("0000000001"), example_text);
  SUBCASE("another lock") {
    store::Lock made = store::make_lock(Secret("battery staple"), cheap);
    store::replace_lock(*store::open_locked_file(home.path(), says(words)), made);
  }
  SUBCASE("no lock") { store::remove_lock(*store::open_locked_file(home.path(), says(words))); }
  const auto error =
      error_of([&] { return locked.add_record(example_record("0000000002"), example_text); });
  if (store::is_history_locked(home.path())) {
    REQUIRE(error.has_value());
    CHECK(error->kind == ErrorKind::permission);
    CHECK(count(home.path(), "battery staple") == 1);
  } else {
    CHECK_FALSE(error.has_value());
    CHECK(count(home.path()) == 2);
  }
}

TEST_CASE("a plain history that is locked under a process takes none of its answers") {
  const TemporaryDirectory home;
  store::History plain = store::History::open_or_create(home.path());
  store::Draft draft = example_draft();
  plain.save_answer(draft, example_record("").answers[0], example_text);
  lock(home.path());
  CHECK(error_of([&] { plain.save_answer(draft, example_record("").answers[1], example_text); }));
  std::optional<store::History> history = store::History::open_read_only(home.path(), says(words));
  CHECK(history->drafts()[0].answers.size() == 1);
  CHECK(names_in(home.path()) == std::set<std::string>{"history.db"});
}

TEST_CASE("a save that can't be written is undone in memory too") {
  const TemporaryDirectory home;
  lock(home.path());
  keep(home.path(), "0000000001");
  store::History history = store::History::open_or_create(home.path(), says(words));
  rlimit former{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &former) == 0);
  rlimit small = former;
  small.rlim_cur = 4096;  // less than the history has
  void (*const handled)(int) = ::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const std::optional<Error> error =
      error_of([&] { history.add_record(example_record("0000000002"), example_text); });
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &former) == 0);
  ::signal(SIGXFSZ, handled);
  REQUIRE(error.has_value());
  CHECK(error->kind == ErrorKind::io);
  CHECK(history.records({}).size() == 1);
  CHECK(count(home.path()) == 1);
  keep(home.path(), "0000000003");  // the generation that could not be written is another's now
  history.add_record(example_record("0000000004"), example_text);
  CHECK(count(home.path()) == 3);
}

TEST_CASE("the generation before stays until the next save, and opens by the same lock") {
  const TemporaryDirectory home;
  lock(home.path());
  keep(home.path(), "0000000001");
  keep(home.path(), "0000000002");
  write_bytes(file_in(home.path()), "attune locked 1\nruined");
  CHECK(kind([&] { return store::History::open_read_only(home.path(), says(words)); }) ==
        ErrorKind::bad_data);
  fs::rename(previous_in(home.path()), file_in(home.path()));
  CHECK(count(home.path()) == 1);
}

TEST_CASE("what a killed process left of a new file is cleared away by the next save") {
  const TemporaryDirectory home;
  lock(home.path());
  write_bytes(home.path() / "history.db.new", "half a file");
  keep(home.path(), "0000000001");
  CHECK(names_in(home.path()) == std::set<std::string>{"history.db", "history.db.previous"});
}

TEST_CASE("a backup of a locked history is locked") {
  const TemporaryDirectory home;
  const TemporaryDirectory elsewhere;
  lock(home.path());
  keep(home.path(), "0000000001");
  std::optional<store::History> history = store::History::open_read_only(home.path(), says(words));
  const std::string copy = history->image();
  CHECK(copy.find(marker) == std::string::npos);
  write_bytes(file_in(elsewhere.path()), copy);
  ::chmod(file_in(elsewhere.path()).c_str(), S_IRUSR | S_IWUSR);
  CHECK(count(elsewhere.path()) == 1);
}

TEST_CASE("a purge leaves nothing of a locked history, and no file before it") {
  const TemporaryDirectory home;
  lock(home.path());
  keep(home.path(), "0000000001");
  {
    store::History history = store::History::open_or_create(home.path(), says(words));
    CHECK(history.purge(store::PurgeScope::everything).records == 1);
  }
  CHECK(names_in(home.path()) == std::set<std::string>{"history.db"});
  store::remove_lock(*store::open_locked_file(home.path(), says(words)));
  CHECK(read_bytes(file_in(home.path())).find(marker) == std::string::npos);
}

TEST_CASE("a reader of a locked history changes nothing") {
  const TemporaryDirectory home;
  lock(home.path());
  keep(home.path(), "0000000001");
  std::optional<store::History> reader = store::History::open_read_only(home.path(), says(words));
  CHECK(error_of([&] { return reader->delete_record("0000000001", {}); }));
  CHECK(count(home.path()) == 1);
}
