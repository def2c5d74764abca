// SPDX-License-Identifier: MIT
// What a file has to keep to before toml++ may see it, and every message about syntax.
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

// What a key without quotes is made of.
bool is_bare(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '_' ||
         c == '-';
}

bool is_quote(char c) { return c == '"' || c == '\''; }

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::size_t end_of_line(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

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

// Where a text between quotes ends: after the closing ones, or where these are missed.
struct TextEnd {
  std::size_t at = 0;
  bool is_closed = false;
};

bool has_three_quotes(std::string_view text, std::size_t at) {
  return text.substr(at).starts_with("\"\"\"") || text.substr(at).starts_with("'''");
}

TextEnd end_of_text(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const bool several_lines = has_three_quotes(text, begin);
  for (std::size_t at = begin + (several_lines ? 3 : 1); at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"') {
      if (at + 1 < text.size() && !is_line_end(text[at + 1])) ++at;
    } else if (text[at] == quote && !several_lines) {
      return {at + 1, true};
    } else if (text[at] == quote && has_three_quotes(text, at)) {
      at += 3;
      // One or two quotes may stand before the closing three.
      for (int extra = 0; extra < 2 && text.substr(at).starts_with(quote); ++extra) ++at;
      return {at, true};
    } else if (is_line_end(text[at]) && !several_lines) {
      return {at, false};
    }
  }
  return {text.size(), false};
}

enum class Awaited { key, equals, value, end };

// What stands open at a byte of a text that is right up to there, and what may come next.
struct Context {
  Awaited awaited = Awaited::key;
  std::size_t header_brackets = 0;  // of a header, not closed yet
  std::vector<std::size_t> open;    // brackets of arrays and inline tables
  std::size_t key = 0;              // before the key of the statement or in the inline table
  std::size_t token = 0;            // where the text or word begins that the byte belongs to
};

// Passes over one bracket, comma, equals sign, point or line end.
void pass_sign(Context& context, std::string_view text, std::size_t at) {
  const char sign = text[at];
  if (sign == '[' && context.awaited == Awaited::key) {
    ++context.header_brackets;
    context.key = at + 1;
  } else if (sign == '[' || sign == '{') {
    context.open.push_back(at);
  } else if (sign == ']' && context.header_brackets > 0) {
    context.awaited = --context.header_brackets > 0 ? Awaited::equals : Awaited::end;
  } else if (sign == ']' || sign == '}') {
    if (!context.open.empty()) context.open.pop_back();
    context.awaited = Awaited::end;
  } else if (sign == '\n' && context.open.empty()) {
    context = {};
    context.key = at + 1;
  } else if (sign == '=') {
    context.awaited = Awaited::value;
  } else if (sign == '.') {
    context.awaited = Awaited::key;
  }
  if (!context.open.empty() && (sign == ',' || context.open.back() == at)) {
    context.awaited = text[context.open.back()] == '{' ? Awaited::key : Awaited::value;
    context.key = at + 1;
  }
}

// Where the text or word at `begin` ends; `begin` itself when none begins there.
std::size_t end_of_token(std::string_view text, std::size_t begin, Awaited awaited) {
  std::size_t at = begin;
  if (at == text.size()) return at;
  if (is_quote(text[at])) return end_of_text(text, at).at;
  if (awaited == Awaited::value && text[at] != '[' && text[at] != '{') {
    return std::min(text.find_first_of(" \t\r\n,]}#=", at), text.size());
  }
  while (at < text.size() && is_bare(text[at])) ++at;
  return at;
}

Context context_at(std::string_view text, std::size_t until) {
  Context context;
  context.key = start_of_text(text);
  for (std::size_t at = context.key; at < until;) {
    const std::size_t end = end_of_token(text, at, context.awaited);
    if (text[at] == '#') {
      at = end_of_line(text, at);
    } else if (end == at) {
      pass_sign(context, text, at++);
    } else {
      // A value may be wrong though it ends here, and a text may miss its end.
      const bool is_right =
          is_quote(text[at]) ? end_of_text(text, at).is_closed : context.awaited == Awaited::key;
      context.token = at;
      if (until < end || (until == end && !is_right)) return context;
      context.awaited = context.awaited == Awaited::key ? Awaited::equals : Awaited::end;
      at = end;
    }
  }
  context.token = until;
  return context;
}

// What may have been meant by a word that is no value.
std::string word_advice(std::string_view word) {
  const std::string lower = lower_case(word);
  if (lower == "true" || lower == "false") {
    return "write " + lower + " in small letters, without quotes";
  }
  if (lower == "yes" || lower == "on") return "write true, or put a text in double quotes";
  if (lower == "no" || lower == "off") return "write false, or put a text in double quotes";
  for (const std::string_view quote : {"\u201C", "\u201D", "\u201E", "\u2018", "\u2019", "\u201A",
                                       "\u00AB", "\u00BB", "\u2039", "\u203A", "\uFF02"}) {
    if (word.starts_with(quote)) return "a text stands in straight double quotes: \"";
  }
  return "a text stands in double quotes";
}

Mistake refused_word(std::string_view word, std::size_t at) {
  const std::size_t digits = word.find_first_not_of("0123456789");
  if ((digits == 4 && word[digits] == '-') || (digits == 2 && word[digits] == ':')) {
    return {at, std::string(no_date), std::string(date_advice)};
  }
  const std::string_view number =
      word.substr(word.starts_with('+') || word.starts_with('-') ? 1 : 0);
  if (!number.empty() && is_ascii_digit(number.front())) {
    return {at, in_quotes(word) + " is not a number that can be held",
            word.ends_with('%') ? "write a share as a number from 0 to 1, such as 0.75" : ""};
  }
  const bool lacks_digit = number.size() > 1 && number[0] == '.' && is_ascii_digit(number[1]);
  return {at, "expected a value, found " + in_quotes(word),
          lacks_digit ? "a number has a digit before its point, such as 0.75" : word_advice(word)};
}

// What is wrong within the text that begins at `begin`: its end, or an escape before byte `at`.
Mistake refused_text(std::string_view text, std::size_t begin, std::size_t at) {
  const TextEnd end = end_of_text(text, begin);
  if (!end.is_closed && at >= end.at) {
    const std::string_view where = has_three_quotes(text, begin) ? "s" : " on its line";
    return {begin, fmt::format("the text that begins here has no closing quote{}", where), {}};
  }
  const std::size_t backslash = std::min(text.rfind('\\', at - 1), at);
  const std::size_t letter = first_code_point(text.substr(backslash + 1)).bytes;
  const std::string_view escape = text.substr(backslash, 1 + letter);
  return {backslash, fmt::format("there is no escape {} like this", in_quotes(escape)),
          "write \\\\ for a backslash"};
}

// The key that begins at byte `from` or after spaces, as it is written, and `problem`.
Mistake refused_key(std::string_view text, std::size_t from, std::string_view problem) {
  const std::size_t at = std::min(text.find_first_not_of(" \t", from), text.size());
  const std::string_view key = text.substr(at, text.find_first_of("=]\n", at) - at);
  return {at, in_quotes(trim(key)).append(problem), {}};
}

// What is missing at byte `at`, or what stands there instead.
Mistake unexpected(std::string_view text, std::size_t at, const Context& context, char bracket) {
  const std::string_view found = text.substr(at, first_code_point(text.substr(at)).bytes);
  const bool foreign = found.size() > 1;
  std::string_view expected = "a value";
  std::string_view advice;
  if (context.awaited == Awaited::key || (context.awaited == Awaited::equals && foreign)) {
    expected = "a key";
    if (foreign) advice = "a key without quotes holds only A-Z, a-z, 0-9, '_' and '-'";
    if (found == "}") advice = "no comma stands after the last value of an inline table";
  } else if (context.awaited == Awaited::equals) {
    expected = context.header_brackets > 0 ? "']' at the end of the header" : "'=' after the key";
    if (found == ":") advice = "write = instead of :";
  } else if (context.awaited == Awaited::end && bracket == '[') {
    expected = "',' or ']' in the array";
  } else if (context.awaited == Awaited::end && bracket == '{') {
    expected = "',' or '}' in the inline table";
  } else if (context.awaited == Awaited::end) {
    expected = "the end of the line";
    const std::string_view next = text.substr(at + 1, 1);
    if (found == "," && !next.empty() && is_ascii_digit(next.front())) {
      advice = "a number has a point, not a comma, such as 0.75";
    }
  }
  const bool line_ended = found.empty() || is_line_end(found.front()) || found == "#";
  return {at,
          fmt::format("expected {}{}", expected, line_ended ? "" : ", found " + in_quotes(found)),
          std::string(advice)};
}

// Where a value is awaited: one that is wrong in itself, too deep, or of a key that has one.
std::optional<Mistake> refused_value(std::string_view text, std::size_t at, const Context& context,
                                     bool begins_here) {
  if (begins_here && context.open.size() == max_depth) {
    return Mistake{at, "values are nested more than 16 deep", {}};
  }
  const std::size_t begin = context.token;
  const std::string_view word =
      text.substr(begin, end_of_token(text, begin, Awaited::value) - begin);
  if (!word.empty() && !is_quote(word.front()) && !is_toml("x = " + std::string(word))) {
    return refused_word(word, begin);
  }
  if (!begins_here) return {};
  return refused_key(text, context.key, " is given twice");
}

constexpr std::string_view adds = " adds to something that is given already and complete";

// A header or a part of a dotted key that is right in itself, and taken.
std::optional<Mistake> refused_addition(std::string_view text, std::size_t at,
                                        const Context& context) {
  const std::string_view rest = text.substr(at);
  if (context.awaited == Awaited::key && end_of_token(text, at, context.awaited) > at) {
    if (has_three_quotes(text, at)) return {};
    return refused_key(text, at, adds);
  }
  if (!context.open.empty() || context.header_brackets > 0) return {};
  if (context.awaited == Awaited::key && rest.starts_with('[')) {
    const std::size_t brackets = rest.starts_with("[[") ? 2 : 1;
    return Mistake{at, refused_key(text, at + brackets, " is given twice").message, {}};
  }
  const bool line_ended = rest.empty() || is_line_end(rest.front()) || rest.front() == '#';
  if (context.awaited != Awaited::end || !line_ended) return {};
  return refused_key(text, context.key, adds);
}

}  // namespace

Mistake explain_mistake(std::string_view text, std::size_t at) {
  Context context = context_at(text, at);
  const std::size_t begin = context.token;
  const char next = at < text.size() ? text[at] : '\n';
  const bool line_ended = is_line_end(next) || next == '#';
  const char bracket = context.open.empty() ? '\0' : text[context.open.back()];
  // toml++ notices at the start of the next line what a header may not add to.
  const bool begins_line = at > 0 && text[at - 1] == '\n' && begin == at && bracket == '\0';
  if (begins_line && !is_toml(text.substr(0, at))) {
    return refused_key(text, context_at(text, at - 1).key, adds);
  }
  if (begin < at && is_quote(text[begin])) return refused_text(text, begin, at);
  if (context.awaited == Awaited::value) {
    const bool is_token = end_of_token(text, at, context.awaited) > at;
    const bool begins_here = begin == at && (is_token || next == '[' || next == '{');
    if (auto mistake = refused_value(text, at, context, begins_here)) return *mistake;
    if (begin < at) context.awaited = Awaited::end;
  }
  if (bracket == '[' && at == text.size()) {
    return {context.open.back(), "the array that begins here has no closing ']'", {}};
  }
  if (bracket == '{' && line_ended) {
    return {context.open.back(), "the inline table that begins here has no closing '}' on its line",
            "an inline table stands on one line"};
  }
  if (auto mistake = refused_addition(text, at, context)) return *mistake;
  return unexpected(text, at, context, bracket);
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

std::optional<Mistake> beyond_limits(std::string_view text) {
  std::size_t values = 0;
  std::size_t keys = 0;
  std::size_t points = 0;
  bool begins_line = true;
  for (std::size_t at = start_of_text(text); at < text.size(); ++at) {
    const char c = text[at];
    const bool is_value = c == '=' || c == ',' || c == '[' || c == '{';
    if (is_quote(c)) at = end_of_text(text, at).at - 1;
    if (c == '#') at = end_of_line(text, at) - 1;
    if (c == '.') ++points;
    if (c == '=') keys += 1 + points;
    if (c == '[' && begins_line) ++keys;
    if (is_value) ++values;
    if (is_value || c == '\n') points = 0;
    if (points == max_key_parts) return Mistake{at, "a dotted key has more than 8 parts", {}};
    if (values > max_values) return Mistake{at, "the file has more than 200,000 values", {}};
    if (keys > max_keys_and_headers) {
      return Mistake{at, "the file has more than 20,000 keys and headers", {}};
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
