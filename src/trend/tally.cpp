// SPDX-License-Identifier: MIT
#include "attune/tally.hpp"

#include <algorithm>
#include <cmath>
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
    const auto found = std::find_if(item.choices.begin(), item.choices.end(),
                                    [&id](const Choice& choice) { return choice.id == id; });
    if (found == item.choices.end()) continue;
    choices.push_back(static_cast<std::size_t>(found - item.choices.begin()));
  }
  return choices;
}

bool is_earlier(const Entry& left, const Entry& right) {
  return left.at.microseconds < right.at.microseconds;
}

constexpr std::size_t most_periods = 12;

// One entry's part in a rate.
RateTally tally_entry(const Questionnaire& questionnaire, const Rate& rate, const Entry& entry) {
  const std::vector<std::size_t> made =
      chosen(questionnaire.items[rate.item], entry.responses.answers[rate.item]);
  const auto is_one_of = [&](const std::vector<std::size_t>& choices) {
    return std::find_first_of(made.begin(), made.end(), choices.begin(), choices.end()) !=
           made.end();
  };
  if (!is_one_of(rate.of)) return {};
  return {is_one_of(rate.counts) ? 1U : 0U, 1U};
}

void add(RateTally& sum, RateTally part) {
  sum.counted += part.counted;
  sum.whole += part.whole;
}

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

// The local days and the parts of the entries in the whole, ascending by day.
struct DayPartOfRate {
  Date date;
  RateTally tally;
};
std::vector<DayPartOfRate> days_of(const Questionnaire& questionnaire, const Rate& rate,
                                   std::span<const Entry> entries) {
  std::vector<DayPartOfRate> days;
  for (const Entry& entry : entries) {
    const RateTally part = tally_entry(questionnaire, rate, entry);
    if (part.whole > 0) days.push_back({local_date(entry.at), part});
  }
  std::sort(days.begin(), days.end(), [](const DayPartOfRate& left, const DayPartOfRate& right) {
    return days_since_epoch(left.date) < days_since_epoch(right.date);
  });
  return days;
}

// All periods from the first day to the last, without gaps. Precondition: there is a day.
std::vector<RatePeriod> by_period(const std::vector<DayPartOfRate>& days, PeriodLength length) {
  const int first = period_of(days.front().date, length);
  const int a_year = periods_a_year(length);
  std::vector<RatePeriod> periods;
  for (const DayPartOfRate& day : days) {
    const int period = period_of(day.date, length);
    for (int next = first + static_cast<int>(periods.size()); next <= period; ++next) {
      periods.push_back({next / a_year, next % a_year + 1, {}});
    }
    add(periods.back().tally, day.tally);
  }
  return periods;
}

}  // namespace

std::optional<Frequency> tally_frequency(std::span<const Entry> entries) {
  if (entries.empty()) return {};
  const auto [first, last] = std::minmax_element(entries.begin(), entries.end(), is_earlier);
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
  NumberTally tally;
  double sum = 0;
  for (const Entry& entry : entries) {
    const std::optional<double> value = rating(entry.responses, item);
    if (!value) continue;
    tally.min = tally.answered == 0 ? *value : std::min(tally.min, *value);
    tally.max = tally.answered == 0 ? *value : std::max(tally.max, *value);
    sum += *value;
    ++tally.answered;
  }
  if (tally.answered == 0) return {};
  tally.mean = sum / static_cast<double>(tally.answered);
  return tally;
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
  const std::int64_t day = (local_day(at) + 3) % 7;
  return static_cast<std::size_t>(day < 0 ? day + 7 : day);
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
  std::stable_sort(meetings.begin(), meetings.end(), [](const Meeting& left, const Meeting& right) {
    return left.count > right.count;
  });
  return meetings;
}

std::optional<double> RateTally::share() const {
  if (whole == 0) return {};
  return static_cast<double>(counted) / static_cast<double>(whole);
}

RatePeriods tally_rate_periods(const Questionnaire& questionnaire, const Rate& rate,
                               std::span<const Entry> entries) {
  RatePeriods result;
  const std::vector<DayPartOfRate> days = days_of(questionnaire, rate, entries);
  if (days.empty()) return result;
  for (const auto length : {PeriodLength::month, PeriodLength::quarter, PeriodLength::year}) {
    result = {length, by_period(days, length)};
    if (result.periods.size() <= most_periods) return result;
  }
  result.periods.erase(result.periods.begin(),
                       result.periods.end() - static_cast<std::ptrdiff_t>(most_periods));
  return result;
}

std::vector<RatePeriod> tally_rate_months(const Questionnaire& questionnaire, const Rate& rate,
                                          std::span<const Entry> entries) {
  const std::vector<DayPartOfRate> days = days_of(questionnaire, rate, entries);
  if (days.empty()) return {};
  std::vector<RatePeriod> months = by_period(days, PeriodLength::month);
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
  for (const Entry& entry : entries) {
    const RateTally part = tally_entry(questionnaire, rate, entry);
    if (part.whole == 0) continue;
    add(trend.all, part);
    const std::int64_t time = entry.at.microseconds;
    if (!trend.first_at || time < trend.first_at->microseconds) trend.first_at = entry.at;
    if (!trend.last_at || time > trend.last_at->microseconds) trend.last_at = entry.at;
  }
  if (!trend.first_at) return trend;
  const std::int64_t start = local_day(*trend.first_at);
  const std::int64_t end = local_day(*trend.last_at);
  for (const Entry& entry : entries) {
    const RateTally part = tally_entry(questionnaire, rate, entry);
    const std::int64_t day = local_day(entry.at);
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
