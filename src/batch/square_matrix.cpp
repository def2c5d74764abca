// SPDX-License-Identifier: MIT
#include "batch/square_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace attune::detail {
namespace {

constexpr std::size_t least_steps = 4;
constexpr int most_squarings = 24;
// The vector's error is that of its last change, over the gap; the value's is its square.
constexpr double settled = 1e-13;

double length(std::span<const double> vector) {
  return std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
}

std::vector<double> longest_row(const SquareMatrix& matrix) {
  std::size_t longest = 0;
  for (std::size_t i = 1; i < matrix.size(); ++i) {
    if (length(matrix.row(i)) > length(matrix.row(longest))) longest = i;
  }
  const std::span<const double> row = matrix.row(longest);
  return {row.begin(), row.end()};
}

std::vector<double> product(const SquareMatrix& matrix, const std::vector<double>& vector) {
  std::vector<double> result(vector.size());
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const std::span<const double> row = matrix.row(i);
    result[i] = std::inner_product(row.begin(), row.end(), vector.begin(), 0.0);
  }
  return result;
}

void scale_to_one(std::vector<double>& vector) {
  const double before = length(vector);
  for (double& each : vector) each /= before;
}

// The square of a symmetric matrix, divided by its trace, so that no power of it grows beyond
// bounds.
SquareMatrix squared(const SquareMatrix& matrix) {
  SquareMatrix result(matrix.size());
  double trace = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    const std::span<const double> row = matrix.row(i);
    for (std::size_t j = 0; j < matrix.size(); ++j) {
      result(i, j) = std::inner_product(row.begin(), row.end(), matrix.row(j).begin(), 0.0);
    }
    trace += result(i, i);
  }
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j < matrix.size(); ++j) result(i, j) /= trace;
  }
  return result;
}

}  // namespace

std::optional<SquareMatrix> cholesky(const SquareMatrix& matrix, double tolerance) {
  SquareMatrix factor(matrix.size());
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = matrix(i, j);
      for (std::size_t m = 0; m < j; ++m) rest -= factor(i, m) * factor(j, m);
      if (i != j) {
        factor(i, j) = rest / factor(j, j);
        continue;
      }
      // Written so that what is no number fails, too.
      if (!(rest > tolerance * matrix(i, i))) return std::nullopt;
      factor(i, i) = std::sqrt(rest);
    }
  }
  return factor;
}

std::vector<double> solve(const SquareMatrix& factor, std::vector<double> right) {
  const std::size_t size = factor.size();
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t m = 0; m < i; ++m) right[i] -= factor(i, m) * right[m];
    right[i] /= factor(i, i);
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t m = i + 1; m < size; ++m) right[i] -= factor(m, i) * right[m];
    right[i] /= factor(i, i);
  }
  return right;
}

SquareMatrix inverse(const SquareMatrix& factor) {
  const std::size_t size = factor.size();
  SquareMatrix result(size);
  for (std::size_t j = 0; j < size; ++j) {
    std::vector<double> unit(size);
    unit[j] = 1;
    const std::vector<double> column = solve(factor, std::move(unit));
    for (std::size_t i = 0; i < size; ++i) result(i, j) = column[i];
  }
  return result;
}

std::optional<EigenPair> largest_eigen_pair(const SquareMatrix& matrix, std::vector<double> start) {
  EigenPair pair{0, start.empty() ? longest_row(matrix) : std::move(start)};
  scale_to_one(pair.vector);
  SquareMatrix power = matrix;
  for (int squarings = 0; squarings <= most_squarings; ++squarings) {
    // A square costs as much as these steps and makes each further one worth two.
    for (std::size_t step = 0; step < matrix.size() + least_steps; ++step) {
      std::vector<double> next = product(power, pair.vector);
      scale_to_one(next);
      double change = 0;
      for (std::size_t i = 0; i < next.size(); ++i) {
        change = std::max(change, std::abs(next[i] - pair.vector[i]));
      }
      pair.vector = std::move(next);
      if (change > settled) continue;
      pair.value = length(product(matrix, pair.vector));
      return pair;
    }
    power = squared(power);
  }
  return std::nullopt;
}

}  // namespace attune::detail
