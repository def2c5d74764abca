// SPDX-License-Identifier: MIT
#include "app/rows/parts.hpp"

#include <cstdint>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

// What render_text keeps to.
constexpr std::int64_t narrowest_page = 20;
constexpr std::int64_t widest_page = 200;

}  // namespace

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

Result<std::optional<std::size_t>> width_of(const Arguments& arguments) {
  const auto text = arguments.value("--width");
  if (!text) return std::optional<std::size_t>();
  const auto columns = parse_whole(*text);
  if (columns && *columns >= narrowest_page && *columns <= widest_page) {
    return std::optional<std::size_t>(static_cast<std::size_t>(*columns));
  }
  return Error{ErrorKind::usage,
               fmt::format("'{}' is no width of a page", escape(*text)),
               "--width",
               {fmt::format("a whole number from {} to {}", narrowest_page, widest_page)}};
}

Result<TextStyle> text_style_of(const Arguments& arguments, const World& world) {
  const Result<std::optional<std::size_t>> width = width_of(arguments);
  if (!width) return width.error();
  TextStyle style = text_style(world.environment, world.streams);
  style.width_columns = width->value_or(style.width_columns);
  return style;
}

Result<std::optional<History>> open_to_read(const World& world) {
  return attempt([&] { return History::open_read_only(world.paths.data, world.ask_passphrase); });
}

Result<std::optional<History>> open_to_change(const World& world) {
  return attempt([&] { return History::open_existing(world.paths.data, world.ask_passphrase); });
}

}  // namespace attune
