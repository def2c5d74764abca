// SPDX-License-Identifier: MIT
#include "attune/questionnaire.hpp"

#include <doctest/doctest.h>

#include "attune/scores.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

Questionnaire two_scales_with_a_facet() {
  Questionnaire questionnaire;
  questionnaire.response_scales = {{"agreement", 1, 7, {{1, "no"}, {7, "yes"}}}};
  questionnaire.scales.resize(3);
  questionnaire.scales[0].id = "anxiety";
  questionnaire.scales[1].id = "avoidance";
  questionnaire.scales[2].id = "self-reliance";
  questionnaire.scales[2].parent = 1;
  questionnaire.items.resize(2);
  questionnaire.items[0] = {.id = "a", .text = "I write to {about}.", .scale = 0};
  questionnaire.items[1] = {.id = "b", .text = "I cook.", .scale = 2};
  questionnaire.abouts = {{"general", "my friends"}, {"partner", "my partner"}};
  return questionnaire;
}

Condition on_scale(std::size_t scale, double below) {
  Condition condition;
  condition.index = scale;
  condition.below = below;
  return condition;
}

}  // namespace

TEST_CASE("a facet's item counts for the facet and its parent only") {
  const Questionnaire questionnaire = two_scales_with_a_facet();
  CHECK(counts_for(questionnaire, questionnaire.items[1], 2));
  CHECK(counts_for(questionnaire, questionnaire.items[1], 1));
  CHECK_FALSE(counts_for(questionnaire, questionnaire.items[1], 0));
}

TEST_CASE("the statement names whom it is about, the first phrase by default") {
  const Questionnaire questionnaire = two_scales_with_a_facet();
  CHECK(statement(questionnaire, questionnaire.items[0], {}) == "I write to my friends.");
  CHECK(statement(questionnaire, questionnaire.items[0], 1) == "I write to my partner.");
}

TEST_CASE("the axes are the two scales that the regions name, in file order") {
  Questionnaire questionnaire = two_scales_with_a_facet();
  CHECK_FALSE(plane_axes(questionnaire).has_value());
  questionnaire.regions.resize(1);
  questionnaire.regions[0].when = {{on_scale(1, 4), on_scale(0, 4)}};
  CHECK(plane_axes(questionnaire) == std::pair<std::size_t, std::size_t>{0, 1});
}

TEST_CASE("a sum scale ranges over the steps times the items") {
  Questionnaire questionnaire = two_scales_with_a_facet();
  CHECK(score_range(questionnaire, 0, 5).max == 7);
  questionnaire.scales[0].method = ScoreMethod::sum;
  CHECK(score_range(questionnaire, 0, 5).min == 5);
  CHECK(score_range(questionnaire, 0, 5).max == 35);
}

TEST_CASE(
    "conditions: bounds are exact, unscored and unanswered hold nothing, no rule holds always") {
  const Questionnaire questionnaire = two_scales_with_a_facet();
  Responses responses = empty_responses(questionnaire);
  Scores scores(3);
  scores[0].estimate = Estimate{4, 0.1, 3.8, 4.2, ErrorMethod::conditional};
  CHECK(holds({}, responses, nullptr));
  CHECK_FALSE(holds({{on_scale(0, 4)}}, responses, &scores));
  CHECK(holds({{on_scale(0, 4.0001)}}, responses, &scores));
  CHECK_FALSE(holds({{on_scale(1, 99)}}, responses, &scores));
  CHECK_FALSE(holds({{on_scale(0, 99)}}, responses, nullptr));
  CHECK(holds({{on_scale(1, 99)}, {on_scale(0, 5)}}, responses, &scores));
  CHECK_FALSE(holds({{on_scale(1, 99), on_scale(0, 5)}}, responses, &scores));

  Condition chosen;
  chosen.subject = Subject::item;
  chosen.index = 0;
  chosen.is = "yes";
  CHECK_FALSE(holds({{chosen}}, responses, nullptr));
  responses.answers[0] = ChosenIds{"no", "yes"};
  CHECK(holds({{chosen}}, responses, nullptr));
  responses.answers[0] = Skipped{};
  CHECK_FALSE(holds({{chosen}}, responses, nullptr));
}
