// SPDX-License-Identifier: MIT
#pragma once

/// What pictures in characters and pictures in SVG have in common, as numbers and words only: where
/// a value falls on an axis, which values and dates get a tick, which check-ins are drawn as one,
/// and what is written into the areas of a plane.
///
///     Axis axis{.min = 1, .max = 7, .cells = 61};  axis.cell(3.4) → 24

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attune/document.hpp"

namespace attune::report {

/// A line of `cells` cells; `min` lies in the middle of the first and `max` of the last.
struct Axis {
  double min = 1;
  double max = 7;
  std::size_t cells = 2;

  /// The cell nearest to `value`; values outside (and what is no number) fall on the nearest end.
  [[nodiscard]] std::size_t cell(double value) const;

  /// The same counted from the other end: on a vertical axis the largest value is in row 0.
  [[nodiscard]] std::size_t row(double value) const { return cells - 1 - cell(value); }
};

/// Ascending ticks from min to max, both included, at round steps: every whole number while there
/// are at most `most`, else steps of 1, 2 or 5 times a power of ten.
[[nodiscard]] std::vector<double> ticks(double min, double max, std::size_t most);

/// The number of cells, at most `most`, that puts whole numbers exactly on cells where min..max is
/// a short whole range: `per` cells from one number to the next, `per` at most `most_per`.
[[nodiscard]] std::size_t even_cells(double min, double max, std::size_t most,
                                     std::size_t most_per);

/// Local time as days since 1970-01-01T00:00, with the time of day as the fraction.
[[nodiscard]] double local_days(Instant at);

/// From the first to the last of `marks` in `cells` cells; one moment alone lies in the middle.
/// Precondition: not empty.
[[nodiscard]] Axis time_axis(const std::vector<SeriesMark>& marks, std::size_t cells);

/// A date below a time axis.
struct DateLabel {
  std::optional<std::size_t> tick;  ///< the cell that the date belongs to, if it is one moment
  std::size_t start = 0;            ///< of the text, in cells
  std::string text;
};

/// The first and the last date and, where there is room, one or two between: since when something
/// is or was different, else beginnings of months on longer axes. All on one day: the first and the
/// last time, with the day between. Ascending, at least two cells apart.
[[nodiscard]] std::vector<DateLabel> date_labels(const Series& series, const Axis& axis);

/// One check-in, or several that lie close together, at their mean.
struct DrawnMark {
  Instant first;
  Instant last;
  double at = 0;  ///< in local days (`local_days`), of several their mean
  double score = 0;
  double low = 0;
  double high = 0;
  std::size_t count = 0;
};

/// What falls into each cell of the time axis; a cell without check-ins has a count of 0.
[[nodiscard]] std::vector<DrawnMark> marks_by_cell(const Series& series, const Axis& time);

/// More marks than these run into one another on a page.
inline constexpr std::size_t most_drawn_marks = 120;

/// As many marks for ten thousand check-ins as for some hundred: each by itself while there are at
/// most `most_drawn_marks`; of more the time from first to last is cut into as many equal parts,
/// and what lies in one part is drawn as its mean.
[[nodiscard]] std::vector<DrawnMark> drawn_marks(const Series& series);

/// The letter of one of several points of a plane, from A to Z and from a to z; an asterisk for any
/// beyond. Empty for a point alone.
[[nodiscard]] std::string letter_of(const Plane& plane, std::size_t point);

/// A name in as few lines as it takes within its room, as even as possible; nothing where it does
/// not fit in whole words.
[[nodiscard]] std::vector<std::string> area_label(const std::string& name, std::size_t most_columns,
                                                  std::size_t most_lines);

/// Columns of the widest line.
[[nodiscard]] std::size_t widest_line(const std::vector<std::string>& lines);

}  // namespace attune::report
