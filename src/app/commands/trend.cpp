// SPDX-License-Identifier: MIT
// `attune trend`, `progress` and `moments`: check-ins over time.
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <span>

#include "attune/catalogue.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"

namespace attune::app {
namespace {

void check_scale(const Questionnaire& questionnaire, const std::optional<std::string>& name) {
  if (questionnaire.scales.empty()) {
    throw usage_error("trend", fmt::format("'{}' has no scores", escape(questionnaire.id)),
                      fmt::format("attune moments {} summarises it", escape(questionnaire.id)));
  }
  if (!name || find_scale(questionnaire, *name)) return;
  throw unknown_name(ErrorKind::usage, "--scale", *name, ids_of(questionnaire.scales));
}

// The series that is meant when no about is named: that about the questionnaire's first, or, where
// there are not two check-ins in it, the newest that has two. Precondition: there is one.
SeriesByAbout::iterator default_series(SeriesByAbout& series) {
  const auto count = [](const auto& each) { return each->second.count(); };
  const auto& abouts = newest_series(series)->second.questionnaire()->abouts;
  const auto first = abouts.empty() ? series.end() : series.find(abouts.front().id);
  if (first != series.end() && count(first) > 1) return first;
  auto chosen = newest_series(series);
  for (auto each = series.begin(); each != series.end(); ++each) {
    const bool is_later = each->second.check_ins().newest > chosen->second.check_ins().newest;
    if (count(each) > 1 && (count(chosen) < 2 || is_later)) chosen = each;
  }
  return first != series.end() && count(chosen) < 2 ? first : chosen;
}

// Without an about, check-ins about the questionnaire's first (the people closest) are shown, or,
// where there are not two of them, those about the person of the newest who has two: check-ins
// about different people are never mixed.
ExitStatus run_trend(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "closeness");
  Destination destination = destination_of(arguments, world, format_of(arguments, every_format));
  std::optional<ScoredHistory> history = open_to_read(world);
  if (!history) throw no_check_ins(nullptr, selection);
  const auto scale = arguments.value("--scale");
  SeriesByAbout series = collect_series(*history, selection, scale);
  if (series.empty()) throw no_check_ins(&*history, selection);
  const auto chosen = default_series(series);
  check_scale(*chosen->second.questionnaire(), scale);
  const report::TrendReport trend = trend_report(chosen->second, chosen->first, selection.about);
  if (std::ranges::all_of(trend.scales,
                          [](const report::ScaleSeries& each) { return each.points.empty(); })) {
    throw Error(ErrorKind::not_found, "no check-in has enough answers for a score", "trend",
                {"attune history list shows them"});
  }
  write_result(world.streams, destination,
               {[&] { return report::trend_json(trend); }, [&] { return report::trend_csv(trend); },
                [&] { return report::trend_document(trend); }, trend.language});
  world.streams.out.flush();
  if (!selection.about) name_others(series, chosen, world.streams);
  return ExitStatus::done;
}

// What the history has of one questionnaire with growth measures.
struct MeasuredHistory {
  std::vector<report::ScaleSeries> scales;
  std::optional<std::size_t> about;  // into the abouts of the questionnaire as it is now
  std::vector<trend::Entry> entries;
};

// Which questionnaires have growth measures, and their order, the definitions say. One that can't
// be used has none.
std::vector<Questionnaire> load_measured(const store::Catalogue& catalogue) {
  std::vector<Questionnaire> found;
  for (const store::CatalogueEntry& entry : catalogue.entries()) {
    try {
      Questionnaire questionnaire = catalogue.load(entry.id, {}).questionnaire;
      const bool has_measures = !report::measure_sources(std::span(&questionnaire, 1)).empty();
      if (has_measures) found.push_back(std::move(questionnaire));
    } catch (const Error&) {
      continue;
    }
  }
  return found;
}

// Without an about each questionnaire shows the check-ins that `trend` would.
MeasuredHistory read_measured(Questionnaire& questionnaire, const std::optional<std::string>& about,
                              ScoredHistory& history) {
  MeasuredHistory measured;
  Selection selection;
  selection.filter.questionnaire = questionnaire.id;
  if (!questionnaire.abouts.empty()) selection.about = about;
  if (!questionnaire.rates.empty()) {
    measured.entries =
        entries_of(history.records(selection.filter), questionnaire, selection.about);
  }
  if (questionnaire.scales.empty()) return measured;
  SeriesByAbout series = collect_series(history, selection);
  if (!series.empty()) {
    const auto chosen = default_series(series);
    measured.about = person_named(questionnaire, chosen->first);
    if (measured.about == 0) measured.about.reset();  // what `take` means when none is named
    measured.scales = trend_report(chosen->second, chosen->first, about).scales;
  }
  selection.about.reset();
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const std::string& id = questionnaire.scales[i].id;
    if (!is_about_oneself(questionnaire, i)) continue;
    SeriesByAbout own = collect_series(history, selection, id);
    if (own.empty()) continue;
    std::erase_if(measured.scales, [&](const auto& each) { return each.id == id; });
    report::TrendReport pooled = trend_report(own.begin()->second, own.begin()->first, {});
    std::ranges::move(pooled.scales, std::back_inserter(measured.scales));
  }
  return measured;
}

report::Measure measure_of(const Questionnaire& questionnaire, const report::MeasureSource& which,
                           const MeasuredHistory& measured) {
  if (which.kind == report::MeasureKind::rate) {
    return report::rate_measure(questionnaire, which.index, measured.entries);
  }
  const std::string& id = questionnaire.scales[which.index].id;
  for (const report::ScaleSeries& each : measured.scales) {
    if (each.id != id) continue;
    return report::scale_measure(questionnaire, which.index, each.points, each.trend,
                                 measured.about);
  }
  return report::scale_measure(questionnaire, which.index, {}, {}, {});
}

// The about that is asked for, as the first questionnaire that knows it words it. Where none knows
// it, the first that is about people says which there are.
std::string phrase_of(std::vector<Questionnaire>& questionnaires, const std::string& about) {
  Questionnaire* first = nullptr;
  for (Questionnaire& questionnaire : questionnaires) {
    if (const auto index = person_named(questionnaire, about)) {
      return questionnaire.abouts[*index].phrase;
    }
    if (first == nullptr && !questionnaire.abouts.empty()) first = &questionnaire;
  }
  return first == nullptr ? std::string() : first->abouts[known_about(*first, about)].phrase;
}

// Whom the check-ins are about where no one was asked for: silence where it is the people closest,
// which `take` means too; else each questionnaire's.
std::string shown_abouts(const std::vector<Questionnaire>& questionnaires,
                         const std::vector<MeasuredHistory>& measured) {
  std::string text;
  std::set<std::string> phrases;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    if (measured[i].scales.empty() || questionnaires[i].abouts.empty()) continue;
    const std::string& phrase = questionnaires[i].abouts[measured[i].about.value_or(0)].phrase;
    phrases.insert(phrase);
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", questionnaires[i].id, phrase);
  }
  const bool is_usual =
      std::ranges::none_of(measured, [](const auto& each) { return each.about.has_value(); });
  if (is_usual) return {};
  return phrases.size() == 1 ? *phrases.begin() : text;
}

ExitStatus run_progress(const Arguments& arguments, World& world) {
  Destination destination = destination_of(arguments, world, format_of(arguments, every_format));
  const auto about = asked_about(arguments);
  std::optional<ScoredHistory> history = open_to_read(world);
  std::vector<Questionnaire> questionnaires = load_measured(world.catalogue);
  report::ProgressOptions options{about ? phrase_of(questionnaires, *about) : "",
                                  about.value_or("")};
  std::vector<MeasuredHistory> measured(questionnaires.size());
  for (std::size_t i = 0; history && i < questionnaires.size(); ++i) {
    measured[i] = read_measured(questionnaires[i], about, *history);
  }
  if (!about) options.about = shown_abouts(questionnaires, measured);
  std::vector<report::Measure> measures;
  for (const report::MeasureSource& which : report::measure_sources(questionnaires)) {
    measures.push_back(
        measure_of(questionnaires[which.questionnaire], which, measured[which.questionnaire]));
  }
  return write_result(world.streams, destination,
                      {[&] { return report::progress_json(measures, options); },
                       [&] { return report::progress_csv(measures); },
                       [&] { return report::progress_document(measures, options); }});
}

// The entries by the definition of the newest; with no entry yet, none by the definition that the
// catalogue has, which says how to begin.
report::Journal find_journal(const Selection& selection, const World& world) {
  if (std::optional<ScoredHistory> history = open_to_read(world)) {
    if (auto journal = read_journal(*history, selection)) return *std::move(journal);
  }
  return {world.catalogue.load(*selection.filter.questionnaire, {}).questionnaire, {}};
}

ExitStatus run_moments(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "moment");
  Destination destination = destination_of(arguments, world, format_of(arguments, page_format));
  report::Journal journal = find_journal(selection, world);
  Questionnaire& questionnaire = journal.questionnaire;
  if (!questionnaire.scales.empty()) {
    throw usage_error("moments",
                      fmt::format("'{}' is scored, not counted", escape(questionnaire.id)),
                      fmt::format("attune trend {} shows it over time", escape(questionnaire.id)));
  }
  report::MomentsOptions options{
      arguments.has("--notes") ? report::Notes::show : report::Notes::hide, {}};
  if (selection.about) options.about = known_about(questionnaire, *selection.about);
  return write_result(
      world.streams, destination,
      {[&] { return report::moments_json(questionnaire, journal.entries, options); },
       {},
       [&] { return report::moments_document(questionnaire, journal.entries, options); },
       questionnaire.language});
}

}  // namespace

const Command trend_row{
    "trend",
    "scores over time",
    "Shows your check-ins with a questionnaire (closeness unless another is named) over time, and "
    "whether anything has changed: two check-ins alone can't tell; from six on, the date that "
    "best divides a before from an after is looked for. Check-ins about different people are never "
    "mixed.",
    {"NAME", 0, 1},
    {about_option,
     {"--scale", "SCALE", "Only this scale or facet: anxiety, self-reliance, ..."},
     since_option,
     until_option,
     every_format_option},
    {{"attune trend", "Your closeness check-ins, and whether anything has changed."},
     {"attune trend closeness --about partner --since 2026-01-01",
      "This year's check-ins about your partner."},
     {"attune trend --format json | jq .scales.anxiety.since_first.verdict",
      "The verdict alone, for a script."},
     {"attune trend growth --format csv -o growth.csv", "Every point, for a spreadsheet or R."}},
    run_trend};

const Command progress_row{
    "progress",
    "seven growth measures",
    "Shows seven measures: anxiety and avoidance (from 'closeness'); emotional awareness, trust, "
    "self-compassion and relationship satisfaction (from 'growth'); and therapy engagement (from "
    "'support'). Each has its latest score, the change since the start, and the wanted direction.",
    {"", 0, 0},
    {about_option, every_format_option},
    {{"attune progress", "Seven measures: now, since the start, and which way is better."},
     {"attune progress --about partner", "The same from check-ins about your partner."},
     {"attune progress --format json | jq -r '.measures[] | [.id, .now.score] | @tsv'",
      "Each measure as it is now, for a script."}},
    run_progress};

const Command moments_row{
    "moments",
    "your journal, counted",
    "Counts the entries of a journal or log (moment unless another is named): what sets the urges "
    "off, feelings, body signals, what was done, at what time of day, and how often an urge "
    "was met differently. Your own lines are shown only with --notes.",
    {"NAME", 0, 1},
    {about_option,
     since_option,
     until_option,
     {"--notes", "", "Show the last lines that you wrote, too."},
     page_format_option},
    {{"attune moments", "What sets the urges off, what you felt and did, and when."},
     {"attune moments support --since 2026-01-01",
      "This year's sessions, attended and not, and how useful they were."},
     {"attune moments --format json | jq '.rates'", "How often an urge was met differently."}},
    run_moments};

}  // namespace attune::app
