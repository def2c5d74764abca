// SPDX-License-Identifier: MIT
#include "report/ruler.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attune/text.hpp"

#include "report/axis.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t most_ticks = 13;

// The parts of a drawn line. In ASCII a tick within the interval keeps its mark.
struct Strokes {
  std::string_view line, tick, start, end, range, range_tick, range_start, range_end, point;
};

constexpr Strokes utf8_strokes{"─", "┼", "├", "┤", "━", "┿", "┝", "┥", "●"};
constexpr Strokes ascii_strokes{"-", "+", "|", "|", "=", "+", "|", "|", "O"};

std::string_view stroke_at(const Strokes& strokes, std::size_t cell, std::size_t last,
                           bool in_range, bool is_tick) {
  if (cell == 0) return in_range ? strokes.range_start : strokes.start;
  if (cell == last) return in_range ? strokes.range_end : strokes.end;
  if (is_tick) return in_range ? strokes.range_tick : strokes.tick;
  return in_range ? strokes.range : strokes.line;
}

// The line itself: the axis quiet, the interval and the point in the accent.
void put_line(Page& page, const Ruler& ruler, const Axis& axis,
              const std::vector<double>& tick_values) {
  const Strokes& strokes = page.is_utf8() ? utf8_strokes : ascii_strokes;
  const std::size_t low = axis.cell(ruler.low);
  const std::size_t high = axis.cell(ruler.high);
  const std::size_t point = axis.cell(ruler.score);
  std::vector<bool> is_tick(axis.cells, false);
  for (const double tick : tick_values) is_tick[axis.cell(tick)] = true;
  std::string run;
  bool run_in_range = false;
  for (std::size_t cell = 0; cell < axis.cells; ++cell) {
    const bool in_range = cell >= low && cell <= high;
    if (in_range != run_in_range) {
      if (!run.empty()) page.put(run, run_in_range ? Ink::accent : Ink::quiet);
      run.clear();
      run_in_range = in_range;
    }
    run += cell == point ? strokes.point
                         : stroke_at(strokes, cell, axis.cells - 1, in_range, is_tick[cell]);
  }
  page.put(run, run_in_range ? Ink::accent : Ink::quiet);
}

// Numbers below their ticks; one that would touch its neighbour is left out, the ends never.
void put_tick_numbers(Page& page, const Axis& axis, const std::vector<double>& tick_values) {
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
  page.put(page.shortened(numbers + last, axis.cells), Ink::quiet);
  page.end_line();
}

// The words at both ends, beside one another as far as they fit; else each with its number.
void put_ends(Page& page, const Ruler& ruler, std::size_t columns, std::size_t indent) {
  const std::string low = page.clean(ruler.low_label);
  const std::string high = page.clean(ruler.high_label);
  if (low.empty() && high.empty()) return;
  constexpr std::size_t between = 3;
  constexpr std::size_t narrowest = 14;
  if ((columns - between) / 2 < narrowest) {
    page.labelled(tick_label(ruler.min) + ": ", Ink::quiet, low, indent);
    page.labelled(tick_label(ruler.max) + ": ", Ink::quiet, high, indent);
    return;
  }
  const bool fits = display_width(low) + between + display_width(high) <= columns;
  const std::size_t half = (columns - between) / 2;
  const std::vector<std::string> left = wrap(low, fits ? columns : half);
  const std::vector<std::string> right = wrap(high, fits ? columns : half);
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string_view left_line = i < left.size() ? std::string_view(left[i]) : "";
    const std::string_view right_line = i < right.size() ? std::string_view(right[i]) : "";
    page.put_spaces(indent);
    page.put(left_line);
    page.put_spaces(columns - display_width(left_line) - display_width(right_line));
    page.put(right_line);
    page.end_line();
  }
}

// "Anxiety  3.4 ± 0.6  middle" on one line where it fits, else the remark below.
void put_heading(Page& page, const Ruler& ruler, std::size_t indent) {
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
    page.put_spaces(3);
    if (all_fits) page.put(remark, Ink::quiet);
    page.end_line();
  } else {
    page.paragraph(name, indent, Ink::strong);
    page.paragraph(value, indent, Ink::accent);
  }
  if (!all_fits && !remark.empty()) page.paragraph(remark, indent, Ink::quiet);
}

// How a group of small rulers shares the width.
struct GroupLayout {
  std::size_t name = 0;
  std::size_t value = 0;
  std::size_t remark = 0;
  std::size_t cells = 0;
  bool one_line = true;
};

GroupLayout layout_of(const Page& page, std::span<const Ruler* const> rulers, std::size_t room) {
  GroupLayout layout;
  for (const Ruler* ruler : rulers) {
    layout.name = std::max(layout.name, display_width(page.clean(ruler->name)));
    layout.value = std::max(layout.value, display_width(page.clean(ruler->value)));
    layout.remark = std::max(layout.remark, display_width(page.clean(ruler->remark)));
  }
  const std::size_t gaps = layout.remark > 0 ? 6 : 4;
  const std::size_t words = layout.name + layout.value + layout.remark + gaps;
  const Ruler& first = *rulers.front();
  for (const std::size_t per : {4U, 3U, 2U}) {
    layout.cells = even_cells(first.min, first.max, page.width(), per);
    if (words + layout.cells <= room) return layout;
  }
  layout.one_line = false;
  return layout;
}

// The ends and the middle: what a small line has room for.
std::vector<double> small_ticks(const Ruler& ruler) {
  return {ruler.min, (ruler.min + ruler.max) / 2, ruler.max};
}

void put_on_one_line(Page& page, const Ruler& ruler, const GroupLayout& layout) {
  page.put_spaces(page.margin());
  page.put(pad_right(page.clean(ruler.name), layout.name + 2));
  put_line(page, ruler, {ruler.min, ruler.max, layout.cells}, small_ticks(ruler));
  page.put_spaces(2);
  page.put(pad_right(page.clean(ruler.value), layout.value + 2));
  page.put(page.clean(ruler.remark), Ink::quiet);
  page.end_line();
}

void put_on_two_lines(Page& page, const Ruler& ruler, const GroupLayout& layout) {
  const std::size_t indent = page.margin();
  const std::size_t room = page.measure() - indent;
  const std::string name = page.clean(ruler.name);
  const std::string value = page.clean(ruler.value);
  const std::string remark = page.clean(ruler.remark);
  page.put_spaces(indent);
  if (layout.name + 2 + layout.value <= room) {
    page.put(pad_right(name, layout.name + 2));
    page.put(value);
    page.end_line();
  } else {
    page.put(page.shortened(name, room));
    page.end_line();
    page.paragraph(value, indent);
  }
  page.put_spaces(indent);
  put_line(page, ruler, {ruler.min, ruler.max, layout.cells}, small_ticks(ruler));
  const bool remark_fits = layout.cells + 2 + display_width(remark) <= room;
  page.put_spaces(2);
  if (remark_fits) page.put(remark, Ink::quiet);
  page.end_line();
  if (!remark_fits) page.paragraph(remark, indent, Ink::quiet);
}

}  // namespace

void render_ruler(Page& page, const Ruler& ruler) {
  if (!page.has_pictures()) {
    page.paragraph(page.clean(sentence(ruler)), page.margin());
    return;
  }
  const std::size_t indent = page.margin();
  put_heading(page, ruler, indent);
  const std::size_t cells = even_cells(ruler.min, ruler.max, page.measure() - indent, 10);
  const Axis axis{ruler.min, ruler.max, cells};
  const std::vector<double> tick_values = ticks(ruler.min, ruler.max, most_ticks);
  page.put_spaces(indent);
  put_line(page, ruler, axis, tick_values);
  page.end_line();
  page.put_spaces(indent);
  put_tick_numbers(page, axis, tick_values);
  put_ends(page, ruler, cells, indent);
}

void render_ruler_group(Page& page, std::span<const Ruler* const> rulers) {
  if (!page.has_pictures()) {
    for (const Ruler* ruler : rulers) {
      page.paragraph(page.clean(sentence(*ruler)), page.margin());
    }
    return;
  }
  const GroupLayout layout = layout_of(page, rulers, page.measure() - page.margin());
  for (const Ruler* ruler : rulers) {
    layout.one_line ? put_on_one_line(page, *ruler, layout)
                    : put_on_two_lines(page, *ruler, layout);
  }
}

}  // namespace attune::detail
