// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/relationships.hpp"

#include "report/csv.hpp"
#include "report/score_json.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

Json spread_json(const Relationships& all, std::size_t scale) {
  const std::optional<Spread> spread = spread_of(all, scale);
  if (!spread) return nullptr;
  return {{"mean", spread->mean},
          {"q", spread->q},
          {"degrees", spread->degrees},
          {"probability", spread->probability},
          {"tau", spread->tau},
          {"largest",
           {{"lowest", all.rows[spread->lowest].about},
            {"highest", all.rows[spread->highest].about},
            {"difference", spread->largest},
            {"se", spread->largest_se}}}};
}

Json row_json(const Relationships& all, const Relationship& row) {
  Json scores = Json::object();
  for (std::size_t i = 0; i < all.scales.size(); ++i) {
    scores[all.scales[i].id] = detail::score_json(row.scores[i]);
  }
  return {{"about", row.about},
          {"id", row.id},
          {"taken_at", render_rfc3339(row.taken_at)},
          {"scores", std::move(scores)},
          {"region",
           row.region ? Json{{"id", row.region->id}, {"name", row.region->name}} : Json(nullptr)}};
}

}  // namespace

std::string relationships_json(const Relationships& relationships) {
  Json scales = Json::object();
  for (std::size_t i = 0; i < relationships.scales.size(); ++i) {
    scales[relationships.scales[i].id] = {{"spread", spread_json(relationships, i)}};
  }
  Json rows = Json::array();
  for (const Relationship& row : relationships.rows) rows.push_back(row_json(relationships, row));
  Json out;
  out["schema"] = "attune.relationships";
  out["version"] = 1;
  out["questionnaire"] = relationships.questionnaire;
  out["relationships"] = std::move(rows);
  out["scales"] = std::move(scales);
  // Foreign bytes that are not UTF-8 must not end the program: they become U+FFFD.
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string relationships_csv(const Relationships& relationships) {
  using detail::csv_cell;
  std::vector<std::string> header{"questionnaire", "about", "id", "taken_at"};
  for (const ComparedScale& scale : relationships.scales) {
    header.insert(header.end(), {csv_cell(scale.id), csv_cell(scale.id + "_se"),
                                 csv_cell(scale.id + "_answered")});
  }
  header.emplace_back("region");
  std::string out = detail::csv_line(header);
  for (const Relationship& row : relationships.rows) {
    std::vector<std::string> cells{csv_cell(relationships.questionnaire), csv_cell(row.about),
                                   csv_cell(row.id), csv_cell(render_rfc3339(row.taken_at))};
    for (const ScaleScore& score : row.scores) {
      cells.push_back(score.estimate ? render_decimal(score.estimate->score) : "");
      cells.push_back(score.estimate ? render_decimal(score.estimate->se) : "");
      cells.push_back(std::to_string(score.answered));
    }
    cells.push_back(row.region ? csv_cell(row.region->id) : "");
    out += detail::csv_line(cells);
  }
  return out;
}

}  // namespace attune
