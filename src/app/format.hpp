// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "app/arguments.hpp"

namespace attune {

/// How results are written.
enum class Format { text, json, csv, markdown, html, svg };

/// The value of `--format`, among those that a command knows; text where it is not given. Error:
/// usage.
[[nodiscard]] Result<Format> format_of(const Arguments& arguments, std::span<const Format> known);

inline constexpr Format text_or_json[] = {Format::text, Format::json};
inline constexpr Format text_or_data[] = {Format::text, Format::json, Format::csv};
inline constexpr Format every_format[] = {Format::text, Format::json, Format::csv, Format::markdown,
                                          Format::html};
inline constexpr Format trend_formats[] = {Format::text,     Format::json, Format::csv,
                                           Format::markdown, Format::html, Format::svg};
inline constexpr Format comparison_formats[] = {Format::text, Format::json, Format::markdown,
                                                Format::html, Format::svg};
inline constexpr Format report_formats[] = {Format::text, Format::markdown, Format::html,
                                            Format::svg};
inline constexpr Format profile_formats[] = {Format::text,     Format::json, Format::csv,
                                             Format::markdown, Format::html, Format::svg};

}  // namespace attune
