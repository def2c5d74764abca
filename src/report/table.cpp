// SPDX-License-Identifier: MIT
#include "report/table.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "attune/text.hpp"

#include "report/picture.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t between = 2;
constexpr std::size_t narrowest_wrapped = 16;

using Rows = std::vector<std::vector<std::string>>;

Align align_of(const Table& table, std::size_t column) {
  return column < table.align.size() ? table.align[column] : Align::left;
}

bool shows_pictures(const Page& page, const Table& table) {
  return page.has_pictures() && !table.pictures.empty();
}

// Columns of a bar; a sparkline never needs more.
std::size_t picture_columns(const Page& page) { return page.width() >= 60 ? 12 : 8; }

// Header and rows cleaned, every row with one cell per column; pictures come last.
Rows cleaned(const Page& page, const Table& table) {
  Rows rows;
  rows.reserve(table.rows.size() + 1);
  const auto add = [&](const std::vector<std::string>& cells) {
    std::vector<std::string> row(table.header.size());
    for (std::size_t i = 0; i < std::min(cells.size(), row.size()); ++i) {
      row[i] = page.clean(cells[i]);
    }
    rows.push_back(std::move(row));
  };
  add(table.header);
  for (const auto& cells : table.rows) add(cells);
  if (!shows_pictures(page, table)) return rows;
  const Charset charset = page.is_utf8() ? Charset::utf8 : Charset::ascii;
  rows.front().push_back(page.clean(table.picture_header));
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const bool is_drawn = r - 1 < table.pictures.size();
    rows[r].push_back(is_drawn ? drawn(table.pictures[r - 1], picture_columns(page), charset) : "");
  }
  return rows;
}

// Natural widths, the widest columns made narrower until all fit into `room`. Pictures keep theirs.
std::vector<std::size_t> fitted_widths(const Rows& rows, std::size_t room, std::size_t texts) {
  std::vector<std::size_t> widths(rows.front().size(), 1);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  const auto texts_end = widths.begin() + static_cast<std::ptrdiff_t>(texts);
  std::size_t total = std::accumulate(widths.begin(), widths.end(), between * (widths.size() - 1));
  for (; total > room; --total) {
    const auto widest = std::max_element(widths.begin(), texts_end);
    if (*widest <= narrowest_wrapped) return {};
    --*widest;
  }
  return widths;
}

Rows without_pictures(Rows rows, std::size_t texts) {
  for (auto& row : rows) row.resize(texts);
  return rows;
}

// Spaces within a picture mean something, so it is never wrapped.
std::vector<std::string> lines_of(const std::string& cell, std::size_t width, bool is_picture) {
  return is_picture ? std::vector<std::string>{cell} : wrap(cell, width);
}

void put_row(Page& page, const Table& table, const std::vector<std::string>& row,
             const std::vector<std::size_t>& widths, Ink ink) {
  std::vector<std::vector<std::string>> cells;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    cells.push_back(lines_of(row[i], widths[i], i >= table.header.size()));
    lines = std::max(lines, cells.back().size());
  }
  for (std::size_t line = 0; line < lines; ++line) {
    page.put_spaces(page.margin());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool is_picture = i >= table.header.size() && ink == Ink::plain;
      const std::string text = line < cells[i].size() ? cells[i][line] : std::string{};
      const std::size_t rest = widths[i] - std::min(widths[i], display_width(text));
      const bool is_right = align_of(table, i) == Align::right;
      page.put_spaces(is_right ? rest : 0);
      page.put(text, is_picture ? Ink::accent : ink);
      page.put_spaces((is_right ? 0 : rest) + between);
    }
    page.end_line();
  }
}

void put_rule(Page& page, const std::vector<std::size_t>& widths) {
  page.put_spaces(page.margin());
  for (const std::size_t width : widths) {
    std::string rule;
    for (std::size_t i = 0; i < width; ++i) rule += page.is_utf8() ? "─" : "-";
    page.put(rule, Ink::quiet);
    page.put_spaces(between);
  }
  page.end_line();
}

// A header within a line: "Counts as" → "counts as"; "ID" stays.
std::string within_line(std::string header) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool is_word = header.size() > 1 && is_capital(header[0]) && !is_capital(header[1]);
  if (is_word) header[0] = static_cast<char>(header[0] - 'A' + 'a');
  return header;
}

// The first cell, and below it the others as "header value", separated by commas; a picture last.
void put_stacked(Page& page, const Rows& rows, std::size_t texts) {
  const std::vector<std::string>& header = rows.front();
  const std::size_t step = page.has_pictures() ? 2 : 0;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (r > 1) page.gap();
    page.paragraph(rows[r].front(), page.margin());
    std::string rest;
    for (std::size_t i = 1; i < texts; ++i) {
      if (rows[r][i].empty()) continue;
      if (!rest.empty()) rest += ", ";
      rest += header[i].empty() ? rows[r][i] : within_line(header[i]) + ' ' + rows[r][i];
    }
    if (!rest.empty()) page.paragraph(rest, page.margin() + step, Ink::quiet);
    if (texts == rows[r].size() || rows[r].back().empty()) continue;
    page.put_spaces(page.margin() + step);
    page.put(rows[r].back(), Ink::accent);
    page.end_line();
  }
}

}  // namespace

void render_table(Page& page, const Table& table) {
  if (table.header.empty()) return;
  const Rows rows = cleaned(page, table);
  // The right margin is as wide as the left where there is room for one.
  const std::size_t right = page.width() >= 60 ? page.margin() : 0;
  const std::size_t room = page.width() - page.margin() - right;
  const std::size_t texts = table.header.size();
  std::vector<std::size_t> widths;
  if (page.has_pictures()) widths = fitted_widths(rows, room, texts);
  // On a narrow page columns side by side are worth more than pictures.
  if (widths.empty() && shows_pictures(page, table)) {
    widths = fitted_widths(without_pictures(rows, texts), room, texts);
  }
  if (widths.empty()) {
    put_stacked(page, rows, texts);
    return;
  }
  put_row(page, table, rows.front(), widths, Ink::quiet);
  put_rule(page, widths);
  for (std::size_t r = 1; r < rows.size(); ++r) put_row(page, table, rows[r], widths, Ink::plain);
}

}  // namespace attune::detail
