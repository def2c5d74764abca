// SPDX-License-Identifier: MIT
#include "app/rows/row_options.hpp"

#include <array>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/messages.hpp"

namespace attune {
namespace {

struct NamedFormat {
  std::string_view name;
  RowFormat format;
};
constexpr NamedFormat formats[] = {
    {"csv", RowFormat::csv}, {"tsv", RowFormat::tsv}, {"jsonl", RowFormat::jsonl}};
constexpr NamedFormat endings[] = {{".tsv", RowFormat::tsv},
                                   {".tab", RowFormat::tsv},
                                   {".jsonl", RowFormat::jsonl},
                                   {".ndjson", RowFormat::jsonl}};
constexpr int largest_answer = 100;

RowFormat format_by_name(std::string_view path) {
  for (const NamedFormat& ending : endings) {
    if (path.ends_with(ending.name)) return ending.format;
  }
  return RowFormat::csv;
}

std::vector<std::string> split_codes(std::string_view text) {
  std::vector<std::string> codes;
  while (true) {
    const std::size_t comma = text.find(',');
    codes.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return codes;
    text.remove_prefix(comma + 1);
  }
}

Result<AnswerRange> parse_range(const std::string& text) {
  const std::size_t hyphen = text.find('-');
  if (hyphen != std::string::npos) {
    const auto min = parse_whole(std::string_view(text).substr(0, hyphen));
    const auto max = parse_whole(std::string_view(text).substr(hyphen + 1));
    if (min && max && *min >= 0 && *min < *max && *max <= largest_answer) {
      return AnswerRange{static_cast<int>(*min), static_cast<int>(*max)};
    }
  }
  return Error{ErrorKind::usage,
               fmt::format("'{}' is no range of answers", escape(text)),
               "--range",
               {"two whole numbers from 0 to 100, the smaller first: 1-5"}};
}

Result<std::vector<std::string>> column_list(const Arguments& arguments, std::string_view option) {
  const auto value = arguments.value(option);
  if (!value) return std::vector<std::string>{};
  Result<std::vector<std::string>> names = parse_column_list(*value);
  if (names) return names;
  Error error = names.error();
  error.place = option;
  return error;
}

Result<void> read_header_options(const Arguments& arguments, RowOptions& options) {
  const auto file = arguments.value("--header-from");
  const bool has_none = arguments.has("--no-header");
  if (!file && !has_none) return {};
  const std::string_view option = has_none ? "--no-header" : "--header-from";
  if (file && has_none) {
    return Error{ErrorKind::usage, "--no-header and --header-from exclude each other", "", {}};
  }
  if (options.format == RowFormat::jsonl) {
    return Error{ErrorKind::usage,
                 "JSON Lines have no header",
                 std::string(option),
                 {"leave it out: every line names its members"}};
  }
  if (has_none) {
    options.header = HeaderSource::numbers;
    if (options.columns) return {};
    return Error{ErrorKind::usage,
                 "without a header the columns of the items have to be named",
                 "--no-header",
                 {"by their numbers, in the order of the items: --columns 2-37"}};
  }
  if (*file == "-") {
    return Error{ErrorKind::usage,
                 "standard input holds the rows",
                 "--header-from",
                 {"name a file that begins with the names of their columns"}};
  }
  options.header = HeaderSource::given;
  Result<std::vector<std::string>> names = read_header(*file, options.format);
  if (!names) return names.error();
  options.header_names = *std::move(names);
  return {};
}

}  // namespace

Result<std::optional<RowFormat>> row_format_of(const Arguments& arguments,
                                               std::string_view option) {
  const auto value = arguments.value(option);
  if (!value) return std::optional<RowFormat>();
  std::vector<std::string> names;
  for (const NamedFormat& each : formats) {
    if (each.name == *value) return std::optional<RowFormat>(each.format);
    names.emplace_back(each.name);
  }
  return unknown_name(ErrorKind::usage, option, *value, names);
}

Result<RowSource> row_source_of(const Arguments& arguments) {
  RowSource source;
  source.questionnaire = arguments.operands().front();
  if (arguments.operands().size() > 1) source.input = arguments.operands()[1];
  source.form = arguments.value("--form");
  RowOptions& options = source.options;
  const Result<std::optional<RowFormat>> from = row_format_of(arguments, "--from");
  if (!from) return from.error();
  options.format = from->value_or(format_by_name(source.input));
  Result<std::vector<std::string>> columns = column_list(arguments, "--columns");
  if (!columns) return columns.error();
  if (!columns->empty()) options.columns = *std::move(columns);
  Result<std::vector<std::string>> keep = column_list(arguments, "--keep");
  if (!keep) return keep.error();
  options.keep = *std::move(keep);
  if (const auto text = arguments.value("--range")) {
    const Result<AnswerRange> range = parse_range(*text);
    if (!range) return range.error();
    options.range = *range;
  }
  if (const auto codes = arguments.value("--missing")) options.missing = split_codes(*codes);
  if (arguments.has("--strict")) options.on_problem = OnProblem::stop;
  const Result<void> header = read_header_options(arguments, options);
  if (!header) return header.error();
  return source;
}

}  // namespace attune
