// SPDX-License-Identifier: MIT
#include "report/steps.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "attune/date.hpp"

namespace attune::detail {

Tries tries_of(const Profile& profile, std::string_view step) {
  Tries tries;
  for (const TriedStep& each : profile.tried) {
    if (each.step != step) continue;
    ++tries.count;
    tries.last = &each;
  }
  return tries;
}

std::string tried_words(const Tries& tries) {
  if (tries.last == nullptr) return {};
  const std::string date = render_local_date(tries.last->at);
  const std::string note =
      tries.last->note.empty() ? "." : fmt::format(": \"{}\"", tries.last->note);
  if (tries.count == 1) return fmt::format("You tried this on {}{}", date, note);
  return fmt::format("You tried this {} times, last on {}{}", tries.count, date, note);
}

void add_steps(Document& document, const Profile& profile, StepNames names) {
  const bool any_score =
      std::any_of(profile.scores.begin(), profile.scores.end(),
                  [](const ScaleScore& score) { return score.estimate.has_value(); });
  const std::string_view origin =
      any_score ? "" : " Without scores these are general ideas, not drawn from your answers.";
  document.emplace_back(Paragraph{fmt::format(
      "Each is meant for one week. One is enough; pick what speaks to you.{}", origin)});
  for (const std::size_t index : profile.interpretation.next_steps) {
    const NextStep& step = profile.questionnaire.next_steps[index];
    document.emplace_back(Step{step.title, step.why, step.try_this, std::string(name_of(step.size)),
                               names == StepNames::shown ? step.id : std::string(),
                               tried_words(tries_of(profile, step.id))});
  }
}

nlohmann::ordered_json steps_json(const Profile& profile) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const std::size_t index : profile.interpretation.next_steps) {
    const NextStep& step = profile.questionnaire.next_steps[index];
    const Tries tries = tries_of(profile, step.id);
    nlohmann::ordered_json last = nullptr;
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

}  // namespace attune::detail
