// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/comparison.hpp"
#include "attune/interpretation.hpp"
#include "attune/text.hpp"
#include "attune/trend.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"

namespace attune::app {
namespace {

// The newest check-in about one person.
struct Newest {
  Record record;
  const Questionnaire* questionnaire = nullptr;
  std::size_t form = 0;
  Scores scores;
};
using NewestByAbout = std::map<std::string, Newest>;

NewestByAbout newest_check_ins(ScoredHistory& history, const Selection& selection) {
  NewestByAbout newest;
  history.visit_check_ins(selection, [&](const CheckIn& check_in) {
    if (check_in.questionnaire == nullptr) return;
    const auto about = about_of(check_in.record, *check_in.questionnaire);
    Newest& own = newest[about.value_or("")];
    if (own.questionnaire != nullptr && is_earlier(check_in.record, own.record)) return;
    own = {check_in.record, check_in.questionnaire, check_in.form, check_in.scores};
  });
  if (newest.empty()) throw no_check_ins(&history, selection);
  return newest;
}

// The score of `scale` of the reference definition, where it was found by the same key.
ScaleScore comparable_score(const Newest& newest, const Newest& reference, std::size_t scale) {
  const std::string& id = reference.questionnaire->scales[scale].id;
  const auto own = find_scale(*newest.questionnaire, id);
  const bool is_alike =
      own && trend::scoring_key(*newest.questionnaire, newest.form, *own) ==
                 trend::scoring_key(*reference.questionnaire, reference.form, scale);
  if (is_alike) return newest.scores[*own];
  ScaleScore score;
  score.reason = "scored by another version's key";
  return score;
}

report::Relationship relationship_of(const std::string& about, const Newest& newest,
                                     const Newest& reference) {
  const Questionnaire& questionnaire = *reference.questionnaire;
  report::Relationship row;
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
  const auto reading = interpretation::region_of(*newest.questionnaire, newest.scores);
  if (reading && interpretation::is_clear(*reading)) {
    const Region& region = newest.questionnaire->regions[reading->region];
    row.region = {region.id, region.name};
  }
  return row;
}

// In the order of the questionnaire's abouts; those it does not know come last.
report::Relationships relationships_of(const NewestByAbout& newest) {
  const Newest& reference =
      std::max_element(newest.begin(), newest.end(), [](const auto& a, const auto& b) {
        return is_earlier(a.second.record, b.second.record);
      })->second;
  const Questionnaire& questionnaire = *reference.questionnaire;
  report::Relationships report;
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

ExitStatus run_relationships(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "closeness");
  Destination destination = destination_of(arguments, world, format_of(arguments, every_format));
  std::optional<ScoredHistory> history = open_to_read(world);
  if (!history) throw no_check_ins(nullptr, selection);
  const NewestByAbout newest = newest_check_ins(*history, selection);
  const Questionnaire& questionnaire = *newest.begin()->second.questionnaire;
  if (questionnaire.abouts.empty() || questionnaire.scales.empty()) {
    throw usage_error("relationships",
                      fmt::format("'{}' is not scored about people", escape(questionnaire.id)),
                      "closeness and growth are");
  }
  const report::Relationships compared = relationships_of(newest);
  return write_result(world.streams, destination,
                      {[&] { return report::relationships_json(compared); },
                       [&] { return report::relationships_csv(compared); },
                       [&] { return report::relationships_document(compared); },
                       {questionnaire.language}});
}

}  // namespace

const Command relationships_row{
    "relationships",
    "your relationships side by side",
    "Shows the newest check-in about each person side by side: scores with their errors, region, "
    "and how far apart your relationships lie beyond what the error of single sittings explains.",
    {"NAME", 0, 1},
    {since_option, until_option, every_format_option, width_option},
    {{"attune relationships", "The newest check-in about each person, side by side."},
     {"attune relationships --format json | jq .scales", "How far apart they lie, for a script."}},
    run_relationships};

}  // namespace attune::app
