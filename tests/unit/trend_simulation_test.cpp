// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <doctest/doctest.h>
#include <numbers>
#include <span>
#include <vector>

#include "attune/trend.hpp"

#include "series_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr std::size_t check_ins = 13;  // a year of months
constexpr int series_count = 2000;
constexpr double item_sd = 0.9;
constexpr double daily_sd = 0.3;

// Normal numbers that are the same on every machine: SplitMix64 (Steele et al. 2014) and the
// transformation of Box & Muller (1958).
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : state_(seed) {}

  double normal() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  // In (0, 1].
  double uniform() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    z ^= z >> 31U;
    return static_cast<double>((z >> 11U) + 1) * 0x1p-53;
  }

  std::uint64_t state_;
};

// A person whose true level moves once, by `shift`, after the first `steady` check-ins; the two
// levels lie evenly around the middle of the scale.
struct Person {
  std::size_t items = 16;
  double shift = 0;
  std::size_t steady = 0;
};

std::vector<trend::SeriesPoint> year_of(const Person& person, Noise& noise) {
  std::vector<trend::SeriesPoint> points;
  for (std::size_t i = 0; i < check_ins; ++i) {
    const double level = 4 + (i < person.steady ? -0.5 : 0.5) * person.shift;
    const double today = level + daily_sd * noise.normal();
    std::vector<double> answers(person.items);
    for (double& answer : answers) {
      answer = std::clamp(std::round(today + item_sd * noise.normal()), 1.0, 7.0);
    }
    points.push_back(answered(answers));
  }
  return points;
}

bool is_changed_after(std::span<const trend::SeriesPoint> points) {
  return trend::trend_of(points, {1, 7}).since_first->verdict == trend::Verdict::changed;
}

bool is_ever_changed(std::span<const trend::SeriesPoint> points) {
  for (std::size_t n = 2; n <= points.size(); ++n) {
    if (is_changed_after(points.first(n))) return true;
  }
  return false;
}

template <typename Test>
double percent(const Person& person, Test test) {
  Noise noise(20260105 + person.items);
  int count = 0;
  for (int i = 0; i < series_count; ++i) count += test(year_of(person, noise)) ? 1 : 0;
  return 100.0 * count / series_count;
}

}  // namespace

TEST_CASE("a year without change is almost never called changed") {
  for (const std::size_t items : {6U, 16U, 20U}) {
    const double false_alarms = percent({.items = items}, is_ever_changed);
    MESSAGE(items, " items, no change: called changed at least once in ", false_alarms, " %");
    CHECK(false_alarms <= 4);
    // A rule that never says so would be of no use; nor would this test of it.
    CHECK(false_alarms > 0);
  }
}

TEST_CASE("a lasting shift of 1.5 points is mostly called changed at the end of a year") {
  for (const std::size_t items : {6U, 16U, 20U}) {
    for (const std::size_t steady : {3U, 7U, 10U}) {
      const Person person{.items = items, .shift = 1.5, .steady = steady};
      const double found = percent(person, is_changed_after);
      MESSAGE(items, " items, shift after ", steady, " check-ins: changed at the end in ", found,
              " %");
      CHECK(found >= (items < 16 ? 65 : 88));
    }
  }
}
