// SPDX-License-Identifier: MIT
#pragma once

/// Pictures as SVG. What belongs to a value is placed in percent of the plot, words and signs in
/// em: so one drawing serves a page of any width, at any size of type, and a sheet of its own.

#include <string>
#include <vector>

#include "attune/document.hpp"

namespace attune::detail {

/// What a legend explains; drawn as in the picture.
enum class SignKind { point, other_point, trace, box, other_box, error, band };

struct LegendSign {
  SignKind kind = SignKind::point;
  std::string text;
};

/// Room around the plot for ticks and names, in em.
struct Margins {
  double top = 0;
  double right = 0;
  double bottom = 0;
  double left = 0;
};

struct Drawing {
  std::string body;       ///< SVG elements
  double height_em = 10;  ///< of the plot
  Margins margins;
  std::vector<LegendSign> legend;  ///< empty where the picture explains itself
  std::string note;                ///< what else has to be known to read it; may be empty
};

[[nodiscard]] Drawing draw(const Ruler& ruler);
[[nodiscard]] Drawing draw(const Plane& plane);

/// Precondition: there is a mark.
[[nodiscard]] Drawing draw(const Series& series);

/// One sign by itself, within 2.4 em by 1 em.
[[nodiscard]] std::string draw(SignKind sign);

/// The picture beside a row of a table, within 7 em by 1.4 em.
[[nodiscard]] std::string draw(const Picture& picture);

/// The elements that drawings are made of.
[[nodiscard]] std::string line_element(std::string_view kind, const std::string& x1,
                                       const std::string& y1, const std::string& x2,
                                       const std::string& y2);
[[nodiscard]] std::string rect_element(std::string_view kind, double left, double top, double right,
                                       double bottom);
[[nodiscard]] std::string circle_element(std::string_view kind, double x, double y, double r_em);

/// A diamond of the size of a point.
[[nodiscard]] std::string diamond_element(std::string_view kind, double x, double y);

/// Where a text stands: a place in shares of the plot, moved by em, and which part of it is there.
struct TextPlace {
  double x = 0;
  double y = 0;
  double dx_em = 0;
  double dy_em = 0;
  std::string_view anchor = "middle";  ///< start, middle, end
};
[[nodiscard]] std::string text_element(std::string_view kind, const TextPlace& place,
                                       std::string_view text);

/// Where `value` lies between `min` and `max`, as a share of 1.
[[nodiscard]] double share_of(double value, double min, double max);

}  // namespace attune::detail
