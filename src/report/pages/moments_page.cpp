// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

constexpr std::size_t most_notes = 10;
constexpr std::ptrdiff_t most_months = 12;

// What holds for every summary on a page is said once.
constexpr std::string_view when_patterns_come =
    "From 5 entries on, this page also shows shares, and the times of day.";
static_assert(fewest_entries_for_patterns == 5);
constexpr std::string_view several_answers = "An entry can have several answers.";
constexpr std::array<const char*, std::tuple_size_v<trend::TimeTally>> day_part_words{
    "night, 0 to 6", "morning, 6 to 12", "afternoon, 12 to 18", "evening, 18 to 24",
    "not known, added later"};

// What is summed up, and how.
struct Summed {
  const Questionnaire& questionnaire;
  std::span<const trend::Entry> entries;
  const MomentsOptions& options;
  int level = 2;  // of the headings
};

// `sentence` with a space before it, where the page has not said it yet.
std::string once(const Document& document, std::string_view sentence) {
  const bool was_said = std::ranges::any_of(document, [sentence](const Block& block) {
    const auto* paragraph = std::get_if<Paragraph>(&block);
    return paragraph != nullptr && paragraph->text.find(sentence) != std::string::npos;
  });
  return was_said ? "" : fmt::format(" {}", sentence);
}

std::string entries_in_words(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
}

void add_frequency(Document& document, const Summed& summed) {
  const std::size_t count = summed.entries.size();
  const trend::Frequency frequency = *trend::tally_frequency(summed.entries);
  Facts facts;
  if (const auto about = summed.options.about) {
    facts.rows.emplace_back(
        "About", summed.questionnaire.abouts[*about].phrase + ", and entries that name nobody");
  }
  facts.rows.emplace_back(
      "Entries", fmt::format("{}, {}", count, days_in_words(frequency.first, frequency.last)));
  if (frequency.per_30_days) {
    facts.rows.emplace_back(
        "Per 30 days", fmt::format("{} on average", render_decimal(*frequency.per_30_days, 1)));
  } else if (shows_patterns(summed.entries)) {
    facts.rows.emplace_back("Per 30 days", "shown once there are 30 days of entries");
  }
  document.emplace_back(std::move(facts));
  if (shows_patterns(summed.entries)) return;
  say(document, fmt::format("{} can't show a pattern yet.{}", capitalised(entries_in_words(count)),
                            once(document, when_patterns_come)));
}

// "82%"
std::string percent(double share) { return render_fixed(100 * share, 0) + "%"; }

Table table_of_counts(std::string header, const Summed& summed) {
  Table table = table_with({std::move(header)}, {"Entries"});
  if (shows_patterns(summed.entries)) add_column(table, "Share", Align::right);
  return table;
}

// A row: how many of the entries, and their share where there are enough for one.
void add_count(Table& table, std::string what, trend::RateTally tally, const Summed& summed) {
  auto& row = table.rows.emplace_back(std::vector{std::move(what), std::to_string(tally.counted)});
  if (!shows_patterns(summed.entries)) return;
  row.push_back(percent(*tally.share()));
  table.pictures.emplace_back(Bar{*tally.share()});
}

// The choices that were made, most frequent first, ties in file order.
void add_choices(Document& document, const Summed& summed, std::size_t index) {
  const Item& item = summed.questionnaire.items[index];
  const trend::ChoiceTally tally =
      trend::tally_choices(summed.questionnaire, index, summed.entries);
  std::vector<std::size_t> order;
  for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
    if (tally.counts[choice] > 0) order.push_back(choice);
  }
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t choice) { return tally.counts[choice]; });
  if (tally.answered < summed.entries.size() || item.multiple) {
    say(document, Tone::quiet,
        fmt::format("Answered in {} of {}.{}", tally.answered,
                    entries_in_words(summed.entries.size()),
                    item.multiple ? once(document, several_answers) : ""));
  }
  Table table = table_of_counts("Answer", summed);
  for (const std::size_t choice : order) {
    add_count(table, item.choices[choice].text, {tally.counts[choice], tally.answered}, summed);
  }
  document.emplace_back(std::move(table));
}

// "4.3 minutes on average", "4.3 on average, on a scale from 1 (barely there) to 7 (strong)", with
// the ends of what was answered.
void add_numbers(Document& document, const Summed& summed, std::size_t index) {
  const Item& item = summed.questionnaire.items[index];
  const trend::NumberTally tally = *trend::tally_numbers(index, summed.entries);
  if (tally.answered == 1) {
    return say(document, describe_answer(summed.questionnaire, item, tally.mean) + ", in 1 entry.");
  }
  std::string words = render_decimal(tally.mean, 1);
  if (item.kind == ItemKind::number) {
    words += fmt::format("{}{} on average", item.unit.empty() ? "" : " ", item.unit);
  } else {
    const ResponseScale& scale = summed.questionnaire.response_scales[item.response_scale];
    words += fmt::format(" on average, on a scale from {} ({}) to {} ({})", scale.min,
                         label_of(scale, scale.min), scale.max, label_of(scale, scale.max));
  }
  say(document,
      fmt::format("{}. Lowest {}, highest {}, in {}.", words, render_decimal(tally.min, 1),
                  render_decimal(tally.max, 1), entries_in_words(tally.answered)));
}

// The answers to a text item, newest first.
void add_notes(Document& document, const Summed& summed, std::size_t item) {
  std::vector<std::pair<Instant, std::string>> notes;
  for (const trend::Entry& entry : summed.entries) {
    if (const std::string* text = text_in(entry, item)) notes.emplace_back(entry.at, *text);
  }
  if (summed.options.notes == Notes::hide) {
    return say(document, notes.size() == 1
                             ? "1 line; --notes shows it."
                             : fmt::format("{} lines; --notes shows them.", notes.size()));
  }
  std::ranges::stable_sort(notes, std::ranges::greater{},
                           [](const auto& note) { return note.first.microseconds; });
  if (notes.size() > most_notes) {
    say(document,
        fmt::format("The last {} of your {} lines, newest first:", most_notes, notes.size()));
    notes.resize(most_notes);
  }
  Facts facts;
  for (const auto& [at, text] : notes) facts.rows.emplace_back(render_local_date(at), text);
  document.emplace_back(std::move(facts));
}

void add_answers(Document& document, const Summed& summed, std::size_t index) {
  const bool was_answered = std::ranges::any_of(summed.entries, [&](const trend::Entry& entry) {
    const auto& answer = entry.responses.answers[index];
    return answer && !std::holds_alternative<Skipped>(*answer);
  });
  if (!was_answered) return;
  const Item& item = summed.questionnaire.items[index];
  document.emplace_back(
      Heading{summed.level, statement(summed.questionnaire, item, summed.options.about)});
  switch (item.kind) {
    case ItemKind::choice:
      return add_choices(document, summed, index);
    case ItemKind::rating:
    case ItemKind::number:
      return add_numbers(document, summed, index);
    case ItemKind::text:
      return add_notes(document, summed, index);
  }
}

// "9 of 11 sessions (82%)"; "no sessions" without any. No share where there are too few entries.
std::string rate_in_words(const Summed& summed, const Rate& rate, trend::RateTally tally) {
  const std::optional<double> share = tally.share();
  if (!share) return "no " + rate.unit;
  const std::string count = count_of(tally.counted, tally.whole) + ' ' + rate.unit;
  return shows_patterns(summed.entries) ? fmt::format("{} ({})", count, percent(*share)) : count;
}

void add_rate(Document& document, const Summed& summed, const Rate& rate) {
  const trend::RateCounts counts = trend::tally_rate(summed.questionnaire, rate, summed.entries);
  if (counts.all.whole == 0) return;
  document.emplace_back(Heading{summed.level, rate.name});
  say(document, fmt::format("In all: {}. In the {} days up to the last entry: {}.",
                            rate_in_words(summed, rate, counts.all), trend::recent_days,
                            rate_in_words(summed, rate, counts.recent)));
  if (!shows_patterns(summed.entries)) return;
  std::vector<trend::RateMonth> months =
      trend::tally_rate_months(summed.questionnaire, rate, summed.entries);
  if (std::ssize(months) > most_months) months.erase(months.begin(), months.end() - most_months);
  if (months.size() > 1) {
    Table table = table_with({"Month"}, {capitalised(rate.unit), "Share"});
    for (const trend::RateMonth& month : months) {
      const auto share = month.tally.share();
      table.rows.push_back({month_id(month),
                            share ? count_of(month.tally.counted, month.tally.whole) : "none",
                            share ? percent(*share) : ""});
      table.pictures.emplace_back(Bar{share.value_or(0)});
    }
    document.emplace_back(std::move(table));
  }
}

// The parts of the day in which there are entries.
void add_times(Document& document, const Summed& summed) {
  const trend::TimeTally tally = trend::tally_times(summed.entries);
  Table table = table_of_counts("Time of day", summed);
  for (std::size_t part = 0; part < tally.size(); ++part) {
    if (tally[part] == 0) continue;
    add_count(table, day_part_words[part], {tally[part], summed.entries.size()}, summed);
  }
  document.emplace_back(Heading{summed.level, "When"});
  document.emplace_back(std::move(table));
}

}  // namespace

std::string month_id(const trend::RateMonth& month) {
  return fmt::format("{:04}-{:02}", month.year, month.month);
}

const std::string* text_in(const trend::Entry& entry, std::size_t item) {
  const auto& answer = entry.responses.answers[item];
  return answer ? std::get_if<std::string>(&*answer) : nullptr;
}

bool shows_patterns(std::span<const trend::Entry> entries) {
  return entries.size() >= fewest_entries_for_patterns;
}

void add_summary(Document& document, const Questionnaire& questionnaire,
                 std::span<const trend::Entry> entries, const MomentsOptions& options, int level) {
  const Summed summed{questionnaire, entries, options, level};
  add_frequency(document, summed);
  for (const Rate& rate : questionnaire.rates) add_rate(document, summed, rate);
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    add_answers(document, summed, item);
  }
  if (shows_patterns(entries)) add_times(document, summed);
}

Document moments_document(const Questionnaire& questionnaire, std::span<const trend::Entry> entries,
                          const MomentsOptions& options) {
  Document document{Heading{1, questionnaire.title}};
  if (entries.empty()) {
    std::string time;
    if (const auto minutes = questionnaire.minutes) {
      time = ", in about " + counted(static_cast<std::size_t>(*minutes), "minute");
    }
    say(document, fmt::format("There are no entries yet. 'attune take {}' makes the first one{}.",
                              questionnaire.id, time));
    return document;
  }
  add_summary(document, questionnaire, entries, options, 2);
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (shows_patterns(entries)) say(document, limits_of_counts);
  add_status(document, questionnaire.status, limits_of_notes);
  return document;
}

}  // namespace attune::report
