// SPDX-License-Identifier: MIT
// A connection as bytes: opened from an image in memory, kept as one, copied.
#include <cstring>
#include <new>
#include <sqlite3.h>
#include <utility>

#include "store/sqlite.hpp"
#include "store/sqlite_error.hpp"
#include "store/sqlite_wait.hpp"

namespace attune::detail {
namespace {

// The turn to write, which ends however the write does.
struct Turn {
  explicit Turn(Backing& its_backing) : backing(its_backing) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { backing.end(); }
  Backing& backing;
};

}  // namespace

// The one thing that can be missing for it is memory.
std::unique_ptr<sqlite3, Connection::Close> Connection::open_memory() {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(":memory:", &opened,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<sqlite3, Close> memory(opened);
  if (code != SQLITE_OK) throw std::bad_alloc();
  return memory;
}

Connection Connection::open_image(std::string_view image, const std::filesystem::path& file,
                                  Access access, std::unique_ptr<Backing> backing) {
  Connection connection(open_memory(), file, access);
  connection.backing_ = std::move(backing);
  connection.load(image);
  if (access == Access::read_only) {
    connection.run("pragma query_only=on");
  }
  return connection;
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
  if (code != SQLITE_OK) throw error();
  configure();
  return run("pragma secure_delete=on");
}

void Connection::begin_backed() {
  const std::optional<std::string> newer = backing_->begin();
  if (newer) {
    load(*newer);
  }
  before_ = image();
}

// What could not be kept is not there for later statements either.
void Connection::keep_backed() {
  const std::string changed = image();
  try {
    backing_->keep(changed);
  } catch (const Error&) {
    load(before_);
    throw;
  }
}

std::string Connection::image() {
  if (backing_) return serialize(db_.get());
  // Serialized from a file, a page that can't be read would become zeros without a word. So it is
  // copied into memory first, which does tell.
  const std::unique_ptr<sqlite3, Close> memory = open_memory();
  sqlite3_backup* backup = sqlite3_backup_init(memory.get(), "main", db_.get(), "main");
  if (backup == nullptr) throw error_of(memory.get());
  static_cast<void>(past_vanishing_journal([&] { return sqlite3_backup_step(backup, -1); }));
  if (sqlite3_backup_finish(backup) != SQLITE_OK) throw error_of(memory.get());
  return serialize(memory.get());
}

std::string Connection::serialize(sqlite3* memory) const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      sqlite3_serialize(memory, "main", &size, 0), sqlite3_free);
  if (bytes == nullptr) throw error_of(memory);
  return std::string(bytes.get(), bytes.get() + size);
}

std::string Connection::copy() {
  std::string bytes = image();
  return backing_ ? backing_->copy(bytes) : bytes;
}

void Connection::shrink() {
  if (!backing_) return run("vacuum");
  const Turn turn(*backing_);
  begin_backed();
  run("vacuum");
  return keep_backed();
}

}  // namespace attune::detail
