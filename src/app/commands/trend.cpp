// SPDX-License-Identifier: MIT
#include "app/commands/trend.hpp"

#include <fmt/format.h>

#include "attune/text.hpp"
#include "attune/trend_report.hpp"

#include "app/commands/series.hpp"
#include "app/document_output.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

std::optional<Error> check_scale(const Questionnaire& questionnaire,
                                 const std::optional<std::string>& name) {
  if (questionnaire.scales.empty()) {
    return Error{ErrorKind::usage,
                 fmt::format("'{}' has no scores", escape(questionnaire.id)),
                 "trend",
                 {fmt::format("attune moments {} summarises it", escape(questionnaire.id))}};
  }
  if (!name || find_scale(questionnaire, *name)) return {};
  std::vector<std::string> ids;
  for (const Scale& scale : questionnaire.scales) ids.push_back(scale.id);
  return unknown_name(ErrorKind::usage, "--scale", *name, ids);
}

// Names what is not shown, so that nobody takes a part for the whole.
void tell_of_others(const SeriesByAbout& series, SeriesByAbout::const_iterator shown,
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

std::string render(const TrendReport& report, Format format, const TextStyle& style) {
  switch (format) {
    case Format::json:
      return trend_json(report);
    case Format::csv:
      return trend_csv(report);
    default:
      return render_document(trend_document(report), format, style, {report.language});
  }
}

bool has_points(const TrendReport& report) {
  for (const ScaleSeries& scale : report.scales) {
    if (!scale.points.empty()) return true;
  }
  return false;
}

}  // namespace

TrendReport trend_report(AboutSeries& series, const std::string& about,
                         const std::optional<std::string>& asked_about) {
  const Questionnaire& questionnaire = *series.collector.questionnaire();
  TrendReport report;
  report.questionnaire = questionnaire.id;
  report.title = questionnaire.title;
  report.status = questionnaire.status;
  report.language = questionnaire.language;
  if (const auto index = find_about(questionnaire, about)) {
    report.about_phrase = questionnaire.abouts[*index].phrase;
    if (*index > 0 || asked_about) report.about = about;
  }
  for (CollectedScale& each : series.collector.take()) {
    const Scale& scale = questionnaire.scales[each.scale];
    ScaleSeries& shown = report.scales.emplace_back();
    shown.id = scale.id;
    shown.name = scale.name;
    shown.low = scale.low;
    shown.high = scale.high;
    shown.range = each.range;
    shown.wanted = scale.wanted;
    shown.left_out = each.left_out;
    shown.points = std::move(each.points);
    shown.trend = trend_of(shown.points, shown.range);
  }
  return report;
}

ExitStatus show_trend(const TrendOptions& options, const TextStyle& style,
                      std::optional<History>& history, Streams& streams) {
  if (!history) return report(streams, no_check_ins(nullptr, options.selection));
  Result<std::optional<OutputFile>> file = create_output(options.output, options.overwrite);
  if (!file) return report(streams, file.error());
  KeptDefinitions definitions(*history);
  Result<SeriesByAbout> series =
      collect_series(*history, definitions, options.selection, options.scale);
  if (!series) return report(streams, series.error());
  const auto chosen = default_series(*series);
  const Questionnaire& questionnaire = *chosen->second.collector.questionnaire();
  if (const auto error = check_scale(questionnaire, options.scale)) return report(streams, *error);
  const TrendReport trend = trend_report(chosen->second, chosen->first, options.selection.about);
  if (!has_points(trend)) {
    return report(streams, Error{ErrorKind::not_found,
                                 "no check-in has enough answers for a score",
                                 "trend",
                                 {"attune history list shows them"}});
  }
  TextStyle own_style = style;
  if (options.output) own_style.colour = Colour::off;
  const ExitStatus status = write_result(streams, *file, render(trend, options.format, own_style));
  streams.out.flush();
  if (!options.selection.about) tell_of_others(*series, chosen, streams);
  return status;
}

}  // namespace attune
