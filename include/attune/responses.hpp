// SPDX-License-Identifier: MIT
#pragma once

/// Answers as they were given: raw, never keyed, with a skip kept apart from "not asked yet".
/// Not for scoring (scoring.hpp).
///
///     Answer answer = parse_answer(questionnaire, item, "4");

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/error.hpp"
#include "attune/questionnaire.hpp"

namespace attune {

/// The person saw the item and chose to leave it out. Never scored as any number.
struct Skipped {
  friend bool operator==(Skipped, Skipped) = default;
};

/// Ids of the chosen choices, in the order of the definition.
using ChosenIds = std::vector<std::string>;

/// One answer: skipped; a rating (whole) or number; choices; or a line of text.
using Answer = std::variant<Skipped, double, ChosenIds, std::string>;

/// All answers of one sitting, parallel to `Questionnaire::items`: nothing where the item was not
/// (yet) asked.
struct Responses {
  std::vector<std::optional<Answer>> answers;
  std::vector<std::size_t> order;  ///< item indexes in the order shown
  std::vector<double>
      seconds;  ///< parallel to `answers`; time to the first answer, 0 = not measured
};

/// Responses with no answer yet, sized for `questionnaire`.
[[nodiscard]] Responses empty_responses(const Questionnaire& questionnaire);

/// The rating of an item, or nothing when it was not asked, skipped, or is of another kind.
[[nodiscard]] inline std::optional<double> rating(const Responses& responses, std::size_t item) {
  const std::optional<Answer>& answer = responses.answers[item];
  const double* value = answer ? std::get_if<double>(&*answer) : nullptr;
  return value != nullptr ? std::optional<double>(*value) : std::nullopt;
}

/// Reads one answer as it is written in `--answers`, in plain mode and in the history: a whole
/// number within the response scale for ratings; a decimal number within min..max; choice ids or
/// their 1-based numbers joined by '+' (one only unless `multiple`); any printable line of at most
/// 4,000 characters for texts. Spaces around it are ignored. Empty text is an error, never an
/// answer. Errors are `bad_data` with the item's id as place and the legal answers as advice.
[[nodiscard]] Answer parse_answer(const Questionnaire& questionnaire, const Item& item,
                                  std::string_view text);

/// The text that `parse_answer` reads back. Skipped gives an empty string, which it does not read.
[[nodiscard]] std::string render_answer(const Answer& answer);

/// The answer in words for a person: "5, slightly agree", "45 minutes", the choice texts, the line
/// itself, "skipped".
[[nodiscard]] std::string describe_answer(const Questionnaire& questionnaire, const Item& item,
                                          const Answer& answer);

}  // namespace attune
