// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <utility>

#include "attune/text.hpp"

#include "store/database.hpp"
#include "store/lock.hpp"

namespace attune::store {
namespace {

constexpr std::chrono::milliseconds turn_nap{2};
constexpr std::size_t lock_beginning = 4096;  // more than the head of a locked file

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

// Removes what a killed process left of a new file, which may be in plain. False with errno.
bool remove_new(const std::filesystem::path& file) {
  const std::filesystem::path left = new_file(file);
  const FileDescriptor descriptor(left, O_RDWR | O_NOFOLLOW);
  if (!descriptor.is_open()) return errno == ENOENT;
  return overwrite(descriptor) && ::unlink(left.c_str()) == 0;
}

// The new bytes under their own name, durable; 0 or an errno.
int write_beside(const std::filesystem::path& file, std::string_view bytes) {
  const FileDescriptor descriptor(new_file(file), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
                                  S_IRUSR | S_IWUSR);
  const bool written = descriptor.is_open() && close_to_others(descriptor) &&
                       write_all(descriptor, bytes) && ::fsync(descriptor.number()) == 0;
  return written ? 0 : errno;
}

// The old file's second name. A file system without links has to do without.
int keep_previous(const std::filesystem::path& file) {
  const std::filesystem::path previous = previous_file(file);
  if (::unlink(previous.c_str()) != 0 && errno != ENOENT) return errno;
  if (::link(file.c_str(), previous.c_str()) == 0) return 0;
  constexpr std::array without_links{EPERM, EOPNOTSUPP, ENOSYS, EMLINK};
  return std::ranges::find(without_links, errno) != without_links.end() ? 0 : errno;
}

// Puts `bytes` in the place of `file`, durably, in one step. With `Previous::keep` what was there
// stays beside it under another name (where the file system has links). On an error the old file
// stands as it was, unless only the directory could not be synced.
enum class Previous { keep, remove };
void replace_file(const std::filesystem::path& file, std::string_view bytes, Previous previous) {
  if (bytes.size() > most_private_bytes) {
    throw Error(ErrorKind::io, "the history would be larger than 1 GiB, the most it may have",
                escape(file.native()), {"nothing was changed"});
  }
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

Error stays_locked(const std::filesystem::path& file, bool was_asked) {
  return Error(ErrorKind::permission,
               was_asked ? "this passphrase does not open the history" : "the history is locked",
               escape(file.native()));
}

Error asked_wrongly(std::string message, const std::filesystem::path& file) {
  return Error(ErrorKind::usage, std::move(message), escape(file.native()));
}

std::string read_sealed(const std::filesystem::path& file) {
  std::optional<std::string> sealed = read_private_file(file);
  if (!sealed) throw file_error("the history can't be read", file, ENOENT);
  return *std::move(sealed);
}

Lock ask_lock(const std::filesystem::path& file, const AskPassphrase& ask) {
  const std::string sealed = read_sealed(file);
  // Nobody types a passphrase for a damaged file.
  check_lock(sealed, file);
  for (int attempt = 0;; ++attempt) {
    const std::optional<Secret> secret = ask(attempt);
    if (!secret) throw stays_locked(file, attempt > 0);
    std::optional<Lock> lock = open_lock(sealed, *secret, file);
    if (lock) return *std::move(lock);
  }
}

// The sealed file, after it was opened once more: it must not be the first to fail that counts.
std::string seal_and_prove(Lock& lock, const std::string& image,
                           const std::filesystem::path& file) {
  std::string sealed = seal(lock, image);
  try {
    if (unseal(lock, sealed, file) == image) return sealed;
  } catch (const Error&) {
    // The history itself is not damaged; what failed is our own work, reported below.
  }
  throw Error(ErrorKind::internal, "what was sealed does not open", escape(file.native()));
}

}  // namespace

WriteTurn::WriteTurn(const std::filesystem::path& file, std::chrono::milliseconds patience)
    : directory_(file.parent_path(), O_RDONLY | O_DIRECTORY) {
  if (!directory_.is_open()) throw save_error(file, errno);
  for (auto waited = turn_nap; ::flock(directory_.number(), LOCK_EX | LOCK_NB) != 0;
       waited += turn_nap) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw save_error(file, errno);
    if (waited > patience) {
      throw Error(ErrorKind::busy, "another process keeps using the history", escape(file.native()),
                  {"try again in a moment"});
    }
    std::this_thread::sleep_for(turn_nap);
  }
  if (!remove_new(file)) throw save_error(file, errno);
}

LockedFile::LockedFile(std::filesystem::path file, const AskPassphrase& ask)
    : path_(std::move(file)), lock_(ask_lock(path_, ask)) {
  // A killed unlock leaves the history in plain there, unless another process is at work.
  const FileDescriptor directory(path_.parent_path(), O_RDONLY | O_DIRECTORY);
  if (::flock(directory.number(), LOCK_EX | LOCK_NB) == 0) remove_new(path_);
}

std::string LockedFile::image() {
  const std::string sealed = read_sealed(path_);
  if (!is_locked_image(sealed)) throw replaced(path_);
  std::optional<std::string> image = unseal(lock_, sealed, path_);
  if (!image) throw replaced(path_);
  return *std::move(image);
}

bool LockedFile::was_replaced() const {
  const auto beginning = read_private_beginning(path_, lock_beginning, Access::read_only);
  return !beginning || !has_slots(*beginning, lock_);
}

void LockedFile::try_to_keep() const {
  const int failure = write_beside(path_, {});
  ::unlink(new_file(path_).c_str());
  if (failure != 0) throw save_error(path_, failure);
}

void LockedFile::keep(std::string_view image) {
  replace_file(path_, seal(lock_, image), Previous::keep);
  ++lock_.generation;
}

void LockedFile::remove_previous() const {
  if (::unlink(previous_file(path_).c_str()) != 0 && errno != ENOENT) {
    throw save_error(path_, errno);
  }
  sync_directory(path_.parent_path());
}

std::string LockedFile::copy(std::string_view image) const { return seal(lock_, image); }

Error replaced(const std::filesystem::path& file) {
  return Error(ErrorKind::busy, "another process has just locked, unlocked or replaced the history",
               escape(file.native()), {"nothing was changed; start again"});
}

std::optional<Secret> no_passphrase(int /*attempt*/) { return std::nullopt; }

bool is_history_locked(const std::filesystem::path& directory) {
  return check_private_directory(directory) &&
         look_at(directory / history_file_name, Access::read_only) == StoreContent::locked;
}

void lock_history(const std::filesystem::path& directory, Lock& lock) {
  const std::filesystem::path file = directory / history_file_name;
  const auto refuse_locked = [&] {
    if (is_history_locked(directory)) throw asked_wrongly("the history is locked already", file);
  };
  refuse_locked();
  static_cast<void>(History::open_or_create(directory));

  const WriteTurn turn(file);
  refuse_locked();  // by another process, while this one waited for its turn
  // Closing any descriptor of a file gives up SQLite's locks on it, so this one is closed last.
  const FileDescriptor old(file, O_RDWR | O_NOFOLLOW);
  struct stat status {};
  if (!old.is_open() || ::fstat(old.number(), &status) != 0) throw save_error(file, errno);
  if (status.st_nlink > 1) {
    throw Error(ErrorKind::permission,
                fmt::format("the file has {} further {}, whose bytes would be overwritten, too",
                            status.st_nlink - 1, status.st_nlink == 2 ? "name" : "names"),
                escape(file.native()),
                {"a snapshot may share them: put a copy of the file in its place, then lock that"});
  }
  Connection connection = Connection::open(file, Access::read_write);
  // Nobody reads or writes the old file any more; who comes later finds that it was replaced.
  connection.run("begin exclusive");
  connection.remove_leftovers();
  // Not by SQLite, which would give zeros for a page that can't be read.
  const std::string image =
      read_at_most(old, file, static_cast<std::size_t>(status.st_size), most_private_bytes + 1);
  replace_file(file, seal_and_prove(lock, image, file), Previous::remove);
  if (overwrite(old)) return;
  throw file_error("the history is locked, but its old bytes could not be overwritten", file,
                   errno);
}

std::shared_ptr<LockedFile> open_locked_file(const std::filesystem::path& directory,
                                             const AskPassphrase& ask) {
  const std::filesystem::path file = directory / history_file_name;
  if (!is_history_locked(directory)) throw asked_wrongly("the history is not locked", file);
  return std::make_shared<LockedFile>(file, ask);
}

void replace_lock(LockedFile& file, Lock& lock) {
  const WriteTurn turn(file.path());
  const std::string image = file.image();
  lock.generation = file.lock().generation;
  replace_file(file.path(), seal_and_prove(lock, image, file.path()), Previous::remove);
}

void remove_lock(LockedFile& file) {
  const WriteTurn turn(file.path());
  replace_file(file.path(), file.image(), Previous::remove);
}

}  // namespace attune::store
