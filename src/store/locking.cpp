// SPDX-License-Identifier: MIT
#include <cerrno>
#include <fmt/format.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "attune/history.hpp"
#include "attune/text.hpp"

#include "store/file_descriptor.hpp"
#include "store/file_error.hpp"
#include "store/locked_file.hpp"
#include "store/schema.hpp"

namespace attune {

using detail::Access;
using detail::Connection;
using detail::FileDescriptor;
using detail::Lock;
using detail::Previous;
using detail::StoreContent;
using detail::WriteTurn;

namespace {

Error asked_wrongly(std::string message, const std::filesystem::path& file) {
  return {ErrorKind::usage, std::move(message), escape(file.native()), {}};
}

// The sealed file, after it was opened once more: it must not be the first to fail that counts.
Result<std::string> seal_and_prove(Lock& lock, const std::string& image,
                                   const std::filesystem::path& file) {
  std::string sealed = detail::seal(lock, image);
  const Result<std::optional<std::string>> again = detail::unseal(lock, sealed, file);
  if (again && *again == image) return sealed;
  return Error{ErrorKind::internal, "what was sealed does not open", escape(file.native()), {}};
}

// All that is in an open file. SQLite would give zeros for a page that can't be read.
Result<std::string> read_all(const FileDescriptor& file, const std::filesystem::path& path) {
  std::string bytes;
  std::string block(1U << 16U, '\0');
  while (true) {
    const ssize_t count = file.is_open() ? file.read(block.data(), block.size()) : -1;
    if (count < 0) return detail::file_error("the history can't be read", path, errno);
    if (count == 0) return bytes;
    bytes.append(block, 0, static_cast<std::size_t>(count));
  }
}

// Overwrites what a file that has lost its name still holds.
Result<void> overwrite(const FileDescriptor& old, const std::filesystem::path& file) {
  struct stat status {};
  bool done = old.is_open() && ::fstat(old.number(), &status) == 0;
  const std::string zeros(1U << 16U, '\0');
  for (off_t at = 0; done && at < status.st_size;) {
    const auto rest = static_cast<std::size_t>(status.st_size - at);
    const ssize_t count = ::pwrite(old.number(), zeros.data(), std::min(rest, zeros.size()), at);
    done = count > 0 || (count < 0 && errno == EINTR);
    if (count > 0) at += count;
  }
  if (done && ::fsync(old.number()) == 0) return {};
  return detail::file_error("the history is locked, but its old bytes could not be overwritten",
                            file, errno);
}

}  // namespace

Result<std::optional<Secret>> no_passphrase(int /*attempt*/) { return std::optional<Secret>(); }

NewLock::NewLock(std::unique_ptr<Lock> lock, Secret recovery_code)
    : lock_(std::move(lock)), recovery_code_(std::move(recovery_code)) {}
NewLock::NewLock(NewLock&&) noexcept = default;
NewLock& NewLock::operator=(NewLock&&) noexcept = default;
NewLock::~NewLock() = default;

Result<NewLock> NewLock::make(const Secret& passphrase, PassphraseCost cost) {
  Secret code = detail::make_recovery_code();
  Result<Lock> lock = detail::make_lock(passphrase, code, cost);
  if (!lock) return lock.error();
  return NewLock(std::make_unique<Lock>(*std::move(lock)), std::move(code));
}

Result<bool> is_history_locked(const std::filesystem::path& directory) {
  Result<bool> exists = detail::check_private_directory(directory);
  if (!exists || !*exists) return exists;
  const auto content = detail::look_at(directory / history_file_name, Access::read_only);
  if (!content) return content.error();
  return *content == StoreContent::locked;
}

Result<void> lock_history(const std::filesystem::path& directory, NewLock& lock) {
  const std::filesystem::path file = directory / history_file_name;
  const Result<bool> locked = is_history_locked(directory);
  if (!locked) return locked.error();
  if (*locked) return asked_wrongly("the history is locked already", file);
  if (const Result<History> made = History::open_or_create(directory); !made) return made.error();

  const Result<WriteTurn> turn = WriteTurn::take(file);
  if (!turn) return turn.error();
  // Closing any descriptor of a file gives up SQLite's locks on it, so this one is closed last.
  const FileDescriptor old(file, O_RDWR | O_NOFOLLOW);
  Result<Connection> connection = Connection::open(file, Access::read_write);
  if (!connection) return connection.error();
  // Nobody reads or writes the old file any more; who comes later finds that it was moved.
  if (Result<void> alone = connection->run("begin exclusive"); !alone) return alone;
  const Result<std::string> image = read_all(old, file);
  if (!image) return image.error();
  const Result<std::string> sealed = seal_and_prove(*lock.lock_, *image, file);
  if (!sealed) return sealed.error();
  if (Result<void> put = detail::replace_file(file, *sealed, Previous::remove); !put) return put;
  return overwrite(old, file);
}

OpenLock::OpenLock(std::filesystem::path file, std::unique_ptr<Lock> lock)
    : file_(std::move(file)), lock_(std::move(lock)) {}
OpenLock::OpenLock(OpenLock&&) noexcept = default;
OpenLock& OpenLock::operator=(OpenLock&&) noexcept = default;
OpenLock::~OpenLock() = default;

Result<OpenLock> OpenLock::open(const std::filesystem::path& directory, const AskPassphrase& ask) {
  const std::filesystem::path file = directory / history_file_name;
  const Result<bool> locked = is_history_locked(directory);
  if (!locked) return locked.error();
  if (!*locked) return asked_wrongly("the history is not locked", file);
  Result<Lock> lock = detail::ask_lock(file, ask);
  if (!lock) return lock.error();
  return OpenLock(file, std::make_unique<Lock>(*std::move(lock)));
}

Result<void> OpenLock::replace(NewLock& lock) {
  const Result<WriteTurn> turn = WriteTurn::take(file_);
  if (!turn) return turn.error();
  const Result<std::string> image = detail::read_locked(file_, *lock_);
  if (!image) return image.error();
  lock.lock_->generation = lock_->generation;
  const Result<std::string> sealed = seal_and_prove(*lock.lock_, *image, file_);
  if (!sealed) return sealed.error();
  return detail::replace_file(file_, *sealed, Previous::remove);
}

Result<void> OpenLock::remove() {
  const Result<WriteTurn> turn = WriteTurn::take(file_);
  if (!turn) return turn.error();
  const Result<std::string> image = detail::read_locked(file_, *lock_);
  if (!image) return image.error();
  return detail::replace_file(file_, *image, Previous::remove);
}

}  // namespace attune
