// SPDX-License-Identifier: MIT
#pragma once

/// What scores mean by the definition's own data: bands, sentences, region with its border, care
/// notes, next steps. It chooses texts from the definition and composes none for one
/// questionnaire.
///
///     Interpretation reading = interpret(questionnaire, responses, scores);

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune::interpretation {

/// The region the point falls into, and how sure that is.
struct RegionReading {
  std::size_t region = 0;    ///< index into Questionnaire::regions
  bool near_border = false;  ///< the box of the two intervals crosses a border of the region
  std::vector<double> probabilities;    ///< parallel to regions; sums to 1 when they tile the plane
  std::vector<std::size_t> neighbours;  ///< other regions with probability ≥ 0.10, likeliest first
};

/// Whether the region fits clearly: its probability is at least 0.6. Below that a point near a
/// border would be given a name, and steps, by a hair's breadth.
[[nodiscard]] bool is_clear(const RegionReading& reading);

/// A gentle remark about how the answers were given; never blocks, never discards.
struct CareNote {
  std::string id;  ///< "long-run" or "little-spread", "spread-within", "fast-answers", ...
  std::string text;
};

struct Interpretation {
  /// Those whose rules hold throughout the intervals of the scores they name, in the order of the
  /// file.
  std::vector<std::size_t> sentences;
  std::optional<RegionReading> region;
  std::vector<CareNote> care_notes;  ///< empty unless at least two signals agree
  std::vector<std::size_t>
      next_steps;  ///< three to five indexes into next_steps, when the definition has as many
};

/// With one or two items the error of a facet covers most of its range: our choice.
inline constexpr std::size_t fewest_items_of_a_facet = 3;

/// Whether the form asks enough about a scale for looking at it alone: all main scales, and the
/// facets of at least three items. Conditions on others fail, in sentences and in steps.
[[nodiscard]] bool is_shown_alone(const Questionnaire& questionnaire, const Scores& scores,
                                  std::size_t scale);

/// The band that holds `score`, or nothing when the scale has no bands.
[[nodiscard]] std::optional<std::size_t> band_of(const Scale& scale, double score);

/// The wanted direction from `score`: none from within the band at that end.
[[nodiscard]] Wanted wanted_at(const Scale& scale, double score);

/// The region of two estimates. Probability of a region: the product over its conditions of Φ((cut
/// − score)/se) below a cut and 1 − that above it (normal error on each dimension, independent),
/// summed over the cells of the plane where its rule holds; the outer cells reach to infinity.
/// Nothing when there is no plane, a dimension is not scored, or no region holds the point.
[[nodiscard]] std::optional<RegionReading> region_of(const Questionnaire& questionnaire,
                                                     const Scores& scores);

/// Where the rules of the regions cut `scale`: every bound strictly within `range`, ascending.
[[nodiscard]] std::vector<double> region_cuts(const Questionnaire& questionnaire, std::size_t scale,
                                              ScoreRange range);

/// The largest number of equal raw ratings in a row; a skipped one ends a run.
[[nodiscard]] std::size_t longest_run(std::span<const std::optional<double>> ratings);

/// Intra-individual response variability: the SD (n−1) of one person's raw ratings (Dunn et al.
/// 2018). Precondition: at least two.
[[nodiscard]] double response_variability(std::span<const double> ratings);

/// Signs of answers given without care, as attune-take(1) lists them (Dunn et al. 2018; Bowling et
/// al. 2021). Short scales confound these with trait level, so notes are given, one for each
/// signal, only when two or more agree. Ratings only; fewer than eight give no notes.
[[nodiscard]] std::vector<CareNote> care_notes(const Questionnaire& questionnaire,
                                               const Responses& responses);

/// Three to five steps, fit to be read in this order. Steps whose rule holds are ranked by
/// priority, then by how far the scores go beyond what the rule asks for (in units of the range;
/// the weakest condition counts), then in file order. From the top are taken at most three small,
/// one medium and one support step, and no two of one size about the same scales: several easy
/// ways to begin, one to grow into, one to lean on. If a small step about a position fits (a rule
/// that names several scales together), one of the three small places is kept for it. Fewer than
/// three are filled up with those passed over, then with fallbacks. Small steps come first, then
/// medium ones, then support; there is a small one, a fallback if need be. Near a border of the
/// region, steps about a position are left out.
///
/// `tried` says how often each step was marked as tried, parallel to next_steps; steps beyond its
/// end were never tried. `about` is whom the answers are about; a step that is for others is left
/// out. A step tried `tried_often` times gives its place to whatever fits next; it comes back only
/// where fewer than three would be left.
[[nodiscard]] std::vector<std::size_t> choose_next_steps(const Questionnaire& questionnaire,
                                                         const Responses& responses,
                                                         const Scores& scores,
                                                         std::span<const std::size_t> tried = {},
                                                         std::optional<std::size_t> about = {});

/// After as many weeks with one small step it is known well enough to grow from: our choice.
inline constexpr std::size_t tried_often = 3;

/// How often each step was tried, parallel to next_steps. Entries of other questionnaires and about
/// steps that this one does not have count for nothing.
[[nodiscard]] std::vector<std::size_t> times_tried(const Questionnaire& questionnaire,
                                                   std::span<const TriedStep> tried);

/// All of the above for one sitting; `tried` and `about` as for the choice of next steps.
[[nodiscard]] Interpretation interpret(const Questionnaire& questionnaire,
                                       const Responses& responses, const Scores& scores,
                                       std::span<const std::size_t> tried = {},
                                       std::optional<std::size_t> about = {});

// What the scores of two people say side by side: which pairing of the definition fits their
// positions. Even-handed: swapping the two swaps the roles, and nothing else.

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

/// The pairing of two people's scores. Its probability is P(one's rule holds for one person) ·
/// P(other's rule for the other), for the better of the two ways round, each a sum over the cells
/// where the rule holds, as for regions. Of the pairings with at least one half the one with the
/// highest priority is meant, then the first in the file; without any, the fallback. Nothing when
/// there are no pairings, or when a scale that they name is not scored for one of the two.
[[nodiscard]] std::optional<PairingReading> pairing_of(const Questionnaire& questionnaire,
                                                       const Scores& first, const Scores& second);

}  // namespace attune::interpretation
