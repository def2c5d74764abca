// SPDX-License-Identifier: MIT
#pragma once

/// Sections and words that the pages about many entries share.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "attune/document.hpp"
#include "attune/moments.hpp"
#include "attune/tally.hpp"

namespace attune::detail {

/// "82%"
[[nodiscard]] std::string percent(double share);

/// "1 entry", "23 entries"
[[nodiscard]] std::string entries_in_words(std::size_t count);

/// "9 of 11"
[[nodiscard]] std::string count_of(std::size_t count, std::size_t whole);

/// "9 of 11 sessions (82%)"; "no sessions" without any.
[[nodiscard]] std::string rate_in_words(const Rate& rate, RateTally tally);

/// "monday" … "sunday"; "night", "morning", "afternoon", "evening", "unknown"
[[nodiscard]] std::string_view weekday_id(std::size_t weekday);
[[nodiscard]] std::string_view name_of(DayPart part);

/// "2026-08", "2026-Q3", "2026"
[[nodiscard]] std::string period_id(PeriodLength length, const RatePeriod& period);

/// "+12 points", "−3 points": the difference of two shares in percentage points.
[[nodiscard]] std::string points_in_words(double difference);

/// How the summary of many entries is written.
struct SummaryStyle {
  Notes notes = Notes::hide;
  std::optional<std::size_t> about;  ///< as in MomentsOptions
  int level = 2;                     ///< of the headings: 2, or 3 within the page of something else
};

/// What holds for several parts of a page, and is said by the first of them alone.
struct Said {
  bool when_patterns_come = false;
  bool several_answers = false;
  bool parts_of_the_day = false;
};

/// Whether there are enough entries for times, shares and what came together.
[[nodiscard]] bool shows_patterns(std::span<const Entry> entries);

/// What counts of entries are not.
inline constexpr std::string_view limits_of_counts =
    "These are counts of what you wrote down, not of all that happened. Small numbers rise and "
    "fall by chance; what stays over many weeks tells more.";

/// Number and dates, rates, every item, what came together and when. Precondition: there are
/// entries.
void add_summary(Document& document, const Questionnaire& questionnaire,
                 std::span<const Entry> entries, const SummaryStyle& style, Said& said);

/// Every rate of the questionnaire: now, over time, and since the start.
void add_rates(Document& document, const Questionnaire& questionnaire,
               std::span<const Entry> entries, int level);

/// When the entries are from, and what came together.
void add_times(Document& document, std::span<const Entry> entries, int level, Said& said);
void add_meetings(Document& document, const Questionnaire& questionnaire,
                  std::span<const Entry> entries, const SummaryStyle& style);

}  // namespace attune::detail
