// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "attune/trend_report.hpp"

#include "report/profile_parts.hpp"
#include "report/sentences.hpp"
#include "report/trend_parts.hpp"
#include "report/trend_words.hpp"

namespace attune {
namespace detail {
namespace {

// Headings have levels 1 to 3.
constexpr int lowest_heading = 3;

bool any_is(const TrendReport& report, Verdict verdict) {
  return std::any_of(report.scales.begin(), report.scales.end(), [&](const ScaleSeries& scale) {
    return scale.trend.since_first && scale.trend.since_first->verdict == verdict;
  });
}

void add_trend_header(Document& document, const TrendReport& report, const ScaleSeries& series) {
  const std::string& title = report.title.empty() ? report.questionnaire : report.title;
  document.emplace_back(Heading{1, title + ", over time"});
  Facts facts;
  if (report.about) {
    facts.rows.emplace_back("About",
                            report.about_phrase.empty() ? *report.about : report.about_phrase);
  }
  const std::string first = render_local_date(series.points.front().taken_at);
  const std::string last = render_local_date(series.points.back().taken_at);
  const std::string days = first == last ? "on " + first : fmt::format("{} to {}", first, last);
  facts.rows.emplace_back("Check-ins", fmt::format("{}, {}", series.points.size(), days));
  document.emplace_back(std::move(facts));
}

Series picture_of(const ScaleSeries& scale) {
  Series series{scale.name, scale.range.min, scale.range.max, scale.low, scale.high, {}, {}};
  series.marks.reserve(scale.points.size());
  for (const SeriesPoint& point : scale.points) {
    series.marks.push_back(
        {point.taken_at, point.estimate.score, point.estimate.low, point.estimate.high});
  }
  if (const auto& baseline = scale.trend.baseline) {
    series.band = SeriesBand{baseline->low, baseline->high};
  }
  return series;
}

void add_pictures(Document& document, const TrendReport& report) {
  for (const ScaleSeries& scale : report.scales) {
    if (scale.points.size() > 1) document.emplace_back(picture_of(scale));
  }
}

void add_table(Document& document, const TrendReport& report, int level) {
  document.emplace_back(Heading{level, "In numbers"});
  Table table{{"Scale", "Now", "Since last", "Since first", "In short"},
              {Align::left, Align::right, Align::right, Align::right, Align::left},
              {}};
  for (const ScaleSeries& scale : report.scales) {
    if (scale.points.empty()) continue;
    const auto& [since_first, since_last, baseline] = scale.trend;
    table.rows.push_back({scale.name, score_words(scale, scale.points.back().estimate),
                          since_last ? change_words(scale, *since_last) : "",
                          since_first ? change_words(scale, *since_first) : "",
                          since_first ? verdict_words(since_first->verdict) : "first check-in"});
  }
  document.emplace_back(std::move(table));
  std::string note = "After each ± stands the margin of error.";
  if (longest(report)->trend.baseline) {
    note +=
        " 'Since first' sets the average of the last three check-ins against that of the first "
        "three.";
  }
  document.emplace_back(Paragraph{std::move(note), Tone::quiet});
}

// Below the lowest level of headings the name of a scale begins its paragraph.
void add_words(Document& document, const TrendReport& report, int level) {
  document.emplace_back(Heading{level, "What this says"});
  for (const ScaleSeries& scale : report.scales) {
    if (level < lowest_heading) {
      document.emplace_back(Heading{level + 1, scale.name});
      document.emplace_back(Paragraph{trend_words(scale)});
    } else {
      document.emplace_back(Paragraph{fmt::format("{}: {}", scale.name, trend_words(scale))});
    }
  }
}

void add_first_check_in(Document& document, const TrendReport& report) {
  document.emplace_back(Heading{2, "A first check-in"});
  Table table{{"Scale", "Now"}, {Align::left, Align::right}, {}};
  for (const ScaleSeries& scale : report.scales) {
    if (scale.points.empty()) continue;
    table.rows.push_back({scale.name, score_words(scale, scale.points.back().estimate)});
  }
  document.emplace_back(std::move(table));
  document.emplace_back(Paragraph{first_check_in_words(report)});
}

void add_closing(Document& document, const TrendReport& report) {
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (longest(report)->points.size() > 1) document.emplace_back(Paragraph{trend_limits(report)});
  if (std::string words = left_out_words(report); !words.empty()) {
    document.emplace_back(Paragraph{std::move(words)});
  }
  std::string text;
  if (!report.status.empty()) {
    text = fmt::format("Status of this questionnaire: {} ", with_full_stop(report.status));
  }
  text += limits_of_scores;
  document.emplace_back(Paragraph{std::move(text)});
}

}  // namespace

const ScaleSeries* longest(const TrendReport& report) {
  const auto found = std::max_element(
      report.scales.begin(), report.scales.end(),
      [](const ScaleSeries& a, const ScaleSeries& b) { return a.points.size() < b.points.size(); });
  return found == report.scales.end() || found->points.empty() ? nullptr : &*found;
}

void add_over_time(Document& document, const TrendReport& report, int level) {
  add_pictures(document, report);
  add_table(document, report, level);
  add_words(document, report, level);
}

std::string first_check_in_words(const TrendReport& report) {
  const std::string about = report.about ? " --about " + *report.about : std::string{};
  return fmt::format(
      "There is nothing to compare yet. The second check-in will show a difference, and from {} "
      "on a lasting change can be told from the ups and downs of single days. A few weeks between "
      "two check-ins tell more than a few days. The next one begins with: attune take {}{}",
      number_word(fewest_of_a_series), report.questionnaire, about);
}

std::string left_out_words(const TrendReport& report) {
  std::vector<std::pair<std::size_t, std::string>> groups;
  for (const ScaleSeries& scale : report.scales) {
    if (scale.left_out == 0) continue;
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return group.first == scale.left_out;
    });
    if (same == groups.end()) {
      groups.emplace_back(scale.left_out, scale.name);
    } else {
      same->second += ", " + scale.name;
    }
  }
  std::string text;
  for (const auto& [count, names] : groups) {
    if (!text.empty()) text += ' ';
    text += count == 1 ? "One check-in was scored by another key and can't be compared: it is left "
                         "out here"
                       : fmt::format(
                             "{} check-ins were scored by another key and can't be "
                             "compared: they are left out here",
                             count);
    text += fmt::format(" ({}).", names);
  }
  return text;
}

std::string trend_limits(const TrendReport& report) {
  std::string text =
      "Scores go up and down by themselves: most zig-zags between two check-ins mean nothing, "
      "because nobody answers quite alike from one day to the next.";
  const std::size_t missing = missing_to_series(*longest(report));
  if (missing > 0) {
    text += fmt::format(
        " With {}, your own ups and downs can be estimated, and a lasting change can be told "
        "from them.",
        missing == 1 ? "one more check-in" : number_word(missing) + " more check-ins");
  }
  if (any_is(report, Verdict::changed)) {
    text +=
        " 'Changed' is no proof either: in made-up years of monthly check-ins in which nothing had "
        "changed, about 3 in 100 were called changed at some point; looking more often makes that "
        "likelier.";
  }
  return text;
}

}  // namespace detail

Document trend_document(const TrendReport& report) {
  Document document;
  const ScaleSeries* series = detail::longest(report);
  if (series == nullptr) return document;
  detail::add_trend_header(document, report, *series);
  if (series->points.size() == 1) {
    detail::add_first_check_in(document, report);
  } else {
    document.emplace_back(Heading{2, "Your check-ins"});
    detail::add_over_time(document, report, 2);
  }
  detail::add_closing(document, report);
  return document;
}

}  // namespace attune
