// SPDX-License-Identifier: MIT
#include "app/streams.hpp"

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "store/file_error.hpp"

namespace attune {
namespace {
constexpr std::size_t flush_at_bytes = std::size_t{64} * 1024;
}

void Output::write(std::string_view text) {
  if (text.size() >= flush_at_bytes) {
    flush();
    send(text);
    return;
  }
  if (closed_ || error_ != 0) return;
  buffer_ += text;
  if (buffer_.size() >= flush_at_bytes) flush();
}

bool Output::flush() {
  send(buffer_);
  buffer_.clear();
  return error_ == 0;
}

void Output::send(std::string_view rest) {
  while (!rest.empty() && !closed_ && error_ == 0) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
    } else if (errno != EINTR && errno != EAGAIN) {
      error_ = errno;
    }
  }
}

Result<std::string> read_all(int descriptor, std::size_t limit) {
  std::string text;
  std::array<char, std::size_t{16} * 1024> block;
  while (true) {
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return Error{
          ErrorKind::io, fmt::format("can't be read: {}", detail::reason_of(errno)), "", {}};
    }
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > limit) {
      return Error{ErrorKind::bad_data, fmt::format("is larger than {} bytes", limit), "", {}};
    }
  }
}

TerminalSize terminal_size(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return {};
  return {size.ws_col, size.ws_row};
}

}  // namespace attune
