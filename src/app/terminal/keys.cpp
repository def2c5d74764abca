// SPDX-License-Identifier: MIT
#include "app/terminal/keys.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "attune/text.hpp"

namespace attune::app {
namespace {

constexpr char escape_byte = '\x1B';
constexpr char cancel = '\x18';
constexpr char substitute = '\x1A';
constexpr std::size_t most_parameters = 8;  // no key that counts has more
constexpr double alt_pause = 0.1;           // Alt sends its two bytes closer together
constexpr std::string_view after_escape = "\x1B[]OPNX^_\\(#";  // in what a terminal sends

bool is_in(char byte, unsigned char first, unsigned char last) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= first && value <= last;
}

using KnownKey = std::pair<std::string_view, KeyKind>;

constexpr KnownKey controls[] = {{"\r", KeyKind::enter},        {"\n", KeyKind::enter},
                                 {"\x7F", KeyKind::backspace},  {"\b", KeyKind::backspace},
                                 {"\x01", KeyKind::home},       {"\x05", KeyKind::end},
                                 {"\x0C", KeyKind::redraw},     {"\x04", KeyKind::end_of_input},
                                 {"\x15", KeyKind::erase_line}, {"\x17", KeyKind::erase_word}};

// What follows ESC [ or ESC O.
constexpr KnownKey sequences[] = {
    {"A", KeyKind::up},        {"B", KeyKind::down},   {"C", KeyKind::right},
    {"D", KeyKind::left},      {"H", KeyKind::home},   {"F", KeyKind::end},
    {"1~", KeyKind::home},     {"7~", KeyKind::home},  {"4~", KeyKind::end},
    {"8~", KeyKind::end},      {"3~", KeyKind::erase}, {"5~", KeyKind::page_up},
    {"6~", KeyKind::page_down}};

// Unknown for all that count as no key.
KeyKind kind_among(std::span<const KnownKey> known, std::string_view bytes) {
  const auto found = std::ranges::find(known, bytes, &KnownKey::first);
  return found == known.end() ? KeyKind::unknown : found->second;
}

bool is_continuation(char byte) { return is_in(byte, 0x80, 0xBF); }

std::size_t utf8_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

// Where the last character of `text`, as a person sees it, begins; 0 when there is none.
std::size_t last_character(std::string_view text) {
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    start = at;
    at += std::max<std::size_t>(first_cluster_bytes(text.substr(at)), 1);
  }
  return start;
}

std::size_t last_word(std::string_view text) {
  const std::size_t end = text.find_last_not_of(' ');
  const std::size_t space = text.find_last_of(' ', end);
  return end == std::string_view::npos || space == std::string_view::npos ? 0 : space + 1;
}

}  // namespace

std::vector<Key> KeyDecoder::decode(std::string_view bytes, double seconds) {
  const double pause = seconds - std::exchange(last_, seconds);
  if (pause >= longest_pause) {
    state_ = State::ground;
    character_.clear();
    pasting_ = false;
  } else if (state_ == State::escape && pause >= alt_pause && !bytes.empty() &&
             after_escape.find(bytes.front()) == std::string_view::npos) {
    state_ = State::ground;  // Escape was a key of its own
  }
  std::vector<Key> keys;
  for (const char byte : bytes) {
    take(byte, keys);
    previous_ = byte;
  }
  return keys;
}

void KeyDecoder::take(char byte, std::vector<Key>& keys) {
  const bool is_control = is_in(byte, 0, 0x1F) || byte == '\x7F';
  if (byte == escape_byte || byte == cancel || byte == substitute) {  // they end what there was
    character_.clear();
    is_with_alt_ = byte == escape_byte && state_ == State::escape;
    state_ = byte == escape_byte ? State::escape : State::ground;
    return;
  }
  switch (state_) {
    case State::ground:
      return is_control ? take_control(byte, keys) : take_character(byte, keys);
    case State::escape:
      return begin(byte, keys);
    case State::intermediate:
      if (!is_control && !is_in(byte, ' ', '/')) state_ = State::ground;
      return;
    case State::parameters:
    case State::shift: {
      if (is_control) return;
      const bool is_final = state_ == State::shift ? !is_in(byte, '0', ';') : is_in(byte, '@', '~');
      if (is_final) return end_sequence(byte, keys);
      if (parameters_.size() <= most_parameters) parameters_ += byte;
      return;
    }
    case State::string:
      if (byte == '\a' || (is_8_bit_ && byte == '\x9C')) state_ = State::ground;
      return;
    case State::report:
      // Beyond column 95 a place takes two bytes of UTF-8, or in older terminals one of 8 bits.
      if (is_continuation(byte) && is_in(previous_, 0xC2, 0xDF)) return;
      if (--report_left_ == 0) state_ = State::ground;
  }
}

// What parts lines and words in a paste parts them where it is pasted.
void KeyDecoder::take_control(char byte, std::vector<Key>& keys) {
  character_.clear();
  const bool is_second_half = byte == '\n' && previous_ == '\r';
  if (!pasting_) {
    add({kind_among(controls, {&byte, 1}), {}}, keys);
  } else if (is_in(byte, '\t', '\r') && !is_second_half) {
    add({KeyKind::character, " "}, keys);
  }
}

// After Escape, or the one byte that stands for it and `byte`.
void KeyDecoder::begin(char byte, std::vector<Key>& keys, bool is_8_bit) {
  parameters_.clear();
  is_8_bit_ = is_8_bit;
  state_ = State::ground;
  if (is_8_bit) is_with_alt_ = false;
  if (byte == '[') {
    state_ = State::parameters;
  } else if (byte == 'O') {
    state_ = State::shift;
  } else if (byte == 'N') {
    state_ = State::report;
    report_left_ = 1;
  } else if (std::string_view("PX]^_").find(byte) != std::string_view::npos) {
    state_ = State::string;
  } else if (is_in(byte, ' ', '/')) {
    state_ = State::intermediate;
  } else if (is_in(byte, 0x80, 0xFF)) {  // Alt and a letter beyond ASCII: never a whole one
    character_ = escape_byte;
    take_character(byte, keys);
  } else if (byte != '\\' && !is_8_bit) {  // no end of a string, so Alt and a key
    add({}, keys);
  }
}

void KeyDecoder::end_sequence(char final, std::vector<Key>& keys) {
  // xterm's older mouse reports, and the function keys of the Linux console.
  constexpr std::string_view followed = "MtT[";
  constexpr int characters[] = {3, 2, 6, 1};
  const std::size_t which = followed.find(final);
  const bool goes_on =
      state_ == State::parameters && parameters_.empty() && which != std::string_view::npos;
  state_ = goes_on ? State::report : State::ground;
  if (goes_on) report_left_ = characters[which];
  const std::string sequence = parameters_ + final;
  if (sequence == "200~" || sequence == "201~") pasting_ = sequence == "200~";
  const KeyKind kind = kind_among(sequences, sequence);
  if (!goes_on && !is_with_alt_ && kind != KeyKind::unknown) add({kind, {}}, keys);
}

void KeyDecoder::take_character(char byte, std::vector<Key>& keys) {
  const bool has_escape = character_.starts_with(escape_byte);
  if (character_.size() > (has_escape ? 1U : 0U) && !is_continuation(byte)) {
    character_.clear();
    add({}, keys);  // it breaks off
    return take(byte, keys);
  }
  if (character_.empty() && is_in(byte, 0x80, 0x9F)) {
    return begin(static_cast<char>((byte & 0x1F) | 0x40), keys, true);
  }
  character_ += byte;
  const std::size_t before = has_escape ? 1 : 0;
  if (character_.size() < before + utf8_length(character_[before])) return;
  const std::string whole = std::exchange(character_, {});
  if (invalid_utf8(whole)) return add({}, keys);
  const char32_t code_point = first_code_point(whole).value;
  if (code_point >= 0x80 && code_point < 0xA0) {
    begin(static_cast<char>(code_point - 0x40), keys, true);
  } else {
    add(is_printable(code_point) ? Key{KeyKind::character, whole} : Key{}, keys);
  }
}

void KeyDecoder::add(Key key, std::vector<Key>& keys) const {
  key.pasted = pasting_;
  keys.push_back(std::move(key));
}

void LineEditor::clear() {
  text_.clear();
  caret_ = 0;
}

void LineEditor::erase_from(std::size_t start) {
  text_.erase(start, caret_ - start);
  caret_ = start;
}

bool LineEditor::take(const Key& key) {
  const std::string_view rest = std::string_view(text_).substr(caret_);
  const std::size_t next = rest.empty() ? 0 : first_cluster_bytes(rest);
  switch (key.kind) {
    case KeyKind::character:
      text_.insert(caret_, key.text);
      caret_ += key.text.size();
      return true;
    case KeyKind::backspace:
      erase_from(last_character(before_caret()));
      return true;
    case KeyKind::erase:
      text_.erase(caret_, next);
      return true;
    case KeyKind::erase_line:
      erase_from(0);
      return true;
    case KeyKind::erase_word:
      erase_from(last_word(before_caret()));
      return true;
    case KeyKind::left:
      caret_ = last_character(before_caret());
      return true;
    case KeyKind::right:
      caret_ += next;
      return true;
    case KeyKind::home:
      caret_ = 0;
      return true;
    case KeyKind::end:
      caret_ = text_.size();
      return true;
    default:
      return false;
  }
}

}  // namespace attune::app
