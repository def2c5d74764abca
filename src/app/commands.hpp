// SPDX-License-Identifier: MIT
#pragma once

/// The commands, and running one.
///
/// To add a command:
///   1. write in app/commands what it does and, at the end of the file, its row;
///   2. name the row below, and give it its place in the table of run.cpp;
///   3. add `help-NAME` and its own cases under tests/cli/, its part of the manual and a line to
///      CHANGELOG.md.
/// Dispatch, help, did-you-mean and the manual's test follow from the row.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/arguments.hpp"
#include "app/streams.hpp"
#include "app/world.hpp"

namespace attune::app {

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
  std::string_view summary;      ///< a few words for the start page (22 columns), or its group's
  std::string_view description;  ///< a paragraph for its own help
  OperandSpec operands;
  std::vector<OptionSpec> options;
  std::vector<Example> examples;  ///< 2 to 5
  ExitStatus (*run)(const Arguments& arguments, World& world);
  OpensHistory opens_history = OpensHistory::yes;
};

extern const Command take_row, trend_row, report_row, relationships_row, compare_row, progress_row,
    moments_row, next_row, due_row, schedule_row, history_list_row, history_show_row,
    history_delete_row, history_undo_row, history_drafts_row, history_discard_row,
    history_export_row, history_import_row, history_backup_row, history_rescore_row,
    history_purge_row, history_lock_row, history_unlock_row, history_passphrase_row, score_row,
    analyze_row, list_row, show_row, codebook_row, check_row, init_row, wording_row, completion_row;

/// All of them, in the order of the start page.
[[nodiscard]] std::vector<const Command*> commands();

/// The command that `words` begin with, which are taken off. Error: usage, where there is none,
/// with what else could be meant: the commands of the history where that is named, else what can
/// stand first on the command line. Precondition: there is a first word, and a second where the
/// first is "history".
[[nodiscard]] const Command& take_command(std::span<const std::string>& words);

/// The options of a command, those that all of its kind take, and those of every command.
[[nodiscard]] std::vector<OptionSpec> options_of(const Command& command);

/// The end of the start page: what goes on from here, as the history has it. Reads only, asks for
/// nothing, waits for nobody, and prints counts and days alone. Where there is nothing to go on
/// with or to be read, how to begin.
inline constexpr std::string_view how_to_begin = "Begin with: attune take";
[[nodiscard]] std::string how_to_go_on(const World& world);

/// The program: finds the command that `words` (argv without the program's name) name, runs it, and
/// makes sure that what it wrote arrived. The one place that catches what nobody else has.
ExitStatus run(std::span<const std::string> words, Streams& streams);

}  // namespace attune::app
