// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>

#include "attune/text.hpp"

#include "definition/toml_parser.hpp"

namespace attune::detail {

namespace {

constexpr char32_t no_code_point = 0x110000;  // above the last one

// Bytes at which a run of plain characters ends: quotes, backslash, line ends.
constexpr std::array<bool, 256> ends_run = [] {
  std::array<bool, 256> ends{};
  ends['"'] = ends['\''] = ends['\\'] = ends['\n'] = ends['\r'] = true;
  return ends;
}();

std::size_t after_run(std::string_view text, std::size_t at) {
  while (at < text.size() && !ends_run[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

void append_utf8(char32_t point, std::string& text) {
  const auto add = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0U | (point >> 6U));
  } else {
    if (point < 0x10000) {
      add(0xE0U | (point >> 12U));
    } else {
      add(0xF0U | (point >> 18U));
      add(0x80U | ((point >> 12U) & 0x3FU));
    }
    add(0x80U | ((point >> 6U) & 0x3FU));
  }
  add(0x80U | (point & 0x3FU));
}

// The code point of the hexadecimal digits, or a value above all code points.
char32_t hex_value(std::string_view digits) {
  char32_t value = 0;
  for (const char c : digits) {
    char32_t digit = no_code_point;
    if (c >= '0' && c <= '9') digit = static_cast<char32_t>(c - '0');
    if (c >= 'a' && c <= 'f') digit = static_cast<char32_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') digit = static_cast<char32_t>(c - 'A' + 10);
    if (digit == no_code_point || value >= no_code_point) return no_code_point;
    value = value * 16 + digit;
  }
  return value;
}

char32_t short_escape(char letter) {
  constexpr std::string_view letters = "btnfr\"\\";
  constexpr std::string_view values = "\b\t\n\f\r\"\\";
  const std::size_t index = letters.find(letter);
  if (index == std::string_view::npos) return no_code_point;
  return static_cast<unsigned char>(values[index]);
}

}  // namespace

bool TomlParser::read_text(std::string_view& text) {
  const char quote = peek();
  const Quotes quotes = quote == '"' ? Quotes::basic : Quotes::literal;
  if (peek(1) == quote && peek(2) == quote) return read_multi_line(text, quotes);
  return read_single_line(text, quotes);
}

bool TomlParser::read_single_line(std::string_view& text, Quotes quotes) {
  const char quote = peek();
  const std::size_t start = ++at_;
  std::string* unescaped = nullptr;  // only a text with an escape needs a copy
  std::size_t copied = start;
  while (true) {
    at_ = after_run(text_, at_);
    if (done() || at_newline()) {
      at_ = start - 1;
      return fail(here(), "the text that begins here has no closing quote on its line");
    }
    if (peek() == quote) break;
    if (peek() != '\\' || quotes == Quotes::literal) {
      ++at_;
      continue;
    }
    if (unescaped == nullptr) unescaped = &tree_.unescaped.emplace_back();
    unescaped->append(text_, copied, at_ - copied);
    if (!unescape(*unescaped) && !at_newline()) refuse_backslash(here() - 1);
    copied = at_;
  }
  if (unescaped != nullptr) unescaped->append(text_, copied, at_ - copied);
  text = unescaped != nullptr ? *unescaped : text_.substr(start, at_ - start);
  ++at_;
  return true;
}

bool TomlParser::read_multi_line(std::string_view& text, Quotes quotes) {
  const std::size_t start = at_;
  const char quote = peek();
  at_ += 3;
  if (peek() == '\r') ++at_;
  if (peek() == '\n') ++at_;
  std::string& copy = tree_.unescaped.emplace_back();
  while (true) {
    const std::size_t run_end = after_run(text_, at_);
    copy.append(text_, at_, run_end - at_);
    at_ = run_end;
    if (done()) {
      at_ = start;
      return fail(here(), "the text that begins here has no closing quotes");
    }
    if (peek() == quote && peek(1) == quote && peek(2) == quote) break;
    if (peek() == '\\' && quotes == Quotes::basic) {
      if (!unescape(copy)) skip_line_continuation();
    } else {
      if (peek() != '\r') copy += peek();  // a line ends with "\n", whatever the file says
      ++at_;
    }
  }
  at_ += 3;
  // One or two quotes may stand before the closing three.
  for (int extra = 0; extra < 2 && peek() == quote; ++extra, ++at_) copy += quote;
  text = copy;
  return true;
}

// Reads one escape into `text`. False, with the cursor after the backslash, when white space
// follows: the end of a line in a text of several lines. A bad escape is reported and left out.
bool TomlParser::unescape(std::string& text) {
  const Offset at = here();
  const char letter = peek(1);
  ++at_;
  if (letter == ' ' || letter == '\t' || at_newline()) return false;
  std::size_t length = 1;
  char32_t point = short_escape(letter);
  if (letter == 'u' || letter == 'U') {
    length += letter == 'u' ? 4 : 8;
    point = hex_value(text_.substr(at_ + 1, length - 1));
    if (at_ + length > text_.size()) point = no_code_point;
  }
  const std::string_view written = text_.substr(at, length + 1);
  if (point >= no_code_point || (point >= 0xD800 && point <= 0xDFFF)) {
    findings_.error(at, "there is no escape " + quoted(written.substr(0, 2)) + " like this",
                    "write \\\\ for a backslash");
    return true;  // what follows the backslash stays as it is
  }
  at_ += length;
  if (is_printable(point)) {
    append_utf8(point, text);
  } else {
    findings_.error(at, "the escape " + quoted(written) + " stands for a character not allowed",
                    "control, direction and invisible characters hide what a text says");
  }
  return true;
}

// After a backslash at the end of a line, the line end and all white space up to the next word.
void TomlParser::skip_line_continuation() {
  const Offset at = here() - 1;
  skip_spaces();
  if (!at_newline()) return refuse_backslash(at);
  while (peek() == ' ' || peek() == '\t' || at_newline()) ++at_;
}

void TomlParser::refuse_backslash(Offset at) {
  findings_.error(at, "a backslash stands before a space", "write \\\\ for a backslash");
}

}  // namespace attune::detail
