// SPDX-License-Identifier: MIT
#pragma once

/// Columns on how carefully a row was answered.

#include <span>
#include <string>
#include <vector>

#include "attune/batch_scoring.hpp"

#include "batch/labels.hpp"
#include "batch/number_texts.hpp"
#include "batch/row_sums.hpp"

namespace attune::detail {

/// longest_run: the largest number of equal raw answers in a row, in the order of the form; a
/// skipped item ends a run. irv: the SD (n−1) of the raw answers (Dunn et al. 2018), empty below
/// two answers. answered_share: from 0 to 1.
class CareColumns {
 public:
  CareColumns(const Questionnaire& questionnaire, std::size_t form, const RowLayout& layout,
              const ScoreOptions& options, LabelMaker& labels);

  /// `sums` are those of the raw answers.
  [[nodiscard]] char* append(char* at, std::span<const std::int16_t> answers,
                             const ShiftedSums& sums);
  [[nodiscard]] char* append_nothing(char* at) const;
  [[nodiscard]] std::size_t room() const;

 private:
  [[nodiscard]] std::size_t longest_run(std::span<const std::int16_t> answers);
  [[nodiscard]] char* append_variability(char* at, const ShiftedSums& sums);

  std::size_t slots_;
  std::vector<std::size_t> order_;     // slots in the order of the form; empty: as they are
  std::vector<std::int16_t> ordered_;  // answers in that order
  std::string nothing_;
  NumberTexts run_texts_;
  NumberTexts share_texts_;
  SpreadTexts variability_texts_;
  Label run_label_;
  Label variability_label_;
  Label share_label_;
};

}  // namespace attune::detail
