// SPDX-License-Identifier: MIT
#include "app/commands/row_input.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <utility>

#include "attune/catalogue.hpp"
#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/options.hpp"
#include "app/streams.hpp"

namespace attune::app {
namespace {

constexpr int largest_answer = 100;
constexpr std::size_t shown_problems = 20;

constexpr std::pair<std::string_view, rows::RowFormat> row_formats[] = {
    {"csv", rows::RowFormat::csv},
    {"tsv", rows::RowFormat::tsv},
    {"jsonl", rows::RowFormat::jsonl}};
constexpr std::pair<std::string_view, rows::RowFormat> row_endings[] = {
    {".tsv", rows::RowFormat::tsv},
    {".tab", rows::RowFormat::tsv},
    {".jsonl", rows::RowFormat::jsonl},
    {".ndjson", rows::RowFormat::jsonl}};

store::FileDescriptor open_row_file(const std::string& path) {
  store::FileDescriptor file(path, O_RDONLY | O_NOCTTY);
  if (!file.is_open()) {
    throw Error(errno == EACCES ? ErrorKind::permission : ErrorKind::not_found,
                store::reason_of(errno), escape(path));
  }
  struct stat status {};
  if (fstat(file.number(), &status) != 0 || S_ISDIR(status.st_mode)) {
    throw Error(ErrorKind::not_found, "is a folder", escape(path));
  }
  posix_fadvise(file.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
  return file;
}

AnswerRange parse_answer_range(std::string_view text) {
  const std::size_t hyphen = text.find('-');
  if (hyphen != std::string_view::npos) {
    const auto min = parse_whole(text.substr(0, hyphen));
    const auto max = parse_whole(text.substr(hyphen + 1));
    if (min && max && *min >= 0 && *min < *max && *max <= largest_answer) {
      return {static_cast<int>(*min), static_cast<int>(*max)};
    }
  }
  throw usage_error("--range", fmt::format("'{}' is not a range of answers", escape(text)),
                    "two whole numbers from 0 to 100, the smaller first: 1-5");
}

std::vector<std::string> column_list_of(const Arguments& arguments, std::string_view option) {
  const auto value = arguments.value(option);
  if (!value) return {};
  try {
    return rows::parse_column_list(*value);
  } catch (Error& error) {
    error.place = option;
    throw;
  }
}

void check_no_header(const rows::RowOptions& options) {
  if (options.format == rows::RowFormat::jsonl) {
    throw usage_error("--no-header", "JSON Lines have no header",
                      "leave it out: every line names its members");
  }
  if (options.columns) return;
  throw usage_error("--no-header", "without a header the columns of the items have to be named",
                    "by their numbers, in the order of the items: --columns 2-37");
}

// Whether the options fit the questionnaire.
void check_row_source(const RowSource& source) {
  const Questionnaire& questionnaire = source.questionnaire;
  const std::vector<std::size_t> items = rows::scored_items(questionnaire, source.form);
  if (items.empty()) {
    throw usage_error({},
                      fmt::format("'{}' has no items that count for a score", questionnaire.id));
  }
  const auto& columns = source.options.columns;
  if (columns && columns->size() != items.size()) {
    throw usage_error(
        "--columns",
        fmt::format("{} for {}", counted(columns->size(), "column"), counted(items.size(), "item")),
        fmt::format("name one for each item, from '{}' to '{}'",
                    questionnaire.items[items.front()].id, questionnaire.items[items.back()].id));
  }
  const auto uses_another = [&](std::size_t item) {
    return questionnaire.items[item].response_scale !=
           questionnaire.items[items.front()].response_scale;
  };
  if (!source.options.range || std::ranges::none_of(items, uses_another)) return;
  throw usage_error("--range",
                    fmt::format("the items of '{}' do not share one range", questionnaire.id),
                    "it can only be used where all items are answered on the same response scale");
}

}  // namespace

std::optional<rows::RowFormat> row_format_of(const Arguments& arguments, std::string_view option) {
  const auto value = arguments.value(option);
  if (!value) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& [name, format] : row_formats) {
    if (name == *value) return format;
    names.emplace_back(name);
  }
  throw unknown_name(ErrorKind::usage, option, *value, names);
}

RowSource row_source_of(const Arguments& arguments, const World& world) {
  RowSource source;
  if (arguments.operands().size() > 1) source.input = arguments.operands()[1];
  rows::RowOptions& options = source.options;
  for (const auto& [ending, format] : row_endings) {
    if (source.input.ends_with(ending)) options.format = format;
  }
  options.format = row_format_of(arguments, "--from").value_or(options.format);
  if (arguments.value("--columns")) options.columns = column_list_of(arguments, "--columns");
  options.keep = column_list_of(arguments, "--keep");
  if (const auto text = arguments.value("--range")) options.range = parse_answer_range(*text);
  if (const auto codes = arguments.value("--missing")) {
    for (const std::string_view code : split(*codes, ',')) options.missing.emplace_back(code);
  }
  options.has_header = !arguments.has("--no-header");
  if (!options.has_header) check_no_header(options);
  const store::Catalogue catalogue(world.paths.definitions);
  source.questionnaire = catalogue.load(arguments.operands().front(), std::nullopt).questionnaire;
  source.form = form_of(arguments, source.questionnaire);
  check_row_source(source);
  return source;
}

RowRun::RowRun(const RowSource& source, const Arguments& arguments, Streams& streams,
               std::string_view of_problems, std::function<bool()> flush)
    : streams_(streams),
      name_(source.input == "-" ? "standard input" : escape(source.input)),
      of_problems_(of_problems),
      flush_(std::move(flush)),
      reader_(source.questionnaire, source.form, source.options,
              [this](char* to, std::size_t most) { return read(to, most); }),
      is_strict_(arguments.has("--strict")) {
  if (source.input != "-") {
    file_.emplace(open_row_file(source.input));
  } else if (streams.in_is_terminal) {
    throw usage_error(name_, "no rows to read", "name a file, or pipe rows into the command");
  }
}

const rows::Row* RowRun::next() {
  const rows::Row* row = nullptr;
  try {
    row = is_wanted_ && !has_stopped_ ? reader_.next() : nullptr;
  } catch (Error& error) {
    error.place = name_;
    throw;
  }
  // Where nobody wants more, the last row was cut off.
  if (row == nullptr || !is_wanted_) return nullptr;
  ++rows_;
  if (row->problem == nullptr) return row;
  report_problem(*row->problem);
  has_stopped_ = is_strict_;
  return has_stopped_ ? nullptr : row;
}

std::size_t RowRun::read(char* to, std::size_t most) {
  is_wanted_ = flush_();
  if (!is_wanted_) return 0;
  streams_.err.flush();
  return read_some(file_ ? file_->number() : streams_.in, {to, most}, name_);
}

void RowRun::report_problem(const rows::RowProblem& problem) {
  if (++problems_ > shown_problems) return;
  const std::string column =
      problem.column.empty() ? std::string() : fmt::format(", column {}", escape(problem.column));
  say(streams_.err, fmt::format("attune: {}:{}: row {}{}: {}\n", name_, problem.line, problem.row,
                                column, problem.message));
}

ExitStatus RowRun::finish() {
  is_wanted_ = flush_() && is_wanted_;
  if (!is_wanted_) return ExitStatus::done;
  if (has_stopped_) {
    say(streams_.err,
        fmt::format("attune: {}: stopped at row {}, the first with a problem\n", name_, rows_));
    return ExitStatus::bad_data;
  }
  if (problems_ > 0) {
    say(streams_.err, fmt::format("attune: {}: problems in {} of {}{}; {}\n", name_, problems_,
                                  counted(rows_, "row"),
                                  problems_ > shown_problems
                                      ? fmt::format(", the first {} are shown", shown_problems)
                                      : "",
                                  of_problems_));
  }
  std::vector<std::string> absent = reader_.absent_columns();
  if (absent.empty()) return problems_ > 0 ? ExitStatus::no : ExitStatus::done;
  for (std::string& name : absent) name = fmt::format("'{}'", escape(name));
  report(streams_, Error(ErrorKind::bad_data, fmt::format("no row has {}", join_or(absent)), name_,
                         {"they count as not answered; --columns names the columns of the items"}));
  return ExitStatus::no;
}

}  // namespace attune::app
