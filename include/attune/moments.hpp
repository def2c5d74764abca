// SPDX-License-Identifier: MIT
#pragma once

/// The summary of a journal or a log: many entries of a questionnaire, as counts. For people as a
/// document, for programs as JSON and CSV. Not for scores over time (trend_report.hpp) and not for
/// a single entry (profile.hpp). Nothing here knows one questionnaire: headings and words for
/// answers come from its definition.
///
///     out << render_text(moments_document(questionnaire, entries, {}), style);

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/tally.hpp"

namespace attune::report {

/// Whether the person's own lines are read out. They tell more than counts, so it has to be asked
/// for.
enum class Notes { hide, show };

struct MomentsOptions {
  Notes notes = Notes::hide;         ///< show: the last ten answers to each text item, with dates
  std::optional<std::size_t> about;  ///< index into `abouts`: the entries handed in are about this
                                     ///< one; nothing: no heed is paid to it
};

/// Entries from which on times, shares and what came together are shown; fewer make no pattern.
inline constexpr std::size_t fewest_entries_for_patterns = 5;

/// Number and dates of the entries; rates and how they went over time; for every item that was
/// answered its counts, most frequent first, ties in file order; what came together; when the
/// entries are from. With fewer than five entries only what was noted, and that a pattern needs
/// more. Without any, how to begin. `entries` in any order, each laid out for `questionnaire`.
[[nodiscard]] Document moments_document(const Questionnaire& questionnaire,
                                        std::span<const trend::Entry> entries,
                                        const MomentsOptions& options);

/// One line of JSON, schema "attune.moments" version 1, ending with a newline: every choice with
/// its count (zeros too), every number with its mean and range, times, meetings and rates, whatever
/// the number of entries. What can't be computed is null. Texts are left out but for Notes::show,
/// which adds all of them under "notes".
[[nodiscard]] std::string moments_json(const Questionnaire& questionnaire,
                                       std::span<const trend::Entry> entries,
                                       const MomentsOptions& options);

/// One number a line: part,item,key,value,of. The parts: entries (entries, days, per_30_days),
/// choice (key: a choice; of: entries that answered), number (mean, min, max; of: entries that
/// answered), time (item: a weekday; key: a part of the day; of: all entries), together (item:
/// "first+second"; key: "choice+choice"; of: entries with the first choice), rate (key: all,
/// first_90_days, last_90_days, or a month, quarter or year; value: counted, of: whole). At most 4
/// decimals; what can't be computed is empty. No texts.
[[nodiscard]] std::string moments_csv(const Questionnaire& questionnaire,
                                      std::span<const trend::Entry> entries);

}  // namespace attune::report
