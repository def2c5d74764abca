// SPDX-License-Identifier: MIT
// What a file has to keep to before toml++ may see it, and hints on what toml++ refuses.
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "attune/text.hpp"

#include "definition/toml.hpp"

namespace attune::definition {

namespace {

constexpr std::size_t max_text_bytes = std::size_t{1024} * 1024;
constexpr std::size_t max_reports = 20;  // a binary file has thousands of them and one cause
constexpr std::size_t max_key_parts = 8;
constexpr std::size_t max_values = 200'000;
constexpr std::size_t max_keys_and_headers = 20'000;  // which cost toml++ most

// The first byte after a byte order mark, if there is one.
std::size_t start_of_text(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

bool is_quote(char c) { return c == '"' || c == '\''; }

// The first byte from `at` on where no printable character stands; tabs are passed over.
std::size_t next_hidden(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const char c = text[at];
    const bool is_plain = (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t';
    if (is_plain) {
      ++at;
      continue;
    }
    const CodePoint point = first_code_point(text.substr(at));
    if (point.bytes == 0 || !is_printable(point.value)) break;
    at += point.bytes;
  }
  return at;
}

void refuse_character(Findings& findings, Place at, char32_t code_point) {
  if (code_point == U'\r') {
    findings.error(at, "a carriage return stands without a newline",
                   "end lines with a newline, or with carriage return and newline");
    return;
  }
  findings.error(
      at,
      fmt::format("the character U+{:04X} is not allowed", static_cast<std::uint32_t>(code_point)),
      "control, direction and invisible characters hide what a text says");
}

// Behind the text between quotes that begins at `begin`; the end of its line where it has no end.
std::size_t end_of_text(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const std::string three(3, quote);
  const bool several_lines = text.substr(begin).starts_with(three);
  const std::string_view close = std::string_view(three).substr(0, several_lines ? 3 : 1);
  std::size_t at = begin + close.size();
  for (; at < text.size() && (several_lines || text[at] != '\n'); ++at) {
    if (text[at] == '\\' && quote == '"') {
      ++at;
      continue;
    }
    if (!text.substr(at).starts_with(close)) continue;
    at += close.size();
    // One or two quotes may stand before the closing three.
    for (int extra = 0; several_lines && extra < 2 && text.substr(at).starts_with(quote); ++extra) {
      ++at;
    }
    break;
  }
  return std::min(at, text.size());
}

// What may help, by a part of what toml++ complains of.
constexpr std::pair<std::string_view, std::string_view> hints[] = {
    {"control characters", "a text ends on its line, or stands between three double quotes"},
    {"inline table: expected key", "an inline table stands on one line"},
    {"escape", "write \\\\ for a backslash"},
    {"'=', saw ':'", "write = instead of :"},
    {"whitespace, saw ','", "a number has a point, not a comma, such as 0.75"},
    {"saw '%'", "write a share as a number from 0 to 1, such as 0.75"},
    {"digit, saw '.'", "a number has a digit before its point, such as 0.75"},
    {"value type", "a text stands in straight double quotes: \""},
    {"boolean", "write true or false in small letters; a text stands in double quotes"},
    {"floating-point: expected '", "a text stands in straight double quotes: \""},
    {"date:", "put it in double quotes to make it a text"},
};

}  // namespace

void explain(Findings& findings, Place at, std::string_view complaint) {
  constexpr std::string_view beginning = "Error while parsing ";
  if (complaint.starts_with(beginning)) complaint.remove_prefix(beginning.size());
  const auto* hint = std::ranges::find_if(hints, [&](const auto& each) {
    return complaint.find(each.first) != std::string_view::npos;
  });
  findings.error(at, "invalid " + escape(complaint),
                 std::string(hint == std::end(hints) ? std::string_view() : hint->second));
}

bool passes_text_gate(std::string_view text, Findings& findings) {
  if (text.size() > max_text_bytes) {
    findings.error({}, "the file is larger than 1 MiB");
    return false;
  }
  for (std::size_t at = start_of_text(text); findings.errors() < max_reports;) {
    at = next_hidden(text, at);
    if (at < text.size() && text[at] == '\r' && text.substr(at + 1).starts_with('\n')) {
      ++at;
      continue;
    }
    if (at == text.size()) break;
    const CodePoint point = first_code_point(text.substr(at));
    if (point.bytes == 0) {
      findings.error(place_of_byte(text, at), "the text is not valid UTF-8 from here on",
                     "save the file as UTF-8");
      break;
    }
    refuse_character(findings, place_of_byte(text, at), point.value);
    at += point.bytes;
  }
  return !findings.has_errors();
}

void refuse_hidden_characters(Findings& findings, Place at, std::string_view text) {
  if (text.find('\t') != std::string_view::npos) {
    findings.error(at, "a text holds no tab", "use spaces");
  }
  const std::size_t hidden = next_hidden(text, 0);
  if (hidden < text.size()) {
    refuse_character(findings, at, first_code_point(text.substr(hidden)).value);
  }
}

std::optional<Excess> beyond_limits(std::string_view text) {
  std::size_t values = 0;
  std::size_t keys = 0;
  std::size_t points = 0;
  bool begins_line = true;
  for (std::size_t at = start_of_text(text); at < text.size(); ++at) {
    const char c = text[at];
    const bool is_value = c == '=' || c == ',' || c == '[' || c == '{';
    if (is_quote(c)) at = end_of_text(text, at) - 1;
    if (c == '#') at = std::min(text.find('\n', at), text.size()) - 1;
    if (c == '.') ++points;
    if (c == '=') keys += 1 + points;
    if (c == '[' && begins_line) ++keys;
    if (is_value) ++values;
    if (is_value || c == '\n') points = 0;
    if (points == max_key_parts) return Excess{at, "a dotted key has more than 8 parts"};
    if (values > max_values) return Excess{at, "the file has more than 200,000 values"};
    if (keys > max_keys_and_headers) {
      return Excess{at, "the file has more than 20,000 keys and headers"};
    }
    begins_line = c == '\n' || (begins_line && (c == ' ' || c == '\t'));
  }
  return {};
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

}  // namespace attune::definition
