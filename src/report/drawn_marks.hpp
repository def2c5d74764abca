// SPDX-License-Identifier: MIT
#pragma once

/// What a picture draws of a long series: as many marks for ten thousand check-ins as for some
/// hundred.

#include <cstddef>
#include <vector>

#include "attune/document.hpp"

namespace attune::detail {

/// One check-in, or several that lie close together, at their mean.
struct DrawnMark {
  Instant first;
  Instant last;
  double at = 0;  ///< local time in days since 1970-01-01T00:00, of several their mean
  double score = 0;
  double low = 0;
  double high = 0;
  std::size_t count = 0;
};

/// More marks than these run into one another on a page.
inline constexpr std::size_t most_drawn_marks = 120;

/// Each check-in by itself.
[[nodiscard]] std::vector<DrawnMark> single_marks(const Series& series);

/// Each by itself while there are at most `most_drawn_marks`; of more the time from first to last
/// is cut into as many equal parts, and what lies in one part is drawn as its mean.
[[nodiscard]] std::vector<DrawnMark> drawn_marks(const Series& series);

}  // namespace attune::detail
