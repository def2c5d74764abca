// SPDX-License-Identifier: MIT
#pragma once

/// What the rows of several families share: options that mean the same everywhere, and picking them
/// out of the arguments.

#include <cstddef>
#include <optional>
#include <string>

#include "attune/history.hpp"

#include "app/arguments.hpp"
#include "app/output_file.hpp"
#include "app/world.hpp"

namespace attune {

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

/// The first operand, or nothing.
[[nodiscard]] std::optional<std::string> first_operand(const Arguments& arguments);

[[nodiscard]] Overwrite overwrite_of(const Arguments& arguments);

/// The file of `--output`; nothing for standard output.
[[nodiscard]] std::optional<std::string> output_of(const Arguments& arguments);

/// The value of `--width`, 20..200; nothing where it is not given. Error: usage.
[[nodiscard]] Result<std::optional<std::size_t>> width_of(const Arguments& arguments);

/// How text is to be written: as the terminal and the environment have it, `--width` first. Error:
/// usage.
[[nodiscard]] Result<TextStyle> text_style_of(const Arguments& arguments, const World& world);

/// The history to look at; empty when there is none yet.
[[nodiscard]] Result<std::optional<History>> open_to_read(const World& world);

/// The history to change something in; none is made.
[[nodiscard]] Result<std::optional<History>> open_to_change(const World& world);

}  // namespace attune
