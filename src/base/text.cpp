// SPDX-License-Identifier: MIT
#include "attune/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <utf8proc.h>

namespace attune {
namespace {

bool is_ascii_printable(char c) { return c >= 0x20 && c < 0x7F; }

bool is_all_ascii_printable(std::string_view text) {
  return std::ranges::all_of(text, is_ascii_printable);
}

// What the eye takes as one character: its bytes and the columns it occupies.
struct Cluster {
  std::size_t bytes = 0;
  std::size_t columns = 0;
};

Cluster first_cluster(std::string_view text) {
  CodePoint point = first_code_point(text);
  if (point.bytes == 0) return {1, 4};  // As wide as its escape, \xFF.
  Cluster cluster{point.bytes, 0};
  utf8proc_int32_t state = 0;
  while (true) {
    const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(point.value));
    cluster.columns = std::max(cluster.columns, static_cast<std::size_t>(std::max(width, 0)));
    if (cluster.bytes >= text.size()) return cluster;
    const CodePoint next = first_code_point(text.substr(cluster.bytes));
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
    const CodePoint point = first_code_point(text);
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
  for (std::string_view word : split(text, ' ')) {
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

// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours
// (Damerau 1964; Wagner and Lowrance 1975).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 64;
  if (a.size() > longest || b.size() > longest) return longest;
  std::array<std::array<std::uint8_t, longest + 1>, longest + 1> cost{};
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = static_cast<std::uint8_t>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      int best = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) best = std::min(best, cost[i - 2][j - 2] + 1);
      cost[i][j] = static_cast<std::uint8_t>(best);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::optional<std::size_t> invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const CodePoint point = first_code_point(text.substr(at));
    if (point.bytes == 0) return at;
    at += point.bytes;
  }
  return {};
}

CodePoint first_code_point(std::string_view text) {
  if (!text.empty() && static_cast<signed char>(text.front()) >= 0) {
    return {static_cast<char32_t>(text.front()), 1};  // ASCII, as nearly all of our texts are
  }
  utf8proc_int32_t value = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());  // NOLINT: its type
  const auto size = std::min<std::size_t>(text.size(), 4);
  const auto used = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(size), &value);
  if (used <= 0) return {};
  return {static_cast<char32_t>(value), static_cast<std::size_t>(used)};
}

bool is_printable(char32_t code_point) {
  const auto between = [code_point](char32_t low, char32_t high) {
    return code_point >= low && code_point <= high;
  };
  if (code_point == '\n' || between(0x20, 0x7E)) return true;
  if (code_point <= 0x9F) return false;                                  // C0, DEL, C1
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
  for (const std::string_view paragraph : split(text, '\n')) {
    wrap_paragraph(paragraph, std::max<std::size_t>(columns, 1), lines);
  }
  return lines;
}

std::string escape(std::string_view text) { return escape_keeping(text, false); }

std::string escape_lines(std::string_view text) { return escape_keeping(text, true); }

std::string csv_cell(std::string_view text) {
  constexpr std::string_view formula_starts = "=+-@\t\r";
  const bool is_formula =
      !text.empty() && formula_starts.find(text.front()) != std::string_view::npos;
  std::string content(is_formula ? "'" : "");
  content += text;
  const bool has_special = content.find_first_of(",\"\r\n") != std::string::npos;
  const bool has_space = !content.empty() && (content.front() == ' ' || content.back() == ' ');
  if (!has_special && !has_space) return content;
  return '"' + replace_all(content, "\"", "\"\"") + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  return fmt::format("{}\n", fmt::join(cells, ","));
}

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
    const CodePoint point = first_code_point(text);
    const auto* spelling = std::ranges::find(spellings, point.value, &Spelling::symbol);
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

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::string replace_all(std::string text, std::string_view placeholder, std::string_view words) {
  for (std::size_t at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + words.size())) {
    text.replace(at, placeholder.size(), words);
  }
  return text;
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 0x20);
  return out;
}

std::vector<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  const std::size_t limit = std::clamp<std::size_t>(name.size() / 3, 1, 3);
  const bool can_begin = name.size() - std::min(name.find_first_not_of('-'), name.size()) >= 2;
  const std::string typed = lower_case(name);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& candidate : candidates) {
    const std::string meant = lower_case(candidate);
    const bool is_beginning = can_begin && meant != typed && meant.starts_with(typed);
    const std::size_t distance = is_beginning ? 1 : edit_distance(typed, meant);
    if (distance <= limit) found.emplace_back(distance, candidate);
  }
  std::ranges::stable_sort(found, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> names;
  for (auto& [distance, candidate] : found) {
    const bool named = std::ranges::find(names, candidate) != names.end();
    if (names.size() < 3 && !named) names.push_back(std::move(candidate));
  }
  return names;
}

bool is_id(std::string_view id) {
  const auto is_letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  if (id.empty() || id.size() > 64 || !is_letter_or_digit(id.front())) return false;
  return std::ranges::all_of(
      id, [&](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

std::string composed(std::string_view text) {
  utf8proc_uint8_t* made = nullptr;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());  // NOLINT: its type
  const auto size =
      utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(text.size()), &made,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return std::string(text);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(made, &std::free);
  return {made, made + size};
}

bool is_label(std::string_view text) {
  constexpr std::size_t most = 40;
  std::size_t count = 0;
  for (; !text.empty() && count <= most; ++count) {
    const CodePoint point = first_code_point(text);
    const int category = utf8proc_category(static_cast<utf8proc_int32_t>(point.value));
    const bool is_letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
    const bool is_sign = point.value == '-' || point.value == '_' || point.value == '.';
    if (point.bytes == 0 || !(is_letter || is_sign)) return false;
    text.remove_prefix(point.bytes);
  }
  return count > 0 && count <= most;
}

std::string join_or(std::span<const std::string> names) { return joined(names, ", ", " or "); }

std::string joined(std::span<const std::string> parts, std::string_view separator,
                   std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() && !last.empty() ? last : separator;
    text += parts[i];
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end = 0; end != std::string_view::npos; text.remove_prefix(end + 1)) {
    end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
  }
  return parts;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count).append(" ").append(noun).append(count == 1 ? "" : "s");
}

}  // namespace attune
