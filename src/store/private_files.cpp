// SPDX-License-Identifier: MIT
#include "store/private_files.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attune/text.hpp"

#include "store/file_descriptor.hpp"
#include "store/file_error.hpp"

namespace attune::detail {
namespace {

constexpr mode_t others_write = S_IWGRP | S_IWOTH;
constexpr mode_t others_any = S_IRWXG | S_IRWXO;
constexpr off_t most_bytes = off_t{1} << 30;

Error refusal(std::string message, const std::filesystem::path& path, std::string advice) {
  return {.kind = ErrorKind::permission,
          .message = std::move(message),
          .place = escape(path.native()),
          .advice = {std::move(advice)}};
}

void check_ownership(const struct stat& status, const std::filesystem::path& path) {
  if (status.st_uid != ::geteuid()) {
    throw refusal("it belongs to another user", path,
                  "a history is opened only when it and its directory are your own");
  }
  if ((status.st_mode & others_write) != 0) {
    throw refusal("other users may write to it", path,
                  fmt::format("close it with: chmod go-w '{}'", escape(path.native())));
  }
}

void make_directory(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), S_IRWXU) == 0) {
    // An odd umask may have taken the owner's own rights.
    if (::chmod(directory.c_str(), S_IRWXU) != 0) {
      throw file_error("can't set the rights of this directory", directory, errno);
    }
    sync_directory(directory.has_parent_path() ? directory.parent_path() : ".");
    return;
  }
  if (errno == EEXIST) return;
  if (errno == ENOENT && directory.has_parent_path() && directory.parent_path() != directory) {
    make_directory(directory.parent_path());
    return make_directory(directory);
  }
  Error error = file_error("can't create this directory", directory, errno);
  if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::cannot_create;
  throw error;
}

// The file, after its looks were judged; nothing when there is none.
std::optional<FileDescriptor> open_private(const std::filesystem::path& file, Access access) {
  FileDescriptor descriptor(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (!descriptor.is_open()) {
    if (errno == ENOENT) return std::nullopt;
    if (errno == ELOOP) {
      throw refusal("it is a symbolic link", file, "the history must be a file of your own");
    }
    throw file_error("can't open this file", file, errno);
  }
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) {
    throw file_error("can't look at this file", file, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    throw refusal("it is not a regular file", file, "the history must be a file of your own");
  }
  check_ownership(status, file);
  if (access == Access::read_write && (status.st_mode & others_any) != 0 &&
      ::fchmod(descriptor.number(), S_IRUSR | S_IWUSR) != 0) {
    throw file_error("can't close this file to other users", file, errno);
  }
  return descriptor;
}

// The first `size` bytes, or fewer where it ends.
std::string read_up_to(const FileDescriptor& descriptor, std::size_t size,
                       const std::filesystem::path& file) {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t count = descriptor.read(bytes.data() + filled, size - filled);
    if (count < 0) throw file_error("can't read this file", file, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

void sync_directory(const std::filesystem::path& directory) {
  const FileDescriptor descriptor(directory, O_RDONLY | O_DIRECTORY);
  // Some file systems can't sync a directory (EINVAL); then there is nothing better to do.
  if (!descriptor.is_open() || (::fsync(descriptor.number()) != 0 && errno != EINVAL)) {
    throw file_error("can't make sure that what was written is kept", directory, errno);
  }
}

bool check_private_directory(const std::filesystem::path& directory) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return false;
    throw file_error("can't look at this directory", directory, errno);
  }
  if (!S_ISDIR(status.st_mode)) {
    throw refusal("it is not a directory", directory, "the history is kept in a directory");
  }
  check_ownership(status, directory);
  return true;
}

void make_private_directory(const std::filesystem::path& directory) {
  if (!check_private_directory(directory)) {
    make_directory(directory);
    static_cast<void>(check_private_directory(directory));
  }
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0) {
    throw file_error("can't look at this directory", directory, errno);
  }
  if ((status.st_mode & others_any) != 0 && ::chmod(directory.c_str(), S_IRWXU) != 0) {
    throw file_error("can't close this directory to other users", directory, errno);
  }
}

void make_private_file(const std::filesystem::path& file) {
  const FileDescriptor descriptor(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (!descriptor.is_open()) {
    if (errno == EEXIST) return;
    Error error = file_error("can't create this file", file, errno);
    if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::cannot_create;
    throw error;
  }
  if (::fchmod(descriptor.number(), S_IRUSR | S_IWUSR) != 0) {
    throw file_error("can't set the rights of this file", file, errno);
  }
}

std::optional<std::string> read_private_beginning(const std::filesystem::path& file,
                                                  std::size_t size, Access access) {
  const std::optional<FileDescriptor> opened = open_private(file, access);
  if (!opened) return std::nullopt;
  return read_up_to(*opened, size, file);
}

std::optional<std::string> read_private_file(const std::filesystem::path& file) {
  const std::optional<FileDescriptor> opened = open_private(file, Access::read_only);
  if (!opened) return std::nullopt;
  struct stat status {};
  if (::fstat(opened->number(), &status) != 0) {
    throw file_error("can't look at this file", file, errno);
  }
  if (status.st_size > most_bytes) {
    throw Error{ErrorKind::bad_data, "it is larger than 1 GiB", escape(file.native()), {}};
  }
  return read_up_to(*opened, static_cast<std::size_t>(status.st_size), file);
}

}  // namespace attune::detail
