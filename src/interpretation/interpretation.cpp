// SPDX-License-Identifier: MIT
#include "attune/interpretation.hpp"

#include <algorithm>
#include <cmath>

namespace attune::interpretation {
namespace {

constexpr std::size_t most_standouts = 3;

// A sixth of the range, one point on 1..7: our choice, about one SD of community samples (Fraley et
// al. 2011 report .98 and 1.12 on 1..7).
constexpr double least_share_of_range = 1.0 / 6.0;

// A facet, and how far it lies from the middle of its range, as a share of the range.
struct Candidate {
  Standout standout;
  double share = 0;
};

std::optional<Candidate> candidate_of(const Questionnaire& questionnaire, const Scores& scores,
                                      std::size_t scale) {
  const std::optional<Estimate>& estimate = scores[scale].estimate;
  if (!estimate) return std::nullopt;
  const ScoreRange range = score_range(questionnaire, scale, scores[scale].items);
  const double middle = (range.min + range.max) / 2;
  const double share = (estimate->score - middle) / (range.max - range.min);
  // One answer on a short form says little: its distance must exceed its own error.
  const bool beyond_error = estimate->low > middle || estimate->high < middle;
  if (std::abs(share) < least_share_of_range || !beyond_error) return std::nullopt;
  return Candidate{{scale, share > 0}, std::abs(share)};
}

}  // namespace

std::optional<std::size_t> band_of(const Scale& scale, double score) {
  for (std::size_t band = 0; band < scale.bands.size(); ++band) {
    if (!scale.bands[band].below || score < *scale.bands[band].below) return band;
  }
  return std::nullopt;
}

std::vector<Standout> find_standouts(const Questionnaire& questionnaire, const Scores& scores) {
  const std::vector<Scale>& scales = questionnaire.scales;
  const bool has_facets =
      std::ranges::any_of(scales, [](const Scale& scale) { return scale.parent.has_value(); });
  std::vector<Candidate> candidates;
  for (std::size_t scale = 0; scale < scales.size(); ++scale) {
    if (has_facets && !scales[scale].parent) continue;
    if (const auto found = candidate_of(questionnaire, scores, scale)) candidates.push_back(*found);
  }
  std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::share);
  if (candidates.size() > most_standouts) candidates.resize(most_standouts);
  std::vector<Standout> result;
  for (const Candidate& candidate : candidates) result.push_back(candidate.standout);
  return result;
}

Interpretation interpret(const Questionnaire& questionnaire, const Responses& responses,
                         const Scores& scores, std::span<const std::size_t> tried) {
  Interpretation result;
  result.bands.resize(scores.size());
  for (std::size_t scale = 0; scale < scores.size(); ++scale) {
    if (!scores[scale].estimate) continue;
    result.bands[scale] = band_of(questionnaire.scales[scale], scores[scale].estimate->score);
  }
  result.region = region_of(questionnaire, scores);
  result.standouts = find_standouts(questionnaire, scores);
  result.care_notes = care_notes(questionnaire, responses);
  result.next_steps = choose_next_steps(questionnaire, responses, scores, tried);
  return result;
}

}  // namespace attune::interpretation
