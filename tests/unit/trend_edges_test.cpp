// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>

#include "attune/trend.hpp"

#include "series_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// For values worked out by hand to six decimals.
doctest::Approx near(double value) { return doctest::Approx(value).epsilon(2e-6); }

}  // namespace

TEST_CASE("two items are enough to be compared item by item") {
  // d = 1 3: mean 2, variance 2, se √(2/2) = 1; t(1) = 12.706205.
  const trend::Change change = trend::difference(answered({2, 2}), answered({3, 5}));
  CHECK(change.method == trend::ChangeMethod::paired);
  CHECK(change.se == near(1));
  CHECK(change.low == near(2 - 12.706205));
}

TEST_CASE("a sum that is 0 once has the units of the other sitting, whichever that is") {
  // d = ±(1 2 3 2): variance 2/3; 4 · √(2/3/4) = 1.632993.
  const trend::SeriesPoint nothing = answered({0, 0, 0, 0}, 4, 0, 3);
  const trend::SeriesPoint some = answered({1, 2, 3, 2}, 4, 0, 3);
  CHECK(trend::difference(nothing, some).se == near(1.632993));
  CHECK(trend::difference(some, nothing).se == near(1.632993));
  // d = 1 0 0 0: variance 1/4; 4 · √(1/4/4) = 1.
  CHECK(trend::difference(nothing, answered({1, 0, 0, 0}, 4, 0, 3)).se == near(1));
}

TEST_CASE("an interval that ends at 0 does not keep away from it") {
  // se 0.5 and 0: 0.98 − 1.96 · 0.5 = 0, in doubles, too.
  CHECK(trend::difference(point(0, 0.5), point(0.98, 0)).low == 0);
  CHECK(trend::difference(point(0, 0.5), point(0.98, 0)).verdict == trend::Verdict::no_change);
  CHECK(trend::difference(point(0, 0.5), point(-0.98, 0)).high == 0);
  CHECK(trend::difference(point(0, 0.5), point(-0.98, 0)).verdict == trend::Verdict::no_change);
  CHECK(trend::difference(point(0, 0.5), point(0.99, 0)).verdict == trend::Verdict::maybe);
}
