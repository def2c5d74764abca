// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/commands/score.hpp"
#include "app/messages.hpp"
#include "app/rows/row_options.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec score_options[] = {
    from_option,
    {"--to", "FORMAT", "Write csv, tsv or jsonl; like the input otherwise.", Value::required},
    form_option,
    columns_option,
    no_header_option,
    header_from_option,
    {"--keep", "LIST", "Pass these columns through, in front of the scores: id,country.",
     Value::required},
    range_option,
    missing_option,
    {"--min-answered", "SHARE",
     "The share of a scale's items that has to be answered, 0 to 1, instead of the definition's.",
     Value::required},
    {"--se", "", "Add the standard error of each score."},
    {"--percentiles", "", "Add the place of each score among the sample of a published norm."},
    {"--facets", "", "Add the facets."},
    {"--care", "",
     "Add the longest run of one answer, the spread of the answers, and their share."},
    {"--region", "", "Add the region of the plane that holds each row's point."},
    {"--digits", "N", "Round to at most N decimals, 0 to 17 (4 otherwise).", Value::required},
    {"--mark-errors", "", "Add a column that says why a row could not be read."},
    strict_option,
    progress_option,
    output_option,
    force_option,
};
constexpr Example score_examples[] = {
    {"attune score closeness answers.csv --keep id", "A column for each scale beside your ids."},
    {"attune score ecr data.csv --columns Q1-Q36 --range 1-5 --missing 0",
     "Data with other names, another range and a code for no answer."},
    {"attune score closeness rows.jsonl | jq -r .anxiety", "JSON Lines in, the same out."},
    {"attune score closeness big.csv --se --facets -o scores.csv --progress",
     "Everything there is, into a file."},
};

Result<std::optional<double>> share_of(const Arguments& arguments) {
  const auto text = arguments.value("--min-answered");
  if (!text) return std::optional<double>();
  const auto share = parse_decimal(*text);
  if (share && *share >= 0 && *share <= 1) return share;
  return Error{ErrorKind::usage,
               fmt::format("'{}' is no share", escape(*text)),
               "--min-answered",
               {"a number from 0 (one answer is enough) to 1 (every item)"}};
}

Result<int> digits_of(const Arguments& arguments) {
  const auto text = arguments.value("--digits");
  if (!text) return ScoreOptions{}.digits;
  const auto digits = parse_whole(*text);
  if (digits && *digits >= 0 && *digits <= 17) return static_cast<int>(*digits);
  return Error{ErrorKind::usage,
               fmt::format("'{}' is no number of decimals", escape(*text)),
               "--digits",
               {"a whole number from 0 to 17"}};
}

Result<ScoreRequest> request_of(const Arguments& arguments) {
  ScoreRequest request;
  Result<RowSource> source = row_source_of(arguments);
  if (!source) return source.error();
  request.source = *std::move(source);
  const Result<std::optional<RowFormat>> to = row_format_of(arguments, "--to");
  if (!to) return to.error();
  request.options.format = to->value_or(request.source.options.format);
  if (request.source.options.header != HeaderSource::first_row) {
    request.options.names = ColumnNames::left_out;
  }
  const Result<std::optional<double>> share = share_of(arguments);
  if (!share) return share.error();
  request.options.min_answered = *share;
  const Result<int> digits = digits_of(arguments);
  if (!digits) return digits.error();
  request.options.digits = *digits;
  ScoreColumns& columns = request.options.columns;
  columns.se = arguments.has("--se");
  columns.percentile = arguments.has("--percentiles");
  columns.facets = arguments.has("--facets");
  columns.care = arguments.has("--care");
  columns.region = arguments.has("--region");
  columns.error = arguments.has("--mark-errors");
  request.run.progress = arguments.has("--progress") ? ShowProgress::yes : ShowProgress::no;
  request.run.of_problems = "their scores are empty";
  request.output = output_of(arguments);
  request.overwrite = overwrite_of(arguments);
  return request;
}

ExitStatus run_score(const Arguments& arguments, World& world) {
  const Result<ScoreRequest> request = request_of(arguments);
  if (!request) return report(world.streams, request.error());
  return score_rows(*request, Catalogue(world.paths.definitions), world.streams);
}

}  // namespace

const Command score_row{
    "score",
    "score many responses: CSV, TSV or JSON Lines",
    "Scores every row of a file (or of standard input) and writes a row of scores for each: a "
    "column "
    "for each scale and one with the number of answered items. A scale with too few answers is "
    "empty. A row that can't be read is told on standard error and left empty; nothing is clamped "
    "or "
    "guessed. attune-score(1) has the details.",
    {"NAME [FILE|-]", 1, 2},
    score_options,
    score_examples,
    run_score,
    OpensHistory::no};

}  // namespace attune
