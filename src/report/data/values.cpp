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

Json change_json(const trend::ShareDifference& change) {
  return {{"change", change.difference},
          {"low", change.low},
          {"high", change.high},
          {"verdict", trend::name_of(change.verdict)},
          {"method", "shares"}};
}

Json change_json(const trend::Change& change) {
  return {{"change", change.change},
          {"low", change.low},
          {"high", change.high},
          {"verdict", trend::name_of(change.verdict)},
          {"method", trend::name_of(change.method)}};
}

std::string json_cell(const Json& value) {
  if (value.is_number()) return render_decimal(value.get<double>());
  return value.is_string() ? csv_cell(value.get_ref<const std::string&>()) : std::string();
}

void add_score_columns(std::vector<std::string>& header, const std::string& id,
                       AnsweredColumn answered) {
  header.push_back(csv_cell(id));
  header.push_back(csv_cell(id + "_se"));
  if (answered == AnsweredColumn::yes) header.push_back(csv_cell(id + "_answered"));
}

void add_score_cells(std::vector<std::string>& row, const ScaleScore& score,
                     AnsweredColumn answered) {
  row.push_back(score.estimate ? render_decimal(score.estimate->score) : "");
  row.push_back(score.estimate ? render_decimal(score.estimate->se) : "");
  if (answered == AnsweredColumn::yes) row.push_back(std::to_string(score.answered));
}

}  // namespace attune::report
