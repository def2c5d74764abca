// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/command_table.hpp"

namespace attune {

/// What bare `attune` and `attune --help` print: purpose, commands, where to go on. At most 80
/// columns.
[[nodiscard]] std::string start_page();

/// `attune COMMAND --help`: usage, description, examples, options, in at most 80 columns.
/// The commands that share a first word.
[[nodiscard]] std::string group_help(const CommandGroup& group);

[[nodiscard]] std::string command_help(const Command& command);

}  // namespace attune
