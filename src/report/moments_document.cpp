// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/moments.hpp"

#include "report/moments_parts.hpp"
#include "report/profile_parts.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace detail {
namespace {

// Rows of a table of counts; what is rarer follows in one sentence.
constexpr std::size_t most_rows = 8;
constexpr std::size_t most_notes = 10;

void add_facts(Document& document, const Questionnaire& questionnaire,
               std::span<const Entry> entries, const SummaryStyle& style, Said& said) {
  const Frequency frequency = *tally_frequency(entries);
  const std::string first = render_local_date(frequency.first);
  const std::string last = render_local_date(frequency.last);
  Facts facts;
  if (style.about) {
    facts.rows.emplace_back("About", questionnaire.abouts[*style.about].phrase);
  }
  facts.rows.emplace_back(
      "Entries", first == last ? fmt::format("{}, on {}", entries.size(), first)
                               : fmt::format("{}, from {} to {}", entries.size(), first, last));
  if (frequency.per_30_days) {
    facts.rows.emplace_back(
        "In 30 days", fmt::format("{} on average", render_decimal(*frequency.per_30_days, 1)));
  } else if (shows_patterns(entries)) {
    facts.rows.emplace_back("In 30 days", "shown once your entries span 30 days");
  }
  document.emplace_back(std::move(facts));
  if (shows_patterns(entries)) return;
  std::string words =
      fmt::format("A pattern needs more than {}.", entries_in_words(entries.size()));
  if (!std::exchange(said.when_patterns_come, true)) {
    words += fmt::format(
        " From {} entries on, this page also shows when they are from and what came together. "
        "Until then, here is what you noted.",
        fewest_entries_for_patterns);
  }
  document.emplace_back(Paragraph{std::move(words)});
}

// The choices that were made, most frequent first, ties in file order.
std::vector<std::size_t> by_frequency(const ChoiceTally& tally) {
  std::vector<std::size_t> order;
  for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
    if (tally.counts[choice] > 0) order.push_back(choice);
  }
  std::stable_sort(order.begin(), order.end(), [&tally](std::size_t left, std::size_t right) {
    return tally.counts[left] > tally.counts[right];
  });
  return order;
}

std::string rarer(const Item& item, const ChoiceTally& tally, std::span<const std::size_t> rest) {
  std::string words = "Less often:";
  for (const std::size_t choice : rest) {
    words += fmt::format("{} {} ({})", choice == rest.front() ? "" : ";", item.choices[choice].text,
                         tally.counts[choice]);
  }
  return words + ".";
}

void add_choices(Document& document, const Questionnaire& questionnaire, std::size_t index,
                 std::span<const Entry> entries, Said& said) {
  const Item& item = questionnaire.items[index];
  const ChoiceTally tally = tally_choices(questionnaire, index, entries);
  const std::vector<std::size_t> order = by_frequency(tally);
  const bool has_shares = shows_patterns(entries);
  Table table{{"Answer", "Entries"}, {Align::left, Align::right}, {}, "", {}};
  if (has_shares) table.header.emplace_back("Share");
  if (has_shares) table.align.push_back(Align::right);
  const std::size_t rows = order.size() <= most_rows + 1 ? order.size() : most_rows;
  for (const std::size_t choice : std::span(order).first(rows)) {
    const std::size_t count = tally.counts[choice];
    std::vector<std::string> row{item.choices[choice].text, fmt::format("{}", count)};
    if (has_shares) {
      const double share = static_cast<double>(count) / static_cast<double>(tally.answered);
      row.push_back(percent(share));
      table.pictures.emplace_back(Bar{share});
    }
    table.rows.push_back(std::move(row));
  }
  if (tally.answered < entries.size() || item.multiple) {
    std::string words =
        fmt::format("Answered in {} of {}.", tally.answered, entries_in_words(entries.size()));
    if (item.multiple && !std::exchange(said.several_answers, true)) {
      words += " An entry can have several answers.";
    }
    document.emplace_back(Paragraph{std::move(words), Tone::quiet});
  }
  document.emplace_back(std::move(table));
  if (rows < order.size()) {
    document.emplace_back(
        Paragraph{rarer(item, tally, std::span(order).subspan(rows)), Tone::quiet});
  }
}

// "4.3 minutes on average", "4.3 on average, on a scale from 1 (barely there) to 7 (strong)"
std::string average(const Questionnaire& questionnaire, const Item& item, double mean) {
  const std::string number = render_decimal(mean, 1);
  if (item.kind == ItemKind::number) {
    return fmt::format("{}{}{} on average", number, item.unit.empty() ? "" : " ", item.unit);
  }
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  return fmt::format("{} on average, on a scale from {} ({}) to {} ({})", number, scale.min,
                     label_of(scale, scale.min), scale.max, label_of(scale, scale.max));
}

void add_numbers(Document& document, const Questionnaire& questionnaire, std::size_t index,
                 std::span<const Entry> entries) {
  const Item& item = questionnaire.items[index];
  const NumberTally tally = *tally_numbers(index, entries);
  if (tally.answered == 1) {
    document.emplace_back(
        Paragraph{describe_answer(questionnaire, item, tally.mean) + ", in 1 entry."});
    return;
  }
  document.emplace_back(
      Paragraph{fmt::format("{}. Lowest {}, highest {}, in {}.",
                            average(questionnaire, item, tally.mean), render_decimal(tally.min, 1),
                            render_decimal(tally.max, 1), entries_in_words(tally.answered))});
}

// The answers to a text item, newest first.
Facts notes_of(std::size_t item, std::span<const Entry> entries) {
  std::vector<std::pair<Instant, std::string>> notes;
  for (const Entry& entry : entries) {
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

void add_notes(Document& document, std::size_t item, std::span<const Entry> entries, Notes notes) {
  Facts facts = notes_of(item, entries);
  if (notes == Notes::hide) {
    document.emplace_back(Paragraph{
        facts.rows.size() == 1
            ? "1 line, not shown here unless you ask for it."
            : fmt::format("{} lines, not shown here unless you ask for them.", facts.rows.size())});
    return;
  }
  if (facts.rows.size() > most_notes) {
    document.emplace_back(Paragraph{
        fmt::format("The last {} of your {} lines, newest first:", most_notes, facts.rows.size())});
    facts.rows.resize(most_notes);
  }
  document.emplace_back(std::move(facts));
}

bool was_answered(std::size_t item, std::span<const Entry> entries) {
  return std::any_of(entries.begin(), entries.end(), [item](const Entry& entry) {
    const auto& answer = entry.responses.answers[item];
    return answer && !std::holds_alternative<Skipped>(*answer);
  });
}

void add_item(Document& document, const Questionnaire& questionnaire, std::size_t index,
              std::span<const Entry> entries, const SummaryStyle& style, Said& said) {
  if (!was_answered(index, entries)) return;
  const Item& item = questionnaire.items[index];
  document.emplace_back(Heading{style.level, statement(questionnaire, item, style.about)});
  switch (item.kind) {
    case ItemKind::choice:
      return add_choices(document, questionnaire, index, entries, said);
    case ItemKind::rating:
    case ItemKind::number:
      return add_numbers(document, questionnaire, index, entries);
    case ItemKind::text:
      return add_notes(document, index, entries, style.notes);
  }
}

void add_closing(Document& document, const Questionnaire& questionnaire,
                 std::span<const Entry> entries) {
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (shows_patterns(entries)) {
    document.emplace_back(Paragraph{std::string(limits_of_counts)});
  }
  document.emplace_back(
      Paragraph{fmt::format("Status of this questionnaire: {} {}",
                            with_full_stop(questionnaire.status), limits_of_notes)});
}

void add_beginning(Document& document, const Questionnaire& questionnaire) {
  const std::string time = questionnaire.minutes
                               ? fmt::format(", in about {} minute{}", *questionnaire.minutes,
                                             *questionnaire.minutes == 1 ? "" : "s")
                               : "";
  document.emplace_back(
      Paragraph{fmt::format("There are no entries yet. 'attune take {}' makes the first one{}.",
                            questionnaire.id, time)});
}

}  // namespace

bool shows_patterns(std::span<const Entry> entries) {
  return entries.size() >= fewest_entries_for_patterns;
}

void add_summary(Document& document, const Questionnaire& questionnaire,
                 std::span<const Entry> entries, const SummaryStyle& style, Said& said) {
  add_facts(document, questionnaire, entries, style, said);
  add_rates(document, questionnaire, entries, style.level);
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    add_item(document, questionnaire, item, entries, style, said);
  }
  if (!shows_patterns(entries)) return;
  add_meetings(document, questionnaire, entries, style);
  add_times(document, entries, style.level, said);
}

}  // namespace detail

Document moments_document(const Questionnaire& questionnaire, std::span<const Entry> entries,
                          const MomentsOptions& options) {
  Document document{Heading{1, questionnaire.title}};
  if (entries.empty()) {
    detail::add_beginning(document, questionnaire);
    return document;
  }
  detail::Said said;
  detail::add_summary(document, questionnaire, entries, {options.notes, options.about, 2}, said);
  detail::add_closing(document, questionnaire, entries);
  return document;
}

}  // namespace attune
