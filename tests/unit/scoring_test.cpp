// SPDX-License-Identifier: MIT
#include "attune/scoring.hpp"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>

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

TEST_CASE("a keyed answer is the raw one, or mirrored within the declared range") {
  const Questionnaire seven = one_scale("+-");
  CHECK(scoring::keyed(seven, seven.items[0], 6) == 6);
  CHECK(scoring::keyed(seven, seven.items[1], 6) == 2);
  CHECK(scoring::keyed(seven, seven.items[1], 4) == 4);
  const Questionnaire from_zero = one_scale("-", 0, 4);
  CHECK(scoring::keyed(from_zero, from_zero.items[0], 4) == 0);
}

TEST_CASE("the error of one sitting agrees with values worked out elsewhere") {
  const auto error_of = [](const std::vector<int>& ratings, int max = 7) {
    const Questionnaire questionnaire = one_scale(std::string(ratings.size(), '+'), 1, max);
    return score_of(questionnaire, ratings).estimate->se;
  };
  // R: var(c(6,7,5,6,4,7,6,5)) = 1.0714286; (17.6 + 7.5) / 15 = 1.6733333; sqrt(1.6733333 / 8).
  CHECK(error_of({6, 7, 5, 6, 4, 7, 6, 5}) == doctest::Approx(0.4573474).epsilon(1e-7));
  // All alike: what is known of other people is left, sqrt(17.6 / 15 / 8).
  CHECK(error_of({4, 4, 4, 4, 4, 4, 4, 4}) == doctest::Approx(0.3829708).epsilon(1e-7));
  // One answer: nothing else is known, sqrt(2.2), and on 1..5 four sixths of it.
  CHECK(error_of({6}) == doctest::Approx(1.4832397).epsilon(1e-7));
  CHECK(error_of({4}, 5) == doctest::Approx(0.9888265).epsilon(1e-7));
}

TEST_CASE("the classical error agrees with R and refuses impossible input") {
  // R: 1.2 * sqrt(1 - 0.90).
  CHECK(*scoring::classical_error(1.2, 0.90) == doctest::Approx(0.3794733).epsilon(1e-6));
  CHECK(*scoring::classical_error(1.2, 0) == 1.2);
  struct Row {
    double sd;
    double r;
  };
  const double not_a_number = std::nan("");
  for (const Row& row : {Row{0.0, 0.9},
                         {-1.0, 0.9},
                         {1.2, 1.0},
                         {1.2, -0.1},
                         {not_a_number, 0.9},
                         {1.2, not_a_number}}) {
    CAPTURE(row.sd);
    CAPTURE(row.r);
    CHECK_FALSE(scoring::classical_error(row.sd, row.r).has_value());
  }
}

TEST_CASE("an interval is 1.96 errors to each side and ends with the range") {
  const Estimate inside = scoring::estimate(5.75, 0.3659625, 1, 7, ErrorMethod::conditional);
  CHECK(inside.low == doctest::Approx(5.0327135));
  CHECK(inside.high == doctest::Approx(6.4672865));
  const Estimate at_the_end = scoring::estimate(7, 0.5, 1, 7, ErrorMethod::classical);
  CHECK(at_the_end.low == close_to(6.02));
  CHECK(at_the_end.high == 7);
  CHECK(at_the_end.method == ErrorMethod::classical);
  CHECK(scoring::estimate(1.2, 0.5, 1, 7, ErrorMethod::conditional).low == 1);
}

TEST_CASE("a mean is taken over keyed answers, with its error and interval") {
  // Keyed 6,7,5,6,4,7,6,5, the vector above.
  const ScaleScore result = score_of(one_scale("++--+-+-"), {6, 7, 3, 2, 4, 1, 6, 3});
  REQUIRE(result.estimate.has_value());
  CHECK(result.estimate->score == 5.75);
  CHECK(result.estimate->se == doctest::Approx(0.4573474).epsilon(1e-7));
  CHECK(result.estimate->low == doctest::Approx(4.8535991).epsilon(1e-7));
  CHECK(result.estimate->high == doctest::Approx(6.6464009).epsilon(1e-7));
  CHECK(result.estimate->method == ErrorMethod::conditional);
  CHECK(result.answered == 8);
  CHECK(result.items == 8);
  CHECK(result.reason.empty());
}

TEST_CASE("a scale is scored when the answered share reaches its minimum") {
  struct Row {
    int items;
    int answered;
    double min_answered;
    const char* reason;  // empty: scored
  };
  const Row rows[] = {
      {5, 4, 0.8, ""},  // 0.8 × 5 must not come out as a little more than 4
      {5, 3, 0.8, "only 3 of 5 items answered; 4 are needed"},
      {16, 13, 0.8, ""},
      {16, 12, 0.8, "only 12 of 16 items answered; 13 are needed"},
      {16, 9, 0.8, "only 9 of 16 items answered; 13 are needed"},
      {10, 7, 0.7, ""},
      {10, 3, 0.3, ""},
      {10, 6, 0.6, ""},
      {20, 11, 0.55, ""},
      {25, 7, 0.28, ""},
      {3, 2, 2.0 / 3, ""},
      {3, 1, 1.0 / 3, ""},
      {4, 3, 1, "only 3 of 4 items answered; 4 are needed"},
      {4, 4, 1, ""},
      {2, 1, 0.8, "only 1 of 2 items answered; 2 are needed"},
      {1, 1, 0.8, ""},
      {4, 1, 0.01, ""},
      {4, 0, 0.01, "no item answered"},
      {36, 0, 0.8, "no item answered"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.items);
    CAPTURE(row.answered);
    CAPTURE(row.min_answered);
    Questionnaire questionnaire = one_scale(std::string(static_cast<std::size_t>(row.items), '+'));
    questionnaire.scales[0].min_answered = row.min_answered;
    std::vector<int> ratings(static_cast<std::size_t>(row.items), skip);
    std::fill_n(ratings.begin(), row.answered, 3);
    const ScaleScore result = score_of(questionnaire, ratings);
    CHECK(result.estimate.has_value() == std::string_view(row.reason).empty());
    CHECK(result.reason == row.reason);
    CHECK(result.answered == static_cast<std::size_t>(row.answered));
    CHECK(result.items == static_cast<std::size_t>(row.items));
  }
}

TEST_CASE("skipped and unasked items are no number") {
  // 4 of 5: mean of 2, 3, 7, 6 = 4.5; 3 s² = 6.25 + 2.25 + 6.25 + 2.25 = 17.
  const Questionnaire questionnaire = one_scale("+++++");
  const ScaleScore skipped = score_of(questionnaire, {2, 3, skip, 7, 6});
  REQUIRE(skipped.estimate.has_value());
  CHECK(skipped.estimate->score == 4.5);
  CHECK(skipped.estimate->se == close_to(std::sqrt((17.6 + 17) / 11 / 4)));
  const ScaleScore unasked = score_of(questionnaire, {2, 3, 7, 6});
  REQUIRE(unasked.estimate.has_value());
  CHECK(unasked.estimate->score == 4.5);
  CHECK(unasked.items == 5);
}

TEST_CASE("one answer is a score with the error that people in general have") {
  Questionnaire questionnaire = one_scale("+-++");
  questionnaire.scales[0].min_answered = 0.25;
  const ScaleScore result = score_of(questionnaire, {skip, 3, skip, skip});
  REQUIRE(result.estimate.has_value());
  CHECK(result.estimate->score == 5);
  CHECK(result.estimate->se == doctest::Approx(1.4832397).epsilon(1e-7));
  CHECK(result.estimate->low == doctest::Approx(5 - 1.96 * 1.4832397));
  CHECK(result.estimate->high == 7);
}

TEST_CASE("a sum is the mean times the number of items, its error and range with it") {
  Questionnaire questionnaire = one_scale("++++++");
  questionnaire.scales[0].method = ScoreMethod::sum;
  CHECK(score_of(questionnaire, {7, 7, 7, 7, 7, 7}).estimate->score == 42);
  CHECK(score_of(questionnaire, {7, 7, 7, 7, 7, 7}).estimate->high == 42);
  CHECK(score_of(questionnaire, {1, 1, 1, 1, 1, 1}).estimate->low == 6);
  // 4, 5, 6, 3, 2: mean 4, 4 s² = 10, so 24 ± 1.96 × 6 × sqrt(27.6 / 12 / 5).
  const ScaleScore prorated = score_of(questionnaire, {4, 5, skip, 6, 3, 2});
  REQUIRE(prorated.estimate.has_value());
  CHECK(prorated.estimate->score == 24);
  CHECK(prorated.estimate->se == doctest::Approx(4.0693980).epsilon(1e-7));
  CHECK(prorated.estimate->low == doctest::Approx(16.0239799));
  CHECK(prorated.estimate->high == doctest::Approx(31.9760201));
}

TEST_CASE("the items of facets count for the parent, each facet for itself") {
  Questionnaire questionnaire = blank();
  const std::size_t parent = add_scale(questionnaire, "avoidance");
  const std::size_t first = add_scale(questionnaire, "first", parent);
  const std::size_t second = add_scale(questionnaire, "second", parent);
  add_items(questionnaire, first, "+-");
  add_items(questionnaire, parent, "+");
  add_items(questionnaire, second, "++");
  const Scores scores = scoring::score(questionnaire, 0, answer(questionnaire, {7, 2, 4, 1, 3}));
  CHECK(scores[parent].estimate->score == close_to(21.0 / 5));
  CHECK(scores[parent].items == 5);
  CHECK(scores[first].estimate->score == 6.5);
  CHECK(scores[second].estimate->score == 2);
  CHECK(scores[second].items == 2);
}

TEST_CASE("only the items of the form count") {
  Questionnaire questionnaire = one_scale("++++");
  add_items(questionnaire, add_scale(questionnaire, "other"), "++");
  questionnaire.forms.push_back({"short", "", std::nullopt, {3, 0}});
  const Scores scores = scoring::score(questionnaire, 1, answer(questionnaire, {2, 7, 7, 4, 7, 7}));
  CHECK(scores[0].estimate->score == 3);
  CHECK(scores[0].items == 2);
  CHECK(scores[0].answered == 2);
  CHECK_FALSE(scores[1].estimate.has_value());
  CHECK(scores[1].items == 0);
  CHECK(scores[1].reason == "the form has no items of this scale");
}

TEST_CASE("items of other kinds belong to no score") {
  Questionnaire questionnaire = one_scale("++");
  Item minutes;
  minutes.id = "minutes";
  minutes.kind = ItemKind::number;
  questionnaire.items.push_back(minutes);
  questionnaire.forms[0].items.push_back(2);
  const ScaleScore result = score_of(questionnaire, {2, 3, 600});
  CHECK(result.estimate->score == 2.5);
  CHECK(result.items == 2);
}

TEST_CASE("published reliability and norms give the classical error") {
  Questionnaire questionnaire = one_scale("++++");
  Scale& scale = questionnaire.scales[0];
  scale.reliability = Reliability{0.90, 0.75, std::nullopt, ""};
  Norm table;
  table.percentiles = {{1, 0}, {7, 100}};
  Norm norm;
  norm.sd = 1.2;
  scale.norms = {table, norm};

  // R: 5 ± qnorm(.975) × 1.2 × sqrt(1 − .9) = 4.256246..5.743754; 1.96 differs in the fifth digit.
  const ScaleScore full = score_of(questionnaire, {5, 5, 4, 6});
  CHECK(full.estimate->method == ErrorMethod::classical);
  CHECK(full.estimate->se == doctest::Approx(0.3794733).epsilon(1e-6));
  CHECK(full.estimate->low == doctest::Approx(4.256246).epsilon(1e-5));
  CHECK(full.estimate->high == doctest::Approx(5.743754).epsilon(1e-5));

  SUBCASE("by the retest correlation where there is no alpha") {
    scale.reliability->alpha.reset();
    CHECK(*scoring::published_error(scale, {1, 7}) == close_to(0.6));
  }
  SUBCASE("for sums in their own units") {
    scale.method = ScoreMethod::sum;
    CHECK(score_of(questionnaire, {5, 5, 4, 6}).estimate->se ==
          doctest::Approx(0.3794733).epsilon(1e-6));
  }
  SUBCASE("not without norms that have an SD") {
    scale.norms = {table};
    CHECK_FALSE(scoring::published_error(scale, {1, 7}).has_value());
    CHECK(score_of(questionnaire, {5, 5, 4, 6}).estimate->method == ErrorMethod::conditional);
  }
  SUBCASE("not from a sample that answered on another range") {
    scale.norms[1].range = AnswerRange{1, 5};
    CHECK_FALSE(scoring::published_error(scale, {1, 7}).has_value());
    CHECK(scoring::published_error(scale, {1, 5}).has_value());
    CHECK(score_of(questionnaire, {5, 5, 4, 6}).estimate->method == ErrorMethod::conditional);
  }
  SUBCASE("not without a reliability") {
    scale.reliability.reset();
    CHECK_FALSE(scoring::published_error(scale, {1, 7}).has_value());
  }
  SUBCASE("not for a short form, which is less reliable than the whole") {
    questionnaire.forms.push_back({"short", "", std::nullopt, {0, 3}});
    const Scores scores = scoring::score(questionnaire, 1, answer(questionnaire, {5, 5, 4, 6}));
    CHECK(scores[0].estimate->method == ErrorMethod::conditional);
    CHECK(scores[0].estimate->se == close_to(std::sqrt((17.6 + 0.5) / 9 / 2)));
  }
}

TEST_CASE("contributions say what each answer does to the score") {
  // Keyed 6, 2, 4: mean 4.
  Questionnaire questionnaire = one_scale("+-++");
  questionnaire.scales[0].min_answered = 0.75;
  questionnaire.forms[0].items = {3, 1, 2, 0};
  const Responses responses = answer(questionnaire, {6, 6, skip, 4});
  const std::vector<scoring::Contribution> parts =
      scoring::contributions(questionnaire, 0, responses, 0);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].item == 0);
  CHECK(parts[0].pull == close_to(2.0 / 3));
  CHECK(parts[0].one_step == close_to(1.0 / 3));
  CHECK(parts[1].item == 1);
  CHECK(parts[1].raw == 6);
  CHECK(parts[1].keyed == 2);
  CHECK(parts[1].pull == close_to(-2.0 / 3));
  CHECK(parts[1].one_step == close_to(-1.0 / 3));
  CHECK(parts[2].item == 3);
  CHECK(parts[2].pull == 0);

  questionnaire.scales[0].method = ScoreMethod::sum;
  CHECK(scoring::contributions(questionnaire, 0, responses, 0)[0].one_step == close_to(4.0 / 3));
  CHECK(scoring::contributions(questionnaire, 0, answer(questionnaire, {6, skip, skip, 4}), 0)
            .empty());
}
