// SPDX-License-Identifier: MIT
#pragma once

/// Sums over rows for one scale: whole numbers, so that they are exact and the order of the rows
/// doesn't matter. 64 bits hold them for 10¹⁴ rows.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "attune/item_analysis.hpp"

#include "batch/answer_block.hpp"

namespace attune::detail {

/// What two items have in common: in as many rows as count for both, their sums and that of their
/// products. Of an item with itself: its squares.
struct PairSums {
  std::int64_t n = 0;
  std::int64_t first = 0;
  std::int64_t second = 0;
  std::int64_t products = 0;
};

class ScaleSums {
 public:
  /// The slots of its items, and how many legal answers each has.
  ScaleSums(std::size_t scale, std::vector<std::size_t> slots,
            const std::vector<std::size_t>& answers, MissingAnswers missing);
  // Its pointers to its own columns outlive a move, but not a copy.
  ScaleSums(ScaleSums&&) = default;
  ScaleSums& operator=(ScaleSums&&) = default;

  /// Adds a block: `columns` by slot.
  void add(std::span<const AnswerColumn> columns);

  [[nodiscard]] std::size_t scale() const { return scale_; }
  [[nodiscard]] std::span<const std::size_t> slots() const { return slots_; }

  /// Rows that answered all items.
  [[nodiscard]] std::uint64_t complete() const { return complete_; }

  /// Of the items at two places. Values are those of a `AnswerColumn`.
  [[nodiscard]] PairSums pair(std::size_t first, std::size_t second) const;

  /// How often each keyed answer was given, from the lowest on.
  [[nodiscard]] std::span<const std::uint64_t> counts(std::size_t item) const {
    return counts_[item];
  }

  /// Of the block that was added last: which rows are complete, and their sums over the items; sums
  /// of other rows mean nothing.
  [[nodiscard]] const AnswerColumn& complete_rows() const { return mask_; }
  [[nodiscard]] RowSums row_sums() const;

 private:
  void choose_columns(std::span<const AnswerColumn> columns);
  void add_pairs();

  std::size_t scale_;
  std::vector<std::size_t> slots_;
  MissingAnswers missing_;
  std::uint64_t complete_ = 0;
  // By item, or by pair of items at first·k + second.
  std::vector<std::vector<std::uint64_t>> counts_;
  std::vector<std::int64_t> sums_;       // listwise: of an item
  std::vector<std::int64_t> products_;   // first ≤ second
  std::vector<std::int64_t> n_;          // pairwise: rows with both, first ≤ second
  std::vector<std::int64_t> sums_with_;  // pairwise: of the first, in rows that have the second
  // Of one block.
  AnswerColumn mask_;
  std::vector<AnswerColumn> own_;  // listwise: without incomplete rows; pairwise: answered
  std::vector<const AnswerColumn*> values_;    // the columns that count
  std::vector<const AnswerColumn*> answered_;  // pairwise
};

}  // namespace attune::detail
