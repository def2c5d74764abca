// SPDX-License-Identifier: MIT
#include "attune/date.hpp"

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

std::string render_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

// Reads fixed-width fields off the front of a text; any miss makes the whole reading fail.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : rest_(text) {}

  int number(std::size_t width) {
    if (rest_.size() < width || rest_.front() == '-') return fail();
    const auto value = parse_whole(rest_.substr(0, width));
    if (!value) return fail();
    rest_.remove_prefix(width);
    return static_cast<int>(*value);
  }

  bool accept(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char expected) {
    if (!accept(expected)) fail();
  }

  // The digits of a fraction as microseconds; further digits are read and dropped.
  std::int64_t fraction() {
    std::int64_t value = 0;
    std::size_t digits = 0;
    while (!rest_.empty() && is_ascii_digit(rest_.front())) {
      if (digits < 6) value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      ++digits;
    }
    if (digits == 0) fail();
    for (; digits < 6; ++digits) value *= 10;
    return value;
  }

  Date date() {
    const int year = number(4);
    expect('-');
    const int month = number(2);
    expect('-');
    const Date date{year, month, number(2)};
    if (year < 1 || !calendar_day(date).ok()) fail();
    return date;
  }

  // "Z" or "+hh:mm", in minutes.
  int offset() {
    if (accept('Z') || accept('z')) return 0;
    const int sign = accept('-') ? -1 : 1;
    if (sign == 1) expect('+');
    const int hours = number(2);
    expect(':');
    const int minutes = number(2);
    if (hours > 23 || minutes > 59) fail();
    return sign * (hours * 60 + minutes);
  }

  [[nodiscard]] bool complete() const { return !failed_ && rest_.empty(); }

 private:
  int fail() {
    failed_ = true;
    return 0;
  }

  std::string_view rest_;
  bool failed_ = false;
};

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
  FieldReader reader(text);
  const Date date = reader.date();
  if (!reader.complete()) return {};
  return date;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  FieldReader reader(text);
  const Date date = reader.date();
  if (!reader.accept('T')) reader.expect('t');
  const int hours = reader.number(2);
  reader.expect(':');
  const int minutes = reader.number(2);
  reader.expect(':');
  const int seconds = reader.number(2);
  const std::int64_t fraction = reader.accept('.') ? reader.fraction() : 0;
  const int offset = reader.offset();
  if (!reader.complete() || hours > 23 || minutes > 59 || seconds > 60) return {};
  const std::int64_t local_seconds =
      days_since_epoch(date) * 86'400 + hours * 3600LL + minutes * 60LL + seconds;
  const Instant at{local_seconds * 1'000'000 + fraction - offset * microseconds_per_minute, offset};
  // A leap second at the end of the last year is one of a year that can't be written.
  if (local_date(at).year > 9999) return {};
  return at;
}

}  // namespace attune
