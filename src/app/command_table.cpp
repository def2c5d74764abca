// SPDX-License-Identifier: MIT
//
// To add a command:
//   1. write it in app/commands/, its parameters being exactly what it may touch;
//   2. add its options, examples and row in app/rows/, the row's function picking these parts out
//   of the World, and its place here;
//   3. add `help-NAME` and its own cases under tests/cli/, a section to man/attune.1 and a
//   CHANGELOG line.
// Dispatch, help, did-you-mean and the manual's test follow from the row.
#include "app/command_table.hpp"

#include <algorithm>
#include <iterator>

#include "app/passphrase.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

// clang-format off: one row a line
const Command* const table[] = {
    &take_row,
    &trend_row,
    &report_row,
    &relationships_row,
    &compare_row,
    &progress_row,
    &moments_row,
    &next_row,
    &due_row,
    &schedule_row,
    &history_list_row,
    &history_show_row,
    &history_delete_row,
    &history_undo_row,
    &history_drafts_row,
    &history_discard_row,
    &history_export_row,
    &history_import_row,
    &history_backup_row,
    &history_rescore_row,
    &history_purge_row,
    &history_lock_row,
    &history_unlock_row,
    &history_passphrase_row,
    &score_row,
    &analyze_row,
    &list_row,
    &show_row,
    &codebook_row,
    &check_row,
    &init_row,
    &wording_row,
};
// clang-format on

constexpr CommandGroup group_table[] = {
    {"history", "your records: list, show, delete, undo, export, lock, ...",
     "Every completed questionnaire is a record in your history, a file that only you can read. "
     "What you delete can be brought back until you purge it."},
};

}  // namespace

std::span<const Command* const> commands() { return table; }

std::vector<OptionSpec> options_of(const Command& command) {
  std::vector<OptionSpec> options(command.options.begin(), command.options.end());
  if (command.opens_history == OpensHistory::yes) options.push_back(passphrase_option);
  return options;
}

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Command* command) { return command->name == name; });
  return found == std::end(table) ? nullptr : *found;
}

const CommandGroup* find_group(std::string_view name) {
  const auto found = std::find_if(std::begin(group_table), std::end(group_table),
                                  [&](const CommandGroup& group) { return group.name == name; });
  return found == std::end(group_table) ? nullptr : &*found;
}

std::string_view group_of(const Command& command) {
  const std::size_t space = command.name.find(' ');
  return space == std::string_view::npos ? std::string_view() : command.name.substr(0, space);
}

}  // namespace attune
