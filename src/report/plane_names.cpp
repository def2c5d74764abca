// SPDX-License-Identifier: MIT
#include "report/plane_names.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "attune/text.hpp"

namespace attune::detail {
namespace {

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

struct Box {
  Span columns;
  Span rows;
};

Box inside(const PlaneArea& area, const Plane& plane, const Axis& x, const Axis& y) {
  Box box{span_around(x, area.x, plane.cuts_x), span_around(y, area.y, plane.cuts_y)};
  // Rows run downwards, values upwards.
  if (box.rows.count > 0) box.rows.first = y.cells - box.rows.first - box.rows.count;
  return box;
}

std::size_t widest(const std::vector<std::string>& lines) {
  std::size_t columns = 0;
  for (const std::string& line : lines) columns = std::max(columns, display_width(line));
  return columns;
}

bool breaks_a_word(std::string_view name, std::size_t columns) {
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    if (display_width(name.substr(0, end)) > columns) return true;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return false;
}

// With a column free on either side.
std::optional<std::vector<std::string>> lines_of(const std::string& name, const Box& box) {
  if (box.columns.count < 3 || box.rows.count == 0) return {};
  return even_lines(name, box.columns.count - 2, std::min<std::size_t>(box.rows.count, 3));
}

std::size_t distance(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

// How bad it is to write a block at a place: on the point worst, beside it or on the error box bad,
// off the centre of the area a little.
std::size_t cost_of(const Canvas& canvas, std::size_t column, std::size_t row,
                    const std::vector<std::string>& lines, const Box& box) {
  const std::size_t width = widest(lines);
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

void write_block(Canvas& canvas, const std::vector<std::string>& lines, const Box& box) {
  const std::size_t width = widest(lines);
  std::size_t best_cost = std::numeric_limits<std::size_t>::max();
  std::size_t best_column = box.columns.first + 1;
  std::size_t best_row = box.rows.first;
  for (std::size_t row = box.rows.first; row + lines.size() <= box.rows.first + box.rows.count;
       ++row) {
    for (std::size_t column = box.columns.first + 1;
         column + width + 1 <= box.columns.first + box.columns.count; ++column) {
      const std::size_t cost = cost_of(canvas, column, row, lines, box);
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
void write_letter(Canvas& canvas, const std::string& letter, const Box& box) {
  if (box.columns.count == 0 || box.rows.count == 0) return;
  std::size_t column = box.columns.first + box.columns.count / 2;
  const std::size_t row = box.rows.first + box.rows.count / 2;
  if (canvas.sign(column, row) > Sign::trace) {
    if (box.columns.count == 1) return;
    column = column > box.columns.first ? column - 1 : column + 1;
  }
  canvas.write(column, row, letter);
}

}  // namespace

std::optional<std::vector<std::string>> even_lines(const std::string& name, std::size_t columns,
                                                   std::size_t most_lines) {
  if (breaks_a_word(name, columns)) return {};
  std::vector<std::string> lines = wrap(name, columns);
  if (lines.size() > most_lines) return {};
  for (; columns > 0 && !breaks_a_word(name, columns); --columns) {
    std::vector<std::string> narrower = wrap(name, columns);
    if (narrower.size() > lines.size()) break;
    lines = std::move(narrower);
  }
  return lines;
}

std::vector<std::string> write_area_names(Canvas& canvas, const Page& page, const Plane& plane,
                                          const Axis& x, const Axis& y) {
  std::vector<std::vector<std::string>> blocks;
  for (const PlaneArea& area : plane.areas) {
    auto lines = lines_of(page.clean(area.name), inside(area, plane, x, y));
    if (!lines) break;
    blocks.push_back(std::move(*lines));
  }
  if (blocks.size() == plane.areas.size()) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      write_block(canvas, blocks[i], inside(plane.areas[i], plane, x, y));
    }
    return {};
  }
  std::vector<std::string> legend;
  for (std::size_t i = 0; i < plane.areas.size(); ++i) {
    const std::string letter(1, static_cast<char>('A' + i % 26));
    write_letter(canvas, letter, inside(plane.areas[i], plane, x, y));
    legend.push_back(letter + "  " + page.clean(plane.areas[i].name));
  }
  return legend;
}

}  // namespace attune::detail
