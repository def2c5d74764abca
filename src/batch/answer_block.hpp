// SPDX-License-Identifier: MIT
#pragma once

/// A block of rows as columns of keyed answers, and whole-number sums over them. The loops run over
/// a fixed number of rows and are written so that a compiler turns them into vector instructions.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attune::detail {

/// Few enough that columns stay in the cache, many enough that what is done once per block costs
/// nothing.
inline constexpr std::size_t block_rows = 256;

/// One number for each row of a block. Of answers: keyed answer − min + 1 (1..101), 0 for none.
/// Rows that the block lacks hold 0.
struct alignas(64) AnswerColumn {
  std::array<std::int16_t, block_rows> values{};
};

/// Puts the answers of one row into its place in each column. Precondition: as many answers.
void set_row(std::span<AnswerColumn> columns, std::size_t row, const std::int16_t* answers);

/// How raw answers + 1 become what a column holds.
struct ColumnKey {
  std::int16_t factor = 1;
  std::int16_t offset = 0;
};

/// Keys raw answers + 1 in place; 0 stays 0.
void key_column(AnswerColumn& column, ColumnKey key);

/// All bits for every row.
[[nodiscard]] AnswerColumn every_row();

/// Takes rows that have no answer in `column` out of a mask.
void keep_answered(AnswerColumn& mask, const AnswerColumn& column);

/// `column` where `mask` has all bits, else 0.
void copy_masked(const AnswerColumn& column, const AnswerColumn& mask, AnswerColumn& to);

/// 1 where there is an answer, else 0.
void copy_answered(const AnswerColumn& column, AnswerColumn& to);

/// Adds Σ column·other to each of `sums`, parallel to `others`. Precondition: values of 0..101.
void add_products(const AnswerColumn& column, std::span<const AnswerColumn* const> others,
                  std::int64_t* sums);

/// Σ column. Precondition: values of 0..101.
[[nodiscard]] std::int64_t sum_of(const AnswerColumn& column);

/// How many rows have an answer.
[[nodiscard]] std::uint64_t count_answered(const AnswerColumn& column);

/// How many rows a mask has.
[[nodiscard]] std::uint64_t count_of(const AnswerColumn& mask);

/// Adds to counts[v − 1] how many rows hold v, for every v above 0. Precondition: `counts` is as
/// long as the largest value.
void add_counts(const AnswerColumn& column, std::span<std::uint64_t> counts);

/// For each row the sum over several columns.
struct RowSums {
  alignas(64) std::array<std::int32_t, block_rows> values{};
};
void add_column(RowSums& sums, const AnswerColumn& column);

/// Sums over the rows that two masks share: how many, of both values, their squares and products.
struct JointSums {
  std::int64_t n = 0;
  std::int64_t first = 0;
  std::int64_t second = 0;
  std::int64_t first_squares = 0;
  std::int64_t second_squares = 0;
  std::int64_t products = 0;
};
void add_joint(JointSums& sums, const RowSums& first, const AnswerColumn& first_mask,
               const RowSums& second, const AnswerColumn& second_mask);

}  // namespace attune::detail
