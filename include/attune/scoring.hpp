// SPDX-License-Identifier: MIT
#pragma once

/// From raw answers to scores with their errors: keying, missing rules, standard errors, places
/// among norms, derived scores, contributions. Not for bands, regions or words about scores
/// (interpretation.hpp), and not for streams of rows (rows.hpp), which are scored by the same
/// rules.
///
///     Scores scores = score(questionnaire, form, responses);
///     if (scores[0].estimate) print(scores[0].estimate->score);

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune::scoring {

/// Keyed answer: `raw`, or min + max − raw when the item is reversed. Unit and range: the item's
/// response scale.
[[nodiscard]] double keyed(const Questionnaire& questionnaire, const Item& item, double raw);

/// Classical standard error of measurement SD·√(1−r). Nothing when sd ≤ 0 or r is outside [0, 1).
[[nodiscard]] std::optional<double> classical_error(double sd, double reliability);

/// The classical error of a scale, in its units, from what it publishes: the SD of its first norms
/// that have one for `answers`, the range of its items, and its alpha, which speaks of a single
/// sitting, or its retest correlation where no alpha is given. Nothing when either is missing. It
/// holds for the whole scale, not for a short form of it.
[[nodiscard]] std::optional<double> published_error(const Scale& scale, AnswerRange answers);

/// Whether scores from answers on `answers` may be set beside the norm: its sample answered on the
/// same range. A mean of 2.5 on 1..5 is another thing than one on 1..7.
[[nodiscard]] bool applies(const Norm& norm, AnswerRange answers);

/// How a place among a sample was found.
enum class NormMethod {
  empirical,  ///< from its table of percentiles, linear between two of them
  normal,     ///< 100·Φ((score − mean)/SD): what a normal curve would give
};

/// A place among a sample, coarse on purpose: the percentile is rounded to 5 and kept within 1..99.
struct NormPosition {
  double percentile = 50;
  NormMethod method = NormMethod::empirical;
};

/// Where `score` lies among the sample, by its table where it has one, else by the normal curve of
/// its mean and SD. Nothing when the score lies beyond the table's ends, is no number, or the norm
/// has neither. Whether the norm applies at all is the caller's question (`applies`).
[[nodiscard]] std::optional<NormPosition> norm_position(const Norm& norm, double score);

/// "empirical", "normal".
[[nodiscard]] std::string_view name_of(NormMethod method);

/// One norm of a scale (an index into Scale::norms) and a score's place in it.
struct NormReading {
  std::size_t norm = 0;
  NormPosition position;
};

/// The places of a scale's score among all its norms that apply to the range of its items, in the
/// order of the definition. Empty when it is not scored, or when the form that was asked has only a
/// part of the scale's items: the samples answered all of them.
[[nodiscard]] std::vector<NormReading> norm_readings(const Questionnaire& questionnaire,
                                                     std::size_t scale, const ScaleScore& score);

/// score ± 1.96 se, clipped to [min, max].
[[nodiscard]] Estimate estimate(double score, double se, double min, double max,
                                ErrorMethod method);

/// How many of `items` items must be answered for a share of at least `min_answered`; at least one.
[[nodiscard]] std::size_t items_needed(double min_answered, std::size_t items);

/// A raw rating, a whole number from -100 to 100, or `no_answer`.
using RawRating = std::int16_t;
inline constexpr RawRating no_answer = -1000;

/// How raw answers to a form become scores: all that is the same for every sitting, worked out once
/// for many of them.
struct Keying {
  /// A scored item: its keyed answer is factor·raw + offset, in units of the response scale.
  struct ItemKey {
    std::size_t item = 0;  ///< into Questionnaire::items
    int factor = 1;        ///< −1 for a reversed item
    int offset = 0;        ///< min + max for a reversed item
    AnswerRange range;     ///< of its raw answers
  };
  struct ScaleKey {
    ScoreMethod method = ScoreMethod::mean;
    std::vector<std::size_t> direct;    ///< among `items`, with those of its facets
    std::vector<std::size_t> reversed;  ///< likewise
    std::size_t items = 0;              ///< of the scale, in the form
    std::size_t needed = 1;             ///< answers that a score takes
    AnswerRange range;                  ///< of its answers
    std::optional<double> published;    ///< error, where it holds: for all items and this range
  };
  std::vector<ItemKey> items;    ///< in the order of the form
  std::vector<ScaleKey> scales;  ///< parallel to Questionnaire::scales
};

/// The keying of a form. `range`: what the answers were given on, where that is not the range of
/// the items; `min_answered`: a share in [0, 1] instead of that of each scale (0: one is enough).
[[nodiscard]] Keying keying_of(const Questionnaire& questionnaire, std::size_t form,
                               const std::optional<AnswerRange>& range = std::nullopt,
                               const std::optional<double>& min_answered = std::nullopt);

/// The keyed answers to one scale, summed up: all that its score and its error need. Whole numbers,
/// so that they are exact.
struct KeyedSums {
  std::int64_t answered = 0;
  std::int64_t sum = 0;
  std::int64_t squares = 0;
};

/// The sums of one sitting, by scale; a facet's answers count for its parent, too. `raw` is
/// parallel to `Keying::items`; `sums` is resized to the scales.
void sum_up(const Keying& keying, std::span<const RawRating> raw, std::vector<KeyedSums>& sums);

/// The score of a scale: the mean of its keyed answers, for `sum` times the number of items (so it
/// is prorated). Nothing when fewer than `needed` are answered.
[[nodiscard]] std::optional<double> score_of(const Keying::ScaleKey& key, const KeyedSums& sums);

/// The score of a scale with its error: the published one where that holds, else the conditional
/// one of this sitting (Brennan 1998), se² = s²* / n over the n answers, with their variance s²
/// (n−1) drawn towards that of people in general, as a few alike answers say little about a spread:
/// s²* = (8·2.2·r² + (n−1)·s²) / (8 + n−1), r = (max−min)/6. Both constants are fitted to 18,159
/// people (the Open-Source Psychometrics Project's ECR data): ±1.96 se then holds the mean of their
/// other items in 92 to 96 %. For `sum` times the number of items. Nothing without a score.
[[nodiscard]] std::optional<Estimate> estimate_of(const Keying::ScaleKey& key,
                                                  const KeyedSums& sums);

/// Every scale of `questionnaire`, for the items of `form` (an index into `forms`). A scale is
/// scored when the answered share of its items in the form is at least `min_answered` and at least
/// one is answered. Skipped and unasked items count as not answered and never as a number. Items
/// whose `ask_when` did not hold still count as items of the scale.
[[nodiscard]] Scores score(const Questionnaire& questionnaire, std::size_t form,
                           const Responses& responses);

/// The same by the keying of that form, worked out before: for thousands of sittings.
[[nodiscard]] Scores score(const Keying& keying, const Responses& responses);

/// The derived scores of `scores`, which come from `score` with the same form; parallel to
/// `Questionnaire::derived`. A derived score is Σ wᵢ·scoreᵢ, its error √Σ wᵢ²·seᵢ²: the variance of
/// a weighted sum whose errors are independent. Without a score of each of its scales it is not
/// scored, and the reason names those that are missing. `answered` and `items` are those of its
/// scales together.
[[nodiscard]] Scores derive(const Questionnaire& questionnaire, std::size_t form,
                            const Scores& scores);

/// The possible values of a derived score (an index into `Questionnaire::derived`) in `form`: the
/// weighted ends of its scales, a scale with a negative weight the other way round.
[[nodiscard]] ScoreRange derived_range(const Questionnaire& questionnaire, std::size_t form,
                                       std::size_t derived);

/// One answered item's part in a scale's score. The last two are in the units of the scale's score.
struct Contribution {
  std::size_t item = 0;
  double raw = 0;
  double keyed = 0;
  double pull = 0;      ///< (keyed − mean of all) / answered: how far this answer draws the score
                        ///< away from the mean; the pulls of a scale add up to 0
  double one_step = 0;  ///< change of the score if this raw answer were one step higher; negative
                        ///< for a reversed item
};

/// The contributions to `scale` of its answered items, in the order of the definition. Empty when
/// it is not scored.
[[nodiscard]] std::vector<Contribution> contributions(const Questionnaire& questionnaire,
                                                      std::size_t form, const Responses& responses,
                                                      std::size_t scale);

}  // namespace attune::scoring
