// SPDX-License-Identifier: MIT
#pragma once

/// A small questionnaire on two dimensions and a profile of it, every number set by hand.

#include <optional>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/questionnaire.hpp"
#include "attune/report.hpp"
#include "attune/responses.hpp"

namespace attune::test {

inline Scale sample_scale(std::string id, std::string name, std::optional<std::size_t> parent) {
  Scale scale;
  scale.low = "low end of " + id;
  scale.high = "high end of " + id;
  scale.id = std::move(id);
  scale.name = std::move(name);
  scale.parent = parent;
  scale.min_answered = 0.5;
  if (!parent) {
    scale.bands = {{"low", 3, scale.name + " is low."},
                   {"middle", 5, scale.name + " is in the middle."},
                   {"high", std::nullopt, scale.name + " is high."}};
  }
  return scale;
}

inline Rule quadrant(bool is_anxious, bool is_avoidant) {
  Condition anxiety;
  anxiety.index = 0;
  (is_anxious ? anxiety.at_least : anxiety.below) = 4;
  Condition avoidance;
  avoidance.index = 1;
  (is_avoidant ? avoidance.at_least : avoidance.below) = 4;
  return {{anxiety, avoidance}};
}

/// Scales: anxiety (0) with facets protest (2) and worry (3), avoidance (1) with facet distance
/// (4). Three items for each facet, the third reversed.
inline Questionnaire sample_questionnaire() {
  Questionnaire questionnaire;
  questionnaire.id = "sample";
  questionnaire.version = "1.2.0";
  questionnaire.title = "A sample";
  questionnaire.language = "en";
  questionnaire.status = "original, not yet validated";
  questionnaire.abouts = {{"general", "the people closest to me"}, {"partner", "my partner"}};
  questionnaire.response_scales = {{"agreement", 1, 7, {{1, "no"}, {7, "yes"}}}};
  questionnaire.scales = {sample_scale("anxiety", "Anxiety", {}),
                          sample_scale("avoidance", "Avoidance", {}),
                          sample_scale("protest", "Protest", 0), sample_scale("worry", "Worry", 0),
                          sample_scale("distance", "Distance", 1)};
  questionnaire.forms = {{"full", "", {}, {}}};
  for (const std::size_t facet : {2U, 3U, 4U}) {
    for (int i = 1; i <= 3; ++i) {
      Item item;
      item.id = questionnaire.scales[facet].id + std::to_string(i);
      item.text = "Statement " + item.id + " about {about}.";
      item.scale = facet;
      item.reverse = i == 3;
      questionnaire.forms[0].items.push_back(questionnaire.items.size());
      questionnaire.items.push_back(std::move(item));
    }
  }
  questionnaire.regions = {
      {"secure", "At ease", "Text of secure.", quadrant(false, false)},
      {"preoccupied", "On alert", "Text of preoccupied.", quadrant(true, false)},
      {"dismissing", "At a distance", "Text of dismissing.", quadrant(false, true)},
      {"fearful", "On guard", "Text of fearful.", quadrant(true, true)}};
  questionnaire.next_steps = {
      {"first", "First step", "Its reason.", "Its try.", StepSize::small, 0, {}},
      {"second", "Second step", "Why two.", "Try two.", StepSize::support, 0, {}}};
  return questionnaire;
}

inline ScaleScore sample_score(double score, double se, double low, double high,
                               std::size_t answered, std::size_t items) {
  ScaleScore result;
  result.estimate = Estimate{score, se, low, high, ErrorMethod::conditional};
  result.answered = answered;
  result.items = items;
  return result;
}

/// Anxiety 10/3 (2.4 to 4.3), avoidance 5.5 (4.9 to 6.1), protest 2, worry 14/3, distance 5.5.
inline report::Profile sample_profile() {
  report::Profile profile;
  profile.questionnaire = sample_questionnaire();
  profile.record.questionnaire = "sample";
  profile.record.version = "1.2.0";
  profile.record.sha256 = std::string(64, 'a');
  profile.record.form = "full";
  profile.record.language = "en";
  profile.record.about = "partner";
  profile.record.taken_at = *parse_rfc3339("2026-11-24T09:14:00+01:00");
  profile.responses = empty_responses(profile.questionnaire);
  // Keyed: protest 1 2 3, worry 4 5 5, distance 6 5 (third skipped).
  const double raw[] = {1, 2, 5, 4, 5, 3, 6, 5};
  for (std::size_t i = 0; i < 8; ++i) {
    profile.responses.answers[i] = raw[i];
    profile.responses.order.push_back(i);
  }
  profile.responses.answers[8] = Skipped{};
  profile.scores = {sample_score(10.0 / 3, 0.5, 2.4, 4.3, 6, 6),
                    sample_score(5.5, 0.3, 4.9, 6.1, 2, 3), sample_score(2, 0.6, 1, 3.2, 3, 3),
                    sample_score(14.0 / 3, 0.4, 3.9, 5.5, 3, 3),
                    sample_score(5.5, 0.3, 4.9, 6.1, 2, 3)};
  profile.interpretation.region =
      interpretation::RegionReading{2, true, {0.0, 0.0, 0.88, 0.12}, {3}};
  profile.interpretation.next_steps = {1, 0};
  return profile;
}

}  // namespace attune::test
