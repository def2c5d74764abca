// SPDX-License-Identifier: MIT
#include "report/canvas.hpp"

#include <algorithm>
#include <array>

#include "attune/text.hpp"

namespace attune::detail {
namespace {

// By the sides a line runs to: up 1, down 2, left 4, right 8.
constexpr std::array<std::string_view, 16> joints = {" ", "│", "│", "│", "─", "┘", "┐", "┤",
                                                     "─", "└", "┌", "├", "─", "┴", "┬", "┼"};

constexpr Sides across = side_left | side_right;
constexpr Sides down = side_up | side_down;

// In UTF-8; a cut within the error box is heavier, so that both stay visible.
std::string_view cut_glyph(bool is_across, bool is_in_box) {
  if (is_across) return is_in_box ? "╍" : "╌";
  return is_in_box ? "╏" : "╎";
}

bool belongs_to_point(Shade shade) { return shade == Shade::box || shade == Shade::other_box; }

bool runs_one_way(Sides sides, Sides way) { return sides != 0 && (sides & ~way) == 0; }

}  // namespace

std::string_view glyph_of(Sign sign, bool utf8) {
  switch (sign) {
    case Sign::none:
      return " ";
    case Sign::trace:
      return utf8 ? "·" : ".";
    case Sign::other_point:
      return utf8 ? "◆" : "X";
    case Sign::point:
      return utf8 ? "●" : "O";
  }
  return " ";
}

std::string_view glyph_of(Shade shade, bool utf8) {
  switch (shade) {
    case Shade::none:
      return " ";
    case Shade::box:
    case Shade::ground:
      return utf8 ? "░" : ":";
    case Shade::other_box:
      return utf8 ? "▒" : "%";
  }
  return " ";
}

Canvas::Canvas(std::size_t columns, std::size_t rows)
    : columns_(columns), rows_(rows), cells_(columns * rows) {}

void Canvas::add_line(Cell& cell, Sides sides, Stroke stroke) {
  cell.sides |= sides;
  if (stroke == Stroke::frame) cell.is_cut = false;
}

void Canvas::draw_across(std::size_t row, std::size_t from, std::size_t to, Stroke stroke) {
  for (std::size_t column = from; column <= to; ++column) {
    add_line(at(column, row), (column > from ? side_left : 0U) | (column < to ? side_right : 0U),
             stroke);
  }
}

void Canvas::draw_down(std::size_t column, std::size_t from, std::size_t to, Stroke stroke) {
  for (std::size_t row = from; row <= to; ++row) {
    add_line(at(column, row), (row > from ? side_up : 0U) | (row < to ? side_down : 0U), stroke);
  }
}

void Canvas::add_side(std::size_t column, std::size_t row, Sides side) {
  add_line(at(column, row), side, Stroke::frame);
}

void Canvas::shade(std::size_t column, std::size_t row, Shade shade) {
  at(column, row).shade = shade;
}

void Canvas::set_sign(std::size_t column, std::size_t row, Sign sign) {
  Cell& cell = at(column, row);
  cell.sign = std::max(cell.sign, sign);
}

void Canvas::write(std::size_t column, std::size_t row, std::string_view text) {
  const std::size_t width = display_width(text);
  if (width == 0) return;
  at(column, row).text = text;
  for (std::size_t i = 1; i < width; ++i) at(column + i, row).is_covered = true;
}

bool Canvas::is_shaded(std::size_t column, std::size_t row) const {
  return at(column, row).shade != Shade::none;
}

Sign Canvas::sign(std::size_t column, std::size_t row) const { return at(column, row).sign; }

std::string_view Canvas::glyph(const Cell& cell, bool utf8) {
  if (cell.sign != Sign::none) return glyph_of(cell.sign, utf8);
  const bool is_across = runs_one_way(cell.sides, across);
  const bool is_down = runs_one_way(cell.sides, down);
  if (cell.sides == 0) return glyph_of(cell.shade, utf8);
  const bool is_in_box = belongs_to_point(cell.shade) && cell.is_cut;
  if (!utf8) return is_across ? (is_in_box ? "=" : "-") : is_down ? "|" : "+";
  if (cell.is_cut && (is_across || is_down)) return cut_glyph(is_across, is_in_box);
  return joints[cell.sides];
}

void Canvas::put_row(Page& page, std::size_t row) const {
  std::string run;
  Ink run_ink = Ink::quiet;
  const auto flush = [&](Ink next) {
    if (!run.empty()) page.put(run, run_ink);
    run.clear();
    run_ink = next;
  };
  for (std::size_t column = 0; column < columns_; ++column) {
    const Cell& cell = at(column, row);
    if (cell.is_covered) continue;
    const bool is_accent =
        cell.sign > Sign::trace || (cell.sign == Sign::none && belongs_to_point(cell.shade));
    const Ink ink = !cell.text.empty() ? Ink::plain : is_accent ? Ink::accent : Ink::quiet;
    if (ink != run_ink) flush(ink);
    if (!cell.text.empty()) {
      run += cell.text;
    } else {
      run += glyph(cell, page.is_utf8());
    }
  }
  flush(Ink::quiet);
}

}  // namespace attune::detail
