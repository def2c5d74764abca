// SPDX-License-Identifier: MIT
// How often the rule for change errs, and what it finds, in made-up years. The figures it is held
// against come from a simulation of its own in another language, 2,000 years each (daily with a
// shift fewer); both have their sampling error. `./dev test` runs a few of the years, `./dev soak`
// all.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <doctest/doctest.h>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "attune/trend.hpp"

#include "long_run.hpp"
#include "series_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr double days_of_a_year = 365;
constexpr double day_of_the_shift = 180;
constexpr double item_sd = 0.9;   // from one answer to the next
constexpr double trait_sd = 0.9;  // of one statement from the others
constexpr double years_of_the_figures = 2000;

// Normal numbers that are the same on every machine: SplitMix64 (Steele et al. 2014) and the
// transformation of Box & Muller (1958).
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : state_(seed) {}

  double normal() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

  // In (0, 1].
  double uniform() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    z ^= z >> 31U;
    return static_cast<double>((z >> 11U) + 1) * 0x1p-53;
  }

 private:
  std::uint64_t state_;
};

enum class Schedule { monthly, fortnightly, weekly, irregular, daily };

// Days of the check-ins of a year. Irregular ones are 26 with log-normal gaps: bursts, and breaks
// of weeks.
std::vector<double> days_of(Schedule schedule, Noise& noise) {
  constexpr double sd_of_log_gaps = 1.1;
  const double gap = schedule == Schedule::monthly       ? days_of_a_year / 12
                     : schedule == Schedule::fortnightly ? 14
                     : schedule == Schedule::weekly      ? 7
                                                         : 1;
  std::vector<double> days;
  if (schedule != Schedule::irregular) {
    const std::size_t count = schedule == Schedule::monthly       ? 13
                              : schedule == Schedule::fortnightly ? 26
                              : schedule == Schedule::weekly      ? 52
                                                                  : 365;
    for (std::size_t i = 0; i < count; ++i) days.push_back(gap * static_cast<double>(i));
    return days;
  }
  days.push_back(0);
  for (int i = 1; i < 26; ++i)
    days.push_back(days.back() + std::exp(sd_of_log_gaps * noise.normal()));
  const double last = days.back();
  for (double& day : days) day *= (days_of_a_year - 1) / last;
  return days;
}

// Years that are alike: a state with an SD that fades with a time constant in days (0: every day is
// new), a shift on day 180, and how many of 100 are called changed: at the end where the shift
// lasts, else at any look.
struct Years {
  Schedule schedule = Schedule::monthly;
  std::size_t items = 6;
  double daily_sd = 0.3;
  double time_constant = 0;
  double shift = 0;
  double percent = 0;
  double days_of_shift = days_of_a_year;

  [[nodiscard]] bool has_lasting_shift() const {
    return shift > 0 && day_of_the_shift + days_of_shift >= days_of_a_year;
  }
};

std::vector<trend::SeriesPoint> year_of(const Years& years, Noise& noise) {
  const double base = 2.5 + 3 * noise.uniform();
  std::vector<double> traits(years.items);
  for (double& trait : traits) trait = trait_sd * noise.normal();
  std::vector<trend::SeriesPoint> points;
  std::vector<int> days;
  double state = noise.normal();
  double day_before = 0;
  for (const double day : days_of(years.schedule, noise)) {
    const double kept =
        years.time_constant > 0 ? std::exp((day_before - day) / years.time_constant) : 0;
    if (day > 0) state = kept * state + std::sqrt(1 - kept * kept) * noise.normal();
    day_before = day;
    const bool is_shifted = day >= day_of_the_shift && day < day_of_the_shift + years.days_of_shift;
    const double level = base + years.daily_sd * state + (is_shifted ? years.shift : 0);
    std::vector<double> answers(years.items);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      answers[i] = std::clamp(std::round(level + traits[i] + item_sd * noise.normal()), 1.0, 7.0);
    }
    points.push_back(answered(answers));
    days.push_back(static_cast<int>(day));
  }
  return on_days(std::move(points), days);
}

bool is_changed(std::span<const trend::SeriesPoint> points) {
  return trend::trend_of(points, {1, 7}).since_first->verdict == trend::Verdict::changed;
}

bool is_ever_changed(std::span<const trend::SeriesPoint> points) {
  for (std::size_t n = trend::fewest_of_a_series; n <= points.size(); ++n) {
    if (is_changed(points.first(n))) return true;
  }
  return false;
}

// Within 3.5 standard errors of the difference of two such simulations, and half a point.
void check_years(const Years& years, int count) {
  Noise noise(20260105 + years.items);
  int changed = 0;
  for (int i = 0; i < count; ++i) {
    const auto year = year_of(years, noise);
    changed += (years.has_lasting_shift() ? is_changed(year) : is_ever_changed(year)) ? 1 : 0;
  }
  const double seen = 100.0 * changed / count;
  const double share = years.percent / 100;
  const double se = 100 * std::sqrt(share * (1 - share) * (1.0 / count + 1 / years_of_the_figures));
  const bool is_close = std::abs(seen - years.percent) <= 3.5 * se + 0.5;
  if (is_close && !is_long_run()) return;
  MESSAGE("schedule ", static_cast<int>(years.schedule), ", ", years.items, " items, day ",
          years.daily_sd, "/", years.time_constant, ", shift ", years.shift, ": ", seen, " %, not ",
          years.percent);
  CHECK(is_close);
}

}  // namespace

TEST_CASE("an unchanged year is hardly ever called changed, even with spells of a month") {
  using enum Schedule;
  check_years({monthly, 6, 0.3, 0, 0, 0.1}, 1000);
  check_years({monthly, 6, 0.6, 30, 0, 3.9}, 1000);
  check_years({weekly, 6, 0.6, 30, 0, 4.1}, 300);
  check_years({weekly, 20, 0.3, 7, 0, 0}, 200);
}

TEST_CASE("a lasting shift is found by the end of a year") {
  using enum Schedule;
  check_years({monthly, 6, 0.3, 0, 1.5, 80}, 400);
  check_years({monthly, 16, 0.3, 0, 1.5, 95}, 400);
  check_years({monthly, 16, 0.3, 0, 1.0, 50}, 400);
  check_years({weekly, 6, 0.3, 0, 1.0, 70}, 400);
  check_years({weekly, 16, 0.3, 0, 1.5, 100}, 400);
}

TEST_CASE("the table of false alarms" * doctest::skip(!is_long_run())) {
  using enum Schedule;
  const std::vector<Years> table = {
      {monthly, 6, 0.2, 0, 0, 0.1},       {monthly, 6, 0.3, 7, 0, 0.1},
      {monthly, 6, 0.45, 30, 0, 2.1},     {monthly, 6, 0.6, 0, 0, 0.4},
      {monthly, 6, 0.6, 14, 0, 1.2},      {monthly, 6, 0.6, 30, 0, 3.9},
      {monthly, 16, 0.3, 30, 0, 0.4},     {monthly, 16, 0.45, 30, 0, 1.9},
      {monthly, 16, 0.6, 14, 0, 1.1},     {monthly, 16, 0.6, 30, 0, 3.9},
      {monthly, 20, 0.45, 30, 0, 2.0},    {monthly, 20, 0.6, 30, 0, 3.8},
      {fortnightly, 6, 0.3, 7, 0, 0},     {fortnightly, 6, 0.45, 30, 0, 1.9},
      {fortnightly, 6, 0.6, 14, 0, 1.2},  {fortnightly, 6, 0.6, 30, 0, 4.6},
      {fortnightly, 20, 0.6, 14, 0, 0.7}, {fortnightly, 20, 0.6, 30, 0, 4.3},
      {weekly, 6, 0.3, 0, 0, 0},          {weekly, 6, 0.3, 30, 0, 0.4},
      {weekly, 6, 0.45, 30, 0, 1.8},      {weekly, 6, 0.6, 14, 0, 1.0},
      {weekly, 6, 0.6, 30, 0, 4.1},       {weekly, 20, 0.45, 30, 0, 1.2},
      {weekly, 20, 0.6, 14, 0, 0.8},      {weekly, 20, 0.6, 30, 0, 4.0},
      {irregular, 6, 0.3, 0, 0, 0.1},     {irregular, 6, 0.6, 14, 0, 1.2},
      {irregular, 6, 0.6, 30, 0, 3.2},    {irregular, 20, 0.6, 30, 0, 2.6},
      {daily, 6, 0.3, 7, 0, 0},           {daily, 6, 0.45, 30, 0, 1.7},
      {daily, 6, 0.6, 14, 0, 0.9},        {daily, 6, 0.6, 30, 0, 3.7},
  };
  for (const Years& years : table) check_years(years, years.schedule == daily ? 1000 : 4000);
}

TEST_CASE("the table of shifts that are found" * doctest::skip(!is_long_run())) {
  using enum Schedule;
  const std::vector<Years> table = {
      {monthly, 6, 0.3, 0, 1.0, 34},      {monthly, 6, 0.3, 7, 1.5, 81},
      {monthly, 6, 0.45, 7, 1.5, 62},     {monthly, 16, 0.3, 7, 1.0, 47},
      {monthly, 16, 0.3, 30, 1.5, 94},    {monthly, 20, 0.3, 0, 1.0, 52},
      {monthly, 20, 0.3, 0, 1.5, 97},     {monthly, 20, 0.45, 7, 1.5, 74},
      {fortnightly, 6, 0.3, 0, 1.0, 43},  {fortnightly, 6, 0.3, 0, 1.5, 94},
      {fortnightly, 16, 0.3, 7, 1.0, 56}, {fortnightly, 16, 0.45, 7, 1.5, 86},
      {weekly, 6, 0.3, 7, 1.0, 60},       {weekly, 6, 0.3, 0, 1.5, 99},
      {weekly, 16, 0.3, 0, 1.0, 85},      {weekly, 16, 0.45, 7, 1.0, 42},
      {weekly, 20, 0.3, 30, 1.0, 60},     {weekly, 20, 0.3, 0, 1.5, 100},
      {irregular, 6, 0.3, 0, 1.5, 71},    {irregular, 16, 0.3, 0, 1.0, 39},
      {irregular, 16, 0.3, 7, 1.5, 80},   {daily, 6, 0.3, 0, 1.0, 98},
      {daily, 6, 0.3, 7, 1.0, 79},        {daily, 6, 0.45, 7, 1.5, 96},
  };
  for (const Years& years : table) check_years(years, years.schedule == daily ? 1000 : 4000);
}

// The figures of attune-trend(1), which are this simulation's own, 4,000 years each.
TEST_CASE("the table of the manual" * doctest::skip(!is_long_run())) {
  using enum Schedule;
  const auto check_row = [](const Years& kind, std::span<const double> percents) {
    std::size_t column = 0;
    for (const Schedule schedule : {monthly, weekly}) {
      for (const std::size_t items : {6U, 16U, 20U}) {
        Years years = kind;
        years.schedule = schedule;
        years.items = items;
        years.percent = percents[column++];
        check_years(years, 4000);
      }
    }
  };
  check_row({.daily_sd = 0.3}, std::vector<double>{0.2, 0, 0, 0, 0, 0});
  check_row({.daily_sd = 0.6, .time_constant = 30},
            std::vector<double>{3.8, 4.2, 3.2, 4.3, 3.4, 4.1});
  check_row({.daily_sd = 0.3, .shift = 1.5, .days_of_shift = 28},
            std::vector<double>{0.2, 0.1, 0, 0, 0, 0});
  check_row({.daily_sd = 0.3, .shift = 1.0}, std::vector<double>{34, 50, 53, 71, 85, 86});
  check_row({.daily_sd = 0.3, .shift = 1.5}, std::vector<double>{80, 96, 96, 99, 100, 100});
}
