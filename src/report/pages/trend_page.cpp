// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// The first and the last check-ins that a series is held together by (trend.hpp: trend_of).
constexpr std::size_t check_ins_at_an_end = 3;

// "one" … "nine", digits from 10 on.
std::string number_word(std::size_t number) {
  constexpr std::array<std::string_view, 10> words = {"no",   "one", "two",   "three", "four",
                                                      "five", "six", "seven", "eight", "nine"};
  return number < words.size() ? std::string(words[number]) : std::to_string(number);
}

// How many check-ins are missing to a series; 0 when it is one.
std::size_t missing_to_series(const ScaleSeries& scale) {
  return trend::fewest_of_a_series - std::min(trend::fewest_of_a_series, scale.points.size());
}

using Points = std::span<const trend::SeriesPoint>;

std::string day_of(const trend::SeriesPoint& point) { return render_local_date(point.taken_at); }

// The day, or day and time where `other` is of the same day.
std::string moment_of(const trend::SeriesPoint& point, const trend::SeriesPoint& other) {
  if (local_date(point.taken_at) != local_date(other.taken_at)) return day_of(point);
  return fmt::format("{} at {}", day_of(point), render_local_time(point.taken_at));
}

std::string days_of_points(Points points) {
  return days_in_words(points.front().taken_at, points.back().taken_at);
}

std::string mean_words(const ScaleSeries& scale, Points points) {
  double sum = 0;
  for (const trend::SeriesPoint& point : points) sum += point.estimate.score;
  return shown(sum / static_cast<double>(points.size()), scale.range);
}

std::string starting_range(const ScaleSeries& scale, std::string_view to = " to ") {
  const trend::Baseline& baseline = *scale.trend.baseline;
  return shown(std::max(baseline.low, scale.range.min), scale.range) + std::string(to) +
         shown(std::min(baseline.high, scale.range.max), scale.range);
}

// Two to five check-ins: from the first to the latest.
std::string two_in_words(const ScaleSeries& scale) {
  const trend::SeriesPoint& first = scale.points.front();
  const trend::SeriesPoint& latest = scale.points.back();
  const std::string before = shown(first.estimate.score, scale.range);
  const std::string after = shown(latest.estimate.score, scale.range);
  std::string text =
      before == after
          ? fmt::format("The score was {} on {} and is {} again on {}.", before,
                        moment_of(first, latest), after, moment_of(latest, first))
          : fmt::format("From {} to {} the score went from {} to {}.", moment_of(first, latest),
                        moment_of(latest, first), before, after);
  if (scale.trend.since_first->verdict == trend::Verdict::no_change) {
    return text + " That is within the margin of error: no clear change so far.";
  }
  return text + fmt::format(
                    " That is more than the margin of error. It may be a change, or one of the two "
                    "days was unusual: two check-ins alone cannot tell. {} more can.",
                    capitalised(number_word(missing_to_series(scale))));
}

std::string maybe_in_words(const ScaleSeries& scale) {
  const trend::Baseline& baseline = *scale.trend.baseline;
  const bool is_above = scale.points.back().estimate.score > baseline.high;
  // The latest check-ins that all lie above, or all below, the starting range.
  const auto last_within = std::find_if(
      scale.points.rbegin(), scale.points.rend(), [&](const trend::SeriesPoint& point) {
        const double score = point.estimate.score;
        return is_above ? score <= baseline.high : score >= baseline.low;
      });
  const Points run(last_within.base(), scale.points.end());
  // A series that was handed in with another verdict than its own still gets a true sentence.
  if (run.empty()) return "Something may have changed; the next check-ins will say more.";
  const std::string_view side = is_above ? "above" : "below";
  const double score = run.back().estimate.score;
  const double end = is_above ? baseline.high : baseline.low;
  // A score that would read like the end of the range gets one more decimal.
  const bool is_tie = shown(score, scale.range) == shown(end, scale.range);
  const auto number = [&](double value) {
    return is_tie ? render_fixed(value, 2) : shown(value, scale.range);
  };
  if (run.size() == 1) {
    return fmt::format(
        "The latest check-in, {} on {}, is {} your starting range, which {} at {}. It may be the "
        "start of a change, or an unusual day: one check-in alone cannot tell. The next two will "
        "say more.",
        number(score), day_of(run.back()), side, is_above ? "ends" : "begins", number(end));
  }
  return fmt::format(
      "The latest {} check-ins, {}, are {} your starting range of {}. This may be the start of a "
      "change, or an unusual stretch. The next ones will say more.",
      number_word(run.size()), days_of_points(run), side, starting_range(scale));
}

// Where a change points, as seen from what the questionnaire names as wanted.
std::string_view direction_words(Wanted wanted, double change) {
  if (wanted == Wanted::unspecified) return {};
  if (wanted == Wanted::steady) return " Growth usually means staying steady here.";
  if ((change > 0) == (wanted == Wanted::up))
    return " Growth usually goes this way, where closeness is safe.";
  return " Growth usually goes the other way, but scores move for many reasons; a hard stretch and "
         "a "
         "more honest look are among them.";
}

std::string changed_in_words(const ScaleSeries& scale) {
  const Points points = scale.points;
  const Points first = points.first(check_ins_at_an_end);
  const Points recent = points.last(check_ins_at_an_end);
  const double change = scale.trend.since_first->change;
  return fmt::format(
      "The first three check-ins ({}) average {} and the last three ({}) {}: {} of {}. Apart from "
      "that, it moves by only about {} from one check-in to the next, so ordinary ups and downs "
      "are "
      "unlikely to explain the difference.{}",
      days_of_points(first), mean_words(scale, first), days_of_points(recent),
      mean_words(scale, recent), change < 0 ? "a fall" : "a rise",
      shown(std::abs(change), scale.range), shown(scale.trend.baseline->wobble, scale.range),
      direction_words(scale.wanted, change));
}

// What the check-ins of one scale say: which difference, between which days, against which noise.
// It claims no more than the verdict does.
std::string trend_words(const ScaleSeries& scale) {
  const trend::ScaleTrend& trend = scale.trend;
  if (scale.points.empty()) return "Not scored so far: too few of its statements were answered.";
  if (!trend.since_first) {
    return fmt::format("One check-in so far, {} on {}. The second will show a difference.",
                       shown(scale.points.back().estimate.score, scale.range),
                       day_of(scale.points.back()));
  }
  if (!trend.baseline || missing_to_series(scale) > 0) return two_in_words(scale);
  switch (trend.since_first->verdict) {
    case trend::Verdict::maybe:
      return maybe_in_words(scale);
    case trend::Verdict::changed:
      return changed_in_words(scale);
    case trend::Verdict::no_change:
      break;
  }
  const Points points = scale.points;
  return fmt::format(
      "No clear change beyond your own ups and downs. The last three check-ins average {}, the "
      "first three {}; while nothing changes, a single one usually falls between {}.",
      mean_words(scale, points.last(check_ins_at_an_end)),
      mean_words(scale, points.first(check_ins_at_an_end)), starting_range(scale, " and "));
}

// "3.4 ± 0.6"
std::string latest_score(const ScaleSeries& scale) {
  const Estimate& estimate = scale.points.back().estimate;
  return with_margin(estimate.score, estimate.se, scale.range);
}

// What has been left out, a sentence for all scales that agree; empty when nothing was.
std::string left_out_words(const TrendReport& report) {
  using Group = std::pair<std::size_t, std::string>;  // how many, and the names of the scales
  std::vector<Group> groups;
  for (const ScaleSeries& scale : report.scales) {
    if (scale.left_out == 0) continue;
    const auto same = std::ranges::find(groups, scale.left_out, &Group::first);
    if (same == groups.end()) {
      groups.emplace_back(scale.left_out, scale.name);
    } else {
      same->second += ", " + scale.name;
    }
  }
  std::vector<std::string> sentences;
  for (const auto& [count, names] : groups) {
    sentences.push_back(fmt::format(
        "{} another version or form of the questionnaire and can't be compared; {} left "
        "out here ({}).",
        count == 1 ? "One check-in is from" : fmt::format("{} check-ins are from", count),
        count == 1 ? "it is" : "they are", names));
  }
  return joined(sentences, " ");
}

void add_differences(Document& document, const TrendReport& report) {
  Table table = table_with({"Scale"}, {"Now", "Since last", "Since first"});
  add_column(table, "Verdict");
  for (const ScaleSeries& scale : report.scales) {
    if (scale.points.empty()) continue;
    const auto& [since_first, since_last, baseline] = scale.trend;
    const auto words = [&](const std::optional<trend::Change>& change) {
      if (!change) return std::string();
      return signed_with_margin(change->change, change->high - change->change, scale.range);
    };
    std::string verdict = "first check-in";
    if (since_first) verdict = in_words(since_first->verdict);
    table.rows.push_back({scale.name, latest_score(scale), words(since_last), words(since_first),
                          std::move(verdict)});
  }
  document.emplace_back(std::move(table));
  std::string note =
      "The number after each ± is the margin of error; differences are worked out before rounding.";
  if (longest(report)->trend.baseline) {
    note +=
        " 'Since first' compares the average of the last three check-ins with that of the first "
        "three. Your starting range is where a single check-in usually falls while nothing "
        "changes.";
  }
  say(document, Tone::quiet, note);
}

}  // namespace

const ScaleSeries* longest(const TrendReport& report) {
  const auto found = std::ranges::max_element(
      report.scales, {}, [](const ScaleSeries& scale) { return scale.points.size(); });
  return found == report.scales.end() || found->points.empty() ? nullptr : &*found;
}

void add_over_time(Document& document, const TrendReport& report, int level) {
  add_differences(document, report);
  if (level < 3) document.emplace_back(Heading{level, "Your check-ins"});
  for (const ScaleSeries& scale : report.scales) {
    if (scale.points.size() < 2) continue;
    Series series{scale.name, scale.range.min, scale.range.max, scale.low, scale.high, {}, {}};
    for (const trend::SeriesPoint& point : scale.points) {
      series.marks.push_back(
          {point.taken_at, point.estimate.score, point.estimate.low, point.estimate.high});
    }
    if (const auto& baseline = scale.trend.baseline) {
      series.band = SeriesBand{baseline->low, baseline->high};
    }
    document.emplace_back(std::move(series));
  }
  document.emplace_back(Heading{level, "What this says"});
  for (const ScaleSeries& scale : report.scales) {
    if (level < 3) {
      document.emplace_back(Heading{level + 1, scale.name});
      say(document, trend_words(scale));
    } else {  // there is no lower heading: the name begins the paragraph
      say(document, fmt::format("{}: {}", scale.name, trend_words(scale)));
    }
  }
}

std::string first_check_in_words(const TrendReport& report) {
  const std::string about = report.about ? " --about " + *report.about : std::string{};
  return fmt::format(
      "There is nothing to compare yet. The second check-in will show a difference, and from {} on "
      "a lasting change can be told from the ups and downs of single days. A few weeks apart tells "
      "more than a few days. For the next one: attune take {}{}",
      number_word(trend::fewest_of_a_series), report.questionnaire, about);
}

void add_trend_limits(Document& document, const TrendReport& report) {
  const ScaleSeries* series = longest(report);
  if (series != nullptr && series->points.size() > 1) {
    std::string text =
        "Scores go up and down by themselves: most differences between two check-ins mean nothing, "
        "because nobody answers in exactly the same way from one day to the next.";
    const std::size_t missing = missing_to_series(*series);
    if (missing > 0) {
      text += fmt::format(
          " {} more check-in{} will give an idea of how large your own ups and downs are, and of "
          "whether something has changed.",
          capitalised(number_word(missing)), missing == 1 ? "" : "s");
    }
    const bool has_changed = std::ranges::any_of(report.scales, [](const ScaleSeries& scale) {
      const auto& change = scale.trend.since_first;
      return change && change->verdict == trend::Verdict::changed;
    });
    if (has_changed) {
      text +=
          " 'Changed' is no proof either: in a simulation of people who did not change, with "
          "monthly "
          "check-ins for a year, about 3 in 100 were called changed at some point. With more "
          "frequent "
          "check-ins it happens more often.";
    }
    say(document, text);
  }
  say(document, left_out_words(report));
}

Document trend_document(const TrendReport& report) {
  Document document;
  const ScaleSeries* series = longest(report);
  if (series == nullptr) return document;
  document.emplace_back(Heading{1, report.title + ", over time"});
  Facts facts;
  if (report.about) add_fact(facts, "About", report.about_phrase);
  std::string days = day_or_days(series->points.front().taken_at, series->points.back().taken_at);
  if (days == day_of(series->points.front())) days.insert(0, "on ");
  add_fact(facts, "Check-ins", fmt::format("{}, {}", series->points.size(), days));
  document.emplace_back(std::move(facts));
  if (series->points.size() == 1) {
    document.emplace_back(Heading{2, "A first check-in"});
    Table table = table_with({"Scale"}, {"Now"});
    for (const ScaleSeries& scale : report.scales) {
      if (!scale.points.empty()) table.rows.push_back({scale.name, latest_score(scale)});
    }
    document.emplace_back(std::move(table));
    say(document, first_check_in_words(report));
  } else {
    document.emplace_back(Heading{2, "In short"});
    add_over_time(document, report, 2);
  }
  document.emplace_back(Heading{2, "Please keep in mind"});
  add_trend_limits(document, report);
  add_status(document, report.status, limits_of_scores);
  return document;
}

}  // namespace attune::report
