// SPDX-License-Identifier: MIT
#pragma once

/// From raw answers to scores with their errors: keying, missing rules, standard errors, places
/// among norms, derived scores, contributions. Not for bands, regions or words about scores
/// (interpretation.hpp), and not for streams of rows (batch).
///
///     Scores scores = score(questionnaire, form, responses);
///     if (scores[0].estimate) print(scores[0].estimate->score);

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune {

/// Keyed answer: `raw`, or min + max − raw when the item is reversed. Unit and range: the item's
/// response scale.
[[nodiscard]] double keyed(const Questionnaire& questionnaire, const Item& item, double raw);

/// Standard error of the mean of one sitting's keyed answers, without norms: se² = max(s²,
/// step²/12) / n with s² the variance (n−1) over the n answers (Brennan 1998, conditional
/// absolute-error SEM for one person; the floor is the variance of rounding to whole steps). With
/// one answer: se² = (max−min)²/12, the variance of a uniform answer. Precondition: at least one
/// answer.
[[nodiscard]] double conditional_error(std::span<const double> keyed_answers, double min,
                                       double max, double step = 1);

/// Classical standard error of measurement SD·√(1−r). Nothing when sd ≤ 0 or r is outside [0, 1).
[[nodiscard]] std::optional<double> classical_error(double sd, double reliability);

/// Which published coefficient stands behind a classical error.
enum class ReliabilityKind { alpha, retest };

/// A classical error in the units of the scale, and the coefficient it rests on.
struct PublishedError {
  double se = 0;
  ReliabilityKind kind = ReliabilityKind::alpha;
};

/// The classical error of a scale from what it publishes: the SD of its first norms that have one
/// for `answers`, the range of its items, and its alpha, which speaks of a single sitting, or its
/// retest correlation where no alpha is given. Nothing when either is missing. It holds for the
/// whole scale, not for a short form of it.
[[nodiscard]] std::optional<PublishedError> published_error(const Scale& scale,
                                                            AnswerRange answers);

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

/// The keyed answers to one scale, summed up: all that its score and its error need. Ratings are
/// whole numbers, so the sums are exact.
struct KeyedSums {
  std::size_t items = 0;     ///< of the scale, in the form
  std::size_t answered = 0;  ///< of those
  double sum = 0;
  double squares = 0;
  double min = 0;  ///< of the response scale
  double max = 0;
};

/// The mean of the answered items, for `sum` times the number of items; without regard to
/// `min_answered`. Precondition: one is answered.
[[nodiscard]] double score_of(ScoreMethod method, const KeyedSums& sums);

/// The conditional error of that score, in its units (`conditional_error`). Precondition: one is
/// answered.
[[nodiscard]] double error_of(ScoreMethod method, const KeyedSums& sums);

/// The published error of `scale` where it holds: for all its items, and for the range of answers
/// of `sums`.
[[nodiscard]] std::optional<PublishedError> published_error(const Questionnaire& questionnaire,
                                                            std::size_t scale,
                                                            const KeyedSums& sums);

/// The first norm of `scale` that a score from `sums` may be set beside: of the same range of
/// answers, and for all its items; null where there is none.
[[nodiscard]] const Norm* applicable_norm(const Questionnaire& questionnaire, std::size_t scale,
                                          const KeyedSums& sums);

/// Every scale of `questionnaire`, for the items of `form` (an index into `forms`). A scale is
/// scored when the answered share of its items in the form is at least `min_answered` and at least
/// one is answered; `sum` scales are prorated (mean × number of items). Skipped and unasked items
/// count as not answered and never as a number. Items whose `ask_when` did not hold still count as
/// items of the scale. The error is the published one when the form has all items of the scale
/// (`published_error`), else the conditional one, which for `sum` scales is that of the mean times
/// the number of items.
/// Where only main scales are wanted, facets are left without a score and without a reason.
enum class WantedScales { all, main };
[[nodiscard]] Scores score(const Questionnaire& questionnaire, std::size_t form,
                           const Responses& responses, WantedScales wanted = WantedScales::all);

/// The derived scores of `scores`, which come from `score` with the same form and
/// WantedScales::all; parallel to `Questionnaire::derived`. A derived score is Σ wᵢ·scoreᵢ, its
/// error √Σ wᵢ²·seᵢ²: the variance of a weighted sum whose errors are independent. Without a score
/// of each of its scales it is not scored, and the reason names those that are missing. `answered`
/// and `items` are those of its scales together.
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

}  // namespace attune
