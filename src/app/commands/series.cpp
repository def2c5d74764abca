// SPDX-License-Identifier: MIT
#include "app/commands/series.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "attune/text.hpp"

#include "app/messages.hpp"

namespace attune {

Result<SeriesByAbout> collect_series(History& history, KeptDefinitions& definitions,
                                     const Selection& selection,
                                     const std::optional<std::string>& scale) {
  SeriesByAbout series;
  const auto add = [&](const CheckIn& check_in) {
    if (check_in.questionnaire == nullptr) return;
    const Record& record = check_in.record;
    const std::string about = about_of(record, *check_in.questionnaire).value_or("");
    AboutSeries& own =
        series.try_emplace(about, AboutSeries{SeriesCollector(scale), {}, {}, {}, {}})
            .first->second;
    const TakenOrder order = order_of(record);
    if (selection.up_to && order > *selection.up_to) {
      ++own.later;
      return;
    }
    const bool is_first = own.collector.count() == 0;
    if (is_first || order.first < own.first.microseconds) own.first = record.taken_at;
    if (is_first || order > own.newest) {
      own.newest = order;
      own.newest_id = record.id;
      own.last = record.taken_at;
    }
    own.collector.add(record, *check_in.questionnaire, check_in.form, check_in.responses,
                      check_in.scores);
  };
  Selection without_times = selection;
  without_times.scales = scale ? WantedScales::all : WantedScales::main;
  const Result<void> visited = visit_check_ins(history, definitions, without_times, add);
  if (!visited) return visited.error();
  if (series.empty()) return no_check_ins(&history, selection);
  return series;
}

SeriesByAbout::iterator default_series(SeriesByAbout& series) {
  const auto newest = std::max_element(
      series.begin(), series.end(),
      [](const auto& a, const auto& b) { return a.second.newest < b.second.newest; });
  const Questionnaire& questionnaire = *newest->second.collector.questionnaire();
  if (questionnaire.abouts.empty()) return newest;
  const auto first = series.find(questionnaire.abouts.front().id);
  return first == series.end() ? newest : first;
}

Error no_check_ins(History* history, const Selection& selection) {
  std::set<std::string> names;
  std::set<std::string> abouts;
  if (history != nullptr) {
    const Result<void> visited = attempt([&] {
      return history->visit_records({}, [&](const Record& record) {
        names.insert(record.questionnaire);
        if (record.questionnaire == selection.filter.questionnaire && record.about) {
          abouts.insert(*record.about);
        }
      });
    });
    if (!visited) return visited.error();
  }
  const std::string& name = *selection.filter.questionnaire;
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

}  // namespace attune
