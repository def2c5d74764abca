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
    const Tries tries = tries_of(profile, step.id);
    steps.push_back({{"id", step.id},
                     {"title", step.title},
                     {"why", step.why},
                     {"try", step.try_this},
                     {"size", name_of(step.size)},
                     {"tried", tries.count},
                     {"last_tried", tries.last != nullptr ? Json(render_local_date(tries.last->at))
                                                          : Json(nullptr)}});
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
  ListedRecord listed;
  listed.id = record.id;
  listed.questionnaire = record.questionnaire;
  listed.version = record.version;
  listed.form = record.form;
  listed.about = record.about;
  listed.taken_at = record.taken_at;
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
