// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <map>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attune/history.hpp"

#include "history_values.hpp"
#include "store/sqlite.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

namespace fs = std::filesystem;

constexpr std::size_t user_version_offset = 60;    // SQLite file format, section 1.3
constexpr std::size_t application_id_offset = 68;  // the same

fs::path file_in(const fs::path& directory) { return directory / store::history_file_name; }

mode_t mode(const fs::path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

// All that writing to a directory could change: names, modes, sizes, times, bytes.
std::map<std::string, std::string> picture(const fs::path& directory) {
  std::map<std::string, std::string> seen;
  const auto add = [&](const fs::path& path) {
    struct stat status {};
    REQUIRE(::lstat(path.c_str(), &status) == 0);
    std::string& text = seen[path.string()];
    for (const long number :
         {static_cast<long>(status.st_mode), status.st_mtim.tv_sec, status.st_mtim.tv_nsec}) {
      text += std::to_string(number) + ' ';
    }
    if (S_ISREG(status.st_mode)) text += read_bytes(path);
  };
  add(directory);
  for (const auto& entry : fs::directory_iterator(directory)) add(entry.path());
  return seen;
}

void make_history(const fs::path& directory) {
  store::History history = store::History::open_or_create(directory);
  history.add_record(example_record("0000000001"), example_text);
}

// A history whose file has another number in its header.
void patch(const fs::path& directory, std::size_t offset, std::string_view bytes) {
  std::string all = read_bytes(file_in(directory));
  write_bytes(file_in(directory), all.replace(offset, bytes.size(), bytes));
}

// What opening either way says, and that neither touched anything.
void check_refused(const fs::path& directory, ErrorKind expected) {
  const auto before = picture(directory);
  CHECK(kind([&] { return store::History::open_read_only(directory); }) == expected);
  CHECK(kind([&] { return store::History::open_or_create(directory); }) == expected);
  CHECK((picture(directory) == before));
}

class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;
  ~Umask() { ::umask(before_); }

 private:
  mode_t before_;
};

}  // namespace

TEST_CASE("directories are 0700 and files 0600 whatever the umask, the journal too") {
  for (const mode_t mask : {0000U, 0022U, 0177U, 0777U}) {
    CAPTURE(mask);
    const TemporaryDirectory home;
    const fs::path directory = home.path() / "share" / "attune";
    const Umask umask(mask);
    make_history(directory);
    CHECK(mode(home.path() / "share") == 0700);
    CHECK(mode(directory) == 0700);
    CHECK(mode(file_in(directory)) == 0600);

    store::Connection connection =
        store::Connection::open(file_in(directory), store::Access::read_write);
    store::Transaction transaction(connection);
    connection.run("delete from records");
    CHECK(mode(directory / "history.db-journal") == 0600);
  }
}

TEST_CASE("a directory or file that others can read is closed when it is opened for saving") {
  const TemporaryDirectory home;
  make_history(home.path());
  REQUIRE(::chmod(home.path().c_str(), 0755) == 0);
  REQUIRE(::chmod(file_in(home.path()).c_str(), 0644) == 0);
  CHECK(store::History::open_read_only(home.path()).has_value());
  CHECK(mode(home.path()) == 0755);
  CHECK(mode(file_in(home.path())) == 0644);
  static_cast<void>(store::History::open_or_create(home.path()));
  CHECK(mode(home.path()) == 0700);
  CHECK(mode(file_in(home.path())) == 0600);
}

TEST_CASE("what others can write, or own, is refused") {
  const TemporaryDirectory home;
  make_history(home.path());
  for (const mode_t open : {0720U, 0702U, 0777U, 01777U}) {
    CAPTURE(open);
    REQUIRE(::chmod(home.path().c_str(), open) == 0);
    check_refused(home.path(), ErrorKind::permission);
  }
  REQUIRE(::chmod(home.path().c_str(), 0700) == 0);
  for (const mode_t open : {0620U, 0602U, 0666U}) {
    CAPTURE(open);
    REQUIRE(::chmod(file_in(home.path()).c_str(), open) == 0);
    check_refused(home.path(), ErrorKind::permission);
  }
  REQUIRE(::chmod(file_in(home.path()).c_str(), 0600) == 0);
  if (::geteuid() != 0) return;  // Only root can give a file away.
  REQUIRE(::chown(file_in(home.path()).c_str(), 1, 1) == 0);
  check_refused(home.path(), ErrorKind::permission);
  REQUIRE(::chown(file_in(home.path()).c_str(), 0, 0) == 0);
  REQUIRE(::chown(home.path().c_str(), 1, 1) == 0);
  check_refused(home.path(), ErrorKind::permission);
}

TEST_CASE("a symbolic link, a FIFO or a directory in the place of the file is refused") {
  const TemporaryDirectory home;
  const TemporaryDirectory other;
  make_history(other.path());
  fs::create_symlink(file_in(other.path()), file_in(home.path()));
  check_refused(home.path(), ErrorKind::permission);
  fs::remove(file_in(home.path()));
  REQUIRE(::mkfifo(file_in(home.path()).c_str(), 0600) == 0);
  check_refused(home.path(), ErrorKind::permission);
  fs::remove(file_in(home.path()));
  fs::create_directory(file_in(home.path()));
  check_refused(home.path(), ErrorKind::permission);
}

TEST_CASE("a symbolic link to the person's own directory is followed") {
  const TemporaryDirectory home;
  fs::create_directory(home.path() / "elsewhere");
  fs::create_directory_symlink(home.path() / "elsewhere", home.path() / "attune");
  make_history(home.path() / "attune");
  CHECK(store::History::open_read_only(home.path() / "elsewhere").has_value());
}

TEST_CASE("a file in the place of the directory is refused") {
  const TemporaryDirectory home;
  write_bytes(home.path() / "attune", "");
  CHECK(kind([&] { return store::History::open_or_create(home.path() / "attune"); }) ==
        ErrorKind::permission);
  CHECK(kind([&] { return store::History::open_or_create(home.path() / "attune" / "below"); }) ==
        ErrorKind::cannot_create);
}

TEST_CASE("a newer history is refused untouched") {
  const TemporaryDirectory home;
  make_history(home.path());
  patch(home.path(), user_version_offset, {"\0\0\0\2", 4});
  check_refused(home.path(), ErrorKind::configuration);
}

TEST_CASE("what is not a history is refused untouched") {
  const TemporaryDirectory home;
  make_history(home.path());
  const std::string good = read_bytes(file_in(home.path()));
  const auto with = [&](std::size_t offset, std::string_view bytes) {
    return std::string(good).replace(offset, bytes.size(), bytes);
  };
  const std::pair<const char*, std::string> cases[] = {
      {"one byte", "x"},
      {"text", std::string(5000, 'x')},
      {"zeros", std::string(8192, '\0')},
      {"cut in the header", good.substr(0, 99)},
      {"another program's database", with(application_id_offset, {"\0\0\0\0", 4})},
      {"no schema number", with(user_version_offset, {"\0\0\0\0", 4})},
      {"a negative schema number", with(user_version_offset, "\xff\xff\xff\xff")},
      {"a write-ahead log", with(18, "\2\2")},
      {"a page size of no database", with(16, "\1\1")},
  };
  for (const auto& one : cases) {
    const std::string_view name = one.first;
    CAPTURE(name);
    write_bytes(file_in(home.path()), one.second);
    // A negative number is, as SQLite reads it, the largest.
    const ErrorKind expected =
        name == "a negative schema number" ? ErrorKind::configuration : ErrorKind::bad_data;
    check_refused(home.path(), expected);
  }
}

TEST_CASE("a changed byte of an answer is told, not believed") {
  const TemporaryDirectory home;
  store::Draft draft = example_draft();
  {
    store::History history = store::History::open_or_create(home.path());
    const RecordedAnswer marked{"plain", Answer(std::string("draft marker"))};
    history.save_answer(draft, marked, example_text);
    history.add_record(example_record("0000000001"), example_text);
  }
  const std::string good = read_bytes(file_in(home.path()));
  patch(home.path(), good.find("walk by the river"), "t");
  {
    store::History history = *store::History::open_read_only(home.path());
    CHECK(kind([&] { return history.records({}); }) == ErrorKind::bad_data);
    CHECK(kind([&] { return history.find_record("0000000001"); }) == ErrorKind::bad_data);
    CHECK(history.drafts().size() == 1);
  }
  write_bytes(file_in(home.path()), good);
  patch(home.path(), good.find("draft marker"), "g");
  store::History history = *store::History::open_read_only(home.path());
  CHECK(kind([&] { return history.find_draft(draft.key); }) == ErrorKind::bad_data);
  CHECK(kind([&] { return history.drafts(); }) == ErrorKind::bad_data);
  CHECK(history.records({}).size() == 1);
}

TEST_CASE("opening for reading makes nothing, and reading changes nothing") {
  const TemporaryDirectory home;
  CHECK_FALSE(store::History::open_read_only(home.path() / "attune").has_value());
  CHECK(fs::is_empty(home.path()));
  CHECK_FALSE(store::History::open_read_only(home.path()).has_value());
  CHECK(fs::is_empty(home.path()));
  write_bytes(file_in(home.path()), "");
  CHECK_FALSE(store::History::open_read_only(home.path()).has_value());
  CHECK(fs::file_size(file_in(home.path())) == 0);

  make_history(home.path());
  const auto before = picture(home.path());
  store::History history = *store::History::open_read_only(home.path());
  CHECK(history.records({}).size() == 1);
  CHECK(history.drafts().empty());
  CHECK(kind([&] { return history.delete_record("0000000001", {}); }) == ErrorKind::permission);
  CHECK(kind([&] { return history.check_writable(); }) == ErrorKind::permission);
  CHECK((picture(home.path()) == before));
}

TEST_CASE("proving that it can be written leaves nothing behind") {
  const TemporaryDirectory home;
  make_history(home.path());
  const std::string before = read_bytes(file_in(home.path()));
  store::History history = store::History::open_or_create(home.path());
  history.check_writable();
  CHECK(read_bytes(file_in(home.path())) == before);
  CHECK(is_at_rest(home.path()));
  store::Draft draft = example_draft();
  history.save_answer(draft, {"whole", Answer(1.0)}, example_text);
  history.check_writable();
}

TEST_CASE("a changed byte of an event is told, not believed") {
  const TemporaryDirectory home;
  make_history(home.path());
  {
    store::History history = store::History::open_or_create(home.path());
    history.add_tried({"examples", "breathe", {}, "went so well"});
  }
  patch(home.path(), read_bytes(file_in(home.path())).find("went so well"), "W");
  store::History history = *store::History::open_read_only(home.path());
  CHECK(kind([&] { return history.tried_steps({}); }) == ErrorKind::bad_data);
  CHECK(kind([&] { return history.records({}); }) == ErrorKind::bad_data);
}
