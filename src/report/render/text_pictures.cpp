// SPDX-License-Identifier: MIT
// Charts in characters: the plane of two dimensions, and scores over time.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

#include "attune/text.hpp"

#include "report/render/chart.hpp"
#include "report/render/sentences.hpp"
#include "report/render/text_page.hpp"

namespace attune::report {
namespace {

// "1: calm", where there is a word for that end.
void put_end(TextPage& page, double value, const std::string& label) {
  if (label.empty()) return;
  page.labelled(tick_label(value) + ": ", Ink::quiet, page.clean(label));
}

// What signs mean: as many to a line as fit.
void put_legend(TextPage& page, const std::vector<std::string>& signs) {
  const auto fits = [&](const std::string& line) {
    return page.margin() + display_width(line) <= page.measure();
  };
  for (std::size_t i = 0; i < signs.size();) {
    std::string line = signs[i++];
    if (!fits(line)) page.paragraph(line, Ink::quiet);
    if (!fits(line)) continue;
    while (i < signs.size() && fits(line + "   " + signs[i])) line += "   " + signs[i++];
    page.put_line(line, page.margin(), Ink::quiet);
  }
}

constexpr std::size_t plot_rows = 13;  // two rows from one number to the next on 1..7

// The sides of a cell that a line runs to.
using Sides = unsigned;
constexpr Sides side_up = 1;
constexpr Sides side_down = 2;
constexpr Sides side_left = 4;
constexpr Sides side_right = 8;

enum class Stroke { frame, cut };

std::string_view point_glyph(bool utf8) { return utf8 ? "●" : "O"; }

// Where two overlap it is darker.
std::string_view glyph_of_boxes(std::size_t count, bool utf8) {
  constexpr std::array<std::string_view, 3> in_utf8{" ", "░", "▒"};
  constexpr std::array<std::string_view, 3> in_ascii{" ", ":", "%"};
  return (utf8 ? in_utf8 : in_ascii)[std::min<std::size_t>(count, 2)];
}

struct Cell {
  Sides sides = 0;
  bool is_cut = true;      // every line through the cell is a cut
  std::size_t boxes = 0;   // of the margins of points, which it lies in
  bool is_shaded = false;  // a ground, which guides the eye
  bool is_point = false;
  bool is_covered = false;  // the right half of a wide character, or part of a longer text
  std::string text;
  unsigned dots = 0;     // of Unicode's Braille patterns, which `text` shows
  bool is_mark = false;  // some of them belong to a check-in, or `text` is the letter of a point

  [[nodiscard]] Ink ink() const {
    if (!text.empty()) return is_mark ? Ink::accent : Ink::plain;
    return is_point || boxes > 0 ? Ink::accent : Ink::quiet;
  }

  // A cut within the error box is heavier, so that both stay visible.
  [[nodiscard]] std::string_view glyph(bool utf8) const {
    constexpr std::array<std::string_view, 16> joints = {"",  "│", "│", "│", "─", "┘", "┐", "┤",
                                                         "─", "└", "┌", "├", "─", "┴", "┬", "┼"};
    if (!text.empty()) return text;
    if (is_point) return point_glyph(utf8);
    if (sides == 0) return glyph_of_boxes(is_shaded ? 1 : boxes, utf8);
    const bool is_across = (sides & ~(side_left | side_right)) == 0;
    const bool is_down = (sides & ~(side_up | side_down)) == 0;
    const bool is_heavy = boxes > 0 && is_cut;
    if (!utf8) return is_across ? (is_heavy ? "=" : "-") : is_down ? "|" : "+";
    if (is_cut && is_across) return is_heavy ? "╍" : "╌";
    if (is_cut && is_down) return is_heavy ? "╏" : "╎";
    return joints[sides];
  }
};

// A grid of characters that lines, shades and words are drawn on before it becomes text. Row 0 is
// the top. Lines that meet join by themselves.
class Canvas {
 public:
  Canvas(std::size_t columns, std::size_t rows)
      : columns_(columns), rows_(rows), cells_(columns * rows) {}

  [[nodiscard]] std::size_t right() const { return columns_ - 1; }
  [[nodiscard]] std::size_t bottom() const { return rows_ - 1; }

  Cell& at(std::size_t column, std::size_t row) { return cells_[row * columns_ + column]; }

  // Lines from end to end, both included.
  void draw_across(std::size_t row, std::size_t from, std::size_t to, Stroke stroke) {
    for (std::size_t column = from; column <= to; ++column) {
      const Sides left = column > from ? side_left : 0U;
      add_sides(column, row, left | (column < to ? side_right : 0U), stroke);
    }
  }

  void draw_down(std::size_t column, std::size_t from, std::size_t to, Stroke stroke) {
    for (std::size_t row = from; row <= to; ++row) {
      const Sides up = row > from ? side_up : 0U;
      add_sides(column, row, up | (row < to ? side_down : 0U), stroke);
    }
  }

  // Adds arms to the line at a cell: one is a tick.
  void add_sides(std::size_t column, std::size_t row, Sides sides, Stroke stroke = Stroke::frame) {
    Cell& cell = at(column, row);
    cell.sides |= sides;
    if (stroke == Stroke::frame) cell.is_cut = false;
  }

  // All cells from the left to the right column, of the top to the bottom row.
  void fill_box(std::size_t left, std::size_t top, std::size_t right, std::size_t bottom) {
    for (std::size_t row = top; row <= bottom; ++row) {
      for (std::size_t column = left; column <= right; ++column) ++at(column, row).boxes;
    }
  }

  // Sets one of the dots: two to a column, four to a row.
  void set_dot(std::size_t x, std::size_t y, bool is_mark) {
    constexpr unsigned bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    Cell& cell = at(x / 2, y / 4);
    cell.dots |= bits[y % 4][x % 2];
    cell.is_mark |= is_mark;
    cell.text = {'\xE2', static_cast<char>(0xA0 + cell.dots / 64),
                 static_cast<char>(0x80 + cell.dots % 64)};
  }

  // Writes one line of cleaned text, which must end within the grid.
  void write(std::size_t column, std::size_t row, std::string_view text) {
    const std::size_t width = display_width(text);
    if (width == 0) return;
    at(column, row).text = text;
    for (std::size_t i = 1; i < width; ++i) at(column + i, row).is_covered = true;
  }

  // Puts it on the page, with `numbers` beside its first rows, all of one width.
  void put(TextPage& page, const std::vector<std::string>& numbers) {
    for (std::size_t row = 0; row < rows_; ++row) {
      page.put_spaces(page.margin());
      const std::string blank(numbers.front().size(), ' ');
      page.put((row < numbers.size() ? numbers[row] : blank) + ' ', Ink::quiet);
      std::vector<InkedGlyph> glyphs;
      for (std::size_t column = 0; column < columns_; ++column) {
        const Cell& cell = at(column, row);
        if (!cell.is_covered) glyphs.push_back({cell.glyph(page.is_utf8()), cell.ink()});
      }
      page.put_glyphs(glyphs);
      page.end_line();
    }
  }

 private:
  std::size_t columns_;
  std::size_t rows_;
  std::vector<Cell> cells_;
};

// What stands beside each row of a vertical axis: the number of its tick or nothing, all of one
// width and right-aligned.
std::vector<std::string> row_numbers(const std::vector<double>& y_ticks, const Axis& y) {
  std::vector<std::string> numbers(y.cells);
  std::size_t widest = 0;
  for (const double tick : y_ticks) {
    std::string& number = numbers[y.row(tick)];
    number = tick_label(tick);
    widest = std::max(widest, number.size());
  }
  for (std::string& number : numbers) number.insert(0, widest - number.size(), ' ');
  return numbers;
}

// A plane and the axes of its picture.
struct PlanePlot {
  const Plane& plane;
  Axis x;
  Axis y;
};

// Frame, cuts and ticks. The ends of an axis are corners already.
void draw_plane_ground(Canvas& canvas, const PlanePlot& plot, const std::vector<double>& x_ticks,
                       const std::vector<double>& y_ticks) {
  const std::size_t right = canvas.right();
  const std::size_t bottom = canvas.bottom();
  canvas.draw_across(0, 0, right, Stroke::frame);
  canvas.draw_across(bottom, 0, right, Stroke::frame);
  canvas.draw_down(0, 0, bottom, Stroke::frame);
  canvas.draw_down(right, 0, bottom, Stroke::frame);
  for (const double cut : plot.plane.x.cuts) {
    canvas.draw_down(plot.x.cell(cut), 0, bottom, Stroke::cut);
  }
  for (const double cut : plot.plane.y.cuts) {
    canvas.draw_across(plot.y.row(cut), 0, right, Stroke::cut);
  }
  for (std::size_t i = 1; i + 1 < x_ticks.size(); ++i) {
    canvas.add_sides(plot.x.cell(x_ticks[i]), bottom, side_down);
  }
  for (std::size_t i = 1; i + 1 < y_ticks.size(); ++i) {
    canvas.add_sides(0, plot.y.row(y_ticks[i]), side_left);
  }
}

// The boxes of more than two would run together. A point on a cell that is taken already stands on
// the nearest free one towards the middle.
void draw_plane_points(Canvas& canvas, const PlanePlot& plot) {
  const auto& [plane, x, y] = plot;
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    const PlanePoint& point = plane.points[i];
    if (plane.points.size() < 3) {
      canvas.fill_box(x.cell(point.low_x), y.row(point.high_y), x.cell(point.high_x),
                      y.row(point.low_y));
    }
    const std::size_t row = y.row(point.y);
    std::size_t column = x.cell(point.x);
    const bool is_right = column > canvas.right() / 2;
    const std::size_t end = is_right ? 0 : canvas.right();
    while (canvas.at(column, row).is_point && column != end) {
      is_right ? --column : ++column;
    }
    Cell& cell = canvas.at(column, row);
    cell.is_point = cell.is_mark = true;
    cell.text = letter_of(plane, i);
  }
}

// Cells strictly within the lines around an area.
struct CellBox {
  std::size_t left = 0;
  std::size_t top = 0;
  std::size_t columns = 0;
  std::size_t rows = 0;
};

CellBox inside_of(const PlaneArea& area, const PlanePlot& plot) {
  const auto& [plane, x, y] = plot;
  const std::size_t columns = x.cell(area.high_x) - x.cell(area.low_x);
  const std::size_t rows = y.cell(area.high_y) - y.cell(area.low_y);
  return {x.cell(area.low_x) + 1, y.row(area.high_y) + 1, std::max<std::size_t>(columns, 1) - 1,
          std::max<std::size_t>(rows, 1) - 1};
}

std::size_t distance(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

// How bad it is to write a block at a place: on the point worst, beside it or on the error box bad,
// off the centre of the area a little.
std::size_t block_cost(Canvas& canvas, std::size_t column, std::size_t row,
                       const std::vector<std::string>& lines, const CellBox& box) {
  const std::size_t width = widest_line(lines);
  std::size_t cost = 0;
  for (std::size_t r = row; r < row + lines.size(); ++r) {
    for (std::size_t c = column - 1; c < column + width + 1; ++c) {
      const Cell& cell = canvas.at(c, r);
      if (cell.is_point) cost += 10000;
      if (cell.boxes > 0) cost += 100;
    }
  }
  return cost + 4 * distance(2 * row + lines.size(), 2 * box.top + box.rows) +
         distance(2 * column + width, 2 * box.left + box.columns);
}

void write_block(Canvas& canvas, const std::vector<std::string>& lines, const CellBox& box) {
  const std::size_t width = widest_line(lines);
  std::array<std::size_t, 3> best{SIZE_MAX, box.top, box.left + 1};  // cost, row, column
  for (std::size_t row = box.top; row + lines.size() <= box.top + box.rows; ++row) {
    for (std::size_t column = box.left + 1; column + width + 1 <= box.left + box.columns;
         ++column) {
      best = std::min(best, {block_cost(canvas, column, row, lines, box), row, column});
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t pad = (width - display_width(lines[i])) / 2;
    // A free column on either side keeps the words apart from a shaded box.
    canvas.write(best[2] + pad - 1, best[1] + i, ' ' + lines[i] + ' ');
  }
}

// The names of the areas, clear of the point and, where there is room, of the error box; one that
// does not fit is left to the words below the picture.
void write_area_names(Canvas& canvas, const TextPage& page, const PlanePlot& plot) {
  for (const PlaneArea& area : plot.plane.areas) {
    const CellBox box = inside_of(area, plot);
    // With a column free on either side.
    const auto lines = area_label(page.clean(area.name), std::max<std::size_t>(box.columns, 2) - 2,
                                  std::min<std::size_t>(box.rows, 3));
    if (!lines.empty()) write_block(canvas, lines, box);
  }
}

// Whose points are to be seen.
void put_plane_legend(TextPage& page, const Plane& plane) {
  std::vector<std::string> signs;
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    const std::string& name = plane.points[i].name;
    if (name.empty()) continue;
    std::string sign = letter_of(plane, i);
    if (sign.empty()) sign = point_glyph(page.is_utf8());
    signs.push_back(fmt::format("{} {}", sign, page.clean(name)));
  }
  put_legend(page, signs);
}

// The line of the vertical axis and one free column at both sides of the points.
constexpr std::size_t first_cell = 2;
constexpr std::size_t columns_besides = 3;

// The check-ins and the line from each to the next, to a quarter of a row.
void draw_course(Canvas& canvas, const std::vector<DrawnMark>& marks, const Axis& y) {
  const Axis dots{y.min, y.max, (y.cells - 1) * 4 + 1};
  std::size_t from = 0;    // the check-in before
  std::size_t before = 0;  // the row that the line has come to; 0: there is none yet
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].count == 0) continue;
    if (before == 0) before = dots.row(marks[from = i].score) + 1;
    for (std::size_t x = 2 * from + 1; x <= 2 * i; ++x) {
      const double share = static_cast<double>(x - 2 * from) / static_cast<double>(2 * (i - from));
      const std::size_t row = dots.row(std::lerp(marks[from].score, marks[i].score, share)) + 1;
      for (std::size_t each = std::min(before, row); each <= std::max(before, row); ++each) {
        canvas.set_dot(2 * first_cell + x, each, false);
      }
      before = row;
    }
    for (const std::size_t part : {0U, 1U, 2U, 3U}) {
      canvas.set_dot(2 * (first_cell + i) + part % 2, before + part / 2, true);
    }
    from = i;
  }
}

// What check-ins were found to lie around, and the ground that those stand on which differ.
void draw_findings(Canvas& canvas, const Series& series, const Axis& x, const Axis& y, bool utf8) {
  const auto draw = [&](const SeriesLevel& level, bool is_ground) {
    const std::size_t first = x.cell(local_days(level.first));
    const std::size_t last = x.cell(local_days(level.last));
    for (std::size_t i = first; i <= last; ++i) {
      const double steps = static_cast<double>(std::max<std::size_t>(last - first, 1));
      const double value = std::lerp(level.from, level.to, static_cast<double>(i - first) / steps);
      for (std::size_t row = 0; is_ground && row < y.cells; ++row) {
        canvas.at(first_cell + i, row).is_shaded = true;
      }
      const bool is_free = !canvas.at(first_cell + i, y.row(value)).is_point;
      if (!is_ground && is_free) canvas.write(first_cell + i, y.row(value), utf8 ? "━" : "=");
    }
  };
  if (series.different) draw(*series.different, true);
  for (const SeriesLevel& level : series.levels) draw(level, false);
}

// What the signs mean; only what is there is named.
void put_series_legend(TextPage& page, const Series& series, const std::vector<DrawnMark>& marks,
                       bool has_margins) {
  const bool utf8 = page.is_utf8();
  std::vector<std::string> signs{utf8 ? "⠶ a check-in" : "O a check-in"};
  if (has_margins) signs.emplace_back(utf8 ? "╎ its margin of error" : "| its margin of error");
  const auto add = [&](std::string_view sign, std::string_view plain, const std::string& words) {
    signs.push_back(fmt::format("{} {}", utf8 ? sign : plain, words));
  };
  if (series.band) add("╌", "-", band_words(series));
  if (!series.levels.empty()) add("━", "=", "average, " + level_words(series));
  if (series.different) add("░", ":", "different " + different_words(series));
  if (!has_margins) {
    signs.push_back(page.clean("Margin of error of one check-in: ± " + margin_words(series)));
  }
  put_legend(page, signs);
  if (std::ranges::any_of(marks, [](const DrawnMark& mark) { return mark.count > 1; })) {
    page.paragraph("Check-ins that share a column are drawn as one, at their mean.", Ink::quiet);
  }
}

}  // namespace

void draw_picture(TextPage& page, const Plane& plane) {
  const std::vector<double> y_ticks = ticks(plane.y.min, plane.y.max, 7);
  const std::vector<double> x_ticks = ticks(plane.x.min, plane.x.max, page.width() < 40 ? 7 : 13);
  const Axis y{plane.y.min, plane.y.max, plot_rows};
  std::vector<std::string> numbers = row_numbers(y_ticks, y);
  for (std::string& number : numbers) number = fit(number, page.width() / 2);
  const std::size_t left = page.margin() + numbers.front().size() + 1;
  const std::size_t cells = even_cells(plane.x.min, plane.x.max, page.measure() - left, 7);
  const PlanePlot plot{plane, {plane.x.min, plane.x.max, cells}, y};

  Canvas canvas(cells, y.cells);
  draw_plane_ground(canvas, plot, x_ticks, y_ticks);
  draw_plane_points(canvas, plot);
  write_area_names(canvas, page, plot);

  page.paragraph(page.clean(plane.y.name), Ink::strong);
  canvas.put(page, numbers);
  put_tick_numbers(page, plot.x, x_ticks, left);
  for (const std::string& line : wrap(page.clean(plane.x.name), cells)) {
    page.put_line(line, left + cells - display_width(line), Ink::strong);
  }
  put_plane_legend(page, plane);
}

void draw_picture(TextPage& page, const Series& series) {
  if (series.marks.empty()) return;
  // On a larger terminal the picture is taller and wider; words take some of its rows.
  constexpr std::size_t rows_of_words = 12;
  const std::size_t rows =
      std::clamp<std::size_t>(page.height(), plot_rows + rows_of_words, 49) - rows_of_words;
  const Axis y{series.min, series.max, even_cells(series.min, series.max, rows, (rows - 1) / 6)};
  const std::size_t room =
      page.width() < 100 ? page.measure() : std::min<std::size_t>(page.width() - 2, 160);
  const std::vector<double> y_ticks = ticks(series.min, series.max, 7);
  const std::vector<std::string> numbers = row_numbers(y_ticks, y);
  const std::size_t left = page.margin() + numbers.front().size() + 1;
  const std::size_t cells = room - std::min(room - 2, left + columns_besides);
  const Axis x = time_axis(series.marks, cells);
  const std::vector<DrawnMark> marks = marks_by_cell(series, x);

  // Where check-ins stand close, their margins would cover everything.
  const auto free = static_cast<std::size_t>(std::ranges::count(marks, 0U, &DrawnMark::count));
  const bool has_margins = 2 * free >= cells;

  Canvas canvas(cells + columns_besides, y.cells + 1);
  if (const auto& band = series.band) {
    const std::size_t end =
        band->until ? first_cell + x.cell(local_days(*band->until)) : canvas.right();
    canvas.draw_across(y.row(band->high), 1, end, Stroke::cut);
    canvas.draw_across(y.row(band->low), 1, end, Stroke::cut);
  }
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].count == 0) continue;
    if (has_margins) {
      canvas.draw_down(first_cell + i, y.row(marks[i].high), y.row(marks[i].low), Stroke::cut);
    }
    canvas.at(first_cell + i, y.row(marks[i].score)).is_point = !page.is_utf8();
  }
  draw_findings(canvas, series, x, y, page.is_utf8());
  if (page.is_utf8()) draw_course(canvas, marks, y);
  canvas.draw_down(0, 0, canvas.bottom(), Stroke::frame);
  canvas.add_sides(0, 0, side_up);  // the line goes on, so that the topmost tick looks like one
  canvas.draw_across(canvas.bottom(), 0, canvas.right(), Stroke::frame);
  for (const double tick : y_ticks) canvas.add_sides(0, y.row(tick), side_left);
  std::string date_line;
  for (const DateLabel& date : date_labels(series, x)) {
    if (date.tick) canvas.add_sides(first_cell + *date.tick, canvas.bottom(), side_down);
    date_line.resize(std::max(date_line.size(), date.start), ' ');
    date_line += date.text;
  }

  page.paragraph(page.clean(series.name), Ink::strong);
  put_end(page, series.max, series.high_label);
  canvas.put(page, numbers);
  // Half a date would be worse than none.
  const bool dates_fit = left + first_cell + date_line.size() <= page.width();
  if (dates_fit) page.put_line(date_line, left + first_cell, Ink::quiet);
  put_end(page, series.min, series.low_label);
  put_series_legend(page, series, marks, has_margins);
}

}  // namespace attune::report
