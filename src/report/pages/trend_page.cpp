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

// The year that goes without saying: that of the newest check-in, which stands above.
int known_year(const ScaleSeries& scale) { return local_date(scale.points.back().taken_at).year; }

std::string day_of(const ScaleSeries& scale, const trend::SeriesPoint& point) {
  return date_in_words(local_date(point.taken_at), known_year(scale));
}

// The day, or day and time where `other` is of the same day.
std::string moment_of(const ScaleSeries& scale, const trend::SeriesPoint& point,
                      const trend::SeriesPoint& other) {
  if (local_date(point.taken_at) != local_date(other.taken_at)) return day_of(scale, point);
  return fmt::format("{} at {}", day_of(scale, point), render_local_time(point.taken_at));
}

std::string days_of(const ScaleSeries& scale, Instant first, Instant last) {
  return dates_in_words(local_date(first), local_date(last), known_year(scale));
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
  const std::string from = moment_of(scale, first, latest);
  const std::string to = moment_of(scale, latest, first);
  std::string text =
      before == after
          ? fmt::format("The score was {} on {} and is {} again on {}.", before, from, after, to)
          : fmt::format("From {} to {} the score went from {} to {}.", from, to, before, after);
  const trend::Change& since_last = *scale.trend.since_last;
  std::string on_the_way;
  if (scale.points.size() > 2 && since_last.verdict != trend::Verdict::no_change) {
    on_the_way = fmt::format(
        " Since the check-in before the latest it {} by {}, more than the margin of error; one "
        "check-in alone can be an unusual day.",
        since_last.change < 0 ? "fell" : "rose", size_with_margin(since_last, scale.range));
  }
  if (scale.trend.since_first->verdict == trend::Verdict::no_change) {
    return text + " That is within the margin of error: no clear change so far." + on_the_way;
  }
  return fmt::format(
      "{} That is more than the margin of error. It may be a change, or one of the two days was "
      "unusual: {} alone cannot tell.{}",
      text, scale.points.size() == 2 ? "two check-ins" : "the first and the latest check-in",
      on_the_way);
}

// Check-ins that were different for a while: "from 23 April to 2 July (7 check-ins) the average was
// 5.1, otherwise 3.0".
std::string passing_in_words(const ScaleSeries& scale) {
  const auto& [inside, otherwise, evidence] = *scale.trend.series->passing;
  return fmt::format("{} ({}) the average was {}, otherwise {}",
                     days_of(scale, inside.first, inside.last), counted(inside.n, "check-in"),
                     shown(inside.mean, scale.range), shown(otherwise, scale.range));
}

// The latest check-ins that all lie above, or all below, the usual range.
std::string outside_in_words(const ScaleSeries& scale) {
  const trend::UsualRange& usual = *scale.trend.usual;
  const bool is_above = scale.points.back().estimate.score > usual.high;
  const auto last_within = std::find_if(
      scale.points.rbegin(), scale.points.rend(), [&](const trend::SeriesPoint& point) {
        const double score = point.estimate.score;
        return is_above ? score <= usual.high : score >= usual.low;
      });
  const std::span<const trend::SeriesPoint> run(last_within.base(), scale.points.end());
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
        "start of a change, or an unusual day: one check-in alone cannot tell. The next ones will "
        "say more.",
        number(score), day_of(scale, run.back()), side, is_above ? "ends" : "begins", number(end));
  }
  return fmt::format(
      "The latest {} check-ins, {}, are {} your usual range of {}. This may be the start of a "
      "change, or an unusual stretch. The next ones will say more.",
      number_word(run.size()), days_of(scale, run.front().taken_at, run.back().taken_at), side,
      usual_range(scale));
}

// Whether other statements were asked from the date on that divides the check-ins.
std::string_view forms_in_words(const ScaleSeries& scale) {
  if (!scale.trend.series->split) return {};
  const auto is_after = [&](const trend::SeriesPoint& point) {
    const Instant first = scale.trend.series->split->after.first;
    return point.taken_at.microseconds >= first.microseconds;
  };
  const auto after = std::ranges::find_if(scale.points, is_after);
  if (after == scale.points.begin() || after == scale.points.end()) return {};
  if (std::ranges::equal(after[-1].answers, after->answers, {}, &trend::KeyedAnswer::item,
                         &trend::KeyedAnswer::item)) {
    return {};
  }
  return " Other statements were answered from then on, which may be a part of it.";
}

std::string maybe_in_words(const ScaleSeries& scale) {
  const std::string found = change_in_words(scale.trend, scale.range, known_year(scale));
  const bool has_passing = scale.trend.series->passing.has_value();
  if (!found.empty() && has_passing) {
    return fmt::format(
        "Two things fit these check-ins. Either they were different for a while: {}. Or a change "
        "goes on: {}. The next check-ins will say more.",
        passing_in_words(scale), found);
  }
  if (!found.empty()) {
    return fmt::format(
        "{}.{} This is early news: it may be a lasting change, or a spell of some weeks. The next "
        "check-ins will say more.",
        capitalised(found), forms_in_words(scale));
  }
  std::string text = outside_in_words(scale);
  if (has_passing)
    text += " Before, it was different for a while: " + passing_in_words(scale) + '.';
  return text;
}

std::string no_change_in_words(const ScaleSeries& scale) {
  if (scale.trend.series->passing) {
    return fmt::format(
        "It was different for a while, and it is back: {}. The newest check-ins are like the "
        "others again: nothing has clearly changed for good.",
        passing_in_words(scale));
  }
  const double usual = scale.trend.usual->mean;
  return fmt::format(
      "{} The newest check-ins average {}, the others {}; while nothing changes, a single one "
      "usually falls between {}.",
      scale.trend.tells_from ? "No clear change so far, but it is too early to see a lasting one."
                             : "No clear change beyond your own ups and downs.",
      shown(usual + scale.trend.since_first->change, scale.range), shown(usual, scale.range),
      usual_range(scale, " and "));
}

// Where a change points, as seen from what the questionnaire names as wanted.
std::string_view direction_words(Wanted wanted, double change) {
  if (wanted == Wanted::unspecified) return {};
  if (wanted == Wanted::steady) return " Growth usually means staying steady here.";
  if ((change > 0) == (wanted == Wanted::up))
    return " Growth usually goes this way, where closeness is safe.";
  return " Growth usually goes the other way, but scores move for many reasons; a hard stretch and "
         "a more honest look are among them.";
}

// What the check-ins of one scale say: which difference, between which days, against which noise.
// It claims no more than the verdict does.
std::string trend_words(const ScaleSeries& scale) {
  const trend::ScaleTrend& trend = scale.trend;
  if (scale.points.empty()) return "Not scored so far: too few of its statements were answered.";
  if (!trend.since_first) {
    return fmt::format("One check-in so far, {} on {}. The second will show a difference.",
                       shown(scale.points.back().estimate.score, scale.range),
                       day_of(scale, scale.points.back()));
  }
  if (!trend.usual) return two_in_words(scale);
  switch (trend.since_first->verdict) {
    case trend::Verdict::maybe:
      return maybe_in_words(scale);
    case trend::Verdict::changed:
      return fmt::format(
          "{}.{} That is clearly more than your own ups and downs usually make, even those that "
          "last some weeks.{}",
          capitalised(change_in_words(trend, scale.range, known_year(scale))),
          forms_in_words(scale), direction_words(scale.wanted, trend.since_first->change));
    case trend::Verdict::no_change:
      break;
  }
  return no_change_in_words(scale);
}

// When a lasting change can be told, where it can't be yet.
std::string patience_words(const ScaleSeries& scale) {
  return fmt::format(
      "With a check-in every few weeks, a large and lasting change can be told from ups and downs "
      "from about {} on; a smaller one takes longer.",
      date_in_words(*scale.trend.tells_from, known_year(scale)));
}

// How the verdicts come about, as far as they stand on the page.
std::string rule_words(const TrendReport& report) {
  const auto says = [&](trend::Verdict verdict) {
    return std::ranges::any_of(report.scales, [&](const ScaleSeries& scale) {
      return scale.trend.since_first && scale.trend.since_first->verdict == verdict;
    });
  };
  std::string text =
      "The check-ins of each four weeks are averaged, and the date is looked for that best divides "
      "a before from an after, or a steady rise or fall. 'Changed' needs a difference clearly "
      "larger than your own ups and downs usually make, spells of some weeks included, and newest "
      "check-ins that still lie on the new side.";
  if (says(trend::Verdict::maybe)) {
    text +=
        " 'Maybe changed' is early news, with less to go by: a likely date, or a latest day "
        "outside your usual range. Often it passes.";
  }
  if (says(trend::Verdict::changed)) {
    text +=
        " 'Changed' is no proof either: in simulated years of people who did not change, fewer "
        "than 1 in 100 were called changed at some point, and up to 5 in 100 of those with strong "
        "ups and downs that last a month.";
  }
  return text;
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
      return change ? signed_with_margin(*change, scale.range) : "";
    };
    std::string verdict = "first check-in";
    if (since_first) verdict = in_words(since_first->verdict);
    const bool is_back = scale.trend.series && scale.trend.series->passing &&
                         since_first->verdict == trend::Verdict::no_change;
    if (is_back) verdict = "back as before";
    table.rows.push_back({scale.name, latest_score(scale), words(scale.trend.since_last),
                          words(since_first), std::move(verdict)});
  }
  document.emplace_back(std::move(table));
  std::string note =
      "The number after each ± is the margin of error; differences are worked out before rounding.";
  note += longest(report)->trend.usual
              ? " 'Change' is the difference of two averages, before and after a date, or the "
                "whole of a steady rise or fall; where neither was found, the newest check-ins "
                "less the usual ones. Your usual range is where a single check-in falls, 19 times "
                "out of 20, while nothing changes."
              : " 'Change' is from the first check-in to the latest.";
  say(document, Tone::quiet, note);
}

// What the words speak of, for the picture. Around a steady rise or fall nothing is usual.
void add_findings(Series& series, const trend::ScaleTrend& trend) {
  if (const auto& usual = trend.usual) series.band = SeriesBand{usual->low, usual->high};
  if (!trend.series) return;
  const auto level_of = [](const trend::Level& level) {
    return SeriesLevel{level.first, level.last, level.mean, level.mean};
  };
  if (const auto& split = trend.series->split) {
    if (series.band) series.band->until = split->before.last;
    series.levels = {level_of(split->before), level_of(split->after)};
  }
  if (const auto& line = trend.series->line) {
    series.band.reset();
    series.levels = {{series.marks.front().at, series.marks.back().at, line->from, line->to}};
  }
  if (const auto& passing = trend.series->passing) series.different = level_of(passing->inside);
}

}  // namespace

const ScaleSeries* longest(const TrendReport& report) {
  const auto found = std::ranges::max_element(
      report.scales, {}, [](const ScaleSeries& scale) { return scale.points.size(); });
  return found == report.scales.end() || found->points.empty() ? nullptr : &*found;
}

std::string change_in_words(const trend::ScaleTrend& trend, ScoreRange range, int year) {
  if (!trend.series) return {};
  if (const auto& line = trend.series->line) {
    return fmt::format("over the whole time the score {} steadily, from about {} to about {}",
                       line->to < line->from ? "fell" : "rose", shown(line->from, range),
                       shown(line->to, range));
  }
  if (!trend.series->split) return {};
  const auto& [before, after] = *trend.series->split;
  return fmt::format("since about {} ({}) the average is {}, {} from {} before ({})",
                     date_in_words(local_date(after.first), year), counted(after.n, "check-in"),
                     shown(after.mean, range), after.mean < before.mean ? "down" : "up",
                     shown(before.mean, range), counted(before.n, "check-in"));
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
    add_findings(series, scale.trend);
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
  return fmt::format(
      "There is nothing to compare yet. The second check-in, made with the same command, will show "
      "a difference. {}",
      patience_words(*longest(report)));
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
    say(document, text);
    if (series->trend.usual) say(document, rule_words(report));
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
  const Instant first = series->points.front().taken_at;
  const Instant last = series->points.back().taken_at;
  std::string days = day_or_days(first, last);
  if (local_date(first) == local_date(last)) days.insert(0, "on ");
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
