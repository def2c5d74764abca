// SPDX-License-Identifier: MIT
#pragma once

/// Next steps as a profile and its list of steps show them, with what became of each.

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "attune/document.hpp"
#include "attune/profile.hpp"

namespace attune::detail {

/// What is known of one step: how often it was tried, and the last time.
struct Tries {
  std::size_t count = 0;
  const TriedStep* last = nullptr;  ///< null when it was never tried
};
[[nodiscard]] Tries tries_of(const Profile& profile, std::string_view step);

/// "You tried this 2 times, last on 2026-10-01: "it went well"", or nothing for no tries.
[[nodiscard]] std::string tried_words(const Tries& tries);

/// Whether a step is shown with the name that one types for it.
enum class StepNames { hidden, shown };

/// A sentence on how to use the steps, then each that was chosen.
void add_steps(Document& document, const Profile& profile, StepNames names);

/// The chosen steps with how often and when each was tried.
[[nodiscard]] nlohmann::ordered_json steps_json(const Profile& profile);

}  // namespace attune::detail
