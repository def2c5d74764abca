// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>
#include <string>
#include <utility>

#include "attune/interpretation.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr std::size_t anxiety = 0;
constexpr std::size_t avoidance = 1;

// Φ from published tables (Abramowitz & Stegun 1964, table 26.1).
constexpr double phi_1 = 0.841344746068543;
constexpr double phi_2 = 0.977249868051821;

doctest::Approx close_to(double value) { return doctest::Approx(value).epsilon(1e-12); }

Pairing pairing(std::string id, Rule one, Rule other, std::string for_other, int priority = 0) {
  Pairing result;
  result.id = std::move(id);
  result.one = std::move(one);
  result.other = std::move(other);
  result.for_one = "Step of one.";
  result.for_other = std::move(for_other);
  result.priority = priority;
  return result;
}

// 0: the one is anxious, the other avoidant; 1: both are neither; 2: the fallback.
Questionnaire sample() {
  Questionnaire questionnaire = blank();
  add_items(questionnaire, add_scale(questionnaire, "anxiety"), "+-+-");
  add_items(questionnaire, add_scale(questionnaire, "avoidance"), "+-+-");
  const Rule calm = {{below(anxiety, 4), below(avoidance, 4)}};
  questionnaire.pairings = {
      pairing("reach", {{at_least(anxiety, 4)}}, {{at_least(avoidance, 4)}}, "Step of other."),
      pairing("calm", calm, calm, ""), pairing("else", {}, {}, "")};
  return questionnaire;
}

Scores at(double on_anxiety, double on_avoidance, double se = 0.5) {
  return {scored(on_anxiety, se), scored(on_avoidance, se)};
}

interpretation::PairingReading read(const Questionnaire& questionnaire, const Scores& first,
                                    const Scores& second) {
  const auto reading = interpretation::pairing_of(questionnaire, first, second);
  REQUIRE(reading.has_value());
  return *reading;
}

}  // namespace

TEST_CASE("the pairing that two positions match is found, and who is the one") {
  const interpretation::PairingReading reading = read(sample(), at(5, 1.5), at(1.5, 5));
  CHECK(reading.pairing == 0);
  CHECK(reading.is_clear);
  CHECK(reading.roles == interpretation::Roles::first_is_one);
}

TEST_CASE("the probability of a pairing is the product of both people's rules") {
  // One: anxiety 4.5 ± 0.5, one error above the cut. Other: avoidance 5 ± 0.5, two errors above it.
  const interpretation::PairingReading reading = read(sample(), at(4.5, 1), at(1, 5));
  CHECK(reading.probabilities[0] == close_to(phi_1 * phi_2));
  // First: anxiety below 4 with 1 − Φ(1), avoidance 6 errors below; second: avoidance with 1 −
  // Φ(2).
  CHECK(reading.probabilities[1] == doctest::Approx((1 - phi_1) * (1 - phi_2)).epsilon(1e-6));
  CHECK(reading.probabilities[2] == 0);
}

TEST_CASE("swapping the two swaps the roles and leaves every probability as it was") {
  const Questionnaire questionnaire = sample();
  Numbers numbers(7);
  for (int i = 0; i < 200; ++i) {
    const auto draw = [&] { return numbers.between(10, 70) / 10.0; };
    const Scores a = at(draw(), draw(), numbers.between(0, 9) / 10.0);
    const Scores b = at(draw(), draw(), numbers.between(0, 9) / 10.0);
    const interpretation::PairingReading one_way = read(questionnaire, a, b);
    const interpretation::PairingReading other_way = read(questionnaire, b, a);
    CHECK(one_way.pairing == other_way.pairing);
    CHECK(one_way.is_clear == other_way.is_clear);
    CHECK(one_way.probabilities == other_way.probabilities);
    const interpretation::Roles swapped = one_way.roles == interpretation::Roles::first_is_one
                                              ? interpretation::Roles::second_is_one
                                          : one_way.roles == interpretation::Roles::second_is_one
                                              ? interpretation::Roles::first_is_one
                                              : interpretation::Roles::either;
    CHECK(other_way.roles == swapped);
  }
}

TEST_CASE("where both ways round fit clearly, either person is the one") {
  const interpretation::PairingReading reading = read(sample(), at(6, 6), at(6, 6));
  CHECK(reading.pairing == 0);
  CHECK(reading.roles == interpretation::Roles::either);
}

TEST_CASE("where both positions are alike, nobody is the one") {
  const interpretation::PairingReading reading = read(sample(), at(1.5, 1.5), at(2, 1));
  CHECK(reading.pairing == 1);
  CHECK(reading.is_clear);
  CHECK(reading.roles == interpretation::Roles::either);
}

TEST_CASE("below one half the fallback is meant, and nobody is the one") {
  // Φ(0)·Φ(2) = 0.489 for the first pairing.
  const interpretation::PairingReading reading = read(sample(), at(4, 1), at(1, 5));
  CHECK(reading.probabilities[0] == close_to(0.5 * phi_2));
  CHECK_FALSE(reading.is_clear);
  CHECK(reading.pairing == 2);
  CHECK(reading.roles == interpretation::Roles::either);
}

TEST_CASE("exactly one half is clear") {
  const interpretation::PairingReading reading = read(sample(), at(4, 1, 0.1), at(1, 6, 0.1));
  CHECK(reading.probabilities[0] == 0.5);
  CHECK(reading.pairing == 0);
}

TEST_CASE("where several pairings are clear the higher priority wins, then the first in the file") {
  Questionnaire questionnaire = sample();
  const Rule anyone = {{at_least(anxiety, 1)}};
  questionnaire.pairings.push_back(pairing("also", anyone, anyone, ""));
  CHECK(read(questionnaire, at(5, 1.5), at(1.5, 5)).pairing == 0);
  questionnaire.pairings.back().priority = 1;
  CHECK(read(questionnaire, at(5, 1.5), at(1.5, 5)).pairing == 3);
}

TEST_CASE("a rule with alternatives holds in the cells of any of them, each counted once") {
  Questionnaire questionnaire = sample();
  const Rule calm = {{below(anxiety, 4), below(avoidance, 4)}};
  const Rule not_calm = {{at_least(anxiety, 4)}, {at_least(avoidance, 4)}};
  questionnaire.pairings[0] = pairing("mixed", calm, not_calm, "Step of other.");
  // Second: 1 − P(anxiety < 4)·P(avoidance < 4), each one error below the cut; first calm for sure.
  const interpretation::PairingReading reading = read(questionnaire, at(1, 1, 0.1), at(3.5, 3.5));
  CHECK(reading.probabilities[0] == close_to(1 - phi_1 * phi_1));
}

TEST_CASE("without an error a score counts for the cell it lies in") {
  const interpretation::PairingReading reading = read(sample(), at(4, 1, 0), at(1, 4, 0));
  CHECK(reading.probabilities[0] == 1);
  CHECK(reading.roles == interpretation::Roles::first_is_one);
}

TEST_CASE("there is no pairing when a scale is not scored, or the definition has none") {
  Questionnaire questionnaire = sample();
  CHECK_FALSE(interpretation::pairing_of(questionnaire, {unscored(), scored(2, 0.5)}, at(5, 5))
                  .has_value());
  CHECK_FALSE(interpretation::pairing_of(questionnaire, at(5, 5), {scored(2, 0.5), unscored()})
                  .has_value());
  questionnaire.pairings.clear();
  CHECK_FALSE(interpretation::pairing_of(questionnaire, at(5, 1), at(1, 5)).has_value());
}

TEST_CASE("a fallback alone fits everyone") {
  Questionnaire questionnaire = sample();
  questionnaire.pairings.erase(questionnaire.pairings.begin(), questionnaire.pairings.begin() + 2);
  const interpretation::PairingReading reading =
      read(questionnaire, at(5, 1), {unscored(), unscored()});
  CHECK(reading.pairing == 0);
  CHECK_FALSE(reading.is_clear);
}
