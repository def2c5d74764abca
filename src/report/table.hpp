// SPDX-License-Identifier: MIT
#pragma once

/// Tables fitted to the page: columns side by side with their cells wrapped, or, where they would
/// become too narrow to read, one short block per row.

#include "attune/document.hpp"

#include "report/page.hpp"

namespace attune::detail {

void render_table(Page& page, const Table& table);

}  // namespace attune::detail
