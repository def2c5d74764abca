// SPDX-License-Identifier: MIT
#pragma once

/// Rows of raw answers handed to an analysis, without any bytes in between.

#include <cstddef>
#include <doctest/doctest.h>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/item_analysis.hpp"

#include "builders.hpp"

namespace attune::test {

/// Raw answers in the order of the scored items; `skip` for none.
using RawRows = std::vector<std::vector<int>>;

inline void take_rows(rows::ItemAnalysis& analysis, const RawRows& rows) {
  for (const std::vector<int>& raw : rows) {
    std::vector<scoring::RawRating> answers;
    for (const int each : raw)
      answers.push_back(static_cast<scoring::RawRating>(each == skip ? scoring::no_answer : each));
    rows::Row row;
    row.answers = answers;
    analysis.take(row);
  }
}

inline rows::Analysis analyzed(const Questionnaire& questionnaire, const RawRows& rows,
                               std::size_t form = 0) {
  rows::ItemAnalysis analysis(questionnaire, form);
  take_rows(analysis, rows);
  return analysis.result();
}

/// A scale whose items are keyed by the signs of `keys`.
inline Questionnaire scale_of(std::string_view keys, int min = 1, int max = 7) {
  Questionnaire questionnaire = blank(min, max);
  add_items(questionnaire, add_scale(questionnaire, "ease"), keys);
  return questionnaire;
}

/// Ten rows on four items: `[vectors.alpha]` of the project's reference values, computed in R.
inline const RawRows ten_rows = {{1, 2, 1, 3}, {2, 2, 3, 3}, {3, 4, 3, 5}, {4, 4, 5, 5},
                                 {5, 6, 5, 7}, {6, 5, 6, 6}, {7, 7, 6, 7}, {2, 3, 2, 4},
                                 {4, 5, 4, 4}, {6, 6, 7, 6}};

inline double value_of(const std::optional<double>& statistic) {
  REQUIRE(statistic);
  return *statistic;
}

inline rows::ScaleStatistics only_scale(const rows::Analysis& analysis) {
  REQUIRE(analysis.scales.size() == 1);
  return analysis.scales.front();
}

inline RawRows with_gaps(RawRows rows,
                         std::initializer_list<std::pair<std::size_t, std::size_t>> gaps) {
  for (const auto& [row, item] : gaps) rows[row][item] = skip;
  return rows;
}

}  // namespace attune::test
