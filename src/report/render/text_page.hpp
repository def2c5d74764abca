// SPDX-License-Identifier: MIT
#pragma once

/// The sheet that text renderers write on: clean words, margins, blank lines, and the few colours.
/// It knows no block; the functions below it draw them.
///
///     TextPage page(style);  page.put("Anxiety", Ink::strong);  page.end_line();

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"

#include "report/render/chart.hpp"

namespace attune::report {

/// How strongly something is meant to be seen; nothing at all where colour is off.
enum class Ink { plain, strong, quiet, accent };

/// What begins each on a terminal: bold, dim and one accent, readable on light and dark grounds.
inline constexpr std::string_view sgr_of_ink[] = {"", "\x1B[1m", "\x1B[2m", "\x1B[1;36m"};

/// `sign` so many times.
/// `text` with signs as words, since voices pass over them: "3.2, give or take 0.9", "minus 0.4".
[[nodiscard]] std::string spoken(std::string text);

[[nodiscard]] std::string repeated(std::string_view sign, std::size_t times);

/// One cell of a picture.
struct InkedGlyph {
  std::string_view glyph;
  Ink ink = Ink::quiet;
};

class TextPage {
 public:
  explicit TextPage(const TextStyle& style);

  /// Columns of a line, 20..200.
  [[nodiscard]] std::size_t width() const { return style_.width_columns; }

  /// Columns a line of prose may end at: long lines are hard to read on a wide terminal.
  [[nodiscard]] std::size_t measure() const;

  /// Rows of the terminal; 0 where the text is for no terminal.
  [[nodiscard]] std::size_t height() const { return style_.height_rows; }

  [[nodiscard]] Charset charset() const { return style_.charset; }
  [[nodiscard]] bool is_utf8() const { return charset() == Charset::utf8; }
  [[nodiscard]] bool has_pictures() const { return style_.pictures; }

  /// The left margin of everything below a heading.
  [[nodiscard]] std::size_t margin() const { return margin_; }
  void set_margin(std::size_t columns) { margin_ = columns; }

  /// `text` safe to print, in the character set of the page: newlines become spaces, what can't be
  /// printed becomes a visible escape, and without pictures "±" becomes words.
  [[nodiscard]] std::string clean(std::string_view text) const;

  /// The same with its newlines kept.
  [[nodiscard]] std::string clean_lines(std::string_view text) const;

  /// Adds to the current line. Spaces at the end of a line are dropped. Precondition: cleaned text.
  void put(std::string_view clean_text, Ink ink = Ink::plain);
  void put_spaces(std::size_t count) { spaces_ += count; }

  /// The same for a row of a picture: neighbours of one ink are put together.
  void put_glyphs(std::span<const InkedGlyph> glyphs);

  /// Ends the current line. One with nothing on it becomes a gap.
  void end_line();

  /// A line of its own that starts at column `indent`.
  void put_line(std::string_view clean_text, std::size_t indent, Ink ink = Ink::plain);

  /// One empty line, never two in a row and never at the top.
  void gap();

  /// `clean_text` wrapped to the measure, every line starting `indent` columns from the margin.
  void paragraph(std::string_view clean_text, Ink ink = Ink::plain, std::size_t indent = 0);

  /// The same after a `label`; the lines stand under one another beside it or, without
  /// pictures, follow it like any text.
  void labelled(std::string_view label, Ink label_ink, std::string_view clean_text,
                std::size_t indent = 0);

  [[nodiscard]] std::string take();

 private:
  TextStyle style_;
  std::size_t margin_ = 0;
  std::size_t spaces_ = 0;  // pending: written only when something follows
  bool at_line_start_ = true;
  std::string out_;
};

/// A name with its value, the line with ticks, interval and point, and the words at both ends.
void draw_picture(TextPage& page, const Ruler& ruler);

/// The line of a ruler alone: the axis quiet, the interval and the point in the accent.
[[nodiscard]] std::vector<InkedGlyph> ruler_glyphs(const Ruler& ruler, const Axis& axis,
                                                   const std::vector<double>& tick_values,
                                                   Charset charset);

/// The plane in characters: frame, cuts, names of the areas, error box, point.
void draw_picture(TextPage& page, const Plane& plane);

/// The scale upwards, time across, a point and its margin of error for each check-in, the usual
/// range behind them. Nothing without marks.
void draw_picture(TextPage& page, const Series& series);

/// Numbers below their ticks; one that would touch its neighbour is left out, the ends never.
void put_tick_numbers(TextPage& page, const Axis& axis, const std::vector<double>& tick_values,
                      std::size_t indent);

/// A bar, a series or the line of a ruler in characters of one column each, at most `columns` of
/// them. Empty when there is nothing to draw. Spaces within a series are gaps.
[[nodiscard]] std::string drawn_in_line(const Picture& picture, std::size_t columns,
                                        Charset charset);

}  // namespace attune::report
