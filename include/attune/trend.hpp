// SPDX-License-Identifier: MIT
#pragma once

/// Change over time against its own noise: what two check-ins can say, and what a series can.
/// Pure values and formulas; the sentences about them are report.hpp's.
///
///     ScaleTrend trend = trend_of(points, {1, 7});
///     if (trend.since_first && trend.since_first->verdict == Verdict::changed) …
///     if (trend.series && trend.series->split) …  // when, from which level to which

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

  friend auto operator<=>(const KeyedAnswer&, const KeyedAnswer&) = default;
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
  series,     ///< from six check-ins on, the noise of days and spells estimated
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

/// Where a single check-in of this person usually falls: mean ± 1.96 times the noise around it and
/// the error of the mean itself, so that 19 of 20 stay within it while nothing changes. Not clipped
/// to the range of the score.
struct UsualRange {
  double mean = 0;    ///< of the four-week means of these check-ins, each of equal weight
  double wobble = 0;  ///< SD of one score: item noise, single days and spells together
  std::size_t n = 0;  ///< check-ins that it rests on, at least 3
  double low = 0;
  double high = 0;
};

/// Check-ins taken together.
struct Level {
  double mean = 0;    ///< of their four-week means, each of equal weight
  std::size_t n = 0;  ///< check-ins, at least 3
  Instant first;      ///< one of its earliest local day,
  Instant last;       ///< and one of its latest
};

/// The date that best divides the check-ins: `after` begins with its first one.
struct Split {
  Level before;
  Level after;
};

/// A steady rise or fall over all check-ins, between the mean days of the first and the last four
/// weeks.
struct Line {
  double from = 0;
  double to = 0;
};

/// Some four-week periods in the middle unlike all others, which the newest are like again.
struct PassingStretch {
  Level inside;
  double otherwise = 0;  ///< mean of all other periods
  double evidence = 0;   ///< above the `evidence_needed` of its series
};

/// What the check-ins of a series say together. `evidence` is twice a log likelihood ratio, for two
/// levels or a line against one level, ≥ 0: `changed` is said above `evidence_needed`, which is 6.4
/// up to 13 periods of four weeks and 8·ln(periods/13) more beyond; `maybe` above half of it.
struct SeriesEvidence {
  double evidence = 0;
  double evidence_needed = 0;
  std::optional<Split> split;  ///< where evidence is above half, and two levels explain it best
  std::optional<Line> line;    ///< where evidence is above half, and a line explains it best
  std::optional<PassingStretch> passing;  ///< only where nothing is `changed`
};

/// What the check-ins of one scale say.
struct ScaleTrend {
  /// From two points on. From six on by the series rule: after less before of a split, the whole
  /// rise or fall of a line, else the mean of the newest less the usual one.
  std::optional<Change> since_first;
  std::optional<Change> since_last;      ///< from two points on; at most `maybe`
  std::optional<UsualRange> usual;       ///< from six points on, where 3 can be taken as usual
  std::optional<SeriesEvidence> series;  ///< from six points on
  /// About the first day on which a lasting shift of two in seven points would be called changed,
  /// if check-ins go on at most eight weeks apart. Nothing once that day has come, or without
  /// points.
  std::optional<Date> tells_from;
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
/// score, which scales the SD of a spell that is assumed to begin with.
///
/// With two to five points `since_first` is the difference of the first and the last; with fewer
/// all but `tells_from` is empty.
///
/// From six on the check-ins of each 28 local days are averaged, whatever their number, and every
/// date is tried that leaves three check-ins and two such periods on either side: are two levels
/// likelier than one? And a line, from five periods on? Noise is of two kinds. Item noise (the mean
/// over successive pairs of (se of the pair)²/2) averages out with every check-in; what lasts for
/// weeks only with every spell of 56 days. The variance of spells is what the periods scatter
/// around their levels beyond item noise, drawn towards 0.55² on a range of 6 with the weight of
/// one spell. Where different items were asked, the variance of a difference between two draws of
/// items is added; without answers it is 0. The verdict needs the newest check-ins (of 28 days, at
/// least three) on the new side of the middle; a newest day outside the usual range is `maybe`,
/// too. Gaps count as one spell however long; equal days are never split. Where fewer than three
/// check-ins can be taken as usual, `since_first` is that of two to five points.
///
/// The rule is the project's own. Its constants hold the chance that an unchanged year is ever
/// called changed below 5 %, for monthly to daily check-ins and day-to-day states with an SD of up
/// to 0.6 that fade within 30 days: tests/unit/trend_simulation_test.cpp measures it.
[[nodiscard]] ScaleTrend trend_of(std::span<const SeriesPoint> points, ScoreRange range);

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

/// Which check-ins were collected. The newest is that with the latest time, of one time the one
/// kept last.
struct CheckInSpan {
  std::size_t count = 0;
  Instant first;                                 ///< when the first of them was taken
  Instant last;                                  ///< and the newest
  std::pair<std::int64_t, std::int64_t> newest;  ///< microseconds of its time, sequence
  std::string newest_id;                         ///< of its record
};

class SeriesCollector {
 public:
  /// Collects the scale with this id, a facet too, or every main scale.
  explicit SeriesCollector(std::optional<std::string> scale = {}) : scale_(std::move(scale)) {}

  /// One check-in; `questionnaire` must stay where it is until take().
  void add(const Record& record, const Questionnaire& questionnaire, std::size_t form,
           const Responses& responses, const Scores& scores);

  [[nodiscard]] std::size_t count() const { return check_ins_.count; }
  [[nodiscard]] const CheckInSpan& check_ins() const { return check_ins_; }
  /// The definition that the newest check-in is scored with; null when there is none.
  [[nodiscard]] const Questionnaire* questionnaire() const { return questionnaire_; }

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

  const FormPlan& plan_for(const Questionnaire& questionnaire, std::size_t form);

  std::optional<std::string> scale_;
  std::map<std::pair<const Questionnaire*, std::size_t>, FormPlan> plans_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;          // of items, by id
  std::map<std::string, std::size_t, std::less<>> keys_;               // by what they say
  std::map<std::string, std::deque<KeyedPoint>, std::less<>> points_;  // by scale
  CheckInSpan check_ins_;
  const Questionnaire* questionnaire_ = nullptr;  // of the newest
  std::size_t form_ = 0;                          // and its form
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

}  // namespace attune::trend
