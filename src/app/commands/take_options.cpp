// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/commands/take.hpp"

namespace attune {
namespace {

Error usage(std::string place, std::string message, std::string advice) {
  return {ErrorKind::usage, std::move(message), std::move(place), {std::move(advice)}};
}

// Options that can't be meant together.
std::optional<Error> contradiction(const TakeOptions& options) {
  if (options.answers && options.note) {
    return usage("--note", "asks on a terminal, and --answers asks nothing",
                 "leave one of them out");
  }
  const bool nothing_to_show = options.privacy == Privacy::closed && !options.output;
  if (nothing_to_show && options.saving == Saving::off) {
    return usage("--private", "shows nothing, and --no-save keeps nothing",
                 "leave one of them out, or name a file with -o");
  }
  if (nothing_to_show && options.format != Format::text) {
    return usage("--private", "shows no scores on the terminal or in a pipe",
                 "name a file with -o to write them there");
  }
  return {};
}

}  // namespace

Result<TakeOptions> take_options(const Arguments& arguments) {
  TakeOptions options;
  if (!arguments.operands().empty()) options.name = arguments.operands().front();
  options.form = arguments.value("--form");
  options.about = arguments.value("--about");
  options.language = arguments.value("--language");
  options.answers = arguments.value("--answers");
  options.output = arguments.value("--output");
  if (options.output == "-") options.output.reset();
  options.plain = arguments.has("--plain");
  options.fresh = arguments.has("--fresh");
  options.note = arguments.has("--note");
  if (arguments.has("--explain")) options.explain = Explain::yes;
  if (arguments.has("--private")) options.privacy = Privacy::closed;
  if (arguments.has("--no-save")) options.saving = Saving::off;
  if (arguments.has("--force")) options.overwrite = Overwrite::yes;
  options.shuffle = arguments.has("--shuffle");
  if (const auto seed = arguments.value("--shuffle"); seed && !seed->empty()) {
    const auto number = parse_whole(*seed);
    if (!number || *number < 0) {
      return usage("--shuffle", fmt::format("'{}' is not a seed", escape(*seed)),
                   "write a whole number: --shuffle=42");
    }
    options.seed = static_cast<std::uint64_t>(*number);
  }
  if (const auto date = arguments.value("--date")) {
    options.date = parse_date(*date);
    if (!options.date) {
      return usage("--date", fmt::format("'{}' is not a date", escape(*date)),
                   "write it as year-month-day: 2026-11-01");
    }
  }
  const Result<Format> format = format_of(arguments, every_format);
  if (!format) return format.error();
  options.format = *format;
  const Result<Extent> extent = extent_of(arguments, *format);
  if (!extent) return extent.error();
  options.extent = *extent;
  if (auto error = contradiction(options)) return *std::move(error);
  return options;
}

}  // namespace attune
