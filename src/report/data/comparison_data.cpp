// SPDX-License-Identifier: MIT
#include <string>
#include <utility>
#include <vector>

#include "attune/comparison.hpp"
#include "attune/date.hpp"
#include "attune/interpretation.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// --- two sittings -----------------------------------------------------------------------------

Json clear_region_json(const Questionnaire& questionnaire, const Scores& scores) {
  const auto reading = interpretation::region_of(questionnaire, scores);
  if (!reading || !interpretation::is_clear(*reading)) return nullptr;
  const Region& region = questionnaire.regions[reading->region];
  return {{"id", region.id}, {"name", region.name}};
}

Json person_json(const Questionnaire& questionnaire, const ComparedPerson& person) {
  Json scores = Json::object();
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    if (!scale.parent) scores[scale.id] = score_json(person.scores[i]);
  }
  return {{"name", person.name},
          {"version", person.version},
          {"sha256", person.sha256},
          {"form", person.form},
          {"about", or_null(person.about)},
          {"taken_on", person.taken_on},
          {"scores", std::move(scores)},
          {"region", clear_region_json(questionnaire, person.scores)}};
}

Json differences_json(const Comparison& comparison) {
  const auto& scales = comparison.questionnaire.scales;
  Json out = Json::object();
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (scales[i].parent) continue;
    const auto difference = difference_of(comparison, i);
    out[scales[i].id] = !difference ? Json(nullptr)
                                    : Json{{"difference", difference->difference},
                                           {"se", difference->se},
                                           {"low", difference->low},
                                           {"high", difference->high},
                                           {"differs", interpretation::differs(*difference)}};
  }
  return out;
}

Json who_is_one(interpretation::Roles roles) {
  if (roles == interpretation::Roles::either) return nullptr;
  return roles == interpretation::Roles::first_is_one ? "first" : "second";
}

Json pairing_json(const Comparison& comparison) {
  const auto reading = pairing_of(comparison);
  if (!reading) return nullptr;
  const auto& pairings = comparison.questionnaire.pairings;
  const Pairing& pairing = pairings[reading->pairing];
  const PairingSteps steps = steps_of(pairing, reading->roles);
  Json probabilities = Json::object();
  for (std::size_t i = 0; i < pairings.size(); ++i) {
    const bool is_fallback = pairings[i].one.empty();
    if (!is_fallback) probabilities[pairings[i].id] = reading->probabilities[i];
  }
  return {{"id", pairing.id},
          {"name", pairing.name},
          {"clear", reading->is_clear},
          {"one", who_is_one(reading->roles)},
          {"probabilities", std::move(probabilities)},
          {"text", pairing.text},
          {"steps",
           {{"first", or_null(steps.each.empty() ? steps.first : steps.each)},
            {"second", or_null(steps.each.empty() ? steps.second : steps.each)},
            {"other", or_null(steps.other)},
            {"both", or_null(steps.both)}}}};
}

// --- several relationships --------------------------------------------------------------------

Json spread_json(const Relationships& all, std::size_t scale) {
  const std::optional<trend::Spread> spread = spread_of(all, scale);
  if (!spread) return nullptr;
  return {{"mean", spread->mean},
          {"q", spread->q},
          {"degrees", spread->degrees},
          {"probability", spread->probability},
          {"tau", spread->tau},
          {"largest",
           {{"lowest", all.rows[spread->lowest].about},
            {"highest", all.rows[spread->highest].about},
            {"difference", spread->largest},
            {"se", spread->largest_se}}}};
}

Json relationship_json(const Relationships& all, const Relationship& row) {
  Json scores = Json::object();
  for (std::size_t i = 0; i < all.scales.size(); ++i) {
    scores[all.scales[i].id] = score_json(row.scores[i]);
  }
  return {{"about", row.about},
          {"id", row.id},
          {"taken_at", render_rfc3339(row.taken_at)},
          {"scores", std::move(scores)},
          {"region",
           row.region ? Json{{"id", row.region->id}, {"name", row.region->name}} : Json(nullptr)}};
}

}  // namespace

std::string comparison_json(const Comparison& comparison) {
  const Questionnaire& questionnaire = comparison.questionnaire;
  return json_line(
      {{"schema", "attune.comparison"},
       {"version", 1},
       {"questionnaire",
        {{"id", questionnaire.id},
         {"version", questionnaire.version},
         {"sha256", comparison.sha256},
         {"language", questionnaire.language},
         {"status", questionnaire.status}}},
       {"between", comparison.between == Between::two_people ? "two people" : "one person"},
       {"first", person_json(questionnaire, comparison.first)},
       {"second", person_json(questionnaire, comparison.second)},
       {"differences", differences_json(comparison)},
       {"pairing", pairing_json(comparison)}});
}

std::string relationships_json(const Relationships& relationships) {
  Json rows = Json::array();
  for (const Relationship& row : relationships.rows) {
    rows.push_back(relationship_json(relationships, row));
  }
  Json scales = Json::object();
  for (std::size_t i = 0; i < relationships.scales.size(); ++i) {
    scales[relationships.scales[i].id] = {{"spread", spread_json(relationships, i)}};
  }
  return json_line({{"schema", "attune.relationships"},
                    {"version", 1},
                    {"questionnaire", relationships.questionnaire},
                    {"relationships", std::move(rows)},
                    {"scales", std::move(scales)}});
}

std::string relationships_csv(const Relationships& relationships) {
  std::vector<std::string> header{"questionnaire", "about", "id", "taken_at"};
  for (const ComparedScale& scale : relationships.scales) {
    add_score_columns(header, scale.id, AnsweredColumn::yes);
  }
  header.emplace_back("region");
  std::string out = csv_line(header);
  for (const Relationship& row : relationships.rows) {
    std::vector<std::string> cells{csv_cell(relationships.questionnaire), csv_cell(row.about),
                                   csv_cell(row.id), csv_cell(render_rfc3339(row.taken_at))};
    for (const ScaleScore& score : row.scores) add_score_cells(cells, score, AnsweredColumn::yes);
    cells.push_back(row.region ? csv_cell(row.region->id) : "");
    out += csv_line(cells);
  }
  return out;
}

}  // namespace attune::report
