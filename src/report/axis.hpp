// SPDX-License-Identifier: MIT
#pragma once

/// Chart geometry as numbers only: where a value falls on an axis of so many cells, and which
/// values get a tick. Shared by rulers, planes and series.
///
///     Axis axis{.min = 1, .max = 7, .cells = 61};  axis.cell(3.4) → 24

#include <cstddef>
#include <string>
#include <vector>

namespace attune::detail {

/// A line of `cells` cells; `min` lies in the middle of the first and `max` of the last.
struct Axis {
  double min = 1;
  double max = 7;
  std::size_t cells = 2;

  /// The cell nearest to `value`; values outside (and what is no number) fall on the nearest end.
  [[nodiscard]] std::size_t cell(double value) const;

  /// The value in the middle of a cell.
  [[nodiscard]] double value(std::size_t cell) const;
};

/// The row of `value` on a vertical axis: its largest value is in row 0.
[[nodiscard]] std::size_t row_of(const Axis& y, double value);

/// Ascending ticks from min to max, both included, at round steps: every whole number while there
/// are at most `most`, else steps of 1, 2 or 5 times a power of ten.
[[nodiscard]] std::vector<double> ticks(double min, double max, std::size_t most);

/// The number of cells, at most `most`, that puts whole numbers exactly on cells where min..max is
/// a short whole range: `per` cells from one number to the next, `per` at most `most_per`.
[[nodiscard]] std::size_t even_cells(double min, double max, std::size_t most,
                                     std::size_t most_per);

/// A score or bound in as many decimals as people are shown: one, or none on ranges wider than 20.
[[nodiscard]] std::string shown(double value, double min, double max);

/// A tick's number: at most two decimals.
[[nodiscard]] std::string tick_label(double value);

/// What stands beside each row of a vertical axis: the number of its tick or nothing, all of one
/// width and right-aligned.
[[nodiscard]] std::vector<std::string> row_numbers(const std::vector<double>& y_ticks,
                                                   const Axis& y);

}  // namespace attune::detail
