// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/item_analysis.hpp"

#include "report/render/csv.hpp"

namespace attune {
namespace {

std::string cell_of(const Statistic& statistic) {
  return statistic.value ? render_decimal(*statistic.value) : std::string();
}

// From the lowest answer of any item to the highest.
AnswerRange range_of(const Analysis& analysis) {
  AnswerRange range{0, -1};
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      if (range.max < range.min) range = item.range;
      range.min = std::min(range.min, item.range.min);
      range.max = std::max(range.max, item.range.max);
    }
  }
  return range;
}

std::vector<std::string> cells_of(const Questionnaire& questionnaire, const ScaleStatistics& scale,
                                  const ItemStatistics& item, AnswerRange range) {
  const Item& definition = questionnaire.items[item.item];
  std::vector<std::string> cells{csv_cell(questionnaire.scales[scale.scale].id),
                                 csv_cell(definition.id),
                                 definition.reverse ? "yes" : "no",
                                 std::to_string(scale.n),
                                 std::to_string(item.answered),
                                 std::to_string(item.missing),
                                 cell_of(item.mean),
                                 cell_of(item.sd),
                                 cell_of(item.item_rest_r),
                                 cell_of(item.alpha_if_dropped),
                                 cell_of(item.loading),
                                 cell_of(item.key_r),
                                 std::string(name_of(item.flag))};
  for (int answer = range.min; answer <= range.max; ++answer) {
    const bool is_legal = answer >= item.range.min && answer <= item.range.max;
    const auto place = static_cast<std::size_t>(answer - item.range.min);
    cells.push_back(is_legal ? std::to_string(item.raw[place]) : std::string());
  }
  return cells;
}

}  // namespace

std::string analysis_csv(const Questionnaire& questionnaire, const Analysis& analysis) {
  const AnswerRange range = range_of(analysis);
  std::vector<std::string> names{"scale",   "item",  "reverse", "n",           "answered",
                                 "missing", "mean",  "sd",      "item_rest_r", "alpha_if_dropped",
                                 "loading", "key_r", "flag"};
  for (int answer = range.min; answer <= range.max; ++answer) {
    names.push_back("answers_" + std::to_string(answer));
  }
  std::string out = csv_line(names);
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      out += csv_line(cells_of(questionnaire, scale, item, range));
    }
  }
  return out;
}

}  // namespace attune
