// SPDX-License-Identifier: MIT
#pragma once

/// What sittings show, as documents for people and as JSON and CSV for programs: the profile of one
/// and its next steps; scores over time; growth measures side by side; the counts of a journal or a
/// log; all of these on one page to keep; and the sittings of two people or about several,
/// compared. Not for computing anything: scores, trends and entries are handed in.
///
/// JSON is one object on a line that ends with a newline, of the "schema" that is named below and
/// "version" 1; numbers carry full precision (they read back to the same value), and what there is
/// no value for is null. CSV is a header and rows that end with LF; numbers have at most 4
/// decimals, and what there is no value for is empty.
///
///     out << render_text(profile_document(profile, {}), style);
///     out << render_html(report_document(values, {}));

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/interpretation.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"
#include "attune/tally.hpp"
#include "attune/trend.hpp"

namespace attune::report {

// --- a profile --------------------------------------------------------------------------------

/// One scale's check-ins. Those in which it was not scored are no points.
struct ScaleSeries {
  std::string id;
  std::string name;
  std::string low;   ///< what the low end means
  std::string high;  ///< what the high end means
  ScoreRange range{1, 7};
  Wanted wanted = Wanted::unspecified;
  std::vector<trend::SeriesPoint> points;  ///< ascending in time, all scored by the same key
  std::size_t left_out = 0;  ///< check-ins scored by another key, which can't be compared
  trend::ScaleTrend trend;   ///< of `points`
};

struct TrendReport {
  std::string questionnaire;  ///< its id
  std::string title;
  std::optional<std::string> about;  ///< its key
  std::string about_phrase;          ///< in words
  std::string status;                ///< of the questionnaire
  std::string language = "en";       ///< of its texts
  std::vector<ScaleSeries> scales;
};

/// Everything a profile shows. `record.id` is empty when nothing was kept.
struct Profile {
  Questionnaire questionnaire;
  std::size_t form = 0;
  Record record;
  Responses responses;
  Scores scores;
  Scores derived;  ///< parallel to Questionnaire::derived
  interpretation::Interpretation interpretation;
  std::vector<TriedStep> tried;  ///< next steps of this questionnaire marked as tried, oldest first
  TrendReport trend;  ///< of the main scales up to this record; empty: nothing is said of change
};

enum class Explain { no, yes };

struct ProfileOptions {
  /// yes: every item's contribution, and what one changed answer would do
  Explain explain = Explain::no;
  /// the person's own line on where to turn, from the configuration; may be empty
  std::string contact;
};

/// Header, what was found in short, care notes, main scales with facets and sentences, derived
/// scores, plane and region, next steps, status and limits.
[[nodiscard]] Document profile_document(const Profile& profile, const ProfileOptions& options);

/// The main scores, a line each: "Anxiety 2.4 ± 0.5, low". What is not scored is left out.
[[nodiscard]] std::vector<std::string> score_lines(const Profile& profile);

/// Schema "attune.profile". A scale that is not scored has a "reason". Derived scores stand apart,
/// under "derived", where the definition has any. Answers are left out, as they tell more than
/// scores; with Explain::yes each scale has its "contributions".
[[nodiscard]] std::string profile_json(const Profile& profile, const ProfileOptions& options);

/// One row: id, questionnaire, version, form, about, taken_at, then per scale X, X_se, X_answered,
/// per derived score X, X_se, then region.
[[nodiscard]] std::string profile_csv(const Profile& profile);

/// The chosen steps on their own, by the names that one types to mark them as tried, and the latest
/// ten tries with how they went, the last first.
[[nodiscard]] Document next_document(const Profile& profile);

/// Schema "attune.next": the questionnaire, the record the steps come from, "next_steps" as in the
/// profile, and "tried": every try of this questionnaire's steps with its time and note, oldest
/// first.
[[nodiscard]] std::string next_json(const Profile& profile);

// --- scores over time -------------------------------------------------------------------------

/// The differences as a table, a picture per scale, and per scale what they say and what they don't
/// say. Its length does not depend on the number of check-ins. Precondition: some scale has a
/// point.
[[nodiscard]] Document trend_document(const TrendReport& report);

/// Schema "attune.trend".
[[nodiscard]] std::string trend_json(const TrendReport& report);

/// A row per scale and check-in: questionnaire, about, scale, id, taken_at, score, se, low, high.
[[nodiscard]] std::string trend_csv(const TrendReport& report);

// --- progress: growth measures of all questionnaires, scores and rates of logs ----------------

enum class MeasureKind { score, rate };

/// Which scale or rate of which questionnaire is a growth measure.
struct MeasureSource {
  std::size_t questionnaire = 0;  ///< index into what was handed in
  MeasureKind kind = MeasureKind::score;
  std::size_t index = 0;  ///< into its scales or rates
};

/// The scales and rates with a `progress`, in its ascending order; equal ones in the order of the
/// questionnaires, scales before rates, then in file order. So the definitions alone say what is
/// shown and where, also between the measures of another questionnaire.
[[nodiscard]] std::vector<MeasureSource> measure_sources(
    std::span<const Questionnaire> questionnaires);

/// One real point of a measure: a score, or the share of one calendar month (dated on its first).
struct MeasurePoint {
  Instant at;
  double value = 0;
};

/// One growth measure as far as it is known.
struct Measure {
  std::string id;
  std::string name;
  std::string source;  ///< the questionnaire's id
  MeasureKind kind = MeasureKind::score;
  std::optional<Estimate> score;         ///< the latest check-in
  std::optional<trend::RateTally> rate;  ///< the last 90 days up to the last entry
  std::string unit;                      ///< of a rate: "sessions"
  std::optional<Instant> first;          ///< of the check-ins or counted entries
  std::optional<Instant> last;
  std::size_t check_ins = 0;            ///< scored check-ins; of a rate the entries in its whole
  std::optional<trend::Change> change;  ///< since the start; of a score
  std::string since;     ///< "since about 5 June … the average is …", where that was found
  trend::RateTally all;  ///< of a rate, since the start
  std::string typical;   ///< "1–3", "varies"; empty when not given
  std::optional<std::pair<double, double>> typical_range;  ///< of a score
  std::string typical_of;                                  ///< whom it is typical of
  Wanted wanted = Wanted::unspecified;                     ///< from the latest score on,
  Wanted wanted_at_start = Wanted::unspecified;            ///< and from the first; of a rate always
  ScoreRange range;                                        ///< of a score; 0..1 of a rate
  std::vector<MeasurePoint> points;  ///< ascending in time; gaps are not filled
  std::string reason;   ///< why there is nothing yet, without a full stop; empty when there is
  std::string command;  ///< what adds a check-in: "attune take growth"
};

/// A scale as a measure. `points`: its scored check-ins, ascending in time; `trend`: what
/// `trend_of` found for them. `about` (index into `abouts`) is whom they are about, for the
/// command. Where there are check-ins but none is scored, the caller may say so in `reason`.
[[nodiscard]] Measure scale_measure(const Questionnaire& questionnaire, std::size_t scale,
                                    std::span<const trend::SeriesPoint> points,
                                    const trend::ScaleTrend& trend,
                                    std::optional<std::size_t> about = std::nullopt);

/// A rate as a measure, from all entries of its log in any order.
[[nodiscard]] Measure rate_measure(const Questionnaire& questionnaire, std::size_t rate,
                                   std::span<const trend::Entry> entries);

struct ProgressOptions {
  std::string about;     ///< whom the answers are about, as a phrase; empty: not said
  std::string about_id;  ///< the one that was asked for; empty: none was
};

/// One table, or a list on a narrow page: each measure now, since the start, typical range, wanted
/// direction and a line over time; then what has moved, what is missing, and how to read it.
[[nodiscard]] Document progress_document(std::span<const Measure> measures,
                                         const ProgressOptions& options);

/// Schema "attune.progress": "measures" in the order given, each with the same keys. Shares are
/// fractions.
[[nodiscard]] std::string progress_json(std::span<const Measure> measures,
                                        const ProgressOptions& options);

/// A row per measure, in the order given: id,name,questionnaire,kind,now,se,low,high,counted,whole,
/// first,last,check_ins,change,change_low,change_high,verdict,typical_low,typical_high,typical,
/// wanted,min,max.
[[nodiscard]] std::string progress_csv(std::span<const Measure> measures);

// --- the summary of a journal or a log: headings and words come from its definition -----------

/// Whether the person's own lines are read out. They tell more than counts, so it has to be asked
/// for.
enum class Notes { hide, show };

struct MomentsOptions {
  Notes notes = Notes::hide;         ///< show: the last ten answers to each text item, with dates
  std::optional<std::size_t> about;  ///< index into `abouts`: the entries handed in are about this
                                     ///< one; nothing: no heed is paid to it
};

/// Entries from which on times and shares are shown; fewer make no pattern.
inline constexpr std::size_t fewest_entries_for_patterns = 5;

/// Number and dates of the entries; rates by month; of every item that was answered its counts,
/// and when. With fewer than five entries only what was noted; without any, how
/// to begin. `entries` in any order, each laid out for `questionnaire`.
[[nodiscard]] Document moments_document(const Questionnaire& questionnaire,
                                        std::span<const trend::Entry> entries,
                                        const MomentsOptions& options);

/// Schema "attune.moments": every choice with its count (zeros too), every number with its mean and
/// range, times and rates, whatever the number of entries. Texts are left out but for
/// Notes::show, which adds all of them under "notes".
[[nodiscard]] std::string moments_json(const Questionnaire& questionnaire,
                                       std::span<const trend::Entry> entries,
                                       const MomentsOptions& options);

// --- one page to keep, to print or to bring to a talk -----------------------------------------

/// A questionnaire without scores and its entries, in any order, each laid out for it.
struct Journal {
  Questionnaire questionnaire;
  std::vector<trend::Entry> entries;
};

/// Everything that a report shows.
struct ReportValues {
  Profile profile;               ///< of the record that is reported; its questionnaire has scales
  trend::CheckInSpan check_ins;  ///< up to that record, itself included, about the same person
  std::vector<Journal> journals;
};

/// Whether the page keeps back what was said in words: notes, lines of journals, the person's own
/// line from the configuration, and the statements, which item ids stand for.
enum class Redaction { none, words };

struct ReportOptions {
  Explain explain = Explain::no;  ///< yes: what each answer contributes
  Redaction redaction = Redaction::none;
  Notes notes = Notes::hide;  ///< show: the last ten lines of each journal; redaction comes first
  std::string contact;        ///< as in ProfileOptions
  std::string made_with;      ///< the program and its version; may be empty
};

/// In this order: header, in short, care notes, scores with facets, derived scores, the plane,
/// over time, journals that have entries, next steps with what was tried, the
/// note of the record, contributions, what the numbers mean and don't, provenance.
[[nodiscard]] Document report_document(ReportValues values, const ReportOptions& options);

/// `values` without anything that was said in words: what is not there can't be shown.
[[nodiscard]] ReportValues without_words(ReportValues values);

// --- shared scores ----------------------------------------------------------------------------

// The main scores of one sitting without its answers: a file that two people may exchange, written
// and read back. Not for the history's own export (transfer.hpp), and not for finding or opening
// files: the text is handed in.

/// A main scale by its id. Without an estimate the score has a reason.
struct SharedScale {
  std::string id;
  ScaleScore score;
};

struct SharedScores {
  std::string questionnaire;
  std::string version;
  std::string sha256;  ///< of the definition's text
  std::string form;
  std::string language;
  std::string status;
  std::string taken_on;  ///< the local day, "2026-11-24"; the time of day is nobody's business
  std::optional<std::string> about;  ///< the key
  std::vector<SharedScale> scales;   ///< main scales alone
};

/// What of a profile may be shared.
[[nodiscard]] SharedScores shared_scores(const Profile& profile);

/// Schema "attune.scores": questionnaire, local day, whom it is about, and per main scale score,
/// se, low, high, answered, items and, where it is not scored, a reason. No record id, no answers,
/// no facets, no notes, no steps.
[[nodiscard]] std::string shared_scores_json(const SharedScores& scores);

/// The largest file that is read.
inline constexpr std::size_t max_shared_bytes = std::size_t{1024} * 1024;

/// Reads "attune.scores" and "attune.profile", each of version 1; of a profile only what could have
/// been shared. Throws Error, bad_data without a place: no strict UTF-8, more than 16 levels, a key
/// twice, another schema, a member that is missing, of another type, or impossible (numbers are
/// finite, low ≤ score ≤ high, se ≥ 0, answered ≤ items ≤ 500; texts are printable); exports of a
/// history, which have no scores to read. A newer version is a configuration error.
[[nodiscard]] SharedScores parse_shared_scores(std::string_view text);

/// The scores laid out for `questionnaire`: a main scale that the file does not have, and every
/// facet, is not scored. Throws Error, bad_data, where a number lies outside of its scale's range.
[[nodiscard]] Scores scores_for(const Questionnaire& questionnaire, const SharedScores& shared);

// --- two people side by side; even-handed: what is said of the one is said of the other ------

/// How a person is spoken of: by name, or as the reader.
enum class Address { name, you };

struct ComparedPerson {
  std::string name;  ///< not empty, and not that of the other
  Address address = Address::name;
  SharedScores sitting;
  Scores scores;  ///< its scores, parallel to the questionnaire's scales; facets unscored
};

struct Comparison {
  Questionnaire questionnaire;  ///< gives the names, the plane and the pairings
  std::string sha256;           ///< of its text
  ComparedPerson first;
  ComparedPerson second;
  std::string contact;  ///< the reader's own line on where to turn; may be empty
};

/// The second score of a scale less the first. Nothing when one is not scored, or when their scores
/// have different ranges: sums over other numbers of items.
[[nodiscard]] std::optional<trend::Change> difference_of(const Comparison& comparison,
                                                         std::size_t scale);

/// How far apart they are, both on one map, the scores, the pairing with its steps, and what that
/// does not say.
[[nodiscard]] Document comparison_document(const Comparison& comparison);

/// Schema "attune.comparison". A difference is the second score less the first.
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

// --- relationships: one person's sittings about several people, one about each ----------------

/// One sitting about one person.
struct Relationship {
  std::string about;  ///< its key
  std::string id;     ///< of the record
  Instant taken_at;
  Scores scores;  ///< parallel to the questionnaire's scales; those not scored have a reason
};

struct Relationships {
  Questionnaire questionnaire;     ///< gives the names and the plane
  std::vector<Relationship> rows;  ///< in the order to be shown; at least one
};

/// The spread of one scale over the rows in which it is scored; nothing for fewer than two of them.
/// `lowest` and `highest` are indexes into `rows`.
[[nodiscard]] std::optional<trend::Spread> spread_of(const Relationships& relationships,
                                                     std::size_t scale);

/// A table of all scores, all on one map, and per scale the scores under one another with how far
/// apart they are.
/// With fewer than two rows it says how to add one.
[[nodiscard]] Document relationships_document(const Relationships& relationships);

/// Schema "attune.relationships". A scale that is not scored has a "reason".
[[nodiscard]] std::string relationships_json(const Relationships& relationships);

}  // namespace attune::report
