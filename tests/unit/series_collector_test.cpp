// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <functional>
#include <utility>
#include <vector>

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

TEST_CASE("the answers of a point ascend by item, whatever the order of the form, without skips") {
  Questionnaire questionnaire = example();
  questionnaire.scales[0].min_answered = 0.5;
  questionnaire.forms.push_back({"backwards", "", std::nullopt, {3, 2, 1, 0}});
  Collecting collecting;
  collecting.add(questionnaire, 2, 1, {1, skip, 3, 4});
  const CollectedScale scale = collecting.take();
  REQUIRE(scale.points[0].answers.size() == 3);
  CHECK(scale.points[0].answers[0].item < scale.points[0].answers[1].item);
  CHECK(scale.points[0].answers[1].item < scale.points[0].answers[2].item);
  CHECK(scale.points[0].answers[0].keyed == 1);
}

TEST_CASE("records of one moment are in the order in which they were kept, not that of reading") {
  const Questionnaire questionnaire = example();
  SeriesCollector collector;
  for (const std::int64_t sequence : {3, 1, 2}) {
    Record record;
    record.sequence = sequence;
    record.id = std::to_string(sequence);
    const Responses responses = answer(questionnaire, {1, 2, 3, 4});
    collector.add(record, questionnaire, 0, responses, score(questionnaire, 0, responses));
  }
  CHECK(collector.count() == 3);
  CHECK(ids(collector.take()[0]) == "123");
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

TEST_CASE("a key is the same whatever the order of the items and whatever else is asked") {
  const std::string key = scoring_key(example(), 0, 0);
  Questionnaire other = example();
  std::swap(other.items[0], other.items[3]);
  std::swap(other.items[1], other.items[2]);
  CHECK(scoring_key(other, 0, 0) == key);
  add_items(other, add_scale(other, "warm"), "+-");
  CHECK(scoring_key(other, 0, 0) == key);
  CHECK(scoring_key(other, 1, 0) == key);  // the mean of fewer items, on the same range
}

TEST_CASE("a key changes with each thing that a score depends on") {
  const std::vector<std::function<void(Questionnaire&)>> changes = {
      [](Questionnaire& other) { other.items[0].reverse = true; },
      [](Questionnaire& other) { other.items[3].reverse = false; },
      [](Questionnaire& other) { other.items[0].id = "other"; },
      [](Questionnaire& other) { other.items.pop_back(); },
      [](Questionnaire& other) { other.scales[0].method = ScoreMethod::sum; },
      // One item alone is answered on another range, below that of the scale's others.
      [](Questionnaire& other) {
        other.response_scales.push_back({"narrow", 2, 7, {}});
        other.items[1].response_scale = 1;
      },
      [](Questionnaire& other) {
        other.response_scales.push_back({"narrow", 1, 6, {}});
        other.items[1].response_scale = 1;
      },
  };
  const std::string key = scoring_key(example(), 0, 0);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    Questionnaire other = example();
    changes[i](other);
    if (other.items.size() < 4) other.forms = {{"full", "", std::nullopt, {0, 1, 2}}};
    CHECK(scoring_key(other, 0, 0) != key);
  }
}

TEST_CASE("the key of a sum tells its forms apart where both begin at 0") {
  Questionnaire questionnaire = blank(0, 5);
  add_items(questionnaire, add_scale(questionnaire, "calm"), "++--");
  questionnaire.forms.push_back({"short", "", std::nullopt, {0, 3}});
  CHECK(scoring_key(questionnaire, 0, 0) == scoring_key(questionnaire, 1, 0));
  questionnaire.scales[0].method = ScoreMethod::sum;
  CHECK(scoring_key(questionnaire, 0, 0) != scoring_key(questionnaire, 1, 0));
}
