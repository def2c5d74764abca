// SPDX-License-Identifier: MIT
#include "attune/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/document.hpp"

#include "report/render/sentences.hpp"
#include "report/render/text_page.hpp"

namespace attune::report {
namespace {

Ink ink_of(Tone tone) { return tone == Tone::quiet ? Ink::quiet : Ink::plain; }

// Below a heading everything stands a little to the right, so that headings are found without
// colour; a narrow page and a screen reader get no margin.
std::size_t margin_below_headings(const TextPage& page) {
  return page.has_pictures() && page.width() >= 40 ? 2 : 0;
}

std::string_view underline_of(const TextPage& page, int level) {
  if (level == 1) return page.is_utf8() ? "━" : "=";
  return page.is_utf8() ? "─" : "-";
}

void put_block(TextPage& page, const Heading& heading) {
  page.set_margin(margin_below_headings(page));
  const std::string text = page.clean(heading.text);
  page.paragraph(text, heading.level >= 3 ? page.margin() : 0, Ink::strong);
  if (heading.level > 2 || !page.has_pictures()) return;
  std::string rule;
  const std::size_t columns = std::min(display_width(text), page.measure());
  for (std::size_t i = 0; i < columns; ++i) rule += underline_of(page, heading.level);
  page.put(rule, Ink::quiet);
  page.end_line();
}

void put_block(TextPage& page, const Paragraph& paragraph) {
  page.paragraph(page.clean_lines(paragraph.text), page.margin(), ink_of(paragraph.tone));
}

void put_facts_below_labels(TextPage& page, const Facts& facts) {
  for (const auto& [label, text] : facts.rows) {
    page.paragraph(page.clean(label), page.margin(), Ink::quiet);
    page.paragraph(page.clean_lines(text), page.margin() + 2);
  }
}

void put_block(TextPage& page, const Facts& facts) {
  if (!page.has_pictures()) {
    for (const auto& [label, text] : facts.rows) {
      page.paragraph(page.clean(fmt::format("{}: {}", label, text)), page.margin());
    }
    return;
  }
  std::size_t widest = 0;
  for (const auto& row : facts.rows)
    widest = std::max(widest, display_width(page.clean(row.first)));
  if (page.margin() + widest + 2 > page.measure() * 2 / 5) {
    put_facts_below_labels(page, facts);
    return;
  }
  for (const auto& [label, text] : facts.rows) {
    page.labelled(pad_right(page.clean(label), widest + 2), Ink::quiet, page.clean_lines(text),
                  page.margin());
  }
}

void put_block(TextPage& page, const Bullets& bullets) {
  for (const std::string& item : bullets.items) {
    page.labelled(page.has_pictures() ? "- " : "", Ink::quiet, page.clean_lines(item),
                  page.margin());
  }
}

void put_block(TextPage& page, const Step& step) {
  std::string title = page.clean(step.title);
  if (!step.size.empty()) title += " (" + page.clean(step.size) + ')';
  const std::size_t indent = page.margin() + (page.has_pictures() && page.width() >= 40 ? 2 : 0);
  page.paragraph(title, page.margin(), Ink::strong);
  if (!step.why.empty()) page.paragraph(page.clean_lines(step.why), indent);
  if (!step.try_this.empty()) {
    page.labelled("Try: ", Ink::accent, page.clean_lines(step.try_this), indent);
  }
  if (!step.id.empty()) page.labelled("Name: ", Ink::quiet, page.clean(step.id), indent);
  if (!step.remark.empty()) page.paragraph(page.clean(step.remark), indent);
}

constexpr std::size_t between_columns = 2;
constexpr std::size_t narrowest_wrapped = 16;

using Rows = std::vector<std::vector<std::string>>;

Align align_of(const Table& table, std::size_t column) {
  return column < table.align.size() ? table.align[column] : Align::left;
}

bool shows_pictures(const TextPage& page, const Table& table) {
  return page.has_pictures() && !table.pictures.empty();
}

// Columns of a bar; a sparkline never needs more.
std::size_t picture_columns(const TextPage& page) { return page.width() >= 60 ? 12 : 8; }

// Header and rows cleaned, every row with one cell per column; pictures come last.
Rows cleaned_rows(const TextPage& page, const Table& table) {
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
    rows[r].push_back(
        is_drawn ? drawn_in_line(table.pictures[r - 1], picture_columns(page), charset) : "");
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
  std::size_t total =
      std::accumulate(widths.begin(), widths.end(), between_columns * (widths.size() - 1));
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
std::vector<std::string> cell_lines(const std::string& cell, std::size_t width, bool is_picture) {
  return is_picture ? std::vector<std::string>{cell} : wrap(cell, width);
}

void put_table_row(TextPage& page, const Table& table, const std::vector<std::string>& row,
                   const std::vector<std::size_t>& widths, Ink ink) {
  std::vector<std::vector<std::string>> cells;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    cells.push_back(cell_lines(row[i], widths[i], i >= table.header.size()));
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
      page.put_spaces((is_right ? 0 : rest) + between_columns);
    }
    page.end_line();
  }
}

void put_table_rule(TextPage& page, const std::vector<std::size_t>& widths) {
  page.put_spaces(page.margin());
  for (const std::size_t width : widths) {
    std::string rule;
    for (std::size_t i = 0; i < width; ++i) rule += page.is_utf8() ? "─" : "-";
    page.put(rule, Ink::quiet);
    page.put_spaces(between_columns);
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
void put_stacked(TextPage& page, const Rows& rows, std::size_t texts) {
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

void put_block(TextPage& page, const Table& table) {
  if (table.header.empty()) return;
  const Rows rows = cleaned_rows(page, table);
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
  put_table_row(page, table, rows.front(), widths, Ink::quiet);
  put_table_rule(page, widths);
  for (std::size_t r = 1; r < rows.size(); ++r)
    put_table_row(page, table, rows[r], widths, Ink::plain);
}

// A picture or, for screen readers, its sentence.
template <typename Drawn>
void put_picture(TextPage& page, const Drawn& picture) {
  if (page.has_pictures()) {
    draw_picture(page, picture);
  } else {
    page.paragraph(page.clean(sentence(picture)), page.margin());
  }
}

void put_block(TextPage& page, const Ruler& ruler) { put_picture(page, ruler); }
void put_block(TextPage& page, const Plane& plane) { put_picture(page, plane); }

void put_block(TextPage& page, const Series& series) {
  if (!series.marks.empty()) put_picture(page, series);
}

void put_small_rulers(TextPage& page, const std::vector<const Ruler*>& rulers) {
  if (page.has_pictures()) {
    draw_small_rulers(page, rulers);
    return;
  }
  for (const Ruler* ruler : rulers) put_picture(page, *ruler);
}

// Headings stand close to what they head, and so do words that announce what follows. A third level
// has no line below it, so that the head of a table would pass for its second line.
bool stands_close(const Document& document, std::size_t at) {
  if (at == 0) return true;
  if (const auto* heading = std::get_if<Heading>(&document[at - 1])) {
    return heading->level == 2 ||
           (heading->level > 2 && !std::holds_alternative<Table>(document[at]));
  }
  const auto* paragraph = std::get_if<Paragraph>(&document[at - 1]);
  return paragraph != nullptr && paragraph->text.ends_with(':');
}

}  // namespace

std::string render_text(const Document& document, const TextStyle& style) {
  TextPage page(style);
  for (std::size_t at = 0; at < document.size();) {
    if (!stands_close(document, at)) page.gap();
    const std::vector<const Ruler*> group = small_rulers_at(document, at);
    if (!group.empty()) {
      put_small_rulers(page, group);
      at += group.size();
      continue;
    }
    std::visit([&](const auto& block) { put_block(page, block); }, document[at]);
    ++at;
  }
  return page.take();
}

}  // namespace attune::report
