// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "app/arguments.hpp"
#include "app/exit_status.hpp"
#include "app/world.hpp"

namespace attune {

/// A command line that works as it stands, and what it does.
struct Example {
  std::string_view line;
  std::string_view meaning;
};

/// All that help, parsing, dispatch, did-you-mean and the manual test need to know of a command.
struct Command {
  std::string_view name;
  std::string_view summary;      ///< one line for the start page
  std::string_view description;  ///< a paragraph for its own help
  OperandSpec operands;
  std::span<const OptionSpec> options;
  std::span<const Example> examples;  ///< 2 to 5
  ExitStatus (*run)(const Arguments& arguments, World& world);
};

/// Every command, in the order of the start page.
[[nodiscard]] std::span<const Command> commands();

}  // namespace attune
