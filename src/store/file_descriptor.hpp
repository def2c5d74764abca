// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <utility>

namespace attune::detail {

/// Owns one open file of the system. A failed open gives an empty one and leaves errno.
class FileDescriptor {
 public:
  FileDescriptor(const std::filesystem::path& path, int flags, mode_t mode = 0) {
    do {
      number_ = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    } while (number_ < 0 && errno == EINTR);
  }
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (number_ >= 0) ::close(number_);
  }

  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

  /// Up to `size` bytes into `buffer`: how many, 0 at the end, -1 with errno. A signal does not end
  /// it.
  [[nodiscard]] ssize_t read(char* buffer, std::size_t size) const {
    ssize_t count = 0;
    do {
      count = ::read(number_, buffer, size);
    } while (count < 0 && errno == EINTR);
    return count;
  }

 private:
  int number_ = -1;
};

}  // namespace attune::detail
