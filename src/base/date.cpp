// SPDX-License-Identifier: MIT
#include "attune/date.hpp"

#include <array>

#include "attune/decimal.hpp"

namespace attune {
namespace {

constexpr std::int64_t microseconds_per_minute = 60'000'000;
constexpr std::int64_t microseconds_per_day = 86'400'000'000;

std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) {
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

std::int64_t local_microseconds(Instant at) {
  return at.microseconds + at.offset_minutes * microseconds_per_minute;
}

std::int64_t microseconds_of_day(Instant at) {
  const std::int64_t local = local_microseconds(at);
  return local - floor_divide(local, microseconds_per_day) * microseconds_per_day;
}

constexpr std::size_t longest_rfc3339 = std::string_view("2026-11-24T09:14:00.000000+01:00").size();

// `value` ≥ 0 in `width` ≤ 6 digits. A long series has thousands of these to write.
void append_digits(std::string& text, std::int64_t value, std::size_t width) {
  std::array<char, 6> digits;
  for (std::size_t at = width; at > 0; --at, value /= 10) {
    digits[at - 1] = static_cast<char>('0' + value % 10);
  }
  text.append(digits.data(), width);
}

void append(std::string& text, Date date) {
  if (date.year >= 0 && date.year <= 9999) {
    append_digits(text, date.year, 4);
  } else {
    text += std::to_string(date.year);
  }
  text += '-';
  append_digits(text, date.month, 2);
  text += '-';
  append_digits(text, date.day, 2);
}

// "09:14"
void append_time(std::string& text, std::int64_t microseconds_of_day) {
  const std::int64_t minutes = microseconds_of_day / microseconds_per_minute;
  append_digits(text, minutes / 60, 2);
  text += ':';
  append_digits(text, minutes % 60, 2);
}

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
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
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (digits < 6) value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      ++digits;
    }
    if (digits == 0) fail();
    for (; digits < 6; ++digits) value *= 10;
    return value;
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

bool is_calendar_day(Date date) {
  return date.year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

Date read_date(FieldReader& reader) {
  Date date;
  date.year = reader.number(4);
  reader.expect('-');
  date.month = reader.number(2);
  reader.expect('-');
  date.day = reader.number(2);
  return date;
}

// "Z" or "+hh:mm"; nothing when the hours or minutes are out of range.
std::optional<int> read_offset(FieldReader& reader) {
  if (reader.accept('Z') || reader.accept('z')) return 0;
  const int sign = reader.accept('-') ? -1 : 1;
  if (sign == 1) reader.expect('+');
  const int hours = reader.number(2);
  reader.expect(':');
  const int minutes = reader.number(2);
  if (hours > 23 || minutes > 59) return {};
  return sign * (hours * 60 + minutes);
}

}  // namespace

std::int64_t days_since_epoch(Date date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t shifted_month = (date.month + 9) % 12;  // March = 0
  const std::int64_t day_of_year = (153 * shifted_month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

Date date_of_days(std::int64_t days) {
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = floor_divide(shifted, 146'097);
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  Date date;
  date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

Date local_date(Instant at) {
  return date_of_days(floor_divide(local_microseconds(at), microseconds_per_day));
}

std::string render_local_date(Instant at) {
  std::string text;
  append(text, local_date(at));
  return text;
}

std::string render_local_time(Instant at) {
  std::string text;
  append_time(text, microseconds_of_day(at));
  return text;
}

std::string render_rfc3339(Instant at) {
  const std::int64_t of_day = microseconds_of_day(at);
  std::string text;
  text.reserve(longest_rfc3339);
  append(text, local_date(at));
  text += 'T';
  append_time(text, of_day);
  text += ':';
  append_digits(text, of_day / 1'000'000 % 60, 2);
  if (const std::int64_t fraction = of_day % 1'000'000; fraction != 0) {
    text += '.';
    append_digits(text, fraction, 6);
  }
  if (at.offset_minutes == 0) return text + 'Z';
  const int offset = at.offset_minutes < 0 ? -at.offset_minutes : at.offset_minutes;
  text += at.offset_minutes < 0 ? '-' : '+';
  append_digits(text, offset / 60, 2);
  text += ':';
  append_digits(text, offset % 60, 2);
  return text;
}

std::optional<Date> parse_date(std::string_view text) {
  FieldReader reader(text);
  const Date date = read_date(reader);
  if (!reader.complete() || !is_calendar_day(date)) return {};
  return date;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  FieldReader reader(text);
  const Date date = read_date(reader);
  if (!reader.accept('T') && !reader.accept('t')) return {};
  const int hours = reader.number(2);
  reader.expect(':');
  const int minutes = reader.number(2);
  reader.expect(':');
  const int seconds = reader.number(2);
  const std::int64_t fraction = reader.accept('.') ? reader.fraction() : 0;
  const std::optional<int> offset = read_offset(reader);
  if (!reader.complete() || !offset || !is_calendar_day(date)) return {};
  if (hours > 23 || minutes > 59 || seconds > 60) return {};
  const std::int64_t local_seconds =
      days_since_epoch(date) * 86'400 + hours * 3600LL + minutes * 60LL + seconds;
  const Instant at{local_seconds * 1'000'000 + fraction - *offset * microseconds_per_minute,
                   *offset};
  // A leap second at the end of the last year is one of a year that can't be written.
  if (local_date(at).year > 9999) return {};
  return at;
}

}  // namespace attune
