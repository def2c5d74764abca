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

void add(RateTally& sum, RateTally part) {
  sum.counted += part.counted;
  sum.whole += part.whole;
}

// What entries are ordered by.
constexpr auto moment = [](const auto& each) { return each.at.microseconds; };

std::int64_t local_day(Instant at) { return days_since_epoch(local_date(at)); }

// Its place in a TimeTally.
std::size_t day_part(Instant at) {
  const std::int64_t local = at.microseconds + std::int64_t{60'000'000} * at.offset_minutes;
  const std::int64_t time = local - local_day(at) * microseconds_per_day;
  // A record dated afterwards lies exactly at noon. That a lived one does by chance, too, is one in
  // 86 thousand million.
  if (time == microseconds_per_day / 2) return 4;
  return static_cast<std::size_t>(time / (microseconds_per_day / 4));
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

}  // namespace

std::optional<Frequency> tally_frequency(std::span<const Entry> entries) {
  if (entries.empty()) return {};
  const auto [first, last] = std::ranges::minmax_element(entries, {}, moment);
  Frequency frequency;
  frequency.first = first->at;
  frequency.last = last->at;
  // Two moments an hour apart can lie two calendar days apart, the wrong way round, when a journey
  // to the west lies between them.
  frequency.days = std::max<std::int64_t>(local_day(last->at) - local_day(first->at), 0) + 1;
  if (frequency.days >= fewest_days_for_a_frequency) {
    frequency.per_30_days =
        30.0 * static_cast<double>(entries.size()) / static_cast<double>(frequency.days);
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

TimeTally tally_times(std::span<const Entry> entries) {
  TimeTally tally{};
  for (const Entry& entry : entries) ++tally[day_part(entry.at)];
  return tally;
}

std::optional<double> RateTally::share() const {
  if (whole == 0) return {};
  return static_cast<double>(counted) / static_cast<double>(whole);
}

std::vector<RateMonth> tally_rate_months(const Questionnaire& questionnaire, const Rate& rate,
                                         std::span<const Entry> entries) {
  std::vector<RateMonth> months;
  const auto number_of = [](Date date) { return date.year * 12 + date.month - 1; };
  for (const RateEntry& entry : rate_entries(questionnaire, rate, entries)) {
    const int month = number_of(local_date(entry.at));
    const auto next = [&] { return months.back().year * 12 + months.back().month; };
    while (months.empty() || next() <= month) {
      const int number = months.empty() ? month : next();
      months.push_back({number / 12, number % 12 + 1, {}});
    }
    add(months.back().tally, entry.tally);
  }
  return months;
}

RateCounts tally_rate(const Questionnaire& questionnaire, const Rate& rate,
                      std::span<const Entry> entries) {
  RateCounts counts;
  const std::vector<RateEntry> parts = rate_entries(questionnaire, rate, entries);
  if (parts.empty()) return counts;
  const auto [first, last] = std::ranges::minmax_element(parts, {}, moment);
  counts.first_at = first->at;
  counts.last_at = last->at;
  const std::int64_t end = local_day(last->at);
  for (const auto& [at, part] : parts) {
    const std::int64_t day = local_day(at);
    add(counts.all, part);
    if (day <= end && day > end - recent_days) add(counts.recent, part);
  }
  return counts;
}

}  // namespace attune::trend
