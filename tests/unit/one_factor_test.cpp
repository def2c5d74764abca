// SPDX-License-Identifier: MIT
#include "batch/one_factor.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <initializer_list>
#include <vector>

#include "analysis_rows.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using detail::fit_one_factor;
using detail::OneFactor;
using detail::SquareMatrix;

namespace {

using Rows = std::initializer_list<std::initializer_list<double>>;

SquareMatrix matrix_of(const Rows& rows) {
  SquareMatrix matrix(rows.size());
  std::size_t i = 0;
  for (const auto& row : rows) {
    std::size_t j = 0;
    for (const double value : row) matrix(i, j++) = value;
    ++i;
  }
  return matrix;
}

// λλᵀ with 1 on the diagonal.
SquareMatrix correlations_of(const std::vector<double>& loadings) {
  SquareMatrix matrix(loadings.size());
  for (std::size_t i = 0; i < loadings.size(); ++i) {
    for (std::size_t j = 0; j < loadings.size(); ++j) {
      matrix(i, j) = i == j ? 1 : loadings[i] * loadings[j];
    }
  }
  return matrix;
}

SquareMatrix correlations_of_ten_rows() {
  std::vector<double> means(4);
  for (const auto& row : ten_rows) {
    for (std::size_t i = 0; i < 4; ++i) means[i] += row[i] / 10.0;
  }
  SquareMatrix products(4);
  for (const auto& row : ten_rows) {
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        products(i, j) += (row[i] - means[i]) * (row[j] - means[j]);
      }
    }
  }
  SquareMatrix correlations(4);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      correlations(i, j) = products(i, j) / std::sqrt(products(i, i) * products(j, j));
    }
  }
  return correlations;
}

}  // namespace

TEST_CASE("correlations that one factor made give its loadings back") {
  // ω = (0.8 + 0.6 + 0.5 + 0.7 + 0.9)² / (… + Σ(1 − λ²)) = 12.25 / (12.25 + 5 − 2.55)
  const std::vector<double> loadings = {0.8, 0.6, 0.5, 0.7, 0.9};
  const auto factor = fit_one_factor(correlations_of(loadings));
  REQUIRE(factor);
  for (std::size_t i = 0; i < loadings.size(); ++i) {
    CHECK(factor->loadings[i] == doctest::Approx(loadings[i]).epsilon(1e-8));
    CHECK(factor->uniquenesses[i] == doctest::Approx(1 - loadings[i] * loadings[i]).epsilon(1e-8));
  }
  CHECK(factor->omega == doctest::Approx(12.25 / 14.7).epsilon(1e-9));
  CHECK(factor->heywood.empty());
}

TEST_CASE("omega and loadings of the reference rows are those of R") {
  // R 4.2.2: loadings of factanal on the correlation matrix. Its first item is a Heywood case.
  const auto factor = fit_one_factor(correlations_of_ten_rows());
  REQUIRE(factor);
  const std::vector<double> expected = {0.997569, 0.942321, 0.948199, 0.897552};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(factor->loadings[i] == doctest::Approx(expected[i]).epsilon(1e-6));
  }
  CHECK(factor->omega == doctest::Approx(0.972041).epsilon(1e-6));
  CHECK(factor->heywood == std::vector<std::size_t>{0});
}

TEST_CASE("omega of covariances weighs items by their spread, as R has it") {
  // R 4.2.2: factanal(covmat = …, factors = 1), factr = 1; ω = (Σλ·sd)²/((Σλ·sd)² + Σ(v −
  // (λ·sd)²)).
  const auto factor = fit_one_factor(matrix_of({{216624, 74144, 114904, 50752, 74040},
                                                {74144, 309039, 183574, 99737, 148315},
                                                {114904, 183574, 405884, 119042, 233390},
                                                {50752, 99737, 119042, 215071, 102445},
                                                {74040, 148315, 233390, 102445, 337975}}));
  REQUIRE(factor);
  CHECK(factor->omega == doctest::Approx(0.7952072566).epsilon(1e-9));
  const std::vector<double> expected = {0.436839395, 0.633598144, 0.837485629, 0.512737100,
                                        0.737852560};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(factor->loadings[i] == doctest::Approx(expected[i]).epsilon(1e-7));
  }
}

TEST_CASE("three items have the loadings worked out by hand") {
  // λ₁² = r₁₂·r₁₃/r₂₃ = 0.48·0.40/0.30 = 0.64, so λ = 0.8, 0.6, 0.5: ω = 3.61/(3.61 + 1.75)
  const auto factor =
      fit_one_factor(matrix_of({{1, 0.48, 0.40}, {0.48, 1, 0.30}, {0.40, 0.30, 1}}));
  REQUIRE(factor);
  CHECK(factor->omega == doctest::Approx(3.61 / 5.36).epsilon(1e-9));
}

TEST_CASE("an item that pulls against the others has a negative loading and takes from omega") {
  // As above with the second item turned around: ω = (0.8 − 0.6 + 0.5)²/(0.49 + 1.75)
  const auto factor =
      fit_one_factor(matrix_of({{1, -0.48, 0.40}, {-0.48, 1, -0.30}, {0.40, -0.30, 1}}));
  REQUIRE(factor);
  CHECK(factor->loadings[1] == doctest::Approx(-0.6).epsilon(1e-8));
  CHECK(factor->omega == doctest::Approx(0.49 / 2.24).epsilon(1e-9));
}

TEST_CASE("loadings point the way of most of their sum, even against the strongest") {
  const auto factor = fit_one_factor(correlations_of({-0.9, 0.5, 0.5, 0.5, 0.5, 0.5}));
  REQUIRE(factor);
  CHECK(factor->loadings[0] == doctest::Approx(-0.9).epsilon(1e-7));
  CHECK(factor->loadings[1] == doctest::Approx(0.5).epsilon(1e-7));
}

TEST_CASE("an item that would need a negative part of its own is a Heywood case") {
  // λ₁² would be 0.9·0.9/0.7 = 1.157.
  const auto factor = fit_one_factor(matrix_of({{1, 0.9, 0.9}, {0.9, 1, 0.7}, {0.9, 0.7, 1}}));
  REQUIRE(factor);
  CHECK(factor->heywood == std::vector<std::size_t>{0});
  CHECK(factor->uniquenesses[0] >= 0);
  CHECK(factor->omega < 1);
}

TEST_CASE("there is no omega for matrices that can't have one") {
  const Rows two = {{1, 0.5}, {0.5, 1}};
  const Rows constant = {{1, 0, 0.5}, {0, 0, 0}, {0.5, 0, 1}};
  const Rows alike = {{1, 1, 0.5}, {1, 1, 0.5}, {0.5, 0.5, 1}};
  const Rows of_no_data = {{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}};
  CHECK(fit_one_factor(matrix_of(two)).error() == Absence::fewer_than_three_items);
  CHECK(fit_one_factor(matrix_of(constant)).error() == Absence::no_variance);
  CHECK(fit_one_factor(matrix_of(alike)).error() == Absence::not_definite);
  CHECK(fit_one_factor(matrix_of(of_no_data)).error() == Absence::not_definite);
}

TEST_CASE("items without anything in common settle, too") {
  SquareMatrix matrix(6);
  for (std::size_t i = 0; i < 6; ++i) matrix(i, i) = 1 + static_cast<double>(i);
  const auto factor = fit_one_factor(matrix);
  REQUIRE(factor);
  CHECK(factor->omega < 0.2);
}

TEST_CASE("a hundred items settle as four do") {
  std::vector<double> loadings;
  for (int i = 0; i < 100; ++i) loadings.push_back(0.2 + 0.007 * i);
  const auto factor = fit_one_factor(correlations_of(loadings));
  REQUIRE(factor);
  CHECK(factor->loadings[0] == doctest::Approx(0.2).epsilon(1e-7));
  CHECK(factor->loadings[99] == doctest::Approx(0.893).epsilon(1e-7));
}
