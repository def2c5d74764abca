// SPDX-License-Identifier: MIT
#include "app/commands/progress.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec progress_options[] = {
    about_option,
    {"--format", "FORMAT", "Print text (default), json, csv, markdown or html.", Value::required},
    width_option,
};
constexpr Example progress_examples[] = {
    {"attune progress", "Seven measures: now, since the start, and where they are wanted to go."},
    {"attune progress --about partner", "The same from check-ins about your partner."},
    {"attune progress --format json | jq -r '.measures[] | [.id, .now.score] | @tsv'",
     "Each measure as it is now, for a script."},
};

ExitStatus run_progress(const Arguments& arguments, World& world) {
  const Result<Format> format = format_of(arguments, every_format);
  if (!format) return report(world.streams, format.error());
  const Result<TextStyle> style = text_style_of(arguments, world);
  if (!style) return report(world.streams, style.error());
  Result<std::optional<History>> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return show_progress(arguments.value("--about"), *format, *style,
                       Catalogue(world.paths.definitions), *history, world.streams);
}

}  // namespace

const Command progress_row{
    "progress",
    "seven growth measures: now, and since the start",
    "Shows anxiety and avoidance from closeness, emotional awareness, trust, self-compassion and "
    "relationship satisfaction from growth, and therapy engagement from the support log: now, "
    "since "
    "the start with what can be said of it, the range typical of an avoidant style, and the wanted "
    "direction.",
    {"", 0, 0},
    progress_options,
    progress_examples,
    run_progress};

}  // namespace attune
