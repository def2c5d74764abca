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
  const trend::RateTally tally = trend::tally_rate(log_form(), kept(), entries).all;
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
  CHECK(tally_rate(log_form(), low_moods, entries).all == trend::RateTally{1, 2});
}

TEST_CASE("a rate is counted in all, and over the last 90 days") {
  // Up to 30 June: the last 90 days begin on 2 April.
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2026-01-01", 1, "missed");
  add_sessions(entries, "2026-04-01", 4, "came");
  add_sessions(entries, "2026-04-02", 5, "came");
  add_sessions(entries, "2026-06-30", 1, "missed");
  add_sessions(entries, "2026-12-31", 3, "moved");  // not in the whole
  const trend::RateCounts counts = trend::tally_rate(log_form(), kept(), entries);
  CHECK(counts.all == trend::RateTally{9, 11});
  CHECK(counts.recent == trend::RateTally{5, 6});
  CHECK(render_local_date(*counts.first_at) == "2026-01-01");
  CHECK(render_local_date(*counts.last_at) == "2026-06-30");
  CHECK_FALSE(trend::tally_rate(log_form(), kept(), {}).first_at.has_value());
}

TEST_CASE("a rate over time goes by months, with the empty ones") {
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2026-02-01", 2, "came");
  add_sessions(entries, "2025-11-30", 1, "missed");
  add_sessions(entries, "2025-10-15", 1, "moved");
  const std::vector<trend::RateMonth> months =
      trend::tally_rate_months(log_form(), kept(), entries);
  REQUIRE(months.size() == 4);
  CHECK(months[0].year == 2025);
  CHECK(months[0].month == 11);
  CHECK(months[0].tally == trend::RateTally{0, 1});
  CHECK(months[1].month == 12);
  CHECK(months[1].tally == trend::RateTally{0, 0});
  CHECK(months[2].month == 1);
  CHECK(months[3].year == 2026);
  CHECK(months[3].month == 2);
  CHECK(months[3].tally == trend::RateTally{2, 2});
  CHECK(trend::tally_rate_months(log_form(), kept(), {}).empty());
}
