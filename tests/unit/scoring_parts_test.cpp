// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>

#include "attune/scoring.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

doctest::Approx close_to(double value) { return doctest::Approx(value).epsilon(1e-12); }

// A main scale with an item of its own and a facet of two, and a main scale without facets.
Questionnaire with_a_facet() {
  Questionnaire questionnaire = blank();
  const std::size_t parent = add_scale(questionnaire, "avoidance");
  const std::size_t facet = add_scale(questionnaire, "guarded", parent);
  const std::size_t other = add_scale(questionnaire, "anxiety");
  add_items(questionnaire, parent, "+");
  add_items(questionnaire, facet, "++");
  add_items(questionnaire, other, "++");
  return questionnaire;
}

Norm norm_with(std::optional<double> sd) {
  Norm norm;
  norm.sd = sd;
  return norm;
}

}  // namespace

TEST_CASE("a main scale has the items of its facets, too") {
  const Questionnaire questionnaire = with_a_facet();
  const Responses responses = answer(questionnaire, {7, 4, 1, 2, 5});
  const Scores scores = scoring::score(questionnaire, 0, responses);
  CHECK(scores[0].estimate->score == close_to(4));  // (7 + 4 + 1) / 3
  CHECK(scores[0].items == 3);
  CHECK(scores[2].estimate->score == close_to(3.5));
  CHECK(scores[2].items == 2);
}

TEST_CASE("a spread below one step still has its classical error") {
  // 0.5 · √(1 − 0.75) = 0.25.
  CHECK(*scoring::classical_error(0.5, 0.75) == close_to(0.25));
}

TEST_CASE("what an answer does to a sum is in units of the sum") {
  // Keyed 6, 2, 4 of four items: mean 4; pulls (6 − 4)/3·4, (2 − 4)/3·4, 0.
  Questionnaire questionnaire = blank();
  add_items(questionnaire, add_scale(questionnaire, "sum"), "++++");
  questionnaire.scales[0].method = ScoreMethod::sum;
  questionnaire.scales[0].min_answered = 0.75;
  const auto parts =
      scoring::contributions(questionnaire, 0, answer(questionnaire, {6, 2, skip, 4}), 0);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].pull == close_to(8.0 / 3));
  CHECK(parts[1].pull == close_to(-8.0 / 3));
  CHECK(parts[2].pull == 0);
}

TEST_CASE("published numbers that give no error leave the one of the sitting") {
  Questionnaire questionnaire = with_a_facet();
  Scale& scale = questionnaire.scales[2];
  scale.norms = {norm_with(1)};
  scale.reliability = Reliability{};
  CHECK_FALSE(scoring::published_error(scale, {1, 7}).has_value());
  scale.reliability->alpha = 1;
  CHECK_FALSE(scoring::published_error(scale, {1, 7}).has_value());
  scale.reliability->alpha = 0.75;
  CHECK(*scoring::published_error(scale, {1, 7}) == close_to(0.5));
  scale.norms = {norm_with(0)};
  CHECK_FALSE(scoring::published_error(scale, {1, 7}).has_value());
}
