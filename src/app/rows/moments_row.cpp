// SPDX-License-Identifier: MIT
#include "app/commands/moments.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec moments_options[] = {
    about_option,
    since_option,
    until_option,
    {"--notes", "", "Show the last lines that you wrote, too."},
    {"--format", "FORMAT", "Print text (default), json, csv, markdown or html.", Value::required},
    width_option,
};
constexpr Example moments_examples[] = {
    {"attune moments", "What sets the urges off, what you felt and did, and when."},
    {"attune moments support --since 2026-01-01",
     "This year's sessions, attended and not, and how useful they were."},
    {"attune moments --format json | jq '.rates'", "How often an urge was met differently."},
};

ExitStatus run_moments(const Arguments& arguments, World& world) {
  const Result<Selection> selection =
      selection_of(arguments, first_operand(arguments).value_or("moment"));
  if (!selection) return report(world.streams, selection.error());
  const Result<Format> format = format_of(arguments, every_format);
  if (!format) return report(world.streams, format.error());
  const Result<TextStyle> style = text_style_of(arguments, world);
  if (!style) return report(world.streams, style.error());
  Result<std::optional<History>> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return show_moments({*selection, arguments.has("--notes") ? Notes::show : Notes::hide, *format},
                      *style, Catalogue(world.paths.definitions), *history, world.streams);
}

}  // namespace

const Command moments_row{
    "moments",
    "what your journal adds up to",
    "Counts the entries of a journal or log (moment unless another is named): what sets the urges "
    "off, feelings, body signals, what was done, by weekday and time of day, and how often an urge "
    "was met differently. Your own lines are shown only with --notes.",
    {"NAME", 0, 1},
    moments_options,
    moments_examples,
    run_moments};

}  // namespace attune
