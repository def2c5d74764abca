// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "attune/date.hpp"

namespace attune::app {

/// Whether `period_days` local calendar days have gone by since the day of `last`, each day counted
/// at its own offset. A last time in the future counts as today; none at all is due.
[[nodiscard]] bool is_due(const std::optional<Instant>& last, Instant now, int period_days);

}  // namespace attune::app
