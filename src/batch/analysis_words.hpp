// SPDX-License-Identifier: MIT
#pragma once

/// Words and tables that an analysis is told in.

#include <string>
#include <vector>

#include "attune/document.hpp"
#include "attune/item_analysis.hpp"

namespace attune::detail {

/// "0.92", "−0.31"; "0.00" never has a sign. Empty where there is no value.
[[nodiscard]] std::string number_words(const Statistic& statistic, int digits);

/// The same; "none: fewer than two items" where there is no value.
[[nodiscard]] std::string number_or_reason(const Statistic& statistic, int digits);

/// "16 rows", "1 row"
[[nodiscard]] std::string rows_words(std::uint64_t count);

/// What to look at first, as blocks: items whose key looks wrong, as a question, with the evidence;
/// items on which nobody differs. One sentence where there is nothing.
[[nodiscard]] Document questions_of(const Questionnaire& questionnaire, const Analysis& analysis);

}  // namespace attune::detail
