// SPDX-License-Identifier: MIT
#pragma once

/// The plane of a questionnaire before anybody has a place on it: axes, borders and named areas.

#include <cstddef>
#include <utility>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"

namespace attune::detail {

/// `axes` are those of `plane_axes`; the ranges are those of the form that was asked. The name of a
/// region goes to the largest of the rectangles it covers between the borders.
[[nodiscard]] Plane plane_frame(const Questionnaire& questionnaire,
                                std::pair<std::size_t, std::size_t> axes, ScoreRange range_x,
                                ScoreRange range_y);

}  // namespace attune::detail
