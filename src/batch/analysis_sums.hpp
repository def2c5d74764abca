// SPDX-License-Identifier: MIT
#pragma once

/// All sums of an analysis, gathered a block of rows at a time.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "attune/item_analysis.hpp"

#include "batch/answer_block.hpp"
#include "batch/scale_sums.hpp"

namespace attune::detail {

/// Two main scales, as places among the scales of the analysis.
struct ScalePair {
  std::size_t first = 0;
  std::size_t second = 0;
  JointSums sums;
};

class AnalysisSums {
 public:
  AnalysisSums(const Questionnaire& questionnaire, std::size_t form, const RowLayout& layout,
               MissingAnswers missing);

  void take(const Row& row);

  /// Adds the rows that do not fill a block; for before sums are read.
  void finish_block();

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }
  [[nodiscard]] const RowLayout& layout() const { return layout_; }
  [[nodiscard]] const std::vector<ScaleSums>& scales() const { return scales_; }
  [[nodiscard]] const std::vector<ScalePair>& pairs() const { return pairs_; }
  /// By slot: rows that answered it.
  [[nodiscard]] std::uint64_t answered(std::size_t slot) const { return answered_[slot]; }

 private:
  void add_scale(const Questionnaire& questionnaire, std::size_t form, std::size_t scale,
                 MissingAnswers missing);

  RowLayout layout_;
  std::vector<ColumnKey> keys_;
  std::vector<AnswerColumn> columns_;  // by slot
  std::size_t filled_ = 0;             // rows of the block
  std::uint64_t rows_ = 0;
  std::uint64_t left_out_ = 0;
  std::vector<std::uint64_t> answered_;
  std::vector<ScaleSums> scales_;
  std::vector<bool> is_main_;      // by scale
  std::vector<RowSums> row_sums_;  // by scale, of one block
  std::vector<ScalePair> pairs_;
};

}  // namespace attune::detail
