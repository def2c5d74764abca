// SPDX-License-Identifier: MIT
#include "app/commands/history.hpp"
#include "app/commands/transfer.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec list_options[] = {
    about_option,
    since_option,
    until_option,
    {"--format", "FORMAT", "Print text (default), json or csv.", Value::required},
};
constexpr Example list_examples[] = {
    {"attune history list", "Every record, oldest first, with its scores."},
    {"attune history list closeness --about partner --since 2026-01-01",
     "This year's check-ins about your partner."},
    {"attune history list --format json | jq -r '.[].id'", "The ids alone, for a script."},
};

constexpr OptionSpec show_options[] = {
    {"--format", "FORMAT", "Print text (default), json, csv, markdown, html or svg.",
     Value::required},
    width_option,
    output_option,
    force_option,
    {"--explain", "", "Show what each answer contributes to the scores."},
    scores_only_option,
    {"--as-taken", "", "Score with the definition it was taken with, even if it was rescored."},
};
constexpr Example show_examples[] = {
    {"attune history show last", "Your newest profile again."},
    {"attune history show last --format json | jq .scores", "Its scores for a script."},
};

constexpr OptionSpec drafts_options[] = {
    {"--format", "FORMAT", "Print text (default) or json.", Value::required},
};
constexpr Example drafts_examples[] = {
    {"attune history drafts", "What is unfinished, and the command that goes on with it."},
    {"attune history drafts --format json | jq length", "How many drafts there are."},
};

constexpr OptionSpec export_options[] = {
    output_option,
    force_option,
    {"--redact", "WHAT",
     "Leave out text (notes and answers in words), or answers (every answer, with scores in their "
     "place).",
     Value::required},
};
constexpr Example export_examples[] = {
    {"attune history export -o history.jsonl", "All records, one per line, to keep or to move."},
    {"attune history export --redact answers | jq -c .scores",
     "Scores without the answers they come from."},
};

constexpr OptionSpec backup_options[] = {force_option};
constexpr Example backup_examples[] = {
    {"attune history backup history-backup.db", "A copy that opens as a history."},
    {"attune history backup --force history-backup.db", "Replace the last one."},
};

ExitStatus run_list(const Arguments& arguments, World& world) {
  const Result<Selection> selection = selection_of(arguments, first_operand(arguments));
  if (!selection) return report(world.streams, selection.error());
  const Result<Format> format = format_of(arguments, text_or_data);
  if (!format) return report(world.streams, format.error());
  Result<MaybeHistory> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return list_records(*selection, *format, text_style(world.environment, world.streams),
                      Catalogue(world.paths.definitions), *history, world.streams);
}

ExitStatus run_show(const Arguments& arguments, World& world) {
  const Result<Format> format = format_of(arguments, profile_formats);
  if (!format) return report(world.streams, format.error());
  const Result<Extent> extent = extent_of(arguments, *format);
  if (!extent) return report(world.streams, extent.error());
  const Result<TextStyle> style = text_style_of(arguments, world);
  if (!style) return report(world.streams, style.error());
  Result<MaybeHistory> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  const ShowRecordOptions options{
      .id = arguments.operands().front(),
      .format = *format,
      .explain = arguments.has("--explain") ? Explain::yes : Explain::no,
      .extent = *extent,
      .scored_by = arguments.has("--as-taken") ? ScoredBy::as_taken : ScoredBy::newest,
      .output = output_of(arguments),
      .overwrite = overwrite_of(arguments)};
  return show_record(options, *style, world.paths, *history, world.streams);
}

ExitStatus run_drafts(const Arguments& arguments, World& world) {
  const Result<Format> format = format_of(arguments, text_or_json);
  if (!format) return report(world.streams, format.error());
  Result<MaybeHistory> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return list_drafts(*format, text_style(world.environment, world.streams), *history,
                     world.streams);
}

ExitStatus run_export(const Arguments& arguments, World& world) {
  const Result<Redact> redact = redact_of(arguments);
  if (!redact) return report(world.streams, redact.error());
  Result<MaybeHistory> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return export_history(
      {first_operand(arguments), *redact, output_of(arguments), overwrite_of(arguments)}, *history,
      world.streams);
}

ExitStatus run_backup(const Arguments& arguments, World& world) {
  Result<MaybeHistory> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return back_up_history(arguments.operands().front(), overwrite_of(arguments), *history,
                         world.streams);
}

}  // namespace

const Command history_list_row{
    "history list",
    "every record, with its scores",
    "Lists your records, oldest first: all of them, or those of one questionnaire.",
    {"NAME", 0, 1},
    list_options,
    list_examples,
    run_list};

const Command history_show_row{
    "history show",
    "one record's profile again",
    "Prints the profile of a record again, from the answers and the questionnaire's text that were "
    "kept with it. ID is what history list shows, or last.",
    {"ID", 1, 1},
    show_options,
    show_examples,
    run_show};

const Command history_drafts_row{"history drafts",
                                 "what is unfinished",
                                 "Lists the questionnaires that you began and did not finish, with "
                                 "the command that goes on with "
                                 "each.",
                                 {"", 0, 0},
                                 drafts_options,
                                 drafts_examples,
                                 run_drafts};

const Command history_export_row{
    "history export",
    "records as JSON Lines",
    "Writes all records, or those of one questionnaire, as JSON Lines with raw answers, order, "
    "times "
    "and the text of each definition: everything that history import needs. attune-history(5) "
    "documents the lines.",
    {"NAME", 0, 1},
    export_options,
    export_examples,
    run_export};

const Command history_backup_row{
    "history backup",
    "copy the whole history to a file",
    "Writes a copy of the history, drafts and deleted records included, that only you can read. To "
    "go back to it, put it in the place of history.db. With - as FILE it goes into a pipe.",
    {"FILE", 1, 1},
    backup_options,
    backup_examples,
    run_backup};

}  // namespace attune
