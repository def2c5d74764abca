// SPDX-License-Identifier: MIT
#include "store/sqlite.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <new>
#include <sqlite3.h>
#include <thread>
#include <utility>

#include "attune/text.hpp"

namespace attune::store {
namespace {

constexpr const char* untouched = "nothing was changed: all that was saved before is still there";

Error meaning_of(int code, int error_number, Access access) {
  const std::string why = error_number == 0 ? "" : ": " + reason_of(error_number);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(ErrorKind::busy, "another process keeps using the history");
    case SQLITE_FULL:
      return Error(ErrorKind::io, "the disk is full");
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      if (code == SQLITE_READONLY_ROLLBACK) {
        return Error(
            ErrorKind::permission,
            "a save was interrupted and must be undone first, which needs permission to write");
      }
      if (code == SQLITE_READONLY_DBMOVED) {
        return Error(ErrorKind::io, "the history was moved or deleted while it was in use");
      }
      return Error(ErrorKind::permission, "the history may be read but not written" + why);
    case SQLITE_CANTOPEN:
      if (access == Access::read_only) {
        return Error(kind_of(error_number), "the history can't be opened" + why);
      }
      // Most often a directory without write permission, where the journal has no place.
      return Error(kind_of(error_number) == ErrorKind::permission ? ErrorKind::permission
                                                                  : ErrorKind::cannot_create,
                   "the history can't be opened for saving" + why);
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      if (code == SQLITE_IOERR_LOCK) {
        return Error(ErrorKind::io, "this file system can't lock the history against others", "",
                     {"XDG_DATA_HOME=FOLDER names a place on another one"});
      }
      return Error(ErrorKind::io, "the history can't be read or written" + why);
    case SQLITE_ERROR:  // Our SQL is constant: a table or column it names is missing.
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
      return Error(ErrorKind::bad_data, "the history is damaged");
    default:
      return Error(ErrorKind::internal, fmt::format("the history failed with code {}", code));
  }
}

// Where a file system can't lock (ENOLCK), SQLite takes it for busy and waits for nothing; another
// error is one at once.
int fcntl_of_sqlite(int descriptor, int command, ...) {  // NOLINT(cert-dcl50-cpp): as it is called
  va_list arguments;
  va_start(arguments, command);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  const int result = ::fcntl(descriptor, command, argument);
  if (result < 0 && errno == ENOLCK) errno = EOPNOTSUPP;
  return result;
}

// How long is waited at once for another process: short naps, so that each of many waiting
// processes gets its turn (SQLite's own waits grow to 100 ms, during which a busy writer takes
// every turn).
constexpr std::chrono::milliseconds sqlite_nap{2};

// `most` is how many naps there may be, as a number in a pointer's clothes.
int wait_for_lock(void* most, int naps) {
  if (naps >= reinterpret_cast<std::intptr_t>(most)) return 0;
  std::this_thread::sleep_for(sqlite_nap);
  return 1;
}

// A journal that another process is just writing or ending looks to a reader like one that was left
// behind (SQLite's pager says so itself, in hasHotJournal), which it may not undo. A moment later
// it does not; one that stays was left behind indeed.
template <class Attempt>
[[nodiscard]] int past_others_journal(Attempt attempt) {
  constexpr int naps_for_journal = 25;
  int code = attempt();
  for (int naps = 0; code == SQLITE_READONLY_ROLLBACK && naps < naps_for_journal; ++naps) {
    std::this_thread::sleep_for(sqlite_nap);
    code = attempt();
  }
  return code;
}

}  // namespace

Error sqlite_error(int code, int error_number, const std::filesystem::path& file, Access access) {
  if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
  Error error = meaning_of(code, error_number, access);
  if (error.kind == ErrorKind::bad_data) return damaged(file);
  error.place = escape(file.native());
  if (access == Access::read_write) error.advice.emplace_back(untouched);
  if (error.kind == ErrorKind::busy) error.advice.emplace_back("try again in a moment");
  return error;
}

Error damaged(const std::filesystem::path& file) {
  return Error(ErrorKind::bad_data, "the history is damaged or not one of attune's",
               escape(file.native()),
               {"nothing was changed; keep this file, and put a backup in its place"});
}

void Connection::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

Connection::Connection(Handle db, std::filesystem::path file, Access access)
    : db_(std::move(db)), file_(std::move(file)), access_(access) {}

Connection Connection::open(const std::filesystem::path& file, Access access,
                            std::chrono::milliseconds patience) {
  sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
  system->xSetSystemCall(system, "fcntl", reinterpret_cast<sqlite3_syscall_ptr>(fcntl_of_sqlite));
  // One thread per connection, so no mutexes. Never SQLITE_OPEN_CREATE: the file is made by us.
  const int mode = access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(
      file.c_str(), &opened,
      mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, nullptr);
  if (opened == nullptr) throw std::bad_alloc();
  Connection connection(Handle(opened), file, access);
  connection.check(code);
  // A file that can't be written is opened for reading without a word.
  if (access == Access::read_write && sqlite3_db_readonly(opened, "main") == 1) {
    throw sqlite_error(SQLITE_READONLY, 0, file, access);
  }
  const std::intptr_t most_naps = patience / sqlite_nap;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): SQLite hands it back; nobody follows it
  sqlite3_busy_handler(opened, wait_for_lock, reinterpret_cast<void*>(most_naps));
  connection.configure();
  // The journal is ended by zeros over its head, which are synced, and its blocks are used again
  // by the next: what it held is overwritten in its place, where a deleted one would leave it.
  if (access == Access::read_write) {
    connection.run("pragma synchronous=full;pragma journal_mode=persist");
  }
  return connection;
}

Connection Connection::open_locked(LockedFile file, std::string_view image, Access access) {
  Connection connection(open_memory(), file.path(), access);
  connection.locked_ = std::move(file);
  connection.load(image);
  if (access == Access::read_only) connection.run("pragma query_only=on");
  return connection;
}

// The one thing that can be missing for it is memory.
Connection::Handle Connection::open_memory() {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(":memory:", &opened,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Handle memory(opened);
  if (code != SQLITE_OK) throw std::bad_alloc();
  return memory;
}

void Connection::configure() {
  // Nothing that a foreign file might hold in its schema is run.
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  // Rows never go to a temporary file, a damaged page is noticed, deleted rows are overwritten.
  run("pragma temp_store=memory;pragma cell_size_check=on;pragma secure_delete=on");
}

void Connection::check(int code) const {
  if (code != SQLITE_OK) throw error_of(db_.get());
}

void Connection::run(const char* sql) {
  check(sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t Connection::last_row() const { return sqlite3_last_insert_rowid(db_.get()); }

Error Connection::error_of(sqlite3* db) const {
  const int code = sqlite3_extended_errcode(db);
  int reason = sqlite3_system_errno(db);
  // Of what fails while it commits, SQLite keeps the reason with the file alone.
  if (reason == 0 && (code & 0xff) == SQLITE_IOERR) {
    sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &reason);
  }
  Error error = sqlite_error(code, reason, file_, access_);
  const bool is_doubtful = error.kind == ErrorKind::bad_data || code == SQLITE_READONLY_DBMOVED;
  return is_doubtful && was_replaced() ? replaced(file_) : error;
}

bool Connection::needs_rollback() const {
  return sqlite3_extended_errcode(db_.get()) == SQLITE_READONLY_ROLLBACK;
}

// The connection's own copy of the bytes, which SQLite frees.
void Connection::load(std::string_view image) {
  auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  if (bytes == nullptr) throw std::bad_alloc();
  std::memcpy(bytes, image.data(), image.size());
  const auto size = static_cast<sqlite3_int64>(image.size());
  const int code =
      sqlite3_deserialize(db_.get(), "main", bytes, size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (code == SQLITE_NOMEM) throw std::bad_alloc();  // it may leave no error to read
  check(code);
  configure();
}

// Anew each time: others may have kept another image since.
void Connection::begin_locked() {
  before_ = locked_->image();
  load(before_);
}

// What could not be kept is not there for later statements either.
void Connection::keep_locked() {
  try {
    locked_->keep(image());
  } catch (...) {
    load(before_);
    throw;
  }
}

std::string Connection::image() {
  if (locked_) return serialize(db_.get());
  // Serialized from a file, a page that can't be read would silently become zeros. So it is copied
  // into memory first, which fails instead.
  const Handle memory = open_memory();
  sqlite3_backup* backup = sqlite3_backup_init(memory.get(), "main", db_.get(), "main");
  if (backup == nullptr) throw error_of(memory.get());
  static_cast<void>(past_others_journal([&] { return sqlite3_backup_step(backup, -1); }));
  if (sqlite3_backup_finish(backup) != SQLITE_OK) throw error_of(memory.get());
  return serialize(memory.get());
}

std::string Connection::serialize(sqlite3* memory) const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      sqlite3_serialize(memory, "main", &size, 0), sqlite3_free);
  if (bytes == nullptr) throw error_of(memory);
  return {bytes.get(), bytes.get() + size};
}

std::string Connection::copy() { return locked_ ? locked_->copy(image()) : image(); }

void Connection::try_to_keep() {
  if (locked_) locked_->try_to_keep();
}

void Connection::remove_leftovers() {
  if (locked_) return locked_->remove_previous();
  std::filesystem::path path = file_;
  path += "-journal";
  std::optional<Transaction> others_wait;
  if (sqlite3_get_autocommit(db_.get()) != 0) others_wait.emplace(*this);
  const FileDescriptor journal(path, O_RDWR | O_NOFOLLOW);
  const bool done =
      journal.is_open() ? overwrite(journal) && ::unlink(path.c_str()) == 0 : errno == ENOENT;
  if (!done) throw file_error("can't overwrite the journal of the history", path, errno);
  sync_directory(file_.parent_path());
  if (others_wait) others_wait->commit();
}

bool Connection::was_replaced() const {
  if (locked_) return locked_->was_replaced();
  int has_moved = 0;
  sqlite3_file_control(db_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  return has_moved != 0;
}

Error Connection::damage() const { return was_replaced() ? replaced(file_) : damaged(file_); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(Connection& connection, std::string_view sql) : connection_(connection) {
  sqlite3_stmt* prepared = nullptr;
  connection.check(past_others_journal([&] {
    return sqlite3_prepare_v2(connection.db_.get(), sql.data(), static_cast<int>(sql.size()),
                              &prepared, nullptr);
  }));
  statement_.reset(prepared);
}

void Statement::bind_next(std::string_view value) {
  // A null pointer would bind NULL; an empty view may hold one.
  const char* bytes = value.empty() ? "" : value.data();
  connection_.check(sqlite3_bind_text64(statement_.get(), ++bound_, bytes, value.size(),
                                        SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_next(const std::optional<std::string>& value) {
  if (value) return bind_next(std::string_view(*value));
  ++bound_;  // Unbound values are NULL.
}

void Statement::bind_next(std::int64_t value) {
  connection_.check(sqlite3_bind_int64(statement_.get(), ++bound_, value));
}

void Statement::bind_next(double value) {
  connection_.check(sqlite3_bind_double(statement_.get(), ++bound_, value));
}

void Statement::bind_next(const Instant& value) {
  bind_next(value.microseconds);
  bind_next(std::int64_t{value.offset_minutes});
}

bool Statement::step() {
  const int code = past_others_journal([&] { return sqlite3_step(statement_.get()); });
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw connection_.error_of(connection_.db_.get());
}

std::size_t Statement::run() {
  while (step()) {
  }
  return static_cast<std::size_t>(sqlite3_changes64(connection_.db_.get()));
}

std::string_view Statement::text_at(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return {};
  const void* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) throw std::bad_alloc();  // the one reason; nothing must pass for empty
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::optional<std::string> Statement::optional_text_at(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return std::string(text_at(column));
}

std::int64_t Statement::integer_at(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real_at(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

Instant Statement::instant_at(int column) const {
  return {.microseconds = integer_at(column),
          .offset_minutes = sqlite3_column_int(statement_.get(), column + 1)};
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
  if (connection.locked_) {
    turn_.emplace(connection.file_);
    connection.begin_locked();
  }
  connection.run("begin immediate");
  open_ = true;
}

Transaction::~Transaction() {
  // After some failures SQLite has rolled back by itself; then this one fails, and rightly.
  if (open_) sqlite3_exec(connection_.db_.get(), "rollback", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  connection_.run("commit");
  open_ = false;
  if (connection_.locked_) connection_.keep_locked();
  turn_.reset();
}

}  // namespace attune::store
