// SPDX-License-Identifier: MIT
#pragma once

/// What the scores of two people say side by side: how far they lie apart, and which pairing of the
/// definition fits their positions. Even-handed: swapping the two swaps the roles and turns the
/// sign, and nothing else.
///
///     if (auto reading = pairing_of(questionnaire, hers, his)) …

#include <cstddef>
#include <optional>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"

namespace attune::interpretation {

/// The second score less the first, with the standard error √(se₁² + se₂²) of a difference of two
/// independent scores and the 95 % interval difference ± 1.96 se, in the units of the scale.
struct ScoreDifference {
  double difference = 0;
  double se = 0;
  double low = 0;
  double high = 0;
};

/// Nothing when one of the two is not scored. Whether both are on the same range is the caller's
/// question.
[[nodiscard]] std::optional<ScoreDifference> score_difference(const ScaleScore& first,
                                                              const ScaleScore& second);

/// Whether the two scores may be said to differ: the interval leaves 0 out.
[[nodiscard]] bool differs(const ScoreDifference& difference);

/// Which of the two people is the `one` of a pairing. `either`: it makes no difference, or both
/// ways fit clearly.
enum class Roles { first_is_one, second_is_one, either };

/// The pairing that fits two people, and how sure that is.
struct PairingReading {
  std::size_t pairing = 0;  ///< index into Questionnaire::pairings; the fallback if none is clear
  bool is_clear = false;    ///< its probability is at least one half
  Roles roles = Roles::either;
  std::vector<double> probabilities;  ///< parallel to pairings; 0 for the fallback
};

/// The pairing of two people's scores. The probability of a pairing is P(one's rule holds for one
/// person) · P(other's rule for the other person), for the better of the two ways round; that of a
/// rule is the sum over the cells of the two scales where it holds of the products of their normal
/// probabilities, as for regions (interpretation.hpp). Of the pairings with at least one half, the
/// one with the highest priority is meant, then the first in the file; without any it is the
/// fallback. Nothing when there are no pairings, or when a scale that they name is not scored for
/// one of the two.
[[nodiscard]] std::optional<PairingReading> pairing_of(const Questionnaire& questionnaire,
                                                       const Scores& first, const Scores& second);

}  // namespace attune::interpretation
