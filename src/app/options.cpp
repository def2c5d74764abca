// SPDX-License-Identifier: MIT
#include "app/options.hpp"

#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/messages.hpp"

namespace attune::app {
namespace {

constexpr std::array<std::string_view, 6> format_names{"text",     "json", "csv",
                                                       "markdown", "html", "toml"};

// What render_text keeps to.
constexpr std::int64_t narrowest_page = 20;
constexpr std::int64_t widest_page = 200;

constexpr std::int64_t most_days = 3650;
constexpr std::int64_t days_in_week = 7;

// 0 for what is no unit of a period.
std::int64_t days_in(char unit) {
  if (unit == 'd') return 1;
  return unit == 'w' ? days_in_week : 0;
}

}  // namespace

Format format_of(const Arguments& arguments, std::span<const Format> known) {
  const auto value = arguments.value("--format");
  if (!value) return Format::text;
  std::vector<std::string> candidates;
  for (const Format format : known) {
    candidates.emplace_back(format_names[static_cast<std::size_t>(format)]);
    if (candidates.back() == *value) return format;
  }
  throw unknown_name(ErrorKind::usage, "--format", *value, candidates);
}

std::string render_document(const report::Document& document, Format format,
                            const report::TextStyle& text_style,
                            const report::HtmlStyle& html_style) {
  switch (format) {
    case Format::markdown:
      return report::render_markdown(document);
    case Format::html:
      return report::render_html(document, html_style);
    case Format::text:
    case Format::json:
    case Format::csv:
    case Format::toml:
      break;
  }
  return report::render_text(document, text_style);
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

std::optional<std::size_t> width_of(const Arguments& arguments) {
  const auto text = arguments.value("--width");
  if (!text) return {};
  const auto columns = parse_whole(*text);
  if (columns && *columns >= narrowest_page && *columns <= widest_page) {
    return static_cast<std::size_t>(*columns);
  }
  throw Error{ErrorKind::usage,
              fmt::format("'{}' is no width of a page", escape(*text)),
              "--width",
              {fmt::format("a whole number from {} to {}", narrowest_page, widest_page)}};
}

report::TextStyle text_style_of(const Arguments& arguments, const World& world) {
  report::TextStyle style = text_style(world.environment, world.streams);
  style.width_columns = width_of(arguments).value_or(style.width_columns);
  return style;
}

int parse_period(std::string_view text) {
  const std::int64_t unit = text.empty() ? 0 : days_in(text.back());
  const auto count = unit == 0 ? std::nullopt : parse_whole(text.substr(0, text.size() - 1));
  if (count && *count >= 1 && *count <= most_days / unit) return static_cast<int>(*count * unit);
  throw Error{ErrorKind::usage,
              fmt::format("'{}' is not a period", escape(text)),
              "--every",
              {fmt::format("write days or weeks, at most {} days: 28d or 4w", most_days)}};
}

std::optional<store::History> open_to_read(const World& world) {
  return store::History::open_read_only(world.paths.data, world.ask_passphrase);
}

std::optional<store::History> open_to_change(const World& world) {
  return store::History::open_existing(world.paths.data, world.ask_passphrase);
}

}  // namespace attune::app
