// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <functional>

#include "attune/history.hpp"

#include "history_values.hpp"
#include "store/database.hpp"
#include "store/lock.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

fs::path locked_history(const TemporaryDirectory& home) {
  {
    store::History history = store::History::open_or_create(home.path());
    history.add_record(example_record("0000000001"), example_text);
  }
  store::Lock lock = store::make_lock(Secret("words"), {1, 8});
  store::lock_history(home.path(), lock);
  return home.path() / store::history_file_name;
}

// What happens to the file while a person is typing the passphrase.
store::AskPassphrase meanwhile(const std::function<void()>& happens) {
  return [happens](int) -> std::optional<Secret> {
    happens();
    return Secret("words");
  };
}

}  // namespace

TEST_CASE("what happens to a locked file while its passphrase is typed is told") {
  const std::pair<std::function<void(const fs::path&)>, ErrorKind> cases[] = {
      {[](const fs::path& file) { fs::remove(file); }, ErrorKind::not_found},
      {[](const fs::path& file) { write_bytes(file, ""); }, ErrorKind::busy},
      {[](const fs::path& file) { write_bytes(file, read_bytes(file) + "x"); },
       ErrorKind::bad_data},
      {[](const fs::path& file) { write_bytes(file, read_bytes(file).substr(0, 300)); },
       ErrorKind::bad_data},
  };
  for (const auto& [happens, expected] : cases) {
    const TemporaryDirectory home;
    const fs::path file = locked_history(home);
    const store::AskPassphrase ask = meanwhile([&, &change = happens] { change(file); });
    CHECK(kind([&] { return store::History::open_or_create(home.path(), ask); }) == expected);
  }
}

TEST_CASE("what is locked but no history is damage, with the right passphrase too") {
  const TemporaryDirectory home;
  const fs::path file = locked_history(home);
  const store::AskPassphrase ask = meanwhile([] {});
  for (const std::string& image : {std::string(), std::string("no database"), read_bytes(file)}) {
    store::Lock lock = store::make_lock(Secret("words"), {1, 8});
    write_bytes(file, store::seal(lock, image));
    CHECK(kind([&] { return store::History::open_or_create(home.path(), ask); }) ==
          ErrorKind::bad_data);
    CHECK(kind([&] { return store::History::open_read_only(home.path(), ask); }) ==
          ErrorKind::bad_data);
  }
}

TEST_CASE("who waits too long for the turn to write is told so") {
  const TemporaryDirectory home;
  const fs::path file = locked_history(home);
  const store::WriteTurn turn(file);
  for (const int patience : {0, 5}) {
    CHECK(kind([&] { return store::WriteTurn(file, std::chrono::milliseconds(patience)); }) ==
          ErrorKind::busy);
  }
}

TEST_CASE("a history that becomes newer while it is opened is not touched") {
  const TemporaryDirectory home;
  static_cast<void>(store::History::open_or_create(home.path()));
  store::Connection connection =
      store::Connection::open(home.path() / store::history_file_name, store::Access::read_write);
  store::prepare_schema(connection);
  connection.run("pragma user_version=2");
  CHECK(kind([&] { return store::prepare_schema(connection); }) == ErrorKind::configuration);
}

TEST_CASE("a lock is made of a passphrase and a cost within bounds") {
  CHECK(kind([&] { return store::make_lock(Secret(""), {1, 8}); }) == ErrorKind::bad_data);
  CHECK(kind([&] { return store::make_lock(Secret("words"), {0, 8}); }) == ErrorKind::bad_data);
}

TEST_CASE("a locked file that no history could fill is not read into memory") {
  const TemporaryDirectory home;
  const fs::path file = locked_history(home);
  fs::resize_file(file, (std::uintmax_t{1} << 30U) + 1);  // all of the rest is a hole
  const std::optional<Error> error =
      error_of([&] { return store::History::open_or_create(home.path(), meanwhile([] {})); });
  REQUIRE(error.has_value());
  CHECK(error->kind == ErrorKind::bad_data);
  CHECK(error->message == "it is larger than 1 GiB");
}
