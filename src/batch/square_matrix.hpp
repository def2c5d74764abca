// SPDX-License-Identifier: MIT
#pragma once

/// Small symmetric matrices: all that reliability and one factor need.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace attune::detail {

class SquareMatrix {
 public:
  explicit SquareMatrix(std::size_t size) : size_(size), values_(size * size) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] double& operator()(std::size_t row, std::size_t column) {
    return values_[row * size_ + column];
  }
  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const {
    return values_[row * size_ + column];
  }
  [[nodiscard]] std::span<const double> row(std::size_t row) const {
    return std::span(values_).subspan(row * size_, size_);
  }

 private:
  std::size_t size_;
  std::vector<double> values_;
};

/// L with L·Lᵀ = `matrix`, below and on the diagonal. Nothing when it is not positive definite:
/// when a pivot is at most `tolerance` times its diagonal element.
[[nodiscard]] std::optional<SquareMatrix> cholesky(const SquareMatrix& matrix,
                                                   double tolerance = 1e-14);

/// x with L·Lᵀ·x = `right`.
[[nodiscard]] std::vector<double> solve(const SquareMatrix& factor, std::vector<double> right);

/// (L·Lᵀ)⁻¹
[[nodiscard]] SquareMatrix inverse(const SquareMatrix& factor);

/// The largest eigenvalue of a positive semidefinite matrix and its vector of length 1.
struct EigenPair {
  double value = 0;
  std::vector<double> vector;
};

/// By power iteration on ever higher powers of it, from `start` or, where that is empty, from the
/// longest column, which can't be orthogonal to what is sought. Nothing when it does not settle:
/// two eigenvalues are as good as equal. Precondition: not all elements are 0.
[[nodiscard]] std::optional<EigenPair> largest_eigen_pair(const SquareMatrix& matrix,
                                                          std::vector<double> start = {});

}  // namespace attune::detail
