// SPDX-License-Identifier: MIT
#pragma once

/// Change over time against its own noise: what two check-ins can say, and what a series can.
/// Pure values and formulas; the sentences about them are report.hpp's.
///
///     ScaleTrend trend = trend_of(points, {1, 7});
///     if (trend.since_first && trend.since_first->verdict == Verdict::changed) …

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune::trend {

/// What may be said of a difference. `changed` is never said of two check-ins alone.
enum class Verdict { no_change, maybe, changed };

/// How many check-ins it takes before "changed" may be said.
inline constexpr std::size_t fewest_of_a_series = 6;

/// "no change", "maybe", "changed"
[[nodiscard]] std::string_view name_of(Verdict verdict);

/// One keyed answer. `item` stands for the item's id: the same number means the same item in every
/// point of a series.
struct KeyedAnswer {
  std::uint32_t item = 0;
  std::int32_t keyed = 0;  ///< whole, as ratings are: small enough for years of check-ins
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
  paired,     ///< the same items, at least two, were answered both times: from their differences
  separate,   ///< different items: √(se₁² + se₂²)
  published,  ///< the same from published reliability: reliable change (Jacobson & Truax 1991)
  series,     ///< the last three check-ins against the first three, day-to-day noise estimated
};

/// "paired", "separate", "published", "series"
[[nodiscard]] std::string_view name_of(ChangeMethod method);

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
/// times out of 20 when nothing changes. The band is not clipped to the range of the score.
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

/// The difference of two check-ins: later score − earlier score. It knows item noise only, so its
/// verdict is at most `maybe`: when the 95 % interval leaves 0 out.
/// - Both errors published: se = √(se₁² + se₂²), which is SEM·√2 where they are equal; interval
///   ± 1.96 se (Jacobson & Truax 1991).
/// - The same n ≥ 2 items answered: se = max(sd(d), step/√6)/√n over the differences d of the keyed
///   answers, interval ± t·se with n − 1 degrees of freedom (Student 1908). step = 1 answer step;
///   step/√6 is the SD of the difference of two answers that are only rounded to whole steps. A sum
///   counts its items' steps times the number of items.
/// - Anything else, one common item included: √(se₁² + se₂²) ± 1.96.
/// Precondition: both are scored by the same key and in the same units.
[[nodiscard]] Change difference(const SeriesPoint& earlier, const SeriesPoint& later);

/// The trend of `points`, ascending in time, all scored by the same key; `range` is that of the
/// score, which scales the day-to-day noise that is assumed to begin with.
///
/// From six points on: baseline b = mean of the first three (first reports tend to read high,
/// Shrout et al. 2018), m = mean of the last three − b. The noise variance of one score
/// v = (8·v₀ + k·v̂)/(8 + k) draws what the series shows towards what is expected of it:
/// v₀ = mean over the k successive pairs of (se of the pair)²/2, plus 0.35² on a range of 6 for day
/// to day; v̂ = (median |xᵢ₊₁ − xᵢ| / 0.6745)²/2, which single outliers can't move.
/// `changed` when |m| > 2.8·√(v·(1/3 + 1/3)) and the last three lie on one side of b; `maybe` when
/// the last lies outside b ± 1.96·√(v·(1 + 1/3)); else `no_change`. The rule is the project's own:
/// 2.8 keeps false alarms in a year of monthly looks near 3 % (tests/unit/trend_simulation_test.cpp
/// measures them).
///
/// With two to five points `since_first` is the difference of the first and the last; with fewer
/// all is empty.
[[nodiscard]] ScaleTrend trend_of(std::span<const SeriesPoint> points, ScoreRange range);

/// The two-sided 95 % quantile of Student's t with `degrees` ≥ 1 degrees of freedom, to 1e-11.
[[nodiscard]] double t_quantile_95(std::size_t degrees);

// From scored check-ins to one series per scale, which `trend_of` takes. Knows when two check-ins
// were scored alike and may be compared.

/// All that decides how answers to a scale become a score, spelled out: items, reversals, the range
/// of the answers, mean or sum over how many. Scores with equal keys may be compared; wording and
/// bands are no part of it.
[[nodiscard]] std::string scoring_key(const Questionnaire& questionnaire, std::size_t form,
                                      std::size_t scale);

/// One scale over time. `points` ascend in time; check-ins on which the scale is not scored have
/// none. All are scored by the key of the newest: those by another key, whose items, reversals,
/// answer range or way of scoring differ, are counted in `left_out`.
struct CollectedScale {
  std::size_t scale = 0;  ///< index into the scales of the newest definition
  ScoreRange range;
  std::vector<SeriesPoint> points;
  std::size_t left_out = 0;
};

class SeriesCollector {
 public:
  /// Collects the scale with this id, a facet too, or every main scale.
  explicit SeriesCollector(std::optional<std::string> scale = {}) : scale_(std::move(scale)) {}

  /// One check-in; `questionnaire` must stay where it is until take().
  void add(const Record& record, const Questionnaire& questionnaire, std::size_t form,
           const Responses& responses, const Scores& scores);

  [[nodiscard]] std::size_t count() const { return newest_.count; }
  /// The definition that the newest check-in is scored with; null when there is none.
  [[nodiscard]] const Questionnaire* questionnaire() const { return newest_.questionnaire; }

  /// The series of the wanted scales of that definition, in its order.
  [[nodiscard]] std::vector<CollectedScale> take();

 private:
  struct KeyedPoint {
    SeriesPoint point;
    std::int64_t sequence = 0;
    std::size_t key = 0;
  };
  // What is worked out once for a scale, and for a form of a definition.
  struct ScalePlan {
    std::size_t scale = 0;
    std::vector<std::size_t> items;  // in the form, by number
    std::size_t key = 0;
    ScoreRange range;
  };
  struct FormPlan {
    std::vector<std::uint32_t> numbers;  // of each item of the definition
    std::vector<ScalePlan> scales;       // the wanted ones
  };
  struct Newest {
    std::size_t count = 0;
    std::pair<std::int64_t, std::int64_t> at;
    const Questionnaire* questionnaire = nullptr;
    std::size_t form = 0;
  };

  const FormPlan& plan_for(const Questionnaire& questionnaire, std::size_t form);

  std::optional<std::string> scale_;
  std::map<std::pair<const Questionnaire*, std::size_t>, FormPlan> plans_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;          // of items, by id
  std::map<std::string, std::size_t, std::less<>> keys_;               // by what they say
  std::map<std::string, std::deque<KeyedPoint>, std::less<>> points_;  // by scale
  Newest newest_;
};

// How far estimates of one scale lie apart, and how much of that their errors account for.
// For one person's relationships side by side, not for check-ins about one of them.

/// In the units of the score. The errors are those of single sittings: they know the questions, not
/// the days.
struct Spread {
  double mean = 0;          ///< weighted by 1/se²
  double q = 0;             ///< Σ (x − mean)²/se²
  std::size_t degrees = 1;  ///< estimates − 1
  double probability = 1;   ///< of a q at least this large if only the errors set them apart
  std::size_t lowest = 0;   ///< index of the lowest estimate,
  std::size_t highest = 0;  ///< and of the highest: the pair that lies furthest apart
  double largest = 0;       ///< their difference, ≥ 0
  double largest_se = 0;    ///< √(se₁² + se₂²)
};

/// The spread of two or more estimates; nothing for fewer, or when an error is not above 0.
/// `probability` is the tail of χ² with one degree of freedom less than there are estimates
/// (Cochran 1954), which allows for the largest of many differences being large by itself.
[[nodiscard]] std::optional<Spread> spread_of(std::span<const Estimate> estimates);

/// P(χ² ≥ value) with `degrees` ≥ 1 degrees of freedom; 1 for values of at most 0.
[[nodiscard]] double chi_square_tail(double value, std::size_t degrees);

}  // namespace attune::trend
