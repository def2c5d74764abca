// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <sys/stat.h>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "store/file_descriptor.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

Error irregular(const std::filesystem::path& path) {
  return {.kind = ErrorKind::not_found,
          .message = "this is not a regular file",
          .place = escape(path.native()),
          .advice = {}};
}

Error too_large(const std::filesystem::path& path, std::size_t limit) {
  return {.kind = ErrorKind::bad_data,
          .message = fmt::format("this file is larger than {} bytes", limit),
          .place = escape(path.native()),
          .advice = {}};
}

}  // namespace

std::string read_regular_file(const std::filesystem::path& path, std::size_t limit) {
  // Without O_NONBLOCK opening a FIFO waits for a writer; without O_NOCTTY a terminal could become
  // ours.
  const detail::FileDescriptor file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file.is_open()) {
    // A socket, or a device without its driver.
    if (errno == ENXIO || errno == ENODEV) throw irregular(path);
    throw detail::file_error("can't open this file", path, errno);
  }
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) {
    throw detail::file_error("can't look at this file", path, errno);
  }
  if (!S_ISREG(status.st_mode)) throw irregular(path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > limit) throw too_large(path, limit);
  // One byte more than its size, so that the end is seen by the second read; a file that grows, or
  // tells no size (/proc), is followed up to the limit.
  std::string text(size + 1, '\0');
  std::size_t filled = 0;
  while (true) {
    const ssize_t count = file.read(text.data() + filled, text.size() - filled);
    if (count < 0) throw detail::file_error("can't read this file", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled > limit) throw too_large(path, limit);
    if (filled == text.size()) text.resize(std::min(2 * text.size(), limit + 1));
  }
  text.resize(filled);
  return text;
}

}  // namespace attune
