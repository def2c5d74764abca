// SPDX-License-Identifier: MIT
#pragma once

/// Change over time against its own noise: what two check-ins can say, and what a series can.
/// Pure values and formulas; the sentences about them are trend_report.hpp's.
///
///     ScaleTrend trend = trend_of(points, {1, 7});
///     if (trend.since_first && trend.since_first->verdict == Verdict::changed) …

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attune/date.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"

namespace attune {

/// What may be said of a difference. `changed` is never said of two check-ins alone.
enum class Verdict { no_change, maybe, changed };

/// "no change", "maybe", "changed"
[[nodiscard]] std::string_view name_of(Verdict verdict);

/// One keyed answer. `item` stands for the item's id: the same number means the same item in every
/// point of a series.
struct KeyedAnswer {
  std::uint32_t item = 0;
  double keyed = 0;
};

/// One check-in on one scale.
struct SeriesPoint {
  std::string id;  ///< of the record
  Instant taken_at;
  Estimate estimate;
  std::vector<KeyedAnswer> answers;  ///< the answered items of the scale, ascending by `item`
};

/// How the error of a difference was found.
enum class ChangeMethod {
  paired,     ///< the same items were answered both times: from their differences
  separate,   ///< different items: √(se₁² + se₂²)
  published,  ///< from published reliability: the reliable change index (Jacobson & Truax 1991)
  series,     ///< the last three check-ins against the first three, day-to-day noise estimated
};

/// A difference, later minus earlier, in the units of the score, with its 95 % interval.
struct Change {
  double change = 0;
  double se = 0;
  double low = 0;
  double high = 0;
  Verdict verdict = Verdict::no_change;
  ChangeMethod method = ChangeMethod::paired;
};

/// The person's own baseline: the mean of the first check-ins, the noise of a single later one
/// around it, and the band (baseline ± 1.96·√(wobble²·(1 + 1/n))) that such a one stays within 19
/// times out of 20 when nothing changes.
struct Baseline {
  double mean = 0;
  double wobble = 0;  ///< SD of one score: item noise and day-to-day noise together
  std::size_t n = 0;  ///< check-ins that the mean rests on
  double low = 0;
  double high = 0;
};

/// What a series of check-ins says about one scale.
struct ScaleTrend {
  std::optional<Change> since_first;  ///< from two points on; by the series rule from six on
  std::optional<Change> since_last;   ///< from two points on; at most `maybe`
  std::optional<Baseline> baseline;   ///< from six points on
};

/// The difference of two check-ins. It knows item noise only, so its verdict is at most `maybe`:
/// when the 95 % interval leaves 0 out. `range` is that of the score.
[[nodiscard]] Change difference(const SeriesPoint& earlier, const SeriesPoint& later,
                                ScoreRange range);

/// The trend of `points`, ascending in time, all scored by the same key; `range` is that of the
/// score, which scales the assumed day-to-day noise.
[[nodiscard]] ScaleTrend trend_of(std::span<const SeriesPoint> points, ScoreRange range);

/// The two-sided 95 % quantile of Student's t with `degrees` ≥ 1 degrees of freedom.
[[nodiscard]] double t_quantile_95(std::size_t degrees);

}  // namespace attune
