// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>

#include "attune/interpretation.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

using Ids = std::vector<std::string>;

// Ten items; 1 and 2 say the opposite of each other, 3 and 4 the same, 5 and 6 the opposite.
Questionnaire ten_items(int min = 1, int max = 7) {
  Questionnaire questionnaire = blank(min, max);
  add_items(questionnaire, add_scale(questionnaire, "scale"), "+-+++-+-+-");
  questionnaire.pairs = {
      {0, 1, Relation::opposite}, {2, 3, Relation::same}, {4, 5, Relation::opposite}};
  return questionnaire;
}

Ids ids_of(const std::vector<interpretation::CareNote>& notes) {
  Ids ids;
  for (const interpretation::CareNote& note : notes) ids.push_back(note.id);
  return ids;
}

Ids notes_for(const std::vector<int>& ratings, double seconds = 0) {
  const Questionnaire questionnaire = ten_items();
  Responses responses = answer(questionnaire, ratings);
  responses.seconds.assign(questionnaire.items.size(), seconds);
  return ids_of(interpretation::care_notes(questionnaire, responses));
}

}  // namespace

TEST_CASE("the longest run and the variability agree with R's careless") {
  // R: longstring and irv of package careless on these answers give 4 and 2.024846.
  const std::vector<double> given = {3, 3, 3, 3, 5, 5, 1, 7, 7, 2};
  const std::vector<std::optional<double>> shown(given.begin(), given.end());
  CHECK(interpretation::longest_run(shown) == 4);
  CHECK(interpretation::response_variability(given) == doctest::Approx(2.024846).epsilon(1e-6));
}

TEST_CASE("a skip ends a run") {
  using Shown = std::vector<std::optional<double>>;
  CHECK(interpretation::longest_run(Shown{4.0, 4.0, std::nullopt, 4.0}) == 2);
  CHECK(interpretation::longest_run(Shown{std::nullopt, std::nullopt, std::nullopt}) == 0);
  CHECK(interpretation::longest_run(Shown{std::nullopt, 4.0}) == 1);
  CHECK(interpretation::longest_run(Shown{1.0, 2.0, 2.0, 2.0, 1.0}) == 3);
  CHECK(interpretation::longest_run(Shown{}) == 0);
}

TEST_CASE("twenty equal answers in a row need no second sign, nineteen do") {
  for (const std::size_t run : {19U, 20U}) {
    Questionnaire questionnaire = blank(1, 7);
    add_items(questionnaire, add_scale(questionnaire, "scale"), std::string(24, '+'));
    std::vector<int> ratings(24, 4);
    for (std::size_t i = run; i < ratings.size(); ++i) ratings[i] = i % 2 == 0 ? 5 : 6;
    const Responses responses = answer(questionnaire, ratings);
    CHECK(ids_of(interpretation::care_notes(questionnaire, responses)) ==
          (run == 20 ? Ids{"long-run"} : Ids{}));
  }
}

TEST_CASE("notes are given when two signals agree, and only then") {
  struct Row {
    const char* why;
    std::vector<int> ratings;
    double seconds;
    Ids notes;
  };
  const Row rows[] = {
      {"varied and consistent", {2, 6, 3, 3, 5, 3, 1, 7, 4, 2}, 5, {}},
      {"all the same at an end: the pairs disagree, too",
       {7, 7, 7, 7, 7, 7, 7, 7, 7, 7},
       5,
       {"long-run", "contradicting-pairs"}},
      {"all in the middle, which may be meant", {4, 4, 4, 4, 4, 4, 4, 4, 4, 4}, 5, {}},
      {"a run of six of ten, alone", {4, 4, 4, 4, 4, 4, 1, 7, 2, 6}, 5, {}},
      {"a run of six of ten, fast",
       {4, 4, 4, 4, 4, 4, 1, 7, 2, 6},
       1.9,
       {"long-run", "fast-answers"}},
      {"a run of five of ten, fast", {4, 4, 4, 4, 4, 5, 1, 7, 2, 6}, 1.9, {}},
      {"fast, alone", {2, 6, 3, 3, 5, 3, 1, 7, 4, 2}, 0.5, {}},
      {"two seconds are enough", {4, 4, 4, 4, 4, 4, 1, 7, 2, 6}, 2, {}},
      {"not measured", {4, 4, 4, 4, 4, 4, 1, 7, 2, 6}, 0, {}},
      {"little spread without a run, fast",
       {4, 5, 4, 4, 4, 4, 5, 4, 4, 4},
       1,
       {"little-spread", "fast-answers"}},
      {"a spread of half a step, fast", {4, 5, 4, 5, 4, 5, 4, 5, 4, 5}, 1, {}},
      // 1 against 8 − 6 = 2; 1 against 5; 7 against 8 − 5 = 3.
      {"two contradictions, fast",
       {1, 6, 1, 5, 7, 5, 2, 3, 4, 6},
       1,
       {"contradicting-pairs", "fast-answers"}},
      {"one contradiction, fast", {1, 6, 1, 5, 7, 4, 2, 3, 4, 6}, 1, {}},
      {"a contradiction of three steps is none", {1, 6, 1, 4, 7, 4, 2, 3, 4, 6}, 1, {}},
      {"seven answers are too few", {7, 7, 7, 7, 7, 7, 7, skip, skip, skip}, 1, {}},
      {"eight are not", {4, 4, 4, 4, 4, 4, 4, 4, skip, skip}, 1, {"long-run", "fast-answers"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(notes_for(row.ratings, row.seconds) == row.notes);
  }
}

TEST_CASE("both ends in turn within facets are a sign, however the keys balance them") {
  Questionnaire questionnaire = blank();
  const std::size_t parent = add_scale(questionnaire, "parent");
  for (const char* facet : {"a", "b", "c"}) {
    const std::size_t scale = add_scale(questionnaire, facet);
    questionnaire.scales[scale].parent = parent;
    add_items(questionnaire, scale, "+-+-");
  }
  const auto notes = [&](const std::vector<int>& ratings) {
    Responses responses = answer(questionnaire, ratings);
    responses.seconds.assign(questionnaire.items.size(), 1.0);
    return ids_of(interpretation::care_notes(questionnaire, responses));
  };
  // Keyed 2 6 6 2 in each facet: SD 2.31.
  CHECK(notes({2, 2, 6, 6, 2, 2, 6, 6, 2, 2, 6, 6}) == Ids{"spread-within", "fast-answers"});
  // Keyed 3 6 6 3: SD 1.73. And the two ends in different facets are a person's shape.
  CHECK(notes({3, 2, 6, 5, 3, 2, 6, 5, 3, 2, 6, 5}).empty());
  CHECK(notes({1, 7, 1, 7, 7, 1, 7, 1, 1, 7, 1, 7}).empty());
}

TEST_CASE("a run is looked for in the order shown") {
  const Questionnaire questionnaire = ten_items();
  Responses responses = answer(questionnaire, {4, 1, 4, 6, 4, 5, 4, 3, 4, 4});
  responses.seconds.assign(10, 1.0);
  CHECK(interpretation::care_notes(questionnaire, responses).empty());
  responses.order = {0, 2, 4, 6, 8, 9, 1, 3, 5, 7};
  CHECK(ids_of(interpretation::care_notes(questionnaire, responses)) ==
        Ids{"long-run", "fast-answers"});
}

TEST_CASE("a contradiction is four sixths of whatever range") {
  // On 0..3 two steps are four sixths, on 1..5 it takes three.
  const auto notes = [](int min, int max, const std::vector<int>& ratings) {
    const Questionnaire questionnaire = ten_items(min, max);
    Responses responses = answer(questionnaire, ratings);
    responses.seconds.assign(10, 1.0);
    return interpretation::care_notes(questionnaire, responses).size();
  };
  CHECK(notes(0, 3, {0, 1, 0, 2, 3, 0, 1, 2, 3, 0}) == 2);
  CHECK(notes(0, 3, {0, 2, 0, 2, 3, 0, 1, 2, 3, 0}) == 0);
  CHECK(notes(1, 5, {1, 2, 1, 4, 5, 1, 2, 3, 4, 5}) == 2);
  CHECK(notes(1, 5, {1, 3, 1, 4, 5, 1, 2, 3, 4, 5}) == 0);
}

TEST_CASE("the median of an even number of times is the middle of the two") {
  const Questionnaire questionnaire = ten_items();
  Responses responses = answer(questionnaire, {4, 4, 4, 4, 4, 4, 1, 7, 2, 6});
  responses.seconds = {9, 1, 9, 1, 1.5, 2.25, 1, 9, 1, 9};
  CHECK(ids_of(interpretation::care_notes(questionnaire, responses)) ==
        Ids{"long-run", "fast-answers"});
  responses.seconds = {9, 1, 9, 1, 1.5, 2.5, 1, 9, 1, 9};
  CHECK(interpretation::care_notes(questionnaire, responses).empty());
}

TEST_CASE("answers of other kinds are no ratings") {
  Questionnaire questionnaire = ten_items();
  for (std::size_t i = 2; i < 10; ++i) questionnaire.items[i].kind = ItemKind::number;
  CHECK(interpretation::care_notes(questionnaire,
                                   answer(questionnaire, {7, 7, 7, 7, 7, 7, 7, 7, 7, 7}))
            .empty());
}

TEST_CASE("notes are a sentence each that blames nobody") {
  const Questionnaire questionnaire = ten_items();
  Responses responses = answer(questionnaire, std::vector<int>(10, 7));
  responses.seconds.assign(10, 1.0);
  const std::vector<interpretation::CareNote> notes =
      interpretation::care_notes(questionnaire, responses);
  REQUIRE(notes.size() == 3);
  for (const interpretation::CareNote& note : notes) {
    CAPTURE(note.text);
    const auto sentences = std::count(note.text.begin(), note.text.end(), '.');
    CHECK(sentences == 1);
    for (const char* accusing : {"careless", "invalid", "wrong", "should", "must", "failed"}) {
      CHECK(note.text.find(accusing) == std::string::npos);
    }
  }
}
