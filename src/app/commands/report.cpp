// SPDX-License-Identifier: MIT
#include "attune/report.hpp"

#include <fmt/format.h>
#include <set>

#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"

namespace attune::app {
namespace {

constexpr Format report_formats[] = {Format::text, Format::markdown, Format::html};

report::ReportOptions report_options_of(const Arguments& arguments) {
  report::ReportOptions options;
  if (arguments.has("--explain")) options.explain = report::Explain::yes;
  if (arguments.has("--notes")) options.notes = report::Notes::show;
  if (arguments.has("--redact")) options.redaction = report::Redaction::words;
  if (options.redaction == report::Redaction::words && options.notes == report::Notes::show) {
    throw usage_error("--notes", "shows what --redact leaves out", "leave one of them out");
  }
  return options;
}

// Every journal, by name.
std::vector<report::Journal> read_journals(ScoredHistory& history, Selection selection) {
  std::set<std::string> names;
  for (const std::string& hash : history.kept_definitions()) {
    const Questionnaire* questionnaire = history.questionnaire(hash);
    if (questionnaire != nullptr && questionnaire->scales.empty()) names.insert(questionnaire->id);
  }
  std::vector<report::Journal> journals;
  for (const std::string& name : names) {
    selection.filter.questionnaire = name;
    auto journal = read_journal(history, selection);
    // Its newest definition may have scores after all.
    if (!journal || !journal->questionnaire.scales.empty()) continue;
    journals.push_back(*std::move(journal));
  }
  return journals;
}

// The newest check-in, those before it, and the journals. One pass is made over the records of its
// questionnaire; others are read only where they are journals.
report::ReportValues read_report(ScoredHistory& history, Selection selection, Streams& streams) {
  SeriesByAbout series = collect_series(history, selection);
  if (series.empty()) throw no_check_ins(&history, selection);
  const auto chosen = newest_series(series);
  name_others(series, chosen, streams);
  const trend::CheckInSpan& check_ins = chosen->second.check_ins();
  report::ReportValues values;
  values.profile = profile_of(history, find_record(history, check_ins.newest_id), Tries::all);
  values.check_ins = check_ins;
  const Questionnaire& questionnaire = values.profile.questionnaire;
  if (questionnaire.scales.empty()) {
    throw usage_error("report", fmt::format("'{}' has no scores", escape(questionnaire.id)),
                      fmt::format("attune moments {} summarises it", escape(questionnaire.id)));
  }
  values.profile.trend = trend_report(chosen->second, chosen->first, {});
  selection.about = about_of(values.profile.record, questionnaire);
  values.journals = read_journals(history, selection);
  return values;
}

ExitStatus run_report(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "closeness");
  const Format format = format_of(arguments, report_formats);
  report::ReportOptions options = report_options_of(arguments);
  Destination destination = destination_of(arguments, world, format);
  std::optional<ScoredHistory> history = open_to_read(world);
  if (!history) throw no_check_ins(nullptr, selection);
  options.contact = read_contact(world.paths);
  options.made_with = "attune " ATTUNE_VERSION;
  report::ReportValues values = read_report(*history, selection, world.streams);
  const std::string language = values.profile.questionnaire.language;
  const auto document = [&] { return report::report_document(std::move(values), options); };
  return write_result(world.streams, destination, {.document = document, .language = language});
}

}  // namespace

const Command report_row{
    "report",
    "a page to keep or print",
    "Writes a report: a profile, your check-ins over time, what your journals add up to, "
    "your next steps, and where every number comes from. The newest check-in with NAME is shown "
    "(closeness unless another is named); with --until, the newest of those days.",
    {"NAME", 0, 1},
    {{"--format", "FORMAT", "Write text (default), markdown or html."},
     {"-a,--about", "WHOM", "The newest check-in about one person: partner, ..."},
     {"--redact", "", "Leave out everything written in words: notes, lines, statements."},
     {"--notes", "", "Show the last lines of your journals, too."},
     {"--explain", "", "Show what each answer contributes to the scores."},
     since_option,
     until_option},
    {{"attune report -o report.html", "Your newest closeness profile and its history, to keep."},
     {"attune report --about partner --redact -o report.html",
      "About your partner, without your words, to print or to hand over."},
     {"attune report growth --explain -o report.md",
      "Your newest growth profile with every answer."}},
    run_report};

}  // namespace attune::app
