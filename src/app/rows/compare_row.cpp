// SPDX-License-Identifier: MIT
#include "app/commands/compare.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec compare_option_specs[] = {
    {"--names", "NAMES", "How the two are called, in their order: Ana,Ben.", Value::required},
    {"--accept-answers", "", "Read a file even if it holds answers; only its scores are used."},
    {"--format", "FORMAT", "Print text (default), json, markdown or html.", Value::required},
    width_option,
    output_option,
    force_option,
};
constexpr Example compare_examples[] = {
    {"attune compare last ben.json", "Your newest profile beside the scores that Ben gave you."},
    {"attune compare ana.json ben.json --names Ana,Ben --format markdown -o both.md",
     "A page about two people, to read together."},
    {"attune compare last ben.json --format json | jq .differences",
     "How far apart the two lie, for a script."},
};

ExitStatus run_compare(const Arguments& arguments, World& world) {
  Result<CompareOptions> options = compare_options(arguments);
  if (!options) return report(world.streams, options.error());
  const Result<TextStyle> style = text_style_of(arguments, world);
  if (!style) return report(world.streams, style.error());
  options->output = output_of(arguments);
  options->overwrite = overwrite_of(arguments);
  Result<std::optional<History>> history = std::optional<History>();
  if (is_record(options->operands[0]) || is_record(options->operands[1])) {
    history = open_to_read(world);
  }
  if (!history) return report(world.streams, history.error());
  return compare(*options, *style, Catalogue(world.paths.definitions), world.paths, *history,
                 world.streams);
}

}  // namespace

const Command compare_row{
    "compare",
    "two people side by side, and a step for each",
    "Puts two sittings of one questionnaire side by side: on one plane, in a table of differences, "
    "and in words on what the two positions tend to do to each other, with a small step for each "
    "and one for both. A and B are each the id of a record, last, a file, or - for standard input. "
    "A file for the other person is written by attune take or history show with --format json "
    "--scores-only: it holds the main scores and no answers.",
    {"A B", 2, 2},
    compare_option_specs,
    compare_examples,
    run_compare};

}  // namespace attune
