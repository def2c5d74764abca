// SPDX-License-Identifier: MIT
#pragma once

/// Scores over time. A trend has the check-ins of one questionnaire, a picture and a verdict per
/// scale. Progress has the growth measures of all questionnaires side by side, scores and rates of
/// logs: each now, since the start, its typical range and the wanted direction. Not for reading
/// records or computing changes (trend.hpp, tally.hpp): points and trends are handed in.
///
///     report.scales[0].trend = trend_of(report.scales[0].points, report.scales[0].range);
///     out << render_text(trend_document(report), style);
///     for (const MeasureSource& source : measure_sources(questionnaires)) …

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"
#include "attune/tally.hpp"
#include "attune/trend.hpp"

namespace attune::report {

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

/// A picture per scale, the differences as a table, and per scale what they say and what they don't
/// say. Its length does not depend on the number of check-ins. Precondition: some scale has a
/// point.
[[nodiscard]] Document trend_document(const TrendReport& report);

/// One line of JSON, schema "attune.trend" version 1, ending with a newline. Numbers carry full
/// precision; what there is no value for is null.
[[nodiscard]] std::string trend_json(const TrendReport& report);

/// A header and one row per scale and check-in: questionnaire, about, scale, id, taken_at, score,
/// se, low, high. At most 4 decimals. Lines end with LF.
[[nodiscard]] std::string trend_csv(const TrendReport& report);

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

/// What a measure has moved by since the start, with its 95 % interval: in units of the score, or a
/// difference of two shares.
struct MeasureChange {
  double change = 0;
  double low = 0;
  double high = 0;
  trend::Verdict verdict = trend::Verdict::no_change;
  std::string_view method;  ///< "paired", "separate", "published", "series"; "shares" of a rate
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
  std::size_t check_ins = 0;  ///< scored check-ins; of a rate the entries in its whole
  std::optional<MeasureChange> change;
  std::string typical;  ///< "1–3", "varies"; empty when not given
  std::optional<std::pair<double, double>> typical_range;  ///< of a score
  std::string typical_of;                                  ///< whom it is typical of
  Wanted wanted = Wanted::unspecified;
  ScoreRange range;                  ///< of a score; 0..1 of a rate
  std::vector<MeasurePoint> points;  ///< ascending in time; gaps are not filled
  std::string reason;   ///< why there is nothing yet, without a full stop; empty when there is
  std::string command;  ///< what adds a check-in: "attune take growth"
};

/// A scale as a measure. `points`: its scored check-ins, ascending in time; `since_start`: what
/// `trend_of` found for them. `about` (index into `abouts`) is whom they are about, for the
/// command. Where there are check-ins but none is scored, the caller may say so in `reason`.
[[nodiscard]] Measure scale_measure(const Questionnaire& questionnaire, std::size_t scale,
                                    std::span<const trend::SeriesPoint> points,
                                    const std::optional<trend::Change>& since_start,
                                    std::optional<std::size_t> about = std::nullopt);

/// A rate as a measure, from all entries of its log in any order.
[[nodiscard]] Measure rate_measure(const Questionnaire& questionnaire, std::size_t rate,
                                   std::span<const trend::Entry> entries);

struct ProgressOptions {
  std::string about;     ///< whom the answers are about, as a phrase; empty: not said
  std::string about_id;  ///< the one that was asked for; empty: none was
};

/// One table, or a list on a narrow page: each measure now with its margin, since the start with
/// the verdict in words, typical range, wanted direction and a line over time; then what may have
/// moved, how to read it, and how to begin what is missing.
[[nodiscard]] Document progress_document(std::span<const Measure> measures,
                                         const ProgressOptions& options);

/// One line of JSON, schema "attune.progress" version 1, ending with a newline: "measures" in the
/// order given, each with the same keys; what there is no value for is null. Shares are fractions.
[[nodiscard]] std::string progress_json(std::span<const Measure> measures,
                                        const ProgressOptions& options);

/// A header line and a row per measure, in the order given: id,name,questionnaire,kind,now,se,low,
/// high,counted,whole,first,last,check_ins,change,change_low,change_high,verdict,typical_low,
/// typical_high,typical,wanted,min,max. At most 4 decimals; what there is no value for is empty.
[[nodiscard]] std::string progress_csv(std::span<const Measure> measures);

}  // namespace attune::report
