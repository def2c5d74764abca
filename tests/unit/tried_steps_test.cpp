// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "attune/definition.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"

#include "builders.hpp"
#include "temporary_directory.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr StepSize small = StepSize::small;
constexpr StepSize medium = StepSize::medium;
constexpr StepSize support = StepSize::support;

using Ids = std::vector<std::string>;
using Times = std::vector<std::size_t>;

Rule high(std::size_t scale) { return {{at_least(scale, 4.5)}}; }

// Four scales on 1..7 with a small and a medium step each, one support step for the first, and
// three fallbacks.
Questionnaire usual() {
  Questionnaire questionnaire = blank();
  for (const char* id : {"a", "b", "c", "d"}) {
    add_items(questionnaire, add_scale(questionnaire, id), "+-+-");
  }
  questionnaire.next_steps = {
      step("a-small", small, 30, high(0)),     step("a-medium", medium, 20, high(0)),
      step("a-support", support, 10, high(0)), step("b-small", small, 30, high(1)),
      step("b-medium", medium, 20, high(1)),   step("c-small", small, 30, high(2)),
      step("c-medium", medium, 20, high(2)),   step("d-small", small, 30, high(3)),
      step("d-medium", medium, 20, high(3)),   step("fallback-small", small, 3, {}),
      step("fallback-medium", medium, 2, {}),  step("fallback-last", small, 1, {})};
  return questionnaire;
}

Scores all_at(double a, double b, double c, double d) {
  return {scored(a, 0.4), scored(b, 0.4), scored(c, 0.4), scored(d, 0.4)};
}

Times three_times(const Questionnaire& questionnaire, const Ids& ids) {
  Times times(questionnaire.next_steps.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    const bool named =
        std::find(ids.begin(), ids.end(), questionnaire.next_steps[i].id) != ids.end();
    times[i] = named ? 3 : 0;
  }
  return times;
}

Ids ids_of(const Questionnaire& questionnaire, const std::vector<std::size_t>& steps) {
  Ids ids;
  for (const std::size_t each : steps) ids.push_back(questionnaire.next_steps[each].id);
  return ids;
}

Ids chosen(const Questionnaire& questionnaire, const Scores& scores, const Times& tried) {
  return ids_of(questionnaire, interpretation::choose_next_steps(
                                   questionnaire, empty_responses(questionnaire), scores, tried));
}

Questionnaire shipped(std::string_view id) {
  const std::string path =
      std::string(ATTUNE_SOURCE_DIR "/questionnaires/") + std::string(id) + ".toml";
  definition::Definition definition =
      definition::check_definition(read_bytes(path), definition::CheckDepth::use, id);
  REQUIRE(definition.questionnaire.has_value());
  return *definition.questionnaire;
}

}  // namespace

TEST_CASE("a step tried three times gives way to what fits next") {
  struct Row {
    const char* why;
    Scores scores;
    Ids worn;
    Ids steps;
  };
  const Row rows[] = {
      {"its small place goes to the next scale",
       all_at(6, 5, 3, 3),
       {"a-small"},
       {"b-small", "a-medium", "a-support"}},
      {"so does its medium place",
       all_at(6, 5, 3, 3),
       {"a-small", "a-medium"},
       {"b-small", "b-medium", "a-support"}},
      {"nothing larger about the same scale: the next small one that fits",
       all_at(3, 6, 5.5, 5),
       {"b-small", "b-medium"},
       {"c-small", "d-small", "c-medium"}},
      {"a worn medium step leaves a place to a fallback",
       all_at(6, 3, 3, 3),
       {"a-medium"},
       {"a-small", "fallback-small", "a-support"}},
      {"where no small one fits any more, a small fallback begins",
       all_at(6, 5.8, 5.6, 3),
       {"a-small", "b-small", "c-small"},
       {"fallback-small", "a-medium", "b-medium", "a-support"}},
      {"a worn support step is not made up for by a smaller one",
       all_at(5, 6, 3, 3),
       {"a-support"},
       {"b-small", "a-small", "b-medium"}},
      {"a worn fallback gives way to the others",
       all_at(3, 3, 3, 5),
       {"fallback-small"},
       {"d-small", "d-medium", "fallback-medium"}},
  };
  const Questionnaire questionnaire = usual();
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(chosen(questionnaire, row.scores, three_times(questionnaire, row.worn)) == row.steps);
  }
}

TEST_CASE("a step tried twice is chosen as before") {
  const Questionnaire questionnaire = usual();
  Times twice = three_times(questionnaire, {"a-small"});
  twice[0] = 2;
  CHECK(chosen(questionnaire, all_at(6, 5, 3, 3), twice) ==
        Ids{"a-small", "b-small", "a-medium", "a-support"});
}

TEST_CASE("worn steps come back only where fewer than three would be left") {
  Questionnaire questionnaire = usual();
  questionnaire.next_steps = {step("a-small", small, 30, high(0)),
                              step("b-small", small, 20, high(1)), step("fallback-1", small, 2, {}),
                              step("fallback-2", small, 1, {})};
  const Scores scores = all_at(6, 5, 3, 3);
  CHECK(chosen(questionnaire, scores, three_times(questionnaire, {"a-small"})) ==
        Ids{"b-small", "fallback-1", "fallback-2"});
  CHECK(chosen(questionnaire, scores, three_times(questionnaire, {"a-small", "b-small"})) ==
        Ids{"fallback-1", "fallback-2", "a-small"});
  CHECK(chosen(questionnaire, scores, Times{9, 9, 9, 9}) ==
        Ids{"a-small", "b-small", "fallback-1"});
}

TEST_CASE("a worn small step about a position passes its kept place on") {
  const Rule position = {{at_least(0, 4), at_least(1, 4)}};
  Questionnaire questionnaire = usual();
  questionnaire.next_steps.push_back(step("position-small", small, 5, position));
  questionnaire.next_steps.push_back(step("position-medium", medium, 4, position));
  const Scores scores = all_at(6, 5.8, 5.6, 5.4);
  CHECK(chosen(questionnaire, scores, {}) ==
        Ids{"a-small", "b-small", "position-small", "a-medium", "a-support"});
  CHECK(chosen(questionnaire, scores, three_times(questionnaire, {"position-small"})) ==
        Ids{"a-small", "b-small", "c-small", "a-medium", "a-support"});
}

TEST_CASE("only tries of this questionnaire's own steps are counted") {
  Questionnaire questionnaire = usual();
  const std::vector<TriedStep> tried = {{"sample", "a-small", {}, "well"},
                                        {"sample", "b-medium", {}, ""},
                                        {"other", "a-small", {}, ""},
                                        {"sample", "gone", {}, ""},
                                        {"sample", "a-small", {}, ""}};
  Times expected(questionnaire.next_steps.size());
  expected[0] = 2;
  expected[4] = 1;
  CHECK(interpretation::times_tried(questionnaire, tried) == expected);
}

TEST_CASE("closeness always suggests three to five different steps, whatever was tried") {
  const Questionnaire questionnaire = shipped("closeness");
  const std::size_t count = questionnaire.next_steps.size();
  Numbers numbers(41);
  for (int round = 0; round < 3000; ++round) {
    std::vector<int> ratings(questionnaire.items.size());
    // A leaning makes extreme profiles as likely as middling ones; one in twenty is skipped.
    const int leaning = numbers.between(0, 4);
    for (int& rating : ratings) {
      rating = std::clamp(numbers.between(1, 7) + leaning - 2, 1, 7);
      if (numbers.between(1, 20) == 1) rating = skip;
    }
    const Responses responses = answer(questionnaire, ratings);
    const Scores scores = scoring::score(questionnaire, 0, responses);
    Times tried(count);
    const int worn_in_ten = numbers.between(0, 10);
    for (std::size_t& times : tried) {
      times = static_cast<std::size_t>(numbers.between(1, 10) <= worn_in_ten ? 3 : 0);
    }
    const auto is_worn = [&](std::size_t step) {
      return tried[step] >= interpretation::tried_often;
    };
    const auto steps = interpretation::choose_next_steps(questionnaire, responses, scores, tried);
    CAPTURE(ids_of(questionnaire, steps).front());
    CHECK(steps.size() >= 3);
    CHECK(steps.size() <= 5);
    CHECK(std::set<std::size_t>(steps.begin(), steps.end()).size() == steps.size());
    // A fallback always fits, so a small one that is not worn opens the list when there is one.
    const bool small_fallback_left = std::any_of(
        questionnaire.next_steps.begin(), questionnaire.next_steps.end(), [&](const auto& each) {
          const auto index = static_cast<std::size_t>(&each - questionnaire.next_steps.data());
          return each.when.empty() && each.size == small && !is_worn(index);
        });
    if (small_fallback_left) {
      CHECK(questionnaire.next_steps[steps.front()].size == small);
      CHECK_FALSE(is_worn(steps.front()));
    }
    if (std::any_of(steps.begin(), steps.end(), is_worn)) CHECK(steps.size() == 3);
    // Tries below the limit change nothing.
    const auto untried = interpretation::choose_next_steps(questionnaire, responses, scores);
    CHECK(interpretation::choose_next_steps(questionnaire, responses, scores,
                                            Times(count, interpretation::tried_often - 1)) ==
          untried);
  }
}
