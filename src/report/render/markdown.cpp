// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/text.hpp"

#include "report/render/sentences.hpp"

namespace attune::report {
namespace {

// Whether a backslash must stand before line[at]. Any ASCII punctuation may be escaped (CommonMark
// 2.4); these can begin markup anywhere. "://" and "www." begin links in GitHub's dialect.
bool is_markup(std::string_view line, std::size_t at) {
  constexpr std::string_view anywhere = "\\`*_[]<>&|~$@#";
  if (anywhere.find(line[at]) != std::string_view::npos) return true;
  const std::string_view rest = line.substr(at);
  if (rest.starts_with("://")) return true;
  return rest.front() == '.' && at >= 3 && line.substr(at - 3, 3) == "www";
}

enum class LinePlace { line_start, within_line };

// Where a line's beginning would make it a list, an underline or a rule: the place of the character
// to escape, or npos.
std::size_t marker_at_start(std::string_view line) {
  constexpr std::string_view markers = "-+=:";
  if (line.empty()) return std::string_view::npos;
  if (markers.find(line.front()) != std::string_view::npos) return 0;
  std::size_t at = 0;
  while (at < line.size() && is_ascii_digit(line[at])) ++at;
  if (at == 0 || at == line.size() || (line[at] != '.' && line[at] != ')')) {
    return std::string_view::npos;
  }
  const bool is_item = at + 1 == line.size() || line[at + 1] == ' ';
  return is_item ? at : std::string_view::npos;
}

std::string escaped_line(std::string_view text, LinePlace place) {
  const std::string escaped = escape(text);
  const std::string_view safe = trim(escaped);
  const std::size_t marker =
      place == LinePlace::line_start ? marker_at_start(safe) : std::string_view::npos;
  std::string out;
  out.reserve(safe.size() + 8);
  for (std::size_t at = 0; at < safe.size(); ++at) {
    if (at == marker || is_markup(safe, at)) out += '\\';
    out += safe[at];
  }
  return out;
}

std::string one_line(std::string text, LinePlace place = LinePlace::within_line) {
  std::ranges::replace(text, '\n', ' ');
  return escaped_line(text, place);
}

// Newlines become hard breaks, so that no line can turn the one before it into a heading.
std::string broken_lines(std::string_view text) {
  std::string out;
  for (const std::string_view each : split(text, '\n')) {
    const std::string line = escaped_line(each, LinePlace::line_start);
    if (!line.empty() && !out.empty()) out += "\\\n";
    out += line;
  }
  return out;
}

std::string strong(const std::string& text) {
  const std::string safe = one_line(text);
  return safe.empty() ? safe : "**" + safe + "**";
}

std::string markdown_row(const std::vector<std::string>& cells, std::size_t columns) {
  std::string row = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    row += ' ' + (i < cells.size() ? one_line(cells[i]) : std::string{}) + " |";
  }
  return row + '\n';
}

std::string markdown_of(const Table& table) {
  const std::size_t columns = table.header.size();
  if (columns == 0) return {};
  std::string out = markdown_row(table.header, columns) + '|';
  for (std::size_t i = 0; i < columns; ++i) {
    const bool is_right = i < table.align.size() && table.align[i] == Align::right;
    out += is_right ? " ---: |" : " --- |";
  }
  out += '\n';
  for (const auto& row : table.rows) out += markdown_row(row, columns);
  return out;
}

std::string markdown_of(const Heading& heading) {
  const auto level = static_cast<std::size_t>(std::clamp(heading.level, 1, 3));
  return std::string(level, '#') + ' ' + one_line(heading.text) + '\n';
}

std::string markdown_of(const Paragraph& paragraph) { return broken_lines(paragraph.text) + '\n'; }

std::string markdown_of(const Facts& facts) {
  std::string out;
  for (const auto& [label, text] : facts.rows) {
    out += "- " + strong(label + ':') + ' ' + one_line(text) + '\n';
  }
  return out;
}

std::string markdown_of(const Bullets& bullets) {
  std::string out;
  for (const std::string& item : bullets.items)
    out += "- " + one_line(item, LinePlace::line_start) + '\n';
  return out;
}

std::string markdown_of(const Ruler& ruler) {
  std::string out = strong(ruler.name + ": " + ruler.value);
  if (!ruler.remark.empty()) out += ", " + one_line(ruler.remark);
  return out + ". " + one_line(capitalised(likely_range(ruler))) + '\n';
}

// A plane or a series.
template <class Drawn>
std::string markdown_of(const Drawn& picture) {
  return one_line(sentence(picture), LinePlace::line_start) + '\n';
}

std::string markdown_of(const Step& step) {
  std::string out = "### " + one_line(step.title);
  if (!step.size.empty()) out += " (" + one_line(step.size) + ')';
  out += '\n';
  if (!step.why.empty()) out += '\n' + broken_lines(step.why) + '\n';
  if (!step.try_this.empty()) out += "\n**Try:** " + broken_lines(step.try_this) + '\n';
  if (!step.id.empty()) out += "\n**Name:** " + one_line(step.id) + '\n';
  if (!step.remark.empty()) out += '\n' + one_line(step.remark, LinePlace::line_start) + '\n';
  return out;
}

}  // namespace

std::string render_markdown(const Document& document) {
  std::string out;
  for (const Block& block : document) {
    if (!out.empty()) out += '\n';
    out += std::visit([](const auto& any) { return markdown_of(any); }, block);
  }
  return out;
}

}  // namespace attune::report
