// SPDX-License-Identifier: MIT
#include "report/series.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/text.hpp"

#include "report/axis.hpp"
#include "report/canvas.hpp"
#include "report/sentences.hpp"
#include "report/series_dates.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t plot_rows = 13;  // two rows from one number to the next on 1..7

// The line of the vertical axis and one free column at both sides of the points.
constexpr std::size_t first_cell = 2;
constexpr std::size_t columns_besides = 3;

// What falls into one column of the picture.
struct Column {
  double score = 0;
  double low = 0;
  double high = 0;
  std::size_t count = 0;
};

std::vector<Column> columns_of(const Series& series, const Axis& x) {
  std::vector<Column> columns(x.cells);
  for (const SeriesMark& mark : series.marks) {
    Column& column = columns[x.cell(local_days(mark.at))];
    column.score += mark.score;
    column.low += mark.low;
    column.high += mark.high;
    ++column.count;
  }
  for (Column& column : columns) {
    const double n = static_cast<double>(std::max<std::size_t>(column.count, 1));
    column.score /= n;
    column.low /= n;
    column.high /= n;
  }
  return columns;
}

bool shares_columns(const std::vector<Column>& columns) {
  return std::any_of(columns.begin(), columns.end(),
                     [](const Column& column) { return column.count > 1; });
}

void draw_band(Canvas& canvas, const SeriesBand& band, const Axis& y) {
  for (std::size_t row = row_of(y, band.high); row <= row_of(y, band.low); ++row) {
    for (std::size_t column = 1; column < canvas.columns(); ++column) {
      canvas.shade(column, row, Shade::ground);
    }
  }
}

void draw_axes(Canvas& canvas, const std::vector<double>& y_ticks,
               const std::vector<DateLabel>& dates, const Axis& y) {
  const std::size_t bottom = canvas.rows() - 1;
  canvas.draw_down(0, 0, bottom, Stroke::frame);
  canvas.add_side(0, 0, side_up);  // the line goes on, so that the topmost tick looks like one
  canvas.draw_across(bottom, 0, canvas.columns() - 1, Stroke::frame);
  for (const double tick : y_ticks) canvas.add_side(0, row_of(y, tick), side_left);
  for (const DateLabel& date : dates) {
    if (date.tick) canvas.add_side(first_cell + *date.tick, bottom, side_down);
  }
}

void draw_points(Canvas& canvas, const std::vector<Column>& columns, const Axis& y) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    if (column.count == 0) continue;
    canvas.draw_down(first_cell + i, row_of(y, column.high), row_of(y, column.low), Stroke::cut);
    canvas.set_sign(first_cell + i, row_of(y, column.score), Sign::point);
  }
}

void put_plot(Page& page, const Canvas& canvas, const std::vector<std::string>& numbers) {
  for (std::size_t row = 0; row < canvas.rows(); ++row) {
    page.put_spaces(page.margin());
    page.put(row < numbers.size() ? numbers[row] : std::string(numbers.front().size(), ' '),
             Ink::quiet);
    page.put_spaces(1);
    canvas.put_row(page, row);
    page.end_line();
  }
}

void put_dates(Page& page, const std::vector<DateLabel>& dates, std::size_t left) {
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

// What the signs mean; only what is there is named. On one line, or one sign a line.
void put_legend(Page& page, const Series& series, bool has_shared_columns) {
  const bool utf8 = page.is_utf8();
  std::vector<std::string> signs{utf8 ? "● a check-in" : "O a check-in",
                                 utf8 ? "╎ its margin of error" : "| its margin of error"};
  if (series.band) {
    signs.push_back(fmt::format("{} your usual range, {}", utf8 ? "░" : ":", band_words(series)));
  }
  page.legend(signs);
  if (has_shared_columns) {
    page.paragraph("Check-ins that share a column are drawn as one, at their mean.", page.margin(),
                   Ink::quiet);
  }
}

void put_end(Page& page, double value, const std::string& label, std::size_t indent) {
  if (label.empty()) return;
  page.labelled(tick_label(value) + ": ", Ink::quiet, page.clean(label), indent);
}

}  // namespace

void render_series(Page& page, const Series& series) {
  if (series.marks.empty()) return;
  if (!page.has_pictures()) {
    page.paragraph(page.clean(sentence(series)), page.margin());
    return;
  }
  const Axis y{series.min, series.max, even_cells(series.min, series.max, plot_rows, 2)};
  const std::vector<double> y_ticks = ticks(series.min, series.max, 7);
  const std::vector<std::string> numbers = row_numbers(y_ticks, y);
  const std::size_t left = page.margin() + numbers.front().size() + 1;
  const std::size_t cells = page.measure() - std::min(page.measure() - 2, left + columns_besides);
  const Axis x = time_axis(series.marks, cells);
  const std::vector<DateLabel> dates = date_labels(series.marks, x);
  const std::vector<Column> columns = columns_of(series, x);

  Canvas canvas(cells + columns_besides, y.cells + 1);
  if (series.band) draw_band(canvas, *series.band, y);
  draw_points(canvas, columns, y);
  draw_axes(canvas, y_ticks, dates, y);

  page.paragraph(page.clean(series.name), page.margin(), Ink::strong);
  put_end(page, series.max, series.high_label, page.margin());
  put_plot(page, canvas, numbers);
  put_dates(page, dates, left + first_cell);
  put_end(page, series.min, series.low_label, page.margin());
  put_legend(page, series, shares_columns(columns));
}

}  // namespace attune::detail
