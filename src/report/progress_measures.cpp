// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/progress.hpp"

#include "report/axis.hpp"

namespace attune {
namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;

struct Placed {
  int place = 0;
  MeasureSource source;
};

std::size_t items_of(const Questionnaire& questionnaire, std::size_t scale) {
  return static_cast<std::size_t>(
      std::count_if(questionnaire.items.begin(), questionnaire.items.end(),
                    [&](const Item& item) { return counts_for(questionnaire, item, scale); }));
}

std::string take_command(const Questionnaire& questionnaire, std::optional<std::size_t> about) {
  if (!about) return "attune take " + questionnaire.id;
  return fmt::format("attune take {} --about {}", questionnaire.id,
                     questionnaire.abouts[*about].id);
}

}  // namespace

std::vector<MeasureSource> measure_sources(std::span<const Questionnaire> questionnaires) {
  std::vector<Placed> placed;
  for (std::size_t index = 0; index < questionnaires.size(); ++index) {
    const Questionnaire& questionnaire = questionnaires[index];
    const auto add = [&](const std::optional<int>& place, MeasureKind kind, std::size_t part) {
      if (place) placed.push_back({*place, {index, kind, part}});
    };
    for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
      add(questionnaire.scales[scale].progress, MeasureKind::score, scale);
    }
    for (std::size_t rate = 0; rate < questionnaire.rates.size(); ++rate) {
      add(questionnaire.rates[rate].progress, MeasureKind::rate, rate);
    }
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& left, const Placed& right) {
    return left.place < right.place;
  });
  std::vector<MeasureSource> sources;
  sources.reserve(placed.size());
  for (const Placed& each : placed) sources.push_back(each.source);
  return sources;
}

Measure scale_measure(const Questionnaire& questionnaire, std::size_t scale,
                      std::span<const SeriesPoint> points, const std::optional<Change>& since_start,
                      std::optional<std::size_t> about) {
  const Scale& definition = questionnaire.scales[scale];
  Measure measure;
  measure.id = definition.id;
  measure.name = definition.name;
  measure.source = questionnaire.id;
  measure.check_ins = points.size();
  measure.wanted = definition.wanted;
  measure.range = score_range(questionnaire, scale, items_of(questionnaire, scale));
  measure.command = take_command(questionnaire, about);
  if (definition.typical) {
    const Typical& typical = *definition.typical;
    measure.typical = detail::tick_label(typical.low) + "–" + detail::tick_label(typical.high);
    measure.typical_range = {typical.low, typical.high};
    measure.typical_of = typical.of;
  }
  if (points.empty()) {
    measure.reason = "no check-in yet";
    return measure;
  }
  measure.score = points.back().estimate;
  measure.first = points.front().taken_at;
  measure.last = points.back().taken_at;
  measure.change = since_start;
  for (const SeriesPoint& point : points) {
    measure.points.push_back({point.taken_at, point.estimate.score});
  }
  return measure;
}

Measure rate_measure(const Questionnaire& questionnaire, std::size_t rate,
                     std::span<const Entry> entries) {
  const Rate& definition = questionnaire.rates[rate];
  const RateTrend trend = tally_rate_trend(questionnaire, definition, entries);
  Measure measure;
  measure.id = definition.id;
  measure.name = definition.name;
  measure.source = questionnaire.id;
  measure.kind = MeasureKind::rate;
  measure.unit = definition.unit;
  measure.check_ins = trend.all.whole;
  measure.wanted = definition.wanted;
  measure.range = {0, 1};
  measure.command = take_command(questionnaire, {});
  if (definition.typical) {
    measure.typical = definition.typical->text;
    measure.typical_of = definition.typical->of;
  }
  if (trend.all.whole == 0) {
    measure.reason = fmt::format("no {} to count yet", definition.unit);
    return measure;
  }
  measure.rate = trend.last;
  measure.first = trend.first_at;
  measure.last = trend.last_at;
  measure.rate_change = trend.change;
  for (const RatePeriod& month : tally_rate_months(questionnaire, definition, entries)) {
    const std::int64_t day = days_since_epoch({month.year, month.part, 1});
    measure.points.push_back({{day * microseconds_per_day, 0}, *month.tally.share()});
  }
  return measure;
}

}  // namespace attune
