// SPDX-License-Identifier: MIT
#pragma once

/// The numbers of pictures as tables: for formats without pictures, and beside them.

#include <cstddef>
#include <span>
#include <vector>

#include "attune/document.hpp"

namespace attune::detail {

/// The small rulers that follow one another from `at` on, which form a group; none where there is
/// something else.
[[nodiscard]] std::vector<const Ruler*> small_rulers_at(const Document& document, std::size_t at);

/// Score, likely range and, where there are any, meanings. Precondition: not empty.
[[nodiscard]] Table table_of(std::span<const Ruler* const> rulers);

/// A row per dimension and point; the names of points where they have any.
[[nodiscard]] Table table_of(const Plane& plane);

/// A row per mark or, where several are drawn as one, per group of them with its mean.
[[nodiscard]] Table table_of(const Series& series, SeriesRows rows);

}  // namespace attune::detail
