// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/scoring.hpp"
#include "attune/trend.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Four items, the last two reversed; the form "short" has the first and the last.
Questionnaire example() {
  Questionnaire questionnaire = blank();
  add_items(questionnaire, add_scale(questionnaire, "calm"), "++--");
  questionnaire.forms.push_back({"short", "", std::nullopt, {0, 3}});
  return questionnaire;
}

class Collecting {
 public:
  // Kept as the next one, or as the `sequence`th.
  void add(const Questionnaire& questionnaire, std::size_t form, std::int64_t seconds,
           const std::vector<int>& ratings, std::optional<std::int64_t> sequence = {}) {
    Record record;
    record.sequence = sequence.value_or(++added_);
    record.id = std::to_string(record.sequence);
    record.taken_at.microseconds = seconds * 1'000'000;
    const Responses responses = answer(questionnaire, ratings);
    collector_.add(record, questionnaire, form, responses,
                   scoring::score(questionnaire, form, responses));
  }

  [[nodiscard]] std::size_t count() const { return collector_.count(); }

  // The only scale.
  trend::CollectedScale take() {
    std::vector<trend::CollectedScale> scales = collector_.take();
    REQUIRE(scales.size() == 1);
    return std::move(scales.front());
  }

 private:
  trend::SeriesCollector collector_;
  std::int64_t added_ = 0;
};

std::string ids(const trend::CollectedScale& scale) {
  std::string text;
  for (const trend::SeriesPoint& point : scale.points) text += point.id;
  return text;
}

}  // namespace

TEST_CASE("a series ascends in time, and in the order of keeping where times are equal") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  for (const std::int64_t seconds : {30, 10, 20, 10}) {
    collecting.add(questionnaire, 0, seconds, {1, 2, 3, 4});
  }
  CHECK(ids(collecting.take()) == "2431");
}

TEST_CASE("the order of keeping counts, not the order in which check-ins are read") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  for (const std::int64_t sequence : {3, 1, 2}) {
    collecting.add(questionnaire, 0, 10, {1, 2, 3, 4}, sequence);
  }
  CHECK(ids(collecting.take()) == "123");
}

TEST_CASE("a point has the score, its error and the keyed answers") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  const trend::CollectedScale scale = collecting.take();
  CHECK(scale.scale == 0);
  CHECK(scale.range.min == 1);
  CHECK(scale.range.max == 7);
  REQUIRE(scale.points.size() == 1);
  // 1, 2 and, reversed, 8 − 3 and 8 − 4.
  CHECK(scale.points[0].estimate.score == 3);
  REQUIRE(scale.points[0].answers.size() == 4);
  CHECK(scale.points[0].answers[2].keyed == 5);
  CHECK(scale.points[0].answers[3].keyed == 4);
}

TEST_CASE("an item that was skipped leaves no answer in its point") {
  Questionnaire questionnaire = example();
  questionnaire.scales[0].min_answered = 0.75;
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, skip, 3, 4});
  const trend::CollectedScale scale = collecting.take();
  REQUIRE(scale.points.size() == 1);
  REQUIRE(scale.points[0].answers.size() == 3);
  CHECK(scale.points[0].answers[0].keyed == 1);
  CHECK(scale.points[0].answers[1].keyed == 5);
  CHECK(scale.points[0].answers[2].keyed == 4);
}

TEST_CASE("check-ins on which the scale is not scored leave no point") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  collecting.add(questionnaire, 0, 2, {1, skip, skip, 4});
  const trend::CollectedScale scale = collecting.take();
  CHECK(ids(scale) == "1");
  CHECK(scale.left_out == 0);
}

TEST_CASE("forms of one mean scale are one series, and an item has one number in both") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  collecting.add(questionnaire, 1, 2, {5, skip, skip, 6});
  const trend::CollectedScale scale = collecting.take();
  REQUIRE(ids(scale) == "12");
  REQUIRE(scale.points[1].answers.size() == 2);
  CHECK(scale.points[1].answers[0].item == scale.points[0].answers[0].item);
  CHECK(scale.points[1].answers[1].item == scale.points[0].answers[3].item);
}

TEST_CASE("a definition that asks in another order leaves the answers of a point in one order") {
  const Questionnaire older = example();
  Questionnaire newer = example();
  std::reverse(newer.items.begin(), newer.items.end());
  Collecting collecting;
  collecting.add(older, 0, 1, {1, 2, 3, 4});
  // i4, i3, i2, i1.
  collecting.add(newer, 0, 2, {4, 3, 2, 1});
  const trend::CollectedScale scale = collecting.take();
  REQUIRE(ids(scale) == "12");
  const std::vector<trend::KeyedAnswer>& before = scale.points[0].answers;
  const std::vector<trend::KeyedAnswer>& after = scale.points[1].answers;
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK(before[i].item == after[i].item);
    CHECK(before[i].keyed == after[i].keyed);
  }
}

TEST_CASE("a sum over fewer items is another scale of numbers") {
  Questionnaire questionnaire = example();
  questionnaire.scales[0].method = ScoreMethod::sum;
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  collecting.add(questionnaire, 1, 2, {5, skip, skip, 6});
  const trend::CollectedScale scale = collecting.take();
  CHECK(ids(scale) == "2");
  CHECK(scale.left_out == 1);
}

TEST_CASE("what was scored by another key than the newest is left out and counted") {
  const Questionnaire newer = example();
  std::vector<Questionnaire> older(4, example());
  older[0].items[1].reverse = true;
  older[1].response_scales[0].max = 5;
  older[2].items.pop_back();
  older[2].forms[0].items.pop_back();
  older[2].forms.pop_back();
  older[3].items[0].text = "another wording";
  Collecting collecting;
  for (const Questionnaire& questionnaire : older) {
    std::vector<int> ratings(questionnaire.items.size(), 3);
    collecting.add(questionnaire, 0, 1, ratings);
  }
  collecting.add(newer, 0, 2, {1, 2, 3, 4});
  const trend::CollectedScale scale = collecting.take();
  CHECK(ids(scale) == "45");  // wording alone changes no score
  CHECK(scale.left_out == 3);
}

TEST_CASE("a scoring key spells out the way of scoring, its range and each item") {
  Questionnaire questionnaire = example();
  CHECK(trend::scoring_key(questionnaire, 0, 0) == "mean 1 7 +i1 1..7 +i2 1..7 -i3 1..7 -i4 1..7");
  CHECK(trend::scoring_key(questionnaire, 1, 0) == trend::scoring_key(questionnaire, 0, 0));
  questionnaire.scales[0].method = ScoreMethod::sum;
  questionnaire.response_scales[0].min = 0;
  // Four answers of 0 to 7, then two.
  CHECK(trend::scoring_key(questionnaire, 0, 0) == "sum 0 28 +i1 0..7 +i2 0..7 -i3 0..7 -i4 0..7");
  CHECK(trend::scoring_key(questionnaire, 1, 0) == "sum 0 14 +i1 0..7 +i2 0..7 -i3 0..7 -i4 0..7");
}

TEST_CASE("either end of the range of one item's answers changes the key") {
  // A mean over items of several ranges takes its own range from the first item alone.
  Questionnaire questionnaire = example();
  questionnaire.items[2].response_scale = 1;
  std::vector<std::string> keys;
  for (const auto& [min, max] : {std::pair(1, 7), std::pair(2, 7), std::pair(1, 5)}) {
    questionnaire.response_scales.resize(1);
    questionnaire.response_scales.push_back({"agreement again", min, max, {}});
    keys.push_back(trend::scoring_key(questionnaire, 0, 0));
  }
  CHECK(keys[0] == trend::scoring_key(example(), 0, 0));
  CHECK(keys[1] == "mean 1 7 +i1 1..7 +i2 1..7 -i3 2..7 -i4 1..7");
  CHECK(keys[2] == "mean 1 7 +i1 1..7 +i2 1..7 -i3 1..5 -i4 1..7");
}

TEST_CASE("the order of the items is no part of the key") {
  Questionnaire questionnaire = example();
  std::reverse(questionnaire.items.begin(), questionnaire.items.end());
  CHECK(trend::scoring_key(questionnaire, 0, 0) == trend::scoring_key(example(), 0, 0));
}

TEST_CASE("only the items of a scale and its facets are part of its key") {
  Questionnaire questionnaire = blank();
  const std::size_t main = add_scale(questionnaire, "avoidance");
  const std::size_t facet = add_scale(questionnaire, "guarded", main);
  const std::size_t other = add_scale(questionnaire, "anxiety");
  add_items(questionnaire, main, "+");
  add_items(questionnaire, facet, "-");
  add_items(questionnaire, other, "+");
  CHECK(trend::scoring_key(questionnaire, 0, main) == "mean 1 7 +i1 1..7 -i2 1..7");
  CHECK(trend::scoring_key(questionnaire, 0, facet) == "mean 1 7 -i2 1..7");
  CHECK(trend::scoring_key(questionnaire, 0, other) == "mean 1 7 +i3 1..7");
}

TEST_CASE("main scales are collected, or the one that is named") {
  Questionnaire questionnaire = blank();
  const std::size_t main = add_scale(questionnaire, "avoidance");
  add_items(questionnaire, add_scale(questionnaire, "guarded", main), "+-");
  const Responses responses = answer(questionnaire, {2, 3});
  const Scores scores = scoring::score(questionnaire, 0, responses);
  for (const char* name : {"", "guarded"}) {
    trend::SeriesCollector collector(*name == 0 ? std::nullopt : std::optional<std::string>(name));
    collector.add(Record{}, questionnaire, 0, responses, scores);
    const std::vector<trend::CollectedScale> scales = collector.take();
    REQUIRE(scales.size() == 1);
    CHECK(scales[0].scale == (*name == 0 ? 0 : 1));
  }
}

TEST_CASE("check-ins are counted, those that are not scored or left out, too") {
  const Questionnaire questionnaire = example();
  Questionnaire older = example();
  older.items[1].reverse = true;
  Collecting collecting;
  collecting.add(older, 0, 1, {1, 2, 3, 4});
  collecting.add(questionnaire, 0, 3, {1, 2, 3, 4});
  collecting.add(questionnaire, 0, 2, {skip, skip, skip, skip});
  CHECK(collecting.count() == 3);
}

TEST_CASE("what was taken is not given a second time") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  CHECK(collecting.take().points.size() == 1);
  CHECK(collecting.take().points.empty());
}

TEST_CASE("without a check-in there is no series") {
  trend::SeriesCollector collector;
  CHECK(collector.count() == 0);
  CHECK(collector.questionnaire() == nullptr);
  CHECK(collector.take().empty());
}
