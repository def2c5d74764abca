// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/moments.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// Rows of a table of counts; what is rarer follows in one sentence.
constexpr std::size_t most_choices = 8;
constexpr std::size_t most_notes = 10;
constexpr std::size_t most_meetings = 8;
constexpr std::size_t fewest_to_meet = 2;  // once is no pattern

// What holds for every summary on a page.
constexpr std::string_view when_patterns_come =
    "From 5 entries on, this page also shows when they are from and what came together. Until "
    "then, here is what you noted.";
static_assert(fewest_entries_for_patterns == 5);
constexpr std::string_view several_answers = "An entry can have several answers.";
constexpr std::string_view parts_of_the_day =
    "Night ends at 6 o'clock, morning at 12, afternoon at 18, evening at 24.";

// What is summed up, and how.
struct Summed {
  const Questionnaire& questionnaire;
  std::span<const trend::Entry> entries;
  SummaryStyle style;
};

// "1 entry", "23 entries"
std::string entries_in_words(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
}

void add_frequency(Document& document, const Summed& summed) {
  const std::size_t count = summed.entries.size();
  const trend::Frequency frequency = *trend::tally_frequency(summed.entries);
  Facts facts;
  if (const auto about = summed.style.about) {
    facts.rows.emplace_back("About", summed.questionnaire.abouts[*about].phrase);
  }
  facts.rows.emplace_back(
      "Entries", fmt::format("{}, {}", count, days_in_words(frequency.first, frequency.last)));
  if (frequency.per_30_days) {
    facts.rows.emplace_back(
        "In 30 days", fmt::format("{} on average", render_decimal(*frequency.per_30_days, 1)));
  } else if (shows_patterns(summed.entries)) {
    facts.rows.emplace_back("In 30 days", "shown once your entries span 30 days");
  }
  document.emplace_back(std::move(facts));
  if (shows_patterns(summed.entries)) return;
  say(document,
      fmt::format("A pattern needs more than {}. {}", entries_in_words(count), when_patterns_come));
}

// --- answers ----------------------------------------------------------------------------------

// The choices that were made, most frequent first, ties in file order.
std::vector<std::size_t> by_frequency(const trend::ChoiceTally& tally) {
  std::vector<std::size_t> order;
  for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
    if (tally.counts[choice] > 0) order.push_back(choice);
  }
  std::stable_sort(order.begin(), order.end(), [&tally](std::size_t left, std::size_t right) {
    return tally.counts[left] > tally.counts[right];
  });
  return order;
}

std::string rarer_choices(const Item& item, const trend::ChoiceTally& tally,
                          std::span<const std::size_t> rest) {
  std::string words = "Less often:";
  for (const std::size_t choice : rest) {
    words += fmt::format("{} {} ({})", choice == rest.front() ? "" : ";", item.choices[choice].text,
                         tally.counts[choice]);
  }
  return words + ".";
}

Table choices_table(const Item& item, const trend::ChoiceTally& tally,
                    std::span<const std::size_t> choices, bool has_shares) {
  Table table{{"Answer", "Entries"}, {Align::left, Align::right}, {}, "", {}};
  if (has_shares) table.header.emplace_back("Share");
  if (has_shares) table.align.push_back(Align::right);
  for (const std::size_t choice : choices) {
    const std::size_t count = tally.counts[choice];
    std::vector<std::string> row{item.choices[choice].text, std::to_string(count)};
    if (has_shares) {
      const double share = static_cast<double>(count) / static_cast<double>(tally.answered);
      row.push_back(percent(share));
      table.pictures.emplace_back(Bar{share});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_choices(Document& document, const Summed& summed, std::size_t index) {
  const Item& item = summed.questionnaire.items[index];
  const trend::ChoiceTally tally =
      trend::tally_choices(summed.questionnaire, index, summed.entries);
  const std::vector<std::size_t> order = by_frequency(tally);
  if (tally.answered < summed.entries.size() || item.multiple) {
    say(document, Tone::quiet,
        fmt::format("Answered in {} of {}.{}{}", tally.answered,
                    entries_in_words(summed.entries.size()), item.multiple ? " " : "",
                    item.multiple ? several_answers : ""));
  }
  const std::size_t rows = order.size() <= most_choices + 1 ? order.size() : most_choices;
  document.emplace_back(
      choices_table(item, tally, std::span(order).first(rows), shows_patterns(summed.entries)));
  if (rows < order.size()) {
    say(document, Tone::quiet, rarer_choices(item, tally, std::span(order).subspan(rows)));
  }
}

// "4.3 minutes on average", "4.3 on average, on a scale from 1 (barely there) to 7 (strong)"
std::string average_in_words(const Questionnaire& questionnaire, const Item& item, double mean) {
  const std::string average = render_decimal(mean, 1);
  if (item.kind == ItemKind::number) {
    return fmt::format("{}{}{} on average", average, item.unit.empty() ? "" : " ", item.unit);
  }
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  return fmt::format("{} on average, on a scale from {} ({}) to {} ({})", average, scale.min,
                     label_of(scale, scale.min), scale.max, label_of(scale, scale.max));
}

std::string numbers_in_words(const Summed& summed, std::size_t index) {
  const Item& item = summed.questionnaire.items[index];
  const trend::NumberTally tally = *trend::tally_numbers(index, summed.entries);
  if (tally.answered == 1) {
    return describe_answer(summed.questionnaire, item, tally.mean) + ", in 1 entry.";
  }
  return fmt::format(
      "{}. Lowest {}, highest {}, in {}.", average_in_words(summed.questionnaire, item, tally.mean),
      render_decimal(tally.min, 1), render_decimal(tally.max, 1), entries_in_words(tally.answered));
}

// The answers to a text item, newest first.
Facts notes_newest_first(std::size_t item, std::span<const trend::Entry> entries) {
  std::vector<std::pair<Instant, std::string>> notes;
  for (const trend::Entry& entry : entries) {
    const auto& answer = entry.responses.answers[item];
    const std::string* text = answer ? std::get_if<std::string>(&*answer) : nullptr;
    if (text != nullptr) notes.emplace_back(entry.at, *text);
  }
  std::stable_sort(notes.begin(), notes.end(), [](const auto& left, const auto& right) {
    return left.first.microseconds > right.first.microseconds;
  });
  Facts facts;
  for (const auto& [at, text] : notes) facts.rows.emplace_back(render_local_date(at), text);
  return facts;
}

void add_notes(Document& document, const Summed& summed, std::size_t item) {
  Facts facts = notes_newest_first(item, summed.entries);
  const std::size_t count = facts.rows.size();
  if (summed.style.notes == Notes::hide) {
    say(document, count == 1
                      ? "1 line, not shown here unless you ask for it."
                      : fmt::format("{} lines, not shown here unless you ask for them.", count));
    return;
  }
  if (count > most_notes) {
    say(document, fmt::format("The last {} of your {} lines, newest first:", most_notes, count));
    facts.rows.resize(most_notes);
  }
  document.emplace_back(std::move(facts));
}

bool was_answered(std::size_t item, std::span<const trend::Entry> entries) {
  return std::any_of(entries.begin(), entries.end(), [item](const trend::Entry& entry) {
    const auto& answer = entry.responses.answers[item];
    return answer && !std::holds_alternative<Skipped>(*answer);
  });
}

void add_answers(Document& document, const Summed& summed, std::size_t index) {
  if (!was_answered(index, summed.entries)) return;
  const Item& item = summed.questionnaire.items[index];
  document.emplace_back(
      Heading{summed.style.level, statement(summed.questionnaire, item, summed.style.about)});
  switch (item.kind) {
    case ItemKind::choice:
      return add_choices(document, summed, index);
    case ItemKind::rating:
    case ItemKind::number:
      say(document, numbers_in_words(summed, index));
      return;
    case ItemKind::text:
      return add_notes(document, summed, index);
  }
}

// --- rates ------------------------------------------------------------------------------------

// "9 of 11 sessions (82%)"; "no sessions" without any.
std::string rate_in_words(const Rate& rate, trend::RateTally tally) {
  const std::optional<double> share = tally.share();
  if (!share) return "no " + rate.unit;
  return fmt::format("{} {} ({})", count_of(tally.counted, tally.whole), rate.unit,
                     percent(*share));
}

// "+12 points", "−3 points": the difference of two shares in percentage points.
std::string points_in_words(double difference) {
  const double points = std::round(100 * difference);
  const std::string_view sign = points > 0 ? "+" : points < 0 ? "−" : "";
  const std::string_view unit = std::abs(points) == 1.0 ? "point" : "points";
  return fmt::format("{}{} {}", sign, render_fixed(std::abs(points), 0), unit);
}

std::string_view period_name(trend::PeriodLength length) {
  switch (length) {
    case trend::PeriodLength::month:
      return "Month";
    case trend::PeriodLength::quarter:
      return "Quarter";
    case trend::PeriodLength::year:
      return "Year";
  }
  return {};
}

Table periods_table(const Rate& rate, const trend::RatePeriods& periods) {
  Table table{{std::string(period_name(periods.length)), capitalised(rate.unit), "Share"},
              {Align::left, Align::right, Align::right},
              {},
              "",
              {}};
  for (const trend::RatePeriod& period : periods.periods) {
    const auto share = period.tally.share();
    table.rows.push_back({period_id(periods.length, period),
                          share ? count_of(period.tally.counted, period.tally.whole) : "none",
                          share ? percent(*share) : ""});
    table.pictures.emplace_back(Bar{share.value_or(0)});
  }
  return table;
}

// The first 90 days against the last, or from when on there is such a comparison.
std::string since_start(const Rate& rate, const trend::RateTrend& trend) {
  if (trend.windows_overlap) {
    return fmt::format("Once these {} span {} days, the first {} are compared with the last {}.",
                       rate.unit, 2 * trend::rate_window_days, trend::rate_window_days,
                       trend::rate_window_days);
  }
  const std::string counts = fmt::format("In the first {} days: {}. In the last {}: {}.",
                                         trend::rate_window_days, rate_in_words(rate, trend.first),
                                         trend::rate_window_days, rate_in_words(rate, trend.last));
  if (!trend.change) {
    return fmt::format("{} To compare the two, each needs at least {}.", counts,
                       trend::rate_window_entries);
  }
  const trend::ShareDifference& change = *trend.change;
  if (change.verdict == trend::Verdict::no_change) {
    return fmt::format("{} The difference is within chance: no clear change.", counts);
  }
  return fmt::format("{} That may be a change, of {} (likely from {} to {}).", counts,
                     points_in_words(change.difference), points_in_words(change.low),
                     points_in_words(change.high));
}

void add_rate(Document& document, const Summed& summed, const Rate& rate) {
  const trend::RateTrend trend =
      trend::tally_rate_trend(summed.questionnaire, rate, summed.entries);
  if (trend.all.whole == 0) return;
  document.emplace_back(Heading{summed.style.level, rate.name});
  say(document, capitalised(rate_in_words(rate, trend.all)) + ".");
  if (!shows_patterns(summed.entries)) return;
  const trend::RatePeriods periods =
      trend::tally_rate_periods(summed.questionnaire, rate, summed.entries);
  if (periods.periods.size() > 1) document.emplace_back(periods_table(rate, periods));
  say(document, since_start(rate, trend));
}

// --- when, and what came together -------------------------------------------------------------

Table times_table(const trend::TimeTally& tally, std::size_t columns) {
  Table table{{"Day"}, {Align::left}, {}, "", {}};
  for (std::size_t part = 0; part < columns; ++part) {
    const auto day_part = static_cast<trend::DayPart>(part);
    table.header.push_back(
        day_part == trend::DayPart::unknown ? "No time" : capitalised(day_part_id(day_part)));
    table.align.push_back(Align::right);
  }
  table.header.emplace_back("In all");
  table.align.push_back(Align::right);
  for (std::size_t day = 0; day < tally.counts.size(); ++day) {
    const auto& counts = tally.counts[day];
    std::vector<std::string> row{capitalised(weekday_id(day))};
    for (std::size_t part = 0; part < columns; ++part) {
      row.push_back(counts[part] > 0 ? std::to_string(counts[part]) : "");
    }
    row.push_back(std::to_string(std::accumulate(counts.begin(), counts.end(), std::size_t{0})));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_times(Document& document, const Summed& summed) {
  const trend::TimeTally tally = trend::tally_times(summed.entries);
  std::size_t unknown = 0;
  for (const auto& day : tally.counts)
    unknown += day[static_cast<std::size_t>(trend::DayPart::unknown)];
  document.emplace_back(Heading{summed.style.level, "When"});
  std::string words(parts_of_the_day);
  if (unknown > 0) {
    words += fmt::format(" {} dated afterwards, so the time of day is not known.",
                         unknown == 1 ? "One entry was" : fmt::format("{} entries were", unknown));
  }
  say(document, Tone::quiet, words);
  document.emplace_back(times_table(tally, unknown > 0 ? trend::day_parts : trend::day_parts - 1));
}

void add_meetings(Document& document, const Summed& summed) {
  const Questionnaire& questionnaire = summed.questionnaire;
  for (const Together& together : questionnaire.together) {
    const Item& first = questionnaire.items[together.first];
    const Item& second = questionnaire.items[together.second];
    Table table{{"First", "Then", "Entries"}, {Align::left, Align::left, Align::right}, {}, "", {}};
    for (const trend::Meeting& meeting :
         trend::tally_meetings(questionnaire, together, summed.entries)) {
      if (meeting.count < fewest_to_meet || table.rows.size() == most_meetings) break;
      table.rows.push_back({first.choices[meeting.first].text, second.choices[meeting.second].text,
                            count_of(meeting.count, meeting.of)});
    }
    if (table.rows.empty()) continue;
    document.emplace_back(Heading{summed.style.level, "What came together"});
    say(document, Tone::quiet,
        fmt::format("\"{}\" first, then \"{}\": what came up more than once.",
                    statement(questionnaire, first, summed.style.about),
                    statement(questionnaire, second, summed.style.about)));
    document.emplace_back(std::move(table));
  }
}

// Takes `sentence` out of every paragraph but the first that has it.
void keep_first(Document& document, std::string_view sentence) {
  bool was_said = false;
  for (Block& block : document) {
    auto* paragraph = std::get_if<Paragraph>(&block);
    const std::size_t at =
        paragraph == nullptr ? std::string::npos : paragraph->text.find(sentence);
    if (at == std::string::npos || !std::exchange(was_said, true)) continue;
    paragraph->text.erase(at, sentence.size());
    paragraph->text = std::string(trim(paragraph->text));
  }
}

}  // namespace

std::string_view weekday_id(std::size_t weekday) {
  constexpr std::array<std::string_view, 7> ids{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};
  return ids[weekday];
}

std::string_view day_part_id(trend::DayPart part) {
  constexpr std::array<std::string_view, trend::day_parts> ids{"night", "morning", "afternoon",
                                                               "evening", "unknown"};
  return ids[static_cast<std::size_t>(part)];
}

std::string period_id(trend::PeriodLength length, const trend::RatePeriod& period) {
  switch (length) {
    case trend::PeriodLength::month:
      return fmt::format("{:04}-{:02}", period.year, period.part);
    case trend::PeriodLength::quarter:
      return fmt::format("{:04}-Q{}", period.year, period.part);
    case trend::PeriodLength::year:
      return fmt::format("{:04}", period.year);
  }
  return {};
}

bool shows_patterns(std::span<const trend::Entry> entries) {
  return entries.size() >= fewest_entries_for_patterns;
}

void add_summary(Document& document, const Questionnaire& questionnaire,
                 std::span<const trend::Entry> entries, const SummaryStyle& style) {
  const Summed summed{questionnaire, entries, style};
  add_frequency(document, summed);
  for (const Rate& rate : questionnaire.rates) add_rate(document, summed, rate);
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    add_answers(document, summed, item);
  }
  if (!shows_patterns(entries)) return;
  add_meetings(document, summed);
  add_times(document, summed);
}

void explain_once(Document& document) {
  for (const std::string_view sentence : {when_patterns_come, several_answers, parts_of_the_day}) {
    keep_first(document, sentence);
  }
  std::erase_if(document, [](const Block& block) {
    const auto* paragraph = std::get_if<Paragraph>(&block);
    return paragraph != nullptr && paragraph->text.empty();
  });
}

Document moments_document(const Questionnaire& questionnaire, std::span<const trend::Entry> entries,
                          const MomentsOptions& options) {
  Document document{Heading{1, questionnaire.title}};
  if (entries.empty()) {
    const auto& minutes = questionnaire.minutes;
    const std::string time =
        minutes ? fmt::format(", in about {} minute{}", *minutes, *minutes == 1 ? "" : "s") : "";
    say(document, fmt::format("There are no entries yet. 'attune take {}' makes the first one{}.",
                              questionnaire.id, time));
    return document;
  }
  add_summary(document, questionnaire, entries, {options.notes, options.about, 2});
  explain_once(document);
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (shows_patterns(entries)) say(document, limits_of_counts);
  add_status(document, questionnaire.status, limits_of_notes);
  return document;
}

}  // namespace attune::report
