// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/comparison.hpp"
#include "attune/interpretation.hpp"
#include "attune/series.hpp"
#include "attune/text.hpp"

#include "app/commands/series.hpp"
#include "app/commands/trend.hpp"
#include "app/document_output.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

// The newest check-in about one person.
struct Newest {
  Record record;
  const Questionnaire* questionnaire = nullptr;
  std::size_t form = 0;
  Scores scores;
};
using NewestByAbout = std::map<std::string, Newest>;

Result<NewestByAbout> newest_check_ins(History& history, KeptDefinitions& definitions,
                                       const Selection& selection) {
  NewestByAbout newest;
  const auto see = [&](const CheckIn& check_in) {
    if (check_in.questionnaire == nullptr) return;
    const auto about = about_of(check_in.record, *check_in.questionnaire);
    Newest& own = newest[about.value_or("")];
    if (own.questionnaire != nullptr && is_earlier(check_in.record, own.record)) return;
    own = {check_in.record, check_in.questionnaire, check_in.form, check_in.scores};
  };
  const Result<void> visited = visit_check_ins(history, definitions, selection, see);
  if (!visited) return visited.error();
  if (newest.empty()) return no_check_ins(&history, selection);
  return newest;
}

std::optional<NamedRegion> named_region(const Newest& newest) {
  const auto reading = region_of(*newest.questionnaire, newest.scores);
  if (!reading || !is_clear(*reading)) return {};
  const Region& region = newest.questionnaire->regions[reading->region];
  return NamedRegion{region.id, region.name};
}

// The score of `scale` of the reference definition, where it was found by the same key.
ScaleScore comparable_score(const Newest& newest, const Newest& reference, std::size_t scale) {
  const std::string& id = reference.questionnaire->scales[scale].id;
  const auto own = find_scale(*newest.questionnaire, id);
  const bool is_alike = own && scoring_key(*newest.questionnaire, newest.form, *own) ==
                                   scoring_key(*reference.questionnaire, reference.form, scale);
  if (is_alike) return newest.scores[*own];
  ScaleScore score;
  score.reason = "scored by another version's key";
  return score;
}

Relationship relationship_of(const std::string& about, const Newest& newest,
                             const Newest& reference) {
  const Questionnaire& questionnaire = *reference.questionnaire;
  Relationship row;
  row.about = about;
  if (const auto index = find_about(questionnaire, about)) {
    row.phrase = questionnaire.abouts[*index].phrase;
  }
  row.id = newest.record.id;
  row.taken_at = newest.record.taken_at;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    if (questionnaire.scales[i].parent) continue;
    row.scores.push_back(comparable_score(newest, reference, i));
  }
  row.region = named_region(newest);
  return row;
}

// In the order of the questionnaire's abouts; those it does not know come last.
Relationships relationships_of(const NewestByAbout& newest) {
  const Newest& reference =
      std::max_element(newest.begin(), newest.end(), [](const auto& a, const auto& b) {
        return is_earlier(a.second.record, b.second.record);
      })->second;
  const Questionnaire& questionnaire = *reference.questionnaire;
  Relationships report;
  report.questionnaire = questionnaire.id;
  report.title = questionnaire.title;
  report.status = questionnaire.status;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    if (scale.parent) continue;
    const ScoreRange range = score_range(questionnaire, i, reference.scores[i].items);
    report.scales.push_back({scale.id, scale.name, scale.low, scale.high, range});
  }
  for (const About& about : questionnaire.abouts) {
    const auto found = newest.find(about.id);
    if (found == newest.end()) {
      report.others.push_back(about);
    } else {
      report.rows.push_back(relationship_of(about.id, found->second, reference));
    }
  }
  for (const auto& [about, own] : newest) {
    if (!find_about(questionnaire, about)) {
      report.rows.push_back(relationship_of(about, own, reference));
    }
  }
  return report;
}

}  // namespace

ExitStatus show_relationships(const RelationshipsOptions& options, const TextStyle& style,
                              std::optional<History>& history, Streams& streams) {
  if (!history) return report(streams, no_check_ins(nullptr, options.selection));
  KeptDefinitions definitions(*history);
  const Result<NewestByAbout> newest = newest_check_ins(*history, definitions, options.selection);
  if (!newest) return report(streams, newest.error());
  const Questionnaire& questionnaire = *newest->begin()->second.questionnaire;
  if (questionnaire.abouts.empty() || questionnaire.scales.empty()) {
    return report(streams,
                  Error{ErrorKind::usage,
                        fmt::format("'{}' is not scored about people", escape(questionnaire.id)),
                        "relationships",
                        {"closeness and growth are"}});
  }
  const Relationships compared = relationships_of(*newest);
  switch (options.format) {
    case Format::json:
      streams.out.write(relationships_json(compared));
      break;
    case Format::csv:
      streams.out.write(relationships_csv(compared));
      break;
    default:
      streams.out.write(render_document(relationships_document(compared), options.format, style,
                                        {questionnaire.language}));
  }
  return ExitStatus::done;
}

}  // namespace attune
