// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "attune/date.hpp"
#include "attune/lists.hpp"
#include "attune/profile.hpp"
#include "attune/scoring.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

Json contributions_json(const Profile& profile, std::size_t scale) {
  Json parts = Json::array();
  for (const scoring::Contribution& part :
       scoring::contributions(profile.questionnaire, profile.form, profile.responses, scale)) {
    parts.push_back({{"item", profile.questionnaire.items[part.item].id},
                     {"raw", part.raw},
                     {"keyed", part.keyed},
                     {"pull", part.pull},
                     {"one_step", part.one_step}});
  }
  return parts;
}

Json norms_json(const Profile& profile, std::size_t scale) {
  Json norms = Json::array();
  for (const scoring::NormReading& reading :
       scoring::norm_readings(profile.questionnaire, scale, profile.scores[scale])) {
    const Norm& norm = profile.questionnaire.scales[scale].norms[reading.norm];
    norms.push_back({{"sample", norm.sample},
                     {"n", norm.n},
                     {"percentile", reading.position.percentile},
                     {"method", scoring::name_of(reading.position.method)}});
  }
  return norms;
}

// The same keys in the same order whether or not the scale is scored.
Json profile_score_json(const Profile& profile, std::size_t index) {
  const Scale& scale = profile.questionnaire.scales[index];
  const ScaleScore& score = profile.scores[index];
  const auto& estimate = score.estimate;
  Json out;
  add_estimate(out, estimate);
  out["answered"] = score.answered;
  out["items"] = score.items;
  const auto& band = profile.interpretation.bands[index];
  out["band"] = estimate && band ? Json(scale.bands[*band].id) : Json(nullptr);
  if (Json norms = norms_json(profile, index); !norms.empty()) out["norms"] = std::move(norms);
  if (scale.parent) out["parent"] = profile.questionnaire.scales[*scale.parent].id;
  if (!estimate) out["reason"] = score.reason;
  out["error"] = nullptr;
  if (estimate) {
    out["error"] = estimate->method == ErrorMethod::conditional ? "conditional" : "classical";
  }
  return out;
}

Json derived_scores_json(const Profile& profile) {
  Json out = Json::object();
  for (std::size_t i = 0; i < profile.questionnaire.derived.size(); ++i) {
    const ScaleScore& score = profile.derived[i];
    Json& derived = out[profile.questionnaire.derived[i].id];
    add_estimate(derived, score.estimate);
    if (!score.estimate) derived["reason"] = score.reason;
  }
  return out;
}

Json region_reading_json(const Profile& profile) {
  const auto& reading = profile.interpretation.region;
  if (!reading) return nullptr;
  const auto& regions = profile.questionnaire.regions;
  Json probabilities = Json::object();
  for (std::size_t i = 0; i < regions.size(); ++i) {
    probabilities[regions[i].id] = reading->probabilities[i];
  }
  return {{"id", regions[reading->region].id},
          {"name", regions[reading->region].name},
          {"near_border", reading->near_border},
          {"probabilities", std::move(probabilities)}};
}

// The chosen steps with how often and when each was tried.
Json steps_json(const Profile& profile) {
  Json steps = Json::array();
  for (const std::size_t index : profile.interpretation.next_steps) {
    const NextStep& step = profile.questionnaire.next_steps[index];
    const Tries tries = tries_of(profile, step.id);
    Json last = nullptr;
    if (tries.last != nullptr) last = render_local_date(tries.last->at);
    steps.push_back({{"id", step.id},
                     {"title", step.title},
                     {"why", step.why},
                     {"try", step.try_this},
                     {"size", std::string(name_of(step.size))},
                     {"tried", tries.count},
                     {"last_tried", std::move(last)}});
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
    Json& score = scores[questionnaire.scales[i].id] = profile_score_json(profile, i);
    if (options.explain == Explain::yes) score["contributions"] = contributions_json(profile, i);
  }
  if (!questionnaire.derived.empty()) out["derived"] = derived_scores_json(profile);
  out["region"] = region_reading_json(profile);
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
  ListedRecord listed{record.id,
                      record.questionnaire,
                      record.version,
                      record.form,
                      record.about,
                      record.taken_at,
                      {},
                      {},
                      {},
                      {},
                      {}};
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    listed.scores.push_back({questionnaire.scales[i].id, {}, false, profile.scores[i]});
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    listed.derived.push_back({questionnaire.derived[i].id, {}, false, profile.derived[i]});
  }
  if (const auto& reading = profile.interpretation.region) {
    listed.region = questionnaire.regions[reading->region].id;
  }
  return record_list_csv({std::move(listed)});
}

std::string next_json(const Profile& profile) {
  Json tried = Json::array();
  for (const TriedStep& each : profile.tried) {
    tried.push_back({{"step", each.step}, {"at", render_rfc3339(each.at)}, {"note", each.note}});
  }
  Json out{{"schema", "attune.next"},
           {"version", 1},
           {"questionnaire",
            {{"id", profile.questionnaire.id}, {"version", profile.questionnaire.version}}}};
  add_record(out, profile.record);
  out["next_steps"] = steps_json(profile);
  out["tried"] = std::move(tried);
  return json_line(out);
}

}  // namespace attune::report
