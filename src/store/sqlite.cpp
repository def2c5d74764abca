// SPDX-License-Identifier: MIT
#include "store/sqlite.hpp"

#include <new>
#include <sqlite3.h>
#include <thread>
#include <utility>

#include "store/sqlite_error.hpp"
#include "store/sqlite_wait.hpp"

namespace attune::detail {
namespace {

// Waits for another process's lock: short naps, so that each of many waiting processes gets its
// turn (SQLite's own waits grow to 100 ms, during which a busy writer takes every turn). `most` is
// how many naps there may be, as a number in a pointer's clothes.
int wait_for_lock(void* most, int naps) {
  if (naps >= reinterpret_cast<std::intptr_t>(most)) return 0;
  std::this_thread::sleep_for(nap);
  return 1;
}

}  // namespace

void Connection::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

Connection::Connection(std::unique_ptr<sqlite3, Close> db, std::filesystem::path file,
                       Access access)
    : db_(std::move(db)), file_(std::move(file)), access_(access) {}

Connection Connection::open(const std::filesystem::path& file, Access access,
                            std::chrono::milliseconds patience) {
  // One thread per connection, so no mutexes. Never SQLITE_OPEN_CREATE: the file is made by us.
  const int mode = access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(
      file.c_str(), &opened,
      mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, nullptr);
  if (opened == nullptr) throw std::bad_alloc();
  Connection connection(std::unique_ptr<sqlite3, Close>(opened), file, access);
  if (code != SQLITE_OK) throw connection.error();
  // A file that can't be written is opened for reading without a word.
  if (access == Access::read_write && sqlite3_db_readonly(opened, "main") == 1) {
    throw sqlite_error(SQLITE_READONLY, 0, file, access);
  }
  const std::intptr_t most_naps = patience / nap;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): SQLite hands it back; nobody follows it
  sqlite3_busy_handler(opened, wait_for_lock, reinterpret_cast<void*>(most_naps));
  connection.configure();
  return connection;
}

void Connection::configure() {
  // Nothing that a foreign file might hold in its schema is run.
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  // Rows never go to a temporary file, and a damaged page is noticed.
  return run("pragma temp_store=memory;pragma cell_size_check=on");
}

void Connection::make_durable() {
  if (durable_) return;
  // EXTRA is FULL and one more: the directory is synced after the journal is deleted. Without it a
  // power cut can bring the journal back, and with it undo an answer already told as saved.
  // Deleted rows are overwritten.
  run("pragma synchronous=extra;pragma secure_delete=on");
  durable_ = true;
}

void Connection::run(const char* sql) {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw error();
}

std::int64_t Connection::last_row() const { return sqlite3_last_insert_rowid(db_.get()); }

bool Connection::changed_rows() const { return sqlite3_changes64(db_.get()) > 0; }

Error Connection::error() const { return error_of(db_.get()); }

Error Connection::error_of(sqlite3* db) const {
  const int code = sqlite3_extended_errcode(db);
  int reason = sqlite3_system_errno(db);
  // Of what fails while it commits, SQLite keeps the reason with the file alone.
  if (reason == 0 && (code & 0xff) == SQLITE_IOERR) {
    sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &reason);
  }
  return sqlite_error(code, reason, file_, access_);
}

bool Connection::needs_rollback() const {
  return sqlite3_extended_errcode(db_.get()) == SQLITE_READONLY_ROLLBACK;
}

bool Connection::found_duplicate() const {
  return sqlite3_extended_errcode(db_.get()) == SQLITE_CONSTRAINT_UNIQUE;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(Connection& connection, std::string_view sql) : connection_(connection) {
  sqlite3_stmt* prepared = nullptr;
  note(past_vanishing_journal([&] {
    return sqlite3_prepare_v2(connection.db_.get(), sql.data(), static_cast<int>(sql.size()),
                              &prepared, nullptr);
  }));
  statement_.reset(prepared);
}

void Statement::note(int code) {
  if (code != SQLITE_OK) throw connection_.error();
}

Statement& Statement::text(std::string_view value) {
  // A null pointer would bind NULL; an empty view may hold one.
  const char* bytes = value.empty() ? "" : value.data();
  note(sqlite3_bind_text64(statement_.get(), ++bound_, bytes, value.size(), SQLITE_STATIC,
                           SQLITE_UTF8));
  return *this;
}

Statement& Statement::optional_text(const std::optional<std::string>& value) {
  if (value) return text(std::string_view(*value));
  ++bound_;  // Unbound values are NULL.
  return *this;
}

Statement& Statement::integer(std::int64_t value) {
  note(sqlite3_bind_int64(statement_.get(), ++bound_, value));
  return *this;
}

Statement& Statement::real(double value) {
  note(sqlite3_bind_double(statement_.get(), ++bound_, value));
  return *this;
}

bool Statement::step() {
  const int code = past_vanishing_journal([&] { return sqlite3_step(statement_.get()); });
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw connection_.error();
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  bound_ = 0;
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

Transaction::~Transaction() {
  if (!open_) return;
  // After some failures SQLite has rolled back by itself; then this one fails, and rightly.
  sqlite3_exec(connection_.db_.get(), "rollback", nullptr, nullptr, nullptr);
  if (connection_.backing_) connection_.backing_->end();
}

void Transaction::begin() {
  connection_.make_durable();
  take_lock();
}

void Transaction::begin_trial() {
  take_lock();
  if (connection_.backing_) connection_.backing_->try_keep();
}

void Transaction::take_lock() {
  if (connection_.backing_) {
    open_ = true;  // from here on there is something to end
    connection_.begin_backed();
  }
  connection_.run("begin immediate");
  open_ = true;
}

void Transaction::commit() {
  connection_.run("commit");
  if (connection_.backing_) connection_.keep_backed();
  open_ = false;
  if (connection_.backing_) connection_.backing_->end();
}

}  // namespace attune::detail
