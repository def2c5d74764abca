// SPDX-License-Identifier: MIT
#include "attune/report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "attune/catalogue.hpp"
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

// The record that the word names, by its id or as "last", of those that have scores; nothing where
// it is the name of a questionnaire.
std::optional<Record> named_record(ScoredHistory& history, const std::optional<std::string>& word,
                                   const store::Catalogue& catalogue) {
  if (!word) return {};
  std::set<std::string> names;
  history.visit_records({}, [&](const Record& each) { names.insert(each.questionnaire); });
  for (const store::CatalogueEntry& entry : catalogue.entries()) names.insert(entry.id);
  if (names.count(*word) > 0) return {};
  try {
    return find_record(history, *word, [&](const Record& each) {
      const Questionnaire* own = history.questionnaire(each.scored_with);
      return own != nullptr && !own->scales.empty();
    });
  } catch (Error& error) {
    const std::vector<std::string> near = nearest(*word, std::vector(names.begin(), names.end()));
    if (!near.empty()) error.advice = {fmt::format("did you mean {}?", join_or(near))};
    throw;
  }
}

// Every journal, by name.
std::vector<report::Journal> read_journals(ScoredHistory& history, Selection selection,
                                           const std::optional<TakenOrder>& up_to) {
  std::set<std::string> names;
  for (const std::string& hash : history.kept_definitions()) {
    const Questionnaire* questionnaire = history.questionnaire(hash);
    if (questionnaire != nullptr && questionnaire->scales.empty()) names.insert(questionnaire->id);
  }
  std::vector<report::Journal> journals;
  for (const std::string& name : names) {
    selection.filter.questionnaire = name;
    auto journal = read_journal(history, selection, up_to);
    // Its newest definition may have scores after all.
    if (!journal || !journal->questionnaire.scales.empty()) continue;
    journals.push_back(*std::move(journal));
  }
  return journals;
}

// A profile of the newest check-in knows every step that was tried, as `next` does; an earlier one
// is shown as it read then: with the steps tried and the entries until then.
report::ReportValues values_of(ScoredHistory& history, const Record& record, AboutSeries& series,
                               const std::string& about, Selection selection) {
  const bool is_newest = series.later == 0;
  const auto up_to = is_newest ? std::nullopt : std::optional(order_of(record));
  report::ReportValues values;
  values.profile = profile_of(history, record, is_newest ? Tries::all : Tries::before);
  values.check_ins = series.collector.check_ins();
  const Questionnaire& questionnaire = values.profile.questionnaire;
  if (questionnaire.scales.empty()) {
    throw usage_error("report", fmt::format("'{}' has no scores", escape(questionnaire.id)),
                      fmt::format("attune moments {} summarises it", escape(questionnaire.id)));
  }
  values.profile.trend = trend_report(series, about, {});
  selection.about = about_of(record, questionnaire);
  values.journals = read_journals(history, selection, up_to);
  return values;
}

// What a report shows: the record that is meant (`word` is its id, "last", or a questionnaire's
// name), its check-ins and the journals. One pass is made over the records of its questionnaire;
// others are read only where they are journals.
report::ReportValues read_report(ScoredHistory& history, const std::optional<std::string>& word,
                                 Selection selection, const store::Catalogue& catalogue,
                                 Streams& streams) {
  std::optional<Record> record = named_record(history, word, catalogue);
  Selection own = selection;
  std::optional<TakenOrder> up_to;
  if (record) {
    if (selection.about) {
      throw usage_error("--about",
                        fmt::format("'{}' is one record, whomever it is about", escape(*word)),
                        "leave it out, or name a questionnaire instead of the record");
    }
    const Questionnaire* questionnaire = history.questionnaire(record->scored_with);
    if (questionnaire == nullptr) throw unusable_definition(*record);
    own.filter.questionnaire = record->questionnaire;
    own.about = about_of(*record, *questionnaire);
    up_to = order_of(*record);
  }
  SeriesByAbout series = collect_series(history, own, {}, up_to);
  const auto chosen = newest_series(series);
  const std::string newest = series.empty() ? "" : chosen->second.collector.check_ins().newest_id;
  if (record && newest != record->id) {
    throw Error(ErrorKind::not_found, "is not from the days asked for", record->id);
  }
  if (series.empty()) throw no_check_ins(&history, own);
  if (!record) {
    record = find_record(history, newest);
    name_others(series, chosen, streams);
  }
  return values_of(history, *record, chosen->second, chosen->first, selection);
}

ExitStatus run_report(const Arguments& arguments, World& world) {
  const auto word = first_operand(arguments);
  const Selection selection = selection_of(arguments, "closeness");
  const Format format = format_of(arguments, report_formats);
  report::ReportOptions options = report_options_of(arguments);
  Destination destination = destination_of(arguments, world, format);
  std::optional<ScoredHistory> history = open_to_read(world);
  if (!history)
    throw word && steps_back(*word) ? no_records("report") : no_check_ins(nullptr, selection);
  options.contact = read_contact(world.paths);
  options.made_with = "attune " ATTUNE_VERSION;
  report::ReportValues values =
      read_report(*history, word, selection, world.catalogue, world.streams);
  const std::string language = values.profile.questionnaire.language;
  const auto document = [&] { return report::report_document(std::move(values), options); };
  return write_result(world.streams, destination, {.document = document, .language = language});
}

}  // namespace

const Command report_row{
    "report",
    "a page to keep or print",
    "Writes a report: a profile, your check-ins over time, what your journals add up to, "
    "your next steps, and where every number comes from. ID names a record (or last); NAME, a "
    "questionnaire, of which the newest check-in is shown (closeness unless another is named).",
    {"ID|NAME", 0, 1},
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
     {"attune report last --explain -o report.md", "Your newest record with every answer."}},
    run_report};

}  // namespace attune::app
