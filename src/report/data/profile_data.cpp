// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "attune/date.hpp"
#include "attune/report.hpp"
#include "attune/scoring.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// The same keys in the same order whether or not the scale is scored.
Json profile_score_json(const Profile& profile, std::size_t index, Explain explain) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Scale& scale = questionnaire.scales[index];
  const ScaleScore& score = profile.scores[index];
  const auto& estimate = score.estimate;
  Json out;
  add_estimate(out, estimate);
  out["answered"] = score.answered;
  out["items"] = score.items;
  const auto& band = profile.interpretation.bands[index];
  out["band"] = estimate && band ? Json(scale.bands[*band].id) : Json(nullptr);
  for (const auto& [norm, position] : scoring::norm_readings(questionnaire, index, score)) {
    out["norms"].push_back({{"sample", scale.norms[norm].sample},
                            {"n", scale.norms[norm].n},
                            {"percentile", position.percentile},
                            {"method", scoring::name_of(position.method)}});
  }
  if (scale.parent) out["parent"] = questionnaire.scales[*scale.parent].id;
  if (!estimate) out["reason"] = score.reason;
  out["error"] = nullptr;
  if (estimate) {
    out["error"] = estimate->method == ErrorMethod::conditional ? "conditional" : "classical";
  }
  if (explain == Explain::no) return out;
  Json& parts = out["contributions"] = Json::array();
  for (const scoring::Contribution& part :
       scoring::contributions(questionnaire, profile.form, profile.responses, index)) {
    parts.push_back({{"item", questionnaire.items[part.item].id},
                     {"raw", part.raw},
                     {"keyed", part.keyed},
                     {"pull", part.pull},
                     {"one_step", part.one_step}});
  }
  return out;
}

// The chosen steps with how often and when each was tried.
Json steps_json(const Profile& profile) {
  Json steps = Json::array();
  for (const std::size_t index : profile.interpretation.next_steps) {
    const NextStep& step = profile.questionnaire.next_steps[index];
    const auto tries = tries_of(profile, step.id);
    steps.push_back({{"id", step.id},
                     {"title", step.title},
                     {"why", step.why},
                     {"try", step.try_this},
                     {"size", name_of(step.size)},
                     {"tried", tries.size()},
                     {"last_tried",
                      tries.empty() ? Json(nullptr) : Json(render_local_date(tries.back()->at))}});
  }
  return steps;
}

void add_record(Json& out, const Record& record) {
  out["id"] = or_null(record.id);
  out["taken_at"] = render_rfc3339(record.taken_at);
  out["about"] = or_null(record.about);
}

}  // namespace

std::string profile_json(const Profile& profile, const ProfileOptions& options) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Record& record = profile.record;
  Json out{{"schema", "attune.profile"},
           {"version", 1},
           {"questionnaire",
            {{"id", questionnaire.id},
             {"version", questionnaire.version},
             {"sha256", record.sha256},
             {"form", record.form},
             {"language", record.language},
             {"status", questionnaire.status}}}};
  add_record(out, record);
  Json& scores = out["scores"] = Json::object();
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    scores[questionnaire.scales[i].id] = profile_score_json(profile, i, options.explain);
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    const ScaleScore& score = profile.derived[i];
    Json& derived = out["derived"][questionnaire.derived[i].id];
    add_estimate(derived, score.estimate);
    if (!score.estimate) derived["reason"] = score.reason;
  }
  Json& region = out["region"] = nullptr;
  if (const auto& reading = profile.interpretation.region) {
    const auto& regions = questionnaire.regions;
    region = {{"id", regions[reading->region].id},
              {"name", regions[reading->region].name},
              {"near_border", reading->near_border},
              {"probabilities", Json::object()}};
    for (std::size_t i = 0; i < regions.size(); ++i) {
      region["probabilities"][regions[i].id] = reading->probabilities[i];
    }
  }
  Json& notes = out["notes"] = Json::array();
  for (const interpretation::CareNote& note : profile.interpretation.care_notes) {
    notes.push_back({{"id", note.id}, {"text", note.text}});
  }
  out["next_steps"] = steps_json(profile);
  return json_line(out);
}

std::string profile_csv(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Record& record = profile.record;
  std::vector<Json> header{"id", "questionnaire", "version", "form", "about", "taken_at"};
  std::vector<Json> row{record.id,   record.questionnaire,  record.version,
                        record.form, or_null(record.about), render_rfc3339(record.taken_at)};
  const auto add = [&](const std::string& id, const ScaleScore& score, AnsweredColumn answered) {
    add_score_columns(header, id, answered);
    add_score_values(row, score, answered);
  };
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    add(questionnaire.scales[i].id, profile.scores[i], AnsweredColumn::yes);
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    add(questionnaire.derived[i].id, profile.derived[i], AnsweredColumn::no);
  }
  const auto& region = profile.interpretation.region;
  header.emplace_back("region");
  row.push_back(region ? Json(questionnaire.regions[region->region].id) : Json(nullptr));
  return csv_row(header) + csv_row(row);
}

std::string next_json(const Profile& profile) {
  Json out{{"schema", "attune.next"},
           {"version", 1},
           {"questionnaire",
            {{"id", profile.questionnaire.id}, {"version", profile.questionnaire.version}}}};
  add_record(out, profile.record);
  out["next_steps"] = steps_json(profile);
  Json& tried = out["tried"] = Json::array();
  for (const TriedStep& each : profile.tried) {
    tried.push_back({{"step", each.step}, {"at", render_rfc3339(each.at)}, {"note", each.note}});
  }
  return json_line(out);
}

}  // namespace attune::report
