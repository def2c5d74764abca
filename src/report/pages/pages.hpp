// SPDX-License-Identifier: MIT
#pragma once

/// What the pages share: sentences that more than one page says, and the sections of a profile, of
/// a trend and of a journal that the report shows, too.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/document.hpp"
#include "attune/lists.hpp"
#include "attune/report.hpp"
#include "attune/tally.hpp"

#include "report/render/sentences.hpp"

namespace attune::report {

/// The plane with borders, named areas and the place of these scores, in words, too: "Anxiety 3.4
/// on a scale from 1 to 7; Avoidance …". Nothing where the questionnaire has none, or where one of
/// its two scales is not scored.
[[nodiscard]] std::optional<Plane> plane_with(const Questionnaire& questionnaire,
                                              const Scores& scores);

inline constexpr std::string_view limits_of_scores =
    "This page describes your answers. It is not a diagnosis or a measure of your worth. You need "
    "not keep it; if you do, keep it where nobody else can find it.";

inline constexpr std::string_view limits_of_notes = "Nothing here is a diagnosis.";

inline constexpr std::string_view limits_of_counts =
    "A journal counts what you wrote down, not all that happened. Small numbers rise and fall by "
    "chance; a pattern that holds for many weeks says more.";

/// Adds a row, where there is a text; keys and small definitions leave some empty.
inline void add_fact(Facts& facts, std::string label, std::string text) {
  if (!text.empty()) facts.rows.emplace_back(std::move(label), std::move(text));
}

/// Adds a paragraph; an empty text adds none.
inline void say(Document& document, Tone tone, std::string_view text) {
  if (!text.empty()) document.emplace_back(Paragraph{std::string(text), tone});
}
inline void say(Document& document, std::string_view text) { say(document, Tone::plain, text); }

/// "Status of this questionnaire: …" and `limits` in one paragraph.
void add_status(Document& document, const std::string& status, std::string_view limits);

/// The person's own line on where to turn, where there is one.
void add_own_line(Document& document, const std::string& contact);

// --- a profile --------------------------------------------------------------------------------

/// The possible scores of a scale in the form that was asked.
[[nodiscard]] ScoreRange range_of(const Questionnaire& questionnaire, const Scores& scores,
                                  std::size_t scale);

/// Whom the answers are about, an index into `abouts`: the first where none was named; nothing
/// where they are about nobody, or about somebody whom the questionnaire does not know.
[[nodiscard]] std::optional<std::size_t> about_of(const Profile& profile);

/// The answer first: each main score with its band, the area, and the facet furthest from the
/// middle.
void add_in_short(Document& document, const Profile& profile);

/// Main scales with their facets, derived scores, the plane and its region.
void add_scores(Document& document, const Profile& profile);

/// When a step was tried, oldest first.
[[nodiscard]] std::vector<const TriedStep*> tries_of(const Profile& profile, std::string_view step);

/// "'Calm at a distance'", the same ", near its border", or "where areas meet".
[[nodiscard]] std::string area_in_words(
    const Questionnaire& questionnaire,
    const std::optional<interpretation::RegionReading>& reading);

/// The region that fits clearly; null where none does.
[[nodiscard]] const Region* clear_region(
    const Questionnaire& questionnaire,
    const std::optional<interpretation::RegionReading>& reading);

// --- a questionnaire --------------------------------------------------------------------------

/// "my partner": whom the answers are about. The first about where none is named; its id where the
/// questionnaire does not know it; nothing where it is about nobody.
[[nodiscard]] std::string about_in_words(const Questionnaire& questionnaire,
                                         const std::optional<std::string>& about);

/// Whether the statements of all items are missing: it scores answers from elsewhere.
[[nodiscard]] bool is_key_alone(const Questionnaire& questionnaire);

/// The definition that a record is scored by; an empty one where this version can't use it.
[[nodiscard]] const Questionnaire& definition_of(const ListedRecord& record);
inline constexpr const char* unusable_definition = "this version can't use its questionnaire";

/// The legal answers of a rating or a choice item, in their order, with their codes in the data and
/// their labels (the code again where it has none); none for other kinds.
[[nodiscard]] std::vector<Choice> answer_values(const Questionnaire& questionnaire,
                                                const Item& item);

/// "rating", "choice", "choices" (several may be made), "number" or "text".
[[nodiscard]] std::string_view type_in_table(const Item& item);

/// A rule in words: "urge is withdraw or strength is at least 4"; empty for an empty rule.
[[nodiscard]] std::string rule_in_words(const Questionnaire& questionnaire, const Rule& rule);

/// What a derived score is made of: "Secure + Dismissing − Fearful", "the mean of A, B and C".
[[nodiscard]] std::string terms_in_words(const Questionnaire& questionnaire,
                                         const Derived& derived);

/// Ids of the items that count for the scale, in the order of the definition.
[[nodiscard]] std::vector<std::string> counted_items(const Questionnaire& questionnaire,
                                                     std::size_t scale);

// --- a trend ----------------------------------------------------------------------------------

/// The scale that was scored most often, which stands for the check-ins as a whole; null when no
/// scale has a point.
[[nodiscard]] const ScaleSeries* longest(const TrendReport& report);

/// "since about 5 June (6 check-ins) the average is 3.8, down from 5.3 before (7 check-ins)", "over
/// the whole time the score rose steadily, from about 2.1 to about 4.9"; empty where neither was
/// found. `year` goes without saying.
[[nodiscard]] std::string change_in_words(const trend::ScaleTrend& trend, ScoreRange range,
                                          int year);

/// The table of differences with their verdicts, a picture for each scale and, below headings of
/// `level` (2 or 3), what they say. Precondition: some scale has two points.
void add_over_time(Document& document, const TrendReport& report, int level);

/// That one check-in has nothing to be compared with yet, and when there will be something.
[[nodiscard]] std::string first_check_in_words(const TrendReport& report);

/// How sure a trend can be, as far as it matters to what it says, and what was left out. Nothing
/// where no scale has a point.
void add_trend_limits(Document& document, const TrendReport& report);

// --- a journal --------------------------------------------------------------------------------

/// Number and dates, rates, every item, and when. What an earlier summary on the
/// page has explained is not said again. `level` of the headings: 2, or 3 within the page of
/// something else. Precondition: there are entries.
void add_summary(Document& document, const Questionnaire& questionnaire,
                 std::span<const trend::Entry> entries, const MomentsOptions& options, int level);

/// "2026-08"
[[nodiscard]] std::string month_id(const trend::RateMonth& month);

/// What was written for a text item; null where there is nothing.
[[nodiscard]] const std::string* text_in(const trend::Entry& entry, std::size_t item);

/// Whether there are enough entries for times and shares.
[[nodiscard]] bool shows_patterns(std::span<const trend::Entry> entries);

}  // namespace attune::report
