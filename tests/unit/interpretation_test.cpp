// SPDX-License-Identifier: MIT
#include "attune/interpretation.hpp"

#include <doctest/doctest.h>

#include "attune/scoring.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Two main scales, 0 and 1, and three facets of the first, 2..4.
Questionnaire with_facets() {
  Questionnaire questionnaire = blank();
  const std::size_t first = add_scale(questionnaire, "avoidance");
  const std::size_t second = add_scale(questionnaire, "anxiety");
  for (const char* facet : {"one", "two", "three", "four"}) {
    add_items(questionnaire, add_scale(questionnaire, facet, first), "+-+-");
  }
  add_items(questionnaire, second, "+-+-");
  return questionnaire;
}

}  // namespace

TEST_CASE("a band holds its lower end and not its upper") {
  Scale scale;
  scale.bands = {{"low", 3.0, ""}, {"middle", 5.0, ""}, {"high", std::nullopt, ""}};
  struct Row {
    double score;
    std::size_t band;
  };
  for (const Row& row :
       {Row{1, 0}, {2.9999, 0}, {3, 1}, {4.9999, 1}, {5, 2}, {7, 2}, {21.0 / 7, 1}}) {
    CAPTURE(row.score);
    CHECK(interpretation::band_of(scale, row.score) == row.band);
  }
  CHECK_FALSE(interpretation::band_of(Scale{}, 4).has_value());
}

TEST_CASE("a sentence is said where its rule holds for the whole interval") {
  Questionnaire questionnaire = with_facets();
  const auto sentence = [](std::string id, Rule when, std::vector<std::size_t> unless = {}) {
    return Sentence{std::move(id), 0, "x", std::move(when), std::move(unless), {}};
  };
  Condition low = at_least(0, 0);
  low.at_least.reset();
  low.below = 4;
  questionnaire.sentences = {sentence("high", {{at_least(0, 4)}}), sentence("low", {{low}}),
                             sentence("between", {}, {0, 1}),
                             sentence("facet", {{at_least(2, 4)}})};
  using Said = std::vector<std::size_t>;
  const auto said = [&](const ScaleScore& main, const ScaleScore& facet) {
    const Scores scores{main, scored(4, 1), facet, scored(4, 1), scored(4, 1), scored(4, 1)};
    return interpretation::interpret(questionnaire, empty_responses(questionnaire), scores)
        .sentences;
  };
  CHECK(said(scored(4.5, 0.25), unscored()) == Said{0});  // from 4.01
  CHECK(said(scored(4.5, 0.26), unscored()) == Said{2});  // from 3.99
  CHECK(said(scored(3.5, 0.25), scored(6, 0.5)) == Said{1, 3});
  CHECK(said(unscored(), scored(6, 0.5)) == Said{});
  ScaleScore two_items = scored(6, 0.5);
  two_items.items = 2;
  CHECK(said(scored(3.5, 0.25), two_items) == Said{1});
}

TEST_CASE("an interpretation brings steps, and without a plane no region") {
  Questionnaire questionnaire = with_facets();
  questionnaire.next_steps = {step("a", StepSize::small, 1, {{at_least(0, 4)}}),
                              step("b", StepSize::small, 0, {})};
  // Raw 7,1,7,1 on keys + - + -: every facet at 7; the last scale is left out.
  std::vector<int> ratings;
  for (int i = 0; i < 8; ++i) ratings.insert(ratings.end(), {7, 1});
  const Responses responses = answer(questionnaire, ratings);
  const interpretation::Interpretation reading = interpretation::interpret(
      questionnaire, responses, scoring::score(questionnaire, 0, responses));
  CHECK_FALSE(reading.region.has_value());
  CHECK(reading.care_notes.empty());
  CHECK(reading.next_steps == std::vector<std::size_t>{0, 1});
}
