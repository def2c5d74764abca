// SPDX-License-Identifier: MIT
#include "report/plane.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/text.hpp"

#include "report/axis.hpp"
#include "report/canvas.hpp"
#include "report/plane_names.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t plot_rows = 13;  // two rows from one number to the next on 1..7

void draw_frame(Canvas& canvas, const Plane& plane, const Axis& x, const Axis& y) {
  const std::size_t right = canvas.columns() - 1;
  const std::size_t bottom = canvas.rows() - 1;
  canvas.draw_across(0, 0, right, Stroke::frame);
  canvas.draw_across(bottom, 0, right, Stroke::frame);
  canvas.draw_down(0, 0, bottom, Stroke::frame);
  canvas.draw_down(right, 0, bottom, Stroke::frame);
  for (const double cut : plane.cuts_x) {
    canvas.draw_down(x.cell(cut), 0, bottom, Stroke::cut);
  }
  for (const double cut : plane.cuts_y) {
    canvas.draw_across(row_of(y, cut), 0, right, Stroke::cut);
  }
}

void draw_ticks(Canvas& canvas, const std::vector<double>& x_ticks,
                const std::vector<double>& y_ticks, const Axis& x, const Axis& y) {
  for (std::size_t i = 1; i + 1 < x_ticks.size(); ++i) {
    canvas.add_side(x.cell(x_ticks[i]), canvas.rows() - 1, side_down);
  }
  for (std::size_t i = 1; i + 1 < y_ticks.size(); ++i) {
    canvas.add_side(0, row_of(y, y_ticks[i]), side_left);
  }
}

void shade_box(Canvas& canvas, const PlanePoint& point, Shade shade, const Axis& x, const Axis& y) {
  for (std::size_t row = row_of(y, point.high_y); row <= row_of(y, point.low_y); ++row) {
    for (std::size_t column = x.cell(point.low_x); column <= x.cell(point.high_x); ++column) {
      canvas.shade(column, row, shade);
    }
  }
}

void draw_points(Canvas& canvas, const Plane& plane, const Axis& x, const Axis& y) {
  for (const PlanePosition& position : plane.earlier) {
    canvas.set_sign(x.cell(position.x), row_of(y, position.y), Sign::trace);
  }
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    const PlanePoint& point = plane.points[i];
    shade_box(canvas, point, i == 0 ? Shade::box : Shade::other_box, x, y);
    canvas.set_sign(x.cell(point.x), row_of(y, point.y), i == 0 ? Sign::point : Sign::other_point);
  }
}

// What the signs mean, where there is more than one point to be seen.
void put_legend(Page& page, const Plane& plane) {
  std::vector<std::string> signs;
  const bool utf8 = page.is_utf8();
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    if (plane.points[i].name.empty() && plane.earlier.empty()) continue;
    const std::string& name = plane.points[i].name;
    signs.push_back(fmt::format("{} {}", glyph_of(i == 0 ? Sign::point : Sign::other_point, utf8),
                                name.empty() ? "now" : page.clean(name)));
  }
  if (!plane.earlier.empty()) {
    signs.push_back(fmt::format("{} earlier check-ins", glyph_of(Sign::trace, utf8)));
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

void put_plot(Page& page, const Canvas& canvas, const std::vector<std::string>& numbers) {
  for (std::size_t row = 0; row < canvas.rows(); ++row) {
    page.put_spaces(page.margin());
    page.put(fit(numbers[row], page.width() / 2), Ink::quiet);
    page.put_spaces(1);
    canvas.put_row(page, row);
    page.end_line();
  }
}

}  // namespace

void render_plane(Page& page, const Plane& plane) {
  if (!page.has_pictures()) {
    page.paragraph(page.clean(sentence(plane)), page.margin());
    return;
  }
  const std::vector<double> y_ticks = ticks(plane.min_y, plane.max_y, 7);
  const std::vector<double> x_ticks = ticks(plane.min_x, plane.max_x, page.width() < 40 ? 7 : 13);
  const Axis y{plane.min_y, plane.max_y, plot_rows};
  const std::vector<std::string> numbers = row_numbers(y_ticks, y);
  const std::size_t left = page.margin() + std::min(numbers.front().size(), page.width() / 2) + 1;
  const std::size_t room = page.measure() - left;
  const Axis x{plane.min_x, plane.max_x, even_cells(plane.min_x, plane.max_x, room, 7)};

  Canvas canvas(x.cells, y.cells);
  draw_frame(canvas, plane, x, y);
  draw_ticks(canvas, x_ticks, y_ticks, x, y);
  draw_points(canvas, plane, x, y);
  const std::vector<std::string> legend = write_area_names(canvas, page, plane, x, y);

  page.paragraph(page.clean(plane.y_name), page.margin(), Ink::strong);
  put_plot(page, canvas, numbers);
  page.put_spaces(left);
  page.put(fit(column_numbers(x_ticks, x), x.cells), Ink::quiet);
  page.end_line();
  const std::string x_name = page.shortened(page.clean(plane.x_name), x.cells);
  page.put_spaces(left + x.cells - display_width(x_name));
  page.put(x_name, Ink::strong);
  page.end_line();
  put_legend(page, plane);
  for (const std::string& line : legend) {
    page.labelled(line.substr(0, 3), Ink::strong, line.substr(3), page.margin());
  }
}

}  // namespace attune::detail
