// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>
#include <numeric>

#include "attune/interpretation.hpp"

#include "builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr std::size_t x = 0;
constexpr std::size_t y = 1;

Questionnaire plane(std::vector<Rule> rules, int min = 1, int max = 7) {
  Questionnaire questionnaire = blank(min, max);
  add_items(questionnaire, add_scale(questionnaire, "x"), "+-+-");
  add_items(questionnaire, add_scale(questionnaire, "y"), "+-+-");
  for (Rule& rule : rules) {
    Region region;
    region.id = "r" + std::to_string(questionnaire.regions.size());
    region.when = std::move(rule);
    questionnaire.regions.push_back(std::move(region));
  }
  return questionnaire;
}

// 0 lower left, 1 lower right, 2 upper left, 3 upper right.
Questionnaire quadrants() {
  return plane({{{below(x, 4), below(y, 4)}},
                {{at_least(x, 4), below(y, 4)}},
                {{below(x, 4), at_least(y, 4)}},
                {{at_least(x, 4), at_least(y, 4)}}});
}

interpretation::RegionReading read(const Questionnaire& questionnaire, ScaleScore on_x,
                                   ScaleScore on_y) {
  const auto reading = interpretation::region_of(questionnaire, {std::move(on_x), std::move(on_y)});
  REQUIRE(reading.has_value());
  return *reading;
}

double total(const interpretation::RegionReading& reading) {
  return std::accumulate(reading.probabilities.begin(), reading.probabilities.end(), 0.0);
}

doctest::Approx close_to(double value) { return doctest::Approx(value).epsilon(1e-12); }

// Φ from published tables (Abramowitz & Stegun 1964, table 26.1).
constexpr double phi_1 = 0.841344746068543;
constexpr double phi_2 = 0.977249868051821;

}  // namespace

TEST_CASE("the normal distribution agrees with the tables") {
  // The chance of lying below the cut of x, z errors above the score; y is known.
  const auto normal_probability = [](double z) {
    return read(quadrants(), scored(4 - z / 2, 0.5), scored(2, 0)).probabilities[0];
  };
  CHECK(normal_probability(0) == 0.5);
  CHECK(normal_probability(1) == close_to(phi_1));
  CHECK(normal_probability(-1) == close_to(1 - phi_1));
  CHECK(normal_probability(2) == close_to(phi_2));
  CHECK(normal_probability(1.96) == close_to(0.975002104851780));
  // The far tail keeps its digits: 1 − Φ(6) = 9.8658765e-10.
  CHECK(normal_probability(-6) / 9.8658765e-10 == doctest::Approx(1).epsilon(1e-8));
}

TEST_CASE("a region's probability is the product over the two dimensions") {
  // x two errors below its cut, y one error above it.
  const interpretation::RegionReading reading = read(quadrants(), scored(3, 0.5), scored(4.5, 0.5));
  CHECK(reading.region == 2);
  CHECK(reading.probabilities[0] == close_to(phi_2 * (1 - phi_1)));
  CHECK(reading.probabilities[1] == close_to((1 - phi_2) * (1 - phi_1)));
  CHECK(reading.probabilities[2] == close_to(phi_2 * phi_1));
  CHECK(reading.probabilities[3] == close_to((1 - phi_2) * phi_1));
  CHECK(reading.neighbours == std::vector<std::size_t>{0});
}

TEST_CASE("a far region keeps the digits of its small probability on either side") {
  // Eight errors away: 1 − Φ(8) = 6.220960574e-16; half of it on each side of the other cut.
  constexpr double expected = 6.220960574e-16 / 2;
  const interpretation::RegionReading low = read(quadrants(), scored(2, 0.25), scored(4, 0.5));
  CHECK(low.probabilities[1] / expected == doctest::Approx(1).epsilon(1e-9));
  const interpretation::RegionReading high = read(quadrants(), scored(6, 0.25), scored(4, 0.5));
  CHECK(high.probabilities[0] / expected == doctest::Approx(1).epsilon(1e-9));
}

TEST_CASE("a point on the cut belongs to the side whose rule holds it") {
  struct Row {
    Questionnaire questionnaire;
    double at;
    std::size_t region;
  };
  const Questionnaire lower_open = plane({{{below(x, 4)}}, {{at_least(x, 4), below(y, 9)}}});
  const Questionnaire lower_closed = plane({{{at_most(x, 4)}}, {{above(x, 4), below(y, 9)}}});
  for (const Row& row : {Row{lower_open, 4, 1},
                         {lower_open, 3.9999, 0},
                         {lower_closed, 4, 0},
                         {lower_closed, 4.0001, 1}}) {
    const interpretation::RegionReading reading =
        read(row.questionnaire, scored(row.at, 0.5), scored(4, 0.5));
    CHECK(reading.region == row.region);
    CHECK(total(reading) == close_to(1));
  }
  CHECK(read(lower_closed, scored(4, 0.5), scored(4, 0.5)).probabilities[0] == close_to(0.5));
}

TEST_CASE("alternatives of a rule add up, counting what they share once") {
  // Region 1: either dimension below its cut; region 0: neither.
  const Questionnaire questionnaire =
      plane({{{at_least(x, 3), at_least(y, 5)}}, {{below(x, 3)}, {below(y, 5)}}});
  const interpretation::RegionReading reading =
      read(questionnaire, scored(4, 0.5), scored(4.5, 0.5));
  CHECK(reading.region == 1);
  CHECK(reading.probabilities[0] == close_to(phi_2 * (1 - phi_1)));
  CHECK(reading.probabilities[1] == close_to(1 - phi_2 * (1 - phi_1)));
}

TEST_CASE("an inner region is bounded on four sides") {
  // 3..5 on both dimensions, the point in the middle, errors of one point.
  const Questionnaire questionnaire =
      plane({{{at_least(x, 3), below(x, 5), at_least(y, 3), below(y, 5)}},
             {{below(x, 3)}, {at_least(x, 5)}, {below(y, 3)}, {at_least(y, 5)}}});
  const interpretation::RegionReading reading = read(questionnaire, scored(4, 1), scored(4, 1));
  const double side = 2 * phi_1 - 1;
  CHECK(reading.region == 0);
  CHECK(reading.probabilities[0] == close_to(side * side));
  CHECK(total(reading) == close_to(1));
  CHECK(reading.near_border);
  CHECK(reading.neighbours == std::vector<std::size_t>{1});
}

TEST_CASE("bounds at the ends of the range take no probability away") {
  const Questionnaire questionnaire = plane({{{at_least(x, 1), below(x, 4), at_most(y, 7)}},
                                             {{at_least(x, 4), at_most(x, 7), at_least(y, 1)}}});
  for (const double score : {1.0, 2.0, 6.0, 7.0}) {
    const interpretation::RegionReading reading =
        read(questionnaire, scored(score, 0.5), scored(7, 0.5));
    CHECK(total(reading) == close_to(1));
    CHECK_FALSE(reading.near_border);
  }
}

TEST_CASE("near the border means that an interval crosses it") {
  struct Row {
    double at_x;
    double se_x;
    double at_y;
    double se_y;
    bool near;
  };
  for (const Row& row : {Row{3, 0.5, 2, 0.5, false},  // 3.98
                         {3, 0.52, 2, 0.5, true},     // 4.02
                         {2, 0.5, 4.9, 0.5, true},    // 3.92
                         {2, 0.5, 5.1, 0.5, false},   // 4.12
                         {1, 1.6, 7, 1.6, true},
                         {1, 0.1, 7, 0.1, false}}) {
    CAPTURE(row.at_x);
    CAPTURE(row.at_y);
    CHECK(read(quadrants(), scored(row.at_x, row.se_x), scored(row.at_y, row.se_y)).near_border ==
          row.near);
  }
}

TEST_CASE("a cut that does not bound the point's region is no border of it") {
  // Below 4 on y one region spans all of x; above it x is cut at 4.
  const Questionnaire questionnaire =
      plane({{{below(y, 4)}}, {{below(x, 4), at_least(y, 4)}}, {{at_least(x, 4), at_least(y, 4)}}});
  CHECK_FALSE(read(questionnaire, scored(3.9, 0.5), scored(2, 0.5)).near_border);
  CHECK(read(questionnaire, scored(3.9, 0.5), scored(6, 0.5)).near_border);
}

TEST_CASE("a border of the region beyond the reach of the other interval is not near") {
  // Region 0 is an L: all of the lower half, and of the upper half what lies left of 4.
  const Questionnaire questionnaire =
      plane({{{below(y, 4)}, {below(x, 4), at_least(y, 4)}}, {{at_least(x, 4), at_least(y, 4)}}});
  CHECK_FALSE(read(questionnaire, scored(3.9, 0.5), scored(2, 0.5)).near_border);
  CHECK(read(questionnaire, scored(3.9, 0.5), scored(3.5, 0.5)).near_border);
}

TEST_CASE("neighbours are the other likely regions, likeliest first") {
  const interpretation::RegionReading corner =
      read(quadrants(), scored(3.8, 0.5), scored(3.9, 0.5));
  CHECK(corner.region == 0);
  CHECK(corner.neighbours == std::vector<std::size_t>{2, 1, 3});
  CHECK(read(quadrants(), scored(2, 0.4), scored(2, 0.4)).neighbours.empty());
}

TEST_CASE("without an error all of the probability is where the point is") {
  const interpretation::RegionReading reading = read(quadrants(), scored(4, 0), scored(3.9, 0));
  CHECK(reading.region == 1);
  CHECK(reading.probabilities == std::vector<double>{0, 1, 0, 0});
  CHECK_FALSE(reading.near_border);
}

TEST_CASE("there is no region without a plane, both scores, or a rule that holds the point") {
  CHECK_FALSE(interpretation::region_of(plane({}), {scored(3, 0.5), scored(3, 0.5)}).has_value());
  CHECK_FALSE(interpretation::region_of(plane({{{below(x, 4)}}, {{at_least(x, 4)}}}),
                                        {scored(3, 0.5), scored(3, 0.5)})
                  .has_value());
  CHECK_FALSE(interpretation::region_of(quadrants(), {scored(3, 0.5), unscored()}).has_value());
  CHECK_FALSE(interpretation::region_of(quadrants(), {unscored(), scored(3, 0.5)}).has_value());
  CHECK_FALSE(interpretation::region_of(plane({{{below(x, 2), below(y, 2)}}}),
                                        {scored(3, 0.5), scored(3, 0.5)})
                  .has_value());
}

TEST_CASE("the probabilities of a tiled plane sum to one wherever the point lies") {
  const Questionnaire grids[] = {quadrants(),
                                 plane({{{below(x, 2.5)}},
                                        {{at_least(x, 2.5), below(x, 5.5), at_most(y, 3)}},
                                        {{at_least(x, 2.5), below(x, 5.5), above(y, 3)}},
                                        {{at_least(x, 5.5)}}})};
  Numbers numbers(23);
  for (const Questionnaire& questionnaire : grids) {
    for (int round = 0; round < 500; ++round) {
      const interpretation::RegionReading reading = read(
          questionnaire, scored(numbers.between(100, 700) / 100.0, numbers.between(1, 200) / 100.0),
          scored(numbers.between(100, 700) / 100.0, numbers.between(1, 200) / 100.0));
      CHECK(std::abs(total(reading) - 1) < 1e-12);
      for (const double probability : reading.probabilities) CHECK(probability >= 0);
    }
  }
}

TEST_CASE("sum scales have their plane in their own units") {
  Questionnaire questionnaire = plane(
      {{{below(x, 16), below(y, 16)}}, {{at_least(x, 16), below(y, 16)}}, {{at_least(y, 16)}}});
  for (Scale& scale : questionnaire.scales) scale.method = ScoreMethod::sum;
  ScaleScore twelve = scored(12, 2, 4, 28);
  ScaleScore twenty = scored(20, 4, 4, 28);
  twelve.items = twenty.items = 4;
  const interpretation::RegionReading reading = read(questionnaire, twenty, twelve);
  CHECK(reading.region == 1);
  CHECK(reading.probabilities[1] == close_to(phi_1 * phi_2));
  CHECK(reading.probabilities[2] == close_to(1 - phi_2));
}

TEST_CASE("a region is clear from a probability of 0.6 on") {
  CHECK_FALSE(interpretation::is_clear(
      read(quadrants(), scored(4, 0.5), scored(4, 0.5))));  // four times a quarter
  CHECK_FALSE(interpretation::is_clear(
      read(quadrants(), scored(4, 0.5), scored(7, 0.1))));  // one half, as good as exactly
  CHECK(interpretation::is_clear(
      read(quadrants(), scored(4.13, 0.5), scored(7, 0.1))));  // Φ(0.26) = 0.6026
  CHECK(interpretation::is_clear(
      read(quadrants(), scored(5, 0.5), scored(5, 0.5))));  // 0.977 squared
}
