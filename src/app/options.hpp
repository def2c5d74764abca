// SPDX-License-Identifier: MIT
#pragma once

/// Options that mean the same in every command, and what they say: how a result is written and
/// where, how wide, which history is opened. Whatever can't be understood throws a usage error.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "attune/document.hpp"
#include "attune/history.hpp"

#include "app/arguments.hpp"
#include "app/streams.hpp"
#include "app/world.hpp"

namespace attune::app {

inline constexpr OptionSpec about_option{
    "-a,--about", "WHOM", "Only those about one person: partner, ...", Value::required};
inline constexpr OptionSpec since_option{"--since", "DATE", "Only from this day on (2026-11-01).",
                                         Value::required};
inline constexpr OptionSpec until_option{"--until", "DATE", "Only up to this day, included.",
                                         Value::required};
inline constexpr OptionSpec output_option{
    "-o,--output", "FILE", "Write to FILE instead of standard output.", Value::required};
inline constexpr OptionSpec scores_only_option{
    "--scores-only", "",
    "With --format json: write the main scores alone, fit to be handed to another person."};
inline constexpr OptionSpec force_option{"--force", "", "Replace FILE when it exists."};
inline constexpr OptionSpec width_option{
    "--width", "COLUMNS", "Lay text out in this many columns, 20 to 200.", Value::required};
inline constexpr OptionSpec text_or_json_option{"--format", "FORMAT",
                                                "Print text (default) or json.", Value::required};
inline constexpr OptionSpec every_format_option{
    "--format", "FORMAT", "Print text (default), json, csv, markdown or html.", Value::required};
inline constexpr OptionSpec every_option{
    "--every", "PERIOD",
    R"(How many days or weeks a check-in is good for (28d, 4w), instead of what the questionnaire
       says.)",
    Value::required};

/// How results are written.
enum class Format { text, json, csv, markdown, html, toml };

inline constexpr Format text_or_json[] = {Format::text, Format::json};
inline constexpr Format text_or_data[] = {Format::text, Format::json, Format::csv};
inline constexpr Format every_format[] = {Format::text, Format::json, Format::csv, Format::markdown,
                                          Format::html};
inline constexpr Format comparison_formats[] = {Format::text, Format::json, Format::markdown,
                                                Format::html};
inline constexpr Format report_formats[] = {Format::text, Format::markdown, Format::html};

/// The value of `--format`, among those that a command knows; text where it is not given.
[[nodiscard]] Format format_of(const Arguments& arguments, std::span<const Format> known);

/// A document in a format for people: text, markdown or html; text where the format is one for
/// programs, which take values instead.
[[nodiscard]] std::string render_document(const report::Document& document, Format format,
                                          const report::TextStyle& text_style,
                                          const report::HtmlStyle& html_style = {});

/// The first operand, or nothing.
[[nodiscard]] std::optional<std::string> first_operand(const Arguments& arguments);

[[nodiscard]] Overwrite overwrite_of(const Arguments& arguments);

/// The file of `--output`; nothing for standard output.
[[nodiscard]] std::optional<std::string> output_of(const Arguments& arguments);

/// The value of `--width`, 20..200; nothing where it is not given.
[[nodiscard]] std::optional<std::size_t> width_of(const Arguments& arguments);

/// How text is to be written: as the terminal and the environment have it, `--width` first.
[[nodiscard]] report::TextStyle text_style_of(const Arguments& arguments, const World& world);

/// The days of a period written as "28d" or "4w", 1 to 3650 of them: the value of `--every`.
[[nodiscard]] int parse_period(std::string_view text);

/// The history to look at; empty when there is none yet.
[[nodiscard]] std::optional<store::History> open_to_read(const World& world);

/// The history to change something in; none is made.
[[nodiscard]] std::optional<store::History> open_to_change(const World& world);

}  // namespace attune::app
