// SPDX-License-Identifier: MIT
#include "app/options.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "base/json.hpp"

namespace attune::app {
namespace {

constexpr std::string_view format_names[] = {"text", "json", "csv", "markdown",
                                             "html", "toml", "tsv", "jsonl"};

constexpr std::pair<std::string_view, Format> format_endings[] = {
    {".html", Format::html},         {".htm", Format::html},     {".md", Format::markdown},
    {".markdown", Format::markdown}, {".txt", Format::text},     {".json", Format::json},
    {".csv", Format::csv},           {".tsv", Format::tsv},      {".tab", Format::tsv},
    {".jsonl", Format::jsonl},       {".ndjson", Format::jsonl}, {".toml", Format::toml}};

std::string_view name_of(Format format) { return format_names[static_cast<std::size_t>(format)]; }

// What render_text keeps to.
constexpr std::int64_t narrowest_page = 20;
constexpr std::int64_t widest_page = 200;

constexpr std::int64_t most_days = 3650;

std::string render(const Result& result, const Destination& destination) {
  switch (destination.format) {
    case Format::json:
      return destination.is_read_here ? indented_json(result.json()) : result.json();
    case Format::csv:
      return result.csv();
    case Format::markdown:
      return report::render_markdown(result.document());
    case Format::html:
      return report::render_html(result.document(), result.language);
    default:  // text; the others are no documents
      break;
  }
  return report::render_text(result.document(), destination.style);
}

}  // namespace

std::optional<Format> named_format(const Arguments& arguments, const char* option,
                                   std::span<const Format> known) {
  const auto value = arguments.value(option);
  if (!value) return {};
  const std::string name = *value == "md" ? "markdown" : *value;
  std::vector<std::string> candidates;
  for (const Format format : known) {
    if (name == name_of(format)) return format;
    candidates.emplace_back(name_of(format));
  }
  throw unknown_name(ErrorKind::usage, option, name, candidates);
}

std::optional<Format> format_of_ending(std::string_view file) {
  const std::string ending = lower_case(std::filesystem::path(file).extension().native());
  for (const auto& [each, format] : format_endings) {
    if (each == ending) return format;
  }
  return {};
}

Format format_of(const Arguments& arguments, std::span<const Format> known) {
  const auto knows = [&](Format format) { return std::ranges::find(known, format) != known.end(); };
  const auto named = named_format(arguments, "--format", known);
  const std::filesystem::path output = output_of(arguments).value_or("");
  const std::string ending = lower_case(output.extension().native());
  if (ending.empty()) return named.value_or(Format::text);
  auto meant = format_of_ending(output.native());
  if (meant == Format::text && !knows(Format::text)) meant.reset();  // a .txt may hold any data
  if (named && (!meant || meant == named)) return *named;
  if (!named && meant && knows(*meant)) return *meant;
  std::vector<std::string> endings;
  for (const auto& [each, format] : format_endings) {
    if (knows(format)) endings.emplace_back(each);
  }
  Error error =
      usage_error(output.native(),
                  named ? fmt::format("its ending does not fit --format {}", name_of(*named))
                        : fmt::format("can't be written as {}", escape(ending.substr(1))),
                  fmt::format("{} can be written", joined(endings, " ")));
  if (ending == ".pdf") {
    error.advice.emplace_back("-o FILE.html writes a page that any browser prints as PDF");
  }
  throw error;
}

std::optional<std::string> first_operand(const Arguments& arguments) {
  if (arguments.operands().empty()) return {};
  return arguments.operands().front();
}

Overwrite overwrite_of(const Arguments& arguments) {
  return arguments.has("--force") ? Overwrite::yes : Overwrite::no;
}

std::optional<std::string> output_of(const Arguments& arguments) {
  std::optional<std::string> output = arguments.value("--output");
  if (output == "-") output.reset();
  return output;
}

std::optional<OutputFile> create_output(const Arguments& arguments, const World& world) {
  const auto output = output_of(arguments);
  if (!output) return {};
  return OutputFile::create(*output, overwrite_of(arguments), world.paths.data);
}

std::optional<Date> date_of(const Arguments& arguments, const char* option) {
  const auto text = arguments.value(option);
  if (!text) return {};
  if (const auto date = parse_date(*text)) return date;
  throw usage_error(option, fmt::format("'{}' is not a date", escape(*text)),
                    "write it as year-month-day: 2026-11-01");
}

std::optional<std::size_t> whole_of(const Arguments& arguments, const char* option,
                                    std::int64_t min, std::int64_t max, std::string_view what) {
  const auto text = arguments.value(option);
  if (!text) return {};
  const auto number = parse_whole(*text);
  if (number && *number >= min && *number <= max) return static_cast<std::size_t>(*number);
  throw usage_error(option, fmt::format("'{}' is not {}", escape(*text), what),
                    fmt::format("a whole number from {} to {}", min, max));
}

std::size_t form_of(const Arguments& arguments, const Questionnaire& questionnaire) {
  const auto name = arguments.value("--form");
  if (!name) return 0;
  if (const auto form = find_form(questionnaire, *name)) return *form;
  throw unknown_name(ErrorKind::usage, "--form", *name, ids_of(questionnaire.forms));
}

int parse_period(std::string_view text) {
  const bool is_weeks = text.ends_with('w');
  if (is_weeks || text.ends_with('d')) {
    const std::int64_t unit = is_weeks ? 7 : 1;
    const auto count = parse_whole(text.substr(0, text.size() - 1));
    if (count && *count >= 1 && *count <= most_days / unit) return static_cast<int>(*count * unit);
  }
  throw usage_error("--every", fmt::format("'{}' is not a period", escape(text)),
                    fmt::format("write days or weeks, at most {} days: 28d or 4w", most_days));
}

Destination destination_of(const Arguments& arguments, const World& world, Format format) {
  report::TextStyle style = text_style(world.environment, world.streams);
  style.width_columns = whole_of(arguments, "--width", narrowest_page, widest_page, "a page width")
                            .value_or(style.width_columns);
  Destination destination{format, style, create_output(arguments, world)};
  destination.is_read_here = world.streams.out_is_terminal && !destination.file;
  if (destination.file) destination.style.colour = report::Colour::off;
  return destination;
}

ExitStatus write_result(Streams& streams, Destination& destination, const Result& result) {
  return write_result(streams, destination.file, render(result, destination));
}

}  // namespace attune::app
