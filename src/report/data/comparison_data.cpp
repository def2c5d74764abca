// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// Adds the main scores and the area of the plane, null where none is clear.
void add_position(Json& out, const Questionnaire& questionnaire, const Scores& scores) {
  out["scores"] = Json::object();
  for (const std::size_t scale : main_scales(questionnaire)) {
    out["scores"][questionnaire.scales[scale].id] = score_json(scores[scale]);
  }
  Json& area = out["region"] = nullptr;
  const auto reading = interpretation::region_of(questionnaire, scores);
  if (const Region* region = clear_region(questionnaire, reading)) {
    area = {{"id", region->id}, {"name", region->name}};
  }
}

Json person_json(const Questionnaire& questionnaire, const ComparedPerson& person) {
  const SharedScores& sitting = person.sitting;
  Json out{
      {"name", person.name},  {"version", sitting.version},      {"sha256", sitting.sha256},
      {"form", sitting.form}, {"about", or_null(sitting.about)}, {"taken_on", sitting.taken_on}};
  add_position(out, questionnaire, person.scores);
  return out;
}

Json pairing_json(const Comparison& comparison) {
  const auto reading = interpretation::pairing_of(comparison.questionnaire, comparison.first.scores,
                                                  comparison.second.scores);
  if (!reading) return nullptr;
  const auto& pairings = comparison.questionnaire.pairings;
  const Pairing& pairing = pairings[reading->pairing];
  const bool is_either = reading->roles == interpretation::Roles::either;
  const bool is_second = reading->roles == interpretation::Roles::second_is_one;
  const bool is_first = !is_either && !is_second;
  Json out{{"id", pairing.id},
           {"name", pairing.name},
           {"clear", reading->is_clear},
           {"one", is_either ? Json(nullptr) : Json(is_first ? "first" : "second")},
           {"probabilities", Json::object()},
           {"text", pairing.text},
           {"steps",
            {{"first", or_null(is_second ? pairing.for_other : pairing.for_one)},
             {"second", or_null(is_first ? pairing.for_other : pairing.for_one)},
             {"other", or_null(is_either ? pairing.for_other : "")},
             {"both", or_null(pairing.for_both)}}}};
  for (std::size_t i = 0; i < pairings.size(); ++i) {
    const bool is_fallback = pairings[i].one.empty();
    if (!is_fallback) out["probabilities"][pairings[i].id] = reading->probabilities[i];
  }
  return out;
}

// --- scores without answers: a file that is written and read back ------------------------------

constexpr int most_levels = 16;
constexpr std::size_t most_scales = 100;
constexpr std::size_t most_items = 500;

// Scores are written with all their digits, so only rounding in the last one is forgiven.
constexpr double rounding = 1e-9;

const char* const how_to_share =
    "attune history show ID --format json --scores-only writes scores without answers";

[[noreturn]] void refuse(std::string message, std::vector<std::string> advice = {},
                         ErrorKind kind = ErrorKind::bad_data) {
  throw Error{kind, std::move(message), {}, std::move(advice)};
}

std::string schema_of(const Json& json) {
  const auto found = json.is_object() ? json.find("schema") : json.end();
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json json_of_file(std::string_view text) {
  if (text.starts_with(R"({"schema":"attune.record")") ||
      text.starts_with(R"({"schema":"attune.tried")")) {
    refuse("is an export of a history and is not read here", {how_to_share});
  }
  try {
    return parse_json(text, most_levels);
  } catch (Error& error) {
    error.advice = {how_to_share};
    throw;
  }
}

ScaleScore score_at(const JsonPlace& place) {
  ScaleScore score;
  score.items = place["items"].count(most_items);
  score.answered = place["answered"].count(score.items);
  if (place["score"].json().is_null()) {
    score.reason = place["reason"].text();
    return score;
  }
  const Estimate estimate{place["score"].number(), place["se"].number(), place["low"].number(),
                          place["high"].number()};
  if (estimate.se < 0) place["se"].refuse_as("0 or more");
  if (estimate.low > estimate.score) place["low"].refuse_as("at most the score");
  if (estimate.high < estimate.score) place["high"].refuse_as("at least the score");
  if (score.answered == 0) place["answered"].refuse_as("1 or more, as there is a score");
  score.estimate = estimate;
  return score;
}

// The main scales; a facet names its parent.
std::vector<SharedScale> scales_at(const JsonPlace& place) {
  if (!place.json().is_object()) place.refuse_as("an object");
  if (place.json().size() > most_scales) refuse("'scores' has more than 100 scales");
  std::vector<SharedScale> scales;
  for (const auto& [id, value] : place.json().items()) {
    const JsonPlace scale = place[id];
    if (!is_id(id)) scale.refuse_as("a scale: its name is not an id");
    if (!value.is_object()) scale.refuse_as("an object");
    if (!value.contains("parent")) scales.push_back({id, score_at(scale)});
  }
  if (scales.empty()) refuse("'scores' is empty: this questionnaire has nothing to compare");
  return scales;
}

std::string day_at(const JsonPlace& root, std::string_view schema) {
  if (schema == "attune.profile") {
    return render_local_date(root["taken_at"].instant());
  }
  const JsonPlace place = root["taken_on"];
  std::string day = place.text();
  if (!parse_date(day)) place.refuse_as("a day");
  return day;
}

}  // namespace

std::string comparison_json(const Comparison& comparison) {
  const Questionnaire& questionnaire = comparison.questionnaire;
  Json differences = Json::object();
  for (const std::size_t scale : main_scales(questionnaire)) {
    Json& json = differences[questionnaire.scales[scale].id] = nullptr;
    if (const auto difference = difference_of(comparison, scale)) {
      json = {{"difference", difference->change},
              {"se", difference->se},
              {"low", difference->low},
              {"high", difference->high},
              {"differs", difference->verdict != trend::Verdict::no_change}};
    }
  }
  return json_line({{"schema", "attune.comparison"},
                    {"version", 1},
                    {"questionnaire",
                     {{"id", questionnaire.id},
                      {"version", questionnaire.version},
                      {"sha256", comparison.sha256},
                      {"language", questionnaire.language},
                      {"status", questionnaire.status}}},
                    {"first", person_json(questionnaire, comparison.first)},
                    {"second", person_json(questionnaire, comparison.second)},
                    {"differences", std::move(differences)},
                    {"pairing", pairing_json(comparison)}});
}

std::string relationships_json(const Relationships& relationships) {
  const Questionnaire& questionnaire = relationships.questionnaire;
  const auto row_json = [&](const Relationship& row) {
    Json out{{"about", row.about}, {"id", row.id}, {"taken_at", render_rfc3339(row.taken_at)}};
    add_position(out, questionnaire, row.scores);
    return out;
  };
  Json out{{"schema", "attune.relationships"},
           {"version", 1},
           {"questionnaire", questionnaire.id},
           {"relationships", array_of(relationships.rows, row_json)},
           {"scales", Json::object()}};
  for (const std::size_t scale : main_scales(questionnaire)) {
    Json& spread = out["scales"][questionnaire.scales[scale].id]["spread"] = nullptr;
    if (const auto found = spread_of(relationships, scale)) {
      spread = {{"mean", found->mean},
                {"q", found->q},
                {"degrees", found->degrees},
                {"probability", found->probability},
                {"largest",
                 {{"lowest", relationships.rows[found->lowest].about},
                  {"highest", relationships.rows[found->highest].about},
                  {"difference", found->largest},
                  {"se", found->largest_se}}}};
    }
  }
  return json_line(out);
}

SharedScores parse_shared_scores(std::string_view text) {
  if (text.size() > max_shared_bytes) refuse("is larger than 1 MiB");
  if (invalid_utf8(text)) refuse("is not UTF-8");
  const Json json = json_of_file(text);
  const std::string schema = schema_of(json);
  if (schema != "attune.scores" && schema != "attune.profile") {
    refuse("has no scores of attune: its 'schema' is neither attune.scores nor attune.profile",
           {how_to_share});
  }
  const JsonPlace root(json);
  const double version = root["version"].number();
  if (version > 1) refuse("was written by a newer attune", {}, ErrorKind::configuration);
  if (version != 1) root["version"].refuse_as("1");
  const JsonPlace questionnaire = root["questionnaire"];
  SharedScores shared;
  shared.questionnaire = questionnaire["id"].id();
  // The catalogue would take such a name for that of a file.
  if (shared.questionnaire.ends_with(".toml")) {
    questionnaire["id"].refuse_as("that of a questionnaire");
  }
  shared.version = questionnaire["version"].text();
  shared.sha256 = questionnaire["sha256"].sha256();
  shared.form = questionnaire["form"].id();
  shared.language = questionnaire["language"].text();
  shared.status = questionnaire["status"].text();
  shared.taken_on = day_at(root, schema);
  if (const JsonPlace about = root["about"]; !about.json().is_null()) shared.about = about.id();
  shared.scales = scales_at(root["scores"]);
  return shared;
}

SharedScores shared_scores(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Record& record = profile.record;
  SharedScores shared{questionnaire.id,
                      questionnaire.version,
                      record.scored_with.empty() ? record.sha256 : record.scored_with,
                      record.form,
                      record.language,
                      questionnaire.status,
                      render_local_date(record.taken_at),
                      record.about,
                      {}};
  for (const std::size_t scale : main_scales(questionnaire)) {
    shared.scales.push_back({questionnaire.scales[scale].id, profile.scores[scale]});
  }
  return shared;
}

std::string shared_scores_json(const SharedScores& scores) {
  Json out{{"schema", "attune.scores"},
           {"version", 1},
           {"questionnaire",
            {{"id", scores.questionnaire},
             {"version", scores.version},
             {"sha256", scores.sha256},
             {"form", scores.form},
             {"language", scores.language},
             {"status", scores.status}}},
           {"taken_on", scores.taken_on},
           {"about", nullptr},
           {"scores", Json::object()}};
  if (scores.about) out["about"] = kind_of_about(*scores.about);  // a label is for nobody else
  for (const SharedScale& scale : scores.scales) out["scores"][scale.id] = score_json(scale.score);
  return json_line(out);
}

Scores scores_for(const Questionnaire& questionnaire, const SharedScores& shared) {
  Scores scores(questionnaire.scales.size());
  for (ScaleScore& score : scores) score.reason = "it is not among the scores of this file";
  for (const auto& [id, score] : shared.scales) {
    const auto index = find_scale(questionnaire, id);
    if (!index || questionnaire.scales[*index].parent) continue;
    const ScoreRange range = score_range(questionnaire, *index, score.items);
    if (score.estimate && (score.estimate->low < range.min - rounding ||
                           score.estimate->high > range.max + rounding)) {
      refuse(fmt::format("'scores.{}' lies outside of its range, {} to {}", id,
                         render_decimal(range.min), render_decimal(range.max)));
    }
    scores[*index] = score;
  }
  return scores;
}

}  // namespace attune::report
