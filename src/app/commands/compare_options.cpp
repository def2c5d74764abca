// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/commands/compare.hpp"

namespace attune {
namespace {

// Longer names break tables and the labels of points.
constexpr std::size_t most_columns = 40;

Error usage(std::string place, std::string message, std::string advice) {
  return {ErrorKind::usage, std::move(message), std::move(place), {std::move(advice)}};
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

Result<std::array<std::string, 2>> names_of(const std::string& value) {
  const std::size_t comma = value.find(',');
  const bool is_pair =
      comma != std::string::npos && value.find(',', comma + 1) == std::string::npos;
  if (!is_pair) {
    return usage("--names", fmt::format("'{}' is not two names", escape(value)),
                 "write them with a comma between: --names Ana,Ben");
  }
  std::array<std::string, 2> names{trimmed(std::string_view(value).substr(0, comma)),
                                   trimmed(std::string_view(value).substr(comma + 1))};
  for (const std::string& name : names) {
    if (name.empty()) {
      return usage("--names", "a name is empty", "write two names: --names Ana,Ben");
    }
    if (escape(name) != name || display_width(name) > most_columns) {
      return usage(
          "--names",
          fmt::format("'{}' is too long, or holds characters that can't be shown", escape(name)),
          fmt::format("a name has up to {} characters", most_columns));
    }
  }
  if (names[0] == names[1]) {
    return usage("--names", "the two names are the same", "they have to tell the two apart");
  }
  return names;
}

}  // namespace

Result<CompareOptions> compare_options(const Arguments& arguments) {
  CompareOptions options;
  std::copy_n(arguments.operands().begin(), 2, options.operands.begin());
  if (options.operands[0] == "-" && options.operands[1] == "-") {
    return usage("compare", "only one of the two can come from standard input",
                 "name a file or a record for the other");
  }
  if (const auto value = arguments.value("--names")) {
    Result<std::array<std::string, 2>> names = names_of(*value);
    if (!names) return names.error();
    options.names = *std::move(names);
  }
  const Result<Format> format = format_of(arguments, comparison_formats);
  if (!format) return format.error();
  options.format = *format;
  if (arguments.has("--accept-answers")) options.answers = HeldAnswers::ignore;
  return options;
}

}  // namespace attune
