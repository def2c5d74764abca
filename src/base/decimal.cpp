// SPDX-License-Identifier: MIT
#include "attune/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "attune/text.hpp"

namespace attune {
namespace {

// True for: optional '-', digits, and with `fraction` an optional '.' and digits.
bool is_number(std::string_view text, bool fraction) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = fraction ? text.find('.') : std::string_view::npos;
  const auto is_digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, is_ascii_digit);
  };
  return is_digits(text.substr(0, point)) &&
         (point == std::string_view::npos || is_digits(text.substr(point + 1)));
}

// The number that `text` spells, or nothing when it is too large.
template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

// `value` as a whole number of steps of 10^-digits, ties away from zero, as a person expects 5.25
// to become 5.3. All of it is exact below 2^53 steps, and faster than to_chars.
void append_in_steps(std::string& out, double value, int digits, bool drops_zeros) {
  constexpr std::array<double, 5> steps_per_one = {1, 10, 100, 1000, 10000};
  const double size = std::abs(value);
  auto steps = static_cast<std::uint64_t>(size);
  if (drops_zeros && static_cast<double>(steps) == size) {
    digits = 0;  // as most counts are
  } else {
    steps = static_cast<std::uint64_t>(
        std::round(size * steps_per_one[static_cast<std::size_t>(digits)]));
  }
  const bool is_negative = value < 0 && steps != 0;
  for (; drops_zeros && digits > 0 && steps % 10 == 0; --digits) steps /= 10;
  std::array<char, 24> text;
  char* at = text.data() + text.size();
  const auto put_digit = [&] {
    *--at = static_cast<char>('0' + steps % 10);
    steps /= 10;
  };
  for (int i = 0; i < digits; ++i) put_digit();
  if (digits > 0) *--at = '.';
  do put_digit();
  while (steps > 0);
  if (is_negative) *--at = '-';
  out.append(at, static_cast<std::size_t>(text.data() + text.size() - at));
}

constexpr bool is_in_steps(double value, int digits) {
  return digits <= 4 && std::abs(value) < 1e9;
}

}  // namespace

std::string render_fixed(double value, int digits) {
  std::string text;
  if (is_in_steps(value, digits)) {
    append_in_steps(text, value, digits, false);
    return text;
  }
  std::array<char, 400> buffer;  // The longest finite double has 309 digits before the point.
  if (std::abs(value) < 0.5 * std::pow(10.0, -digits)) value = 0;  // No "-0.00".
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::fixed, digits);
  return {buffer.data(), end.ptr};
}

void append_decimal(std::string& out, double value, int digits) {
  if (is_in_steps(value, digits)) return append_in_steps(out, value, digits, true);
  std::string text = render_fixed(value, digits);
  if (digits > 0) text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  out += text == "-0" ? "0" : text;
}

std::string render_decimal(double value, int digits) {
  std::string text;
  append_decimal(text, value, digits);
  return text;
}

std::optional<double> parse_decimal(std::string_view text) {
  return is_number(text, true) ? number_of<double>(text) : std::nullopt;
}

std::optional<std::int64_t> parse_whole(std::string_view text) {
  return is_number(text, false) ? number_of<std::int64_t>(text) : std::nullopt;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace attune
