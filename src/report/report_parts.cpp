// SPDX-License-Identifier: MIT
#include "report/report_parts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "report/profile_parts.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

const ScaleSeries* series_of(const TrendReport& trend, const std::string& scale) {
  const auto found = std::find_if(trend.scales.begin(), trend.scales.end(),
                                  [&](const ScaleSeries& each) { return each.id == scale; });
  return found == trend.scales.end() ? nullptr : &*found;
}

void add_row(Facts& facts, std::string label, std::string text) {
  if (!text.empty()) facts.rows.emplace_back(std::move(label), std::move(text));
}

// The definition that was answered and, where it is another, the one that the scores are by.
void add_definitions(Facts& facts, const Profile& profile) {
  const Record& record = profile.record;
  const Questionnaire& questionnaire = profile.questionnaire;
  add_row(facts, "Questionnaire", fmt::format("{} {}", questionnaire.id, record.version));
  add_row(facts, "Its text (SHA-256)", record.sha256);
  if (record.scored_with.empty() || record.scored_with == record.sha256) return;
  add_row(facts, "Scored by", fmt::format("{} {}", questionnaire.id, questionnaire.version));
  add_row(facts, "Its text (SHA-256)", record.scored_with);
}

std::string days_of(const CheckInDates& check_ins) {
  const std::string first = render_local_date(check_ins.first);
  const std::string last = render_local_date(check_ins.last);
  if (first == last) return fmt::format("{}, on {}", check_ins.count, first);
  return fmt::format("{}, the first on {}, the last on {}", check_ins.count, first, last);
}

}  // namespace

std::vector<PlanePosition> earlier_positions(const Profile& profile, const TrendReport& trend) {
  std::vector<PlanePosition> positions;
  const auto axes = plane_axes(profile.questionnaire);
  if (!axes) return positions;
  const ScaleSeries* x = series_of(trend, profile.questionnaire.scales[axes->first].id);
  const ScaleSeries* y = series_of(trend, profile.questionnaire.scales[axes->second].id);
  if (x == nullptr || y == nullptr) return positions;
  std::unordered_map<std::string_view, double> heights;
  heights.reserve(y->points.size());
  for (const SeriesPoint& point : y->points) heights.emplace(point.id, point.estimate.score);
  for (const SeriesPoint& point : x->points) {
    const auto height = heights.find(point.id);
    if (height == heights.end() || point.id == profile.record.id) continue;
    positions.push_back({point.estimate.score, height->second});
  }
  return positions;
}

void add_provenance(Document& document, const ReportValues& values, const std::string& kept_back,
                    const std::string& made_with) {
  const Profile& profile = values.profile;
  const Questionnaire& questionnaire = profile.questionnaire;
  const bool is_journal = questionnaire.scales.empty();
  Facts facts;
  add_definitions(facts, profile);
  add_row(facts, "Status", questionnaire.status);
  add_row(facts, "Source", questionnaire.source);
  add_row(facts, "Licence", questionnaire.license);
  if (!is_journal) add_row(facts, "Form", form_title(profile));
  add_row(facts, "Language", profile.record.language);
  if (!is_journal) {
    add_row(facts, "Sitting",
            fmt::format("{}, kept as {}", render_local_date(profile.record.taken_at),
                        profile.record.id));
  }
  add_row(facts, is_journal ? "Entries" : "Check-ins", days_of(values.check_ins));
  add_row(facts, "Left out", kept_back);
  add_row(facts, "Made with", made_with);
  document.emplace_back(Heading{2, "Where this comes from"});
  document.emplace_back(std::move(facts));
}

}  // namespace attune::detail
