// SPDX-License-Identifier: MIT
#include "app/commands/moments.hpp"

#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

#include "app/commands/about.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

Error has_scores(const std::string& name) {
  return {ErrorKind::usage,
          fmt::format("'{}' is scored, not counted", escape(name)),
          "moments",
          {fmt::format("attune trend {} shows it over time", escape(name))}};
}

std::string render(const Questionnaire& questionnaire, const std::vector<Entry>& entries,
                   const MomentsOptions& options, Format format, const TextStyle& style) {
  switch (format) {
    case Format::json:
      return moments_json(questionnaire, entries, options);
    case Format::csv:
      return moments_csv(questionnaire, entries);
    case Format::markdown:
      return render_markdown(moments_document(questionnaire, entries, options));
    case Format::text:
      break;
  }
  return render_text(moments_document(questionnaire, entries, options), style);
}

ExitStatus show(const SummaryOptions& options, const Questionnaire& questionnaire,
                const std::vector<Entry>& entries, const TextStyle& style, Streams& streams) {
  if (!questionnaire.scales.empty()) return report(streams, has_scores(questionnaire.id));
  MomentsOptions shown{options.notes, {}};
  if (options.selection.about) {
    const Result<std::size_t> about = known_about(questionnaire, *options.selection.about);
    if (!about) return report(streams, about.error());
    shown.about = *about;
  }
  streams.out.write(render(questionnaire, entries, shown, options.format, style));
  return ExitStatus::done;
}

}  // namespace

Result<Entries> collect_entries(History& history, KeptDefinitions& definitions,
                                const Selection& selection) {
  Entries found;
  // Answers wait until the newest definition is known, which lays them all out alike.
  std::vector<Record> records;
  const Record* newest = nullptr;
  const Result<void> visited = history.visit_records(
      selection.filter, [&](const Record& record) { records.push_back(record); });
  if (!visited) return visited.error();
  for (const Record& record : records) {
    if (newest == nullptr || is_earlier(*newest, record)) newest = &record;
  }
  if (newest == nullptr) return found;
  const Result<const Questionnaire*> questionnaire = definitions.find(newest->scored_with);
  if (!questionnaire) return questionnaire.error();
  found.questionnaire = *questionnaire;
  if (found.questionnaire == nullptr) return found;
  for (const Record& record : records) {
    if (selection.about && about_of(record, *found.questionnaire) != selection.about) continue;
    found.entries.push_back({record.taken_at, responses_of(record, *found.questionnaire)});
  }
  return found;
}

ExitStatus show_moments(const SummaryOptions& options, const TextStyle& style,
                        const Catalogue& catalogue, std::optional<History>& history,
                        Streams& streams) {
  if (history) {
    KeptDefinitions definitions(*history);
    const Result<Entries> found = collect_entries(*history, definitions, options.selection);
    if (!found) return report(streams, found.error());
    if (found->questionnaire != nullptr) {
      return show(options, *found->questionnaire, found->entries, style, streams);
    }
  }
  const auto loaded = catalogue.load(*options.selection.filter.questionnaire, {});
  if (!loaded) return report(streams, loaded.error());
  return show(options, loaded->questionnaire, {}, style, streams);
}

}  // namespace attune
