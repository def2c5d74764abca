// SPDX-License-Identifier: MIT
// The blocks of a document as plain text, on a page of a given width.
#include "attune/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/document.hpp"

#include "report/render/chart.hpp"
#include "report/render/sentences.hpp"
#include "report/render/text_page.hpp"

namespace attune::report {
namespace {

constexpr std::size_t longest_prose = 78;

// Below a heading everything stands a little to the right, so that headings are found without
// colour, and so does the text of a step; a narrow page and a screen reader get no margin.
std::size_t step_to_the_right(const TextPage& page) {
  return page.has_pictures() && page.width() >= 40 ? 2 : 0;
}

void put_block(TextPage& page, const Heading& heading) {
  const std::string text = page.clean(heading.text);
  page.set_margin(heading.level > 2 ? step_to_the_right(page) : 0);
  page.paragraph(text, Ink::strong);
  page.set_margin(step_to_the_right(page));
  if (heading.level > 2 || !page.has_pictures()) return;
  const std::string_view in_utf8 = heading.level == 1 ? "━" : "─";
  const std::string_view in_ascii = heading.level == 1 ? "=" : "-";
  const std::size_t columns = std::min(display_width(text), page.measure());
  page.put_line(repeated(page.is_utf8() ? in_utf8 : in_ascii, columns), 0, Ink::quiet);
}

void put_block(TextPage& page, const Paragraph& paragraph) {
  page.paragraph(page.clean_lines(paragraph.text),
                 paragraph.tone == Tone::quiet ? Ink::quiet : Ink::plain);
}

void put_block(TextPage& page, const Facts& facts) {
  const std::size_t widest =
      widest_line(texts_of(facts.rows, [&](const auto& row) { return page.clean(row.first); }));
  const bool is_long = page.margin() + widest + 2 > page.measure() * 2 / 5;
  for (const auto& [label, text] : facts.rows) {
    if (!page.has_pictures()) {
      page.paragraph(page.clean(fmt::format("{}: {}", label, text)));
    } else if (is_long) {
      page.paragraph(page.clean(label), Ink::quiet);
      page.paragraph(page.clean_lines(text), Ink::plain, 2);
    } else {
      page.labelled(pad_right(page.clean(label), widest + 2), Ink::quiet, page.clean_lines(text));
    }
  }
}

void put_block(TextPage& page, const Bullets& bullets) {
  for (const std::string& item : bullets.items) {
    page.labelled(page.has_pictures() ? "- " : "", Ink::quiet, page.clean_lines(item));
  }
}

void put_block(TextPage& page, const Step& step) {
  std::string title = page.clean(step.title);
  if (!step.size.empty()) title += " (" + page.clean(step.size) + ')';
  const std::size_t indent = step_to_the_right(page);
  page.paragraph(title, Ink::strong);
  if (!step.why.empty()) page.paragraph(page.clean_lines(step.why), Ink::plain, indent);
  if (!step.try_this.empty()) {
    page.labelled("Try: ", Ink::accent, page.clean_lines(step.try_this), indent);
  }
  if (!step.id.empty()) page.labelled("Name: ", Ink::quiet, page.clean(step.id), indent);
  if (!step.remark.empty()) page.paragraph(page.clean(step.remark), Ink::plain, indent);
}

constexpr std::size_t between_columns = 2;
constexpr std::size_t narrowest_wrapped = 16;

using Rows = std::vector<std::vector<std::string>>;

// A series is longer where it has the page to itself: on a narrow one and on a wide one.
std::size_t picture_columns(const TextPage& page, const Picture& picture) {
  const bool is_narrow = page.width() < 60;
  if (std::holds_alternative<Bar>(picture)) return is_narrow ? 8 : 12;
  if (std::holds_alternative<Ruler>(picture)) return 13;
  return is_narrow || page.width() >= 100 ? 22 : 11;
}

// Header and rows cleaned, every row with one cell per column; pictures come last.
Rows cleaned_rows(const TextPage& page, const Table& table) {
  Rows rows;
  rows.reserve(table.rows.size() + 1);
  const auto add = [&](const std::vector<std::string>& cells) {
    auto& row = rows.emplace_back(table.header.size());
    for (std::size_t i = 0; i < std::min(cells.size(), row.size()); ++i) {
      row[i] = page.clean(cells[i]);
    }
  };
  add(table.header);
  for (const auto& cells : table.rows) add(cells);
  if (!page.has_pictures() || table.pictures.empty()) return rows;
  rows.front().push_back(page.clean(table.picture_header));
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const bool is_drawn = r - 1 < table.pictures.size();
    rows[r].emplace_back();
    if (!is_drawn) continue;
    const Picture& picture = table.pictures[r - 1];
    rows[r].back() = drawn_in_line(picture, picture_columns(page, picture), page.charset());
  }
  return rows;
}

// Natural widths of the first `columns`, the widest of the `texts` among them made narrower until
// all fit into `room`. Pictures keep theirs. Nothing when they don't fit.
std::vector<std::size_t> fitted_widths(const Rows& rows, std::size_t room, std::size_t texts,
                                       std::size_t columns) {
  std::vector<std::size_t> widths(columns, 1);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < columns; ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  const auto texts_end = widths.begin() + static_cast<std::ptrdiff_t>(texts);
  std::size_t total =
      std::accumulate(widths.begin(), widths.end(), between_columns * (columns - 1));
  for (; total > room; --total) {
    const auto widest = std::max_element(widths.begin(), texts_end);
    if (*widest <= narrowest_wrapped) return {};
    --*widest;
  }
  return widths;
}

void put_table_row(TextPage& page, const Table& table, const std::vector<std::string>& row,
                   const std::vector<std::size_t>& widths, Ink ink) {
  const std::size_t texts = table.header.size();
  Rows cells;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    // Spaces within a picture mean something, so it is never wrapped.
    cells.push_back(i < texts ? wrap(row[i], widths[i]) : std::vector{row[i]});
    lines = std::max(lines, cells.back().size());
  }
  for (std::size_t line = 0; line < lines; ++line) {
    page.put_spaces(page.margin());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool is_picture = i >= texts && ink == Ink::plain;
      const std::string text = line < cells[i].size() ? cells[i][line] : std::string{};
      const std::size_t rest = widths[i] - std::min(widths[i], display_width(text));
      const bool is_right = i < table.align.size() && table.align[i] == Align::right;
      page.put_spaces(is_right ? rest : 0);
      page.put(text, is_picture ? Ink::accent : ink);
      page.put_spaces((is_right ? 0 : rest) + between_columns);
    }
    page.end_line();
  }
}

// A header within a line: "Counts as" → "counts as"; "ID" stays.
std::string within_line(std::string header) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool is_word = header.size() > 1 && is_capital(header[0]) && !is_capital(header[1]);
  if (is_word) header[0] = static_cast<char>(header[0] - 'A' + 'a');
  return header;
}

// The first cell, and below it the others as "header value", separated by commas; a picture last.
// To be read aloud, each has a line of its own, and what is empty is not mentioned.
void put_stacked(TextPage& page, const Rows& rows, std::size_t texts) {
  const std::vector<std::string>& header = rows.front();
  constexpr std::size_t indent = 2;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (r > 1) page.gap();
    const bool is_numbered = !page.has_pictures() && !rows[r].front().empty() &&
                             std::ranges::all_of(rows[r].front(), is_ascii_digit);
    page.paragraph(is_numbered ? header.front() + ' ' + rows[r].front() : rows[r].front());
    std::string rest;
    for (std::size_t i = 1; i < texts; ++i) {
      if (rows[r][i].empty() || (!page.has_pictures() && rows[r][i] == "-")) continue;
      if (!page.has_pictures()) {
        const std::string label = header[i].empty() ? "" : header[i] + ": ";
        page.paragraph(label + rows[r][i]);
        continue;
      }
      if (!rest.empty()) rest += ", ";
      rest += header[i].empty() ? rows[r][i] : within_line(header[i]) + ' ' + rows[r][i];
    }
    if (!rest.empty()) page.paragraph(rest, Ink::quiet, indent);
    const bool is_drawn = rows[r].size() > texts && !rows[r].back().empty();
    if (is_drawn) page.put_line(rows[r].back(), page.margin() + indent, Ink::accent);
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
  if (page.has_pictures()) widths = fitted_widths(rows, room, texts, rows.front().size());
  // On a narrow page columns side by side are worth more than pictures.
  if (widths.empty() && rows.front().size() > texts) {
    widths = fitted_widths(rows, room, texts, texts);
  }
  if (widths.empty()) {
    put_stacked(page, rows, texts);
  } else {
    put_table_row(page, table, rows.front(), widths, Ink::quiet);
    const auto rule = [&](std::size_t width) {
      return repeated(page.is_utf8() ? "─" : "-", width);
    };
    put_table_row(page, table, texts_of(widths, rule), widths, Ink::quiet);
    for (std::size_t r = 1; r < rows.size(); ++r) {
      put_table_row(page, table, rows[r], widths, Ink::plain);
    }
  }
  const bool is_drawn = rows.front().size() > texts && widths.size() != texts;
  if (!is_drawn || table.picture_note.empty()) return;
  page.gap();
  page.paragraph(page.clean(table.picture_note), Ink::quiet);
}

// A picture or, for screen readers, its sentence.
template <typename Drawn>
void put_block(TextPage& page, const Drawn& picture) {
  if (page.has_pictures()) {
    draw_picture(page, picture);
  } else {
    page.paragraph(page.clean(sentence(picture)));
  }
}

constexpr std::array<std::string_view, 8> utf8_heights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 5> ascii_heights{"_", ".", "-", "'", "^"};

// One place for each usual step from one mark to the next, so that regular check-ins stand side by
// side and a pause shows. Usual is the shorter of two steps where the middle is between them.
std::size_t places_for(const std::vector<SeriesMark>& marks, std::size_t most) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    const double step = local_days(marks[i].at) - local_days(marks[i - 1].at);
    if (step > 0) steps.push_back(step);
  }
  if (steps.empty()) return 1;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>((steps.size() - 1) / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  const double span = local_days(marks.back().at) - local_days(marks.front().at);
  const double places = std::round(span / *middle) + 1;
  return static_cast<std::size_t>(std::clamp(places, 2.0, static_cast<double>(most)));
}

std::string picture_in_line(const Series& series, std::size_t columns, Charset charset) {
  if (series.marks.empty() || columns < 2 || !(series.max > series.min)) return {};
  const Axis time = time_axis(series.marks, places_for(series.marks, columns));
  const std::span<const std::string_view> heights =
      charset == Charset::utf8 ? std::span<const std::string_view>(utf8_heights) : ascii_heights;
  const Axis height{series.min, series.max, heights.size()};
  std::string out;
  for (const DrawnMark& mark : marks_by_cell(series, time)) {
    out += mark.count == 0 ? " " : heights[height.cell(mark.score)];
  }
  return out;
}

// In steps of half a column, where the characters have one.
std::string picture_in_line(const Bar& bar, std::size_t columns, Charset charset) {
  const double share = std::clamp(bar.share, 0.0, 1.0);
  if (!(share > 0)) return {};
  const double steps = charset == Charset::utf8 ? 2 : 1;
  const double filled = std::round(share * static_cast<double>(columns) * steps);
  const auto whole = static_cast<std::size_t>(std::max(filled, 1.0));
  if (charset == Charset::ascii) return std::string(whole, '=');
  return repeated("━", whole / 2) + (whole % 2 == 1 ? "╸" : "");
}

// With the ends and the middle: what a small line has room for.
std::string picture_in_line(const Ruler& ruler, std::size_t columns, Charset charset) {
  const Axis axis{ruler.min, ruler.max, even_cells(ruler.min, ruler.max, columns, 2)};
  std::string out;
  for (const InkedGlyph& each :
       ruler_glyphs(ruler, axis, {ruler.min, (ruler.min + ruler.max) / 2, ruler.max}, charset)) {
    out += each.glyph;
  }
  return out;
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

std::string spoken(std::string text) {
  constexpr std::string_view margin = " ± ";
  for (std::size_t at = text.find(margin); at != std::string::npos; at = text.find(margin, at)) {
    const std::size_t after = at + margin.size();
    const bool is_number = after < text.size() && is_ascii_digit(text[after]);
    text.replace(at, margin.size(), is_number ? ", give or take " : " 'give or take' ");
  }
  text = replace_all(std::move(text), "±", "'give or take'");
  text = replace_all(replace_all(std::move(text), "− ", "minus "), "−", "minus ");
  for (std::size_t at = text.find('+'); at != std::string::npos; at = text.find('+', at + 1)) {
    const bool is_last = at + 1 == text.size();
    const bool is_sign =
        !is_last && is_ascii_digit(text[at + 1]) && (at == 0 || text[at - 1] == ' ');
    if (is_sign) text.replace(at, 1, "plus ");
  }
  return text;
}

std::string repeated(std::string_view sign, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += sign;
  return out;
}

TextPage::TextPage(const TextStyle& style) : style_(style) {
  style_.width_columns = std::clamp<std::size_t>(style.width_columns, 20, 200);
}

std::size_t TextPage::measure() const { return std::min(width(), longest_prose); }

std::string TextPage::clean_lines(std::string_view text) const {
  std::string out = escape_lines(text);
  if (!has_pictures()) out = spoken(std::move(out));
  return is_utf8() ? out : to_ascii(out);
}

std::string TextPage::clean(std::string_view text) const {
  std::string out = clean_lines(text);
  std::ranges::replace(out, '\n', ' ');
  return out;
}

void TextPage::put(std::string_view clean_text, Ink ink) {
  const std::size_t end = clean_text.find_last_not_of(' ');
  if (end == std::string_view::npos) return put_spaces(clean_text.size());
  const std::size_t start = clean_text.find_first_not_of(' ');
  out_.append(spaces_ + start, ' ');
  const std::string_view sgr =
      style_.colour == Colour::on ? sgr_of_ink[static_cast<std::size_t>(ink)] : "";
  out_ += sgr;
  out_ += clean_text.substr(start, end + 1 - start);
  if (!sgr.empty()) out_ += "\x1B[0m";
  spaces_ = clean_text.size() - end - 1;
  at_line_start_ = false;
}

void TextPage::end_line() {
  const bool is_wanted = !at_line_start_ || (!out_.empty() && !out_.ends_with("\n\n"));
  spaces_ = 0;
  at_line_start_ = true;
  if (is_wanted) out_ += '\n';
}

void TextPage::put_glyphs(std::span<const InkedGlyph> glyphs) {
  std::string run;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    run += glyphs[i].glyph;
    if (i + 1 < glyphs.size() && glyphs[i + 1].ink == glyphs[i].ink) continue;
    put(run, glyphs[i].ink);
    run.clear();
  }
}

void TextPage::put_line(std::string_view clean_text, std::size_t indent, Ink ink) {
  put_spaces(indent);
  put(clean_text, ink);
  end_line();
}

void TextPage::gap() {
  if (!at_line_start_) end_line();
  end_line();
}

void TextPage::paragraph(std::string_view clean_text, Ink ink, std::size_t indent) {
  const std::size_t start = margin_ + indent;
  const std::size_t columns = measure() > start ? measure() - start : 1;
  for (const std::string& line : wrap(clean_text, columns)) put_line(line, start, ink);
}

void TextPage::labelled(std::string_view label, Ink label_ink, std::string_view clean_text,
                        std::size_t indent) {
  if (!has_pictures()) return paragraph(std::string(label).append(clean_text), Ink::plain, indent);
  const std::size_t hanging = margin_ + indent + display_width(label);
  const std::size_t columns = measure() > hanging ? measure() - hanging : 1;
  put_spaces(margin_ + indent);
  put(label, label_ink);
  std::size_t start = 0;  // the first line goes on where the label ends
  for (const std::string& line : wrap(clean_text, columns)) {
    put_line(line, start);
    start = hanging;
  }
}

std::string TextPage::take() {
  if (!at_line_start_) end_line();
  while (out_.ends_with("\n\n")) out_.pop_back();
  if (out_.empty()) out_ = "\n";
  return std::move(out_);
}

std::string drawn_in_line(const Picture& picture, std::size_t columns, Charset charset) {
  return std::visit([&](const auto& any) { return picture_in_line(any, columns, charset); },
                    picture);
}

std::string render_text(const Document& document, const TextStyle& style) {
  TextPage page(style);
  for (std::size_t at = 0; at < document.size(); ++at) {
    if (!stands_close(document, at)) page.gap();
    std::visit([&](const auto& block) { put_block(page, block); }, document[at]);
  }
  return page.take();
}

}  // namespace attune::report
