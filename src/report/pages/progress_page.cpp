// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/interpretation.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

constexpr std::int64_t microseconds_a_day = 86'400'000'000;

bool is_known(const Measure& measure) { return measure.score || measure.rate; }

// The typical ranges are those of one attachment style: they are shown to a person whose scores on
// the first questionnaire all lie in them.
bool is_typical(std::span<const Measure> measures) {
  return std::ranges::all_of(measures, [&](const Measure& measure) {
    const auto& range = measure.typical_range;
    if (measure.source != measures.front().source || !range) return true;
    return measure.score && measure.score->score >= range->first &&
           measure.score->score <= range->second;
  });
}

// Around its own scores, at least a third of its scale; a rate from none to all.
Series line_of(const Measure& measure) {
  Series line;
  line.min = measure.range.min;
  line.max = measure.range.max;
  for (const auto& [at, value] : measure.points) line.marks.push_back({at, value, value, value});
  if (measure.kind == MeasureKind::rate || line.marks.empty()) return line;
  const auto [lowest, highest] = std::ranges::minmax(line.marks, {}, &SeriesMark::score);
  const double height = std::max(highest.score - lowest.score, (line.max - line.min) / 3);
  const double middle = (lowest.score + highest.score) / 2;
  line.min = std::max(line.min, std::min(middle - height / 2, line.max - height));
  line.max = line.min + height;
  return line;
}

std::string_view hoped_for(Wanted wanted) {
  if (wanted == Wanted::up) return "higher";
  if (wanted == Wanted::down) return "lower";
  return name_of(wanted);
}

Table measures_table(std::span<const Measure> measures) {
  Table table = table_with({"Measure", "Now", "Since start", "Typical", "Hoped"});
  table.picture_header = "Over time";
  table.picture_note =
      "Each line shows a third of its scale around your own scores, or more where they reach "
      "further.";
  const auto is_count = [](const Measure& measure) { return measure.rate.has_value(); };
  if (std::ranges::any_of(measures, is_count)) {
    table.picture_note += " A line of counts runs from none to all.";
  }
  for (const Measure& measure : measures) {
    std::string now = "none yet";
    if (measure.score) now = with_margin(measure.score->score, measure.score->se, measure.range);
    if (measure.rate) now = count_of(measure.rate->counted, measure.rate->whole);
    std::string since_start;  // "−0.9, maybe changed"
    if (measure.rate) {
      since_start = count_of(measure.all.counted, measure.all.whole) + " in all";
    } else if (const auto& change = measure.change) {
      since_start = fmt::format(
          "{}, {}", with_sign(change->change, shown(std::abs(change->change), measure.range)),
          in_words(change->verdict));
    } else if (is_known(measure)) {
      since_start = "first check-in";
    }
    table.rows.push_back({measure.name, std::move(now), std::move(since_start), measure.typical,
                          std::string(hoped_for(measure.wanted))});
    table.pictures.emplace_back(line_of(measure));
  }
  if (!is_typical(measures)) leave_out(table, 3);
  return table;
}

// "Avoidance is lower by 0.9 (likely 0.2 to 1.6): maybe changed, the way growth usually goes.", or
// since when it is.
std::string movement(const Measure& measure, const trend::Change& change) {
  const bool is_up = change.change > 0;
  const auto size = [&](double difference) { return shown(std::abs(difference), measure.range); };
  // In the direction of the difference where both ends lie on one side of 0.
  const auto [near, far] = std::minmax({std::abs(change.low), std::abs(change.high)});  // by value
  const std::string likely =
      change.low < 0 && change.high > 0
          ? fmt::format("somewhere from {} lower to {} higher", size(change.low), size(change.high))
          : fmt::format("likely {} to {}", size(near), size(far));
  std::string text = fmt::format("{} is {} by {} ({})", measure.name, is_up ? "higher" : "lower",
                                 size(change.change), likely);
  if (!measure.since.empty()) text = fmt::format("{}: {}", measure.name, measure.since);
  text += fmt::format("{} {}", measure.since.empty() ? ':' : ';', in_words(change.verdict));
  const Wanted wanted = measure.wanted_at_start;
  if (wanted != Wanted::up && wanted != Wanted::down) return text + ".";
  return text + (wanted == (is_up ? Wanted::up : Wanted::down)
                     ? ", the way growth usually goes."
                     : ", not the way growth usually goes. A hard stretch of weeks can do that.");
}

void add_movements(Document& document, std::span<const Measure> measures) {
  Bullets bullets;
  bool has_verdict = false;
  for (const Measure& measure : measures) {
    const auto& change = measure.change;
    has_verdict = has_verdict || change;
    if (change && change->verdict != trend::Verdict::no_change) {
      bullets.items.push_back(movement(measure, *change));
    }
  }
  if (!has_verdict) return;
  document.emplace_back(Heading{2, "Since the start"});
  if (bullets.items.empty()) {
    return say(
        document,
        "No clear change: nothing has moved by more than ordinary ups and downs. That is common "
        "over a few months.");
  }
  document.emplace_back(std::move(bullets));
}

// "growth: 5 check-ins, 2026-08-02 to 2026-11-24", once for measures that share them.
void add_check_in_dates(Document& document, std::span<const Measure> measures) {
  Facts facts;
  for (const Measure& measure : measures) {
    if (!is_known(measure)) continue;
    const std::string count = measure.kind == MeasureKind::rate
                                  ? fmt::format("{} {}", measure.check_ins, measure.unit)
                                  : counted(measure.check_ins, "check-in");
    const std::pair row{measure.source,
                        fmt::format("{}, {}", count, day_or_days(*measure.first, *measure.last))};
    if (std::ranges::find(facts.rows, row) == facts.rows.end()) facts.rows.push_back(row);
  }
  if (!facts.rows.empty()) document.emplace_back(std::move(facts));
}

// What stands in the columns; only the words that the table holds are explained.
void add_reading(Document& document, std::span<const Measure> measures) {
  document.emplace_back(Heading{2, "How to read this"});
  std::vector<std::string> words;
  const auto add_if = [&](auto holds, const char* sentence) {
    if (std::ranges::any_of(measures, holds)) words.emplace_back(sentence);
  };
  const auto is_score = [](const Measure& each) { return each.score.has_value(); };
  const auto is_changing = [](const Measure& each) { return each.change.has_value(); };
  const auto is_first = [](const Measure& each) { return each.score && !each.change; };
  const auto is_rate = [](const Measure& each) { return each.rate.has_value(); };
  add_if(is_score, "'Now' is your latest check-in with its margin of error (±).");
  add_if(
      is_changing,
      "'Since start' is the change that attune trend tells of; with fewer than six check-ins, the "
      "latest less the first. 'Changed' is clearly more than ordinary ups and downs make, even "
      "those that last some weeks; 'maybe changed' is early news.");
  add_if(is_first, "It takes two check-ins to compare, and some months of them to be surer.");
  add_if(is_rate,
         "A count such as '9 of 11' covers the 90 days up to your last entry; one 'in all', every "
         "entry.");
  say(document, joined(words, " "));
  const std::string& group = measures.front().typical_of;
  if (!group.empty() && is_typical(measures)) {
    say(document,
        fmt::format("'Typical' is meant for {}, because your anxiety and avoidance are in those "
                    "ranges. The project chose them as an aid for reading; nobody has measured "
                    "them, and they are not goals.",
                    group));
  }
  if (std::ranges::any_of(measures,
                          [](const Measure& each) { return each.wanted != Wanted::unspecified; })) {
    say(document,
        "'Hoped' says which way growth usually goes; a score already near that end has "
        "none. It is not a task, nobody moves in a straight line, and where someone is not safe to "
        "be close to, distance can be right.");
  }
  say(document, "Nothing here is a diagnosis, or a measure of your worth.");
}

// What each command would add, in the order of the measures.
void add_beginnings(Document& document, std::span<const Measure> measures) {
  Facts facts;
  for (const Measure& measure : measures) {
    if (is_known(measure)) continue;
    const auto found =
        std::ranges::find(facts.rows, measure.command, &std::pair<std::string, std::string>::first);
    if (found == facts.rows.end()) {
      facts.rows.emplace_back(measure.command, measure.name);
    } else {
      found->second += ", " + measure.name;
    }
  }
  if (facts.rows.empty()) return;
  const bool is_all = !std::ranges::any_of(measures, is_known);
  document.emplace_back(Heading{2, is_all ? "To begin" : "What is missing"});
  if (is_all) {
    say(document,
        "Nothing has been measured yet. Each of these adds its part; one is enough for today:");
  }
  document.emplace_back(std::move(facts));
}

// What a scale and a rate have in common.
template <class Definition>
Measure measure_of(const Questionnaire& questionnaire, const Definition& definition) {
  Measure measure;
  measure.id = definition.id;
  measure.name = definition.name;
  measure.source = questionnaire.id;
  measure.wanted = measure.wanted_at_start = definition.wanted;
  measure.command = "attune take " + questionnaire.id;
  if (definition.typical) measure.typical_of = definition.typical->of;
  return measure;
}

}  // namespace

std::vector<MeasureSource> measure_sources(std::span<const Questionnaire> questionnaires) {
  std::multimap<int, MeasureSource> placed;  // equal places keep the order they come in
  for (std::size_t index = 0; index < questionnaires.size(); ++index) {
    const auto add = [&](MeasureKind kind, const auto& parts) {
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto place = parts[i].progress;
        if (place) placed.emplace(*place, MeasureSource{index, kind, i});
      }
    };
    add(MeasureKind::score, questionnaires[index].scales);
    add(MeasureKind::rate, questionnaires[index].rates);
  }
  std::vector<MeasureSource> sources;
  for (const auto& [place, source] : placed) sources.push_back(source);
  return sources;
}

Measure scale_measure(const Questionnaire& questionnaire, std::size_t scale,
                      std::span<const trend::SeriesPoint> points, const trend::ScaleTrend& trend,
                      std::optional<std::size_t> about) {
  const Scale& definition = questionnaire.scales[scale];
  Measure measure = measure_of(questionnaire, definition);
  measure.check_ins = points.size();
  measure.range = score_range(questionnaire, scale, counted_items(questionnaire, scale).size());
  if (about) measure.command += " --about " + questionnaire.abouts[*about].id;
  if (const auto& typical = definition.typical) {
    measure.typical = tick_label(typical->low) + "–" + tick_label(typical->high);
    measure.typical_range = {typical->low, typical->high};
  }
  if (points.empty()) {
    measure.reason = "no check-in yet";
    return measure;
  }
  measure.score = points.back().estimate;
  measure.wanted = interpretation::wanted_at(definition, measure.score->score);
  measure.wanted_at_start = interpretation::wanted_at(definition, points.front().estimate.score);
  measure.first = points.front().taken_at;
  measure.last = points.back().taken_at;
  measure.change = trend.since_first;
  measure.since = change_in_words(trend, measure.range, local_date(*measure.last).year);
  for (const trend::SeriesPoint& point : points) {
    measure.points.push_back({point.taken_at, point.estimate.score});
  }
  return measure;
}

Measure rate_measure(const Questionnaire& questionnaire, std::size_t rate,
                     std::span<const trend::Entry> entries) {
  const Rate& definition = questionnaire.rates[rate];
  const trend::RateCounts counts = trend::tally_rate(questionnaire, definition, entries);
  Measure measure = measure_of(questionnaire, definition);
  measure.kind = MeasureKind::rate;
  measure.unit = definition.unit;
  measure.all = counts.all;
  measure.check_ins = counts.all.whole;
  measure.range = {0, 1};
  if (definition.typical) measure.typical = definition.typical->text;
  if (counts.all.whole == 0) {
    measure.reason = fmt::format("no {} to count yet", definition.unit);
    return measure;
  }
  measure.rate = counts.recent;
  measure.first = counts.first_at;
  measure.last = counts.last_at;
  for (const trend::RateMonth& month :
       trend::tally_rate_months(questionnaire, definition, entries)) {
    if (month.tally.whole == 0) continue;
    const std::int64_t day = days_since_epoch({month.year, month.month, 1});
    measure.points.push_back({{day * microseconds_a_day, 0}, *month.tally.share()});
  }
  return measure;
}

Document progress_document(std::span<const Measure> measures, const ProgressOptions& options) {
  Document document{Heading{1, "Progress"}};
  if (measures.empty()) {
    say(document, "No questionnaire here has a growth measure.");
    return document;
  }
  if (!options.about.empty()) document.emplace_back(Facts{{{"About", options.about}}});
  if (!std::ranges::any_of(measures, is_known)) {
    add_beginnings(document, measures);
    return document;
  }
  document.emplace_back(measures_table(measures));
  add_check_in_dates(document, measures);
  add_movements(document, measures);
  add_beginnings(document, measures);
  add_reading(document, measures);
  return document;
}

}  // namespace attune::report
