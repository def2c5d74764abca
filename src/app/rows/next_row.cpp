// SPDX-License-Identifier: MIT
#include "app/commands/next.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec next_options[] = {
    {"-a,--about", "WHOM", "The newest profile about one person: partner, ...", Value::required},
    {"--tried", "STEP", "Mark a step as tried, by the name that attune next shows.",
     Value::required},
    {"--note", "", "With --tried: ask for one line on how it went, or read it from a pipe."},
    {"--format", "FORMAT", "Print text (default) or json.", Value::required},
};
constexpr Example next_examples[] = {
    {"attune next", "The steps that your newest profile suggests, each with its name."},
    {"attune next --tried fear-name-it --note", "Mark one as tried and say how it went."},
    {"attune next --format json | jq -r '.next_steps[].id'", "The names alone, for a script."},
};

ExitStatus run_next(const Arguments& arguments, World& world) {
  const Result<Selection> selection =
      selection_of(arguments, first_operand(arguments).value_or("closeness"));
  if (!selection) return report(world.streams, selection.error());
  const Result<Format> format = format_of(arguments, text_or_json);
  if (!format) return report(world.streams, format.error());
  const NextOptions options{*selection, *format, arguments.value("--tried"),
                            arguments.has("--note") ? AskHow::yes : AskHow::no};
  if (options.ask_how == AskHow::yes && !options.tried) {
    return report(world.streams, Error{ErrorKind::usage,
                                       "says how a step went",
                                       "--note",
                                       {"name the step with --tried STEP"}});
  }
  Result<std::optional<History>> history =
      options.tried ? open_to_change(world) : open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return show_next(options, text_style(world.environment, world.streams), world.clock, *history,
                   world.streams);
}

}  // namespace

const Command next_row{
    "next",
    "your next steps; mark one as tried",
    "Shows the next steps of your newest profile, with the name of each and what you have tried. "
    "--tried marks one; it is shown beside later profiles, and a step tried three times gives way "
    "to the next size.",
    {"NAME", 0, 1},
    next_options,
    next_examples,
    run_next};

}  // namespace attune
