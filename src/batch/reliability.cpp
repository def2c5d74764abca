// SPDX-License-Identifier: MIT
#include "batch/reliability.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace attune::detail {
namespace {

// A variance this small beside what it was summed up from is rounding.
constexpr double rounding = 1e-12;

double correlation(const SquareMatrix& matrix, std::size_t i, std::size_t j) {
  const double product = matrix(i, i) * matrix(j, j);
  if (!(product > 0)) return i == j ? 1 : 0;
  return matrix(i, j) / std::sqrt(product);
}

// The sign of each item on the first principal axis: 1, −1, or 0 for one that has no part in it.
std::vector<int> axis_signs(const SquareMatrix& matrix) {
  SquareMatrix correlations(matrix.size());
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j < matrix.size(); ++j) {
      correlations(i, j) = correlation(matrix, i, j);
    }
  }
  std::vector<int> signs(matrix.size(), 1);
  const auto axis = largest_eigen_pair(correlations);
  if (!axis) return signs;  // no axis stands out: items stay as they are keyed
  for (std::size_t i = 0; i < signs.size(); ++i) {
    constexpr double least = 1e-9;
    if (std::abs(axis->vector[i]) < least) signs[i] = 0;
    if (axis->vector[i] <= -least) signs[i] = -1;
  }
  return signs;
}

ItemCovariances turned(const ItemCovariances& covariances, const std::vector<int>& signs) {
  SquareMatrix matrix = covariances.matrix();
  for (std::size_t i = 0; i < signs.size(); ++i) {
    for (std::size_t j = 0; j < signs.size(); ++j) {
      if ((signs[i] < 0) != (signs[j] < 0)) matrix(i, j) = -matrix(i, j);
    }
  }
  return ItemCovariances(std::move(matrix));
}

// Whether those that pull the axis's way are the minority.
bool is_turned_around(const std::vector<int>& ways, const std::vector<bool>& reversed,
                      bool& even_split) {
  int balance = 0;
  int reversed_balance = 0;
  int first = 0;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    balance += ways[i];
    if (reversed[i]) reversed_balance += ways[i];
    if (first == 0) first = ways[i];
  }
  even_split = balance == 0 && first != 0;
  if (balance != 0) return balance < 0;
  if (reversed_balance != 0) return reversed_balance > 0;
  return first < 0;
}

}  // namespace

ItemCovariances::ItemCovariances(SquareMatrix matrix)
    : matrix_(std::move(matrix)), row_sums_(matrix_.size()) {
  for (std::size_t i = 0; i < size(); ++i) {
    for (std::size_t j = 0; j < size(); ++j) {
      row_sums_[i] += matrix_(i, j);
      size_of_all_ += std::abs(matrix_(i, j));
    }
    sum_ += row_sums_[i];
    variances_ += matrix_(i, i);
  }
}

double ItemCovariances::unless_rounding(double variance) const {
  return variance > rounding * size_of_all_ ? variance : 0;
}

double ItemCovariances::variance_of_sum() const { return unless_rounding(sum_); }

Statistic ItemCovariances::alpha_of(std::size_t items, double variances, double of_sum) const {
  if (items < 2) return {std::nullopt, Absence::fewer_than_two_items};
  if (unless_rounding(of_sum) <= 0) return {std::nullopt, Absence::no_variance};
  const auto k = static_cast<double>(items);
  const double alpha = k / (k - 1) * (1 - variances / of_sum);
  // Covariances of pairs need not be those of any data.
  if (alpha > 1 + rounding) return {std::nullopt, Absence::not_definite};
  return {alpha};
}

Statistic ItemCovariances::alpha() const { return alpha_of(size(), variances_, sum_); }

Statistic ItemCovariances::alpha_without(std::size_t item) const {
  const double own = matrix_(item, item);
  return alpha_of(size() - 1, variances_ - own, sum_ - 2 * row_sums_[item] + own);
}

Statistic ItemCovariances::item_rest_r(std::size_t item) const {
  if (size() < 2) return {std::nullopt, Absence::fewer_than_two_items};
  const double own = matrix_(item, item);
  const double of_rest = unless_rounding(sum_ - 2 * row_sums_[item] + own);
  if (!(own > 0) || of_rest <= 0) return {std::nullopt, Absence::no_variance};
  const double r = (row_sums_[item] - own) / std::sqrt(own * of_rest);
  if (std::abs(r) > 1 + rounding) return {std::nullopt, Absence::not_definite};
  return {std::clamp(r, -1.0, 1.0)};
}

Directions directions_of(const ItemCovariances& covariances, const std::vector<bool>& reversed) {
  const std::size_t size = covariances.size();
  const std::vector<int> signs = axis_signs(covariances.matrix());
  const ItemCovariances one_way = turned(covariances, signs);
  Directions result{std::vector<bool>(size), std::vector<Statistic>(size), false};
  std::vector<int> ways(size);
  for (std::size_t i = 0; i < size; ++i) {
    result.key_r[i] = one_way.item_rest_r(i);
    std::optional<double>& r = result.key_r[i].value;
    if (!r) continue;
    // One that was turned for the axis pulls the other way.
    if (signs[i] < 0) r = -*r;
    ways[i] = (*r > 0 ? 1 : 0) - (*r < 0 ? 1 : 0);
  }
  if (is_turned_around(ways, reversed, result.even_split)) {
    for (std::size_t i = 0; i < size; ++i) {
      if (result.key_r[i].value) result.key_r[i].value = -*result.key_r[i].value;
      ways[i] = -ways[i];
    }
  }
  for (std::size_t i = 0; i < size; ++i) result.against[i] = ways[i] < 0;
  return result;
}

}  // namespace attune::detail
