// SPDX-License-Identifier: MIT
#include "app/commands/moments.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/commands/about.hpp"
#include "app/document_output.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

const Record* newest_of(const std::vector<Record>& records) {
  const auto newest = std::max_element(records.begin(), records.end(), is_earlier);
  return newest == records.end() ? nullptr : &*newest;
}

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
    default:
      return render_document(moments_document(questionnaire, entries, options), format, style,
                             {questionnaire.language});
  }
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

std::vector<Entry> entries_of(const std::vector<Record>& records,
                              const Questionnaire& questionnaire,
                              const std::optional<std::string>& about) {
  std::vector<Entry> entries;
  for (const Record& record : records) {
    if (about && about_of(record, questionnaire) != about) continue;
    entries.push_back({record.taken_at, responses_of(record, questionnaire)});
  }
  return entries;
}

ExitStatus show_moments(const SummaryOptions& options, const TextStyle& style,
                        const Catalogue& catalogue, std::optional<History>& history,
                        Streams& streams) {
  if (history) {
    const Result<std::vector<Record>> records =
        attempt([&] { return history->records(options.selection.filter); });
    if (!records) return report(streams, records.error());
    const Record* newest = newest_of(*records);
    KeptDefinitions definitions(*history);
    const Result<const Questionnaire*> questionnaire =
        newest == nullptr ? nullptr : definitions.find(newest->scored_with);
    if (!questionnaire) return report(streams, questionnaire.error());
    if (*questionnaire != nullptr) {
      return show(options, **questionnaire,
                  entries_of(*records, **questionnaire, options.selection.about), style, streams);
    }
  }
  const auto loaded = try_load(catalogue, *options.selection.filter.questionnaire, {});
  if (!loaded) return report(streams, loaded.error());
  return show(options, loaded->questionnaire, {}, style, streams);
}

}  // namespace attune
