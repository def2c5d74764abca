// SPDX-License-Identifier: MIT
#pragma once

/// What a page of HTML is made of: markup of texts and numbers, and pictures as SVG. What belongs
/// to a value is placed in percent of the plot, words and signs in em, so that one drawing serves a
/// page of any width, at any size of type.

#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"

namespace attune::report {

/// The style sheet of every page, from page.css.
[[nodiscard]] std::string_view page_style();

/// `text` as character data or as the value of a quoted attribute: what can't be printed becomes a
/// visible escape, < > & " ' become references, newlines spaces. Every foreign text that reaches a
/// page goes through here or through `markup_lines`.
[[nodiscard]] std::string markup_text(std::string_view text);

/// The same with a line break for every newline; dates stay in one piece.
[[nodiscard]] std::string markup_lines(std::string_view text);

/// "1.5em"
[[nodiscard]] std::string em(double value);

/// What a legend explains; drawn as in the picture.
enum class LegendSign { point, other_point, trace, box, other_box, error, band };

struct LegendEntry {
  LegendSign sign = LegendSign::point;
  std::string text;
};

/// Room around the plot for ticks and names, in em.
struct Margins {
  double top = 0;
  double right = 0;
  double bottom = 0;
  double left = 0;
};

struct SvgPicture {
  std::string body;       ///< SVG elements
  double height_em = 10;  ///< of the plot
  Margins margins;
  std::vector<LegendEntry> legend;  ///< empty where the picture explains itself
  std::string note;                 ///< what else has to be known to read it; may be empty
};

[[nodiscard]] SvgPicture svg_picture(const Ruler& ruler);

/// Precondition: there is a point.
[[nodiscard]] SvgPicture svg_picture(const Plane& plane);

/// Precondition: there is a mark.
[[nodiscard]] SvgPicture svg_picture(const Series& series);

/// One sign by itself, within 2.4 em by 1 em.
[[nodiscard]] std::string svg_sign(LegendSign sign);

/// The picture beside a row of a table, within 7 em by 1.4 em.
[[nodiscard]] std::string svg_in_row(const Picture& picture);

}  // namespace attune::report
