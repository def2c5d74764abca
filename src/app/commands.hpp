// SPDX-License-Identifier: MIT
#pragma once

/// The commands, and running one.
///
/// To add a command:
///   1. write app/commands/NAME.cpp: its options, its examples, what it does, and its row;
///   2. declare the row below and give it its place in the table of run.cpp;
///   3. add `help-NAME` and its own cases under tests/cli/, its part of the manual and a line to
///      CHANGELOG.md.
/// Dispatch, help, did-you-mean and the manual's test follow from the row.

#include <span>
#include <string>
#include <string_view>

#include "app/arguments.hpp"
#include "app/messages.hpp"
#include "app/world.hpp"

namespace attune {

/// A command line that works as it stands, and what it does.
struct Example {
  std::string_view line;
  std::string_view meaning;
};

/// Whether a command looks into the history, and so takes the option of a locked one.
enum class OpensHistory { yes, no };

/// All that help, parsing, dispatch, did-you-mean and the manual test need to know of a command. In
/// its texts a line break counts as a space.
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

extern const Command take_row;
extern const Command trend_row;
extern const Command report_row;
extern const Command relationships_row;
extern const Command compare_row;
extern const Command progress_row;
extern const Command moments_row;
extern const Command next_row;
extern const Command due_row;
extern const Command schedule_row;
extern const Command history_list_row;
extern const Command history_show_row;
extern const Command history_delete_row;
extern const Command history_undo_row;
extern const Command history_drafts_row;
extern const Command history_discard_row;
extern const Command history_export_row;
extern const Command history_import_row;
extern const Command history_backup_row;
extern const Command history_rescore_row;
extern const Command history_purge_row;
extern const Command history_lock_row;
extern const Command history_unlock_row;
extern const Command history_passphrase_row;
extern const Command score_row;
extern const Command analyze_row;
extern const Command list_row;
extern const Command show_row;
extern const Command codebook_row;
extern const Command check_row;
extern const Command init_row;
extern const Command wording_row;

/// The program: finds the command that `words` (argv without the program's name) name, runs it, and
/// makes sure that what it wrote arrived. The one place that catches what nobody else has.
ExitStatus run(std::span<const std::string> words, Streams& streams);

}  // namespace attune
