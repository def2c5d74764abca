// SPDX-License-Identifier: MIT
//
// To add a command:
//   1. write it in app/commands/, its parameters being exactly what it may touch;
//   2. add its options, examples and row here, the row's function picking these parts out of the
//   World;
//   3. add `help-NAME` and its own cases under tests/cli/, a section to man/attune.1 and a
//   CHANGELOG line.
// Dispatch, help, did-you-mean and the manual's test follow from the row.
#include "app/command_table.hpp"

#include <array>

#include "app/commands/check_in_rows.hpp"
#include "app/commands/definitions.hpp"
#include "app/commands/take.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

constexpr std::size_t any_number = 10'000;

// --- take ---

constexpr OptionSpec take_option_specs[] = {
    {"-f,--form", "FORM", "Ask a named part of the questionnaire: short.", Value::required},
    {"-a,--about", "WHOM", "Answer about one person: partner, mother, friend, ...",
     Value::required},
    {"--answers", "LIST|FILE|-",
     "Take the answers as 4,2,s,7 in the order of the questionnaire (s skips), as id=4,id=2, from "
     "a file, or from "
     "standard input; ask nothing.",
     Value::required},
    {"--format", "FORMAT", "Print the profile as text (default), json, csv or markdown.",
     Value::required},
    {"-o,--output", "FILE", "Write the profile to FILE instead of standard output.",
     Value::required},
    {"--force", "", "Replace FILE when it exists."},
    {"--explain", "", "Show what each answer contributes to the scores."},
    {"--plain", "", "Ask with plain lines and Enter, made for screen readers."},
    {"--private", "", "Echo no answers and show no scores."},
    {"--no-save", "", "Keep nothing: the history is not even opened."},
    {"--fresh", "", "Begin anew even if an unfinished draft exists; the draft is kept."},
    {"--date", "DATE", "Record it as taken on DATE (2026-11-01).", Value::required},
    {"--note", "", "Ask for a one-line note at the end."},
    {"--shuffle", "SEED", "Ask in random order; the same SEED gives the same order.",
     Value::optional},
    {"--language", "LANG", "Use the texts of another language, where there are any: de.",
     Value::required},
};

constexpr Example take_examples[] = {
    {"attune take", "Answer closeness, 36 statements in about six minutes, and read your profile."},
    {"attune take --form short --about partner",
     "Answer 12 statements about your partner, as a check-in."},
    {"attune take --form short --answers 5,3,6,2,4,3,5,s,2,4,3,6 --format json | jq "
     ".scores.anxiety.score",
     "Score answers from a script and pick one number; s skips a statement."},
    {"attune take moment", "Note in under a minute what an urge to withdraw or to cling was like."},
};

ExitStatus run_take(const Arguments& arguments, World& world) {
  const Result<TakeOptions> options = take_options(arguments);
  if (!options) return report(world.streams, options.error());
  return take(*options, world);
}

// --- list, show, check, init, wording ---

constexpr OptionSpec format_option{"--format", "FORMAT", "Print text (default) or json.",
                                   Value::required};
constexpr OptionSpec language_option{"--language", "LANG",
                                     "Show the texts of another language, where there are any.",
                                     Value::required};

constexpr OptionSpec list_option_specs[] = {format_option};
constexpr Example list_examples[] = {
    {"attune list", "What can be taken, with the number of items and the time it takes."},
    {"attune list --format json | jq -r '.[].id'", "The names alone, for a script."},
};

constexpr OptionSpec show_option_specs[] = {format_option, language_option};
constexpr Example show_examples[] = {
    {"attune show closeness",
     "Every statement with its scale and key, the source and the licence."},
    {"attune show closeness --format json | jq '.items | length'", "Count the items in a script."},
};

constexpr Example check_examples[] = {
    {"attune check mine.toml", "Verify a definition you are writing; no output means no problem."},
    {"attune check questionnaires/*.toml",
     "Verify several; the exit status is 1 if one has errors."},
};

constexpr OptionSpec init_option_specs[] = {
    {"-o,--output", "FILE", "Write to FILE instead of NAME.toml; - is standard output.",
     Value::required},
    {"--force", "", "Replace FILE when it exists."}};
constexpr Example init_examples[] = {
    {"attune init mine", "Write mine.toml, a commented definition to edit."},
    {"attune init mine -o - | less", "Look at it first."},
};

constexpr OptionSpec wording_option_specs[] = {
    {"--language", "LANG", "The language of the statements; that of the questionnaire by default.",
     Value::required},
    {"--force", "", "Replace a wording added before."}};
constexpr Example wording_examples[] = {
    {"attune wording closeness statements.txt --language de",
     "Add your own German translation of the 36 statements."},
    {"attune wording mine - < statements.txt", "Read the lines from standard input."},
};

// The listing format of the command line, or the status of a reported error.
std::optional<ListFormat> list_format(const Arguments& arguments, Streams& streams,
                                      ExitStatus& status) {
  const std::string name = arguments.value("--format").value_or("text");
  if (name == "text") return ListFormat::text;
  if (name == "json") return ListFormat::json;
  status = report(streams, unknown_name(ErrorKind::usage, "--format", name,
                                        std::array<std::string, 2>{"text", "json"}));
  return {};
}

ExitStatus run_list(const Arguments& arguments, World& world) {
  ExitStatus status = ExitStatus::done;
  const auto format = list_format(arguments, world.streams, status);
  if (!format) return status;
  return list_questionnaires(*format, text_style(world.environment, world.streams),
                             Catalogue(world.paths.definitions), world.streams);
}

ExitStatus run_show(const Arguments& arguments, World& world) {
  ExitStatus status = ExitStatus::done;
  const auto format = list_format(arguments, world.streams, status);
  if (!format) return status;
  return show_questionnaire(arguments.operands().front(), arguments.value("--language"), *format,
                            text_style(world.environment, world.streams),
                            Catalogue(world.paths.definitions), world.streams);
}

ExitStatus run_check(const Arguments& arguments, World& world) {
  return check_files(arguments.operands(), Catalogue(world.paths.definitions), world.streams);
}

Overwrite overwrite_of(const Arguments& arguments) {
  return arguments.has("--force") ? Overwrite::yes : Overwrite::no;
}

ExitStatus run_init(const Arguments& arguments, World& world) {
  return init_definition(arguments.operands().front(), arguments.value("--output"),
                         overwrite_of(arguments), world.streams);
}

ExitStatus run_wording(const Arguments& arguments, World& world) {
  return add_wording({arguments.operands()[0], arguments.operands()[1],
                      arguments.value("--language"), overwrite_of(arguments)},
                     Catalogue(world.paths.definitions), world.paths, world.streams);
}

constexpr Command table[] = {
    {"take",
     "answer a questionnaire and read your profile",
     "Asks the items of a questionnaire (closeness unless another is named) one at a time, scores "
     "the answers, prints a "
     "profile with next steps and keeps the record in your history. Each answer is kept at once: "
     "after q, Ctrl-C or a "
     "power cut the same command goes on where you were. Nothing leaves this machine.",
     {"NAME|FILE", 0, 1},
     take_option_specs,
     take_examples,
     run_take},
    {"list",
     "the questionnaires there are",
     "Lists every questionnaire that can be taken by name: your own, the installed ones, each with "
     "its summary.",
     {"", 0, 0},
     list_option_specs,
     list_examples,
     run_list},
    {"show",
     "one questionnaire in full, with its key",
     "Shows a questionnaire with its scales, items, keys, forms, status, source and licence.",
     {"NAME|FILE", 1, 1},
     show_option_specs,
     show_examples,
     run_show},
    {"check",
     "verify definition files",
     "Verifies definitions and prints every problem at once as file:line:col: message. Warnings "
     "are advice to the author; "
     "only errors change the exit status.",
     {"FILE...", 1, any_number},
     {},
     check_examples,
     run_check},
    {"init",
     "write a starter definition to edit",
     "Writes a short, commented definition that is already correct, to be edited into one of your "
     "own. "
     "attune-questionnaire(5) documents the format.",
     {"NAME", 1, 1},
     init_option_specs,
     init_examples,
     run_init},
    {"wording",
     "add the wording or a translation of a questionnaire",
     "Makes a text-only file in your own directory from one statement per line, in the order of "
     "the items. It holds no keys "
     "and no numbers, so it can't change a score. Use it for a translation, or for the published "
     "wording of an instrument whose "
     "key alone is shipped.",
     {"NAME FILE", 2, 2},
     wording_option_specs,
     wording_examples,
     run_wording},
    due_command,
    schedule_command,
};

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace attune
