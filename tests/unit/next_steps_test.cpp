// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "attune/interpretation.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr StepSize small = StepSize::small;
constexpr StepSize medium = StepSize::medium;
constexpr StepSize support = StepSize::support;

using Ids = std::vector<std::string>;

// Four scales, 0..3, on 1..7.
Questionnaire with_steps(std::vector<NextStep> steps) {
  Questionnaire questionnaire = blank();
  for (const char* id : {"a", "b", "c", "d"}) {
    add_items(questionnaire, add_scale(questionnaire, id), "+-+-");
  }
  questionnaire.next_steps = std::move(steps);
  return questionnaire;
}

Ids chosen(const Questionnaire& questionnaire, const Scores& scores) {
  Ids ids;
  for (const std::size_t step :
       interpretation::choose_next_steps(questionnaire, empty_responses(questionnaire), scores)) {
    ids.push_back(questionnaire.next_steps[step].id);
  }
  return ids;
}

Scores all_at(double a, double b, double c, double d) {
  return {scored(a, 0.4), scored(b, 0.4), scored(c, 0.4), scored(d, 0.4)};
}

Rule high(std::size_t scale, double bound = 4.5) { return {{at_least(scale, bound)}}; }

// A small and a medium step for each scale, one to find support, three fallbacks.
Questionnaire usual() {
  return with_steps({step("a-small", small, 30, high(0)), step("a-medium", medium, 20, high(0)),
                     step("b-small", small, 30, high(1)), step("b-medium", medium, 20, high(1)),
                     step("c-small", small, 30, high(2)), step("c-medium", medium, 20, high(2)),
                     step("d-small", small, 30, high(3)), step("d-medium", medium, 20, high(3)),
                     step("support", support, 40, {{at_least(0, 6)}, {at_least(1, 6)}}),
                     step("fallback-1", small, 1, {}), step("fallback-3", medium, 3, {}),
                     step("fallback-2", small, 2, {})});
}

}  // namespace

TEST_CASE("next steps follow the scores") {
  struct Row {
    const char* why;
    Scores scores;
    Ids steps;
  };
  const Row rows[] = {
      {"nothing fits: fallbacks by priority, a small one first",
       all_at(3, 3, 3, 3),
       {"fallback-2", "fallback-1", "fallback-3"}},
      {"one scale: its two sizes, then a fallback",
       all_at(5, 3, 3, 3),
       {"a-small", "a-medium", "fallback-3"}},
      {"two scales: the stronger one first, and only it has the larger step",
       all_at(5, 5.5, 3, 3),
       {"b-small", "a-small", "b-medium"}},
      {"four scales: three small steps and one larger",
       all_at(5, 5.2, 5.4, 5.6),
       {"d-small", "c-small", "b-small", "d-medium"}},
      {"equal strength: in the order of the file",
       all_at(5, 5, 5, 5),
       {"a-small", "b-small", "c-small", "a-medium"}},
      {"support is chosen by its priority, and comes last",
       all_at(6, 5, 7, 3),
       {"c-small", "a-small", "b-small", "c-medium", "support"}},
      {"a scale that is not scored asks for nothing",
       {unscored(), scored(5, 0.4), unscored(), unscored()},
       {"b-small", "b-medium", "fallback-3"}},
      {"nothing is scored",
       {unscored(), unscored(), unscored(), unscored()},
       {"fallback-2", "fallback-1", "fallback-3"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(chosen(usual(), row.scores) == row.steps);
  }
}

TEST_CASE("a step for partners is for a partner with a label, too") {
  Questionnaire questionnaire = usual();
  questionnaire.abouts = {
      {"general", "my people"}, {"partner", "my partner"}, {"friend", "a friend"}};
  questionnaire.next_steps[0].abouts = {1};
  const auto first_step = [&](std::optional<std::size_t> about) {
    const Scores scores = all_at(5, 3, 3, 3);
    return interpretation::choose_next_steps(questionnaire, empty_responses(questionnaire), scores,
                                             {}, about)
        .front();
  };
  CHECK(first_step(1) == 0);
  CHECK(first_step(person_named(questionnaire, "partner:Ben")) == 0);
  CHECK(first_step(person_named(questionnaire, "friend:Ben")) != 0);
  CHECK(first_step({}) != 0);
}

TEST_CASE("two steps of one size about one scale give way to another scale") {
  const Questionnaire questionnaire =
      with_steps({step("a-first", small, 9, high(0)), step("a-second", small, 8, high(0)),
                  step("b", small, 7, high(1)), step("c", medium, 6, high(2))});
  CHECK(chosen(questionnaire, all_at(7, 5, 5, 3)) == Ids{"a-first", "b", "c"});
  // Where too few others remain it comes back, before any fallback.
  CHECK(chosen(questionnaire, all_at(7, 3, 5, 3)) == Ids{"a-first", "a-second", "c"});
}

TEST_CASE("a step about two scales is another subject than a step about one of them") {
  const Questionnaire questionnaire =
      with_steps({step("both", small, 9, {{at_least(0, 4), at_least(1, 4)}}),
                  step("turned", small, 8, {{at_least(1, 4), at_least(0, 4)}}),
                  step("one", small, 7, high(0)), step("other", small, 6, high(1))});
  CHECK(chosen(questionnaire, all_at(6, 6, 1, 1)) == Ids{"both", "one", "other"});
}

TEST_CASE("a small step about a position keeps its place among many about one scale") {
  const Rule position = {{at_least(0, 4), at_least(1, 4)}};
  const Questionnaire questionnaire =
      with_steps({step("a", small, 9, high(0)), step("b", small, 8, high(1)),
                  step("c", small, 7, high(2)), step("d", small, 6, high(3)),
                  step("position", small, 1, position), step("position-too", small, 1, position)});
  CHECK(chosen(questionnaire, all_at(6, 6, 6, 6)) == Ids{"a", "b", "position"});
  CHECK(chosen(questionnaire, all_at(6, 3, 6, 6)) == Ids{"a", "c", "d"});
  CHECK(chosen(questionnaire, all_at(6, 6, 3, 3)) == Ids{"a", "b", "position"});
  // First by priority, it takes one place and leaves the two others.
  Questionnaire first = questionnaire;
  first.next_steps[4].priority = 10;
  CHECK(chosen(first, all_at(6, 6, 6, 6)) == Ids{"position", "a", "b"});
}

TEST_CASE("a position that is hardly likelier than the others brings no step of its own") {
  const auto region = [](Rule when) {
    Region made;
    made.when = std::move(when);
    return made;
  };
  Questionnaire questionnaire = with_steps(
      {step("position", support, 9, {{at_least(0, 4), at_least(1, 4)}}), step("one", small, 0, {}),
       step("two", small, 0, {}), step("three", small, 0, {})});
  questionnaire.regions = {
      region({{below(0, 4), below(1, 4)}}), region({{at_least(0, 4), below(1, 4)}}),
      region({{below(0, 4), at_least(1, 4)}}), region({{at_least(0, 4), at_least(1, 4)}})};
  CHECK(chosen(questionnaire, all_at(4, 4, 3, 3)) == Ids{"one", "two", "three"});
  CHECK(chosen(questionnaire, all_at(6, 6, 3, 3)) == Ids{"one", "two", "position"});
}

TEST_CASE("a second support step comes only where too few others remain") {
  const Questionnaire questionnaire =
      with_steps({step("s1", support, 9, high(0)), step("s2", support, 8, high(1)),
                  step("s3", support, 7, high(2)), step("d", small, 1, high(3)),
                  step("c", small, 0, high(2))});
  CHECK(chosen(questionnaire, all_at(5, 5, 3, 5)) == Ids{"d", "s1", "s2"});
  CHECK(chosen(questionnaire, all_at(5, 5, 5, 5)) == Ids{"d", "c", "s1"});
}

TEST_CASE("a list without a small step gets a small fallback to begin with") {
  const Questionnaire questionnaire = with_steps(
      {step("a", medium, 9, high(0)), step("b", medium, 8, high(1)), step("c", support, 7, high(2)),
       step("later", small, 1, {}), step("begin", small, 2, {})});
  CHECK(chosen(questionnaire, all_at(5, 5, 5, 3)) == Ids{"begin", "a", "b", "c"});
}

TEST_CASE("the strongest alternative counts, and in it the weakest condition") {
  const Questionnaire questionnaire =
      with_steps({step("weak", small, 5, {{at_least(0, 4), at_least(1, 4)}}),
                  step("strong", small, 5, {{at_least(1, 5)}, {at_least(2, 4)}}),
                  step("low", small, 5, {{below(3, 4)}})});
  // Margins: min(3, .1) = .1; max(none, 2) = 2; 4 − 3 = 1.
  CHECK(chosen(questionnaire, all_at(7, 4.1, 6, 3)) == Ids{"strong", "low", "weak"});
  // Margins: 3; max(2, 2.5) = 2.5; 4 − 1.75 = 2.25.
  CHECK(chosen(questionnaire, all_at(7, 7, 6.5, 1.75)) == Ids{"weak", "strong", "low"});
}

TEST_CASE("margins are compared in units of the range") {
  Questionnaire questionnaire = with_steps(
      {step("sum", small, 5, {{at_least(0, 16)}}), step("mean", small, 5, {{at_least(1, 4)}})});
  questionnaire.scales[0].method = ScoreMethod::sum;
  ScaleScore sum = scored(20, 1, 4, 28);  // 4 of 24
  sum.items = 4;
  CHECK(chosen(questionnaire, {sum, scored(5.5, 0.4), unscored(), unscored()}) ==
        Ids{"mean", "sum"});
  CHECK(chosen(questionnaire, {sum, scored(4.5, 0.4), unscored(), unscored()}) ==
        Ids{"sum", "mean"});
}

TEST_CASE("rules about items count like rules about scales") {
  Questionnaire questionnaire = with_steps({});
  Item item;
  item.id = "where";
  item.kind = ItemKind::choice;
  item.choices = {{"chest", ""}, {"jaw", ""}};
  questionnaire.items.push_back(item);
  const std::size_t choice = questionnaire.items.size() - 1;
  Condition rated;
  rated.subject = Subject::item;
  rated.index = 0;
  rated.at_least = 5;
  Condition chose;
  chose.subject = Subject::item;
  chose.index = choice;
  chose.is = "jaw";
  questionnaire.next_steps = {step("jaw", small, 5, {{chose}}), step("rated", small, 5, {{rated}}),
                              step("scale", small, 5, {{at_least(0, 6)}})};
  Responses responses = answer(questionnaire, {6});
  responses.answers[choice] = ChosenIds{"jaw"};
  // Margins: none for a choice, one of six steps, half a point of six.
  CHECK(interpretation::choose_next_steps(questionnaire, responses, all_at(6.5, 1, 1, 1)) ==
        std::vector<std::size_t>{1, 2, 0});
  responses.answers[choice] = Skipped{};
  responses.answers[0] = Skipped{};
  CHECK(interpretation::choose_next_steps(questionnaire, responses, all_at(1, 1, 1, 1)).empty());
}

TEST_CASE("everyone gets three to five different steps, a small one first") {
  const Questionnaire questionnaire = usual();
  Numbers numbers(29);
  for (int round = 0; round < 2000; ++round) {
    Scores scores;
    for (int scale = 0; scale < 4; ++scale) {
      const double value = numbers.between(4, 28) / 4.0;
      scores.push_back(numbers.between(0, 5) == 0 ? unscored() : scored(value, 0.4));
    }
    const Ids steps = chosen(questionnaire, scores);
    CHECK(steps.size() >= 3);
    CHECK(steps.size() <= 5);
    CHECK(std::set<std::string>(steps.begin(), steps.end()).size() == steps.size());
    const auto first =
        std::find_if(questionnaire.next_steps.begin(), questionnaire.next_steps.end(),
                     [&](const NextStep& each) { return each.id == steps[0]; });
    CHECK(first->size == small);
    CHECK(steps == chosen(questionnaire, scores));
  }
}
