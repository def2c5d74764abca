// SPDX-License-Identifier: MIT
#include <cerrno>
#include <csignal>
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attune/history.hpp"

#include "failing_calls.hpp"
#include "history_values.hpp"
#include "store/sqlite.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

// The two files as a process leaves them that is killed between writing to the history and
// committing: a small cache makes SQLite sync its journal and write early.
void leave_interrupted_save(const fs::path& directory, const fs::path& copy) {
  const fs::path file = directory / store::history_file_name;
  store::Connection connection = store::Connection::open(file, store::Access::read_write);
  connection.run("pragma cache_size=1");
  store::Transaction transaction(connection);

  connection.run(
      "with recursive n(i) as (select 1 union all select i+1 from n where i<100) "
      "insert into definitions select 'h'||i,'q','1',hex(zeroblob(2000)) from n;"
      "delete from records");
  fs::copy_file(file, copy / store::history_file_name);
  fs::copy_file(directory / "history.db-journal", copy / "history.db-journal");
}

}  // namespace

TEST_CASE("an interrupted save is undone by whoever opens the history next") {
  for (const bool reads : {true, false}) {
    CAPTURE(reads);
    const TemporaryDirectory home;
    const TemporaryDirectory copy;
    {
      store::History history = store::History::open_or_create(home.path());
      history.add_record(example_record("0000000001"), example_text);
    }
    const std::string before = read_bytes(home.path() / store::history_file_name);
    leave_interrupted_save(home.path(), copy.path());
    REQUIRE(read_bytes(copy.path() / store::history_file_name) != before);

    store::History history = reads ? *store::History::open_read_only(copy.path())
                                   : store::History::open_or_create(copy.path());
    check_same(*history.find_record("0000000001"), example_record("0000000001"));
    CHECK(read_bytes(copy.path() / store::history_file_name) == before);
    CHECK_FALSE(fs::exists(copy.path() / "history.db-journal"));
  }
}

TEST_CASE("where undoing an interrupted save fails, that is told, and the next opening undoes it") {
  const TemporaryDirectory home;
  const TemporaryDirectory left;
  store::History::open_or_create(home.path())
      .add_record(example_record("0000000001"), example_text);
  leave_interrupted_save(home.path(), left.path());
  int told = 0;
  for (const Call call : {Call::open, Call::read_at, Call::write_at, Call::sync, Call::unlink,
                          Call::take_lock, Call::look}) {
    for (int passed = 0;; passed += 1 + passed / 8) {  // the undoing itself is many calls
      CAPTURE(static_cast<int>(call));
      CAPTURE(passed);
      const TemporaryDirectory copy;
      for (const char* name : {"history.db", "history.db-journal"}) {
        fs::copy_file(left.path() / name, copy.path() / name);
      }
      bool fired = false;
      {
        const FailingCall failing(call, EIO, passed);
        told += error_of([&] { return store::History::open_read_only(copy.path()); }) ? 1 : 0;
        fired = FailingCall::fired();
      }
      std::optional<store::History> history = store::History::open_read_only(copy.path());
      REQUIRE(history.has_value());
      REQUIRE(history->find_record("0000000001").has_value());
      if (!fired) break;
    }
  }
  CHECK(told > 10);
}

// A power cut may leave any sectors of the very first save, those with the header not among them.
TEST_CASE("a very first save that a power cut has torn is undone: there is no history yet") {
  for (const bool reads : {true, false}) {
    CAPTURE(reads);
    const TemporaryDirectory home;
    const TemporaryDirectory copy;
    write_bytes(home.path() / store::history_file_name, "");
    store::Connection connection =
        store::Connection::open(home.path() / store::history_file_name, store::Access::read_write);
    connection.run("pragma cache_size=1");
    store::Transaction transaction(connection);

    connection.run(
        "create table t(x);with recursive n(i) as (select 1 union all select i+1 "
        "from n where i<100) insert into t select hex(zeroblob(2000)) from n");
    std::string torn = read_bytes(home.path() / store::history_file_name);
    REQUIRE(torn.size() > 4096);
    torn.replace(0, 512, std::string(512, '\0'));
    write_bytes(copy.path() / store::history_file_name, torn);
    fs::copy_file(home.path() / "history.db-journal", copy.path() / "history.db-journal");
    ::chmod((copy.path() / store::history_file_name).c_str(), S_IRUSR | S_IWUSR);

    CHECK_FALSE(store::is_history_locked(copy.path()));
    if (reads) {
      CHECK_FALSE(store::History::open_read_only(copy.path()).has_value());
    } else {
      store::History history = store::History::open_or_create(copy.path());
      CHECK(history.records({}).empty());
    }
    CHECK(is_at_rest(copy.path()));
  }
}

TEST_CASE("zeros in the place of a history are damage when no save was interrupted") {
  const TemporaryDirectory home;
  write_bytes(home.path() / store::history_file_name, std::string(8192, '\0'));
  ::chmod((home.path() / store::history_file_name).c_str(), S_IRUSR | S_IWUSR);
  CHECK(kind([&] { return store::History::open_read_only(home.path()); }) == ErrorKind::bad_data);
  CHECK(kind([&] { return store::History::open_or_create(home.path()); }) == ErrorKind::bad_data);
  CHECK(read_bytes(home.path() / store::history_file_name) == std::string(8192, '\0'));
}

TEST_CASE("every answer told as saved is there after the process is killed") {
  const TemporaryDirectory home;
  int channel[2] = {-1, -1};
  REQUIRE(::pipe(channel) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    store::History history = store::History::open_or_create(home.path());
    store::Draft draft = example_draft();
    for (int i = 0;; ++i) {
      const std::string& item = draft.order[static_cast<std::size_t>(i) % draft.order.size()];
      history.save_answer(draft, {item, Answer(1.0 * i)}, example_text);
      if (::write(channel[1], "s", 1) != 1) break;
    }
    ::_exit(1);
  }
  ::close(channel[1]);
  // After the twentieth answer, wherever the process then is.
  int told = 0;
  char byte = 0;
  while (told < 20 && ::read(channel[0], &byte, 1) == 1) ++told;
  ::kill(child, SIGKILL);
  while (::read(channel[0], &byte, 1) == 1) ++told;
  ::close(channel[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));

  store::History history = *store::History::open_read_only(home.path());
  const store::Draft draft = *history.find_draft(example_draft().key);
  double last = 0;
  for (const RecordedAnswer& answer : draft.answers) {
    last = std::max(last, std::get<double>(answer.answer));
  }
  REQUIRE(told >= 20);
  CHECK(last >= told - 1);
  CHECK(last <= told);
}

TEST_CASE("processes that save and read at once lose nothing") {
  constexpr int writers = 4;
  constexpr std::size_t answers = 10;
  const TemporaryDirectory home;
  static_cast<void>(store::History::open_or_create(home.path()));
  pid_t children[writers + 1] = {};
  for (int i = 0; i <= writers; ++i) {
    children[i] = ::fork();
    REQUIRE(children[i] >= 0);
    if (children[i] != 0) continue;
    if (i == writers) {
      for (int reading = 0; reading < 20; ++reading) {
        if (error_of(
                [&] { return store::History::open_read_only(home.path()).value().drafts(); })) {
          ::_exit(1);
        }
      }
      ::_exit(0);
    }
    const auto failed = error_of([&] {
      store::History history = store::History::open_or_create(home.path());
      store::Draft draft = example_draft();
      for (std::size_t k = 0; k < answers; ++k) {
        history.save_answer(draft, {draft.order[k], Answer(1.0 * i)}, example_text);
      }
    });
    ::_exit(failed ? 1 : 0);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  store::History history = *store::History::open_read_only(home.path());
  const std::vector<store::Draft> drafts = history.drafts();
  REQUIRE(drafts.size() == writers);
  for (const store::Draft& draft : drafts) {
    REQUIRE(draft.answers.size() == answers);
    for (const RecordedAnswer& answer : draft.answers) {
      CHECK((answer.answer == draft.answers.front().answer));
    }
  }
}

TEST_CASE("a reader waits for a writer only as long as it is told to") {
  const TemporaryDirectory home;
  {
    store::History history = store::History::open_or_create(home.path());
    history.add_record(example_record("0000000001"), example_text);
  }
  store::Connection writer =
      store::Connection::open(home.path() / store::history_file_name, store::Access::read_write);
  writer.run("begin exclusive");
  const auto begun = std::chrono::steady_clock::now();
  CHECK(kind([&] {
          return store::History::open_read_only(home.path(), store::no_passphrase,
                                                std::chrono::milliseconds(20));
        }) == ErrorKind::busy);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(4));
  writer.run("rollback");
  CHECK(store::History::open_read_only(home.path(), store::no_passphrase,
                                       std::chrono::milliseconds(20))
            .has_value());
}

TEST_CASE("a store of schema 1 opens and reads the same values") {
  const TemporaryDirectory home;
  const fs::path file = home.path() / store::history_file_name;
  fs::copy_file(fs::path(ATTUNE_SOURCE_DIR) / "tests/unit/fixtures/history-1.db", file);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  store::History history = store::History::open_or_create(home.path());
  // The second record is deleted; the deletion of the first was undone, its rescoring was not.
  const std::vector<Record> records = history.records({});
  REQUIRE(records.size() == 1);
  check_same(records[0], example_record("0000000001"));
  CHECK(records[0].scored_with == store::sha256("newer"));
  CHECK(history.definition_text(store::sha256("newer")) == "newer");
  // A second draft with the same key is discarded.
  REQUIRE(history.drafts().size() == 1);
  const store::Draft draft = *history.find_draft(example_draft().key);
  CHECK(draft.order == example_draft().order);
  CHECK((draft.started_at == example_draft().started_at));
  check_same(draft.answers,
             {{"plain", Answer(std::string("a draft")), 1.5}, {"whole", Answer(4.0), 2.0}});
  CHECK(history.definition_text(example_hash) == example_text);
  const std::vector<TriedStep> tried = history.tried_steps("examples");
  REQUIRE(tried.size() == 1);
  CHECK(tried[0].step == "breathe");
  CHECK(tried[0].note == "it went well");
  CHECK((tried[0].at == Instant{1'700'000'500'000'000, 60}));
  CHECK(history.events().size() == 6);
  CHECK(history.add_record(example_record("0000000003"), example_text) == 3);
}
