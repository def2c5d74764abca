// SPDX-License-Identifier: MIT
#include "report/data/values.hpp"

#include "attune/decimal.hpp"

namespace attune::report {

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

void add_estimate(Json& out, const std::optional<Estimate>& estimate) {
  const auto member = [&](double Estimate::*number) {
    return estimate ? Json((*estimate).*number) : Json(nullptr);
  };
  out["score"] = member(&Estimate::score);
  out["se"] = member(&Estimate::se);
  out["low"] = member(&Estimate::low);
  out["high"] = member(&Estimate::high);
}

Json score_json(const ScaleScore& score) {
  Json out;
  add_estimate(out, score.estimate);
  out["answered"] = score.answered;
  out["items"] = score.items;
  if (!score.estimate) out["reason"] = score.reason;
  return out;
}

Json tally_json(const trend::RateTally& tally) {
  return {{"counted", tally.counted}, {"whole", tally.whole}, {"share", or_null(tally.share())}};
}

Json change_json(const MeasureChange& change) {
  return {{"change", change.change},
          {"low", change.low},
          {"high", change.high},
          {"verdict", trend::name_of(change.verdict)},
          {"method", change.method}};
}

std::string csv_row(const std::vector<Json>& values, int decimals) {
  std::vector<std::string> cells;
  for (const Json& value : values) {
    if (value.is_number()) {
      cells.push_back(render_decimal(value.get<double>(), decimals));
    } else {
      cells.push_back(value.is_string() ? csv_cell(value.get_ref<const std::string&>()) : "");
    }
  }
  return csv_line(cells);
}

void add_score_columns(std::vector<Json>& header, const std::string& id, AnsweredColumn answered) {
  header.insert(header.end(), {id, id + "_se"});
  if (answered == AnsweredColumn::yes) header.emplace_back(id + "_answered");
}

void add_score_values(std::vector<Json>& row, const ScaleScore& score, AnsweredColumn answered) {
  const auto& estimate = score.estimate;
  row.push_back(estimate ? Json(estimate->score) : Json(nullptr));
  row.push_back(estimate ? Json(estimate->se) : Json(nullptr));
  if (answered == AnsweredColumn::yes) row.emplace_back(score.answered);
}

}  // namespace attune::report
