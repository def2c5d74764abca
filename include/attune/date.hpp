// SPDX-License-Identifier: MIT
#pragma once

/// Instants with the offset they were lived in. Not a clock: the current time is handed in.
///
///     Instant at = *parse_rfc3339("2026-11-24T09:14:00+01:00");  render_local_date(at) →
///     "2026-11-24"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace attune {

/// A moment: microseconds since 1970-01-01T00:00:00Z, and the local offset from UTC in minutes
/// (-1440 < offset < 1440) that was in force for the person.
struct Instant {
  std::int64_t microseconds = 0;
  int offset_minutes = 0;

  friend bool operator==(const Instant&, const Instant&) = default;
};

/// A calendar day of the proleptic Gregorian calendar, year 1..9999.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;

  friend bool operator==(const Date&, const Date&) = default;
};

/// "2026-11-24T09:14:00+01:00"; fractions of a second only when `at` has them; offset 0 is written
/// "Z".
[[nodiscard]] std::string render_rfc3339(Instant at);

/// An RFC 3339 time with offset or Z; fractions up to microseconds are kept. Nothing for anything
/// else, impossible days included. A leap second :60 is read as the next minute's :00.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);

/// "2026-11-24"
[[nodiscard]] std::string render_date(Date date);

/// The same of the day at the offset of `at`.
[[nodiscard]] std::string render_local_date(Instant at);

/// "09:14", the time of day at the offset of `at`.
[[nodiscard]] std::string render_local_time(Instant at);

/// "2026-11-24" → Date. Nothing for anything else, impossible days included.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// Days since 1970-01-01 of a calendar day (Hinnant 2013, days_from_civil), and back.
[[nodiscard]] std::int64_t days_since_epoch(Date date);
[[nodiscard]] Date date_of_days(std::int64_t days_since_epoch);

/// The local calendar day of `at`.
[[nodiscard]] Date local_date(Instant at);

}  // namespace attune
