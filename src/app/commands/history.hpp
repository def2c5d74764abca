// SPDX-License-Identifier: MIT
#pragma once

/// What the commands on records share with one another.

#include <string>

#include "attune/history.hpp"

#include "app/world.hpp"

namespace attune {

/// That a history is empty, and how its first record is made. Its kind is not_found.
[[nodiscard]] Error no_records();

/// That there is no history yet. Its kind is not_found.
[[nodiscard]] Error no_history();

/// The record with this id, or the newest for "last". Error: not_found, with the nearest ids.
[[nodiscard]] Record find_record(History& history, const std::string& id);

}  // namespace attune
