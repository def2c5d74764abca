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
#include "batch/remembered_texts.hpp"
#include "batch/row_sums.hpp"

namespace attune::detail {

class ScaleColumns {
 public:
  ScaleColumns(const Questionnaire& questionnaire, std::size_t scale, const RowLayout& layout,
               const ScoreOptions& options, LabelMaker& labels);

  /// Appends the columns of a row with these sums, or of one that could not be read.
  [[nodiscard]] char* append(char* at, PackedSums sums) {
    const PackedSums key = sums & key_mask_;
    char* const behind = texts_.append(at, key);
    return behind != nullptr ? behind : append_new(at, key, unpack(sums));
  }
  [[nodiscard]] char* append_nothing(char* at) const;

  /// The score of such a row, as `score` gives it.
  [[nodiscard]] ScaleScore score(const ShiftedSums& sums) const;

  /// Bytes that `append` may write.
  [[nodiscard]] std::size_t room() const;

 private:
  [[nodiscard]] bool is_scored(const ShiftedSums& sums) const;
  [[nodiscard]] KeyedSums keyed_sums(const ShiftedSums& sums) const;
  [[nodiscard]] double error(const ShiftedSums& sums) const;
  [[nodiscard]] char* append_percentile(char* at, const ShiftedSums& sums) const;
  [[nodiscard]] char* append_new(char* at, PackedSums key, const ShiftedSums& sums);

  ScoreMethod method_;
  KeyedSums whole_;  // what is the same for every row: items, min, max
  std::size_t needed_ = 0;
  std::optional<PublishedError> published_;
  const Norm* norm_;
  PackedSums key_mask_;  // what of the sums the columns depend on
  RememberedTexts texts_;
  std::string nothing_;  // in place of a number
  SpreadTexts error_texts_;
  std::size_t sums_per_count_ = 0;  // possible sums + 1 for each number of answers
  NumberTexts score_texts_;
  NumberTexts count_texts_;
  Label score_label_;
  std::optional<Label> error_label_;
  std::optional<Label> percentile_label_;
  Label count_label_;
};

}  // namespace attune::detail
