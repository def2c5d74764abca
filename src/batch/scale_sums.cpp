// SPDX-License-Identifier: MIT
#include "batch/scale_sums.hpp"

#include <utility>

namespace attune::detail {

ScaleSums::ScaleSums(std::size_t scale, std::vector<std::size_t> slots,
                     const std::vector<std::size_t>& answers, MissingAnswers missing)
    : scale_(scale),
      slots_(std::move(slots)),
      missing_(missing),
      sums_(slots_.size()),
      products_(slots_.size() * slots_.size()),
      own_(slots_.size()),
      values_(slots_.size()) {
  for (const std::size_t count : answers) counts_.emplace_back(count);
  for (std::size_t i = 0; i < slots_.size(); ++i) values_[i] = &own_[i];
  if (missing_ == MissingAnswers::listwise) return;
  answered_ = values_;
  n_.resize(products_.size());
  sums_with_.resize(products_.size());
}

// Which columns count, and how: incomplete rows as 0, or beside a mark for each answer.
void ScaleSums::choose_columns(std::span<const AnswerColumn> columns) {
  mask_ = every_row();
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    values_[i] = &columns[slots_[i]];
    keep_answered(mask_, *values_[i]);
  }
  complete_ += count_of(mask_);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (missing_ == MissingAnswers::pairwise) {
      copy_answered(*values_[i], own_[i]);
    } else {
      copy_masked(*values_[i], mask_, own_[i]);
      values_[i] = &own_[i];
    }
  }
}

void ScaleSums::add_pairs() {
  const std::size_t size = slots_.size();
  const std::span<const AnswerColumn* const> values(values_);
  const std::span<const AnswerColumn* const> answered(answered_);
  for (std::size_t i = 0; i < size; ++i) {
    add_products(*values[i], values.subspan(i), &products_[i * size + i]);
    if (missing_ == MissingAnswers::listwise) {
      sums_[i] += sum_of(*values[i]);
      continue;
    }
    add_products(*answered[i], answered.subspan(i), &n_[i * size + i]);
    add_products(*values[i], answered, &sums_with_[i * size]);
  }
}

void ScaleSums::add(std::span<const AnswerColumn> columns) {
  choose_columns(columns);
  add_pairs();
  for (std::size_t i = 0; i < slots_.size(); ++i) add_counts(*values_[i], counts_[i]);
}

RowSums ScaleSums::row_sums() const {
  RowSums sums;
  for (const AnswerColumn* column : values_) add_column(sums, *column);
  return sums;
}

PairSums ScaleSums::pair(std::size_t first, std::size_t second) const {
  const std::size_t size = slots_.size();
  const std::size_t place = first <= second ? first * size + second : second * size + first;
  PairSums sums;
  sums.products = products_[place];
  if (missing_ == MissingAnswers::listwise) {
    sums.n = static_cast<std::int64_t>(complete_);
    sums.first = sums_[first];
    sums.second = sums_[second];
  } else {
    sums.n = n_[place];
    sums.first = sums_with_[first * size + second];
    sums.second = sums_with_[second * size + first];
  }
  return sums;
}

}  // namespace attune::detail
