// SPDX-License-Identifier: MIT
// What changes over time as JSON and CSV: scores, growth measures, and the counts of a journal.
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/report.hpp"
#include "attune/tally.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// A share is a fraction of 1.
Json tally_json(const trend::RateTally& tally) {
  return {{"counted", tally.counted}, {"whole", tally.whole}, {"share", or_null(tally.share())}};
}

Json change_json(const trend::Change& change) {
  return {{"change", change.change},
          {"se", change.se},
          {"low", change.low},
          {"high", change.high},
          {"verdict", trend::name_of(change.verdict)},
          {"method", trend::name_of(change.method)}};
}

Json level_json(const trend::Level& level) {
  return {{"mean", level.mean},
          {"n", level.n},
          {"first", render_rfc3339(level.first)},
          {"last", render_rfc3339(level.last)}};
}

Json split_json(const trend::Split& split) {
  return {{"before", level_json(split.before)}, {"after", level_json(split.after)}};
}

Json line_json(const trend::Line& line) { return {{"from", line.from}, {"to", line.to}}; }

Json passing_json(const trend::PassingStretch& passing) {
  return {{"inside", level_json(passing.inside)},
          {"otherwise", passing.otherwise},
          {"evidence", passing.evidence}};
}

Json evidence_json(const trend::SeriesEvidence& series) {
  return {{"evidence", series.evidence},
          {"evidence_needed", series.evidence_needed},
          {"kind", or_null(std::string(series.split  ? "split"
                                       : series.line ? "line"
                                                     : ""))},
          {"split", or_null(series.split, split_json)},
          {"line", or_null(series.line, line_json)},
          {"passing", or_null(series.passing, passing_json)}};
}

Json series_json(const ScaleSeries& scale) {
  const auto point_json = [](const trend::SeriesPoint& point) -> Json {
    return {{"id", point.id},
            {"taken_at", render_rfc3339(point.taken_at)},
            {"score", point.estimate.score},
            {"se", point.estimate.se}};
  };
  const auto usual_json = [](const trend::UsualRange& usual) -> Json {
    return {{"mean", usual.mean},
            {"wobble", usual.wobble},
            {"n", usual.n},
            {"low", usual.low},
            {"high", usual.high}};
  };
  const auto& [since_first, since_last, usual, series, tells_from] = scale.trend;
  return {{"points", array_of(scale.points, point_json)},
          {"left_out", scale.left_out},
          {"since_first", or_null(since_first, change_json)},
          {"since_last", or_null(since_last, change_json)},
          {"baseline", or_null(usual, usual_json)},
          {"series", or_null(series, evidence_json)},
          {"tells_from", or_null(tells_from, render_date)}};
}

Json measure_json(const Measure& measure) {
  Json out{{"id", measure.id},
           {"name", measure.name},
           {"questionnaire", measure.source},
           {"kind", measure.kind == MeasureKind::rate ? "rate" : "score"}};
  Json& now = out["now"] = or_null(measure.rate, tally_json);
  if (measure.score) add_estimate(now, measure.score);
  out["unit"] = or_null(measure.unit);
  out["first"] = or_null(measure.first);
  out["last"] = or_null(measure.last);
  out["check_ins"] = measure.check_ins;
  out["since_start"] = or_null(measure.change, change_json);
  Json& typical = out["typical"] = nullptr;
  if (!measure.typical.empty()) {
    const auto& range = measure.typical_range;
    using Range = std::pair<double, double>;
    typical = {{"low", or_null(range, &Range::first)},
               {"high", or_null(range, &Range::second)},
               {"text", measure.typical},
               {"of", measure.typical_of}};
  }
  out["wanted"] = or_null(std::string(name_of(measure.wanted)));
  out["range"] = {{"min", measure.range.min}, {"max", measure.range.max}};
  out["points"] = array_of(measure.points, [](const MeasurePoint& point) -> Json {
    return {{"at", render_rfc3339(point.at)}, {"value", point.value}};
  });
  out["reason"] = or_null(measure.reason);
  out["command"] = or_null(measure.command);
  return out;
}

// --- the counts of a journal or a log ---------------------------------------------------------

Json item_counts_json(const Questionnaire& questionnaire, std::size_t index,
                      std::span<const trend::Entry> entries, const MomentsOptions& options) {
  const Item& item = questionnaire.items[index];
  Json out{{"id", item.id},
           {"text", statement(questionnaire, item, options.about)},
           {"kind", name_of(item.kind)}};
  switch (item.kind) {
    case ItemKind::choice: {
      const trend::ChoiceTally tally = trend::tally_choices(questionnaire, index, entries);
      out["answered"] = tally.answered;
      Json& choices = out["choices"] = Json::array();
      for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
        const trend::RateTally made{tally.counts[choice], tally.answered};
        choices.push_back({{"id", item.choices[choice].id},
                           {"text", item.choices[choice].text},
                           {"count", made.counted},
                           {"share", or_null(made.share())}});
      }
      break;
    }
    case ItemKind::rating:
    case ItemKind::number: {
      const auto tally = trend::tally_numbers(index, entries);
      out["answered"] = tally ? tally->answered : 0;
      out["mean"] = or_null(tally, &trend::NumberTally::mean);
      out["min"] = or_null(tally, &trend::NumberTally::min);
      out["max"] = or_null(tally, &trend::NumberTally::max);
      if (!item.unit.empty()) out["unit"] = item.unit;
      break;
    }
    case ItemKind::text:
      out["answered"] = std::ranges::count_if(
          entries, [index](const trend::Entry& entry) { return text_in(entry, index) != nullptr; });
      break;
  }
  return out;
}

Json rate_json(const Questionnaire& questionnaire, const Rate& rate,
               std::span<const trend::Entry> entries) {
  const trend::RateCounts counts = trend::tally_rate(questionnaire, rate, entries);
  const auto months = trend::tally_rate_months(questionnaire, rate, entries);
  Json out{{"id", rate.id}, {"name", rate.name}, {"unit", rate.unit}};
  out.update(tally_json(counts.all));
  out["months"] = array_of(months, [](const trend::RateMonth& month) {
    Json part{{"month", month_id(month)}};
    part.update(tally_json(month.tally));
    return part;
  });
  out["last_90_days"] = tally_json(counts.recent);
  return out;
}

}  // namespace

std::string trend_json(const TrendReport& report) {
  Json scales = Json::object();
  for (const ScaleSeries& scale : report.scales) scales[scale.id] = series_json(scale);
  return json_line({{"schema", "attune.trend"},
                    {"version", 1},
                    {"questionnaire", report.questionnaire},
                    {"about", or_null(report.about)},
                    {"scales", std::move(scales)}});
}

std::string trend_csv(const TrendReport& report) {
  std::string out = "questionnaire,about,scale,id,taken_at,score,se,low,high\n";
  for (const ScaleSeries& scale : report.scales) {
    for (const trend::SeriesPoint& point : scale.points) {
      const Estimate& estimate = point.estimate;
      out += csv_row({report.questionnaire, or_null(report.about), scale.id, point.id,
                      render_rfc3339(point.taken_at), estimate.score, estimate.se, estimate.low,
                      estimate.high});
    }
  }
  return out;
}

std::string progress_json(std::span<const Measure> measures, const ProgressOptions& options) {
  return json_line({{"schema", "attune.progress"},
                    {"version", 1},
                    {"about", or_null(options.about_id)},
                    {"measures", array_of(measures, measure_json)}});
}

std::string progress_csv(std::span<const Measure> measures) {
  std::string out =
      "id,name,questionnaire,kind,now,se,low,high,counted,whole,first,last,check_ins,change,"
      "change_low,change_high,verdict,typical_low,typical_high,typical,wanted,min,max\n";
  for (const Measure& measure : measures) {
    Json json = measure_json(measure);
    std::vector<Json> row;
    const auto add = [&row](Json& values, std::initializer_list<const char*> names) {
      for (const char* name : names) row.push_back(values[name]);  // null where there is none
    };
    add(json, {"id", "name", "questionnaire", "kind"});
    add(json["now"], {measure.rate ? "share" : "score", "se", "low", "high", "counted", "whole"});
    add(json, {"first", "last", "check_ins"});
    add(json["since_start"], {"change", "low", "high", "verdict"});
    add(json["typical"], {"low", "high", "text"});
    add(json, {"wanted"});
    add(json["range"], {"min", "max"});
    out += csv_row(row);
  }
  return out;
}

std::string moments_json(const Questionnaire& questionnaire, std::span<const trend::Entry> entries,
                         const MomentsOptions& options) {
  Json out{{"schema", "attune.moments"},
           {"version", 1},
           {"questionnaire",
            {{"id", questionnaire.id},
             {"version", questionnaire.version},
             {"language", questionnaire.language},
             {"status", questionnaire.status}}}};
  out["about"] = options.about ? Json(questionnaire.abouts[*options.about].id) : Json(nullptr);
  const auto frequency = trend::tally_frequency(entries);
  out["entries"] = entries.size();
  out["first"] = frequency ? Json(render_rfc3339(frequency->first)) : Json(nullptr);
  out["last"] = frequency ? Json(render_rfc3339(frequency->last)) : Json(nullptr);
  out["days"] = frequency ? frequency->days : 0;
  out["per_30_days"] = frequency ? or_null(frequency->per_30_days) : Json(nullptr);
  out["items"] = Json::array();
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    out["items"].push_back(item_counts_json(questionnaire, item, entries, options));
  }
  const auto [night, morning, afternoon, evening, unknown] = trend::tally_times(entries);
  out["times"] = {{"night", night},
                  {"morning", morning},
                  {"afternoon", afternoon},
                  {"evening", evening},
                  {"unknown", unknown}};
  out["rates"] = array_of(questionnaire.rates, [&](const Rate& rate) {
    return rate_json(questionnaire, rate, entries);
  });
  if (options.notes == Notes::hide) return json_line(out);
  Json& notes = out["notes"] = Json::array();
  for (const trend::Entry& entry : entries) {
    for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
      const std::string* text = text_in(entry, item);
      if (text == nullptr) continue;
      notes.push_back({{"at", render_rfc3339(entry.at)},
                       {"item", questionnaire.items[item].id},
                       {"text", *text}});
    }
  }
  return json_line(out);
}

}  // namespace attune::report
