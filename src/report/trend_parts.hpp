// SPDX-License-Identifier: MIT
#pragma once

/// The parts of a trend that more than one page shows.

#include <string>

#include "attune/document.hpp"
#include "attune/trend_report.hpp"

namespace attune::detail {

/// The scale that was scored most often, which stands for the check-ins as a whole; null when no
/// scale has a point.
[[nodiscard]] const ScaleSeries* longest(const TrendReport& report);

/// A picture for each scale; below headings of `level` (2 or 3) the table of differences and what
/// they say. Precondition: some scale has two points.
void add_over_time(Document& document, const TrendReport& report, int level);

/// That one check-in has nothing to be compared with yet, and when there will be something.
[[nodiscard]] std::string first_check_in_words(const TrendReport& report);

/// What has been left out, a sentence for all scales that agree; empty when nothing was.
[[nodiscard]] std::string left_out_words(const TrendReport& report);

/// How sure a trend can be, as far as it matters to what it says. Precondition: some scale has a
/// point.
[[nodiscard]] std::string trend_limits(const TrendReport& report);

}  // namespace attune::detail
