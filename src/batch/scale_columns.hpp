// SPDX-License-Identifier: MIT
#pragma once

/// The columns of one scale: its score, its error, and how many items were answered.

#include <optional>
#include <vector>

#include "attune/batch_scoring.hpp"
#include "attune/scores.hpp"
#include "attune/scoring.hpp"

#include "batch/labels.hpp"
#include "batch/number_texts.hpp"
#include "batch/row_sums.hpp"

namespace attune::detail {

class ScaleColumns {
 public:
  ScaleColumns(const Questionnaire& questionnaire, std::size_t scale, const RowLayout& layout,
               const ScoreOptions& options, LabelMaker& labels);

  /// The sums of the row that is written next.
  void take(const ShiftedSums& sums) { sums_ = sums; }

  /// Appends the columns of that row, or of one that could not be read.
  [[nodiscard]] char* append(char* at);
  [[nodiscard]] char* append_nothing(char* at) const;

  /// The score of that row, as `score` gives it.
  [[nodiscard]] ScaleScore score() const;

  /// Bytes that `append` may write.
  [[nodiscard]] std::size_t room() const;

 private:
  [[nodiscard]] bool is_scored() const;
  [[nodiscard]] KeyedSums keyed_sums() const;
  [[nodiscard]] double error() const;

  ScoreMethod method_;
  KeyedSums whole_;  // what is the same for every row: items, min, max
  std::size_t needed_ = 0;
  std::optional<PublishedError> published_;
  std::string nothing_;  // in place of a number
  ShiftedSums sums_;
  SpreadTexts error_texts_;
  std::size_t sums_per_count_ = 0;  // possible sums + 1 for each number of answers
  NumberTexts score_texts_;
  NumberTexts count_texts_;
  Label score_label_;
  std::optional<Label> error_label_;
  Label count_label_;
};

}  // namespace attune::detail
