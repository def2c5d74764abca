// SPDX-License-Identifier: MIT
#include "app/commands/check_ins.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "attune/definition.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "app/messages.hpp"

namespace attune::app {
namespace {

std::optional<Date> date_option(const Arguments& arguments, const char* name) {
  const auto text = arguments.value(name);
  if (!text) return {};
  const auto date = parse_date(*text);
  if (date) return date;
  throw Error{ErrorKind::usage,
              fmt::format("'{}' is not a date", escape(*text)),
              name,
              {"write it as year-month-day: 2026-11-01"}};
}

void add_to_series(AboutSeries& series, const CheckIn& check_in) {
  const Record& record = check_in.record;
  const TakenOrder order = order_of(record);
  const bool is_first = series.collector.count() == 0;
  if (is_first || order.first < series.first.microseconds) series.first = record.taken_at;
  if (is_first || order > series.newest) {
    series.newest = order;
    series.newest_id = record.id;
    series.last = record.taken_at;
  }
  series.collector.add(record, *check_in.questionnaire, check_in.form, check_in.responses,
                       check_in.scores);
}

}  // namespace

TakenOrder order_of(const Record& record) {
  return {record.taken_at.microseconds, record.sequence};
}

bool is_earlier(const Record& a, const Record& b) { return order_of(a) < order_of(b); }

Selection selection_of(const Arguments& arguments, std::optional<std::string> questionnaire) {
  Selection selection;
  selection.filter.questionnaire = std::move(questionnaire);
  selection.about = arguments.value("--about");
  selection.filter.since = date_option(arguments, "--since");
  selection.filter.until = date_option(arguments, "--until");
  return selection;
}

std::optional<std::string> about_of(const Record& record, const Questionnaire& questionnaire) {
  if (record.about || questionnaire.abouts.empty()) return record.about;
  return questionnaire.abouts.front().id;
}

std::size_t known_about(const Questionnaire& questionnaire, const std::string& name) {
  if (const auto found = find_about(questionnaire, name)) return *found;
  if (questionnaire.abouts.empty()) {
    throw Error{ErrorKind::usage,
                fmt::format("{} is not about a person", questionnaire.id),
                "--about",
                {"leave it out"}};
  }
  std::vector<std::string> ids;
  for (const About& about : questionnaire.abouts) ids.push_back(about.id);
  Error error = unknown_name(ErrorKind::usage, "--about", name, ids);
  if (error.advice.empty()) error.advice = {fmt::format("known: {}", join_or(ids))};
  throw error;
}

const Questionnaire* KeptDefinitions::find(const std::string& sha256) {
  auto known = by_hash_.find(sha256);
  if (known == by_hash_.end()) {
    const std::string text = history_.definition_text(sha256).value_or("");
    definition::Definition definition =
        definition::check_definition(text, {{}, definition::CheckDepth::use});
    known = by_hash_.emplace(sha256, std::move(definition.questionnaire)).first;
  }
  return known->second ? &*known->second : nullptr;
}

void visit_check_ins(store::History& history, KeptDefinitions& definitions,
                     const Selection& selection, const std::function<void(const CheckIn&)>& visit) {
  Responses responses;
  const auto see = [&](const Record& record) {
    const Questionnaire* questionnaire = definitions.find(record.scored_with);
    const auto form =
        questionnaire == nullptr ? std::nullopt : find_form(*questionnaire, record.form);
    const auto about = form ? about_of(record, *questionnaire) : record.about;
    if (selection.about && about != selection.about) return;
    if (!form) return visit({record, nullptr, 0, {}, {}});
    lay_out(record.answers, *questionnaire, responses);
    visit({record, questionnaire, *form, responses,
           scoring::score(*questionnaire, *form, responses)});
  };
  history.visit_records(selection.filter, see);
}

SeriesByAbout collect_series(store::History& history, KeptDefinitions& definitions,
                             const Selection& selection, const std::optional<std::string>& scale,
                             const std::optional<TakenOrder>& up_to) {
  SeriesByAbout series;
  visit_check_ins(history, definitions, selection, [&](const CheckIn& check_in) {
    if (check_in.questionnaire == nullptr) return;
    const std::string about = about_of(check_in.record, *check_in.questionnaire).value_or("");
    AboutSeries& own =
        series.try_emplace(about, AboutSeries{trend::SeriesCollector(scale), {}, {}, {}, {}})
            .first->second;
    if (up_to && order_of(check_in.record) > *up_to) {
      ++own.later;
    } else {
      add_to_series(own, check_in);
    }
  });
  return series;
}

SeriesByAbout::iterator newest_series(SeriesByAbout& series) {
  return std::max_element(series.begin(), series.end(), [](const auto& a, const auto& b) {
    return a.second.newest < b.second.newest;
  });
}

SeriesByAbout::iterator default_series(SeriesByAbout& series) {
  const auto newest = newest_series(series);
  const Questionnaire& questionnaire = *newest->second.collector.questionnaire();
  if (questionnaire.abouts.empty()) return newest;
  const auto first = series.find(questionnaire.abouts.front().id);
  return first == series.end() ? newest : first;
}

report::TrendReport trend_report(AboutSeries& series, const std::string& about,
                                 const std::optional<std::string>& asked_about) {
  const Questionnaire& questionnaire = *series.collector.questionnaire();
  report::TrendReport report;
  report.questionnaire = questionnaire.id;
  report.title = questionnaire.title;
  report.status = questionnaire.status;
  report.language = questionnaire.language;
  if (const auto index = find_about(questionnaire, about)) {
    report.about_phrase = questionnaire.abouts[*index].phrase;
    if (*index > 0 || asked_about) report.about = about;
  }
  for (trend::CollectedScale& each : series.collector.take()) {
    const Scale& scale = questionnaire.scales[each.scale];
    report::ScaleSeries& shown = report.scales.emplace_back();
    shown.id = scale.id;
    shown.name = scale.name;
    shown.low = scale.low;
    shown.high = scale.high;
    shown.range = each.range;
    shown.wanted = scale.wanted;
    shown.left_out = each.left_out;
    shown.points = std::move(each.points);
    shown.trend = trend::trend_of(shown.points, shown.range);
  }
  return report;
}

std::vector<trend::Entry> entries_of(const std::vector<Record>& records,
                                     const Questionnaire& questionnaire,
                                     const std::optional<std::string>& about) {
  std::vector<trend::Entry> entries;
  for (const Record& record : records) {
    if (about && about_of(record, questionnaire) != about) continue;
    entries.push_back({record.taken_at, responses_of(record.answers, questionnaire)});
  }
  return entries;
}

Error no_check_ins(store::History* history, const Selection& selection) {
  const std::string& name = *selection.filter.questionnaire;
  std::set<std::string> names;
  std::set<std::string> abouts;
  const auto see = [&](const Record& record) {
    names.insert(record.questionnaire);
    if (record.questionnaire == name && record.about) abouts.insert(*record.about);
  };
  if (history != nullptr) history->visit_records({}, see);
  Error error{ErrorKind::not_found,
              fmt::format("there are no check-ins with '{}' yet", escape(name)),
              "",
              {}};
  if (names.count(name) == 0) {
    const std::vector<std::string> others(names.begin(), names.end());
    const std::vector<std::string> near = nearest(name, others);
    error.advice.push_back(near.empty()
                               ? "attune take NAME makes the first one, attune list shows the names"
                               : fmt::format("did you mean {}?", join_or(near)));
  } else if (selection.about && abouts.count(*selection.about) == 0) {
    error.message = fmt::format("there are no check-ins with '{}' about '{}' yet", escape(name),
                                escape(*selection.about));
    const std::vector<std::string> known(abouts.begin(), abouts.end());
    if (!known.empty()) error.advice.push_back(fmt::format("there are: {}", join_or(known)));
  } else {
    error.message = fmt::format("no check-in with '{}' is of these days", escape(name));
  }
  return error;
}

}  // namespace attune::app
