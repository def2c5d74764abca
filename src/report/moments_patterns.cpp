// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "report/moments_parts.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t most_meetings = 8;
constexpr std::size_t fewest_to_meet = 2;  // once is no pattern

std::string_view period_name(PeriodLength length) {
  switch (length) {
    case PeriodLength::month:
      return "Month";
    case PeriodLength::quarter:
      return "Quarter";
    case PeriodLength::year:
      return "Year";
  }
  return {};
}

Table periods_table(const Rate& rate, const RatePeriods& periods) {
  Table table{{std::string(period_name(periods.length)), capitalised(rate.unit), "Share"},
              {Align::left, Align::right, Align::right},
              {},
              "",
              {}};
  for (const RatePeriod& period : periods.periods) {
    const auto share = period.tally.share();
    table.rows.push_back({period_id(periods.length, period),
                          share ? count_of(period.tally.counted, period.tally.whole) : "none",
                          share ? percent(*share) : ""});
    table.pictures.emplace_back(Bar{share.value_or(0)});
  }
  return table;
}

// The first 90 days against the last, or from when on there is such a comparison.
std::string since_start(const Rate& rate, const RateTrend& trend) {
  if (trend.windows_overlap) {
    return fmt::format("Once these {} span {} days, the first {} are compared with the last {}.",
                       rate.unit, 2 * rate_window_days, rate_window_days, rate_window_days);
  }
  const std::string counts = fmt::format("In the first {} days: {}. In the last {}: {}.",
                                         rate_window_days, rate_in_words(rate, trend.first),
                                         rate_window_days, rate_in_words(rate, trend.last));
  if (!trend.change) {
    return fmt::format("{} To compare the two, each needs at least {}.", counts,
                       rate_window_entries);
  }
  const ShareDifference& change = *trend.change;
  if (change.verdict == Verdict::no_change) {
    return fmt::format("{} The difference is within chance: no clear change.", counts);
  }
  return fmt::format("{} That may be a change, of {} (likely from {} to {}).", counts,
                     points_in_words(change.difference), points_in_words(change.low),
                     points_in_words(change.high));
}

void add_rate(Document& document, const Questionnaire& questionnaire, const Rate& rate,
              std::span<const Entry> entries, int level) {
  const RateTrend trend = tally_rate_trend(questionnaire, rate, entries);
  if (trend.all.whole == 0) return;
  document.emplace_back(Heading{level, rate.name});
  document.emplace_back(Paragraph{capitalised(rate_in_words(rate, trend.all)) + "."});
  if (entries.size() < fewest_entries_for_patterns) return;
  const RatePeriods periods = tally_rate_periods(questionnaire, rate, entries);
  if (periods.periods.size() > 1) document.emplace_back(periods_table(rate, periods));
  document.emplace_back(Paragraph{since_start(rate, trend)});
}

}  // namespace

void add_rates(Document& document, const Questionnaire& questionnaire,
               std::span<const Entry> entries, int level) {
  for (const Rate& rate : questionnaire.rates) {
    add_rate(document, questionnaire, rate, entries, level);
  }
}

void add_times(Document& document, std::span<const Entry> entries, int level, Said& said) {
  const TimeTally tally = tally_times(entries);
  constexpr auto unknown_part = static_cast<std::size_t>(DayPart::unknown);
  std::size_t unknown = 0;
  for (const auto& day : tally.counts) unknown += day[unknown_part];
  const std::size_t columns = unknown > 0 ? day_parts : day_parts - 1;
  Table table{{"Day"}, {Align::left}, {}, "", {}};
  for (std::size_t part = 0; part < columns; ++part) {
    table.header.push_back(part == unknown_part
                               ? "No time"
                               : capitalised(std::string(name_of(static_cast<DayPart>(part)))));
    table.align.push_back(Align::right);
  }
  table.header.emplace_back("In all");
  table.align.push_back(Align::right);
  for (std::size_t day = 0; day < tally.counts.size(); ++day) {
    const auto& counts = tally.counts[day];
    std::vector<std::string> row{capitalised(std::string(weekday_id(day)))};
    for (std::size_t part = 0; part < columns; ++part) {
      row.push_back(counts[part] > 0 ? fmt::format("{}", counts[part]) : "");
    }
    row.push_back(fmt::format("{}", std::accumulate(counts.begin(), counts.end(), std::size_t{0})));
    table.rows.push_back(std::move(row));
  }
  document.emplace_back(Heading{level, "When"});
  std::string words;
  if (!std::exchange(said.parts_of_the_day, true)) {
    words = "Night ends at 6 o'clock, morning at 12, afternoon at 18, evening at 24.";
  }
  if (unknown > 0) {
    words += fmt::format("{}{} dated afterwards, so the time of day is not known.",
                         words.empty() ? "" : " ",
                         unknown == 1 ? "One entry was" : fmt::format("{} entries were", unknown));
  }
  if (!words.empty()) document.emplace_back(Paragraph{std::move(words), Tone::quiet});
  document.emplace_back(std::move(table));
}

void add_meetings(Document& document, const Questionnaire& questionnaire,
                  std::span<const Entry> entries, const SummaryStyle& style) {
  for (const Together& together : questionnaire.together) {
    const Item& first = questionnaire.items[together.first];
    const Item& second = questionnaire.items[together.second];
    Table table{{"First", "Then", "Entries"}, {Align::left, Align::left, Align::right}, {}, "", {}};
    for (const Meeting& meeting : tally_meetings(questionnaire, together, entries)) {
      if (meeting.count < fewest_to_meet || table.rows.size() == most_meetings) break;
      table.rows.push_back({first.choices[meeting.first].text, second.choices[meeting.second].text,
                            count_of(meeting.count, meeting.of)});
    }
    if (table.rows.empty()) continue;
    document.emplace_back(Heading{style.level, "What came together"});
    document.emplace_back(
        Paragraph{fmt::format("\"{}\" first, then \"{}\": what came up more than once.",
                              statement(questionnaire, first, style.about),
                              statement(questionnaire, second, style.about)),
                  Tone::quiet});
    document.emplace_back(std::move(table));
  }
}

}  // namespace attune::detail
