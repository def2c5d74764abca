// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>

#include "attune/scoring.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

Questionnaire one_scale(std::string_view keys, int min = 1, int max = 7) {
  Questionnaire questionnaire = blank(min, max);
  add_items(questionnaire, add_scale(questionnaire, "scale"), keys);
  return questionnaire;
}

ScaleScore score_of(const Questionnaire& questionnaire, const std::vector<int>& ratings) {
  return scoring::score(questionnaire, 0, answer(questionnaire, ratings))[0];
}

doctest::Approx close_to(double value) { return doctest::Approx(value).epsilon(1e-12); }

}  // namespace

TEST_CASE("one_step is what score gives for an answer one step higher") {
  const Questionnaire questionnaire = one_scale("+-+--+");
  Numbers numbers(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<int> ratings(6);
    for (int& rating : ratings) rating = numbers.between(1, 6);
    const double before = score_of(questionnaire, ratings).estimate->score;
    const auto parts = scoring::contributions(questionnaire, 0, answer(questionnaire, ratings), 0);
    double pulls = 0;
    for (const scoring::Contribution& part : parts) {
      std::vector<int> changed = ratings;
      ++changed[part.item];
      CHECK(score_of(questionnaire, changed).estimate->score - before ==
            doctest::Approx(part.one_step));
      pulls += part.pull;
    }
    CHECK(std::abs(pulls) < 1e-12);
  }
}

TEST_CASE("scores stay within the range whatever is answered") {
  Questionnaire questionnaire = one_scale("+-+--+-");
  questionnaire.scales[0].min_answered = 0.1;
  Numbers numbers(11);
  for (int round = 0; round < 2000; ++round) {
    std::vector<int> ratings(7);
    for (int& rating : ratings) rating = numbers.between(0, 3) == 0 ? skip : numbers.between(1, 7);
    const ScaleScore result = score_of(questionnaire, ratings);
    if (!result.estimate) continue;
    CHECK(result.estimate->low >= 1);
    CHECK(result.estimate->low < result.estimate->high);
    CHECK(result.estimate->high <= 7);
    CHECK(result.estimate->score >= result.estimate->low);
    CHECK(result.estimate->score <= result.estimate->high);
    CHECK(result.estimate->se > 0);
  }
}

TEST_CASE("the order in which items were shown does not matter") {
  Questionnaire questionnaire = one_scale("+-+-+");
  Numbers numbers(13);
  for (int round = 0; round < 200; ++round) {
    std::vector<int> ratings(5);
    for (int& rating : ratings) rating = numbers.between(1, 7);
    const ScaleScore before = score_of(questionnaire, ratings);
    std::rotate(questionnaire.forms[0].items.begin(),
                questionnaire.forms[0].items.begin() + numbers.between(1, 4),
                questionnaire.forms[0].items.end());
    Responses responses = answer(questionnaire, ratings);
    responses.order = questionnaire.forms[0].items;
    const Scores after = scoring::score(questionnaire, 0, responses);
    CHECK(after[0].estimate->score == before.estimate->score);
    CHECK(after[0].estimate->se == before.estimate->se);
  }
}

TEST_CASE("mirrored answers to mirrored items give the mirrored score") {
  const Questionnaire forward = one_scale("+++++");
  const Questionnaire reversed = one_scale("-----");
  Numbers numbers(17);
  for (int round = 0; round < 200; ++round) {
    std::vector<int> ratings(5);
    for (int& rating : ratings) rating = numbers.between(1, 7);
    std::vector<int> mirrored = ratings;
    for (int& rating : mirrored) rating = 8 - rating;
    const Estimate plain = *score_of(forward, ratings).estimate;
    CHECK(score_of(reversed, mirrored).estimate->score == plain.score);
    CHECK(score_of(reversed, ratings).estimate->score == close_to(8 - plain.score));
    CHECK(score_of(reversed, ratings).estimate->se == close_to(plain.se));
  }
}

TEST_CASE("the mean of equally long facets is the parent's score") {
  Questionnaire questionnaire = blank();
  const std::size_t parent = add_scale(questionnaire, "parent");
  for (const char* facet : {"one", "two", "three"}) {
    add_items(questionnaire, add_scale(questionnaire, facet, parent), "+-+-");
  }
  Numbers numbers(19);
  for (int round = 0; round < 200; ++round) {
    std::vector<int> ratings(12);
    for (int& rating : ratings) rating = numbers.between(1, 7);
    const Scores scores = scoring::score(questionnaire, 0, answer(questionnaire, ratings));
    const double mean =
        (scores[1].estimate->score + scores[2].estimate->score + scores[3].estimate->score) / 3;
    CHECK(scores[parent].estimate->score == doctest::Approx(mean));
  }
}
