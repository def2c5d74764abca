// SPDX-License-Identifier: MIT
#include "batch/answer_block.hpp"

#include <algorithm>

namespace attune::detail {
namespace {

using Values = std::array<std::int16_t, block_rows>;

std::int32_t product(const Values& a, const Values& b) {
  std::int32_t sum = 0;
  for (std::size_t row = 0; row < block_rows; ++row) sum += a[row] * b[row];
  return sum;
}

// Four at once: the first column is loaded once for all, and the loop is paid once.
void add_four_products(const Values& a, const AnswerColumn* const* others, std::int64_t* sums) {
  const std::int16_t* __restrict__ own = a.data();
  const std::int16_t* __restrict__ first = others[0]->values.data();
  const std::int16_t* __restrict__ second = others[1]->values.data();
  const std::int16_t* __restrict__ third = others[2]->values.data();
  const std::int16_t* __restrict__ fourth = others[3]->values.data();
  std::int32_t to_first = 0;
  std::int32_t to_second = 0;
  std::int32_t to_third = 0;
  std::int32_t to_fourth = 0;
  for (std::size_t row = 0; row < block_rows; ++row) {
    to_first += own[row] * first[row];
    to_second += own[row] * second[row];
    to_third += own[row] * third[row];
    to_fourth += own[row] * fourth[row];
  }
  sums[0] += to_first;
  sums[1] += to_second;
  sums[2] += to_third;
  sums[3] += to_fourth;
}

// How many rows hold a value. 256 of them fit into 16 bits, and so do eight rows into a register.
std::uint64_t count_equal(const Values& values, std::int16_t wanted) {
  std::int16_t count = 0;
  for (const std::int16_t value : values) {
    count = static_cast<std::int16_t>(count + (value == wanted ? 1 : 0));
  }
  return static_cast<std::uint64_t>(count);
}

}  // namespace

void set_row(std::span<AnswerColumn> columns, std::size_t row, const std::int16_t* answers) {
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i].values[row] = answers[i];
}

void key_column(AnswerColumn& column, ColumnKey key) {
  for (std::int16_t& value : column.values) {
    const auto turned = static_cast<std::int16_t>(value * key.factor + key.offset);
    value = static_cast<std::int16_t>(value == 0 ? 0 : turned);
  }
}

AnswerColumn every_row() {
  AnswerColumn mask;
  mask.values.fill(-1);
  return mask;
}

void keep_answered(AnswerColumn& mask, const AnswerColumn& column) {
  const std::int16_t* __restrict__ from = column.values.data();
  std::int16_t* __restrict__ to = mask.values.data();
  for (std::size_t row = 0; row < block_rows; ++row) {
    const auto answered = static_cast<std::int16_t>(from[row] == 0 ? 0 : -1);
    to[row] = static_cast<std::int16_t>(to[row] & answered);
  }
}

void copy_masked(const AnswerColumn& column, const AnswerColumn& mask, AnswerColumn& to) {
  const std::int16_t* __restrict__ value = column.values.data();
  const std::int16_t* __restrict__ allowed = mask.values.data();
  std::int16_t* __restrict__ copy = to.values.data();
  for (std::size_t row = 0; row < block_rows; ++row) {
    copy[row] = static_cast<std::int16_t>(value[row] & allowed[row]);
  }
}

void copy_answered(const AnswerColumn& column, AnswerColumn& to) {
  const std::int16_t* __restrict__ value = column.values.data();
  std::int16_t* __restrict__ copy = to.values.data();
  for (std::size_t row = 0; row < block_rows; ++row) {
    copy[row] = static_cast<std::int16_t>(value[row] == 0 ? 0 : 1);
  }
}

void add_products(const AnswerColumn& column, std::span<const AnswerColumn* const> others,
                  std::int64_t* sums) {
  std::size_t i = 0;
  for (; i + 4 <= others.size(); i += 4) {
    add_four_products(column.values, others.data() + i, sums + i);
  }
  for (; i < others.size(); ++i) sums[i] += product(column.values, others[i]->values);
}

std::int64_t sum_of(const AnswerColumn& column) {
  std::int32_t sum = 0;
  for (const std::int16_t value : column.values) sum += value;
  return sum;
}

std::uint64_t count_answered(const AnswerColumn& column) {
  std::int16_t count = 0;
  for (const std::int16_t value : column.values) {
    count = static_cast<std::int16_t>(count + (value > 0 ? 1 : 0));
  }
  return static_cast<std::uint64_t>(count);
}

std::uint64_t count_of(const AnswerColumn& mask) {
  return static_cast<std::uint64_t>(-sum_of(mask));
}

void add_counts(const AnswerColumn& column, std::span<std::uint64_t> counts) {
  // Up to here it is quicker to compare each row with each value than to pick a counter for each.
  constexpr std::size_t most_compared = 12;
  if (counts.size() <= most_compared) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i] += count_equal(column.values, static_cast<std::int16_t>(i + 1));
    }
    return;
  }
  for (const std::int16_t value : column.values) {
    if (value > 0) ++counts[static_cast<std::size_t>(value - 1)];
  }
}

void add_column(RowSums& sums, const AnswerColumn& column) {
  const std::int16_t* __restrict__ from = column.values.data();
  std::int32_t* __restrict__ to = sums.values.data();
  for (std::size_t row = 0; row < block_rows; ++row) to[row] += from[row];
}

void add_joint(JointSums& sums, const RowSums& first, const AnswerColumn& first_mask,
               const RowSums& second, const AnswerColumn& second_mask) {
  for (std::size_t row = 0; row < block_rows; ++row) {
    const std::int32_t both = first_mask.values[row] & second_mask.values[row];
    const std::int64_t a = first.values[row] & both;
    const std::int64_t b = second.values[row] & both;
    sums.n -= both;
    sums.first += a;
    sums.second += b;
    sums.first_squares += a * a;
    sums.second_squares += b * b;
    sums.products += a * b;
  }
}

}  // namespace attune::detail
