// SPDX-License-Identifier: MIT
#include "app/period.hpp"

#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

constexpr std::int64_t most_days = 3650;
constexpr std::int64_t days_in_week = 7;

// 0 for what is no unit of a period.
std::int64_t days_in(char unit) {
  if (unit == 'd') return 1;
  return unit == 'w' ? days_in_week : 0;
}

}  // namespace

Result<int> parse_period(std::string_view text) {
  const std::int64_t unit = text.empty() ? 0 : days_in(text.back());
  const auto count = unit == 0 ? std::nullopt : parse_whole(text.substr(0, text.size() - 1));
  if (count && *count >= 1 && *count <= most_days / unit) return static_cast<int>(*count * unit);
  return Error{ErrorKind::usage,
               fmt::format("'{}' is not a period", escape(text)),
               "--every",
               {fmt::format("write days or weeks, at most {} days: 28d or 4w", most_days)}};
}

}  // namespace attune
