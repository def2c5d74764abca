// SPDX-License-Identifier: MIT
#include "attune/date.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

constexpr std::int64_t microseconds_per_minute = 60'000'000;

// The moment as the clock on the person's wall showed it.
std::chrono::sys_time<std::chrono::microseconds> local_time(Instant at) {
  return std::chrono::sys_time<std::chrono::microseconds>(
      std::chrono::microseconds(at.microseconds + at.offset_minutes * microseconds_per_minute));
}

using TimeOfDay = std::chrono::hh_mm_ss<std::chrono::microseconds>;

TimeOfDay time_of_day(Instant at) {
  const auto time = local_time(at);
  return TimeOfDay(time - std::chrono::floor<std::chrono::days>(time));
}

std::chrono::year_month_day calendar_day(Date date) {
  return std::chrono::year(date.year) / date.month / date.day;
}

// Whether `text` looks like `shape`, where a 0 stands for any digit.
bool has_shape(std::string_view text, std::string_view shape) {
  return std::ranges::equal(text, shape, [](char c, char expected) {
    return expected == '0' ? is_ascii_digit(c) : c == expected;
  });
}

// The number in `width` digits of a text with a fitting shape.
int number_at(std::string_view text, std::size_t at, std::size_t width = 2) {
  return static_cast<int>(*parse_whole(text.substr(at, width)));
}

// Takes the fraction off the front of `rest`, in microseconds; what is finer is dropped. Nothing
// where a point has no digits.
std::optional<std::int64_t> take_fraction(std::string_view& rest) {
  if (!rest.starts_with('.')) return 0;
  const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
  std::string digits(rest.substr(1, end - 1));
  rest.remove_prefix(end);
  if (digits.empty()) return {};
  digits.resize(6, '0');
  return parse_whole(digits);
}

// "z" or "+hh:mm", in minutes.
std::optional<int> offset_of(std::string_view text) {
  if (text == "z") return 0;
  if (!has_shape(text, "+00:00") && !has_shape(text, "-00:00")) return {};
  const int hours = number_at(text, 1);
  const int minutes = number_at(text, 4);
  if (hours > 23 || minutes > 59) return {};
  return (text.front() == '-' ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

std::int64_t days_since_epoch(Date date) {
  return std::chrono::sys_days(calendar_day(date)).time_since_epoch().count();
}

Date date_of_days(std::int64_t days) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days))};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

Date local_date(Instant at) {
  return date_of_days(
      std::chrono::floor<std::chrono::days>(local_time(at)).time_since_epoch().count());
}

std::string render_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string render_local_date(Instant at) { return render_date(local_date(at)); }

std::string render_local_time(Instant at) {
  const TimeOfDay time = time_of_day(at);
  return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

std::string render_rfc3339(Instant at) {
  const TimeOfDay of_day = time_of_day(at);
  std::string text =
      fmt::format("{}T{:02}:{:02}:{:02}", render_date(local_date(at)), of_day.hours().count(),
                  of_day.minutes().count(), of_day.seconds().count());
  if (of_day.subseconds().count() != 0) {
    text += fmt::format(".{:06}", of_day.subseconds().count());
  }
  if (at.offset_minutes == 0) return text + 'Z';
  const int offset = std::abs(at.offset_minutes);
  return text +
         fmt::format("{}{:02}:{:02}", at.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::optional<Date> parse_date(std::string_view text) {
  if (!has_shape(text, "0000-00-00")) return {};
  const Date date{number_at(text, 0, 4), number_at(text, 5), number_at(text, 8)};
  if (date.year < 1 || !calendar_day(date).ok()) return {};
  return date;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00t00:00:00";
  const std::string lower = lower_case(text);
  const std::string_view time = std::string_view(lower).substr(0, shape.size());
  std::string_view rest = std::string_view(lower).substr(time.size());
  const auto date = parse_date(time.substr(0, 10));
  const auto fraction = take_fraction(rest);
  const auto offset = offset_of(rest);
  if (!has_shape(time, shape) || !date || !fraction || !offset) return {};
  const int hours = number_at(time, 11);
  const int minutes = number_at(time, 14);
  const int seconds = number_at(time, 17);
  if (hours > 23 || minutes > 59 || seconds > 60) return {};
  const std::int64_t local_seconds =
      days_since_epoch(*date) * 86'400 + hours * 3600LL + minutes * 60LL + seconds;
  const Instant at{local_seconds * 1'000'000 + *fraction - *offset * microseconds_per_minute,
                   *offset};
  // A leap second at the end of the last year is one of a year that can't be written.
  if (local_date(at).year > 9999) return {};
  return at;
}

}  // namespace attune
