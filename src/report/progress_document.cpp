// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/progress.hpp"

#include "report/axis.hpp"
#include "report/moments_parts.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace detail {
namespace {

constexpr double microseconds_per_day = 86'400e6;

bool is_known(const Measure& measure) { return measure.score || measure.rate; }

// "3.4 ± 0.6", "9 of 11", "none yet"
std::string now_of(const Measure& measure) {
  const ScoreRange& range = measure.range;
  if (measure.rate) return count_of(measure.rate->counted, measure.rate->whole);
  if (!measure.score) return "none yet";
  return fmt::format("{} ± {}", shown(measure.score->score, range.min, range.max),
                     shown(z_95 * measure.score->se, range.min, range.max));
}

std::optional<Verdict> verdict_of(const Measure& measure) {
  if (measure.change) return measure.change->verdict;
  if (measure.rate_change) return measure.rate_change->verdict;
  return {};
}

// The size of a difference, without its sign: "0.9", or "12" percentage points.
std::string size_of(const Measure& measure, double difference) {
  if (measure.kind == MeasureKind::rate) return render_fixed(100 * std::abs(difference), 0);
  return shown(std::abs(difference), measure.range.min, measure.range.max);
}

double difference_of(const Measure& measure) {
  return measure.change ? measure.change->change : measure.rate_change->difference;
}

// "−0.9 maybe", "+12% maybe"; a difference that rounds to 0 has no sign.
std::string since_start_of(const Measure& measure) {
  if (!is_known(measure)) return "";
  const std::optional<Verdict> verdict = verdict_of(measure);
  if (!verdict) return measure.kind == MeasureKind::rate ? "too early" : "first check-in";
  const std::string size = size_of(measure, difference_of(measure));
  const bool is_zero = size.find_first_not_of("0.") == std::string::npos;
  const std::string_view sign = difference_of(measure) > 0 ? "+" : "−";
  return fmt::format("{}{}{} {}", is_zero ? "" : sign, size,
                     measure.kind == MeasureKind::rate ? "%" : "", name_of(*verdict));
}

Sparkline line_of(const Measure& measure) {
  Sparkline line{{}, measure.range.min, measure.range.max};
  for (const MeasurePoint& point : measure.points) {
    line.marks.push_back(
        {static_cast<double>(point.at.microseconds) / microseconds_per_day, point.value});
  }
  return line;
}

Table measures_table(std::span<const Measure> measures) {
  Table table{{"Measure", "Now", "Since start", "Typical", "Wanted"},
              {Align::left, Align::left, Align::left, Align::left, Align::left},
              {},
              "Over time",
              {}};
  for (const Measure& measure : measures) {
    table.rows.push_back({measure.name, now_of(measure), since_start_of(measure), measure.typical,
                          std::string(name_of(measure.wanted))});
    table.pictures.emplace_back(line_of(measure));
  }
  return table;
}

// "likely 0.2 to 1.6", in the direction of the difference where both ends lie on one side of 0.
std::string likely_of(const Measure& measure) {
  const bool is_score = measure.change.has_value();
  const double low = is_score ? measure.change->low : measure.rate_change->low;
  const double high = is_score ? measure.change->high : measure.rate_change->high;
  if (low < 0 && high > 0) {
    return fmt::format("somewhere from {} lower to {} higher", size_of(measure, low),
                       size_of(measure, high));
  }
  const auto [near, far] = std::minmax({std::abs(low), std::abs(high)});  // by value
  return fmt::format("likely {} to {}", size_of(measure, near), size_of(measure, far));
}

// "Avoidance is lower by 0.9 (likely 0.2 to 1.6). Maybe a change, in the wanted direction."
std::string movement(const Measure& measure) {
  const double difference = difference_of(measure);
  const bool is_up = difference > 0;
  std::string text = fmt::format("{} is {} by {}{} ({}).", measure.name, is_up ? "higher" : "lower",
                                 size_of(measure, difference),
                                 measure.kind == MeasureKind::rate ? " percentage points" : "",
                                 likely_of(measure));
  text += verdict_of(measure) == Verdict::changed ? " A change" : " Maybe a change";
  if (measure.wanted != Wanted::up && measure.wanted != Wanted::down) return text + ".";
  const bool is_wanted = measure.wanted == (is_up ? Wanted::up : Wanted::down);
  return text + (is_wanted ? ", in the wanted direction."
                           : ", the other way. A hard stretch of weeks can do that.");
}

void add_movements(Document& document, std::span<const Measure> measures) {
  Bullets bullets;
  bool has_verdict = false;
  for (const Measure& measure : measures) {
    const std::optional<Verdict> verdict = verdict_of(measure);
    has_verdict = has_verdict || verdict;
    if (verdict && *verdict != Verdict::no_change) bullets.items.push_back(movement(measure));
  }
  if (!has_verdict) return;
  document.emplace_back(Heading{2, "Since the start"});
  if (bullets.items.empty()) {
    document.emplace_back(
        Paragraph{"Nothing has moved by more than ordinary ups and downs. That is common over a "
                  "few months: most differences from one check-in to the next mean little."});
    return;
  }
  document.emplace_back(std::move(bullets));
}

// "growth: 5 check-ins, 2026-08-02 to 2026-11-24", once for measures that share them.
void add_dates(Document& document, std::span<const Measure> measures) {
  Facts facts;
  for (const Measure& measure : measures) {
    if (!is_known(measure)) continue;
    const std::string first = render_local_date(*measure.first);
    const std::string last = render_local_date(*measure.last);
    const std::string unit = measure.kind == MeasureKind::rate ? measure.unit
                             : measure.check_ins == 1          ? "check-in"
                                                               : "check-ins";
    const std::string dates = first == last ? first : fmt::format("{} to {}", first, last);
    std::pair<std::string, std::string> row{
        measure.source, fmt::format("{} {}, {}", measure.check_ins, unit, dates)};
    if (std::find(facts.rows.begin(), facts.rows.end(), row) == facts.rows.end()) {
      facts.rows.push_back(std::move(row));
    }
  }
  if (!facts.rows.empty()) document.emplace_back(std::move(facts));
}

template <class Predicate>
bool any(std::span<const Measure> measures, Predicate predicate) {
  return std::any_of(measures.begin(), measures.end(), predicate);
}

std::string now_sentence(std::span<const Measure> measures) {
  std::string text;
  if (any(measures, [](const Measure& measure) { return measure.score.has_value(); })) {
    text = "Now is your latest check-in with its margin of error (±).";
  }
  if (any(measures, [](const Measure& measure) { return measure.rate.has_value(); })) {
    text += text.empty() ? "" : " ";
    text += "A count such as \"9 of 11\" covers the last 90 days up to your last entry.";
  }
  return text;
}

// Only the words that the table holds are explained.
std::string verdicts_sentence(std::span<const Measure> measures) {
  const auto has = [measures](Verdict verdict) {
    return any(measures,
               [verdict](const Measure& measure) { return verdict_of(measure) == verdict; });
  };
  std::string text;
  const auto add = [&text](std::string_view words) {
    text += text.empty() ? "" : " ";
    text += words;
  };
  if (has(Verdict::no_change)) {
    add("\"No change\" means: no more than ordinary ups and downs.");
  }
  if (has(Verdict::maybe)) {
    add("\"Maybe\" means: it could be more than that, and further check-ins will tell.");
  }
  if (has(Verdict::changed)) {
    add("\"Changed\" means: more than ordinary ups and downs, over at least six check-ins.");
  }
  const bool is_first =
      any(measures, [&](const Measure& measure) { return measure.score && !verdict_of(measure); });
  if (is_first) add("A comparison takes two check-ins, and six to be sure.");
  const bool is_early =
      any(measures, [&](const Measure& measure) { return measure.rate && !verdict_of(measure); });
  if (is_early) {
    add("\"Too early\": the first 90 days are compared with the last 90 once they are apart and "
        "each has at least six to count.");
  }
  return text;
}

// Whom the ranges are typical of, one sentence for all where it is the same group.
std::string typical_sentence(std::span<const Measure> measures) {
  std::vector<std::string> groups;
  for (const Measure& measure : measures) {
    if (measure.typical_of.empty()) continue;
    if (std::find(groups.begin(), groups.end(), measure.typical_of) == groups.end()) {
      groups.push_back(measure.typical_of);
    }
  }
  if (groups.empty()) return {};
  std::string whom = groups.front();
  for (std::size_t i = 1; i < groups.size(); ++i) {
    whom += (i + 1 == groups.size() ? " or " : ", ") + groups[i];
  }
  return fmt::format(
      "Typical is where {} tend to be. These ranges are aids for reading, not norms "
      "and not goals.",
      whom);
}

void add_reading(Document& document, std::span<const Measure> measures) {
  document.emplace_back(Heading{2, "How to read this"});
  const bool has_wanted =
      any(measures, [](const Measure& measure) { return measure.wanted != Wanted::unspecified; });
  for (std::string text :
       {now_sentence(measures), verdicts_sentence(measures), typical_sentence(measures),
        std::string(has_wanted ? "Wanted is the direction that growth usually takes. It is not a "
                                 "task, and nobody moves in a straight line."
                               : "")}) {
    if (!text.empty()) document.emplace_back(Paragraph{std::move(text)});
  }
  document.emplace_back(Paragraph{"Nothing here is a diagnosis, or a measure of your worth."});
}

// What each command would add, in the order of the measures.
void add_beginnings(Document& document, std::span<const Measure> measures) {
  std::vector<std::pair<std::string, std::string>> additions;
  for (const Measure& measure : measures) {
    if (is_known(measure)) continue;
    const auto found = std::find_if(additions.begin(), additions.end(), [&](const auto& addition) {
      return addition.first == measure.command;
    });
    if (found == additions.end()) {
      additions.emplace_back(measure.command, measure.name);
    } else {
      found->second += ", " + measure.name;
    }
  }
  if (additions.empty()) return;
  const bool is_all = !any(measures, is_known);
  document.emplace_back(Heading{2, is_all ? "To begin" : "What is missing"});
  if (is_all) {
    document.emplace_back(Paragraph{
        "Nothing has been measured yet. One of these is enough for today; each adds its part:"});
  }
  Facts facts;
  for (auto& [command, names] : additions) facts.rows.emplace_back(command, names);
  document.emplace_back(std::move(facts));
}

}  // namespace
}  // namespace detail

Document progress_document(std::span<const Measure> measures, const ProgressOptions& options) {
  Document document{Heading{1, "Progress"}};
  if (measures.empty()) {
    document.emplace_back(Paragraph{"No questionnaire here has a growth measure."});
    return document;
  }
  if (!options.about.empty()) document.emplace_back(Facts{{{"About", options.about}}});
  if (!detail::any(measures, detail::is_known)) {
    detail::add_beginnings(document, measures);
    return document;
  }
  document.emplace_back(detail::measures_table(measures));
  detail::add_dates(document, measures);
  detail::add_movements(document, measures);
  detail::add_beginnings(document, measures);
  detail::add_reading(document, measures);
  return document;
}

}  // namespace attune
