// SPDX-License-Identifier: MIT
#pragma once

/// What the commands on records share with one another.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "attune/history.hpp"

namespace attune::app {

/// That a history is empty, and how its first record is made. Its kind is not_found.
[[nodiscard]] Error no_records();

/// The history that has been opened, for what makes no sense without one. Error: not_found.
[[nodiscard]] store::History existing(std::optional<store::History> history);

/// The record with this id, or the newest for "last". Error: not_found, with the nearest ids.
[[nodiscard]] Record find_record(store::History& history, const std::string& id);

/// "1 record", "2 records".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace attune::app
