// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/tally.hpp"

#include "log_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

const Questionnaire& log_form() {
  static const Questionnaire questionnaire = log_questionnaire();
  return questionnaire;
}

const Rate& kept() { return log_form().rates[0]; }

}  // namespace

TEST_CASE("a rate counts a part of its whole and leaves the rest out") {
  const std::vector<trend::Entry> entries = {
      logged("2026-03-01", {"came"}),   logged("2026-03-02", {"came"}),
      logged("2026-03-03", {"missed"}), logged("2026-03-04", {"moved"}),
      logged("2026-03-05", {"s"}),      logged("2026-03-06", {})};
  const trend::RateTally tally = trend::tally_rate_trend(log_form(), kept(), entries).all;
  CHECK(tally == trend::RateTally{2, 3});
  CHECK(*tally.share() == doctest::Approx(2.0 / 3));
  CHECK_FALSE(trend::RateTally{}.share().has_value());
}

TEST_CASE("where several may be chosen, one is enough for a rate") {
  Rate low_moods = kept();
  low_moods.item = 3;
  low_moods.counts = {1};
  low_moods.of = {1, 2};
  const std::vector<trend::Entry> entries = {logged("2026-03-01", {"", "", "", "calm+tired+sad"}),
                                             logged("2026-03-01", {"", "", "", "calm+sad"}),
                                             logged("2026-03-01", {"", "", "", "calm"})};
  CHECK(tally_rate_trend(log_form(), low_moods, entries).all == trend::RateTally{1, 2});
}

TEST_CASE("score intervals of single shares agree with published ones") {
  // Newcombe (1998), Statistics in Medicine 17, 857-872, Table I, score method.
  struct Example {
    trend::RateTally tally;
    double low, high;
  };
  for (const Example& each :
       {Example{{81, 263}, 0.2553, 0.3662}, Example{{15, 148}, 0.0624, 0.1605},
        Example{{0, 20}, 0, 0.1611}, Example{{1, 29}, 0.0061, 0.1718}}) {
    const trend::ShareInterval interval = trend::wilson_interval(each.tally);
    CHECK(interval.low == doctest::Approx(each.low).epsilon(0.00005).scale(1));
    CHECK(interval.high == doctest::Approx(each.high).epsilon(0.00005).scale(1));
  }
  CHECK(trend::wilson_interval({0, 20}).low == 0);
  CHECK(trend::wilson_interval({20, 20}).high == 1);
}

TEST_CASE("the interval of a share lies within 0 and 1, whatever rounding adds") {
  for (std::size_t whole = 1; whole <= 200; ++whole) {
    for (std::size_t counted = 0; counted <= whole; ++counted) {
      const trend::ShareInterval interval = trend::wilson_interval({counted, whole});
      const double share = static_cast<double>(counted) / static_cast<double>(whole);
      CHECK((interval.low >= 0 && interval.low <= share + 1e-12));
      CHECK((interval.high >= share - 1e-12 && interval.high <= 1));
    }
  }
}

TEST_CASE("intervals of differences agree with published ones") {
  // Newcombe (1998), Statistics in Medicine 17, 873-890, Table II, method 10.
  struct Example {
    trend::RateTally later, earlier;
    double difference, low, high;
  };
  for (const Example& each :
       {Example{{56, 70}, {48, 80}, 0.2, 0.0524, 0.3339},
        Example{{9, 10}, {3, 10}, 0.6, 0.1705, 0.8090},
        Example{{5, 56}, {0, 29}, 0.0893, -0.0381, 0.1926},
        Example{{0, 10}, {0, 20}, 0, -0.1611, 0.2775}, Example{{10, 10}, {0, 20}, 1, 0.6791, 1}}) {
    const trend::ShareDifference found = trend::share_difference(each.earlier, each.later);
    CHECK(found.difference == doctest::Approx(each.difference).epsilon(0.00005).scale(1));
    CHECK(found.low == doctest::Approx(each.low).epsilon(0.00005).scale(1));
    CHECK(found.high == doctest::Approx(each.high).epsilon(0.00005).scale(1));
    const trend::ShareDifference reversed = trend::share_difference(each.later, each.earlier);
    CHECK(reversed.low == doctest::Approx(-found.high));
    CHECK(reversed.high == doctest::Approx(-found.low));
  }
}

TEST_CASE("a difference of shares is a maybe when its interval leaves 0 out, and never more") {
  CHECK(trend::share_difference({48, 80}, {56, 70}).verdict == trend::Verdict::maybe);
  CHECK(trend::share_difference({56, 70}, {48, 80}).verdict == trend::Verdict::maybe);
  CHECK(trend::share_difference({0, 20}, {10, 10}).verdict == trend::Verdict::maybe);
  CHECK(trend::share_difference({0, 29}, {5, 56}).verdict == trend::Verdict::no_change);
}

TEST_CASE("a rate since the start compares its first and last 90 days") {
  // From 1 January on: day 90 is 31 March. Up to 30 June: the last 90 days begin on 2 April.
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2026-01-01", 1, "missed");
  add_sessions(entries, "2026-03-31", 5, "missed");
  add_sessions(entries, "2026-04-01", 4, "came");  // between the two
  add_sessions(entries, "2026-04-02", 5, "came");
  add_sessions(entries, "2026-06-30", 1, "came");
  add_sessions(entries, "2026-12-31", 3, "moved");  // not in the whole: moves no window
  const trend::RateTrend trend = trend::tally_rate_trend(log_form(), kept(), entries);
  CHECK(trend.all == trend::RateTally{10, 16});
  CHECK(trend.first == trend::RateTally{0, 6});
  CHECK(trend.last == trend::RateTally{6, 6});
  CHECK(render_local_date(*trend.first_at) == "2026-01-01");
  CHECK(render_local_date(*trend.last_at) == "2026-06-30");
  CHECK_FALSE(trend.windows_overlap);
  REQUIRE(trend.change.has_value());
  CHECK(trend.change->difference == 1);
  CHECK(trend.change->verdict == trend::Verdict::maybe);
}

TEST_CASE("a rate has no change while its windows overlap or hold fewer than six") {
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2026-01-01", 6, "missed");
  add_sessions(entries, "2026-06-28", 6, "came");  // day 179: both windows have day 90
  CHECK(trend::tally_rate_trend(log_form(), kept(), entries).windows_overlap);
  CHECK_FALSE(trend::tally_rate_trend(log_form(), kept(), entries).change.has_value());
  entries.resize(6);
  add_sessions(entries, "2026-06-29", 6, "came");  // day 180
  CHECK(trend::tally_rate_trend(log_form(), kept(), entries).change.has_value());
  entries.pop_back();
  const trend::RateTrend fewer = trend::tally_rate_trend(log_form(), kept(), entries);
  CHECK_FALSE(fewer.windows_overlap);
  CHECK(fewer.last == trend::RateTally{5, 5});
  CHECK_FALSE(fewer.change.has_value());
  CHECK_FALSE(trend::tally_rate_trend(log_form(), kept(), {}).first_at.has_value());
}

TEST_CASE("a rate over time goes by months, with the empty ones") {
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2026-02-01", 2, "came");
  add_sessions(entries, "2025-11-30", 1, "missed");
  add_sessions(entries, "2025-10-15", 1, "moved");
  const trend::RatePeriods periods = trend::tally_rate_periods(log_form(), kept(), entries);
  CHECK(periods.length == trend::PeriodLength::month);
  REQUIRE(periods.periods.size() == 4);
  CHECK(periods.periods[0].year == 2025);
  CHECK(periods.periods[0].part == 11);
  CHECK(periods.periods[0].tally == trend::RateTally{0, 1});
  CHECK(periods.periods[1].part == 12);
  CHECK(periods.periods[1].tally == trend::RateTally{0, 0});
  CHECK(periods.periods[3].year == 2026);
  CHECK(periods.periods[3].part == 2);
  CHECK(periods.periods[3].tally == trend::RateTally{2, 2});
  const std::vector<trend::RatePeriod> months =
      trend::tally_rate_months(log_form(), kept(), entries);
  REQUIRE(months.size() == 2);
  CHECK(months[1].year == 2026);
  CHECK(months[1].tally == trend::RateTally{2, 2});
}

TEST_CASE("a longer time goes by quarters, a very long one by the last twelve years") {
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2024-01-31", 1, "came");
  add_sessions(entries, "2024-12-31", 1, "came");
  CHECK(trend::tally_rate_periods(log_form(), kept(), entries).length ==
        trend::PeriodLength::month);
  add_sessions(entries, "2025-01-01", 3, "came");
  const trend::RatePeriods quarters = trend::tally_rate_periods(log_form(), kept(), entries);
  CHECK(quarters.length == trend::PeriodLength::quarter);
  REQUIRE(quarters.periods.size() == 5);
  CHECK(quarters.periods[3].part == 4);
  CHECK(quarters.periods[3].tally == trend::RateTally{1, 1});
  CHECK(quarters.periods[4].year == 2025);
  CHECK(quarters.periods[4].part == 1);
  CHECK(quarters.periods[4].tally == trend::RateTally{3, 3});
  add_sessions(entries, "2038-06-01", 1, "missed");
  const trend::RatePeriods years = trend::tally_rate_periods(log_form(), kept(), entries);
  CHECK(years.length == trend::PeriodLength::year);
  REQUIRE(years.periods.size() == 12);
  CHECK(years.periods[0].year == 2027);
  CHECK(years.periods[11].year == 2038);
  CHECK(years.periods[11].tally == trend::RateTally{0, 1});
  CHECK(trend::tally_rate_periods(log_form(), kept(), {}).periods.empty());
}
