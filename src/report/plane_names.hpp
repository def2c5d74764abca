// SPDX-License-Identifier: MIT
#pragma once

/// Places the names of a plane's areas: each within its own area, clear of the point and, where
/// there is room, of the error box.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attune/document.hpp"

#include "report/axis.hpp"
#include "report/canvas.hpp"

namespace attune::detail {

/// `name` in as few lines of at most `columns` as it takes, as even as possible; nothing when that
/// is more than `most_lines` or would break a word.
[[nodiscard]] std::optional<std::vector<std::string>> even_lines(const std::string& name,
                                                                 std::size_t columns,
                                                                 std::size_t most_lines);

/// Writes the names onto `canvas`, on which frame, cuts, box and point are drawn. When a name does
/// not fit its area in whole words, all are written as letters; then the lines of a legend come
/// back ("A  At ease with closeness").
[[nodiscard]] std::vector<std::string> write_area_names(Canvas& canvas, const Page& page,
                                                        const Plane& plane, const Axis& x,
                                                        const Axis& y);

}  // namespace attune::detail
