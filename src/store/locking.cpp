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
std::string seal_and_prove(Lock& lock, const std::string& image,
                           const std::filesystem::path& file) {
  std::string sealed = detail::seal(lock, image);
  try {
    if (detail::unseal(lock, sealed, file) == image) return sealed;
  } catch (const Error&) {
    // The error below says it: the history itself is not damaged.
  }
  throw Error{ErrorKind::internal, "what was sealed does not open", escape(file.native()), {}};
}

// All that is in an open file. SQLite would give zeros for a page that can't be read.
std::string read_all(const FileDescriptor& file, const std::filesystem::path& path) {
  std::string bytes;
  std::string block(1U << 16U, '\0');
  while (true) {
    const ssize_t count = file.is_open() ? file.read(block.data(), block.size()) : -1;
    if (count < 0) throw detail::file_error("the history can't be read", path, errno);
    if (count == 0) return bytes;
    bytes.append(block, 0, static_cast<std::size_t>(count));
  }
}

// Overwrites what a file that has lost its name still holds.
void overwrite(const FileDescriptor& old, const std::filesystem::path& file) {
  struct stat status {};
  bool done = old.is_open() && ::fstat(old.number(), &status) == 0;
  const std::string zeros(1U << 16U, '\0');
  for (off_t at = 0; done && at < status.st_size;) {
    const auto rest = static_cast<std::size_t>(status.st_size - at);
    const ssize_t count = ::pwrite(old.number(), zeros.data(), std::min(rest, zeros.size()), at);
    done = count > 0 || (count < 0 && errno == EINTR);
    if (count > 0) at += count;
  }
  if (done && ::fsync(old.number()) == 0) return;
  throw detail::file_error("the history is locked, but its old bytes could not be overwritten",
                           file, errno);
}

}  // namespace

std::optional<Secret> no_passphrase(int /*attempt*/) { return std::nullopt; }

NewLock::NewLock(std::unique_ptr<Lock> lock, Secret recovery_code)
    : lock_(std::move(lock)), recovery_code_(std::move(recovery_code)) {}
NewLock::NewLock(NewLock&&) noexcept = default;
NewLock& NewLock::operator=(NewLock&&) noexcept = default;
NewLock::~NewLock() = default;

NewLock NewLock::make(const Secret& passphrase, PassphraseCost cost) {
  Secret code = detail::make_recovery_code();
  Lock lock = detail::make_lock(passphrase, code, cost);
  return NewLock(std::make_unique<Lock>(std::move(lock)), std::move(code));
}

bool is_history_locked(const std::filesystem::path& directory) {
  if (!detail::check_private_directory(directory)) return false;
  const auto content = detail::look_at(directory / history_file_name, Access::read_only);
  return content == StoreContent::locked;
}

void lock_history(const std::filesystem::path& directory, NewLock& lock) {
  const std::filesystem::path file = directory / history_file_name;
  if (is_history_locked(directory)) throw asked_wrongly("the history is locked already", file);
  static_cast<void>(History::open_or_create(directory));

  const WriteTurn turn = WriteTurn::take(file);
  // Closing any descriptor of a file gives up SQLite's locks on it, so this one is closed last.
  const FileDescriptor old(file, O_RDWR | O_NOFOLLOW);
  Connection connection = Connection::open(file, Access::read_write);
  // Nobody reads or writes the old file any more; who comes later finds that it was moved.
  connection.run("begin exclusive");
  const std::string image = read_all(old, file);
  const std::string sealed = seal_and_prove(*lock.lock_, image, file);
  detail::replace_file(file, sealed, Previous::remove);
  overwrite(old, file);
}

OpenLock::OpenLock(std::filesystem::path file, std::unique_ptr<Lock> lock)
    : file_(std::move(file)), lock_(std::move(lock)) {}
OpenLock::OpenLock(OpenLock&&) noexcept = default;
OpenLock& OpenLock::operator=(OpenLock&&) noexcept = default;
OpenLock::~OpenLock() = default;

OpenLock OpenLock::open(const std::filesystem::path& directory, const AskPassphrase& ask) {
  const std::filesystem::path file = directory / history_file_name;
  if (!is_history_locked(directory)) throw asked_wrongly("the history is not locked", file);
  Lock lock = detail::ask_lock(file, ask);
  return OpenLock(file, std::make_unique<Lock>(std::move(lock)));
}

void OpenLock::replace(NewLock& lock) {
  const WriteTurn turn = WriteTurn::take(file_);
  const std::string image = detail::read_locked(file_, *lock_);
  lock.lock_->generation = lock_->generation;
  const std::string sealed = seal_and_prove(*lock.lock_, image, file_);
  detail::replace_file(file_, sealed, Previous::remove);
}

void OpenLock::remove() {
  const WriteTurn turn = WriteTurn::take(file_);
  const std::string image = detail::read_locked(file_, *lock_);
  detail::replace_file(file_, image, Previous::remove);
}

}  // namespace attune
