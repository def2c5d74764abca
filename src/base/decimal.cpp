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

// `value` as a whole number of steps of 10^-digits, ties away from zero. All of it is exact below
// 2^53 steps, and faster than to_chars.
std::string render_in_steps(double value, int digits) {
  constexpr std::array<double, 5> steps_per_one = {1, 10, 100, 1000, 10000};
  const auto decimals = static_cast<std::size_t>(digits);
  const auto steps =
      static_cast<std::int64_t>(std::round(std::abs(value) * steps_per_one[decimals]));
  std::string text = std::to_string(steps);
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  if (decimals > 0) text.insert(text.size() - decimals, 1, '.');
  if (value < 0 && steps != 0) text.insert(0, 1, '-');
  return text;
}

}  // namespace

std::string render_fixed(double value, int digits) {
  // A person expects 5.25 to become 5.3; to_chars would round such a tie to the even digit.
  if (digits <= 4 && std::abs(value) < 1e9) return render_in_steps(value, digits);
  std::array<char, 400> buffer;  // The longest finite double has 309 digits before the point.
  if (std::abs(value) < 0.5 * std::pow(10.0, -digits)) value = 0;  // No "-0.00".
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::fixed, digits);
  return {buffer.data(), end.ptr};
}

std::string render_decimal(double value, int digits) {
  std::string text = render_fixed(value, digits);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
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
