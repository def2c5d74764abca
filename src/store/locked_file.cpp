// SPDX-License-Identifier: MIT
#include "store/locked_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "attune/text.hpp"

#include "store/file_error.hpp"
#include "store/private_files.hpp"
#include "store/schema.hpp"
#include "store/sqlite_error.hpp"

namespace attune::detail {
namespace {

constexpr std::chrono::milliseconds nap{2};

std::filesystem::path beside(std::filesystem::path file, std::string_view ending) {
  file += ending;
  return file;
}

std::filesystem::path new_file(const std::filesystem::path& file) { return beside(file, ".new"); }
std::filesystem::path previous_file(const std::filesystem::path& file) {
  return beside(file, ".previous");
}

Error save_error(const std::filesystem::path& file, int error_number) {
  Error error = file_error("the history can't be written", file, error_number);
  error.advice.emplace_back("nothing was changed: all that was saved before is still there");
  return error;
}

// False with errno when not all could be written.
bool write_all(const FileDescriptor& descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// The new bytes under their own name, durable; 0 or an errno.
int write_beside(const std::filesystem::path& file, std::string_view bytes) {
  const FileDescriptor descriptor(new_file(file), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
                                  S_IRUSR | S_IWUSR);
  const bool written = descriptor.is_open() &&
                       ::fchmod(descriptor.number(), S_IRUSR | S_IWUSR) == 0 &&
                       write_all(descriptor, bytes) && ::fsync(descriptor.number()) == 0;
  return written ? 0 : errno;
}

// The old file's second name. A file system without links has to do without.
int keep_previous(const std::filesystem::path& file) {
  const std::filesystem::path previous = previous_file(file);
  if (::unlink(previous.c_str()) != 0 && errno != ENOENT) return errno;
  if (::link(file.c_str(), previous.c_str()) == 0) return 0;
  return errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK ? 0 : errno;
}

Error stays_locked(const std::filesystem::path& file, bool was_asked) {
  return {
      .kind = ErrorKind::permission,
      .message = was_asked ? "this passphrase does not open the history" : "the history is locked",
      .place = escape(file.native()),
      .advice = {}};
}

Error lock_changed(const std::filesystem::path& file) {
  return {.kind = ErrorKind::busy,
          .message = "another process has changed the lock of the history meanwhile",
          .place = escape(file.native()),
          .advice = {"nothing was changed; start again"}};
}

std::string read_whole(const std::filesystem::path& file) {
  std::optional<std::string> sealed = read_private_file(file);
  if (!sealed) throw file_error("the history can't be read", file, ENOENT);
  return *std::move(sealed);
}

}  // namespace

void replace_file(const std::filesystem::path& file, std::string_view bytes, Previous previous) {
  int failure = write_beside(file, bytes);
  if (failure == 0 && previous == Previous::keep) failure = keep_previous(file);
  if (failure == 0 && ::rename(new_file(file).c_str(), file.c_str()) != 0) failure = errno;
  if (failure != 0) {
    ::unlink(new_file(file).c_str());
    throw save_error(file, failure);
  }
  if (previous == Previous::remove) ::unlink(previous_file(file).c_str());
  sync_directory(file.parent_path());
}

WriteTurn WriteTurn::take(const std::filesystem::path& file, std::chrono::milliseconds patience) {
  FileDescriptor directory(file.parent_path(), O_RDONLY | O_DIRECTORY);
  if (!directory.is_open()) throw save_error(file, errno);
  for (auto waited = nap; ::flock(directory.number(), LOCK_EX | LOCK_NB) != 0; waited += nap) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw save_error(file, errno);
    if (waited > patience) {
      throw Error{ErrorKind::busy,
                  "another process keeps using the history",
                  escape(file.native()),
                  {"try again in a moment"}};
    }
    std::this_thread::sleep_for(nap);
  }
  if (::unlink(new_file(file).c_str()) != 0 && errno != ENOENT) throw save_error(file, errno);
  return WriteTurn(std::move(directory));
}

std::string read_locked(const std::filesystem::path& file, Lock& lock) {
  const std::string sealed = read_whole(file);
  if (!is_locked_image(sealed)) throw lock_changed(file);
  std::optional<std::string> image = unseal(lock, sealed, file);
  if (!image) throw lock_changed(file);
  return *std::move(image);
}

Lock ask_lock(const std::filesystem::path& file, const AskPassphrase& ask) {
  const std::string sealed = read_whole(file);
  // Nobody types a passphrase for a damaged file.
  check_lock(sealed, file);
  for (int attempt = 0;; ++attempt) {
    const std::optional<Secret> secret = ask(attempt);
    if (!secret) throw stays_locked(file, attempt > 0);
    std::optional<Lock> lock = open_lock(sealed, *secret, file);
    if (lock) return *std::move(lock);
  }
}

Connection open_locked_connection(const std::filesystem::path& file, Access access,
                                  const AskPassphrase& ask) {
  Lock lock = ask_lock(file, ask);
  // Read anew: others may have saved while a person was thinking.
  const std::string image = read_locked(file, lock);
  const auto content = check_header(std::string_view(image).substr(0, header_bytes), file);
  if (content != StoreContent::history) throw damaged(file);
  return Connection::open_image(image, file, access,
                                std::make_unique<LockedFile>(file, std::move(lock)));
}

std::optional<std::string> LockedFile::begin() {
  WriteTurn turn = WriteTurn::take(file_);
  const std::uint64_t generation = lock_.generation;
  std::string image = read_locked(file_, lock_);
  turn_.emplace(std::move(turn));
  if (lock_.generation == generation) return std::nullopt;
  return image;
}

void LockedFile::try_keep() {
  const int failure = write_beside(file_, {});
  ::unlink(new_file(file_).c_str());
  if (failure != 0) throw save_error(file_, failure);
}

void LockedFile::keep(std::string_view image) {
  const std::uint64_t generation = lock_.generation;
  try {
    replace_file(file_, seal(lock_, image), Previous::keep);
  } catch (...) {
    lock_.generation = generation;
    throw;
  }
}

void LockedFile::end() { turn_.reset(); }

std::string LockedFile::copy(std::string_view image) {
  --lock_.generation;  // the copy is of the same generation
  return seal(lock_, image);
}

}  // namespace attune::detail
