// SPDX-License-Identifier: MIT
#include "attune/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <utf8proc.h>

namespace attune {
namespace {

bool is_ascii_printable(char c) { return c >= 0x20 && c < 0x7F; }

bool is_all_ascii_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_ascii_printable);
}

// Length and smallest legal value of a UTF-8 sequence by its first byte; 0 bytes: not a first byte.
struct SequenceKind {
  std::size_t bytes = 0;
  char32_t smallest = 0;
  char32_t first_bits = 0;
};

SequenceKind sequence_kind(unsigned char first) {
  if (first < 0x80) return {1, 0, first};
  if (first >= 0xC2 && first < 0xE0) return {2, 0x80, first & 0x1FU};
  if (first >= 0xE0 && first < 0xF0) return {3, 0x800, first & 0x0FU};
  if (first >= 0xF0 && first < 0xF5) return {4, 0x10000, first & 0x07U};
  return {};
}

// The code point at the front of `text`, or 0 bytes when it is not strict UTF-8.
CodePoint decode(std::string_view text) {
  const SequenceKind kind = sequence_kind(static_cast<unsigned char>(text.front()));
  if (kind.bytes == 0 || kind.bytes > text.size()) return {};
  char32_t value = kind.first_bits;
  for (std::size_t i = 1; i < kind.bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) return {};
    value = (value << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kind.smallest || value > 0x10FFFF || surrogate) return {};
  return {value, kind.bytes};
}

// What the eye takes as one character: its bytes and the columns it occupies.
struct Cluster {
  std::size_t bytes = 0;
  std::size_t columns = 0;
};

Cluster first_cluster(std::string_view text) {
  CodePoint point = decode(text);
  if (point.bytes == 0) return {1, 4};  // As wide as its escape, \xFF.
  Cluster cluster{point.bytes, 0};
  utf8proc_int32_t state = 0;
  while (true) {
    const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(point.value));
    cluster.columns = std::max(cluster.columns, static_cast<std::size_t>(std::max(width, 0)));
    if (cluster.bytes >= text.size()) return cluster;
    const CodePoint next = decode(text.substr(cluster.bytes));
    if (next.bytes == 0) return cluster;
    if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(point.value),
                                         static_cast<utf8proc_int32_t>(next.value), &state) != 0) {
      return cluster;
    }
    cluster.bytes += next.bytes;
    // Variation selector 16 asks for the wide picture of a character that is narrow by itself.
    if (next.value == 0xFE0F) cluster.columns = 2;
    point = next;
  }
}

std::string escape_keeping(std::string_view text, bool keep_newlines) {
  if (is_all_ascii_printable(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode(text);
    const std::size_t bytes = std::max<std::size_t>(point.bytes, 1);
    const bool newline = point.bytes == 1 && point.value == '\n';
    if (point.bytes == 0) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
    } else if (newline ? keep_newlines : is_printable(point.value)) {
      out += text.substr(0, bytes);
    } else if (point.value < 0x80) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned>(point.value));
    } else {
      out += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(point.value));
    }
    text.remove_prefix(bytes);
  }
  return out;
}

// Appends one paragraph (no newline in it) to `lines`, broken at spaces.
void wrap_paragraph(std::string_view text, std::size_t columns, std::vector<std::string>& lines) {
  std::string line;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    std::size_t width = display_width(word);
    if (used > 0 && used + 1 + width <= columns) {
      line += ' ';
      line += word;
      used += 1 + width;
      continue;
    }
    if (used > 0) lines.push_back(std::move(line));
    while (width > columns) {
      std::string_view head = fit(word, columns);
      if (head.empty()) head = word.substr(0, first_cluster(word).bytes);
      if (head.size() == word.size()) break;  // One cluster wider than the line stays whole.
      lines.emplace_back(head);
      word.remove_prefix(head.size());
      width = display_width(word);
    }
    line = word;
    used = width;
  }
  lines.push_back(std::move(line));
}

}  // namespace

std::optional<std::size_t> invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    // Eight ASCII bytes at a time: definitions are mostly ASCII and are checked before each use.
    if (at + 8 <= text.size()) {
      std::uint64_t block = 0;
      std::memcpy(&block, text.data() + at, 8);
      if ((block & 0x8080808080808080U) == 0) {
        at += 8;
        continue;
      }
    }
    const CodePoint point = decode(text.substr(at));
    if (point.bytes == 0) return at;
    at += point.bytes;
  }
  return {};
}

CodePoint first_code_point(std::string_view text) { return decode(text); }

bool is_printable(char32_t code_point) {
  const auto between = [code_point](char32_t low, char32_t high) {
    return code_point >= low && code_point <= high;
  };
  if (code_point == '\n') return true;
  if (code_point < 0x20 || between(0x7F, 0x9F)) return false;            // C0, DEL, C1
  if (code_point == 0x061C || between(0x200E, 0x200F)) return false;     // bidi marks
  if (between(0x2028, 0x202E) || between(0x2066, 0x206F)) return false;  // separators, bidi
  if (code_point == 0x00AD || code_point == 0x180E || code_point == 0x200B) return false;
  // Blank though they are letters, vowels or format controls.
  if (between(0x115F, 0x1160) || code_point == 0x3164 || code_point == 0xFFA0) return false;
  if (between(0x17B4, 0x17B5) || between(0x1BCA0, 0x1BCA3)) return false;
  if (between(0x2060, 0x2065) || code_point == 0xFEFF) return false;  // invisible joiners, BOM
  if (between(0xFFF0, 0xFFFB) || between(0x1D173, 0x1D17A)) return false;
  if (between(0xE0000, 0xE0FFF)) return false;  // tags, selectors
  if (between(0xD800, 0xDFFF) || between(0xFDD0, 0xFDEF)) return false;
  return code_point <= 0x10FFFF && (code_point & 0xFFFEU) != 0xFFFE;  // non-characters
}

std::size_t display_width(std::string_view text) {
  if (is_all_ascii_printable(text)) return text.size();
  std::size_t columns = 0;
  while (!text.empty()) {
    const Cluster cluster = first_cluster(text);
    columns += cluster.columns;
    text.remove_prefix(cluster.bytes);
  }
  return columns;
}

std::string_view fit(std::string_view text, std::size_t columns) {
  if (is_all_ascii_printable(text)) return text.substr(0, columns);
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < text.size()) {
    const Cluster cluster = first_cluster(text.substr(bytes));
    if (used + cluster.columns > columns) break;
    used += cluster.columns;
    bytes += cluster.bytes;
  }
  return text.substr(0, bytes);
}

std::size_t first_cluster_bytes(std::string_view text) { return first_cluster(text).bytes; }

std::string pad_right(std::string_view text, std::size_t columns) {
  std::string out(text);
  const std::size_t width = display_width(text);
  if (width < columns) out.append(columns - width, ' ');
  return out;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    wrap_paragraph(text.substr(0, end), std::max<std::size_t>(columns, 1), lines);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string escape(std::string_view text) { return escape_keeping(text, false); }

std::string escape_lines(std::string_view text) { return escape_keeping(text, true); }

std::string to_ascii(std::string_view text) {
  struct Spelling {
    char32_t symbol;
    std::string_view ascii;
  };
  static constexpr Spelling spellings[] = {
      {U'±', "+/-"}, {U'–', "-"},   {U'—', "-"},  {U'‘', "'"},  {U'’', "'"},     {U'“', "\""},
      {U'”', "\""},  {U'…', "..."}, {U'·', "-"},  {U'•', "*"},  {U'→', "->"},    {U'←', "<-"},
      {U'−', "-"},   {U'×', "x"},   {U'≤', "<="}, {U'≥', ">="}, {U'\u00A0', " "}};
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode(text);
    const auto* spelling = std::find_if(std::begin(spellings), std::end(spellings),
                                        [&](const Spelling& s) { return s.symbol == point.value; });
    if (point.bytes == 1) {
      out += text.front();
    } else if (point.bytes != 0 && spelling != std::end(spellings)) {
      out += spelling->ascii;
    } else {
      out += '?';
    }
    text.remove_prefix(std::max<std::size_t>(point.bytes, 1));
  }
  return out;
}

}  // namespace attune
