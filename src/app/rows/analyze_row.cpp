// SPDX-License-Identifier: MIT
#include "app/commands/analyze.hpp"
#include "app/messages.hpp"
#include "app/rows/row_options.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec analyze_options[] = {
    from_option,
    form_option,
    columns_option,
    no_header_option,
    header_from_option,
    range_option,
    missing_option,
    {"--pairwise", "",
     "Use every row that answered an item, or both of two items, not only complete rows."},
    {"--format", "FORMAT", "Print text (default), json or csv.", Value::required},
    strict_option,
    progress_option,
    output_option,
    force_option,
};
constexpr Example analyze_examples[] = {
    {"attune analyze closeness answers.csv", "Reliability, and every item beside the others."},
    {"attune analyze ecr data.csv --columns Q1-Q36 --range 1-5 --missing 0",
     "Data with other names, another range and a code for no answer."},
    {"attune analyze closeness rows.jsonl --format json | jq .scales.anxiety.omega",
     "One number, for a script."},
    {"attune analyze closeness answers.csv --pairwise --format csv -o items.csv",
     "Incomplete rows count, too; a row for each item, for a spreadsheet or R."},
};

Result<AnalyzeRequest> request_of(const Arguments& arguments) {
  AnalyzeRequest request;
  Result<RowSource> source = row_source_of(arguments);
  if (!source) return source.error();
  request.source = *std::move(source);
  const Result<Format> format = format_of(arguments, text_or_data);
  if (!format) return format.error();
  request.format = *format;
  if (arguments.has("--pairwise")) request.missing = MissingAnswers::pairwise;
  request.run.progress = arguments.has("--progress") ? ShowProgress::yes : ShowProgress::no;
  request.run.of_problems = "they are left out";
  request.output = output_of(arguments);
  request.overwrite = overwrite_of(arguments);
  return request;
}

ExitStatus run_analyze(const Arguments& arguments, World& world) {
  const Result<AnalyzeRequest> request = request_of(arguments);
  if (!request) return report(world.streams, request.error());
  return analyze_rows(*request, text_style(world.environment, world.streams),
                      Catalogue(world.paths.definitions), world.streams);
}

}  // namespace

const Command analyze_row{
    "analyze",
    "reliability and item statistics of many responses",
    "Reads many responses, as score does, and says how well the items of each scale go together: "
    "alpha and omega of each scale; mean, spread and answers of each item, and how it goes with "
    "the others. An item that pulls against them is named: its key may be wrong. A row that can't "
    "be read is told on standard error and left out. attune-analyze(1) has the details.",
    {"NAME [FILE|-]", 1, 2},
    analyze_options,
    analyze_examples,
    run_analyze,
    OpensHistory::no};

}  // namespace attune
