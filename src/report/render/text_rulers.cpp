// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/text.hpp"

#include "report/render/chart.hpp"
#include "report/render/sentences.hpp"
#include "report/render/text_page.hpp"

namespace attune::report {
namespace {

constexpr std::size_t most_ticks = 13;

// The parts of a drawn line. In ASCII a tick within the interval keeps its mark.
struct RulerStrokes {
  std::string_view line, tick, start, end, range, range_tick, range_start, range_end, point;
};

constexpr RulerStrokes utf8_strokes{"─", "┼", "├", "┤", "━", "┿", "┝", "┥", "●"};
constexpr RulerStrokes ascii_strokes{"-", "+", "|", "|", "=", "+", "|", "|", "O"};

std::string_view stroke_at(const RulerStrokes& strokes, std::size_t cell, std::size_t last,
                           bool in_range, bool is_tick) {
  if (cell == 0) return in_range ? strokes.range_start : strokes.start;
  if (cell == last) return in_range ? strokes.range_end : strokes.end;
  if (is_tick) return in_range ? strokes.range_tick : strokes.tick;
  return in_range ? strokes.range : strokes.line;
}

// The line itself: the axis quiet, the interval and the point in the accent.
void put_ruler_line(TextPage& page, const Ruler& ruler, const Axis& axis,
                    const std::vector<double>& tick_values) {
  const RulerStrokes& strokes = page.is_utf8() ? utf8_strokes : ascii_strokes;
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
void put_tick_numbers(TextPage& page, const Axis& axis, const std::vector<double>& tick_values) {
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
void put_ruler_ends(TextPage& page, const Ruler& ruler, std::size_t columns, std::size_t indent) {
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
void put_ruler_heading(TextPage& page, const Ruler& ruler, std::size_t indent) {
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

GroupLayout group_layout(const TextPage& page, std::span<const Ruler* const> rulers,
                         std::size_t room) {
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
std::vector<double> small_ruler_ticks(const Ruler& ruler) {
  return {ruler.min, (ruler.min + ruler.max) / 2, ruler.max};
}

void put_ruler_on_one_line(TextPage& page, const Ruler& ruler, const GroupLayout& layout) {
  page.put_spaces(page.margin());
  page.put(pad_right(page.clean(ruler.name), layout.name + 2));
  put_ruler_line(page, ruler, {ruler.min, ruler.max, layout.cells}, small_ruler_ticks(ruler));
  page.put_spaces(2);
  page.put(pad_right(page.clean(ruler.value), layout.value + 2));
  page.put(page.clean(ruler.remark), Ink::quiet);
  page.end_line();
}

void put_ruler_on_two_lines(TextPage& page, const Ruler& ruler, const GroupLayout& layout) {
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
  put_ruler_line(page, ruler, {ruler.min, ruler.max, layout.cells}, small_ruler_ticks(ruler));
  const bool remark_fits = layout.cells + 2 + display_width(remark) <= room;
  page.put_spaces(2);
  if (remark_fits) page.put(remark, Ink::quiet);
  page.end_line();
  if (!remark_fits) page.paragraph(remark, indent, Ink::quiet);
}

// As many as fit beside the other columns of a page of 80.
constexpr std::size_t most_sparkline_marks = 11;

constexpr std::array<std::string_view, 8> utf8_heights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 5> ascii_heights{"_", ".", "-", "'", "^"};

// The usual time between one mark and the next, the shorter of two where the middle is between
// them; 0 when all are at one time.
double usual_time_between(const std::vector<Mark>& marks) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    const double step = marks[i].at - marks[i - 1].at;
    if (step > 0) steps.push_back(step);
  }
  if (steps.empty()) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>((steps.size() - 1) / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

// One place for each usual step, so that regular check-ins stand side by side and a pause shows.
std::size_t places_for(const std::vector<Mark>& marks, std::size_t most) {
  const double step = usual_time_between(marks);
  if (step <= 0) return 1;
  const double steps = std::round((marks.back().at - marks.front().at) / step);
  const auto last = static_cast<double>(most - 1);
  return static_cast<std::size_t>(std::clamp(steps, 1.0, last)) + 1;
}

std::string_view height_at(double place, Charset charset) {
  const std::span<const std::string_view> heights =
      charset == Charset::utf8 ? std::span<const std::string_view>(utf8_heights) : ascii_heights;
  const double highest = static_cast<double>(heights.size() - 1);
  return heights[static_cast<std::size_t>(std::round(std::clamp(place, 0.0, 1.0) * highest))];
}

std::string picture_in_line(const Sparkline& line, std::size_t columns, Charset charset) {
  const std::size_t most = std::min(columns, most_sparkline_marks);
  if (line.marks.empty() || most < 2 || !(line.max > line.min)) return {};
  const std::size_t places = places_for(line.marks, most);
  const double start = line.marks.front().at;
  const double span = line.marks.back().at - start;
  std::vector<double> sums(places);
  std::vector<double> counts(places);
  for (const Mark& mark : line.marks) {
    const double way = span > 0 ? (mark.at - start) / span : 0;
    const double rounded = std::round(way * static_cast<double>(places - 1));
    const auto place = static_cast<std::size_t>(rounded);
    sums[place] += mark.value;
    counts[place] += 1;
  }
  std::string out;
  for (std::size_t place = 0; place < places; ++place) {
    if (counts[place] <= 0) {
      out += ' ';
    } else {
      const double mean = sums[place] / counts[place];
      out += height_at((mean - line.min) / (line.max - line.min), charset);
    }
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
  std::string out;
  if (charset == Charset::ascii) return std::string(whole, '=');
  for (std::size_t column = 0; column < whole / 2; ++column) out += "━";
  if (whole % 2 == 1) out += "╸";
  return out;
}

}  // namespace

void draw_picture(TextPage& page, const Ruler& ruler) {
  const std::size_t indent = page.margin();
  put_ruler_heading(page, ruler, indent);
  const std::size_t cells = even_cells(ruler.min, ruler.max, page.measure() - indent, 10);
  const Axis axis{ruler.min, ruler.max, cells};
  const std::vector<double> tick_values = ticks(ruler.min, ruler.max, most_ticks);
  page.put_spaces(indent);
  put_ruler_line(page, ruler, axis, tick_values);
  page.end_line();
  page.put_spaces(indent);
  put_tick_numbers(page, axis, tick_values);
  put_ruler_ends(page, ruler, cells, indent);
}

void draw_small_rulers(TextPage& page, std::span<const Ruler* const> rulers) {
  const GroupLayout layout = group_layout(page, rulers, page.measure() - page.margin());
  for (const Ruler* ruler : rulers) {
    layout.one_line ? put_ruler_on_one_line(page, *ruler, layout)
                    : put_ruler_on_two_lines(page, *ruler, layout);
  }
}

std::string drawn_in_line(const Picture& picture, std::size_t columns, Charset charset) {
  return std::visit([&](const auto& any) { return picture_in_line(any, columns, charset); },
                    picture);
}

}  // namespace attune::report
