// SPDX-License-Identifier: MIT
#pragma once

/// How many lines of wording a questionnaire takes, and what becomes of them where the same
/// statements come for several people.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/questionnaire.hpp"

namespace attune {

/// One statement per line; spaces around it are dropped, empty lines too.
[[nodiscard]] std::vector<std::string> statements_in(std::string_view text);

/// How many statements come again in every form: when the named forms, two or more, divide the
/// items among them in equal parts, each with a title. Nothing for any other questionnaire.
[[nodiscard]] std::optional<std::size_t> repeated_items(const Questionnaire& questionnaire);

/// The least number of lines that hold every statement once.
[[nodiscard]] std::size_t lines_of_wording(const Questionnaire& questionnaire);

/// One statement for every item: each of `lines` for every form, behind the form's title, which
/// says whom it is about: "Your mother: …". Precondition: `lines` has `repeated_items` lines.
[[nodiscard]] std::vector<std::string> repeat_for_forms(const Questionnaire& questionnaire,
                                                        const std::vector<std::string>& lines);

/// "Your mother, Your father": the titles of the named forms.
[[nodiscard]] std::string titles_of_forms(const Questionnaire& questionnaire);

}  // namespace attune
