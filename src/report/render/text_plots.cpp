// SPDX-License-Identifier: MIT
// The pictures that need a grid of characters: the plane of two dimensions, and scores over time.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "attune/text.hpp"

#include "report/render/chart.hpp"
#include "report/render/sentences.hpp"
#include "report/render/text_page.hpp"

namespace attune::report {
namespace {

constexpr std::size_t plot_rows = 13;  // two rows from one number to the next on 1..7

// The sides of a cell that a line runs to.
using Sides = unsigned;
constexpr Sides side_up = 1;
constexpr Sides side_down = 2;
constexpr Sides side_left = 4;
constexpr Sides side_right = 8;

enum class Stroke { frame, cut };

// An area that belongs to a point, as its error box, or one that lies behind everything.
enum class Shade { none, box, other_box, ground };

// What stands on a cell: a position, that of somebody else, or where one was before.
enum class Sign { none, trace, other_point, point };

// By the sides a line runs to.
constexpr std::array<std::string_view, 16> joints = {" ", "│", "│", "│", "─", "┘", "┐", "┤",
                                                     "─", "└", "┌", "├", "─", "┴", "┬", "┼"};

std::string_view glyph_of(Sign sign, bool utf8) {
  constexpr std::array<std::string_view, 4> in_utf8{" ", "·", "◆", "●"};
  constexpr std::array<std::string_view, 4> in_ascii{" ", ".", "X", "O"};
  return (utf8 ? in_utf8 : in_ascii)[static_cast<std::size_t>(sign)];
}

std::string_view glyph_of(Shade shade, bool utf8) {
  constexpr std::array<std::string_view, 4> in_utf8{" ", "░", "▒", "░"};
  constexpr std::array<std::string_view, 4> in_ascii{" ", ":", "%", ":"};
  return (utf8 ? in_utf8 : in_ascii)[static_cast<std::size_t>(shade)];
}

bool belongs_to_point(Shade shade) { return shade == Shade::box || shade == Shade::other_box; }

// A grid of characters that lines, shades and words are drawn on before it becomes text. Row 0 is
// the top. Lines that meet join by themselves.
class Canvas {
 public:
  Canvas(std::size_t columns, std::size_t rows)
      : columns_(columns), rows_(rows), cells_(columns * rows) {}

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

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

  void set_shade(std::size_t column, std::size_t row, Shade shade) {
    at(column, row).shade = shade;
  }

  void set_sign(std::size_t column, std::size_t row, Sign sign) {
    Cell& cell = at(column, row);
    cell.sign = std::max(cell.sign, sign);
  }

  // Writes one line of cleaned text, which must end within the grid.
  void write(std::size_t column, std::size_t row, std::string_view text) {
    const std::size_t width = display_width(text);
    if (width == 0) return;
    at(column, row).text = text;
    for (std::size_t i = 1; i < width; ++i) at(column + i, row).is_covered = true;
  }

  [[nodiscard]] bool is_shaded(std::size_t column, std::size_t row) const {
    return at(column, row).shade != Shade::none;
  }
  [[nodiscard]] Sign sign(std::size_t column, std::size_t row) const {
    return at(column, row).sign;
  }

  void put_row(TextPage& page, std::size_t row) const {
    std::string run;
    Ink run_ink = Ink::quiet;
    for (std::size_t column = 0; column < columns_; ++column) {
      const Cell& cell = at(column, row);
      if (cell.is_covered) continue;
      const Ink ink = ink_of_cell(cell);
      if (ink != run_ink && !run.empty()) {
        page.put(run, run_ink);
        run.clear();
      }
      run_ink = ink;
      run += cell.text.empty() ? glyph(cell, page.is_utf8()) : std::string_view(cell.text);
    }
    if (!run.empty()) page.put(run, run_ink);
  }

 private:
  struct Cell {
    Sides sides = 0;
    bool is_cut = true;  // every line through the cell is a cut
    Shade shade = Shade::none;
    Sign sign = Sign::none;
    bool is_covered = false;  // the right half of a wide character, or part of a longer text
    std::string text;
  };

  static Ink ink_of_cell(const Cell& cell) {
    if (!cell.text.empty()) return Ink::plain;
    const bool is_accent =
        cell.sign > Sign::trace || (cell.sign == Sign::none && belongs_to_point(cell.shade));
    return is_accent ? Ink::accent : Ink::quiet;
  }

  // A cut within the error box is heavier, so that both stay visible.
  static std::string_view glyph(const Cell& cell, bool utf8) {
    if (cell.sign != Sign::none) return glyph_of(cell.sign, utf8);
    if (cell.sides == 0) return glyph_of(cell.shade, utf8);
    const bool is_across = (cell.sides & ~(side_left | side_right)) == 0;
    const bool is_down = (cell.sides & ~(side_up | side_down)) == 0;
    const bool is_in_box = belongs_to_point(cell.shade) && cell.is_cut;
    if (!utf8) return is_across ? (is_in_box ? "=" : "-") : is_down ? "|" : "+";
    if (cell.is_cut && is_across) return is_in_box ? "╍" : "╌";
    if (cell.is_cut && is_down) return is_in_box ? "╏" : "╎";
    return joints[cell.sides];
  }

  Cell& at(std::size_t column, std::size_t row) { return cells_[row * columns_ + column]; }
  [[nodiscard]] const Cell& at(std::size_t column, std::size_t row) const {
    return cells_[row * columns_ + column];
  }

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

void put_plot(TextPage& page, const Canvas& canvas, const std::vector<std::string>& numbers) {
  for (std::size_t row = 0; row < canvas.rows(); ++row) {
    page.put_spaces(page.margin());
    page.put(row < numbers.size() ? numbers[row] : std::string(numbers.front().size(), ' '),
             Ink::quiet);
    page.put_spaces(1);
    canvas.put_row(page, row);
    page.end_line();
  }
}

// A plane and the axes of its picture.
struct PlanePlot {
  const Plane& plane;
  Axis x;
  Axis y;
};

void draw_plane_frame(Canvas& canvas, const PlanePlot& plot) {
  const std::size_t right = canvas.columns() - 1;
  const std::size_t bottom = canvas.rows() - 1;
  canvas.draw_across(0, 0, right, Stroke::frame);
  canvas.draw_across(bottom, 0, right, Stroke::frame);
  canvas.draw_down(0, 0, bottom, Stroke::frame);
  canvas.draw_down(right, 0, bottom, Stroke::frame);
  for (const double cut : plot.plane.cuts_x) {
    canvas.draw_down(plot.x.cell(cut), 0, bottom, Stroke::cut);
  }
  for (const double cut : plot.plane.cuts_y) {
    canvas.draw_across(plot.y.row(cut), 0, right, Stroke::cut);
  }
}

// The ends of an axis are corners already.
void draw_plane_ticks(Canvas& canvas, const PlanePlot& plot, const std::vector<double>& x_ticks,
                      const std::vector<double>& y_ticks) {
  for (std::size_t i = 1; i + 1 < x_ticks.size(); ++i) {
    canvas.add_sides(plot.x.cell(x_ticks[i]), canvas.rows() - 1, side_down);
  }
  for (std::size_t i = 1; i + 1 < y_ticks.size(); ++i) {
    canvas.add_sides(0, plot.y.row(y_ticks[i]), side_left);
  }
}

void draw_error_box(Canvas& canvas, const PlanePlot& plot, const PlanePoint& point, Shade shade) {
  for (std::size_t row = plot.y.row(point.high_y); row <= plot.y.row(point.low_y); ++row) {
    for (std::size_t column = plot.x.cell(point.low_x); column <= plot.x.cell(point.high_x);
         ++column) {
      canvas.set_shade(column, row, shade);
    }
  }
}

void draw_plane_points(Canvas& canvas, const PlanePlot& plot) {
  for (const PlanePosition& position : plot.plane.earlier) {
    canvas.set_sign(plot.x.cell(position.x), plot.y.row(position.y), Sign::trace);
  }
  bool is_first = true;
  for (const PlanePoint& point : plot.plane.points) {
    draw_error_box(canvas, plot, point, is_first ? Shade::box : Shade::other_box);
    canvas.set_sign(plot.x.cell(point.x), plot.y.row(point.y),
                    is_first ? Sign::point : Sign::other_point);
    is_first = false;
  }
}

// The cells strictly between two lines, on one axis.
struct Span {
  std::size_t first = 0;
  std::size_t count = 0;
};

// The inside of an area: between the cuts (or the frame) on both sides of its centre.
Span span_around(const Axis& axis, double centre, const std::vector<double>& cuts) {
  std::size_t low = 0;
  std::size_t high = axis.cells - 1;
  for (const double cut : cuts) {
    const std::size_t cell = axis.cell(cut);
    if (cut <= centre) low = std::max(low, cell);
    if (cut > centre) high = std::min(high, cell);
  }
  if (high < low + 2) return {};
  return {low + 1, high - low - 1};
}

struct CellBox {
  Span columns;
  Span rows;
};

CellBox inside_of(const PlaneArea& area, const PlanePlot& plot) {
  CellBox box{span_around(plot.x, area.x, plot.plane.cuts_x),
              span_around(plot.y, area.y, plot.plane.cuts_y)};
  // Rows run downwards, values upwards.
  if (box.rows.count > 0) box.rows.first = plot.y.cells - box.rows.first - box.rows.count;
  return box;
}

// With a column free on either side.
AreaRoom room_in(const CellBox& box) {
  if (box.columns.count < 3) return {};
  return {box.columns.count - 2, std::min<std::size_t>(box.rows.count, 3)};
}

std::size_t distance(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

// How bad it is to write a block at a place: on the point worst, beside it or on the error box bad,
// off the centre of the area a little.
std::size_t block_cost(const Canvas& canvas, std::size_t column, std::size_t row,
                       const std::vector<std::string>& lines, const CellBox& box) {
  const std::size_t width = widest_line(lines);
  std::size_t cost = 0;
  for (std::size_t r = row; r < row + lines.size(); ++r) {
    for (std::size_t c = column - 1; c < column + width + 1; ++c) {
      if (canvas.sign(c, r) > Sign::trace) cost += 10000;
      if (canvas.sign(c, r) == Sign::trace) cost += 30;
      if (canvas.is_shaded(c, r)) cost += 100;
    }
  }
  const std::size_t off_row = distance(2 * row + lines.size(), 2 * box.rows.first + box.rows.count);
  const std::size_t off_column =
      distance(2 * column + width, 2 * box.columns.first + box.columns.count);
  return cost + 4 * off_row + off_column;
}

void write_block(Canvas& canvas, const std::vector<std::string>& lines, const CellBox& box) {
  const std::size_t width = widest_line(lines);
  std::size_t best_cost = std::numeric_limits<std::size_t>::max();
  std::size_t best_column = box.columns.first + 1;
  std::size_t best_row = box.rows.first;
  for (std::size_t row = box.rows.first; row + lines.size() <= box.rows.first + box.rows.count;
       ++row) {
    for (std::size_t column = box.columns.first + 1;
         column + width + 1 <= box.columns.first + box.columns.count; ++column) {
      const std::size_t cost = block_cost(canvas, column, row, lines, box);
      if (cost >= best_cost) continue;
      best_cost = cost;
      best_column = column;
      best_row = row;
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t pad = (width - display_width(lines[i])) / 2;
    // A free column on either side keeps the words apart from a shaded box.
    canvas.write(best_column + pad - 1, best_row + i, ' ' + lines[i] + ' ');
  }
}

// A single cell of the area for its letter: the centre, or next to it when the point is there.
void write_letter(Canvas& canvas, const std::string& letter, const CellBox& box) {
  if (box.columns.count == 0 || box.rows.count == 0) return;
  std::size_t column = box.columns.first + box.columns.count / 2;
  const std::size_t row = box.rows.first + box.rows.count / 2;
  if (canvas.sign(column, row) > Sign::trace) {
    if (box.columns.count == 1) return;
    column = column > box.columns.first ? column - 1 : column + 1;
  }
  canvas.write(column, row, letter);
}

// The names of the areas, clear of the point and, where there is room, of the error box. When one
// does not fit, all are written as letters; then the lines of a legend come back ("A  Calm").
std::vector<std::string> write_area_names(Canvas& canvas, const TextPage& page,
                                          const PlanePlot& plot) {
  std::vector<std::string> names;
  std::vector<CellBox> boxes;
  std::vector<AreaRoom> rooms;
  for (const PlaneArea& area : plot.plane.areas) {
    names.push_back(page.clean(area.name));
    boxes.push_back(inside_of(area, plot));
    rooms.push_back(room_in(boxes.back()));
  }
  const auto blocks = names_within(names, rooms);
  std::vector<std::string> legend;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (blocks) {
      write_block(canvas, (*blocks)[i], boxes[i]);
    } else {
      write_letter(canvas, area_letter(i), boxes[i]);
      legend.push_back(area_letter(i) + "  " + names[i]);
    }
  }
  return legend;
}

// What the signs mean, where there is more than one point to be seen.
void put_plane_legend(TextPage& page, const Plane& plane) {
  std::vector<std::string> signs;
  Sign sign = Sign::point;
  for (const PlanePoint& point : plane.points) {
    if (!point.name.empty() || !plane.earlier.empty()) {
      signs.push_back(fmt::format("{} {}", glyph_of(sign, page.is_utf8()),
                                  point.name.empty() ? "now" : page.clean(point.name)));
    }
    sign = Sign::other_point;
  }
  if (!plane.earlier.empty()) {
    signs.push_back(fmt::format("{} earlier check-ins", glyph_of(Sign::trace, page.is_utf8())));
  }
  page.legend(signs);
}

std::string column_numbers(const std::vector<double>& x_ticks, const Axis& x) {
  std::string numbers;
  for (const double tick : x_ticks) {
    const std::string number = tick_label(tick);
    std::size_t start = x.cell(tick) - std::min(x.cell(tick), (number.size() - 1) / 2);
    start = std::min(start, x.cells - std::min(x.cells, number.size()));
    if (!numbers.empty() && start < numbers.size() + 1) continue;
    numbers.resize(start, ' ');
    numbers += number;
  }
  return numbers;
}

// The line of the vertical axis and one free column at both sides of the points.
constexpr std::size_t first_cell = 2;
constexpr std::size_t columns_besides = 3;

void draw_series_band(Canvas& canvas, const SeriesBand& band, const Axis& y) {
  for (std::size_t row = y.row(band.high); row <= y.row(band.low); ++row) {
    for (std::size_t column = 1; column < canvas.columns(); ++column) {
      canvas.set_shade(column, row, Shade::ground);
    }
  }
}

void draw_series_axes(Canvas& canvas, const std::vector<double>& y_ticks,
                      const std::vector<DateLabel>& dates, const Axis& y) {
  const std::size_t bottom = canvas.rows() - 1;
  canvas.draw_down(0, 0, bottom, Stroke::frame);
  canvas.add_sides(0, 0, side_up);  // the line goes on, so that the topmost tick looks like one
  canvas.draw_across(bottom, 0, canvas.columns() - 1, Stroke::frame);
  for (const double tick : y_ticks) canvas.add_sides(0, y.row(tick), side_left);
  for (const DateLabel& date : dates) {
    if (date.tick) canvas.add_sides(first_cell + *date.tick, bottom, side_down);
  }
}

void draw_series_points(Canvas& canvas, const std::vector<DrawnMark>& marks, const Axis& y) {
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].count == 0) continue;
    canvas.draw_down(first_cell + i, y.row(marks[i].high), y.row(marks[i].low), Stroke::cut);
    canvas.set_sign(first_cell + i, y.row(marks[i].score), Sign::point);
  }
}

void put_dates(TextPage& page, const std::vector<DateLabel>& dates, std::size_t left) {
  std::string line;
  for (const DateLabel& date : dates) {
    line.resize(std::max(line.size(), date.start), ' ');
    line += date.text;
  }
  if (left + line.size() > page.width()) return;  // half a date would be worse than none
  page.put_spaces(left);
  page.put(line, Ink::quiet);
  page.end_line();
}

// What the signs mean; only what is there is named.
void put_series_legend(TextPage& page, const Series& series, const std::vector<DrawnMark>& marks) {
  const bool utf8 = page.is_utf8();
  std::vector<std::string> signs{utf8 ? "● a check-in" : "O a check-in",
                                 utf8 ? "╎ its margin of error" : "| its margin of error"};
  if (series.band) {
    signs.push_back(fmt::format("{} your usual range, {}", utf8 ? "░" : ":", band_words(series)));
  }
  page.legend(signs);
  if (std::any_of(marks.begin(), marks.end(), [](const DrawnMark& m) { return m.count > 1; })) {
    page.paragraph("Check-ins that share a column are drawn as one, at their mean.", page.margin(),
                   Ink::quiet);
  }
}

void put_series_end(TextPage& page, double value, const std::string& label) {
  if (label.empty()) return;
  page.labelled(tick_label(value) + ": ", Ink::quiet, page.clean(label), page.margin());
}

}  // namespace

void draw_picture(TextPage& page, const Plane& plane) {
  const std::vector<double> y_ticks = ticks(plane.min_y, plane.max_y, 7);
  const std::vector<double> x_ticks = ticks(plane.min_x, plane.max_x, page.width() < 40 ? 7 : 13);
  const Axis y{plane.min_y, plane.max_y, plot_rows};
  std::vector<std::string> numbers = row_numbers(y_ticks, y);
  for (std::string& number : numbers) number = fit(number, page.width() / 2);
  const std::size_t left = page.margin() + numbers.front().size() + 1;
  const std::size_t cells = even_cells(plane.min_x, plane.max_x, page.measure() - left, 7);
  const PlanePlot plot{plane, {plane.min_x, plane.max_x, cells}, y};

  Canvas canvas(cells, y.cells);
  draw_plane_frame(canvas, plot);
  draw_plane_ticks(canvas, plot, x_ticks, y_ticks);
  draw_plane_points(canvas, plot);
  const std::vector<std::string> legend = write_area_names(canvas, page, plot);

  page.paragraph(page.clean(plane.y_name), page.margin(), Ink::strong);
  put_plot(page, canvas, numbers);
  page.put_spaces(left);
  page.put(fit(column_numbers(x_ticks, plot.x), cells), Ink::quiet);
  page.end_line();
  const std::string x_name = page.shortened(page.clean(plane.x_name), cells);
  page.put_spaces(left + cells - display_width(x_name));
  page.put(x_name, Ink::strong);
  page.end_line();
  put_plane_legend(page, plane);
  for (const std::string& line : legend) {
    page.labelled(line.substr(0, 3), Ink::strong, line.substr(3), page.margin());
  }
}

void draw_picture(TextPage& page, const Series& series) {
  const Axis y{series.min, series.max, even_cells(series.min, series.max, plot_rows, 2)};
  const std::vector<double> y_ticks = ticks(series.min, series.max, 7);
  const std::vector<std::string> numbers = row_numbers(y_ticks, y);
  const std::size_t left = page.margin() + numbers.front().size() + 1;
  const std::size_t cells = page.measure() - std::min(page.measure() - 2, left + columns_besides);
  const Axis x = time_axis(series.marks, cells);
  const std::vector<DateLabel> dates = date_labels(series.marks, x);
  const std::vector<DrawnMark> marks = marks_by_cell(series, x);

  Canvas canvas(cells + columns_besides, y.cells + 1);
  if (series.band) draw_series_band(canvas, *series.band, y);
  draw_series_points(canvas, marks, y);
  draw_series_axes(canvas, y_ticks, dates, y);

  page.paragraph(page.clean(series.name), page.margin(), Ink::strong);
  put_series_end(page, series.max, series.high_label);
  put_plot(page, canvas, numbers);
  put_dates(page, dates, left + first_cell);
  put_series_end(page, series.min, series.low_label);
  put_series_legend(page, series, marks);
}

}  // namespace attune::report
