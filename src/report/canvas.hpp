// SPDX-License-Identifier: MIT
#pragma once

/// A grid of characters that lines, shades and words are drawn on before it becomes text.
/// Row 0 is the top. Lines that meet join by themselves.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/page.hpp"

namespace attune::detail {

/// The sides of a cell that a line runs to.
using Sides = unsigned;
inline constexpr Sides side_up = 1;
inline constexpr Sides side_down = 2;
inline constexpr Sides side_left = 4;
inline constexpr Sides side_right = 8;

enum class Stroke { frame, cut };

/// An area that belongs to a point, as its error box, or one that lies behind everything.
enum class Shade { none, box, other_box, ground };

/// What stands on a cell: a position, that of somebody else, or where one was before.
enum class Sign { none, trace, other_point, point };

/// How they are drawn; legends use the same.
[[nodiscard]] std::string_view glyph_of(Sign sign, bool utf8);
[[nodiscard]] std::string_view glyph_of(Shade shade, bool utf8);

class Canvas {
 public:
  Canvas(std::size_t columns, std::size_t rows);

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

  /// Lines from end to end, both included.
  void draw_across(std::size_t row, std::size_t from, std::size_t to, Stroke stroke);
  void draw_down(std::size_t column, std::size_t from, std::size_t to, Stroke stroke);

  /// Adds one arm to the line at a cell: a tick.
  void add_side(std::size_t column, std::size_t row, Sides side);

  void shade(std::size_t column, std::size_t row, Shade shade = Shade::box);
  void set_sign(std::size_t column, std::size_t row, Sign sign);

  /// Writes one line of cleaned text, which must end within the grid.
  void write(std::size_t column, std::size_t row, std::string_view text);

  [[nodiscard]] bool is_shaded(std::size_t column, std::size_t row) const;
  [[nodiscard]] Sign sign(std::size_t column, std::size_t row) const;

  /// Puts one row on the page.
  void put_row(Page& page, std::size_t row) const;

 private:
  struct Cell {
    Sides sides = 0;
    bool is_cut = true;  // every line through the cell is a cut
    Shade shade = Shade::none;
    Sign sign = Sign::none;
    bool is_covered = false;  // the right half of a wide character, or part of a longer text
    std::string text;
  };

  static void add_line(Cell& cell, Sides sides, Stroke stroke);
  [[nodiscard]] static std::string_view glyph(const Cell& cell, bool utf8);

  Cell& at(std::size_t column, std::size_t row) { return cells_[row * columns_ + column]; }
  [[nodiscard]] const Cell& at(std::size_t column, std::size_t row) const {
    return cells_[row * columns_ + column];
  }

  std::size_t columns_;
  std::size_t rows_;
  std::vector<Cell> cells_;
};

}  // namespace attune::detail
