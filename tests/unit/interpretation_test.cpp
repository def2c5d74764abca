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

TEST_CASE("the facets furthest from the middle stand out") {
  const Questionnaire questionnaire = with_facets();
  const auto standouts = [&](double one, double two, double three, double four, double se = 0.4) {
    std::vector<std::string> names;
    for (const interpretation::Standout& standout : interpretation::find_standouts(
             questionnaire, {scored(7, se), scored(1, se), scored(one, se), scored(two, se),
                             scored(three, se), scored(four, se)})) {
      names.push_back((standout.high ? "+" : "-") + questionnaire.scales[standout.scale].id);
    }
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(standouts(5.5, 1.5, 4, 6) == Names{"-two", "+four", "+one"});
  CHECK(standouts(6, 2, 6, 2) == Names{"+one", "-two", "+three"});
  CHECK(standouts(5, 3, 4.75, 3.25) == Names{"+one", "-two"});
  CHECK(standouts(4.9, 3.1, 4, 4) == Names{});
  // Two points away with an error of 1.1, the interval reaches 3.84 and may be on the other side.
  CHECK(standouts(6, 4, 4, 4, 1.1) == Names{});
  CHECK(standouts(6, 4, 4, 4, 1.0) == Names{"+one"});  // from 4.04
}

TEST_CASE("a scale that is not scored does not stand out") {
  const Questionnaire questionnaire = with_facets();
  const auto standouts = interpretation::find_standouts(
      questionnaire,
      {scored(7, 0.4), unscored(), unscored(), scored(6, 0.4), unscored(), unscored()});
  REQUIRE(standouts.size() == 1);
  CHECK(standouts[0].scale == 3);
}

TEST_CASE("main scales stand out only where there are no facets") {
  Questionnaire questionnaire = blank();
  add_items(questionnaire, add_scale(questionnaire, "sum"), "++--");
  add_items(questionnaire, add_scale(questionnaire, "trust"), "++--");
  questionnaire.scales[0].method = ScoreMethod::sum;
  ScaleScore sum = scored(12, 1, 4, 28);  // a sixth of the range below the middle, 16
  sum.items = 4;
  const auto standouts = interpretation::find_standouts(questionnaire, {sum, scored(5.5, 0.4)});
  REQUIRE(standouts.size() == 2);
  CHECK(standouts[0].scale == 1);
  CHECK(standouts[0].high);
  CHECK(standouts[1].scale == 0);
  CHECK_FALSE(standouts[1].high);
}

TEST_CASE("an interpretation brings bands, standouts and steps together") {
  Questionnaire questionnaire = with_facets();
  questionnaire.scales[0].bands = {{"low", 4.0, ""}, {"high", std::nullopt, ""}};
  questionnaire.scales[1].bands = questionnaire.scales[0].bands;
  questionnaire.next_steps = {step("a", StepSize::small, 1, {{at_least(0, 4)}}),
                              step("b", StepSize::small, 0, {})};
  // Raw 7,1,7,1 on keys + - + -: every facet at 7; the last scale is left out.
  std::vector<int> ratings;
  for (int i = 0; i < 8; ++i) ratings.insert(ratings.end(), {7, 1});
  const Responses responses = answer(questionnaire, ratings);
  const interpretation::Interpretation reading = interpretation::interpret(
      questionnaire, responses, scoring::score(questionnaire, 0, responses));
  REQUIRE(reading.bands.size() == 6);
  CHECK(reading.bands[0] == std::size_t{1});
  CHECK_FALSE(reading.bands[1].has_value());
  CHECK_FALSE(reading.bands[2].has_value());
  CHECK_FALSE(reading.region.has_value());
  CHECK(reading.standouts.size() == 3);
  CHECK(reading.care_notes.empty());
  CHECK(reading.next_steps == std::vector<std::size_t>{0, 1});
}
