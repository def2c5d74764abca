// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/arguments.hpp"
#include "app/exit_status.hpp"
#include "app/world.hpp"

namespace attune {

/// A command line that works as it stands, and what it does.
struct Example {
  std::string_view line;
  std::string_view meaning;
};

/// Whether a command looks into the history, and so takes the option of a locked one.
enum class OpensHistory { yes, no };

/// All that help, parsing, dispatch, did-you-mean and the manual test need to know of a command.
struct Command {
  std::string_view name;         ///< one word, or two: its group and its own
  std::string_view summary;      ///< one line for the start page, or that of its group
  std::string_view description;  ///< a paragraph for its own help
  OperandSpec operands;
  std::span<const OptionSpec> options;
  std::span<const Example> examples;  ///< 2 to 5
  ExitStatus (*run)(const Arguments& arguments, World& world);
  OpensHistory opens_history = OpensHistory::yes;
};

/// Commands that share a first word: the start page has one line for them all.
struct CommandGroup {
  std::string_view name;
  std::string_view summary;
  std::string_view description;  ///< a paragraph for the page of the group
};

/// Every command, in the order of the start page.
[[nodiscard]] std::span<const Command* const> commands();

/// The options of a command and those that all of its kind take.
[[nodiscard]] std::vector<OptionSpec> options_of(const Command& command);

/// By its whole name; null when there is none.
[[nodiscard]] const Command* find_command(std::string_view name);
[[nodiscard]] const CommandGroup* find_group(std::string_view name);

/// "history" of "history list"; empty for a command of one word.
[[nodiscard]] std::string_view group_of(const Command& command);

}  // namespace attune
