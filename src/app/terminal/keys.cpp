// SPDX-License-Identifier: MIT
#include "app/terminal/keys.hpp"

#include <algorithm>

#include "attune/text.hpp"

namespace attune::app {
namespace {

constexpr char escape_byte = '\x1B';
constexpr std::size_t longest_sequence = 32;  // longer ones are no key of any terminal

// How many bytes the escape sequence at the front takes; 0 while it is incomplete.
std::size_t sequence_length(std::string_view bytes) {
  if (bytes.size() < 2) return 0;
  if (bytes[1] == 'O') return bytes.size() < 3 ? 0 : 3;
  if (bytes[1] != '[') return 2;  // Alt and a key
  for (std::size_t i = 2; i < bytes.size(); ++i) {
    if (bytes[i] >= '@' && bytes[i] <= '~') return i + 1;
    if (i >= longest_sequence) return i + 1;
  }
  return 0;
}

Key key_of_sequence(std::string_view sequence) {
  if (sequence == "\x1B[D" || sequence == "\x1BOD") return {KeyKind::left, {}};
  if (sequence == "\x1B[C" || sequence == "\x1BOC") return {KeyKind::right, {}};
  return {KeyKind::unknown, {}};
}

Key key_of_control(char byte) {
  switch (byte) {
    case '\r':
    case '\n':
      return {KeyKind::enter, {}};
    case '\x7F':
    case '\b':
      return {KeyKind::backspace, {}};
    case '\x15':
      return {KeyKind::erase_line, {}};
    case '\x04':
      return {KeyKind::end_of_input, {}};
    default:
      return {KeyKind::unknown, {}};
  }
}

std::size_t utf8_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

Key key_of_character(std::string_view bytes) {
  const bool legal = !invalid_utf8(bytes) && is_printable(first_code_point(bytes).value);
  return legal ? Key{KeyKind::character, std::string(bytes)} : Key{KeyKind::unknown, {}};
}

}  // namespace

bool KeyDecoder::is_paste_mark(std::string_view sequence) {
  const bool begin = sequence == "\x1B[200~";
  const bool end = sequence == "\x1B[201~";
  if (begin || end) pasting_ = begin;
  return begin || end;
}

std::vector<Key> KeyDecoder::decode(std::string_view bytes) {
  pending_ += bytes;
  std::vector<Key> keys;
  std::string_view rest = pending_;
  while (!rest.empty()) {
    const char first = rest.front();
    const bool control = static_cast<unsigned char>(first) < 0x20 || first == '\x7F';
    const std::size_t known = keys.size();
    std::size_t length = 1;
    if (first == escape_byte) {
      length = sequence_length(rest);
      if (length == 0) break;
      const std::string_view sequence = rest.substr(0, length);
      if (!is_paste_mark(sequence)) keys.push_back(key_of_sequence(sequence));
    } else if (control) {
      keys.push_back(key_of_control(first));
    } else {
      length = utf8_length(first);
      if (length > rest.size()) break;
      keys.push_back(key_of_character(rest.substr(0, length)));
    }
    rest.remove_prefix(length);
    if (keys.size() > known) keys.back().pasted = pasting_;
  }
  pending_ = std::string(rest);
  return keys;
}

}  // namespace attune::app
