// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "attune/scoring.hpp"
#include "attune/series.hpp"

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
  void add(const Questionnaire& questionnaire, std::size_t form, std::int64_t seconds,
           const std::vector<int>& ratings) {
    Record record;
    record.sequence = ++sequence_;
    record.id = std::to_string(sequence_);
    record.taken_at.microseconds = seconds * 1'000'000;
    const Responses responses = answer(questionnaire, ratings);
    collector_.add(record, questionnaire, form, responses, score(questionnaire, form, responses));
  }

  // The only scale.
  CollectedScale take() {
    std::vector<CollectedScale> scales = collector_.take();
    REQUIRE(scales.size() == 1);
    return std::move(scales.front());
  }

 private:
  SeriesCollector collector_;
  std::int64_t sequence_ = 0;
};

std::string ids(const CollectedScale& scale) {
  std::string text;
  for (const SeriesPoint& point : scale.points) text += point.id;
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

TEST_CASE("a point has the score, its error and the keyed answers") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  const CollectedScale scale = collecting.take();
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

TEST_CASE("check-ins on which the scale is not scored leave no point") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  collecting.add(questionnaire, 0, 2, {1, skip, skip, 4});
  const CollectedScale scale = collecting.take();
  CHECK(ids(scale) == "1");
  CHECK(scale.left_out == 0);
}

TEST_CASE("forms of one mean scale are one series, and an item has one number in both") {
  const Questionnaire questionnaire = example();
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  collecting.add(questionnaire, 1, 2, {5, skip, skip, 6});
  const CollectedScale scale = collecting.take();
  REQUIRE(ids(scale) == "12");
  REQUIRE(scale.points[1].answers.size() == 2);
  CHECK(scale.points[1].answers[0].item == scale.points[0].answers[0].item);
  CHECK(scale.points[1].answers[1].item == scale.points[0].answers[3].item);
}

TEST_CASE("a sum over fewer items is another scale of numbers") {
  Questionnaire questionnaire = example();
  questionnaire.scales[0].method = ScoreMethod::sum;
  Collecting collecting;
  collecting.add(questionnaire, 0, 1, {1, 2, 3, 4});
  collecting.add(questionnaire, 1, 2, {5, skip, skip, 6});
  const CollectedScale scale = collecting.take();
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
  const CollectedScale scale = collecting.take();
  CHECK(ids(scale) == "45");  // wording alone changes no score
  CHECK(scale.left_out == 3);
}

TEST_CASE("main scales are collected, or the one that is named") {
  Questionnaire questionnaire = blank();
  const std::size_t main = add_scale(questionnaire, "avoidance");
  add_items(questionnaire, add_scale(questionnaire, "guarded", main), "+-");
  const Responses responses = answer(questionnaire, {2, 3});
  const Scores scores = score(questionnaire, 0, responses);
  for (const char* name : {"", "guarded"}) {
    SeriesCollector collector(*name == 0 ? std::nullopt : std::optional<std::string>(name));
    collector.add(Record{}, questionnaire, 0, responses, scores);
    const std::vector<CollectedScale> scales = collector.take();
    REQUIRE(scales.size() == 1);
    CHECK(scales[0].scale == (*name == 0 ? 0 : 1));
  }
}

TEST_CASE("without a check-in there is no series") {
  SeriesCollector collector;
  CHECK(collector.count() == 0);
  CHECK(collector.questionnaire() == nullptr);
  CHECK(collector.take().empty());
}
