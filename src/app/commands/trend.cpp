// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"
#include "attune/trend_report.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"

namespace attune::app {
namespace {

void check_scale(const Questionnaire& questionnaire, const std::optional<std::string>& name) {
  if (questionnaire.scales.empty()) {
    throw usage_error("trend", fmt::format("'{}' has no scores", escape(questionnaire.id)),
                      fmt::format("attune moments {} summarises it", escape(questionnaire.id)));
  }
  if (!name || find_scale(questionnaire, *name)) return;
  std::vector<std::string> ids;
  for (const Scale& scale : questionnaire.scales) ids.push_back(scale.id);
  throw unknown_name(ErrorKind::usage, "--scale", *name, ids);
}

void check_points(const report::TrendReport& report) {
  const bool has_points =
      std::any_of(report.scales.begin(), report.scales.end(),
                  [](const report::ScaleSeries& scale) { return !scale.points.empty(); });
  if (has_points) return;
  throw Error{ErrorKind::not_found,
              "no check-in has enough answers for a score",
              "trend",
              {"attune history list shows them"}};
}

// Names what is not shown, so that nobody takes a part for the whole.
void name_others(const SeriesByAbout& series, SeriesByAbout::const_iterator shown,
                 Streams& streams) {
  std::string others;
  for (auto each = series.begin(); each != series.end(); ++each) {
    if (each == shown) continue;
    others += fmt::format("{}{} ({})", others.empty() ? "" : ", ", escape(each->first),
                          each->second.collector.count());
  }
  if (others.empty()) return;
  streams.err.write(fmt::format("Not shown, as people are not mixed: --about {}\n", others));
}

// Without an about, check-ins about the questionnaire's first (the people closest) are shown, or,
// where there are none, those about the person of the newest: check-ins about different people are
// never mixed.
ExitStatus run_trend(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "closeness");
  Destination destination = destination_of(arguments, world, format_of(arguments, every_format));
  std::optional<ScoredHistory> history = open_to_read(world);
  if (!history) throw no_check_ins(nullptr, selection);
  const auto scale = arguments.value("--scale");
  SeriesByAbout series = collect_series(*history, selection, scale);
  if (series.empty()) throw no_check_ins(&*history, selection);
  const auto chosen = default_series(series);
  check_scale(*chosen->second.collector.questionnaire(), scale);
  const report::TrendReport trend = trend_report(chosen->second, chosen->first, selection.about);
  check_points(trend);
  write_result(world.streams, destination,
               {[&] { return report::trend_json(trend); },
                [&] { return report::trend_csv(trend); },
                [&] { return report::trend_document(trend); },
                {trend.language}});
  world.streams.out.flush();
  if (!selection.about) name_others(series, chosen, world.streams);
  return ExitStatus::done;
}

}  // namespace

const Command trend_row{
    "trend",
    "scores over time, against their own noise",
    "Shows your check-ins with a questionnaire (closeness unless another is named) over time, and "
    "whether anything has changed: two check-ins alone can't tell, from six on the first three are "
    "compared with the last three. Check-ins about different people are never mixed.",
    {"NAME", 0, 1},
    {about_option,
     {"--scale", "SCALE", "Only this scale, a facet too: anxiety, self-reliance, ..."},
     since_option,
     until_option,
     every_format_option,
     width_option,
     output_option,
     force_option},
    {{"attune trend", "Your check-ins with closeness, and whether anything has changed."},
     {"attune trend closeness --about partner --since 2026-01-01",
      "This year's check-ins about your partner."},
     {"attune trend --format json | jq .scales.anxiety.since_first.verdict",
      "The verdict alone, for a script."},
     {"attune trend growth --format csv -o growth.csv", "Every point, for a spreadsheet or R."}},
    run_trend};

}  // namespace attune::app
