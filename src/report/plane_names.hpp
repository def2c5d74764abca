// SPDX-License-Identifier: MIT
#pragma once

/// Places the names of a plane's areas: each within its own area, clear of the point and, where
/// there is room, of the error box.

#include <string>
#include <vector>

#include "attune/document.hpp"

#include "report/axis.hpp"
#include "report/canvas.hpp"

namespace attune::detail {

/// Writes the names onto `canvas`, on which frame, cuts, box and point are drawn. When a name does
/// not fit its area in whole words, all are written as letters; then the lines of a legend come
/// back ("A  At ease with closeness").
[[nodiscard]] std::vector<std::string> write_area_names(Canvas& canvas, const Page& page,
                                                        const Plane& plane, const Axis& x,
                                                        const Axis& y);

}  // namespace attune::detail
