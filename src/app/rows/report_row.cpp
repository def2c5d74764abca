// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/commands/report.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec report_options[] = {
    {"-o,--output", "FILE",
     "Write to FILE; its ending says how: .html, .svg, .md or .txt. - is standard output.",
     Value::required},
    {"--format", "FORMAT", "Write text (default), markdown, html or svg, whatever the ending.",
     Value::required},
    {"-a,--about", "WHOM", "The newest check-in about one person: partner, ...", Value::required},
    {"--redact", "", "Leave out all that was said in words: notes, lines, statements."},
    {"--notes", "", "Show the last lines of your journals, too."},
    {"--explain", "", "Show what each answer contributes to the scores."},
    {"--all-check-ins", "",
     "In html, give the numbers of every check-in, not only of those drawn."},
    since_option,
    until_option,
    width_option,
    force_option,
};
constexpr Example report_examples[] = {
    {"attune report -o report.html", "Your newest closeness profile and its history, to keep."},
    {"attune report --about partner --redact -o report.html",
     "About your partner, without your words, to print or to hand over."},
    {"attune report moment", "What your journal adds up to, on the terminal."},
    {"attune report last --explain -o report.md", "Your newest record with every answer."},
};

struct Ending {
  std::string_view ending;
  Format format;
};
constexpr Ending endings[] = {{".html", Format::html},         {".htm", Format::html},
                              {".svg", Format::svg},           {".md", Format::markdown},
                              {".markdown", Format::markdown}, {".txt", Format::text}};

// By the option, else by how the name of the file ends.
Result<Format> report_format(const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (arguments.value("--format") || !output) return format_of(arguments, report_formats);
  for (const Ending& each : endings) {
    if (output->ends_with(each.ending)) return each.format;
  }
  if (output->ends_with(".pdf")) {
    return Error{ErrorKind::usage,
                 "can't be written as PDF",
                 *output,
                 {".html .htm .svg .md .markdown .txt can be written",
                  "-o FILE.html writes a page that any browser prints as PDF"}};
  }
  return Error{
      ErrorKind::usage,
      "its ending does not say how to write it",
      *output,
      {".html .htm .svg .md .markdown .txt are known", "--format names one whatever the ending"}};
}

Result<ReportOptions> options_of(const Arguments& arguments) {
  ReportOptions options;
  if (arguments.has("--explain")) options.explain = Explain::yes;
  if (arguments.has("--notes")) options.notes = Notes::show;
  if (!arguments.has("--redact")) return options;
  options.redaction = Redaction::words;
  if (options.notes == Notes::hide) return options;
  return Error{
      ErrorKind::usage, "shows what --redact leaves out", "--notes", {"leave one of them out"}};
}

Result<ReportRequest> request_of(const Arguments& arguments) {
  ReportRequest request;
  request.subject.word = first_operand(arguments);
  Result<Selection> selection = selection_of(arguments, {});
  if (!selection) return selection.error();
  request.subject.selection = *std::move(selection);
  const Result<Format> format = report_format(arguments);
  if (!format) return format.error();
  request.format = *format;
  Result<ReportOptions> options = options_of(arguments);
  if (!options) return options.error();
  request.options = *std::move(options);
  if (arguments.has("--all-check-ins")) request.series_rows = SeriesRows::all;
  return request;
}

// Everything that can be refused before a record is read.
Result<ReportOutput> output_for(const Arguments& arguments, const World& world) {
  const auto path = output_of(arguments);
  ReportOutput output;
  Result<TextStyle> style = text_style_of(arguments, world);
  if (!style) return style.error();
  output.style = *style;
  Result<std::optional<OutputFile>> file = create_output(path, overwrite_of(arguments));
  if (!file) return file.error();
  if (*file) output.file.emplace(**std::move(file));
  return output;
}

ExitStatus run_report(const Arguments& arguments, World& world) {
  const Result<ReportRequest> request = request_of(arguments);
  if (!request) return report(world.streams, request.error());
  Result<ReportOutput> output = output_for(arguments, world);
  if (!output) return report(world.streams, output.error());
  Result<std::optional<History>> history = open_to_read(world);
  if (!history) return report(world.streams, history.error());
  return show_report(*request, *output, world.paths, *history, world.streams);
}

}  // namespace

const Command report_row{
    "report",
    "one page to keep, to print or to bring along",
    "Writes one page of a profile, your check-ins over time, what your journals add up to, your "
    "next steps, and where every number comes from. ID is a record, or last; NAME a questionnaire, "
    "whose newest check-in is taken (closeness unless another is named).",
    {"ID|NAME", 0, 1},
    report_options,
    report_examples,
    run_report};

}  // namespace attune
