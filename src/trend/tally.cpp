// SPDX-License-Identifier: MIT
#include "attune/tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <variant>

#include "attune/scores.hpp"

namespace attune::trend {
namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;
constexpr std::int64_t fewest_days_for_a_frequency = 30;

// The choices made on an item, as indexes; ids that the item does not have are left out.
std::vector<std::size_t> chosen(const Item& item, const std::optional<Answer>& answer) {
  std::vector<std::size_t> choices;
  const ChosenIds* ids = answer ? std::get_if<ChosenIds>(&*answer) : nullptr;
  if (ids == nullptr) return choices;
  for (const std::string& id : *ids) {
    if (const auto choice = find_by_id(item.choices, id)) choices.push_back(*choice);
  }
  return choices;
}

constexpr std::size_t most_periods = 12;

void add(RateTally& sum, RateTally part) {
  sum.counted += part.counted;
  sum.whole += part.whole;
}

// What entries are ordered by.
constexpr auto moment = [](const auto& each) { return each.at.microseconds; };

std::int64_t local_day(Instant at) { return days_since_epoch(local_date(at)); }

// Periods of one length, counted through: 12 months, 4 quarters or 1 year to a year.
int periods_a_year(PeriodLength length) {
  constexpr std::array<int, 3> counts{12, 4, 1};
  return counts[static_cast<std::size_t>(length)];
}

int period_of(Date date, PeriodLength length) {
  const int a_year = periods_a_year(length);
  return date.year * a_year + (date.month - 1) * a_year / 12;
}

// An entry in the whole of a rate, and its part in it.
struct RateEntry {
  Instant at;
  RateTally tally;
};

// All of them, ascending by local day.
std::vector<RateEntry> rate_entries(const Questionnaire& questionnaire, const Rate& rate,
                                    std::span<const Entry> entries) {
  std::vector<RateEntry> result;
  for (const Entry& entry : entries) {
    const auto made = chosen(questionnaire.items[rate.item], entry.responses.answers[rate.item]);
    const auto is_one_of = [&](const std::vector<std::size_t>& choices) {
      return std::ranges::find_first_of(made, choices) != made.end();
    };
    if (is_one_of(rate.of)) result.push_back({entry.at, {is_one_of(rate.counts) ? 1U : 0U, 1U}});
  }
  std::ranges::sort(result, {}, [](const RateEntry& each) { return local_day(each.at); });
  return result;
}

// All periods from the first day to the last, without gaps.
std::vector<RatePeriod> by_period(const std::vector<RateEntry>& entries, PeriodLength length) {
  const int a_year = periods_a_year(length);
  std::vector<RatePeriod> periods;
  int next = entries.empty() ? 0 : period_of(local_date(entries.front().at), length);
  for (const RateEntry& entry : entries) {
    for (const int period = period_of(local_date(entry.at), length); next <= period; ++next) {
      periods.push_back({next / a_year, next % a_year + 1, {}});
    }
    add(periods.back().tally, entry.tally);
  }
  return periods;
}

}  // namespace

std::optional<Frequency> tally_frequency(std::span<const Entry> entries) {
  if (entries.empty()) return {};
  const auto [first, last] = std::ranges::minmax_element(entries, {}, moment);
  Frequency frequency;
  frequency.entries = entries.size();
  frequency.first = first->at;
  frequency.last = last->at;
  // Two moments an hour apart can lie two calendar days apart, the wrong way round, when a journey
  // to the west lies between them.
  frequency.days = std::max<std::int64_t>(local_day(last->at) - local_day(first->at), 0) + 1;
  if (frequency.days >= fewest_days_for_a_frequency) {
    frequency.per_30_days =
        30.0 * static_cast<double>(frequency.entries) / static_cast<double>(frequency.days);
  }
  return frequency;
}

ChoiceTally tally_choices(const Questionnaire& questionnaire, std::size_t item,
                          std::span<const Entry> entries) {
  ChoiceTally tally;
  tally.counts.resize(questionnaire.items[item].choices.size());
  for (const Entry& entry : entries) {
    const auto choices = chosen(questionnaire.items[item], entry.responses.answers[item]);
    tally.answered += choices.empty() ? 0U : 1U;
    for (const std::size_t choice : choices) ++tally.counts[choice];
  }
  return tally;
}

std::optional<NumberTally> tally_numbers(std::size_t item, std::span<const Entry> entries) {
  std::vector<double> values;
  for (const Entry& entry : entries) {
    if (const auto value = rating(entry.responses, item)) values.push_back(*value);
  }
  if (values.empty()) return {};
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  const auto [min, max] = std::ranges::minmax(values);
  return NumberTally{values.size(), sum / static_cast<double>(values.size()), min, max};
}

DayPart day_part(Instant at) {
  const std::int64_t local = at.microseconds + std::int64_t{60'000'000} * at.offset_minutes;
  const std::int64_t time = local - local_day(at) * microseconds_per_day;
  // A record dated afterwards lies exactly at noon. That a lived one does by chance, too, is one in
  // 86 thousand million.
  if (time == microseconds_per_day / 2) return DayPart::unknown;
  return static_cast<DayPart>(time / (microseconds_per_day / 4));
}

std::size_t weekday(Instant at) {
  // 1970-01-01 was a Thursday, three days after a Monday.
  return static_cast<std::size_t>(((local_day(at) + 3) % 7 + 7) % 7);
}

TimeTally tally_times(std::span<const Entry> entries) {
  TimeTally tally;
  for (const Entry& entry : entries) {
    ++tally.counts[weekday(entry.at)][static_cast<std::size_t>(day_part(entry.at))];
  }
  return tally;
}

std::vector<Meeting> tally_meetings(const Questionnaire& questionnaire, const Together& together,
                                    std::span<const Entry> entries) {
  const Item& first = questionnaire.items[together.first];
  const Item& second = questionnaire.items[together.second];
  const std::size_t columns = second.choices.size();
  std::vector<std::size_t> both(first.choices.size() * columns);
  std::vector<std::size_t> occasions(first.choices.size());
  for (const Entry& entry : entries) {
    const auto outcomes = chosen(second, entry.responses.answers[together.second]);
    if (outcomes.empty()) continue;
    for (const std::size_t occasion : chosen(first, entry.responses.answers[together.first])) {
      ++occasions[occasion];
      for (const std::size_t outcome : outcomes) ++both[occasion * columns + outcome];
    }
  }
  std::vector<Meeting> meetings;
  for (std::size_t cell = 0; cell < both.size(); ++cell) {
    if (both[cell] == 0) continue;
    meetings.push_back({cell / columns, cell % columns, both[cell], occasions[cell / columns]});
  }
  std::ranges::stable_sort(meetings, std::ranges::greater{}, &Meeting::count);
  return meetings;
}

std::optional<double> RateTally::share() const {
  if (whole == 0) return {};
  return static_cast<double>(counted) / static_cast<double>(whole);
}

RatePeriods tally_rate_periods(const Questionnaire& questionnaire, const Rate& rate,
                               std::span<const Entry> entries) {
  RatePeriods result;
  const std::vector<RateEntry> parts = rate_entries(questionnaire, rate, entries);
  for (const auto length : {PeriodLength::month, PeriodLength::quarter, PeriodLength::year}) {
    result = {length, by_period(parts, length)};
    if (result.periods.size() <= most_periods) return result;
  }
  result.periods.erase(result.periods.begin(),
                       result.periods.end() - static_cast<std::ptrdiff_t>(most_periods));
  return result;
}

std::vector<RatePeriod> tally_rate_months(const Questionnaire& questionnaire, const Rate& rate,
                                          std::span<const Entry> entries) {
  std::vector<RatePeriod> months =
      by_period(rate_entries(questionnaire, rate, entries), PeriodLength::month);
  std::erase_if(months, [](const RatePeriod& month) { return month.tally.whole == 0; });
  return months;
}

// p ± z·√(p(1−p)/n + z²/4n²), around (p + z²/2n), all over 1 + z²/n (Wilson 1927).
ShareInterval wilson_interval(RateTally tally) {
  const auto n = static_cast<double>(tally.whole);
  const double share = static_cast<double>(tally.counted) / n;
  const double z2 = exact_z_95 * exact_z_95;
  const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half =
      exact_z_95 * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {std::max(middle - half, 0.0), std::min(middle + half, 1.0)};
}

// d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²), with 1 for the later share.
ShareDifference share_difference(RateTally earlier, RateTally later) {
  const double before = *earlier.share();
  const double after = *later.share();
  const ShareInterval around_before = wilson_interval(earlier);
  const ShareInterval around_after = wilson_interval(later);
  ShareDifference result{earlier, later, after - before, 0, 0, Verdict::no_change};
  result.low =
      result.difference - std::hypot(after - around_after.low, around_before.high - before);
  result.high =
      result.difference + std::hypot(around_after.high - after, before - around_before.low);
  if (result.low > 0 || result.high < 0) result.verdict = Verdict::maybe;
  return result;
}

RateTrend tally_rate_trend(const Questionnaire& questionnaire, const Rate& rate,
                           std::span<const Entry> entries) {
  RateTrend trend;
  const std::vector<RateEntry> parts = rate_entries(questionnaire, rate, entries);
  if (parts.empty()) return trend;
  const auto [first, last] = std::ranges::minmax_element(parts, {}, moment);
  trend.first_at = first->at;
  trend.last_at = last->at;
  const std::int64_t start = local_day(first->at);
  const std::int64_t end = local_day(last->at);
  for (const auto& [at, part] : parts) {
    const std::int64_t day = local_day(at);
    add(trend.all, part);
    if (day >= start && day < start + rate_window_days) add(trend.first, part);
    if (day <= end && day > end - rate_window_days) add(trend.last, part);
  }
  trend.windows_overlap = end - start + 1 < 2 * rate_window_days;
  const bool has_enough = std::min(trend.first.whole, trend.last.whole) >= rate_window_entries;
  if (!trend.windows_overlap && has_enough) {
    trend.change = share_difference(trend.first, trend.last);
  }
  return trend;
}

}  // namespace attune::trend
