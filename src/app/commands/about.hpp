// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "attune/questionnaire.hpp"
#include "attune/result.hpp"

namespace attune {

/// The index of the about that `--about NAME` names. Error: usage, with the nearest names, or that
/// the questionnaire is not about a person.
[[nodiscard]] Result<std::size_t> known_about(const Questionnaire& questionnaire,
                                              const std::string& name);

}  // namespace attune
