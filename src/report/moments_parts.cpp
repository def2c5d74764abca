// SPDX-License-Identifier: MIT
#include "report/moments_parts.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

#include "attune/decimal.hpp"

namespace attune::detail {

std::string percent(double share) { return render_fixed(100 * share, 0) + "%"; }

std::string entries_in_words(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
}

std::string count_of(std::size_t count, std::size_t whole) {
  return fmt::format("{} of {}", count, whole);
}

std::string rate_in_words(const Rate& rate, RateTally tally) {
  const std::optional<double> share = tally.share();
  if (!share) return fmt::format("no {}", rate.unit);
  return fmt::format("{} {} ({})", count_of(tally.counted, tally.whole), rate.unit,
                     percent(*share));
}

std::string_view weekday_id(std::size_t weekday) {
  constexpr std::array<std::string_view, 7> ids{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};
  return ids[weekday];
}

std::string_view name_of(DayPart part) {
  switch (part) {
    case DayPart::night:
      return "night";
    case DayPart::morning:
      return "morning";
    case DayPart::afternoon:
      return "afternoon";
    case DayPart::evening:
      return "evening";
    case DayPart::unknown:
      return "unknown";
  }
  return {};
}

std::string period_id(PeriodLength length, const RatePeriod& period) {
  switch (length) {
    case PeriodLength::month:
      return fmt::format("{:04}-{:02}", period.year, period.part);
    case PeriodLength::quarter:
      return fmt::format("{:04}-Q{}", period.year, period.part);
    case PeriodLength::year:
      return fmt::format("{:04}", period.year);
  }
  return {};
}

std::string points_in_words(double difference) {
  const double points = std::round(100 * difference);
  const std::string_view sign = points > 0 ? "+" : points < 0 ? "−" : "";
  const std::string_view unit = std::abs(points) == 1.0 ? "point" : "points";
  return fmt::format("{}{} {}", sign, render_fixed(std::abs(points), 0), unit);
}

}  // namespace attune::detail
