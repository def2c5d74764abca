// SPDX-License-Identifier: MIT
#pragma once

/// What many records of a log or a journal add up to: how often, when, which answers, and shares
/// over time. Pure counts and formulas; the sentences about them are report.hpp's. Days and times
/// of day are local, each record at its own offset from UTC.
///
///     RateTally kept = tally_rate(questionnaire, questionnaire.rates[0], entries).all;
///     if (kept.whole > 0) print(kept.counted, kept.whole);

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "attune/date.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/trend.hpp"

namespace attune::trend {

/// One record: when it was lived, and its answers laid out for the questionnaire (`responses_of`).
/// Everywhere below the order of the entries does not matter, and an item that was skipped or not
/// asked leaves its entry out of what is counted for that item.
struct Entry {
  Instant at;
  Responses responses;
};

/// How often something was written down.
struct Frequency {
  Instant first;
  Instant last;
  std::int64_t days = 0;  ///< local calendar days from the first to the last, both included
  std::optional<double> per_30_days;  ///< 30 × entries / days; nothing below 30 days, where a
                                      ///< single entry more or less would change it too much
};

/// Nothing when there are no entries.
[[nodiscard]] std::optional<Frequency> tally_frequency(std::span<const Entry> entries);

/// How often each choice of a choice item was made. Where several may be made, the counts add up
/// to more than `answered`. Chosen ids that the item does not have are not counted.
struct ChoiceTally {
  std::size_t answered = 0;         ///< entries with at least one choice
  std::vector<std::size_t> counts;  ///< parallel to Item::choices
};

/// Precondition: `item` is a choice item.
[[nodiscard]] ChoiceTally tally_choices(const Questionnaire& questionnaire, std::size_t item,
                                        std::span<const Entry> entries);

/// The answers to a rating (raw, never keyed) or number item.
struct NumberTally {
  std::size_t answered = 0;
  double mean = 0;
  double min = 0;
  double max = 0;
};

/// Nothing when nobody answered.
[[nodiscard]] std::optional<NumberTally> tally_numbers(std::size_t item,
                                                       std::span<const Entry> entries);

/// Entries by quarter of the local day: night from 0 to 6 o'clock, morning to 12, afternoon to 18,
/// evening to 24. The fifth are those that were dated afterwards and lie exactly at noon, to the
/// microsecond; of such a one only the day is known.
using TimeTally = std::array<std::size_t, 5>;
[[nodiscard]] TimeTally tally_times(std::span<const Entry> entries);

/// A share with both of its counts.
struct RateTally {
  std::size_t counted = 0;  ///< at most `whole`
  std::size_t whole = 0;

  /// counted / whole in [0, 1]; nothing when `whole` is 0.
  [[nodiscard]] std::optional<double> share() const;

  friend bool operator==(const RateTally&, const RateTally&) = default;
};

/// The part of a rate that falls into one local calendar month. An entry is in the whole when it
/// chose one of `rate.of`, and counted when it chose one of `rate.counts`.
struct RateMonth {
  int year = 1970;
  int month = 1;  ///< 1..12
  RateTally tally;
};

/// A rate by months, from the first to the last entry of its whole: ascending and without gaps,
/// empty ones have whole = 0.
[[nodiscard]] std::vector<RateMonth> tally_rate_months(const Questionnaire& questionnaire,
                                                       const Rate& rate,
                                                       std::span<const Entry> entries);

/// A rate in all, and over the last 90 days up to its last entry.
struct RateCounts {
  RateTally all;
  RateTally recent;
  std::optional<Instant> first_at;  ///< of the entries in the whole; nothing without any
  std::optional<Instant> last_at;
};
inline constexpr std::int64_t recent_days = 90;

[[nodiscard]] RateCounts tally_rate(const Questionnaire& questionnaire, const Rate& rate,
                                    std::span<const Entry> entries);

}  // namespace attune::trend
