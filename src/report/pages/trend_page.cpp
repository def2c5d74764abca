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

std::string usual_range(const ScaleSeries& scale, std::string_view to = " to ") {
  const trend::UsualRange& usual = *scale.trend.usual;
  return shown(std::max(usual.low, scale.range.min), scale.range) + std::string(to) +
         shown(std::min(usual.high, scale.range.max), scale.range);
}

// Two to five check-ins, or more on hardly any day: from the first to the latest.
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
  return text +
         " That is more than the margin of error. It may be a change, or one of the two days was "
         "unusual: two check-ins alone cannot tell.";
}

// What a split or a line found.
std::string movement_in_words(const ScaleSeries& scale) {
  const double change = scale.trend.since_first->change;
  const std::string size = shown(std::abs(change), scale.range);
  const trend::SeriesEvidence& series = *scale.trend.series;
  if (series.line) {
    return fmt::format("Over the whole time the score {} steadily, by about {}.",
                       change < 0 ? "fell" : "rose", size);
  }
  const auto& [before, after] = *series.split;
  return fmt::format("Since about {} ({}) the average is {}; before ({}) it was {}: {} of {}.",
                     render_local_date(after.first), counted(after.n, "check-in"),
                     shown(after.mean, scale.range), counted(before.n, "check-in"),
                     shown(before.mean, scale.range), change < 0 ? "a fall" : "a rise", size);
}

// Check-ins that were different for a while; empty where there were none.
std::string passing_in_words(const ScaleSeries& scale) {
  const auto& passing = scale.trend.series->passing;
  if (!passing) return {};
  return fmt::format(
      " From {} to {} the check-ins averaged {}, otherwise {}; the newest are like the others "
      "again.",
      render_local_date(passing->inside.first), render_local_date(passing->inside.last),
      shown(passing->inside.mean, scale.range), shown(passing->otherwise, scale.range));
}

std::string maybe_in_words(const ScaleSeries& scale) {
  if (scale.trend.series->split || scale.trend.series->line) {
    return movement_in_words(scale) +
           " This may be a lasting change, or a spell of some weeks. The next check-ins will say "
           "more.";
  }
  const trend::UsualRange& usual = *scale.trend.usual;
  const bool is_above = scale.points.back().estimate.score > usual.high;
  // The latest check-ins that all lie above, or all below, the usual range.
  const auto last_within = std::find_if(
      scale.points.rbegin(), scale.points.rend(), [&](const trend::SeriesPoint& point) {
        const double score = point.estimate.score;
        return is_above ? score <= usual.high : score >= usual.low;
      });
  const Points run(last_within.base(), scale.points.end());
  // A series that was handed in with another verdict than its own still gets a true sentence.
  if (run.empty()) return "Something may have changed; the next check-ins will say more.";
  const std::string_view side = is_above ? "above" : "below";
  const double score = run.back().estimate.score;
  const double end = is_above ? usual.high : usual.low;
  // A score that would read like the end of the range gets one more decimal.
  const bool is_tie = shown(score, scale.range) == shown(end, scale.range);
  const auto number = [&](double value) {
    return is_tie ? render_fixed(value, 2) : shown(value, scale.range);
  };
  if (run.size() == 1) {
    return fmt::format(
        "The latest check-in, {} on {}, is {} your usual range, which {} at {}. It may be the "
        "start "
        "of a change, or an unusual day: one check-in alone cannot tell. The next ones will say "
        "more.",
        number(score), day_of(run.back()), side, is_above ? "ends" : "begins", number(end));
  }
  return fmt::format(
      "The latest {} check-ins, {}, are {} your usual range of {}. This may be the start of a "
      "change, or an unusual stretch. The next ones will say more.",
      number_word(run.size()), days_of_points(run), side, usual_range(scale));
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
  return fmt::format(
      "{} That is clearly more than your own ups and downs, even those that last some weeks, "
      "usually make.{}",
      movement_in_words(scale), direction_words(scale.wanted, scale.trend.since_first->change));
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
  if (!trend.usual) return two_in_words(scale);
  switch (trend.since_first->verdict) {
    case trend::Verdict::maybe:
      return maybe_in_words(scale) + passing_in_words(scale);
    case trend::Verdict::changed:
      return changed_in_words(scale);
    case trend::Verdict::no_change:
      break;
  }
  return fmt::format(
      "No clear change beyond your own ups and downs. The newest check-ins average {}, the others "
      "{}; while nothing changes, a single one usually falls between {}.{}",
      shown(trend.usual->mean + trend.since_first->change, scale.range),
      shown(trend.usual->mean, scale.range), usual_range(scale, " and "), passing_in_words(scale));
}

// When a lasting change can be told, where it can't be yet.
std::string patience_words(const ScaleSeries& scale) {
  return fmt::format(
      "From about {} on, with a check-in every few weeks, a lasting change can be told from ups "
      "and downs.",
      render_date(*scale.trend.tells_from));
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
  Table table = table_with({"Scale"}, {"Now", "Since last", "Change"});
  add_column(table, "Verdict");
  for (const ScaleSeries& scale : report.scales) {
    if (scale.points.empty()) continue;
    const auto& since_first = scale.trend.since_first;
    const auto words = [&](const std::optional<trend::Change>& change) {
      if (!change) return std::string();
      return signed_with_margin(change->change, change->high - change->change, scale.range);
    };
    std::string verdict = "first check-in";
    if (since_first) verdict = in_words(since_first->verdict);
    table.rows.push_back({scale.name, latest_score(scale), words(scale.trend.since_last),
                          words(since_first), std::move(verdict)});
  }
  document.emplace_back(std::move(table));
  std::string note =
      "The number after each ± is the margin of error; differences are worked out before rounding.";
  note += longest(report)->trend.usual
              ? " 'Change' is what 'What this says' tells of: the difference of two averages, or "
                "the whole of a steady rise or fall. Your usual range is where a single check-in "
                "falls, 19 times out of 20, while nothing changes."
              : " 'Change' is the latest check-in less the first.";
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
    if (const auto& usual = scale.trend.usual) {
      series.band = SeriesBand{usual->low, usual->high};
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
      "There is nothing to compare yet. The second check-in will show a difference. {} For the "
      "next "
      "one: attune take {}{}",
      patience_words(*longest(report)), report.questionnaire, about);
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
          " {} more check-in{} will give an idea of how large your own ups and downs are.",
          capitalised(number_word(missing)), missing == 1 ? "" : "s");
    }
    if (series->trend.tells_from) text += " " + patience_words(*series);
    const bool has_changed = std::ranges::any_of(report.scales, [](const ScaleSeries& scale) {
      const auto& change = scale.trend.since_first;
      return change && change->verdict == trend::Verdict::changed;
    });
    if (has_changed) {
      text +=
          " 'Changed' is no proof either: in simulated years of people who did not change, fewer "
          "than 1 in 100 were called changed at some point, and up to 5 in 100 of those with "
          "strong "
          "ups and downs that last a month.";
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
