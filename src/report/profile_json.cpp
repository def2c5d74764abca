// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <string>

#include "attune/date.hpp"
#include "attune/profile.hpp"
#include "attune/scoring.hpp"

#include "report/score_json.hpp"
#include "report/steps.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

Json questionnaire_json(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Record& record = profile.record;
  return {{"id", questionnaire.id},      {"version", questionnaire.version},
          {"sha256", record.sha256},     {"form", record.form},
          {"language", record.language}, {"status", questionnaire.status}};
}

std::string_view name_of_method(ErrorMethod method) {
  return method == ErrorMethod::conditional ? "conditional" : "classical";
}

Json contributions_json(const Profile& profile, std::size_t scale) {
  Json parts = Json::array();
  for (const Contribution& part :
       contributions(profile.questionnaire, profile.form, profile.responses, scale)) {
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
  for (const NormReading& reading :
       norm_readings(profile.questionnaire, scale, profile.scores[scale])) {
    const Norm& norm = profile.questionnaire.scales[scale].norms[reading.norm];
    norms.push_back({{"sample", norm.sample},
                     {"n", norm.n},
                     {"percentile", reading.position.percentile},
                     {"method", name_of(reading.position.method)}});
  }
  return norms;
}

// The same keys in the same order whether or not the scale is scored, so that a reader needs no
// cases: what there is no value for is null.
Json score_json(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const ScaleScore& score = profile.scores[scale];
  const auto& estimate = score.estimate;
  Json out;
  detail::add_estimate(out, estimate);
  out["answered"] = score.answered;
  out["items"] = score.items;
  const auto& band = profile.interpretation.bands[scale];
  out["band"] = estimate && band ? Json(definition.bands[*band].id) : Json(nullptr);
  if (Json norms = norms_json(profile, scale); !norms.empty()) out["norms"] = std::move(norms);
  if (definition.parent) out["parent"] = profile.questionnaire.scales[*definition.parent].id;
  if (!estimate) out["reason"] = score.reason;
  out["error"] = estimate ? Json(name_of_method(estimate->method)) : Json(nullptr);
  return out;
}

Json scores_json(const Profile& profile, Explain explain) {
  Json out = Json::object();
  for (std::size_t i = 0; i < profile.questionnaire.scales.size(); ++i) {
    Json score = score_json(profile, i);
    if (explain == Explain::yes) score["contributions"] = contributions_json(profile, i);
    out[profile.questionnaire.scales[i].id] = std::move(score);
  }
  return out;
}

Json derived_json(const Profile& profile) {
  Json out = Json::object();
  for (std::size_t i = 0; i < profile.questionnaire.derived.size(); ++i) {
    const ScaleScore& score = profile.derived[i];
    Json& derived = out[profile.questionnaire.derived[i].id];
    detail::add_estimate(derived, score.estimate);
    if (!score.estimate) derived["reason"] = score.reason;
  }
  return out;
}

Json region_json(const Profile& profile) {
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

Json notes_json(const Profile& profile) {
  Json notes = Json::array();
  for (const CareNote& note : profile.interpretation.care_notes) {
    notes.push_back({{"id", note.id}, {"text", note.text}});
  }
  return notes;
}

}  // namespace

std::string profile_json(const Profile& profile, const ProfileOptions& options) {
  const Record& record = profile.record;
  Json out;
  out["schema"] = "attune.profile";
  out["version"] = 1;
  out["questionnaire"] = questionnaire_json(profile);
  out["id"] = record.id.empty() ? Json(nullptr) : Json(record.id);
  out["taken_at"] = render_rfc3339(record.taken_at);
  out["about"] = record.about ? Json(*record.about) : Json(nullptr);
  out["scores"] = scores_json(profile, options.explain);
  if (!profile.questionnaire.derived.empty()) out["derived"] = derived_json(profile);
  out["region"] = region_json(profile);
  out["notes"] = notes_json(profile);
  out["next_steps"] = detail::steps_json(profile);
  // Foreign bytes that are not UTF-8 must not end the program: they become U+FFFD.
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace attune
