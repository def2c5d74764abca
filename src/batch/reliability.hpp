// SPDX-License-Identifier: MIT
#pragma once

/// What the covariances of a scale's items say about it: reliability, and how each item goes with
/// the others. Pure arithmetic on a matrix; the sums behind it are in analysis_sums.hpp.

#include <cstddef>
#include <vector>

#include "attune/item_analysis.hpp"

#include "batch/square_matrix.hpp"

namespace attune::detail {

/// Covariances, the sums of their rows, and their sum: the variance of the sum of all items.
class ItemCovariances {
 public:
  explicit ItemCovariances(SquareMatrix matrix);

  [[nodiscard]] std::size_t size() const { return matrix_.size(); }
  [[nodiscard]] const SquareMatrix& matrix() const { return matrix_; }

  /// Variance of the sum of all items; 0 where it is below what rounding leaves.
  [[nodiscard]] double variance_of_sum() const;

  /// k/(k−1)·(1 − Σvᵢ/V) (Cronbach 1951). Below 0 where items work against each other; never
  /// clamped. Absence: fewer_than_two_items; no_variance, when the sum has none; not_definite, when
  /// covariances of pairs put it above 1.
  [[nodiscard]] Statistic alpha() const;

  /// Alpha of the other items.
  [[nodiscard]] Statistic alpha_without(std::size_t item) const;

  /// Pearson's r of an item with the sum of the others. Absence: fewer_than_two_items; no_variance,
  /// when the item or that sum has none; not_definite, when covariances of pairs put it beyond 1.
  [[nodiscard]] Statistic item_rest_r(std::size_t item) const;

 private:
  [[nodiscard]] Statistic alpha_of(std::size_t items, double variances, double of_sum) const;
  [[nodiscard]] double unless_rounding(double variance) const;

  SquareMatrix matrix_;
  std::vector<double> row_sums_;
  double sum_ = 0;
  double variances_ = 0;    // Σvᵢ
  double size_of_all_ = 0;  // Σ|cᵢⱼ|: what rounding is measured by
};

/// Which way each item of a scale pulls.
struct Directions {
  std::vector<bool> against;     ///< items that pull against the majority
  std::vector<Statistic> key_r;  ///< with the sum of the others, all turned the way of the majority
  bool even_split = false;       ///< there is no majority
};

/// Reads them off the first principal axis of the items' correlations: its signs turn the items one
/// way, so that several wrong keys don't make right ones look wrong; then each item is set against
/// the sum of the others so turned. Where as many pull one way as the other, the half with more
/// reversed items counts as against (data that were reversed before look like this), else the half
/// without the first item. Where no item pulls against others, key_r is the item-rest r.
[[nodiscard]] Directions directions_of(const ItemCovariances& covariances,
                                       const std::vector<bool>& reversed);

}  // namespace attune::detail
