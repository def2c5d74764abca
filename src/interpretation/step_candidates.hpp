// SPDX-License-Identifier: MIT
#pragma once

/// Which next steps fit a person's scores and answers, by how much, and about which subjects. Not
/// for choosing among them (next_steps.cpp).

#include <cstddef>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune::detail {

using Conditions = std::vector<Condition>;

/// A step that fits, and why: the table of its rule that holds by the widest margin.
struct StepCandidate {
  std::size_t step = 0;
  const Conditions* because = nullptr;
  double margin = 0;                 ///< a share of the possible range
  StepSize place = StepSize::small;  ///< whose room it takes: its own size, or a smaller one's
};

/// The steps with a rule that holds, by priority, then by margin, then in the order of the file;
/// fallbacks are not among them.
[[nodiscard]] std::vector<StepCandidate> rank_candidates(const Questionnaire& questionnaire,
                                                         const Responses& responses,
                                                         const Scores& scores);

/// Whether two reasons name the same scales and items, in whatever order.
[[nodiscard]] bool same_subjects(const Conditions& a, const Conditions& b);

/// Whether the reason for a step is a position, where several scales meet, and not one scale.
[[nodiscard]] bool about_position(const StepCandidate& candidate);

}  // namespace attune::detail
