// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/profile.hpp"

#include "report/csv.hpp"

namespace attune {

std::string profile_csv(const Profile& profile) {
  using detail::csv_cell;
  const Record& record = profile.record;
  const Questionnaire& questionnaire = profile.questionnaire;
  std::vector<std::string> header{"id", "questionnaire", "version", "form", "about", "taken_at"};
  std::vector<std::string> row{csv_cell(record.id),
                               csv_cell(record.questionnaire),
                               csv_cell(record.version),
                               csv_cell(record.form),
                               csv_cell(record.about.value_or("")),
                               csv_cell(render_rfc3339(record.taken_at))};
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const std::string& id = questionnaire.scales[i].id;
    const ScaleScore& score = profile.scores[i];
    header.insert(header.end(), {csv_cell(id), csv_cell(id + "_se"), csv_cell(id + "_answered")});
    row.push_back(score.estimate ? render_decimal(score.estimate->score) : "");
    row.push_back(score.estimate ? render_decimal(score.estimate->se) : "");
    row.push_back(std::to_string(score.answered));
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    const std::string& id = questionnaire.derived[i].id;
    const auto& estimate = profile.derived[i].estimate;
    header.insert(header.end(), {csv_cell(id), csv_cell(id + "_se")});
    row.push_back(estimate ? render_decimal(estimate->score) : "");
    row.push_back(estimate ? render_decimal(estimate->se) : "");
  }
  const auto& region = profile.interpretation.region;
  header.emplace_back("region");
  row.push_back(region ? csv_cell(questionnaire.regions[region->region].id) : "");
  return detail::csv_line(header) + detail::csv_line(row);
}

}  // namespace attune
