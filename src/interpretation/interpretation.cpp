// SPDX-License-Identifier: MIT
#include "attune/interpretation.hpp"

#include <algorithm>

namespace attune::interpretation {

namespace {

std::vector<std::size_t> choose_sentences(const Questionnaire& questionnaire,
                                          const Responses& responses, const Scores& scores) {
  const auto holds_throughout = [&](const Condition& condition) {
    if (condition.subject == Subject::item) return holds({{condition}}, responses, &scores);
    const auto& estimate = scores[condition.index].estimate;
    return estimate && is_shown_alone(questionnaire, scores, condition.index) &&
           within(condition, estimate->low) && within(condition, estimate->high);
  };
  std::vector<std::size_t> said;
  for (std::size_t i = 0; i < questionnaire.sentences.size(); ++i) {
    const Sentence& sentence = questionnaire.sentences[i];
    const bool is_said_otherwise = std::ranges::any_of(sentence.unless, [&](std::size_t other) {
      return std::ranges::find(said, other) != said.end();
    });
    if (is_said_otherwise || !scores[sentence.under].estimate) continue;
    if (holds(sentence.when, holds_throughout)) said.push_back(i);
  }
  return said;
}

}  // namespace

bool is_shown_alone(const Questionnaire& questionnaire, const Scores& scores, std::size_t scale) {
  return !questionnaire.scales[scale].parent || scores[scale].items >= fewest_items_of_a_facet;
}

std::optional<std::size_t> band_of(const Scale& scale, double score) {
  for (std::size_t band = 0; band < scale.bands.size(); ++band) {
    if (!scale.bands[band].below || score < *scale.bands[band].below) return band;
  }
  return std::nullopt;
}

Wanted wanted_at(const Scale& scale, double score) {
  const auto band = band_of(scale, score);
  const std::size_t end = scale.wanted == Wanted::up ? scale.bands.size() - 1 : 0;
  const bool is_there = scale.bands.size() > 1 && band == end && scale.wanted != Wanted::steady;
  return is_there ? Wanted::unspecified : scale.wanted;
}

Interpretation interpret(const Questionnaire& questionnaire, const Responses& responses,
                         const Scores& scores, std::span<const std::size_t> tried,
                         std::optional<std::size_t> about) {
  Interpretation result;
  result.sentences = choose_sentences(questionnaire, responses, scores);
  result.region = region_of(questionnaire, scores);
  result.care_notes = care_notes(questionnaire, responses);
  result.next_steps = choose_next_steps(questionnaire, responses, scores, tried, about);
  return result;
}

}  // namespace attune::interpretation
