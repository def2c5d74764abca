// SPDX-License-Identifier: MIT
#include "report/trend_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <span>

#include "report/axis.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

// The first and the last check-ins that a series is held together by (trend.hpp: trend_of).
constexpr std::size_t check_ins_at_an_end = 3;

using Points = std::span<const SeriesPoint>;

std::string number(const ScaleSeries& scale, double value) {
  return shown(value, scale.range.min, scale.range.max);
}

std::string date(const SeriesPoint& point) { return render_local_date(point.taken_at); }

bool is_same_day(const SeriesPoint& a, const SeriesPoint& b) {
  return local_date(a.taken_at) == local_date(b.taken_at);
}

// The day, or day and time where `other` is of the same day.
std::string moment(const SeriesPoint& point, const SeriesPoint& other) {
  if (!is_same_day(point, other)) return date(point);
  return fmt::format("{} at {}", date(point), render_local_time(point.taken_at));
}

// "from 2026-01-05 to 2026-03-02", "on 2026-01-05"
std::string days_of(Points points) {
  if (is_same_day(points.front(), points.back())) return "on " + date(points.front());
  return fmt::format("from {} to {}", date(points.front()), date(points.back()));
}

std::string mean_words(const ScaleSeries& scale, Points points) {
  double sum = 0;
  for (const SeriesPoint& point : points) sum += point.estimate.score;
  return number(scale, sum / static_cast<double>(points.size()));
}

std::string usual_range(const ScaleSeries& scale) {
  const Baseline& baseline = *scale.trend.baseline;
  return interval(std::max(baseline.low, scale.range.min), std::min(baseline.high, scale.range.max),
                  scale.range.min, scale.range.max);
}

// Two to five check-ins: from the first to the latest.
std::string words_of_two(const ScaleSeries& scale) {
  const SeriesPoint& first = scale.points.front();
  const SeriesPoint& latest = scale.points.back();
  const std::string before = number(scale, first.estimate.score);
  const std::string after = number(scale, latest.estimate.score);
  std::string text = before == after
                         ? fmt::format("The score was {} on {} and is {} again on {}.", before,
                                       moment(first, latest), after, moment(latest, first))
                         : fmt::format("From {} to {} the score went from {} to {}.",
                                       moment(first, latest), moment(latest, first), before, after);
  if (scale.trend.since_first->verdict == Verdict::no_change) {
    return text + " That is within the margin of error, so nothing stands out so far.";
  }
  return text + fmt::format(
                    " That is more than the margin of error. It may be a change, or one of the "
                    "two days was unlike the others: two check-ins alone cannot tell. {} more, "
                    "and the question can be answered.",
                    capitalised(number_word(missing_to_series(scale))));
}

// The latest check-ins that all lie above, or all below, the usual range.
Points run_outside(const ScaleSeries& scale) {
  const Baseline& baseline = *scale.trend.baseline;
  const Points points = scale.points;
  const bool is_above = points.back().estimate.score > baseline.high;
  std::size_t count = 0;
  while (count < points.size()) {
    const double score = points[points.size() - 1 - count].estimate.score;
    if (is_above ? score <= baseline.high : score >= baseline.low) break;
    ++count;
  }
  return points.last(count);
}

std::string words_of_maybe(const ScaleSeries& scale) {
  const Points run = run_outside(scale);
  // A series that was handed in with another verdict than its own still gets a true sentence.
  if (run.empty()) return "Something may have changed; the next check-ins will say more.";
  const bool is_above = run.back().estimate.score > scale.trend.baseline->high;
  const std::string_view side = is_above ? "above" : "below";
  if (run.size() == 1) {
    return fmt::format(
        "The latest check-in, {} on {}, lies {} your usual range of {}. It may be the start of a "
        "change, or a day unlike the others: one check-in alone cannot tell. The next two will say "
        "more.",
        number(scale, run.back().estimate.score), date(run.back()), side, usual_range(scale));
  }
  return fmt::format(
      "The latest {} check-ins, {}, lie {} your usual range of {}. It may be the start of a "
      "change, or a stretch unlike the others. The next ones will say more.",
      number_word(run.size()), days_of(run), side, usual_range(scale));
}

// Where a change points, as seen from what the questionnaire names as wanted.
std::string direction_words(Wanted wanted, double change) {
  if (wanted == Wanted::unspecified) return {};
  if (wanted == Wanted::steady) {
    return " For this scale, staying steady is what the questionnaire names as wanted.";
  }
  const std::string_view word = wanted == Wanted::up ? "higher" : "lower";
  if ((change > 0) == (wanted == Wanted::up)) {
    return fmt::format(
        " For this scale, {} is the direction the questionnaire names as wanted, and this points "
        "that way.",
        word);
  }
  return fmt::format(
      " For this scale, {} is the direction the questionnaire names as wanted, and this points the "
      "other way. Scores move for many reasons; a hard stretch and a more honest look are among "
      "them.",
      word);
}

std::string words_of_changed(const ScaleSeries& scale) {
  const Points points = scale.points;
  const Points first = points.first(check_ins_at_an_end);
  const Points recent = points.last(check_ins_at_an_end);
  const double change = scale.trend.since_first->change;
  return fmt::format(
             "The last three check-ins ({}) average {}, the first three ({}) {}: {} by {}. That "
             "is more than your own ups and downs from one check-in to the next, about {} either "
             "way, would usually bring about.",
             days_of(recent), mean_words(scale, recent), days_of(first), mean_words(scale, first),
             change < 0 ? "lower" : "higher", number(scale, std::abs(change)),
             number(scale, scale.trend.baseline->wobble)) +
         direction_words(scale.wanted, change);
}

std::string words_of_no_change(const ScaleSeries& scale) {
  const Points points = scale.points;
  return fmt::format(
      "Nothing that stands out from your own day-to-day ups and downs. The last three check-ins "
      "average {}, the first three {}; a single one usually lies in the range of {}.",
      mean_words(scale, points.last(check_ins_at_an_end)),
      mean_words(scale, points.first(check_ins_at_an_end)), usual_range(scale));
}

}  // namespace

std::string trend_words(const ScaleSeries& scale) {
  const ScaleTrend& trend = scale.trend;
  if (scale.points.empty()) return "Not scored so far: too few of its statements were answered.";
  if (!trend.since_first) {
    return fmt::format("One check-in so far, {} on {}. The second will show a difference.",
                       number(scale, scale.points.back().estimate.score),
                       date(scale.points.back()));
  }
  if (!trend.baseline || scale.points.size() < fewest_of_a_series) return words_of_two(scale);
  switch (trend.since_first->verdict) {
    case Verdict::maybe:
      return words_of_maybe(scale);
    case Verdict::changed:
      return words_of_changed(scale);
    case Verdict::no_change:
      break;
  }
  return words_of_no_change(scale);
}

std::string verdict_words(Verdict verdict) {
  return verdict == Verdict::no_change ? "nothing stands out" : std::string(name_of(verdict));
}

std::string score_words(const ScaleSeries& scale, const Estimate& estimate) {
  return fmt::format("{} ± {}", number(scale, estimate.score), number(scale, z_95 * estimate.se));
}

std::string change_words(const ScaleSeries& scale, const Change& change) {
  const std::string size = number(scale, std::abs(change.change));
  const bool is_zero = size.find_first_not_of("0.") == std::string::npos;
  return fmt::format("{}{} ± {}",
                     is_zero             ? ""
                     : change.change < 0 ? "−"
                                         : "+",
                     size, number(scale, change.high - change.change));
}

std::size_t missing_to_series(const ScaleSeries& scale) {
  return fewest_of_a_series - std::min(fewest_of_a_series, scale.points.size());
}

std::string number_word(std::size_t number) {
  constexpr std::array<std::string_view, 10> words = {"no",   "one", "two",   "three", "four",
                                                      "five", "six", "seven", "eight", "nine"};
  return number < words.size() ? std::string(words[number]) : std::to_string(number);
}

}  // namespace attune::detail
