// SPDX-License-Identifier: MIT
#include "app/commands/definitions.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr std::size_t any_number = 10'000;

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

ExitStatus run_list(const Arguments& arguments, World& world) {
  const Result<Format> format = format_of(arguments, text_or_json);
  if (!format) return report(world.streams, format.error());
  return list_questionnaires(*format, text_style(world.environment, world.streams),
                             Catalogue(world.paths.definitions), world.streams);
}

ExitStatus run_show(const Arguments& arguments, World& world) {
  const Result<Format> format = format_of(arguments, text_or_json);
  if (!format) return report(world.streams, format.error());
  return show_questionnaire(arguments.operands().front(), arguments.value("--language"), *format,
                            text_style(world.environment, world.streams),
                            Catalogue(world.paths.definitions), world.streams);
}

ExitStatus run_check(const Arguments& arguments, World& world) {
  return check_files(arguments.operands(), Catalogue(world.paths.definitions), world.streams);
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

}  // namespace

const Command list_row{
    "list",
    "the questionnaires there are",
    "Lists every questionnaire that can be taken by name: your own, the installed ones, each with "
    "its summary.",
    {"", 0, 0},
    list_option_specs,
    list_examples,
    run_list,
    OpensHistory::no};

const Command show_row{
    "show",
    "one questionnaire in full, with its key",
    "Shows a questionnaire with its scales, items, keys, forms, status, source and licence.",
    {"NAME|FILE", 1, 1},
    show_option_specs,
    show_examples,
    run_show,
    OpensHistory::no};

const Command check_row{
    "check",
    "verify definition files",
    "Verifies definitions and prints every problem at once as file:line:col: message. Warnings "
    "are advice to the author; "
    "only errors change the exit status.",
    {"FILE...", 1, any_number},
    {},
    check_examples,
    run_check,
    OpensHistory::no};

const Command init_row{
    "init",
    "write a starter definition to edit",
    "Writes a short, commented definition that is already correct, to be edited into one of your "
    "own. "
    "attune-questionnaire(5) documents the format.",
    {"NAME", 1, 1},
    init_option_specs,
    init_examples,
    run_init,
    OpensHistory::no};

const Command wording_row{
    "wording",
    "add the wording or a translation of a questionnaire",
    "Makes a text-only file in your own directory from one statement per line, in the order of "
    "the items. It holds no keys "
    "and no numbers, so it can't change a score. Use it for a translation, or for the published "
    "wording of an instrument whose "
    "key alone is shipped.",
    {"NAME FILE", 2, 2},
    wording_option_specs,
    wording_examples,
    run_wording,
    OpensHistory::no};

}  // namespace attune
