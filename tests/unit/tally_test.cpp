// SPDX-License-Identifier: MIT
#include "attune/tally.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "log_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

const Questionnaire& log_form() {
  static const Questionnaire questionnaire = log_questionnaire();
  return questionnaire;
}

Instant at(std::string_view text) { return parse_rfc3339(text).value(); }

}  // namespace

TEST_CASE("a frequency counts the days from the first to the last entry, both included") {
  // 1 to 30 March are 30 days: 4 entries in them are 4 in 30 days.
  const std::vector<trend::Entry> month = {logged("2026-03-30", {}), logged("2026-03-01", {}),
                                           logged("2026-03-10", {}), logged("2026-03-10", {})};
  const auto frequency = trend::tally_frequency(month);
  REQUIRE(frequency.has_value());
  CHECK(frequency->days == 30);
  CHECK(frequency->per_30_days == 4.0);
  CHECK(render_local_date(frequency->first) == "2026-03-01");
  CHECK(render_local_date(frequency->last) == "2026-03-30");
  // 1 March to 14 April are 45 days: 3 × 30 / 45 = 2.
  const std::vector<trend::Entry> longer = {logged("2026-03-01", {}), logged("2026-03-02", {}),
                                            logged("2026-04-14", {})};
  CHECK(trend::tally_frequency(longer)->per_30_days == 2.0);
}

TEST_CASE("below 30 days there is no frequency, and without entries nothing") {
  const std::vector<trend::Entry> entries = {logged("2026-03-01", {}), logged("2026-03-29", {})};
  CHECK(trend::tally_frequency(entries)->days == 29);
  CHECK_FALSE(trend::tally_frequency(entries)->per_30_days.has_value());
  CHECK_FALSE(trend::tally_frequency({}).has_value());
}

TEST_CASE("days of a frequency are those of the person's own clock") {
  // 23:30 on the 1st in Lisbon and 00:30 on the 3rd in Paris: three days, though 24 hours apart.
  const std::vector<trend::Entry> entries = {logged("2026-03-01T23:30:00+00:00", {}),
                                             logged("2026-03-03T00:30:00+01:00", {})};
  CHECK(trend::tally_frequency(entries)->days == 3);
  // A flight to the west: the later entry has the earlier date.
  const std::vector<trend::Entry> flight = {logged("2026-03-02T01:00:00+09:00", {}),
                                            logged("2026-03-01T09:00:00-08:00", {})};
  CHECK(trend::tally_frequency(flight)->days == 1);
  // One moment, kept twice on two clocks: the earlier in the log is the first.
  const std::vector<trend::Entry> at_once = {logged("2026-03-01T23:30:00+00:00", {}),
                                             logged("2026-03-02T00:30:00+01:00", {})};
  CHECK(trend::tally_frequency(at_once)->days == 2);
}

TEST_CASE("choices are counted over the entries that answered") {
  const std::vector<trend::Entry> entries = {logged("2026-03-01", {"came", "", "", "calm+sad"}),
                                             logged("2026-03-02", {"s", "", "", "sad"}),
                                             logged("2026-03-03", {"", "", "", "s"}),
                                             logged("2026-03-04", {"moved"})};
  const trend::ChoiceTally session = trend::tally_choices(log_form(), 0, entries);
  CHECK(session.answered == 2);
  CHECK(session.counts == std::vector<std::size_t>{1, 0, 1});
  const trend::ChoiceTally moods = trend::tally_choices(log_form(), 3, entries);
  CHECK(moods.answered == 2);
  CHECK(moods.counts == std::vector<std::size_t>{1, 0, 2});
}

TEST_CASE("a choice that the definition no longer has is not counted") {
  std::vector<trend::Entry> entries = {logged("2026-03-01", {"came"})};
  entries[0].responses.answers[0] = ChosenIds{"gone"};
  CHECK(trend::tally_choices(log_form(), 0, entries).answered == 0);
  CHECK(tally_rate(log_form(), log_form().rates[0], entries).all == trend::RateTally{0, 0});
}

TEST_CASE("numbers have a mean and a range over the entries that answered") {
  const std::vector<trend::Entry> entries = {logged("2026-03-01", {"came", "50", "6"}),
                                             logged("2026-03-02", {"came", "s", "3"}),
                                             logged("2026-03-03", {"came", "20", "s"})};
  const auto minutes = trend::tally_numbers(1, entries);
  REQUIRE(minutes.has_value());
  CHECK(minutes->answered == 2);
  CHECK(minutes->mean == 35);
  CHECK(minutes->min == 20);
  CHECK(minutes->max == 50);
  CHECK(trend::tally_numbers(2, entries)->mean == 4.5);
  CHECK_FALSE(
      trend::tally_numbers(1, std::vector<trend::Entry>{logged("2026-03-01", {})}).has_value());
}

TEST_CASE("the range of numbers does not depend on their order, nor on their sign") {
  for (const double sign : {1.0, -1.0}) {
    std::vector<trend::Entry> entries(3, logged("2026-03-01", {}));
    for (const auto& order :
         {std::array{20, 50, 30}, std::array{50, 30, 20}, std::array{30, 20, 50}}) {
      for (std::size_t i = 0; i < 3; ++i) entries[i].responses.answers[1] = sign * order[i];
      CHECK(trend::tally_numbers(1, entries)->min == std::min(sign * 20, sign * 50));
      CHECK(trend::tally_numbers(1, entries)->max == std::max(sign * 20, sign * 50));
    }
  }
}

TEST_CASE("a day has four parts, and noon to the microsecond is a day without a time") {
  constexpr trend::TimeTally night{1, 0, 0, 0, 0};
  constexpr trend::TimeTally morning{0, 1, 0, 0, 0};
  constexpr trend::TimeTally afternoon{0, 0, 1, 0, 0};
  constexpr trend::TimeTally evening{0, 0, 0, 1, 0};
  constexpr trend::TimeTally unknown{0, 0, 0, 0, 1};
  const auto part_of = [](std::string_view moment) {
    return trend::tally_times(std::vector{trend::Entry{at(moment), {}}});
  };
  CHECK(part_of("2026-03-01T00:00:00Z") == night);
  CHECK(part_of("2026-03-01T05:59:59Z") == night);
  CHECK(part_of("2026-03-01T06:00:00Z") == morning);
  CHECK(part_of("2026-03-01T11:59:59.999999Z") == morning);
  CHECK(part_of("2026-03-01T12:00:00Z") == unknown);
  CHECK(part_of("2026-03-01T12:00:00.000001Z") == afternoon);
  CHECK(part_of("2026-03-01T18:00:00Z") == evening);
  CHECK(part_of("2026-03-01T23:59:59Z") == evening);
  CHECK(part_of("1969-12-31T23:59:59Z") == evening);
  // The offset of the entry decides, not UTC.
  CHECK(part_of("2026-03-01T20:00:00+05:30") == evening);
  CHECK(part_of("2026-03-01T12:00:00+05:30") == unknown);
}

TEST_CASE("entries are counted by part of the day") {
  const std::vector<trend::Entry> entries = {
      logged("2026-11-23T08:00:00Z", {}), logged("2026-11-23T09:00:00Z", {}),
      logged("2026-11-29T21:00:00+01:00", {}), logged("2026-11-29", {})};
  CHECK(trend::tally_times(entries) == trend::TimeTally{0, 2, 0, 1, 1});
}
