// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "definition/toml_parser.hpp"

namespace attune::detail {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// `token` without the '_' between digits, or nothing when one stands elsewhere.
std::optional<std::string> without_separators(std::string_view token) {
  std::string digits;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '_') {
      digits += token[i];
    } else if (i == 0 || i + 1 == token.size() || !is_hex_digit(token[i - 1]) ||
               !is_hex_digit(token[i + 1])) {
      return std::nullopt;
    }
  }
  return digits;
}

enum class NumberShape { none, whole, real };

std::size_t after_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// TOML's grammar of decimal numbers: stricter than std::from_chars about zeros and empty parts.
NumberShape shape_of(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  std::size_t end = after_digits(text, at);
  if (end == at || (text[at] == '0' && end > at + 1)) return NumberShape::none;
  if (end == text.size()) return NumberShape::whole;
  if (text[end] == '.') {
    at = end + 1;
    end = after_digits(text, at);
    if (end == at) return NumberShape::none;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    at = end + 1;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    end = after_digits(text, at);
    if (end == at) return NumberShape::none;
  }
  return end == text.size() ? NumberShape::real : NumberShape::none;
}

template <class Number, class... Base>
bool convert(std::string_view text, Number& number, Base... base) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number, base...);
  return result.ec == std::errc() && result.ptr == end;
}

int base_of(std::string_view text) {
  if (text.starts_with("0x")) return 16;
  if (text.starts_with("0o")) return 8;
  return text.starts_with("0b") ? 2 : 10;
}

// Fills `node` when `token` is a number that fits it.
bool read_number(std::string_view token, Node& node) {
  std::string without;
  if (token.find('_') != std::string_view::npos) {
    std::optional<std::string> digits = without_separators(token);
    if (!digits) return false;
    without = *std::move(digits);
    token = without;
  }
  if (const int base = base_of(token); base != 10) {
    if (token.size() < 3 || !is_hex_digit(token[2])) return false;
    node.kind = NodeKind::whole;
    if (!convert(token.substr(2), node.whole, base)) return false;
    node.real = static_cast<double>(node.whole);
    return true;
  }
  const NumberShape shape = shape_of(token);
  if (shape == NumberShape::none) return false;
  node.kind = shape == NumberShape::whole ? NodeKind::whole : NodeKind::real;
  if (shape == NumberShape::real) return convert(token, node.real);
  if (!convert(token, node.whole)) return false;
  node.real = static_cast<double>(node.whole);
  return true;
}

}  // namespace

bool TomlParser::read_value(NodeIndex node, std::size_t depth) {
  if (given_up_) return false;
  tree_.nodes[node].at = here();
  switch (peek()) {
    case '"':
    case '\'': {
      std::string_view text;
      if (!read_text(text)) return false;
      tree_.nodes[node].kind = NodeKind::text;
      tree_.nodes[node].text = text;
      return true;
    }
    case '[':
    case '{':
      if (depth >= max_depth) return fail(here(), "brackets are nested more than 16 deep");
      return peek() == '[' ? read_array(node, depth + 1) : read_inline_table(node, depth + 1);
    default:
      return read_bare_value(node);
  }
}

bool TomlParser::read_array(NodeIndex node, std::size_t depth) {
  const Offset opened = here();
  tree_.nodes[node].kind = NodeKind::array;
  ++at_;
  for (skip_blank_lines(); peek() != ']'; skip_blank_lines()) {
    if (done()) return fail(opened, "the array that begins here has no closing ']'");
    const NodeIndex child = add_child(node);
    if (child == no_node || !read_value(child, depth)) return false;
    skip_blank_lines();
    if (peek() == ',') {
      ++at_;
    } else if (peek() != ']' && !done()) {
      return fail(here(), "expected ',' or ']' in the array, found " + quoted(found()));
    }
  }
  ++at_;
  return true;
}

bool TomlParser::read_inline_table(NodeIndex node, std::size_t depth) {
  const Offset opened = here();
  ++at_;
  skip_spaces();
  if (peek() == '}') {
    ++at_;
    return true;
  }
  while (true) {
    if (!line_ended() && !read_key_value(node, depth)) return false;
    skip_spaces();
    if (line_ended()) {
      return fail(opened, "the inline table that begins here has no closing '}' on its line");
    }
    const char separator = peek();
    if (separator != ',' && separator != '}') {
      return fail(here(), "expected ',' or '}' in the inline table, found " + quoted(found()));
    }
    ++at_;
    if (separator == '}') return true;
    skip_spaces();
  }
}

bool TomlParser::read_bare_value(NodeIndex node) {
  const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}#=", at_), text_.size());
  const std::string_view token = text_.substr(at_, end - at_);
  Node& value = tree_.nodes[node];
  if (token == "true" || token == "false") {
    value.kind = NodeKind::boolean;
    value.whole = token == "true" ? 1 : 0;
  } else if (!read_number(token, value)) {
    return refuse_bare_value(token);
  }
  at_ = end;
  return true;
}

bool TomlParser::refuse_bare_value(std::string_view token) {
  if (token.empty()) {
    if (line_ended()) return fail(here(), "a value is missing");
    return fail(here(), "expected a value, found " + quoted(found()));
  }
  const bool starts_as_number = is_digit(token[0]) || token[0] == '+' || token[0] == '-';
  if (is_digit(token[0]) && token.find_first_of("-:", 1) != std::string_view::npos) {
    return fail(here(), quoted(token) + " is a date or a time, which a definition does not hold",
                "put it in double quotes to make it a text");
  }
  if (starts_as_number) return fail(here(), quoted(token) + " is not a number that can be held");
  return fail(here(), "expected a value, found " + quoted(token), "a text stands in double quotes");
}

}  // namespace attune::detail
