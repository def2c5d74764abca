// SPDX-License-Identifier: MIT
#pragma once

/// The time axis of a series: where a moment falls, and which dates are written below.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attune/document.hpp"

#include "report/axis.hpp"

namespace attune::detail {

/// Local time as days since 1970-01-01T00:00, with the time of day as the fraction.
[[nodiscard]] double local_days(Instant at);

/// From the first to the last of `marks` in `cells` cells; one moment alone lies in the middle.
/// Precondition: not empty.
[[nodiscard]] Axis time_axis(const std::vector<SeriesMark>& marks, std::size_t cells);

/// A date below the axis.
struct DateLabel {
  std::optional<std::size_t> tick;  ///< the cell that the date belongs to, if it is one moment
  std::size_t start = 0;            ///< of the text, in cells
  std::string text;
};

/// The first and the last date and, where there is room, one or two between, at beginnings of
/// months on longer axes. All on one day: the first and the last time, with the day between.
/// Ascending, at least two cells apart.
[[nodiscard]] std::vector<DateLabel> date_labels(const std::vector<SeriesMark>& marks,
                                                 const Axis& axis);

}  // namespace attune::detail
