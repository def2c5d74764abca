// SPDX-License-Identifier: MIT
#include "attune/date.hpp"

#include <doctest/doctest.h>

using namespace attune;  // NOLINT: a test file

TEST_CASE("calendar days convert both ways") {
  // Known day numbers: the epoch, a leap day, the last day of a leap century, and a day before
  // 1970.
  CHECK(days_since_epoch({1970, 1, 1}) == 0);
  CHECK(days_since_epoch({2000, 2, 29}) == 11016);
  CHECK(days_since_epoch({2026, 11, 24}) == 20781);
  CHECK(days_since_epoch({1969, 12, 31}) == -1);
  for (std::int64_t day = -800'000; day < 2'900'000; day += 997) {
    CHECK(days_since_epoch(date_of_days(day)) == day);
  }
}

TEST_CASE("RFC 3339 times are read with their offset and written back the same") {
  const auto at = parse_rfc3339("2026-11-24T09:14:00+01:00");
  REQUIRE(at.has_value());
  CHECK(at->microseconds == 1'795'508'040'000'000);  // date -u -d '2026-11-24 08:14' +%s
  CHECK(at->offset_minutes == 60);
  CHECK(render_local_date(*at) == "2026-11-24");
  CHECK(render_local_time(*at) == "09:14");
  for (const char* text : {"2026-11-24T09:14:00+01:00", "1969-12-31T23:59:59.000001-11:30",
                           "2000-02-29T00:00:00Z", "0001-01-01T00:00:00Z"}) {
    CAPTURE(text);
    REQUIRE(parse_rfc3339(text).has_value());
    CHECK(render_rfc3339(*parse_rfc3339(text)) == text);
  }
}

TEST_CASE("the local day is the day at the offset, not in UTC") {
  CHECK(render_local_date(*parse_rfc3339("2026-01-01T00:30:00+02:00")) == "2026-01-01");
  CHECK(render_local_date(*parse_rfc3339("2025-12-31T23:30:00-05:00")) == "2025-12-31");
}

TEST_CASE("what is not an RFC 3339 time is refused") {
  for (const char* text :
       {"", "2026-11-24", "2026-11-24T09:14", "2026-11-24T09:14:00", "2026-11-24 09:14:00Z",
        "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-24T24:00:00Z",
        "2026-11-24T09:60:00Z", "2026-11-24T09:14:00+24:00", "2026-11-24T09:14:00+01:00x",
        "2026-11-24T09:14:00.Z", "-026-11-24T09:14:00Z", "9999-12-31T23:59:60Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text).has_value());
  }
}

TEST_CASE("dates are read only when they exist") {
  CHECK(parse_date("2024-02-29") == Date{2024, 2, 29});
  for (const char* text : {"2023-02-29", "2024-00-01", "2024-1-1", "24-01-01", "2024-01-01x", ""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
}
