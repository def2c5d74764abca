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

TEST_CASE("someone with a label is a person beside those of the file, spoken of by the label") {
  Questionnaire questionnaire = two_scales_with_a_facet();
  const auto ben = person_named(questionnaire, "partner:Ben");
  REQUIRE(ben == 2U);
  CHECK(statement(questionnaire, questionnaire.items[0], ben) == "I write to Ben.");
  CHECK(addressed(questionnaire, "your evenings with {about}", ben) == "your evenings with Ben");
  CHECK(person_named(questionnaire, "partner:Ana") == 3U);
  CHECK(person_named(questionnaire, "partner:Ben") == ben);  // known by now
  CHECK(person_named(questionnaire, "partner") == 1U);
  CHECK(questionnaire.abouts.size() == 4);
  for (const char* nobody :
       {"uncle", "uncle:Ben", "partner:", ":Ben", "partner:a b", "partner:a:b"}) {
    CAPTURE(nobody);
    CHECK_FALSE(person_named(questionnaire, nobody));
  }
  CHECK(questionnaire.abouts.size() == 4);
}

TEST_CASE("whom an answer can be about is an id, or an id and a label") {
  const std::string forty(40, 'x');
  for (const std::string about : {"friend", "friend:Ben", "friend:B.", "friend:Ana-Maria_2",
                                  "friend:Zoë", "friend:ナナ", "friend:नेहा"}) {
    CAPTURE(about);
    CHECK(is_about(about));
    CHECK(kind_of_about(about) == "friend");
  }
  CHECK(is_about("friend:" + forty));
  for (const std::string& nobody :
       {std::string(), std::string("Friend"), std::string(":"), std::string("friend:"),
        "friend:" + forty + "x", std::string("friend:a b"), std::string("friend:a\u00A0b"),
        std::string("friend:a\nb"), std::string("friend:\xff"), std::string("friend:\u202Eneb"),
        std::string("friend:$(id)"), std::string("friend:a'b"), std::string("friend:a/b"),
        std::string("friend:\0", 8)}) {
    CAPTURE(nobody);
    CHECK_FALSE(is_about(nobody));
  }
}
