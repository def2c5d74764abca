// SPDX-License-Identifier: MIT
// Rulers in characters: a scale with a score on it.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "attune/text.hpp"

#include "report/render/chart.hpp"
#include "report/render/sentences.hpp"
#include "report/render/text_page.hpp"

namespace attune::report {
namespace {

// The words at both ends, beside one another as far as they fit; else each with its number.
void put_ruler_ends(TextPage& page, const Ruler& ruler, std::size_t columns) {
  const std::string low = page.clean(ruler.low_label);
  const std::string high = page.clean(ruler.high_label);
  if (low.empty() && high.empty()) return;
  constexpr std::size_t between = 3;
  constexpr std::size_t narrowest = 14;
  const std::size_t half = (columns - between) / 2;
  if (half < narrowest) {
    page.labelled(tick_label(ruler.min) + ": ", Ink::quiet, low);
    page.labelled(tick_label(ruler.max) + ": ", Ink::quiet, high);
    return;
  }
  const bool fits = display_width(low) + between + display_width(high) <= columns;
  std::vector<std::string> left = wrap(low, fits ? columns : half);
  std::vector<std::string> right = wrap(high, fits ? columns : half);
  left.resize(std::max(left.size(), right.size()));
  right.resize(left.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    page.put_spaces(page.margin());
    page.put(left[i]);
    page.put_line(right[i], columns - display_width(left[i]) - display_width(right[i]));
  }
}

// "Anxiety  3.4 ± 0.6  middle" on one line where it fits, else the remark below.
void put_ruler_heading(TextPage& page, const Ruler& ruler) {
  const std::size_t indent = page.margin();
  const std::string name = page.clean(ruler.name);
  const std::string value = page.clean(ruler.value);
  const std::string remark = page.clean(ruler.remark);
  const std::size_t head = indent + display_width(name) + 2 + display_width(value);
  const bool head_fits = head <= page.measure();
  const bool all_fits = head_fits && head + 3 + display_width(remark) <= page.measure();
  if (head_fits) {
    page.put_spaces(indent);
    page.put(name, Ink::strong);
    page.put_spaces(2);
    page.put(value, Ink::accent);
    page.put_line(all_fits ? remark : "", 3, Ink::quiet);
  } else {
    page.paragraph(name, Ink::strong);
    page.paragraph(value, Ink::accent);
  }
  if (!all_fits && !remark.empty()) page.paragraph(remark, Ink::quiet);
}

}  // namespace

void put_tick_numbers(TextPage& page, const Axis& axis, const std::vector<double>& tick_values,
                      std::size_t indent) {
  const std::string last = tick_label(tick_values.back());
  const std::size_t last_start = axis.cells > last.size() ? axis.cells - last.size() : 0;
  std::string numbers = tick_label(tick_values.front());
  for (std::size_t i = 1; i + 1 < tick_values.size(); ++i) {
    const std::string label = tick_label(tick_values[i]);
    const std::size_t cell = axis.cell(tick_values[i]);
    const std::size_t start = cell - std::min(cell, (label.size() - 1) / 2);
    if (start < numbers.size() + 1 || start + label.size() + 1 > last_start) continue;
    numbers.resize(start, ' ');
    numbers += label;
  }
  numbers.resize(std::max(last_start, numbers.size() + 1), ' ');
  page.put_line(fit(numbers + last, axis.cells), indent, Ink::quiet);
}

std::vector<InkedGlyph> ruler_glyphs(const Ruler& ruler, const Axis& axis,
                                     const std::vector<double>& tick_values, Charset charset) {
  const bool is_utf8 = charset == Charset::utf8;
  // Line, tick, start and end, outside of the interval and within it. In ASCII a tick within the
  // interval keeps its mark.
  enum Part { line, tick, start, end };
  constexpr std::string_view in_utf8[2][4] = {{"─", "┼", "├", "┤"}, {"━", "┿", "┝", "┥"}};
  constexpr std::string_view in_ascii[2][4] = {{"-", "+", "|", "|"}, {"=", "+", "|", "|"}};
  std::vector<Part> parts(axis.cells, line);
  for (const double value : tick_values) parts[axis.cell(value)] = tick;
  parts.front() = start;
  parts.back() = end;
  const std::size_t low = axis.cell(ruler.low);
  const std::size_t high = axis.cell(ruler.high);
  std::vector<InkedGlyph> glyphs;
  for (std::size_t cell = 0; cell < axis.cells; ++cell) {
    const bool in_range = cell >= low && cell <= high;
    const auto& strokes = is_utf8 ? in_utf8[in_range] : in_ascii[in_range];
    glyphs.push_back({strokes[parts[cell]], in_range ? Ink::accent : Ink::quiet});
  }
  glyphs[axis.cell(ruler.score)].glyph = is_utf8 ? "●" : "O";
  return glyphs;
}

void draw_picture(TextPage& page, const Ruler& ruler) {
  put_ruler_heading(page, ruler);
  const std::size_t indent = page.margin();
  const std::size_t cells = even_cells(ruler.min, ruler.max, page.measure() - indent, 10);
  const Axis axis{ruler.min, ruler.max, cells};
  const std::vector<double> tick_values = ticks(ruler.min, ruler.max, 13);
  page.put_spaces(indent);
  page.put_glyphs(ruler_glyphs(ruler, axis, tick_values, page.charset()));
  page.end_line();
  put_tick_numbers(page, axis, tick_values, indent);
  put_ruler_ends(page, ruler, cells);
}

}  // namespace attune::report
