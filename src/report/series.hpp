// SPDX-License-Identifier: MIT
#pragma once

/// Scores over time drawn in characters: the scale upwards, time across, a point and its margin of
/// error for each check-in, the usual range behind them.

#include "attune/document.hpp"

#include "report/page.hpp"

namespace attune::detail {

void render_series(Page& page, const Series& series);

}  // namespace attune::detail
