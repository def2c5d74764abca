// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <string>

#include "attune/date.hpp"
#include "attune/decimal.hpp"

#include "app/commands/schedule.hpp"
#include "app/options.hpp"
#include "oracle.hpp"
#include "targets.hpp"

namespace attune::test {
namespace {

void expect_date(std::string_view text) {
  const std::optional<Date> date = parse_date(text);
  if (!date) return;
  expect(fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day) == text,
         "a date is written in one way");
  expect(date_of_days(days_since_epoch(*date)) == *date, "a day has a number, and back");
}

void expect_instant(std::string_view text) {
  const std::optional<Instant> at = parse_rfc3339(text);
  if (!at) return;
  expect(std::abs(at->offset_minutes) < 1440, "an offset is less than a day");
  const std::string written = render_rfc3339(*at);
  const std::optional<Instant> again = parse_rfc3339(written);
  expect(again && *again == *at, "a time that is read can be written and read again");
  expect(parse_date(render_local_date(*at)).has_value(), "a time that is read has a date");
  expect(written.starts_with(render_local_date(*at)), "both name the same day");
}

void expect_period(std::string_view text) {
  try {
    const int days = app::parse_period(text);
    expect(days >= 1 && days <= 3650, "a period is 1 to 3650 days");
    expect(app::parse_period(fmt::format("{}d", days)) == days, "a period can be written in days");
  } catch (const Error& error) {
    expect(error.kind == ErrorKind::usage, "a wrong period is wrong usage");
  }
}

void expect_time_of_day(std::string_view text) {
  app::TimeOfDay time;
  try {
    time = app::parse_time_of_day(text);
  } catch (const Error&) {
    return;
  }
  const std::string_view shown = text.starts_with('0') && text.size() == 5 ? text.substr(1) : text;
  expect(fmt::format("{}:{:02}", time.hour, time.minute) == shown,
         "a time of day is written in two ways at most");
}

// strtod reads the same digits; the tests run in the locale of C.
void expect_numbers(std::string_view text) {
  const std::string digits(text);
  if (const std::optional<double> value = parse_decimal(text)) {
    expect(std::isfinite(*value), "a number is finite");
    expect(*value == std::strtod(digits.c_str(), nullptr), "two readers agree on a number");
    const std::optional<double> again = parse_decimal(render_decimal(*value, 17));
    expect(again && (std::abs(*value) < 1 ? std::abs(*again - *value) < 1e-17 : *again == *value),
           "a number that is written in full is read back");
  }
  if (const std::optional<std::int64_t> value = parse_whole(text)) {
    expect(*value == std::strtoll(digits.c_str(), nullptr, 10), "two readers agree on a count");
  }
}

}  // namespace

void times_target(std::string_view bytes) {
  expect_date(bytes);
  expect_instant(bytes);
  expect_period(bytes);
  expect_time_of_day(bytes);
  expect_numbers(bytes);
}

}  // namespace attune::test
