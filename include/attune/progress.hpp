// SPDX-License-Identifier: MIT
#pragma once

/// The growth measures side by side: each now, since the start, its typical range and the wanted
/// direction. Scores of several questionnaires and rates of logs come together here. Not for
/// reading records or computing changes (trend.hpp, tally.hpp): the caller hands in what they
/// found.
///
///     for (const MeasureSource& source : measure_sources(questionnaires)) …
///     out << render_text(progress_document(measures, {}), style);

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

namespace attune {

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
  std::optional<Estimate> score;  ///< the latest check-in
  std::optional<RateTally> rate;  ///< the last 90 days up to the last entry
  std::string unit;               ///< of a rate: "sessions"
  std::optional<Instant> first;   ///< of the check-ins or counted entries
  std::optional<Instant> last;
  std::size_t check_ins = 0;     ///< scored check-ins; of a rate the entries in its whole
  std::optional<Change> change;  ///< of a score since the start
  std::optional<ShareDifference> rate_change;  ///< of a rate since the start
  std::string typical;                         ///< "1–3", "varies"; empty when not given
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
                                    std::span<const SeriesPoint> points,
                                    const std::optional<Change>& since_start,
                                    std::optional<std::size_t> about = std::nullopt);

/// A rate as a measure, from all entries of its log in any order.
[[nodiscard]] Measure rate_measure(const Questionnaire& questionnaire, std::size_t rate,
                                   std::span<const Entry> entries);

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

}  // namespace attune
