// SPDX-License-Identifier: MIT
#include "batch/one_factor.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace attune::detail {
namespace {

// Uniquenesses of standardised items. The lower end is that of R's factanal: without one the
// likelihood of a Heywood case may have its maximum where a variance is negative.
constexpr double least_unique = 0.005;
const double lowest = std::log(least_unique);
constexpr double highest = 0;
constexpr int most_steps = 500;
constexpr int most_halvings = 40;
constexpr double longest_step = 2;       // of log ψ; far from the end a full step may overshoot
constexpr double settled_omega = 1e-12;  // change by a step; the next one is far smaller
constexpr double not_definite_below = 1e-10;

// The likelihood as a function of x = log ψ alone, the loadings being the best for these ψ (Lawley
// and Maxwell 1971, chapter 4). With S* = Ψ^−½ R Ψ^−½, θ its largest eigenvalue and w the vector:
// λ = Ψ^½ w √(θ−1) and, up to a constant, f = tr S* − θ + log θ + Σx.
struct Point {
  std::vector<double> logs;
  SquareMatrix scaled{0};
  EigenPair pair;
  double value = 0;
};

std::optional<Point> point_at(const SquareMatrix& correlations, std::vector<double> logs,
                              std::vector<double> start) {
  const std::size_t size = logs.size();
  Point point{std::move(logs), SquareMatrix(size), {}, 0};
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      point.scaled(i, j) = correlations(i, j) * std::exp(-(point.logs[i] + point.logs[j]) / 2);
    }
    point.value += point.scaled(i, i) + point.logs[i];
  }
  auto pair = largest_eigen_pair(point.scaled, std::move(start));
  if (!pair) return std::nullopt;
  point.pair = *std::move(pair);
  point.value += std::log(point.pair.value) - point.pair.value;
  return point;
}

// ∂f/∂xᵢ = 1 − s*ᵢᵢ + (θ−1) wᵢ²
std::vector<double> gradient_of(const Point& point) {
  std::vector<double> gradient(point.logs.size());
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const double w = point.pair.vector[i];
    gradient[i] = 1 - point.scaled(i, i) + (point.pair.value - 1) * w * w;
  }
  return gradient;
}

// The derivative of that, with dθ/dxⱼ = −θwⱼ² and dw/dxⱼ = ½ P (S* + θ) eⱼ wⱼ, where P is the
// pseudo-inverse of S* − θ; P follows from the inverse of θ(1 + wwᵀ) − S*, which is positive
// definite.
std::optional<SquareMatrix> hessian_of(const Point& point) {
  const std::size_t size = point.logs.size();
  const double theta = point.pair.value;
  const std::vector<double>& w = point.pair.vector;
  SquareMatrix gap(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      gap(i, j) = theta * ((i == j ? 1 : 0) + w[i] * w[j]) - point.scaled(i, j);
    }
  }
  const auto factor = cholesky(gap);
  if (!factor) return std::nullopt;
  SquareMatrix hessian = inverse(*factor);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const double both = w[i] * w[j];
      const double pseudo = both / theta - hessian(i, j);
      hessian(i, j) = 2 * theta * (theta - 1) * both * pseudo - (2 * theta - 1) * both * both;
    }
    hessian(i, i) += point.scaled(i, i) + (theta - 1) * w[i] * w[i];
  }
  return hessian;
}

// Jöreskog's (1967) approximation, (1 − wwᵀ) element by element squared: never indefinite.
SquareMatrix approximate_hessian_of(const Point& point) {
  constexpr double ridge = 1e-8;
  const std::size_t size = point.logs.size();
  SquareMatrix hessian(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const double each = (i == j ? 1 : 0) - point.pair.vector[i] * point.pair.vector[j];
      hessian(i, j) = each * each + (i == j ? ridge : 0);
    }
  }
  return hessian;
}

// Takes the items that stay where they are out of the system.
SquareMatrix with_fixed(SquareMatrix matrix, const std::vector<bool>& is_fixed) {
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j < matrix.size(); ++j) {
      if (is_fixed[i] || is_fixed[j]) matrix(i, j) = i == j ? 1 : 0;
    }
  }
  return matrix;
}

std::vector<double> direction_of(const Point& point, const std::vector<double>& gradient) {
  std::vector<bool> is_fixed(gradient.size());
  std::vector<double> downhill(gradient.size());
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    is_fixed[i] = (point.logs[i] <= lowest && gradient[i] > 0) ||
                  (point.logs[i] >= highest && gradient[i] < 0);
    downhill[i] = is_fixed[i] ? 0 : -gradient[i];
  }
  std::optional<SquareMatrix> factor;
  if (auto hessian = hessian_of(point)) {
    factor = cholesky(with_fixed(*std::move(hessian), is_fixed), 1e-8);
  }
  if (!factor) factor = cholesky(with_fixed(approximate_hessian_of(point), is_fixed));
  if (!factor) return downhill;
  return solve(*factor, std::move(downhill));
}

std::vector<double> moved(const std::vector<double>& logs, const std::vector<double>& direction,
                          double share) {
  std::vector<double> result(logs);
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const double step = std::clamp(direction[i], -longest_step, longest_step);
    result[i] = std::clamp(logs[i] + share * step, lowest, highest);
  }
  return result;
}

// The first point along the direction that is no worse; halving finds one unless this is the end.
std::optional<Point> next_point(const SquareMatrix& correlations, const Point& point) {
  const double rounding = 1e-13 * (1 + std::abs(point.value));
  const std::vector<double> direction = direction_of(point, gradient_of(point));
  double share = 1;
  for (int i = 0; i < most_halvings; ++i, share /= 2) {
    auto next = point_at(correlations, moved(point.logs, direction, share), point.pair.vector);
    if (next && next->value <= point.value + rounding) return next;
  }
  return std::nullopt;
}

OneFactor factor_at(const Point& point, const SquareMatrix& covariances) {
  OneFactor factor;
  const double length = std::sqrt(std::max(point.pair.value - 1, 0.0));
  double common = 0;
  double own = 0;
  for (std::size_t i = 0; i < point.logs.size(); ++i) {
    const double loading = std::exp(point.logs[i] / 2) * point.pair.vector[i] * length;
    factor.loadings.push_back(loading);
    // What the factor leaves of the variance that was seen. It is ψ, but for a Heywood case.
    factor.uniquenesses.push_back(std::max(1 - loading * loading, 0.0));
    if (point.logs[i] <= lowest) factor.heywood.push_back(i);
    common += std::sqrt(covariances(i, i)) * loading;
    own += covariances(i, i) * factor.uniquenesses.back();
  }
  if (std::accumulate(factor.loadings.begin(), factor.loadings.end(), 0.0) < 0) {
    for (double& loading : factor.loadings) loading = -loading;
  }
  factor.omega = common * common / (common * common + own);
  return factor;
}

// Half of what the others leave of an item's variance, as usual (Jöreskog 1967).
std::vector<double> start_of(const SquareMatrix& cholesky_factor) {
  const SquareMatrix inverted = inverse(cholesky_factor);
  const std::size_t size = inverted.size();
  std::vector<double> logs(size);
  for (std::size_t i = 0; i < size; ++i) {
    const double unique = (1 - 0.5 / static_cast<double>(size)) / inverted(i, i);
    logs[i] = std::clamp(std::log(unique), lowest, highest);
  }
  return logs;
}

}  // namespace

Result<OneFactor, Absence> fit_one_factor(const SquareMatrix& covariances) {
  const std::size_t size = covariances.size();
  if (size < 3) return Absence::fewer_than_three_items;
  SquareMatrix correlations(size);
  for (std::size_t i = 0; i < size; ++i) {
    if (!(covariances(i, i) > 0)) return Absence::no_variance;
    for (std::size_t j = 0; j < size; ++j) {
      correlations(i, j) = covariances(i, j) / std::sqrt(covariances(i, i) * covariances(j, j));
    }
  }
  const auto decomposed = cholesky(correlations, not_definite_below);
  if (!decomposed) return Absence::not_definite;
  auto point = point_at(correlations, start_of(*decomposed), {});
  if (!point) return Absence::not_settled;
  OneFactor factor = factor_at(*point, covariances);
  for (int step = 0; step < most_steps; ++step) {
    point = next_point(correlations, *point);
    if (!point) return Absence::not_settled;
    OneFactor next = factor_at(*point, covariances);
    const double change = std::abs(next.omega - factor.omega);
    factor = std::move(next);
    if (change < settled_omega) return factor;
  }
  return Absence::not_settled;
}

}  // namespace attune::detail
