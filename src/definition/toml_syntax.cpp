// SPDX-License-Identifier: MIT
// What has to be right about the bytes of a file before toml++ may see them, and every message
// about syntax.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "attune/text.hpp"

#include "definition/toml.hpp"

namespace attune::definition {

namespace {

constexpr std::size_t max_text_bytes = std::size_t{1024} * 1024;
constexpr std::size_t max_reports = 20;  // a binary file has thousands of them and one cause
constexpr std::size_t max_depth = 16;
constexpr std::size_t max_key_parts = 8;
constexpr std::size_t max_values = 200'000;
constexpr std::size_t max_branches = 20'000;  // headers and dotted keys, which cost toml++ most
constexpr char32_t no_code_point = 0x110000;  // above the last one

constexpr std::string_view hidden_advice =
    "control, direction and invisible characters hide what a text says";
constexpr std::string_view backslash_advice = "write \\\\ for a backslash";

// The first byte after a byte order mark, if there is one.
std::size_t start_of_text(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// What a key without quotes is made of; numbers are too, but for '+' and '.'.
bool is_bare(char c) { return is_letter(c) || is_ascii_digit(c) || c == '_' || c == '-'; }

void refuse_character(Place at, char32_t code_point, Findings& findings) {
  if (code_point == U'\r') {
    findings.error(at, "a carriage return stands without a newline",
                   "end lines with a newline, or with carriage return and newline");
    return;
  }
  findings.error(
      at,
      fmt::format("the character U+{:04X} is not allowed", static_cast<std::uint32_t>(code_point)),
      std::string(hidden_advice));
}

// The code point of hexadecimal digits, or a value above all code points.
char32_t hex_value(std::string_view digits) {
  char32_t value = 0;
  for (const char c : digits) {
    char32_t digit = no_code_point;
    if (is_ascii_digit(c)) digit = static_cast<char32_t>(c - '0');
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

// Whether a word has the shape of a date or a time: "2026-11-24", "07:32".
bool is_date(std::string_view word) {
  const auto digits = [word](std::size_t count) {
    return word.size() > count && std::all_of(word.begin(), word.begin() + count, is_ascii_digit);
  };
  return (digits(4) && word[4] == '-') || (digits(2) && word[2] == ':');
}

// Whether toml++ may say whether `word` is a number.
bool looks_like_number(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
  if (word.empty() || !is_ascii_digit(word.front())) return false;
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return is_bare(c) || c == '+' || c == '.'; });
}

// What may have been meant by a word that is no value.
std::string word_advice(std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (lower == "true" || lower == "false") {
    return "write " + lower + " in small letters, without quotes";
  }
  if (lower == "yes" || lower == "on") return "write true, or put a text in double quotes";
  if (lower == "no" || lower == "off") return "write false, or put a text in double quotes";
  for (const std::string_view quote : {"\u201C", "\u201D", "\u201E", "\u2018", "\u2019", "\u201A",
                                       "\u00AB", "\u00BB", "\u2039", "\u203A", "\uFF02"}) {
    if (word.starts_with(quote)) return "a text stands in straight double quotes: \"";
  }
  const std::size_t point = word.find_first_not_of("+-");
  if (point != std::string_view::npos && word[point] == '.' && point + 1 < word.size() &&
      is_ascii_digit(word[point + 1])) {
    return "a number has a digit before its point, such as 0.75";
  }
  return "a text stands in double quotes";
}

class OutlineReader {
 public:
  OutlineReader(std::string_view text, std::size_t until)
      : text_(text), at_(start_of_text(text)), until_(until) {}

  Outline read() {
    for (skip_blank_lines(); !done() && at_ <= until_; skip_blank_lines()) {
      // With a mistake in it a statement stays the last one.
      if (outline_.mistakes.empty()) outline_.statement = at_;
      if (!read_statement()) break;
    }
    return std::move(outline_);
  }

 private:
  // The functions that return bool have noted their mistake before they return false; then the
  // reading ends. What is wrong within a text is noted, and the reading goes on.

  bool read_statement() {
    const bool is_header = peek() == '[';
    outline_.is_header = is_header;
    return (is_header ? read_header() : read_key_value(0)) && end_statement();
  }

  bool end_statement() {
    skip_spaces();
    skip_comment();
    if (done() || at_newline()) return true;
    std::string advice;
    const bool after_number = !outline_.word.empty() && is_ascii_digit(outline_.word.back());
    if (peek() == ',' && after_number && is_ascii_digit(peek(1))) {
      advice = "a number has a point, not a comma, such as 0.75";
    }
    return fail(at_, "expected the end of the line, found " + in_quotes(found()), advice);
  }

  bool read_header() {
    const std::string_view closing = peek(1) == '[' ? "]]" : "]";
    const std::size_t begin = at_;
    at_ += closing.size();
    skip_spaces();
    if (!read_key(begin)) return false;
    if (!text_.substr(at_).starts_with(closing)) {
      return fail(at_, fmt::format("expected '{}' at the end of the header", closing));
    }
    at_ += closing.size();
    return true;
  }

  bool read_key_value(std::size_t depth) {
    if (!read_key(at_)) return false;
    if (peek() != '=') {
      return fail(at_, "expected '=' after the key", peek() == ':' ? "write = instead of :" : "");
    }
    ++at_;
    skip_spaces();
    return read_value(depth);
  }

  // Up to the '=' or ']' after the key; `begin` is the place that decides whether it is kept.
  bool read_key(std::size_t begin) {
    std::vector<KeyPart> key;
    while (true) {
      if (key.size() == max_key_parts) return fail(at_, "a dotted key has more than 8 parts");
      if (!read_key_part(key)) return false;
      skip_spaces();
      if (peek() != '.') break;
      ++at_;
      skip_spaces();
    }
    if ((outline_.is_header || key.size() > 1) && ++branches_ > max_branches) {
      return fail(begin, "the file has more than 20,000 headers and dotted keys");
    }
    if (begin <= until_) outline_.key = std::move(key);
    return true;
  }

  bool read_key_part(std::vector<KeyPart>& key) {
    const std::size_t begin = at_;
    if (peek() == '"' || peek() == '\'') {
      if (!read_single_line()) return false;
      key.push_back({begin, text_.substr(begin + 1, at_ - begin - 2)});
      return true;
    }
    while (is_bare(peek())) ++at_;
    const bool is_foreign = static_cast<unsigned char>(peek()) >= 0x80;
    if (at_ > begin && !is_foreign) {
      key.push_back({begin, text_.substr(begin, at_ - begin)});
      return true;
    }
    if (done() || at_newline()) return fail(at_, "expected a key");
    std::string advice;
    if (is_foreign) advice = "a key without quotes holds only A-Z, a-z, 0-9, '_' and '-'";
    if (peek() == '}') advice = "no comma stands after the last value of an inline table";
    return fail(at_, "expected a key, found " + in_quotes(found()), advice);
  }

  bool read_value(std::size_t depth) {
    if (++values_ > max_values) return fail(at_, "the file has more than 200,000 values");
    switch (peek()) {
      case '"':
      case '\'':
        return text_.substr(at_).starts_with(std::string(3, peek())) ? read_multi_line()
                                                                     : read_single_line();
      case '[':
      case '{':
        if (depth >= max_depth) return fail(at_, "brackets are nested more than 16 deep");
        return peek() == '[' ? read_array(depth + 1) : read_inline_table(depth + 1);
      default:
        return read_word();
    }
  }

  bool read_array(std::size_t depth) {
    const std::size_t opened = at_++;
    for (skip_blank_lines(); peek() != ']'; skip_blank_lines()) {
      if (done()) return fail(opened, "the array that begins here has no closing ']'");
      if (!read_value(depth)) return false;
      skip_blank_lines();
      if (peek() == ',') {
        ++at_;
      } else if (peek() != ']' && !done()) {
        return fail(at_, "expected ',' or ']' in the array, found " + in_quotes(found()));
      }
    }
    ++at_;
    return true;
  }

  bool read_inline_table(std::size_t depth) {
    const std::size_t opened = at_++;
    skip_spaces();
    if (peek() == '}') {
      ++at_;
      return true;
    }
    while (true) {
      if (!line_ended() && !read_key_value(depth)) return false;
      skip_spaces();
      if (line_ended()) {
        return fail(opened, "the inline table that begins here has no closing '}' on its line",
                    "an inline table stands on one line");
      }
      const char separator = peek();
      if (separator != ',' && separator != '}') {
        return fail(at_, "expected ',' or '}' in the inline table, found " + in_quotes(found()));
      }
      ++at_;
      if (separator == '}') return true;
      skip_spaces();
    }
  }

  bool read_word() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(" \t\r\n,]}#=", at_), text_.size());
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (begin <= until_) outline_.word = word;
    if (word == "true" || word == "false") return true;
    if (looks_like_number(word) && !is_date(word)) return true;
    if (!word.empty()) {
      note(refused_word(word, begin));
      return false;
    }
    if (line_ended()) return fail(at_, "a value is missing");
    return fail(at_, "expected a value, found " + in_quotes(found()));
  }

  bool read_single_line() {
    const std::size_t opened = at_;
    const char quote = peek();
    bool has_tab = false;
    for (++at_; peek() != quote;) {
      if (done() || at_newline()) {
        return fail(opened, "the text that begins here has no closing quote on its line");
      }
      if (peek() == '\\' && quote == '"') {
        if (!read_escape() && !at_newline()) refuse_backslash(at_ - 1);
      } else {
        pass_character(has_tab);
      }
    }
    ++at_;
    return true;
  }

  bool read_multi_line() {
    const std::size_t opened = at_;
    const char quote = peek();
    const std::string closing(3, quote);
    bool has_tab = false;
    for (at_ += 3; !text_.substr(at_).starts_with(closing);) {
      if (done()) return fail(opened, "the text that begins here has no closing quotes");
      if (peek() == '\\' && quote == '"') {
        if (!read_escape()) skip_line_continuation();
      } else {
        pass_character(has_tab);
      }
    }
    at_ += 3;
    // One or two quotes may stand before the closing three.
    for (int extra = 0; extra < 2 && peek() == quote; ++extra) ++at_;
    return true;
  }

  void pass_character(bool& has_tab) {
    if (peek() == '\t' && !std::exchange(has_tab, true)) {
      note({at_, "a text holds no tab", "use spaces"});
    }
    ++at_;
  }

  // Passes over one escape. False, with the cursor after the backslash, when white space follows:
  // the end of a line in a text of several lines.
  bool read_escape() {
    const std::size_t begin = at_++;
    const char letter = peek();
    if (letter == ' ' || letter == '\t' || at_newline()) return false;
    std::size_t length = 1;
    char32_t point = short_escape(letter);
    if (letter == 'u' || letter == 'U') {
      length += letter == 'u' ? 4 : 8;
      point = hex_value(text_.substr(at_ + 1, length - 1));
      if (at_ + length > text_.size()) point = no_code_point;
    }
    const std::string_view written = text_.substr(begin, length + 1);
    if (point >= no_code_point || (point >= 0xD800 && point <= 0xDFFF)) {
      note({begin, "there is no escape " + in_quotes(written.substr(0, 2)) + " like this",
            std::string(backslash_advice)});
      return true;  // what follows the backslash is read as text
    }
    at_ += length;
    if (!is_printable(point)) {
      note({begin, "the escape " + in_quotes(written) + " stands for a character not allowed",
            std::string(hidden_advice)});
    }
    return true;
  }

  // After a backslash at the end of a line, the line end and all white space up to the next word.
  void skip_line_continuation() {
    const std::size_t backslash = at_ - 1;
    skip_spaces();
    if (!at_newline()) return refuse_backslash(backslash);
    while (peek() == ' ' || peek() == '\t' || at_newline()) ++at_;
  }

  void refuse_backslash(std::size_t at) {
    note({at, "a backslash stands before a space", std::string(backslash_advice)});
  }

  bool fail(std::size_t at, std::string message, std::string advice = {}) {
    outline_.mistakes.push_back({at, std::move(message), std::move(advice)});
    return false;
  }

  void note(Mistake mistake) {
    if (outline_.mistakes.size() < max_reports) outline_.mistakes.push_back(std::move(mistake));
  }

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';  // the gate lets no NUL pass
  }
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] bool at_newline() const { return peek() == '\n' || peek() == '\r'; }
  [[nodiscard]] bool line_ended() const { return done() || at_newline() || peek() == '#'; }
  [[nodiscard]] std::string_view found() const {
    return text_.substr(at_, first_code_point(text_.substr(at_)).bytes);
  }
  void skip_spaces() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  void skip_comment() {
    if (peek() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
  }
  void skip_blank_lines() {
    while (!done()) {
      skip_spaces();
      skip_comment();
      if (!at_newline()) return;
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t until_;
  std::size_t values_ = 0;
  std::size_t branches_ = 0;
  Outline outline_;
};

}  // namespace

bool passes_text_gate(std::string_view text, Findings& findings) {
  if (text.size() > max_text_bytes) {
    findings.error({}, "the file is larger than 1 MiB");
    return false;
  }
  const std::size_t end = invalid_utf8(text).value_or(text.size());
  std::size_t reports = 0;
  for (std::size_t at = start_of_text(text); at < end && reports < max_reports;) {
    const CodePoint point = first_code_point(text.substr(at));
    const bool ends_line = point.value == U'\r' && text.substr(at + 1).starts_with('\n');
    if (!ends_line && point.value != U'\t' && !is_printable(point.value)) {
      refuse_character(place_of_byte(text, at), point.value, findings);
      ++reports;
    }
    at += point.bytes;
  }
  if (end < text.size() && reports < max_reports) {
    findings.error(place_of_byte(text, end), "the text is not valid UTF-8 from here on",
                   "save the file as UTF-8");
    return false;
  }
  return reports == 0;
}

Outline outline_of(std::string_view text, std::size_t until) {
  return OutlineReader(text, until).read();
}

Mistake refused_word(std::string_view word, std::size_t at) {
  if (is_date(word)) {
    return {at, in_quotes(word) + " is a date or a time, which a definition does not hold",
            "put it in double quotes to make it a text"};
  }
  const std::size_t sign = word.starts_with('+') || word.starts_with('-') ? 1 : 0;
  if (word.size() > sign && is_ascii_digit(word[sign])) {
    return {at, in_quotes(word) + " is not a number that can be held",
            word.ends_with('%') ? "write a share as a number from 0 to 1, such as 0.75" : ""};
  }
  return {at, "expected a value, found " + in_quotes(word), word_advice(word)};
}

Place place_of_byte(std::string_view text, std::size_t at) {
  Place place;
  for (std::size_t byte = start_of_text(text); byte < std::min(at, text.size()); ++byte) {
    if (text[byte] == '\n') {
      ++place.line;
      place.column = 1;
    } else if (!is_continuation(text[byte])) {
      ++place.column;
    }
  }
  return place;
}

std::size_t byte_at_place(std::string_view text, Place place) {
  std::size_t byte = start_of_text(text);
  for (std::uint32_t line = 1; line < place.line && byte < text.size(); ++line) {
    byte = std::min(text.find('\n', byte), text.size() - 1) + 1;
  }
  for (std::uint32_t column = 1; column < place.column && byte < text.size(); ++column) {
    ++byte;
    while (byte < text.size() && is_continuation(text[byte])) ++byte;
  }
  return byte;
}

}  // namespace attune::definition
