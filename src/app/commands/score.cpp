// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/rows.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/commands/row_input.hpp"
#include "app/options.hpp"

namespace attune::app {
namespace {

rows::ScoreOptions score_options_of(const Arguments& arguments, rows::RowFormat from) {
  rows::ScoreOptions options;
  options.format = row_format_of(arguments, "--to").value_or(from);
  if (const auto text = arguments.value("--min-answered")) {
    options.min_answered = parse_decimal(*text);
    if (!options.min_answered || *options.min_answered < 0 || *options.min_answered > 1) {
      throw usage_error("--min-answered", fmt::format("'{}' is not a share", escape(*text)),
                        "a number from 0 (one answer is enough) to 1 (every item)");
    }
  }
  if (const auto text = arguments.value("--digits")) {
    const auto digits = parse_whole(*text);
    if (!digits || *digits < 0 || *digits > 17) {
      throw usage_error("--digits", fmt::format("'{}' is not a number of decimals", escape(*text)),
                        "a whole number from 0 to 17");
    }
    options.digits = static_cast<int>(*digits);
  }
  options.columns = {.se = arguments.has("--se"),
                     .facets = arguments.has("--facets"),
                     .care = arguments.has("--care"),
                     .region = arguments.has("--region"),
                     .error = arguments.has("--mark-errors"),
                     .percentile = arguments.has("--percentiles")};
  return options;
}

void check_region(const RowSource& source) {
  if (!plane_axes(source.questionnaire)) {
    throw usage_error("--region", fmt::format("'{}' has no regions", source.questionnaire.id));
  }
  if (!source.options.range) return;
  throw usage_error("--region", "the regions are drawn on the range of the key",
                    "it can't be used with --range");
}

// A kept column may not bear the name of one that is added: a program would read one for the other.
void check_kept(const RowSource& source, const rows::RowScores& scores) {
  const std::vector<std::string>& names = scores.names();
  const std::size_t kept = source.options.keep.size();
  for (std::size_t i = 0; i < kept; ++i) {
    const auto added = names.begin() + static_cast<std::ptrdiff_t>(kept);
    if (std::find(added, names.end(), names[i]) == names.end()) continue;
    throw usage_error("--keep",
                      fmt::format("'{}' is the name of a column of scores", escape(names[i])),
                      "give that column of the data another name");
  }
}

// Which samples the percentiles are of, as no number of that kind means anything without.
std::string describe_norms(const RowSource& source, const rows::RowScores& scores,
                           bool with_facets) {
  std::string text;
  const Questionnaire& questionnaire = source.questionnaire;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Norm* norm = scores.norm(i);
    if (norm == nullptr || (questionnaire.scales[i].parent && !with_facets)) continue;
    text += fmt::format("{}_percentile: place among {} (n = {}), rounded to 5\n",
                        questionnaire.scales[i].id, escape(norm->sample), norm->n);
  }
  if (!text.empty()) return text;
  throw usage_error("--percentiles",
                    fmt::format("'{}' has no norms for this range of answers", questionnaire.id),
                    fmt::format("attune show {} lists its norms", questionnaire.id));
}

// Cells that are kept pass through as they are, but not to a terminal, which would obey them.
std::string for_terminal(std::string_view rows) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(rows, '\t')) parts.push_back(escape_lines(part));
  return joined(parts, "\t");
}

ExitStatus run_score(const Arguments& arguments, World& world) {
  Streams& streams = world.streams;
  const RowSource source = row_source_of(arguments, world);
  const rows::ScoreOptions options = score_options_of(arguments, source.options.format);
  rows::RowScores scores(source.questionnaire, source.form, source.options, options);
  if (options.columns.region) check_region(source);
  check_kept(source, scores);
  if (options.columns.percentile) {
    say(streams.err, describe_norms(source, scores, options.columns.facets));
  }
  const auto path = output_of(arguments);
  std::optional<OutputFile> file;
  Output* out = &streams.out;
  std::string text;
  RowRun rows(source, arguments, streams, "their scores are empty", [&] {
    out->write(!file && streams.out_is_terminal ? for_terminal(text) : text);
    text.clear();
    return out->flush() && !out->is_closed();
  });
  std::optional<OutputFile> created = create_output(arguments, world);
  if (created) out = &file.emplace(*std::move(created)).content();

  const rows::Row* row = rows.next();
  if (source.options.has_header && options.format != rows::RowFormat::jsonl)
    scores.append_names(text);
  for (; row != nullptr; row = rows.next()) scores.append(text, *row);
  const ExitStatus status = rows.finish();
  if (file && status == ExitStatus::bad_data) {
    say(streams.err, fmt::format("attune: {}: not written\n", escape(*path)));
  } else if (file) {
    file->commit();
  }
  return status;
}

}  // namespace

const Command score_row{
    "score",
    "score many responses",
    R"(Scores every row of a file (or of standard input) and writes a row of scores for each: a
       column for each scale and one with the number of answered items. A scale with too few answers
       is empty. A row that can't be read is reported on standard error and left empty; nothing is
       clamped or guessed. attune-score(1) has the details.)",
    {"NAME [FILE|-]", 1, 2},
    {from_option,
     {"--to", "FORMAT", "Write csv, tsv or jsonl; without it, the same as the input."},
     form_option,
     columns_option,
     no_header_option,
     {"--keep", "LIST", "Pass these columns through, in front of the scores: id,country."},
     range_option,
     missing_option,
     {"--min-answered", "SHARE",
      "The share of a scale's items that has to be answered, 0 to 1, instead of the definition's."},
     {"--se", "", "Add the standard error of each score."},
     {"--percentiles", "", "Add the place of each score among the sample of a published norm."},
     {"--facets", "", "Add the facets."},
     {"--care", "",
      "Add the longest run of one answer, the spread of the answers, and their share."},
     {"--region", "", "Add the region of the plane that holds each row's point."},
     {"--digits", "N", "Round to at most N decimals, 0 to 17 (4 otherwise)."},
     {"--mark-errors", "", "Add a column that says why a row could not be read."},
     strict_option,
     output_option,
     force_option},
    {{"attune score closeness answers.csv --keep id", "A column for each scale beside your ids."},
     {"attune score ecr data.csv --columns Q1-Q36 --range 1-5 --missing 0",
      "Data with other names, another range and a code for no answer."},
     {"attune score closeness rows.jsonl | jq -r .anxiety", "JSON Lines in, the same out."},
     {"attune score closeness big.csv --se --facets -o scores.csv",
      "Everything there is, into a file."}},
    run_score,
    OpensHistory::no};

}  // namespace attune::app
