// SPDX-License-Identifier: MIT
#include <string>

#include "attune/date.hpp"
#include "attune/interpretation.hpp"
#include "attune/lists.hpp"
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
  const auto band = estimate ? interpretation::band_of(scale, estimate->score) : std::nullopt;
  out["band"] = band ? Json(scale.bands[*band].id) : Json(nullptr);
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
  out["contributions"] =
      array_of(scoring::contributions(questionnaire, profile.form, profile.responses, index),
               [&](const scoring::Contribution& part) -> Json {
                 return {{"item", questionnaire.items[part.item].id},
                         {"raw", part.raw},
                         {"keyed", part.keyed},
                         {"pull", part.pull},
                         {"one_step", part.one_step}};
               });
  return out;
}

// The chosen steps with how often and when each was tried.
Json steps_json(const Profile& profile) {
  return array_of(profile.interpretation.next_steps, [&](std::size_t index) -> Json {
    const NextStep& step = profile.questionnaire.next_steps[index];
    const auto tries = tries_of(profile, step.id);
    return {{"id", step.id},
            {"title", step.title},
            {"why", addressed(profile.questionnaire, step.why, about_of(profile))},
            {"try", addressed(profile.questionnaire, step.try_this, about_of(profile))},
            {"size", name_of(step.size)},
            {"tried", tries.size()},
            {"last_tried", or_null(tries.empty() ? "" : render_local_date(tries.back()->at))}};
  });
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
             {"status", questionnaire.status}}},
           {"id", or_null(record.id)},
           {"taken_at", render_rfc3339(record.taken_at)},
           {"about", or_null(record.about)}};
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
  out["sentences"] = array_of(profile.interpretation.sentences, [&](std::size_t index) -> Json {
    const Sentence& sentence = questionnaire.sentences[index];
    return {{"id", sentence.id},
            {"under", questionnaire.scales[sentence.under].id},
            {"text", addressed(questionnaire, sentence.text, about_of(profile))}};
  });
  out["notes"] = array_of(profile.interpretation.care_notes, [](const auto& note) -> Json {
    return {{"id", note.id}, {"text", note.text}};
  });
  out["next_steps"] = steps_json(profile);
  return json_line(out);
}

std::string profile_csv(const Profile& profile) {
  return record_list_csv(
      {{profile.record, &profile.questionnaire, profile.scores, profile.derived}});
}

std::string next_json(const Profile& profile) {
  const Record& record = profile.record;
  const auto tried_json = [](const TriedStep& each) -> Json {
    return {{"step", each.step},
            {"at", render_rfc3339(each.at)},
            {"about", or_null(each.about)},
            {"note", each.note}};
  };
  return json_line(
      {{"schema", "attune.next"},
       {"version", 1},
       {"questionnaire",
        {{"id", profile.questionnaire.id}, {"version", profile.questionnaire.version}}},
       {"id", or_null(record.id)},
       {"taken_at", render_rfc3339(record.taken_at)},
       {"about", or_null(record.about)},
       {"next_steps", steps_json(profile)},
       {"tried", array_of(profile.tried, tried_json)}});
}

}  // namespace attune::report
