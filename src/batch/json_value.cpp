// SPDX-License-Identifier: MIT
#include "batch/json_value.hpp"

#include <array>

#include "attune/text.hpp"

#include "batch/words.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t deepest = 64;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<unsigned> hex_digits(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(0, 4)) {
    const int digit = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return value;
}

// Bytes of the escape at the start of `text`, 0 where there is none such.
std::size_t escape_bytes(std::string_view text) {
  if (text.size() < 2) return 0;
  if (std::string_view("\"\\/bfnrt").find(text[1]) != std::string_view::npos) return 2;
  return text[1] == 'u' && hex_digits(text.substr(2)) ? 6 : 0;
}

std::optional<JsonValue> scan_string(std::string_view text) {
  JsonValue value{{}, JsonKind::string, false};
  bool has_high = false;
  for (std::size_t i = 1; i < text.size();) {
    if (text.size() - i >= word_bytes) {
      i += find_special(text.data() + i, '"', '\\');
    }
    if (i == text.size()) break;
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '"') {
      value.text = text.substr(0, i + 1);
      if (has_high && invalid_utf8(value.text)) return std::nullopt;
      return value;
    }
    if (byte < 0x20) return std::nullopt;
    if (byte == '\\') {
      const std::size_t bytes = escape_bytes(text.substr(i));
      if (bytes == 0) return std::nullopt;
      value.has_escapes = true;
      i += bytes;
      continue;
    }
    has_high = has_high || byte >= 0x80;
    ++i;
  }
  return std::nullopt;
}

std::size_t count_digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

std::optional<JsonValue> scan_number(std::string_view text) {
  std::size_t at = text.front() == '-' ? 1 : 0;
  const std::size_t whole = count_digits(text.substr(at));
  if (whole == 0 || (whole > 1 && text[at] == '0')) return std::nullopt;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t digits = count_digits(text.substr(at + 1));
    if (digits == 0) return std::nullopt;
    at += 1 + digits;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t digits = count_digits(text.substr(at));
    if (digits == 0) return std::nullopt;
    at += digits;
  }
  return JsonValue{text.substr(0, at), JsonKind::number, false};
}

std::optional<JsonValue> scan_word(std::string_view text) {
  for (const std::string_view word : {"null", "true", "false"}) {
    if (!text.starts_with(word)) continue;
    const JsonKind kind = word == "null" ? JsonKind::null : JsonKind::boolean;
    return JsonValue{text.substr(0, word.size()), kind, false};
  }
  return std::nullopt;
}

// Whether a character may stand between the strings of an object or an array: a number, a literal,
// a sign or a blank may; what they come to is not looked at.
bool is_between_strings(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte < 0x7F);
}

// Objects and arrays are only passed over: their brackets have to match, their strings to be legal.
std::optional<JsonValue> scan_nested(std::string_view text) {
  std::array<char, deepest> closing{};
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"') {
      const auto string = scan_string(text.substr(i));
      if (!string) return std::nullopt;
      i += string->text.size();
      continue;
    }
    if (c == '{' || c == '[') {
      if (depth == deepest) return std::nullopt;
      closing[depth++] = c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
      if (closing[--depth] != c) return std::nullopt;
      if (depth == 0) return JsonValue{text.substr(0, i + 1), JsonKind::nested, false};
    } else if (!is_between_strings(c)) {
      return std::nullopt;
    }
    ++i;
  }
  return std::nullopt;
}

void append_utf8(std::string& out, unsigned point) {
  const auto byte = [&](unsigned value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | point >> 6);
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

// The code point of "\uXXXX", or of two of them that are a surrogate pair; and its bytes.
struct Escaped {
  unsigned point = 0;
  std::size_t bytes = 6;
};

Escaped escaped_point(std::string_view text) {
  constexpr unsigned replacement = 0xFFFD;
  const unsigned first = *hex_digits(text.substr(2));
  if (first < 0xD800 || first > 0xDFFF) return {first, 6};
  if (first < 0xDC00 && text.substr(6).starts_with("\\u")) {
    const auto second = hex_digits(text.substr(8));
    if (second && *second >= 0xDC00 && *second <= 0xDFFF) {
      return {0x10000 + ((first - 0xD800) << 10) + (*second - 0xDC00), 12};
    }
  }
  return {replacement, 6};
}

}  // namespace

std::optional<JsonValue> scan_json(std::string_view text) {
  if (text.empty()) return std::nullopt;
  switch (text.front()) {
    case '"':
      return scan_string(text);
    case '{':
    case '[':
      return scan_nested(text);
    case 'n':
    case 't':
    case 'f':
      return scan_word(text);
    default:
      return scan_number(text);
  }
}

std::string json_text(std::string_view string) {
  constexpr std::string_view names = "bfnrt";
  constexpr std::string_view meanings = "\b\f\n\r\t";
  std::string out;
  for (std::size_t i = 1; i + 1 < string.size();) {
    if (string[i] != '\\') {
      out += string[i++];
      continue;
    }
    if (string[i + 1] == 'u') {
      const Escaped escaped = escaped_point(string.substr(i));
      append_utf8(out, escaped.point);
      i += escaped.bytes;
      continue;
    }
    const std::size_t name = names.find(string[i + 1]);
    out += name == std::string_view::npos ? string[i + 1] : meanings[name];
    i += 2;
  }
  return out;
}

std::string_view skip_json_spaces(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace attune::detail
