// SPDX-License-Identifier: MIT
#pragma once

/// Files as the system has them: one that closes itself, why a call failed in our own words, and
/// directories and files for one person's eyes: made 0700 and 0600 whatever the umask, and trusted
/// only when they are the person's own and nobody else can write them.

#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <unistd.h>
#include <utility>

#include "attune/error.hpp"

namespace attune::store {

/// Why a system call failed, in our own words: "the disk is full". `error_number` is an errno.
[[nodiscard]] std::string reason_of(int error_number);

/// The kind that an errno means for a script; `io` for all that is not about permission or names.
[[nodiscard]] ErrorKind kind_of(int error_number);

/// "<what>: <reason>" about `path`, with the kind that follows from `error_number`.
[[nodiscard]] Error file_error(std::string_view what, const std::filesystem::path& path,
                               int error_number);

/// Owns one open file of the system. A failed open gives an empty one and leaves errno.
class FileDescriptor {
 public:
  FileDescriptor(const std::filesystem::path& path, int flags, mode_t mode = 0);
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (number_ >= 0) ::close(number_);
  }

  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

  /// Up to `size` bytes into `buffer`: how many, 0 at the end, -1 with errno. A signal does not end
  /// it.
  [[nodiscard]] ssize_t read(char* buffer, std::size_t size) const;

 private:
  int number_ = -1;
};

/// What a file is opened for. `read_only` changes nothing at all, not even a mode.
enum class Access { read_only, read_write };

/// Makes `directory`, and the parents it lacks, 0700; its entry in the parent is durable. One that
/// is there is left as it is. Errors: permission, cannot_create, io.
void make_directories(const std::filesystem::path& directory);

/// The same. One that exists is checked like `check_private_directory` and closed to others' eyes.
void make_private_directory(const std::filesystem::path& directory);

/// Whether `directory` is there. Error permission when it is another user's, writable by others, or
/// no directory.
[[nodiscard]] bool check_private_directory(const std::filesystem::path& directory);

/// Makes an empty file with mode 0600. Not an error when it is there already.
void make_private_file(const std::filesystem::path& file);

/// Makes an open file one for its owner's eyes alone. False with errno.
[[nodiscard]] bool close_to_others(const FileDescriptor& file);

/// The first `size` bytes (fewer when it is shorter), or nothing when there is no such file. Error
/// permission when it is a symbolic link, no regular file, another user's, or writable by others.
/// With `read_write` one that others may read is closed to them.
[[nodiscard]] std::optional<std::string> read_private_beginning(const std::filesystem::path& file,
                                                                std::size_t size, Access access);

/// What a locked history may have at most.
inline constexpr std::size_t most_private_bytes = std::size_t{1} << 30;

/// All of such a file. Errors: as above, bad_data when it has more than `most_private_bytes`.
[[nodiscard]] std::optional<std::string> read_private_file(const std::filesystem::path& file);

/// The first `most` bytes of an open file, or fewer where it ends; more than none are `expected`.
[[nodiscard]] std::string read_at_most(const FileDescriptor& descriptor,
                                       const std::filesystem::path& file, std::size_t expected,
                                       std::size_t most);

/// What tells a file from every other one that is there at the same time: its device and inode;
/// zeros where there is none.
[[nodiscard]] std::pair<dev_t, ino_t> identity_of(const std::filesystem::path& file);

/// Overwrites all that an open file holds, durably, so that its blocks may be freed. False with
/// errno.
[[nodiscard]] bool overwrite(const FileDescriptor& file);

/// Makes the names in `directory` durable: a new name is only as durable as what holds it.
void sync_directory(const std::filesystem::path& directory);

}  // namespace attune::store
