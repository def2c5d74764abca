// SPDX-License-Identifier: MIT
#include "app/commands/trend.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec trend_options[] = {
    about_option,
    {"--scale", "SCALE", "Only this scale, a facet too: anxiety, self-reliance, ...",
     Value::required},
    since_option,
    until_option,
    {"--format", "FORMAT", "Print text (default), json, csv, markdown or html.", Value::required},
    width_option,
    output_option,
    force_option,
};
constexpr Example trend_examples[] = {
    {"attune trend", "Your check-ins with closeness, and whether anything has changed."},
    {"attune trend closeness --about partner --since 2026-01-01",
     "This year's check-ins about your partner."},
    {"attune trend --format json | jq .scales.anxiety.since_first.verdict",
     "The verdict alone, for a script."},
    {"attune trend growth --format csv -o growth.csv", "Every point, for a spreadsheet or R."},
};

ExitStatus run_trend(const Arguments& arguments, World& world) {
  const Result<Selection> selection =
      selection_of(arguments, first_operand(arguments).value_or("closeness"));
  if (!selection) return report(world.streams, selection.error());
  const Result<Format> format = format_of(arguments, every_format);
  if (!format) return report(world.streams, format.error());
  const Result<TextStyle> style = text_style_of(arguments, world);
  if (!style) return report(world.streams, style.error());
  Result<std::optional<History>> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return show_trend({*selection, arguments.value("--scale"), *format, output_of(arguments),
                     overwrite_of(arguments)},
                    *style, *history, world.streams);
}

constexpr OptionSpec relationships_options[] = {
    since_option,
    until_option,
    {"--format", "FORMAT", "Print text (default), json, csv, markdown or html.", Value::required},
    width_option,
};
constexpr Example relationships_examples[] = {
    {"attune relationships", "The newest check-in about each person, side by side."},
    {"attune relationships --format json | jq .scales", "How far apart they lie, for a script."},
};

ExitStatus run_relationships(const Arguments& arguments, World& world) {
  const Result<Selection> selection =
      selection_of(arguments, first_operand(arguments).value_or("closeness"));
  if (!selection) return report(world.streams, selection.error());
  const Result<Format> format = format_of(arguments, every_format);
  if (!format) return report(world.streams, format.error());
  const Result<TextStyle> style = text_style_of(arguments, world);
  if (!style) return report(world.streams, style.error());
  Result<std::optional<History>> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return show_relationships({*selection, *format}, *style, *history, world.streams);
}

}  // namespace

const Command trend_row{
    "trend",
    "scores over time, against their own noise",
    "Shows your check-ins with a questionnaire (closeness unless another is named) over time, and "
    "whether anything has changed: two check-ins alone can't tell, from six on the first three are "
    "compared with the last three. Check-ins about different people are never mixed.",
    {"NAME", 0, 1},
    trend_options,
    trend_examples,
    run_trend};

const Command relationships_row{
    "relationships",
    "your relationships side by side",
    "Shows the newest check-in about each person side by side: scores with their errors, region, "
    "and how far apart your relationships lie beyond what the error of single sittings explains.",
    {"NAME", 0, 1},
    relationships_options,
    relationships_examples,
    run_relationships};

}  // namespace attune
