// SPDX-License-Identifier: MIT
#include "attune/shared_scores.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "attune/date.hpp"
#include "attune/decimal.hpp"

#include "report/score_json.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

// Scores are written with all their digits, so only rounding in the last one is forgiven.
constexpr double rounding = 1e-9;

std::optional<Error> check_range(const SharedScale& scale, ScoreRange range) {
  const Estimate& estimate = *scale.score.estimate;
  const bool fits = estimate.low >= range.min - rounding && estimate.high <= range.max + rounding;
  if (fits) return {};
  return Error{ErrorKind::bad_data,
               fmt::format("'scores.{}' lies outside of its range, {} to {}", scale.id,
                           render_decimal(range.min), render_decimal(range.max)),
               {},
               {}};
}

}  // namespace

SharedScores shared_scores(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Record& record = profile.record;
  SharedScores shared;
  shared.questionnaire = questionnaire.id;
  shared.version = questionnaire.version;
  shared.sha256 = record.sha256;
  shared.form = record.form;
  shared.language = record.language;
  shared.status = questionnaire.status;
  shared.taken_on = render_local_date(record.taken_at);
  shared.about = record.about;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    if (!scale.parent) shared.scales.push_back({scale.id, profile.scores[i]});
  }
  return shared;
}

std::string shared_scores_json(const SharedScores& scores) {
  Json out;
  out["schema"] = "attune.scores";
  out["version"] = 1;
  out["questionnaire"] = {{"id", scores.questionnaire},  {"version", scores.version},
                          {"sha256", scores.sha256},     {"form", scores.form},
                          {"language", scores.language}, {"status", scores.status}};
  out["taken_on"] = scores.taken_on;
  out["about"] = scores.about ? Json(*scores.about) : Json(nullptr);
  Json& by_scale = out["scores"] = Json::object();
  for (const SharedScale& scale : scores.scales) {
    by_scale[scale.id] = detail::score_json(scale.score);
  }
  // Foreign bytes that are not UTF-8 must not end the program: they become U+FFFD.
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<Scores> scores_for(const Questionnaire& questionnaire, const SharedScores& shared) {
  Scores scores(questionnaire.scales.size());
  for (ScaleScore& score : scores) score.reason = "it is not among the scores of this file";
  for (const SharedScale& scale : shared.scales) {
    const auto index = find_scale(questionnaire, scale.id);
    if (!index || questionnaire.scales[*index].parent) continue;
    if (scale.score.estimate) {
      const ScoreRange range = score_range(questionnaire, *index, scale.score.items);
      if (auto error = check_range(scale, range)) return *std::move(error);
    }
    scores[*index] = scale.score;
  }
  return scores;
}

}  // namespace attune
