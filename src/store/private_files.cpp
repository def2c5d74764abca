// SPDX-License-Identifier: MIT
#include "store/private_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/stat.h>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

namespace attune::store {
namespace {

constexpr mode_t others_write = S_IWGRP | S_IWOTH;
constexpr mode_t others_any = S_IRWXG | S_IRWXO;
constexpr std::size_t copied_bytes = std::size_t{1} << 16;

struct Reason {
  int error_number;
  ErrorKind kind;
  std::string_view words;
};

constexpr Reason reasons[] = {
    {EACCES, ErrorKind::permission, "permission denied"},
    {EPERM, ErrorKind::permission, "permission denied"},
    {EROFS, ErrorKind::permission, "the file system is read-only"},
    {ENOSPC, ErrorKind::io, "the disk is full"},
    {EDQUOT, ErrorKind::io, "the disk quota is used up"},
    {EFBIG, ErrorKind::io, "the file would be too large"},
    {EIO, ErrorKind::io, "the device reports an input or output error"},
    {EMFILE, ErrorKind::io, "too many files are open"},
    {ENFILE, ErrorKind::io, "too many files are open"},
    {EISDIR, ErrorKind::io, "it is a directory"},
    {EBADF, ErrorKind::io, "it is not open"},
    {EEXIST, ErrorKind::io, "something of this name is there already"},
    {ENXIO, ErrorKind::io, "nobody reads from it"},
    {ENOSYS, ErrorKind::io, "this file system can't do that"},
    {EOPNOTSUPP, ErrorKind::io, "this file system can't do that"},
    {ENOLCK, ErrorKind::io, "this file system can't lock files"},
    {ENOENT, ErrorKind::not_found, "it does not exist"},
    {ENOTDIR, ErrorKind::not_found, "a part of the path is not a directory"},
    {ENAMETOOLONG, ErrorKind::not_found, "the name is too long"},
    {ELOOP, ErrorKind::not_found, "the symbolic links lead in a circle"},
};

// The row of a number; null for one that has none.
const Reason* find_reason(int error_number) {
  const auto found =
      std::find_if(std::begin(reasons), std::end(reasons),
                   [=](const Reason& reason) { return reason.error_number == error_number; });
  return found == std::end(reasons) ? nullptr : found;
}

// Whether its owner has all of these rights, and nobody else any: an odd umask may have taken some,
// and a file system without rights refuses even to set those that it shows.
bool has_rights(const struct stat& status, mode_t owner) {
  return (status.st_mode & (others_any | owner)) == owner;
}

Error refused_place(std::string message, const std::filesystem::path& path, std::string advice) {
  return Error(ErrorKind::permission, std::move(message), escape(path.native()),
               {std::move(advice)});
}

Error cannot_create(std::string_view what, const std::filesystem::path& path, int error_number) {
  Error error = file_error(what, path, error_number);
  if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::cannot_create;
  return error;
}

void check_ownership(const struct stat& status, const std::filesystem::path& path) {
  if (status.st_uid != ::geteuid()) {
    throw refused_place("it belongs to another user", path,
                        "a history is opened only when it and its directory are your own");
  }
  if ((status.st_mode & others_write) != 0) {
    throw Error(ErrorKind::permission, "other users may write to it", escape(path.native()),
                {fmt::format("close it with: chmod go-w '{}'", escape(path.native())),
                 "where that changes nothing (FAT, SMB, a Windows drive), the file system keeps no "
                 "permissions: XDG_DATA_HOME=FOLDER names another place"});
  }
}

// What the system knows of `directory` once it was judged; nothing when it is not there.
std::optional<struct stat> private_directory(const std::filesystem::path& directory) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throw file_error("can't look at this directory", directory, errno);
  }
  if (!S_ISDIR(status.st_mode)) {
    throw refused_place("it is not a directory", directory, "the history is kept in a directory");
  }
  check_ownership(status, directory);
  return status;
}

struct stat status_of(const FileDescriptor& descriptor, const std::filesystem::path& file) {
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) {
    throw file_error("can't look at this file", file, errno);
  }
  return status;
}

// The file, once it was judged; nothing when there is none.
std::optional<FileDescriptor> open_private(const std::filesystem::path& file, Access access) {
  FileDescriptor descriptor(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (!descriptor.is_open()) {
    if (errno == ENOENT) return std::nullopt;
    if (errno == ELOOP) {
      throw refused_place("it is a symbolic link", file,
                          "the history must be a file of its own; its folder may be a link");
    }
    throw file_error("can't open this file", file, errno);
  }
  const struct stat status = status_of(descriptor, file);
  if (!S_ISREG(status.st_mode)) {
    throw refused_place("it is not a regular file", file, "the history must be a file of your own");
  }
  check_ownership(status, file);
  if (access == Access::read_write && !close_to_others(descriptor)) {
    throw file_error("can't close this file to other users", file, errno);
  }
  return descriptor;
}

Error irregular(const std::filesystem::path& path) {
  return Error(ErrorKind::not_found, "this is not a regular file", escape(path.native()));
}

Error too_large(const std::filesystem::path& path, std::size_t limit) {
  return Error(ErrorKind::bad_data, fmt::format("this file is larger than {} bytes", limit),
               escape(path.native()));
}

}  // namespace

std::string reason_of(int error_number) {
  if (const Reason* reason = find_reason(error_number)) return std::string(reason->words);
  // The system's own words, in English whatever the locale.
  const char* words = strerrordesc_np(error_number);
  return words == nullptr ? fmt::format("system error {}", error_number) : lower_case(words);
}

ErrorKind kind_of(int error_number) {
  const Reason* reason = find_reason(error_number);
  return reason == nullptr ? ErrorKind::io : reason->kind;
}

Error file_error(std::string_view what, const std::filesystem::path& path, int error_number) {
  return Error(kind_of(error_number), fmt::format("{}: {}", what, reason_of(error_number)),
               escape(path.native()));
}

FileDescriptor::FileDescriptor(const std::filesystem::path& path, int flags, mode_t mode) {
  do {
    number_ = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (number_ < 0 && errno == EINTR);
}

ssize_t FileDescriptor::read(char* buffer, std::size_t size) const {
  ssize_t count = 0;
  do {
    count = ::read(number_, buffer, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

std::string read_at_most(const FileDescriptor& descriptor, const std::filesystem::path& file,
                         std::size_t expected, std::size_t most) {
  std::string bytes(std::min(expected, most), '\0');
  std::size_t filled = 0;
  while (filled < most) {
    if (filled == bytes.size()) bytes.resize(std::min(2 * bytes.size(), most));
    const ssize_t count = descriptor.read(bytes.data() + filled, bytes.size() - filled);
    if (count < 0) throw file_error("can't read this file", file, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

std::pair<dev_t, ino_t> identity_of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

bool overwrite(const FileDescriptor& file) {
  struct stat status {};
  if (!file.is_open() || ::fstat(file.number(), &status) != 0) return false;
  const std::string zeros(copied_bytes, '\0');
  for (off_t at = 0; at < status.st_size;) {
    const auto rest = static_cast<std::size_t>(status.st_size - at);
    const ssize_t count = ::pwrite(file.number(), zeros.data(), std::min(rest, zeros.size()), at);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) at += count;
  }
  return ::fsync(file.number()) == 0;
}

void sync_directory(const std::filesystem::path& directory) {
  const FileDescriptor descriptor(directory, O_RDONLY | O_DIRECTORY);
  // Some file systems can't sync a directory (EINVAL); then there is nothing better to do.
  if (!descriptor.is_open() || (::fsync(descriptor.number()) != 0 && errno != EINVAL)) {
    throw file_error("can't make sure that what was written is kept", directory, errno);
  }
}

void make_directories(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), S_IRWXU) == 0) {
    struct stat status {};
    const bool is_known = ::stat(directory.c_str(), &status) == 0;
    if (!(is_known && has_rights(status, S_IRWXU)) && ::chmod(directory.c_str(), S_IRWXU) != 0) {
      throw file_error("can't set the rights of this directory", directory, errno);
    }
    return sync_directory(directory.has_parent_path() ? directory.parent_path() : ".");
  }
  if (errno == EEXIST) return;
  if (errno == ENOENT && directory.has_parent_path() && directory.parent_path() != directory) {
    make_directories(directory.parent_path());
    return make_directories(directory);
  }
  throw cannot_create("can't create this directory", directory, errno);
}

bool check_private_directory(const std::filesystem::path& directory) {
  return private_directory(directory).has_value();
}

void make_private_directory(const std::filesystem::path& directory) {
  std::optional<struct stat> status = private_directory(directory);
  if (!status) {
    make_directories(directory);
    status = private_directory(directory);
  }
  if (status && (status->st_mode & others_any) != 0 && ::chmod(directory.c_str(), S_IRWXU) != 0) {
    throw file_error("can't close this directory to other users", directory, errno);
  }
}

void make_private_file(const std::filesystem::path& file) {
  const FileDescriptor descriptor(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (!descriptor.is_open()) {
    if (errno == EEXIST) return;
    throw cannot_create("can't create this file", file, errno);
  }
  if (!close_to_others(descriptor)) {
    throw file_error("can't set the rights of this file", file, errno);
  }
}

bool close_to_others(const FileDescriptor& file) {
  struct stat status {};
  return ::fstat(file.number(), &status) == 0 &&
         (has_rights(status, S_IRUSR | S_IWUSR) || ::fchmod(file.number(), S_IRUSR | S_IWUSR) == 0);
}

std::optional<std::string> read_private_beginning(const std::filesystem::path& file,
                                                  std::size_t size, Access access) {
  const std::optional<FileDescriptor> opened = open_private(file, access);
  if (!opened) return std::nullopt;
  return read_at_most(*opened, file, size, size);
}

std::optional<std::string> read_private_file(const std::filesystem::path& file) {
  const std::optional<FileDescriptor> opened = open_private(file, Access::read_only);
  if (!opened) return std::nullopt;
  const off_t size = status_of(*opened, file).st_size;
  if (size > static_cast<off_t>(most_private_bytes)) {
    throw Error(ErrorKind::bad_data, "it is larger than 1 GiB", escape(file.native()));
  }
  return read_at_most(*opened, file, static_cast<std::size_t>(size),
                      static_cast<std::size_t>(size));
}

std::string read_regular_file(const std::filesystem::path& path, std::size_t limit) {
  // Without O_NONBLOCK opening a FIFO waits for a writer; without O_NOCTTY a terminal could become
  // ours.
  const FileDescriptor file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file.is_open()) {
    // A socket, or a device without its driver.
    if (errno == ENXIO || errno == ENODEV) throw irregular(path);
    throw file_error("can't open this file", path, errno);
  }
  const struct stat status = status_of(file, path);
  if (!S_ISREG(status.st_mode)) throw irregular(path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > limit) throw too_large(path, limit);
  // One byte more than its size, so that the second read sees the end; a file that grows, or has
  // no size (/proc), is followed up to the limit.
  std::string text = read_at_most(file, path, size + 1, limit + 1);
  if (text.size() > limit) throw too_large(path, limit);
  return text;
}

}  // namespace attune::store
