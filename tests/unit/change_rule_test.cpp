// SPDX-License-Identifier: MIT
// The rule for change from six check-ins on: worked examples, and what must hold of every series.
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <functional>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "attune/trend.hpp"

#include "builders.hpp"
#include "series_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr ScoreRange one_to_seven{1, 7};

constexpr std::int64_t day = 86'400'000'000;  // in microseconds

using Points = std::vector<trend::SeriesPoint>;
using Answers = std::vector<std::vector<double>>;

doctest::Approx close_to(double value) { return doctest::Approx(value).epsilon(1e-9); }

// Of the worked examples, which have six decimals.
doctest::Approx near(double value) { return doctest::Approx(value).epsilon(1e-6); }

const std::vector<int> months = {0, 30, 61, 91, 122, 152, 183, 213, 244, 274, 305, 335, 366};

const Answers low_and_high = {{3, 2, 4, 3, 2, 3}, {2, 3, 3, 4, 2, 3}, {3, 3, 4, 2, 3, 3},
                              {2, 2, 4, 3, 3, 2}, {3, 2, 3, 3, 2, 4}, {5, 4, 6, 5, 4, 5},
                              {4, 5, 5, 6, 5, 5}, {5, 5, 6, 5, 4, 5}, {5, 4, 5, 5, 5, 6},
                              {4, 5, 6, 5, 4, 5}};

Points answered_all(const Answers& answers, double units = 1) {
  Points points;
  for (const auto& keyed : answers) points.push_back(answered(keyed, units));
  return points;
}

Points series_on(const std::vector<double>& scores, double se, const std::vector<int>& days,
                 ErrorMethod method = ErrorMethod::conditional) {
  Points points;
  for (const double score : scores) points.push_back(point(score, se, method));
  return on_days(std::move(points), days);
}

trend::ScaleTrend trend_of(const Points& points, ScoreRange range = one_to_seven) {
  return trend::trend_of(points, range);
}

void check_change(const trend::ScaleTrend& trend, trend::Verdict verdict, double change,
                  double se) {
  REQUIRE(trend.since_first);
  CHECK(trend.since_first->verdict == verdict);
  CHECK(trend.since_first->method == trend::ChangeMethod::series);
  CHECK(trend.since_first->change == near(change));
  CHECK(trend.since_first->se == near(se));
  CHECK(trend.since_first->low == near(change - 1.96 * se));
  CHECK(trend.since_first->high == near(change + 1.96 * se));
}

void check_usual(const trend::ScaleTrend& trend, std::size_t n, double mean, double low,
                 double high) {
  REQUIRE(trend.usual);
  CHECK(trend.usual->n == n);
  CHECK(trend.usual->mean == near(mean));
  CHECK(trend.usual->low == near(low));
  CHECK(trend.usual->high == near(high));
}

// A made-up person's check-ins of six items, with a level that may step, slope or pass.
Points made_up(Numbers& numbers, int smallest_gap, int largest_gap) {
  const int count = numbers.between(6, 30);
  const int kind = numbers.between(0, 3);
  const int moved_from = numbers.between(0, count);
  const int moved_to = kind == 2 ? moved_from + numbers.between(1, 8) : count;
  const int size = numbers.between(-2, 2);
  Points points;
  std::vector<int> days;
  for (int i = 0; i < count; ++i) {
    days.push_back(i == 0 ? 0 : days.back() + numbers.between(smallest_gap, largest_gap));
    const int shift =
        kind == 1 ? 2 * size * i / count : size * static_cast<int>(moved_from <= i && i < moved_to);
    std::vector<double> keyed(6);
    for (double& answer : keyed) answer = std::clamp(numbers.between(3, 5) + shift, 1, 7);
    points.push_back(answered(keyed));
  }
  return on_days(std::move(points), days);
}

void check_same(const trend::ScaleTrend& a, const trend::ScaleTrend& b, double scale = 1) {
  REQUIRE(a.series.has_value() == b.series.has_value());
  CHECK(std::abs(a.series->evidence - b.series->evidence) < 1e-9);
  CHECK(a.series->evidence_needed == close_to(b.series->evidence_needed));
  CHECK(a.since_first->verdict == b.since_first->verdict);
  CHECK(std::abs(scale) * a.since_first->se == close_to(b.since_first->se));
  CHECK(std::abs(scale * a.since_first->change - b.since_first->change) < 1e-9);
  CHECK(a.series->split.has_value() == b.series->split.has_value());
  CHECK(a.series->line.has_value() == b.series->line.has_value());
  CHECK(a.series->passing.has_value() == b.series->passing.has_value());
  REQUIRE(a.usual.has_value() == b.usual.has_value());
  if (a.usual) CHECK(std::abs(scale) * a.usual->wobble == close_to(b.usual->wobble));
}

Points moved_by(Points points, const std::function<double(double)>& to) {
  for (trend::SeriesPoint& each : points) each.estimate.score = to(each.estimate.score);
  return points;
}

}  // namespace

TEST_CASE("a clear step in monthly check-ins is changed") {
  const trend::ScaleTrend trend = trend_of(on_days(answered_all(low_and_high), months));
  check_change(trend, trend::Verdict::changed, 2.1, 0.256229);
  check_usual(trend, 5, 2.833333, 1.923506, 3.743161);
  // √(0.095169 + 0.075309): spells, and the item noise of one score.
  CHECK(trend.usual->wobble == doctest::Approx(0.412890).epsilon(1e-5));
  CHECK(trend.series->evidence == near(10.222251));
  CHECK(trend.series->evidence_needed == near(6.4));
  REQUIRE(trend.series->split);
  const auto& [before, after] = *trend.series->split;
  CHECK(before.mean == near(2.833333));
  CHECK(after.mean == near(4.933333));
  CHECK(before.n == 5);
  CHECK(after.n == 5);
  CHECK(render_local_date(before.first) == "2026-01-05");
  CHECK(render_local_date(before.last) == "2026-05-07");
  CHECK(render_local_date(after.first) == "2026-06-06");
  CHECK(render_local_date(after.last) == "2026-10-06");
  CHECK_FALSE(trend.series->line);
  CHECK_FALSE(trend.series->passing);
  CHECK_FALSE(trend.tells_from);
}

TEST_CASE("published errors without answers, and nothing that stands out, are no change") {
  const trend::ScaleTrend trend = trend_of(series_on(
      {3, 3.4, 2.9, 3.2, 3.6, 3.1, 2.8, 3.3, 3.5, 3.2}, 0.4, months, ErrorMethod::classical));
  check_change(trend, trend::Verdict::no_change, 0.190476, 0.355982);
  check_usual(trend, 7, 3.142857, 2.123764, 4.161950);
  CHECK(trend.series->evidence == near(0.297944));
  CHECK_FALSE(trend.series->split);
}

TEST_CASE("a clear fall seen for fourteen weeks, in uneven check-ins, is maybe") {
  const trend::ScaleTrend trend = trend_of(series_on(
      {4.0, 4.2, 3.8, 4.1, 3.9, 4.0, 4.3, 3.9, 2.4, 2.2, 2.5, 2.1, 2.6, 2.3, 2.2, 2.5, 2.4, 2.0,
       2.3},
      0.3, {0, 7, 14, 28, 35, 56, 63, 63, 112, 119, 126, 140, 147, 168, 175, 182, 196, 203, 210}));
  check_change(trend, trend::Verdict::maybe, -1.701389, 0.315844);
  check_usual(trend, 8, 4.022222, 2.944943, 5.099501);
  CHECK(trend.series->evidence == near(4.432812));
  REQUIRE(trend.series->split);
  CHECK(trend.series->split->before.mean == near(4.022222));
  CHECK(trend.series->split->after.mean == near(2.320833));
  CHECK(trend.series->split->after.n == 11);
}

TEST_CASE("a steady rise over a year is changed, by a line") {
  const trend::ScaleTrend trend = trend_of(
      series_on({2.0, 2.3, 2.4, 2.8, 2.9, 3.2, 3.3, 3.7, 3.8, 4.0, 4.3, 4.4, 4.8}, 0.2, months));
  check_change(trend, trend::Verdict::changed, 2.689947, 0.307933);
  check_usual(trend, 10, 3.04, 1.590848, 4.489152);
  CHECK(trend.series->evidence == near(13.065346));
  CHECK_FALSE(trend.series->split);
  REQUIRE(trend.series->line);
  CHECK(trend.series->line->to - trend.series->line->from == near(2.689947));
  CHECK((trend.series->line->to + trend.series->line->from) / 2 ==
        doctest::Approx(3.4).epsilon(0.01));
}

TEST_CASE("check-ins that were different for a while are no change, but remarked upon") {
  std::vector<int> days;
  for (int i = 0; i < 20; ++i) days.push_back(14 * i);
  const trend::ScaleTrend trend =
      trend_of(series_on({3.0, 3.2, 2.9, 3.1, 3.0, 3.3, 2.8, 3.0, 5.1, 5.3,
                          4.9, 5.2, 5.0, 5.2, 3.1, 2.9, 3.2, 3.0, 2.8, 3.1},
                         0.25, days));
  check_change(trend, trend::Verdict::no_change, -0.091667, 0.314799);
  check_usual(trend, 11, 3.058333, 2.299884, 3.816783);
  CHECK(trend.series->evidence == near(0.998234));
  REQUIRE(trend.series->passing);
  const trend::PassingStretch& passing = *trend.series->passing;
  CHECK(passing.evidence == near(8.736763));
  CHECK(passing.inside.mean == near(5.116667));
  CHECK(passing.inside.n == 6);
  CHECK(passing.otherwise == near(3.028571));
  CHECK(render_local_date(passing.inside.first) == "2026-04-27");
  CHECK(render_local_date(passing.inside.last) == "2026-07-06");
}

TEST_CASE("the first seven of a step, as sums of six items, are maybe") {
  Points points = answered_all(low_and_high, 6);
  points.resize(7);
  const trend::ScaleTrend trend = trend_of(on_days(points, months), {6, 42});
  check_change(trend, trend::Verdict::maybe, 8.333333, 2.278083);
  check_usual(trend, 4, 17, 11.052394, 22.947606);
  CHECK(trend.series->evidence == near(1.984378));
  // Outside of the usual range, not by evidence.
  CHECK_FALSE(trend.series->split);
}

TEST_CASE("a step that comes with six other items is maybe") {
  Points points = on_days(answered_all(low_and_high), months);
  for (std::size_t i = 5; i < points.size(); ++i) {
    for (trend::KeyedAnswer& answer : points[i].answers) answer.item += 6;
  }
  const trend::ScaleTrend trend = trend_of(points);
  check_change(trend, trend::Verdict::maybe, 2.1, 0.488231);
  check_usual(trend, 5, 2.833333, 1.906463, 3.760203);
  CHECK(trend.series->evidence == near(6.289508));
}

TEST_CASE("where the answers of one sitting were not kept, forms can't be told apart") {
  Points points = on_days(answered_all(low_and_high), months);
  for (trend::SeriesPoint& each : points) each.estimate.method = ErrorMethod::classical;
  const double same = trend_of(points).series->evidence;
  for (std::size_t i = 5; i < points.size(); ++i) {
    for (trend::KeyedAnswer& answer : points[i].answers) answer.item += 6;
  }
  CHECK(trend_of(points).series->evidence < 0.7 * same);
  points[2].answers.clear();
  CHECK(trend_of(points).series->evidence == close_to(same));
}

TEST_CASE("the order of input changes nothing but what compares the last two") {
  Numbers numbers(1);
  for (int round = 0; round < 300; ++round) {
    Points points = made_up(numbers, 0, 20);
    const trend::ScaleTrend ordered = trend_of(points);
    for (std::size_t i = points.size(); i > 1; --i) {
      std::swap(points[i - 1],
                points[static_cast<std::size_t>(numbers.between(0, static_cast<int>(i) - 1))]);
    }
    // Without a usual range the first and the last are compared.
    if (ordered.usual) check_same(ordered, trend_of(points));
  }
}

TEST_CASE("a mirrored series has the mirrored trend") {
  Numbers numbers(2);
  for (int round = 0; round < 300; ++round) {
    // On different days: check-ins of one day are paired in the order of their scores.
    const Points points = made_up(numbers, 1, 40);
    Points mirrored = moved_by(points, [](double score) { return 8 - score; });
    for (trend::SeriesPoint& each : mirrored) {
      for (trend::KeyedAnswer& answer : each.answers) answer.keyed = 8 - answer.keyed;
    }
    check_same(trend_of(points), trend_of(mirrored), -1);
  }
}

TEST_CASE("a sum has the trend of its mean, in its own units") {
  Numbers numbers(3);
  for (int round = 0; round < 300; ++round) {
    Points points = made_up(numbers, 0, 40);
    // From the middle on without the last item, so that forms differ in every second round.
    const std::size_t complete = round % 2 == 0 ? points.size() : points.size() / 2;
    for (std::size_t i = complete; i < points.size(); ++i) points[i].answers.pop_back();
    Points sums = points;
    for (trend::SeriesPoint* each : {points.data(), sums.data()}) {
      for (std::size_t i = 0; i < points.size(); ++i) {
        std::vector<double> keyed;
        for (const trend::KeyedAnswer& answer : each[i].answers) keyed.push_back(answer.keyed);
        each[i].estimate = answered(keyed, each == points.data() ? 1 : 6).estimate;
      }
    }
    check_same(trend_of(points), trend_of(sums, {6, 42}), 6);
  }
}

TEST_CASE("a larger shift never says less") {
  Numbers numbers(4);
  int changed = 0;
  for (int round = 0; round < 60; ++round) {
    const int count = numbers.between(8, 30);
    Points points;
    std::vector<int> days;
    for (int i = 0; i < count; ++i) {
      days.push_back(28 * i + numbers.between(0, 10));
      points.push_back(point(4 + 0.1 * numbers.between(-4, 4), 0.3));
    }
    points = on_days(std::move(points), days);
    const auto from = static_cast<std::size_t>(numbers.between(3, count - 3));
    trend::Verdict said = trend::Verdict::no_change;
    for (int step = 0; step <= 30; ++step) {
      Points shifted = points;
      for (std::size_t i = from; i < shifted.size(); ++i) shifted[i].estimate.score += 0.25 * step;
      const trend::Verdict verdict = trend_of(shifted).since_first->verdict;
      CHECK((verdict == trend::Verdict::changed || said != trend::Verdict::changed));
      said = verdict;
    }
    changed += said == trend::Verdict::changed ? 1 : 0;
  }
  CHECK(changed > 50);
}

TEST_CASE("a change takes the newest check-ins, too") {
  Points points = on_days(answered_all(low_and_high), months);
  CHECK(trend_of(points).since_first->verdict == trend::Verdict::changed);
  for (std::size_t i = 7; i < 10; ++i) points[i].estimate.score = 2.8;
  CHECK(trend_of(points).since_first->verdict == trend::Verdict::no_change);
}

TEST_CASE("a gap counts as one spell, however long") {
  const std::vector<double> scores = {3, 3.1, 2.9, 3, 3.1, 5, 4.9, 5.1, 5, 4.9};
  const auto evidence = [&](int gap) {
    std::vector<int> days;
    for (int i = 0; i < 10; ++i) days.push_back(28 * i + (i > 2 ? gap : 0));
    return trend_of(series_on(scores, 0.3, days)).series->evidence;
  };
  CHECK(evidence(28) > evidence(0));
  CHECK(evidence(28) == close_to(evidence(56)));
  CHECK(evidence(28) == close_to(evidence(5600)));
}

TEST_CASE("ten check-ins in a week weigh no more than their week") {
  // One period is one period; the meagre one of one check-in joins it.
  const trend::ScaleTrend week =
      trend_of(series_on({3, 3, 3, 3, 6, 6, 6, 6, 6, 6}, 0.3, {0, 1, 2, 3, 4, 5, 6, 7, 8, 28}));
  CHECK(week.series->evidence == 0);
  CHECK(week.since_first->verdict != trend::Verdict::changed);
  CHECK(week.usual->n == 7);
}

TEST_CASE("equal days are never set apart") {
  const std::vector<int> days(9, 5);
  const trend::ScaleTrend trend = trend_of(series_on({2, 2, 2, 2, 2, 6, 6, 6, 6}, 0.3, days));
  CHECK(trend.series->evidence == 0);
  CHECK_FALSE(trend.usual);
  // As two check-ins are compared: at most maybe.
  CHECK(trend.since_first->method == trend::ChangeMethod::separate);
  CHECK(trend.since_first->verdict == trend::Verdict::maybe);
}

TEST_CASE("the same answers throughout are no change, with a wobble all the same") {
  for (const double answer : {1.0, 4.0}) {
    const Points points(20, answered(std::vector<double>(8, answer)));
    std::vector<int> days;
    for (int i = 0; i < 20; ++i) days.push_back(28 * i);
    const trend::ScaleTrend trend = trend_of(on_days(points, days));
    CHECK(trend.series->evidence == 0);
    CHECK(trend.since_first->verdict == trend::Verdict::no_change);
    CHECK(trend.since_first->change == 0);
    CHECK(trend.usual->wobble > 0.1);
    CHECK_FALSE(trend.series->passing);
  }
}

TEST_CASE("one item alone is far too uncertain for a change") {
  Points points;
  for (int i = 0; i < 13; ++i) points.push_back(answered({i < 6 ? 2.0 : 5.0}));
  const trend::ScaleTrend trend = trend_of(on_days(points, months));
  CHECK(trend.since_first->verdict != trend::Verdict::changed);
}

TEST_CASE("scores at the floor take no change for granted") {
  Points points;
  for (int i = 0; i < 13; ++i) points.push_back(answered({1, 1, 1, 1, 1, i % 3 == 0 ? 2.0 : 1.0}));
  const trend::ScaleTrend trend = trend_of(on_days(points, months));
  CHECK(trend.since_first->verdict == trend::Verdict::no_change);
  CHECK(trend.usual->low < 1);  // not clipped
}

TEST_CASE("two forms by turns weigh as one form, in sides that have both alike") {
  Points same;
  for (int i = 0; i < 12; ++i) {
    same.push_back(
        answered(i < 6 ? std::vector<double>{3, 4, 3, 5} : std::vector<double>{5, 6, 5, 7}));
    same.back().estimate.method = ErrorMethod::classical;
  }
  Points turns = on_days(same, months);
  for (std::size_t i = 1; i < turns.size(); i += 2) {
    for (trend::KeyedAnswer& answer : turns[i].answers) answer.item += 4;
  }
  const trend::ScaleTrend trend = trend_of(turns);
  REQUIRE(trend.series->split);
  CHECK(trend.series->split->before.n == 6);
  CHECK(trend.series->evidence == close_to(trend_of(on_days(same, months)).series->evidence));
}

TEST_CASE("a newest period with less than half as many check-ins joins the one before") {
  std::vector<double> scores(12, 3);
  scores.resize(24, 5);
  std::vector<int> days;
  for (int i = 0; i < 26; ++i) days.push_back(7 * i);
  const auto mean_after = [&] {
    const auto split = trend_of(series_on(scores, 0.3, days)).series->split;
    return split ? split->after.mean : 0;
  };
  scores.push_back(5.5);
  CHECK(mean_after() == near((5 + 5 + 25.5 / 5) / 3));
  scores.push_back(5.5);
  CHECK(mean_after() == near((5 + 5 + 5 + 5.5) / 4));
}

TEST_CASE("the newest check-ins are those of 28 days, but at least three") {
  const auto newest = [](const std::vector<double>& scores, int gap) {
    std::vector<int> days;
    for (std::size_t i = 0; i < scores.size(); ++i) days.push_back(gap * static_cast<int>(i));
    const trend::ScaleTrend trend = trend_of(series_on(scores, 0.3, days));
    return trend.usual->mean + trend.since_first->change;
  };
  CHECK(newest({4, 4, 4, 4, 4, 4, 4.4, 4.1, 4.2, 4.3, 4}, 7) == close_to(16.6 / 4));
  CHECK(newest({4, 4, 4, 4, 4, 4, 4.4, 4.1, 4.2, 4.3, 4}, 9) == close_to(16.6 / 4));
  CHECK(newest({4, 4, 4, 4, 4, 4, 4.4, 4.1, 4.2, 4.3, 4}, 10) == close_to(12.5 / 3));
  CHECK(newest({4, 4, 4, 4, 4, 4, 4.4, 4.1, 4.2, 4.3, 4}, 50) == close_to(12.5 / 3));
}

TEST_CASE("of equal dates the earliest counts") {
  const trend::ScaleTrend trend = trend_of(
      series_on({3, 3, 3, 3, 4.5, 6, 6, 6, 6}, 0.3, {0, 28, 56, 84, 112, 140, 168, 196, 224}));
  REQUIRE(trend.series->split);
  CHECK(trend.series->split->before.n == 4);
}

TEST_CASE("what is said of a series agrees with its evidence") {
  Numbers numbers(6);
  int passed = 0;
  for (int round = 0; round < 1500; ++round) {
    const Points points = made_up(numbers, 1, 40);
    const trend::ScaleTrend trend = trend_of(points);
    const trend::SeriesEvidence& series = *trend.series;
    const bool is_found = series.split.has_value() || series.line.has_value();
    CHECK(is_found == (series.evidence > series.evidence_needed / 2));
    CHECK_FALSE((series.split && series.line));
    if (trend.usual) {
      const bool is_changed = trend.since_first->verdict == trend::Verdict::changed;
      CHECK(is_changed == (series.evidence > series.evidence_needed));
      if (is_changed) CHECK_FALSE(series.passing);
    }
    if (!series.passing) continue;
    // The newest are nearer to the others.
    ++passed;
    CHECK(series.passing->evidence > series.evidence_needed);
    const std::int64_t last = points.back().taken_at.microseconds;
    double sum = 0;
    double count = 0;
    for (std::size_t i = points.size(); i-- > 0;) {
      const bool is_recent = last - points[i].taken_at.microseconds < day * 28;
      if (count >= 3 && !is_recent) break;
      sum += points[i].estimate.score;
      ++count;
    }
    CHECK(std::abs(sum / count - series.passing->otherwise) <
          std::abs(sum / count - series.passing->inside.mean));
  }
  CHECK(passed > 10);
}

TEST_CASE("the evidence that is needed grows beyond a year") {
  std::vector<int> days;
  for (int i = 0; i < 26; ++i) days.push_back(28 * i);
  const auto needed = [&](std::size_t n) {
    return trend_of(series_on(std::vector<double>(n, 4), 0.3, days)).series->evidence_needed;
  };
  CHECK(needed(6) == close_to(6.4));
  CHECK(needed(13) == close_to(6.4));
  CHECK(needed(26) == close_to(6.4 + 8 * std::numbers::ln2));
}

TEST_CASE("the newest day outside the usual range is maybe until it is inside again") {
  std::vector<double> scores(12, 4);
  scores.back() = 5.6;
  CHECK(trend_of(series_on(scores, 0.3, months)).since_first->verdict == trend::Verdict::maybe);
  scores.push_back(4);
  CHECK(trend_of(series_on(scores, 0.3, months)).since_first->verdict == trend::Verdict::no_change);
}

TEST_CASE("the first day on which a change can be told is 28 weeks away, and further over gaps") {
  const auto told_from = [](const Points& points) {
    const auto date = trend_of(points).tells_from;
    return date ? render_date(*date) : "";
  };
  CHECK(told_from(series_on({4}, 0.3, {0})) == "2026-07-20");  // 196 days after 2026-01-05
  CHECK(told_from(series_on({4, 4}, 0.3, {0, 28})) == "2026-07-20");
  CHECK(told_from(series_on({4, 4, 4, 4, 4, 4}, 0.3, {0, 28, 56, 84, 112, 140})) == "2026-07-20");
  // 100 days instead of 56 at most: 44 more.
  CHECK(told_from(series_on({4, 4}, 0.3, {0, 100})) == "2026-09-02");
  CHECK(told_from(series_on(std::vector<double>(8, 4), 0.3, {0, 28, 56, 84, 112, 140, 168, 196}))
            .empty());
  CHECK(trend::trend_of({}, one_to_seven).tells_from == std::nullopt);
}

TEST_CASE("a local day counts, wherever it was lived") {
  Points points = on_days(answered_all(low_and_high), months);
  const trend::ScaleTrend home = trend_of(points);
  // Every third one far in the east, half an hour after midnight, when UTC has the day before.
  for (std::size_t i = 0; i < points.size(); i += 3) {
    points[i].taken_at.offset_minutes = 13 * 60;
    points[i].taken_at.microseconds -= std::int64_t{(12 * 60 - 30 + 13 * 60) * 60} * 1'000'000;
  }
  check_same(home, trend_of(points));
}
