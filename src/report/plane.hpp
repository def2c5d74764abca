// SPDX-License-Identifier: MIT
#pragma once

/// The plane of two dimensions drawn in characters: frame, cuts, names of the areas, error box,
/// point.

#include "attune/document.hpp"

#include "report/page.hpp"

namespace attune::detail {

void render_plane(Page& page, const Plane& plane);

}  // namespace attune::detail
