// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attune::app {

enum class KeyKind {
  character,  ///< `text` holds one printable character, UTF-8
  enter,
  backspace,
  left,
  right,
  erase_line,    ///< Ctrl-U
  end_of_input,  ///< Ctrl-D
  unknown,       ///< anything else; does nothing, never an answer
};

struct Key {
  KeyKind kind = KeyKind::unknown;
  std::string text;
  bool pasted = false;  ///< came between the marks of a paste
};

/// Turns the bytes of a terminal in raw mode into keys. Escape sequences and UTF-8 may arrive in
/// pieces.
class KeyDecoder {
 public:
  /// The keys that `bytes` complete.
  [[nodiscard]] std::vector<Key> decode(std::string_view bytes);

  /// Whether the beginning of a sequence waits for more.
  [[nodiscard]] bool is_waiting() const { return !pending_.empty(); }

  /// Nothing more came: what waits is a key of its own (a lone Escape), which means nothing here.
  void give_up() { pending_.clear(); }

 private:
  [[nodiscard]] bool is_paste_mark(std::string_view sequence);

  std::string pending_;
  bool pasting_ = false;
};

/// How long a started escape sequence may take to arrive in full.
inline constexpr int escape_milliseconds = 60;

}  // namespace attune::app
