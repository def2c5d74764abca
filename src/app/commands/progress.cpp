// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <span>

#include "attune/catalogue.hpp"
#include "attune/trend_report.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"

namespace attune::app {
namespace {

// What the history has of one questionnaire with growth measures.
struct MeasuredHistory {
  std::vector<trend::CollectedScale> scales;
  const Questionnaire* newest = nullptr;  // that `scales` are of
  std::optional<std::size_t> about;       // into the abouts of the questionnaire as it is now
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
    } catch (const store::LoadError&) {
      continue;
    }
  }
  return found;
}

// Without an about each questionnaire shows the check-ins that `trend` would.
MeasuredHistory read_measured(const Questionnaire& questionnaire,
                              const std::optional<std::string>& about, ScoredHistory& history) {
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
  if (series.empty()) return measured;
  const auto chosen = default_series(series);
  measured.newest = chosen->second.collector.questionnaire();
  measured.about = find_about(questionnaire, chosen->first);
  if (measured.about == 0) measured.about.reset();  // what `take` means when none is named
  measured.scales = chosen->second.collector.take();
  return measured;
}

report::Measure measure_of(const Questionnaire& questionnaire, const report::MeasureSource& which,
                           const MeasuredHistory& measured) {
  if (which.kind == report::MeasureKind::rate) {
    return report::rate_measure(questionnaire, which.index, measured.entries);
  }
  const std::string& id = questionnaire.scales[which.index].id;
  const auto found = std::find_if(measured.scales.begin(), measured.scales.end(),
                                  [&](const trend::CollectedScale& each) {
                                    return measured.newest->scales[each.scale].id == id;
                                  });
  if (found == measured.scales.end())
    return report::scale_measure(questionnaire, which.index, {}, {}, {});
  const trend::ScaleTrend trend = trend::trend_of(found->points, found->range);
  return report::scale_measure(questionnaire, which.index, found->points, trend.since_first,
                               measured.about);
}

// The about that is asked for, as the first questionnaire that knows it words it. Where none knows
// it, the first that is about people says which there are.
std::string phrase_of(const std::vector<Questionnaire>& questionnaires, const std::string& about) {
  const Questionnaire* first = nullptr;
  for (const Questionnaire& questionnaire : questionnaires) {
    if (const auto index = find_about(questionnaire, about)) {
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
    if (measured[i].newest == nullptr || questionnaires[i].abouts.empty()) continue;
    const std::string& phrase = questionnaires[i].abouts[measured[i].about.value_or(0)].phrase;
    phrases.insert(phrase);
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", questionnaires[i].id, phrase);
  }
  const bool is_usual =
      std::none_of(measured.begin(), measured.end(),
                   [](const MeasuredHistory& each) { return each.about.has_value(); });
  if (is_usual) return {};
  return phrases.size() == 1 ? *phrases.begin() : text;
}

ExitStatus run_progress(const Arguments& arguments, World& world) {
  Destination destination = destination_of(arguments, world, format_of(arguments, every_format));
  const auto about = arguments.value("--about");
  std::optional<ScoredHistory> history = open_to_read(world);
  const std::vector<Questionnaire> questionnaires =
      load_measured(store::Catalogue(world.paths.definitions));
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

}  // namespace

const Command progress_row{
    "progress",
    "seven growth measures: now, and since the start",
    "Shows anxiety and avoidance from closeness, emotional awareness, trust, self-compassion and "
    "relationship satisfaction from growth, and therapy engagement from the support log: now, "
    "since the start with what can be said of it, the range typical of an avoidant style, and the "
    "wanted direction.",
    {"", 0, 0},
    {about_option, every_format_option, width_option},
    {{"attune progress", "Seven measures: now, since the start, and where they are wanted to go."},
     {"attune progress --about partner", "The same from check-ins about your partner."},
     {"attune progress --format json | jq -r '.measures[] | [.id, .now.score] | @tsv'",
      "Each measure as it is now, for a script."}},
    run_progress};

}  // namespace attune::app
