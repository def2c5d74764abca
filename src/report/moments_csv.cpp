// SPDX-License-Identifier: MIT
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/moments.hpp"

#include "report/csv.hpp"
#include "report/moments_parts.hpp"

namespace attune {
namespace {

using detail::csv_cell;

class Lines {
 public:
  void add_number(std::string_view part, std::string_view item, std::string_view key,
                  std::optional<double> value, std::optional<std::size_t> of) {
    text_ += detail::csv_line({csv_cell(part), csv_cell(item), csv_cell(key),
                               value ? render_decimal(*value) : "", of ? std::to_string(*of) : ""});
  }

  void add_count(std::string_view part, std::string_view item, std::string_view key,
                 std::size_t value, std::optional<std::size_t> of) {
    add_number(part, item, key, static_cast<double>(value), of);
  }

  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_ = "part,item,key,value,of\n";
};

void add_entries(Lines& lines, std::span<const Entry> entries) {
  const auto frequency = tally_frequency(entries);
  lines.add_count("entries", "", "entries", entries.size(), {});
  lines.add_number("entries", "", "days", frequency ? static_cast<double>(frequency->days) : 0.0,
                   {});
  lines.add_number("entries", "", "per_30_days", frequency ? frequency->per_30_days : std::nullopt,
                   {});
}

void add_item(Lines& lines, const Questionnaire& questionnaire, std::size_t index,
              std::span<const Entry> entries) {
  const Item& item = questionnaire.items[index];
  if (item.kind == ItemKind::text) return;
  if (item.kind == ItemKind::choice) {
    const ChoiceTally tally = tally_choices(questionnaire, index, entries);
    for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
      lines.add_count("choice", item.id, item.choices[choice].id, tally.counts[choice],
                      tally.answered);
    }
    return;
  }
  const auto tally = tally_numbers(index, entries);
  const std::size_t answered = tally ? tally->answered : 0;
  using Value = std::optional<double>;
  lines.add_number("number", item.id, "mean", tally ? Value(tally->mean) : Value(), answered);
  lines.add_number("number", item.id, "min", tally ? Value(tally->min) : Value(), answered);
  lines.add_number("number", item.id, "max", tally ? Value(tally->max) : Value(), answered);
}

void add_times(Lines& lines, std::span<const Entry> entries) {
  const TimeTally tally = tally_times(entries);
  for (std::size_t day = 0; day < tally.counts.size(); ++day) {
    for (std::size_t part = 0; part < day_parts; ++part) {
      lines.add_count("time", detail::weekday_id(day), detail::name_of(static_cast<DayPart>(part)),
                      tally.counts[day][part], entries.size());
    }
  }
}

void add_together(Lines& lines, const Questionnaire& questionnaire,
                  std::span<const Entry> entries) {
  for (const Together& together : questionnaire.together) {
    const Item& first = questionnaire.items[together.first];
    const Item& second = questionnaire.items[together.second];
    for (const Meeting& meeting : tally_meetings(questionnaire, together, entries)) {
      lines.add_count("together", first.id + "+" + second.id,
                      first.choices[meeting.first].id + "+" + second.choices[meeting.second].id,
                      meeting.count, meeting.of);
    }
  }
}

void add_rate(Lines& lines, const Questionnaire& questionnaire, const Rate& rate,
              std::span<const Entry> entries) {
  const auto add = [&](std::string_view key, RateTally tally) {
    lines.add_count("rate", rate.id, key, tally.counted, tally.whole);
  };
  const RateTrend trend = tally_rate_trend(questionnaire, rate, entries);
  add("all", trend.all);
  add("first_90_days", trend.first);
  add("last_90_days", trend.last);
  const RatePeriods periods = tally_rate_periods(questionnaire, rate, entries);
  for (const RatePeriod& period : periods.periods) {
    add(detail::period_id(periods.length, period), period.tally);
  }
}

}  // namespace

std::string moments_csv(const Questionnaire& questionnaire, std::span<const Entry> entries) {
  Lines lines;
  add_entries(lines, entries);
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    add_item(lines, questionnaire, item, entries);
  }
  add_times(lines, entries);
  add_together(lines, questionnaire, entries);
  for (const Rate& rate : questionnaire.rates) add_rate(lines, questionnaire, rate, entries);
  return std::move(lines).text();
}

}  // namespace attune
