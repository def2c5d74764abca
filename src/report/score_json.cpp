// SPDX-License-Identifier: MIT
#include "report/score_json.hpp"

namespace attune::detail {

using Json = nlohmann::ordered_json;

void add_estimate(Json& out, const std::optional<Estimate>& estimate) {
  const auto number = [&](double Estimate::*member) {
    return estimate ? Json((*estimate).*member) : Json(nullptr);
  };
  out["score"] = number(&Estimate::score);
  out["se"] = number(&Estimate::se);
  out["low"] = number(&Estimate::low);
  out["high"] = number(&Estimate::high);
}

Json score_json(const ScaleScore& score) {
  Json out;
  add_estimate(out, score.estimate);
  out["answered"] = score.answered;
  out["items"] = score.items;
  if (!score.estimate) out["reason"] = score.reason;
  return out;
}

}  // namespace attune::detail
