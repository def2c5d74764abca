// SPDX-License-Identifier: MIT
#pragma once

/// What the exporters of a codebook share: the values of an item, rules in words, forms.

#include <string>
#include <string_view>
#include <vector>

#include "attune/codebook.hpp"
#include "attune/questionnaire.hpp"

namespace attune::detail {

/// One legal answer: its code in the data, and its label or the code again where it has none.
struct AnswerValue {
  std::string code;
  std::string label;
};

/// The legal answers of a rating or a choice item, in their order; none for other kinds.
[[nodiscard]] std::vector<AnswerValue> values_of(const Questionnaire& questionnaire,
                                                 const Item& item);

/// "rating", "choice", "choices" (several may be made), "number" or "text".
[[nodiscard]] std::string_view type_of(const Item& item);

/// A rule in words: "urge is withdraw or strength is at least 4"; empty for an empty rule.
[[nodiscard]] std::string words_of(const Questionnaire& questionnaire, const Rule& rule);

/// Ids of the forms that ask the item, in the order of the definition.
[[nodiscard]] std::vector<std::string> forms_with(const Questionnaire& questionnaire,
                                                  std::size_t item);

/// Ids of the items that count for the scale, in the order of the definition.
[[nodiscard]] std::vector<std::string> items_of(const Questionnaire& questionnaire,
                                                std::size_t scale);

/// The parts with `separator` between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace attune::detail
