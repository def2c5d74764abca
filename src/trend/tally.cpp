// SPDX-License-Identifier: MIT
#include "attune/tally.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace attune {
namespace {

constexpr std::int64_t microseconds_per_hour = 3'600'000'000;
constexpr std::int64_t microseconds_per_day = 24 * microseconds_per_hour;
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

// Microseconds since local midnight.
std::int64_t time_of_day(Instant at) {
  const std::int64_t local = at.microseconds + std::int64_t{60'000'000} * at.offset_minutes;
  return local - days_since_epoch(local_date(at)) * microseconds_per_day;
}

bool is_earlier(const Entry& left, const Entry& right) {
  return left.at.microseconds < right.at.microseconds;
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
  const std::int64_t apart =
      days_since_epoch(local_date(last->at)) - days_since_epoch(local_date(first->at));
  frequency.days = std::max<std::int64_t>(apart, 0) + 1;
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
  const std::int64_t time = time_of_day(at);
  // A record dated afterwards lies exactly at noon. That a lived one does by chance, too, is one in
  // 86 thousand million.
  if (time == 12 * microseconds_per_hour) return DayPart::unknown;
  constexpr DayPart parts[] = {DayPart::night, DayPart::morning, DayPart::afternoon,
                               DayPart::evening};
  return parts[time / (6 * microseconds_per_hour)];
}

std::size_t weekday(Instant at) {
  // 1970-01-01 was a Thursday, three days after a Monday.
  const std::int64_t day = (days_since_epoch(local_date(at)) + 3) % 7;
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

}  // namespace attune
