// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/text.hpp"

#include "report/picture_tables.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether a backslash must stand before line[at]. Any ASCII punctuation may be escaped (CommonMark
// 2.4); these can begin markup anywhere. "://" and "www." begin links in GitHub's dialect.
bool is_markup(std::string_view line, std::size_t at) {
  constexpr std::string_view anywhere = "\\`*_[]<>&|~$@#";
  if (anywhere.find(line[at]) != std::string_view::npos) return true;
  const std::string_view rest = line.substr(at);
  if (rest.starts_with("://")) return true;
  return rest.front() == '.' && at >= 3 && line.substr(at - 3, 3) == "www";
}

enum class Place { line_start, within_line };

// Where a line's beginning would make it a list, an underline or a rule: the place of the character
// to escape, or npos.
std::size_t marker_at_start(std::string_view line) {
  constexpr std::string_view markers = "-+=:";
  if (line.empty()) return std::string_view::npos;
  if (markers.find(line.front()) != std::string_view::npos) return 0;
  std::size_t at = 0;
  while (at < line.size() && is_digit(line[at])) ++at;
  if (at == 0 || at == line.size() || (line[at] != '.' && line[at] != ')')) {
    return std::string_view::npos;
  }
  const bool is_item = at + 1 == line.size() || line[at + 1] == ' ';
  return is_item ? at : std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(' ');
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(' ') + 1 - start);
}

std::string escaped_line(std::string_view text, Place place) {
  const std::string safe = escape(trimmed(text));
  const std::size_t marker =
      place == Place::line_start ? marker_at_start(safe) : std::string_view::npos;
  std::string out;
  out.reserve(safe.size() + 8);
  for (std::size_t at = 0; at < safe.size(); ++at) {
    if (at == marker || is_markup(safe, at)) out += '\\';
    out += safe[at];
  }
  return out;
}

std::string one_line(std::string text, Place place = Place::within_line) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return escaped_line(text, place);
}

// Newlines become hard breaks, so that no line can turn the one before it into a heading.
std::string lines(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t end = text.find('\n');
    const std::string line = escaped_line(text.substr(0, end), Place::line_start);
    if (!line.empty() && !out.empty()) out += "\\\n";
    out += line;
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::string strong(const std::string& text) {
  const std::string safe = one_line(text);
  return safe.empty() ? safe : "**" + safe + "**";
}

std::string table_row(const std::vector<std::string>& cells, std::size_t columns) {
  std::string row = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    row += ' ' + (i < cells.size() ? one_line(cells[i]) : std::string{}) + " |";
  }
  return row + '\n';
}

std::string block(const Table& table) {
  const std::size_t columns = table.header.size();
  if (columns == 0) return {};
  std::string out = table_row(table.header, columns) + '|';
  for (std::size_t i = 0; i < columns; ++i) {
    const bool is_right = i < table.align.size() && table.align[i] == Align::right;
    out += is_right ? " ---: |" : " --- |";
  }
  out += '\n';
  for (const auto& row : table.rows) out += table_row(row, columns);
  return out;
}

std::string block(const Heading& heading) {
  const auto level = static_cast<std::size_t>(std::clamp(heading.level, 1, 3));
  return std::string(level, '#') + ' ' + one_line(heading.text) + '\n';
}

std::string block(const Paragraph& paragraph) { return lines(paragraph.text) + '\n'; }

std::string block(const Facts& facts) {
  std::string out;
  for (const auto& [label, text] : facts.rows) {
    out += "- " + strong(label + ':') + ' ' + one_line(text) + '\n';
  }
  return out;
}

std::string block(const Bullets& bullets) {
  std::string out;
  for (const std::string& item : bullets.items)
    out += "- " + one_line(item, Place::line_start) + '\n';
  return out;
}

std::string block(const Ruler& ruler) {
  std::string out = strong(ruler.name + ": " + ruler.value);
  if (!ruler.remark.empty()) out += ", " + one_line(ruler.remark);
  return out + ". " + one_line(detail::capitalised(detail::likely_range(ruler))) + '\n';
}

std::string block(const Plane& plane) {
  return one_line(detail::sentence(plane), Place::line_start) + "\n\n" +
         block(detail::table_of(plane));
}

std::string block(const Series& series) {
  return one_line(detail::sentence(series), Place::line_start) + '\n';
}

std::string block(const Step& step) {
  std::string out = "### " + one_line(step.title);
  if (!step.size.empty()) out += " (" + one_line(step.size) + ')';
  out += '\n';
  if (!step.why.empty()) out += '\n' + lines(step.why) + '\n';
  if (!step.try_this.empty()) out += "\n**Try:** " + lines(step.try_this) + '\n';
  if (!step.id.empty()) out += "\n**Name:** " + one_line(step.id) + '\n';
  if (!step.remark.empty()) out += '\n' + one_line(step.remark, Place::line_start) + '\n';
  return out;
}

}  // namespace

std::string render_markdown(const Document& document) {
  std::string out;
  for (std::size_t at = 0; at < document.size();) {
    if (!out.empty()) out += '\n';
    const std::vector<const Ruler*> group = detail::small_rulers_at(document, at);
    if (!group.empty()) {
      out += block(detail::table_of(group));
      at += group.size();
      continue;
    }
    out += std::visit([](const auto& any) { return block(any); }, document[at]);
    ++at;
  }
  return out;
}

}  // namespace attune
