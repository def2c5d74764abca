// SPDX-License-Identifier: MIT
#include "report/axis.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "attune/decimal.hpp"

namespace attune::detail {
namespace {

constexpr double widest_range_with_decimals = 20;

// No scale of a questionnaire comes near this; it keeps absurd values from filling the page.
constexpr double largest_written_out = 1e9;

enum class Zeros { kept, dropped };

std::string written(double value, int decimals, Zeros zeros) {
  if (!std::isfinite(value)) return "?";
  if (std::abs(value) > largest_written_out) return fmt::format("{:.1e}", value);
  return zeros == Zeros::kept ? render_fixed(value, decimals) : render_decimal(value, decimals);
}

double round_step(double range, std::size_t most) {
  const double least = range / static_cast<double>(most - 1);
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

}  // namespace

std::size_t Axis::cell(double value) const {
  const auto last = static_cast<double>(cells - 1);
  const double place = (value - min) / (max - min) * last;
  if (!(place > 0)) return 0;
  return static_cast<std::size_t>(std::round(std::min(place, last)));
}

double Axis::value(std::size_t cell) const {
  return min + (max - min) * static_cast<double>(cell) / static_cast<double>(cells - 1);
}

std::size_t row_of(const Axis& y, double value) { return y.cells - 1 - y.cell(value); }

std::vector<double> ticks(double min, double max, std::size_t most) {
  if (!(max > min) || !std::isfinite(max - min) || most < 3) return {min, max};
  const double step = std::max(round_step(max - min, most), max - min <= 1 ? 0.0 : 1.0);
  std::vector<double> values{min};
  for (double at = std::floor(min / step + 1) * step; at < max - step * 1e-6; at += step) {
    if (at > min + step * 1e-6) values.push_back(at);
  }
  values.push_back(max);
  return values;
}

std::size_t even_cells(double min, double max, std::size_t most, std::size_t most_per) {
  const double range = max - min;
  most = std::max<std::size_t>(most, 2);
  const bool is_short = range >= 1 && range <= 12 && range == std::floor(range);
  if (!is_short || static_cast<double>(most) < range + 1) {
    return std::min(most, most_per * 6 + 1);
  }
  const auto steps = static_cast<std::size_t>(range);
  return steps * std::min((most - 1) / steps, std::max<std::size_t>(most_per * 6 / steps, 1)) + 1;
}

std::string shown(double value, double min, double max) {
  return written(value, max - min > widest_range_with_decimals ? 0 : 1, Zeros::kept);
}

std::string tick_label(double value) { return written(value, 2, Zeros::dropped); }

std::vector<std::string> row_numbers(const std::vector<double>& y_ticks, const Axis& y) {
  std::vector<std::string> numbers(y.cells);
  std::size_t widest = 0;
  for (const double tick : y_ticks) {
    std::string& number = numbers[row_of(y, tick)];
    number = tick_label(tick);
    widest = std::max(widest, number.size());
  }
  for (std::string& number : numbers) number.insert(0, widest - number.size(), ' ');
  return numbers;
}

}  // namespace attune::detail
