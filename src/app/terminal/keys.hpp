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
  erase,  ///< Delete
  up,
  down,
  left,
  right,
  home,  ///< or Ctrl-A
  end,   ///< or Ctrl-E
  page_up,
  page_down,
  erase_line,    ///< Ctrl-U
  erase_word,    ///< Ctrl-W
  redraw,        ///< Ctrl-L
  end_of_input,  ///< Ctrl-D
  unknown,       ///< another key; does nothing, never an answer
};

struct Key {
  KeyKind kind = KeyKind::unknown;
  std::string text;
  bool pasted = false;  ///< came between the marks of a paste
};

/// Turns the bytes of a terminal in raw mode into the keys a person pressed. It knows every control
/// sequence of ECMA-48 and DEC's VT500, xterm's mouse reports and marks of a paste, in 7 and 8
/// bits, split anywhere: what a terminal sends of its own accord, and every key not listed above,
/// comes to nothing. A lone Escape does nothing either, and a key from 0.1 s after it is a key of
/// its own.
class KeyDecoder {
 public:
  /// The keys that `bytes` complete. `seconds`: when they came, on a clock that never runs back.
  [[nodiscard]] std::vector<Key> decode(std::string_view bytes, double seconds);

 private:
  enum class State { ground, escape, intermediate, parameters, shift, string, report };

  void take(char byte, std::vector<Key>& keys);
  void take_control(char byte, std::vector<Key>& keys);
  void take_character(char byte, std::vector<Key>& keys);
  void begin(char byte, std::vector<Key>& keys, bool is_8_bit = false);
  void end_sequence(char final, std::vector<Key>& keys);
  void add(Key key, std::vector<Key>& keys) const;

  State state_ = State::ground;
  std::string parameters_;  // of a control sequence, as far as a key can have them
  std::string character_;   // the first bytes of one in UTF-8
  int report_left_ = 0;     // characters of a mouse report still to come
  char previous_ = 0;
  bool is_8_bit_ = false;     // the string may end with one byte
  bool is_with_alt_ = false;  // an Escape stood before the sequence
  bool pasting_ = false;
  double last_ = 0;
};

/// What is begun, a sequence or a paste, and is not gone on with for so many seconds, is over.
inline constexpr double longest_pause = 1;

/// A line as it is typed, edited as in a shell: arrows, Home, End, Delete, Ctrl-A, E, U and W.
class LineEditor {
 public:
  /// Does what `key` stands for; false where it stands for nothing in a line.
  bool take(const Key& key);

  void clear();

  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view before_caret() const {
    return std::string_view(text_).substr(0, caret_);
  }

 private:
  void erase_from(std::size_t start);

  std::string text_;
  std::size_t caret_ = 0;  // bytes before it
};

}  // namespace attune::app
