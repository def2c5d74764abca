// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <vector>

#include "attune/trend.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

Estimate at(double score, double se) {
  Estimate result;
  result.score = score;
  result.se = se;
  return result;
}

// P(χ² ≥ q): of as many estimates as there are degrees of freedom at 0, and one apart.
double chi_square_tail(double q, std::size_t degrees) {
  std::vector<Estimate> estimates(degrees, at(0, 1));
  const auto n = static_cast<double>(degrees);
  estimates.push_back(at(std::sqrt(q * (n + 1) / n), 1));
  return trend::spread_of(estimates)->probability;
}

}  // namespace

TEST_CASE("the spread of three relationships is that worked out by hand") {
  // se 0.5 0.5 1: w = 4 4 1; mean = (4·2 + 4·4 + 1·6)/9 = 10/3; Q = 4·16/9 + 4·4/9 + 64/9 = 16;
  // χ² with 2 degrees: e^−8.
  const auto spread = trend::spread_of(std::vector{at(2, 0.5), at(4, 0.5), at(6, 1)});
  REQUIRE(spread);
  CHECK(spread->mean == doctest::Approx(10.0 / 3).epsilon(1e-12));
  CHECK(spread->q == doctest::Approx(16).epsilon(1e-12));
  CHECK(spread->degrees == 2);
  CHECK(spread->probability == doctest::Approx(std::exp(-8.0)).epsilon(1e-12));
  CHECK(spread->lowest == 0);
  CHECK(spread->highest == 2);
  CHECK(spread->largest == doctest::Approx(4).epsilon(1e-12));
  CHECK(spread->largest_se == doctest::Approx(std::sqrt(1.25)).epsilon(1e-12));
}

TEST_CASE("two relationships as far apart as their errors have no spread beyond them") {
  // Q = (0.4/√0.32)² = 0.5 < 1; χ² with 1 degree: erfc(√0.25) = 0.4795001.
  const auto spread = trend::spread_of(std::vector{at(3.4, 0.4), at(3.0, 0.4)});
  REQUIRE(spread);
  CHECK(spread->q == doctest::Approx(0.5).epsilon(1e-12));
  CHECK(spread->probability == doctest::Approx(0.4795001).epsilon(1e-7));
  CHECK(spread->lowest == 1);
  CHECK(spread->highest == 0);
}

TEST_CASE("the spread agrees with a published example") {
  // Thirteen trials of BCG vaccine (Colditz et al. 1994): log risk ratios and variances from the
  // counts. Viechtbauer 2010 (metafor) and Stata's metan: Q 152.2330, mean of fixed effects
  // −0.4303.
  constexpr std::array<std::array<double, 4>, 13> trials = {{{4, 119, 11, 128},
                                                             {6, 300, 29, 274},
                                                             {3, 228, 11, 209},
                                                             {62, 13536, 248, 12619},
                                                             {33, 5036, 47, 5761},
                                                             {180, 1361, 372, 1079},
                                                             {8, 2537, 10, 619},
                                                             {505, 87886, 499, 87892},
                                                             {29, 7470, 45, 7232},
                                                             {17, 1699, 65, 1600},
                                                             {186, 50448, 141, 27197},
                                                             {5, 2493, 3, 2338},
                                                             {27, 16886, 29, 17825}}};
  std::vector<Estimate> estimates;
  for (const auto& [ill, well, control_ill, control_well] : trials) {
    const double n = ill + well;
    const double control_n = control_ill + control_well;
    estimates.push_back(at(std::log(ill / n * control_n / control_ill),
                           std::sqrt(1 / ill - 1 / n + 1 / control_ill - 1 / control_n)));
  }
  const auto spread = trend::spread_of(estimates);
  REQUIRE(spread);
  CHECK(std::abs(spread->q - 152.2330) < 5e-5);
  CHECK(std::abs(spread->mean - -0.4303) < 5e-5);
}

TEST_CASE("fewer than two estimates, or one without error, have no spread") {
  CHECK_FALSE(trend::spread_of({}));
  CHECK_FALSE(trend::spread_of(std::vector{at(3, 0.4)}));
  CHECK_FALSE(trend::spread_of(std::vector{at(3, 0.4), at(4, 0)}));
  CHECK_FALSE(trend::spread_of(std::vector{at(3, 0.4), at(4, std::nan(""))}));
}

TEST_CASE("equal estimates lie no distance apart") {
  const auto spread = trend::spread_of(std::vector{at(3, 0.4), at(3, 0.2)});
  CHECK(spread->q == doctest::Approx(0));
  CHECK(spread->probability == doctest::Approx(1));
  CHECK(spread->largest == 0);
}

TEST_CASE("the tail of chi-square is 5 % at the tabled values") {
  // Abramowitz & Stegun 1964, table 26.8: 3.84146, 5.99146, 7.81473, 9.48773, 11.0705.
  const std::vector<double> tabled = {3.841459, 5.991465, 7.814728, 9.487729, 11.070498};
  for (std::size_t i = 0; i < tabled.size(); ++i) {
    CHECK(std::abs(chi_square_tail(tabled[i], i + 1) - 0.05) < 1e-6);
  }
  // mpmath: Γ(5/2, 6)/Γ(5/2).
  CHECK(chi_square_tail(12, 5) == doctest::Approx(0.0347877805062419).epsilon(1e-12));
  CHECK(chi_square_tail(0, 3) == 1);
}

TEST_CASE("the tail of chi-square is a probability, whatever rounding adds") {
  for (std::size_t degrees = 1; degrees <= 60; ++degrees) {
    for (double value = 1e-3; value < 100; value *= 1.1) {
      const double tail = chi_square_tail(value, degrees);
      CHECK((tail >= 0 && tail <= 1));
    }
  }
}
