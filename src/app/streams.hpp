// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "attune/result.hpp"

namespace attune {

/// A buffered writer on a file descriptor that remembers its first failure. A closed pipe is no
/// failure: what follows is dropped, quietly.
class Output {
 public:
  explicit Output(int descriptor) : descriptor_(descriptor) {}

  void write(std::string_view text);

  /// Hands everything to the system. False when this or an earlier write failed.
  bool flush();

  /// errno of the first failure, 0 when there was none.
  [[nodiscard]] int error() const { return error_; }
  /// Whether the reader at the other end of a pipe has gone: nobody wants the rest.
  [[nodiscard]] bool is_closed() const { return closed_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  void send(std::string_view rest);

  int descriptor_;
  int error_ = 0;
  bool closed_ = false;
  std::string buffer_;
};

/// The three standard streams and what is at their other end.
struct Streams {
  int in = 0;
  Output out{1};
  Output err{2};
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

/// All of `descriptor` up to its end, at most `limit` bytes (more is bad_data; a failing read io).
[[nodiscard]] Result<std::string> read_all(int descriptor, std::size_t limit);

/// Columns and rows of the terminal behind `descriptor`; 0 where it does not say.
struct TerminalSize {
  std::size_t columns = 0;
  std::size_t rows = 0;
};
[[nodiscard]] TerminalSize terminal_size(int descriptor);

}  // namespace attune
