// SPDX-License-Identifier: MIT
#include "app/commands/progress.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "attune/progress.hpp"

#include "app/commands/about.hpp"
#include "app/commands/moments.hpp"
#include "app/commands/series.hpp"
#include "app/document_output.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

// One questionnaire with growth measures, and what the history has of it.
struct Source {
  std::vector<CollectedScale> scales;
  const Questionnaire* newest = nullptr;  // that `scales` are of
  std::optional<std::size_t> about;       // into the abouts of the questionnaire as it is now
  std::vector<Entry> entries;
};

bool has_measures(const Questionnaire& questionnaire) {
  return !measure_sources(std::span(&questionnaire, 1)).empty();
}

std::vector<Questionnaire> load_measured(const Catalogue& catalogue) {
  std::vector<Questionnaire> found;
  for (const CatalogueEntry& entry : catalogue.entries()) {
    auto loaded = try_load(catalogue, entry.id, {});
    if (loaded && has_measures(loaded->questionnaire)) {
      found.push_back(std::move(loaded->questionnaire));
    }
  }
  return found;
}

Result<void> read_scores(Source& source, const Questionnaire& questionnaire,
                         const std::optional<std::string>& about, History& history,
                         KeptDefinitions& definitions) {
  const Selection selection{{.questionnaire = questionnaire.id}, about};
  Result<SeriesByAbout> series = collect_series(history, definitions, selection, {});
  if (!series && series.error().kind == ErrorKind::not_found) return {};
  if (!series) return series.error();
  const auto chosen = default_series(*series);
  source.newest = chosen->second.collector.questionnaire();
  source.about = find_about(questionnaire, chosen->first);
  if (source.about == 0) source.about.reset();  // what `take` means when none is named
  source.scales = chosen->second.collector.take();
  return {};
}

Result<Source> read_source(const Questionnaire& questionnaire,
                           const std::optional<std::string>& about, History& history,
                           KeptDefinitions& definitions) {
  Source source;
  const std::optional<std::string> own_about = questionnaire.abouts.empty() ? std::nullopt : about;
  if (!questionnaire.scales.empty()) {
    const Result<void> read = read_scores(source, questionnaire, own_about, history, definitions);
    if (!read) return read.error();
  }
  if (!questionnaire.rates.empty()) {
    const auto records =
        attempt([&] { return history.records({.questionnaire = questionnaire.id}); });
    if (!records) return records.error();
    source.entries = entries_of(*records, questionnaire, own_about);
  }
  return source;
}

Measure measure_of(const Questionnaire& questionnaire, const MeasureSource& which,
                   const Source& source) {
  if (which.kind == MeasureKind::rate) {
    return rate_measure(questionnaire, which.index, source.entries);
  }
  const std::string& id = questionnaire.scales[which.index].id;
  const auto found = std::find_if(
      source.scales.begin(), source.scales.end(),
      [&](const CollectedScale& each) { return source.newest->scales[each.scale].id == id; });
  if (found == source.scales.end()) return scale_measure(questionnaire, which.index, {}, {}, {});
  const ScaleTrend trend = trend_of(found->points, found->range);
  return scale_measure(questionnaire, which.index, found->points, trend.since_first, source.about);
}

// The about that is asked for, as the first questionnaire that knows it words it.
Result<std::string> phrase_of(const std::vector<Questionnaire>& questionnaires,
                              const std::optional<std::string>& about) {
  std::optional<Error> unknown;
  for (const Questionnaire& questionnaire : questionnaires) {
    if (!about || questionnaire.abouts.empty()) continue;
    const Result<std::size_t> index = known_about(questionnaire, *about);
    if (index) return questionnaire.abouts[*index].phrase;
    if (!unknown) unknown = index.error();
  }
  if (unknown) return *std::move(unknown);
  return std::string();
}

// Whom the check-ins are about where no one was asked for: silence where it is the people closest,
// which `take` means too; else each questionnaire's.
std::string shown_abouts(const std::vector<Questionnaire>& questionnaires,
                         const std::vector<Source>& sources) {
  std::string text;
  std::set<std::string> phrases;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].newest == nullptr || questionnaires[i].abouts.empty()) continue;
    const std::size_t about = sources[i].about.value_or(0);
    phrases.insert(questionnaires[i].abouts[about].phrase);
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", questionnaires[i].id,
                        questionnaires[i].abouts[about].phrase);
  }
  const bool is_usual = std::none_of(sources.begin(), sources.end(),
                                     [](const Source& source) { return source.about.has_value(); });
  if (is_usual) return {};
  return phrases.size() == 1 ? *phrases.begin() : text;
}

std::string render(const std::vector<Measure>& measures, const ProgressOptions& options,
                   Format format, const TextStyle& style) {
  switch (format) {
    case Format::json:
      return progress_json(measures, options);
    case Format::csv:
      return progress_csv(measures);
    default:
      return render_document(progress_document(measures, options), format, style);
  }
}

}  // namespace

ExitStatus show_progress(const std::optional<std::string>& about, Format format,
                         const TextStyle& style, const Catalogue& catalogue,
                         std::optional<History>& history, Streams& streams) {
  const std::vector<Questionnaire> questionnaires = load_measured(catalogue);
  Result<std::string> phrase = phrase_of(questionnaires, about);
  if (!phrase) return report(streams, phrase.error());
  std::vector<Source> sources(questionnaires.size());
  std::optional<KeptDefinitions> definitions;
  if (history) definitions.emplace(*history);
  for (std::size_t i = 0; history && i < questionnaires.size(); ++i) {
    Result<Source> source = read_source(questionnaires[i], about, *history, *definitions);
    if (!source) return report(streams, source.error());
    sources[i] = *std::move(source);
  }
  std::vector<Measure> measures;
  for (const MeasureSource& which : measure_sources(questionnaires)) {
    measures.push_back(
        measure_of(questionnaires[which.questionnaire], which, sources[which.questionnaire]));
  }
  if (!about) *phrase = shown_abouts(questionnaires, sources);
  streams.out.write(render(measures, {*std::move(phrase), about.value_or("")}, format, style));
  return ExitStatus::done;
}

}  // namespace attune
