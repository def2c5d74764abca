// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>

#include "app/check_ins.hpp"
#include "app/options.hpp"
#include "thrown_error.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

bool due_at(std::string_view last, std::string_view now, int days) {
  const Instant at = *parse_rfc3339(now);
  return days_since_epoch(app::due_from(parse_rfc3339(last), at, days)) <=
         days_since_epoch(local_date(at));
}

}  // namespace

TEST_CASE("a check-in is due by calendar days, not by hours") {
  CHECK_FALSE(due_at("2026-11-01T23:59:00Z", "2026-11-28T23:58:00Z", 28));
  CHECK(due_at("2026-11-01T23:59:00Z", "2026-11-29T00:01:00Z", 28));
  CHECK(due_at("2026-11-01T23:59:00Z", "2026-11-02T00:01:00Z", 1));
  CHECK_FALSE(due_at("2026-11-01T00:01:00Z", "2026-11-01T23:59:00Z", 1));
}

TEST_CASE("each day is that of the place where it was lived") {
  // The first is the evening of the 1st, in UTC already the 2nd; the second the morning of the 3rd,
  // in UTC still the 2nd.
  CHECK(due_at("2026-11-01T21:00:00-05:00", "2026-11-03T06:00:00+09:00", 2));
  CHECK_FALSE(due_at("2026-11-01T21:00:00-05:00", "2026-11-03T06:00:00+09:00", 3));
  // Summer time ended on 2026-10-25 in Europe: 28 days are 28 days.
  CHECK(due_at("2026-10-04T09:00:00+02:00", "2026-11-01T08:59:00+01:00", 28));
}

TEST_CASE("a record from the future counts as today") {
  CHECK_FALSE(due_at("2027-01-01T00:00:00Z", "2026-11-01T00:00:00Z", 1));
  CHECK_FALSE(due_at("2026-11-02T08:00:00+09:00", "2026-11-01T20:00:00-05:00", 1));
}

TEST_CASE("the first check-in is due") {
  CHECK(app::due_from({}, *parse_rfc3339("2026-11-01T00:00:00Z"), 3650) == Date{2026, 11, 1});
}

TEST_CASE("a period is days or weeks") {
  struct Row {
    const char* text;
    int days;
  };
  for (const Row& row :
       {Row{"1d", 1}, {"28d", 28}, {"1w", 7}, {"4w", 28}, {"3650d", 3650}, {"521w", 3647}}) {
    CAPTURE(row.text);
    CHECK(app::parse_period(row.text) == row.days);
  }
  for (const char* text :
       {"", "d", "28", "0d", "0w", "-1d", "3651d", "522w", "1.5w", "4 w", "4w ", " 4w", "28D", "1m",
        "4ww", "w4", "99999999999999999999d", "9223372036854775807w", "+4w"}) {
    CAPTURE(text);
    const auto error = thrown_error([&] { return app::parse_period(text); });
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::usage);
    CHECK(error->place == "--every");
    REQUIRE(error->advice.size() == 1);
  }
  const auto error = thrown_error([] { return app::parse_period("\x1b[31m"); });
  CHECK(error->message == "'\\x1B[31m' is not a period");
}
