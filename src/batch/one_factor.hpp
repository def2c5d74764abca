// SPDX-License-Identifier: MIT
#pragma once

/// One common factor behind several items, by maximum likelihood: Σ = λλᵀ + Ψ with Ψ diagonal.
///
///     const auto factor = fit_one_factor(covariances);
///     if (factor) print(factor->omega);

#include <cstddef>
#include <vector>

#include "attune/item_analysis.hpp"
#include "attune/result.hpp"

#include "batch/square_matrix.hpp"

namespace attune::detail {

struct OneFactor {
  std::vector<double> loadings;      ///< standardised; their sum is not negative
  std::vector<double> uniquenesses;  ///< standardised: what the factor leaves of an item's variance
  std::vector<std::size_t> heywood;  ///< items whose own part was pressed to its lower end
  double omega = 0;  ///< (ΣL)² / ((ΣL)² + ΣU) in the units of the covariances (McDonald 1999)
};

/// The estimate settles to 1e-10 of omega. Absence: fewer_than_three_items; no_variance, when an
/// item has none; not_definite; not_settled. A uniqueness is kept at 0.005 or more (Heywood case).
[[nodiscard]] Result<OneFactor, Absence> fit_one_factor(const SquareMatrix& covariances);

}  // namespace attune::detail
