// SPDX-License-Identifier: MIT
#pragma once

/// How many lines of wording a questionnaire takes. Where the same statements come for several
/// people, as in a form for each, they are written once.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "attune/questionnaire.hpp"

namespace attune::app {

/// One statement per line; spaces around it are dropped, empty lines too.
[[nodiscard]] std::vector<std::string> statements_in(std::string_view text);

/// The least number of lines that hold every statement once.
[[nodiscard]] std::size_t lines_of_wording(const Questionnaire& questionnaire);

}  // namespace attune::app
