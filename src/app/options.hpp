// SPDX-License-Identifier: MIT
#pragma once

/// Options that mean the same in every command, and what they say: how a result is written and
/// where, how wide, which history is opened. Whatever can't be understood throws a usage error.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "attune/date.hpp"
#include "attune/document.hpp"

#include "app/arguments.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"
#include "app/world.hpp"

namespace attune::app {

inline constexpr OptionSpec about_option{"-a,--about", "WHOM",
                                         "Only those about one person: partner, ..."};
inline constexpr OptionSpec since_option{"--since", "DATE", "Only from this day on (2026-11-01)."};
inline constexpr OptionSpec until_option{"--until", "DATE", "Only up to and including this day."};
inline constexpr OptionSpec output_option{"-o,--output", "FILE",
                                          "Write to FILE instead of standard output."};
inline constexpr OptionSpec scores_only_option{
    "--scores-only", "",
    "With --format json: write only the main scores, fit to hand to another person."};
inline constexpr OptionSpec force_option{"--force", "", "Replace FILE when it exists."};
inline constexpr OptionSpec width_option{"--width", "COLUMNS",
                                         "Lay text out in this many columns, 20 to 200."};
inline constexpr OptionSpec text_or_json_option{"--format", "FORMAT",
                                                "Print text (default) or json."};
inline constexpr OptionSpec every_format_option{
    "--format", "FORMAT", "Print text (default), json, csv, markdown or html."};
inline constexpr OptionSpec page_format_option{"--format", "FORMAT",
                                               "Print text (default), json, markdown or html."};
inline constexpr OptionSpec every_option{
    "--every", "PERIOD",
    R"(How many days or weeks a check-in is good for (28d, 4w), instead of what the questionnaire
       says.)"};

/// How results are written.
enum class Format { text, json, csv, markdown, html, toml, tsv, jsonl };

/// What goes with every command, anywhere on its line; taken off before its own options are read.
inline constexpr OptionSpec common_options[] = {
    {"-h,--help", "", "Show this help."},
    {"--plain", "", "Plain lines, made for screen readers, as with ACCESSIBLE=1."},
    {"--color", "WHEN", "Colours: auto (default), always or never."},
    {"--no-pager", "", "Print without a pager."}};

/// What every command takes that has `--format` and no `--output` of its own.
inline constexpr OptionSpec printing_options[] = {
    {"-o,--output", "FILE", "Write to FILE, in the format that its ending names."},
    force_option,
    width_option};

inline constexpr Format text_or_json[] = {Format::text, Format::json};
inline constexpr Format text_or_data[] = {Format::text, Format::json, Format::csv};
inline constexpr Format page_format[] = {Format::text, Format::json, Format::markdown,
                                         Format::html};
inline constexpr Format every_format[] = {Format::text, Format::json, Format::csv, Format::markdown,
                                          Format::html};

/// The format, among those known, that an option names. Error: usage, when it names another.
[[nodiscard]] std::optional<Format> named_format(const Arguments& arguments, const char* option,
                                                 std::span<const Format> known);

/// The format that the ending of a file's name stands for; nothing where none is known.
[[nodiscard]] std::optional<Format> format_of_ending(std::string_view file);

/// How to print, of the formats that a command knows: by `--format`, else by the ending of the file
/// that `--output` names, else as text. Error: usage, when the command does not know it, or the two
/// contradict each other.
[[nodiscard]] Format format_of(const Arguments& arguments, std::span<const Format> known);

/// The first operand, or nothing.
[[nodiscard]] std::optional<std::string> first_operand(const Arguments& arguments);

[[nodiscard]] Overwrite overwrite_of(const Arguments& arguments);

/// The name that `--output` gives; nothing for standard output.
[[nodiscard]] std::optional<std::string> output_of(const Arguments& arguments);

/// The file of that name, to be made before the work: nobody wants to wait for one that can't be
/// written. Nothing for standard output.
[[nodiscard]] std::optional<OutputFile> create_output(const Arguments& arguments,
                                                      const World& world);

/// The day that an option names, as 2026-11-01; nothing where it is not given.
[[nodiscard]] std::optional<Date> date_of(const Arguments& arguments, const char* option);

/// The whole number from `min` to `max` that an option names; nothing where it is not given. Error:
/// usage, for any other text, which is then not `what`.
[[nodiscard]] std::optional<std::size_t> whole_of(const Arguments& arguments, const char* option,
                                                  std::int64_t min, std::int64_t max,
                                                  std::string_view what);

/// The form that `--form` names, an index into `forms`; the full one where it is not given.
[[nodiscard]] std::size_t form_of(const Arguments& arguments, const Questionnaire& questionnaire);

/// The days of a period written as "28d" or "4w", 1 to 3650 of them: the value of `--every`.
[[nodiscard]] int parse_period(std::string_view text);

/// A result in each of its forms. Only the one that is asked for is made; a command leaves out the
/// formats that it does not know.
struct Result {
  std::function<std::string()> json = {};
  std::function<std::string()> csv = {};
  std::function<report::Document()> document;  ///< for people: text, markdown or html
  std::string language = "en";                 ///< of its texts
};

/// Where a result goes and how it is written there.
struct Destination {
  Format format;
  report::TextStyle style;         ///< of the terminal and the environment, but `--width` first
  std::optional<OutputFile> file;  ///< of `--output`; nothing for standard output
  bool is_read_here = false;       ///< on the terminal, where JSON is indented
};

/// What the options say. A file is made before the work, so that nobody waits for a result that
/// can't be written.
[[nodiscard]] Destination destination_of(const Arguments& arguments, const World& world,
                                         Format format);

/// Writes a whole result, and gives `done` for commands to end with.
ExitStatus write_result(Streams& streams, Destination& destination, const Result& result);

}  // namespace attune::app
