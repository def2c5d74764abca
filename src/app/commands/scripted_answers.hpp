// SPDX-License-Identifier: MIT
#pragma once

/// Answers given as text, all at once: what `take --answers` reads.

#include <string_view>
#include <vector>

#include "attune/error.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"

namespace attune::app {

/// Where the text of `--answers` came from. What stands on a command line can be read by others on
/// the machine and stays in shell histories, so answers to text items are not taken from there.
enum class AnswersFrom { command_line, file };

/// What was read of them: the responses, complete only where there is no problem.
struct ScriptedAnswers {
  Responses responses;
  std::vector<Error> problems;  ///< each `bad_data`
};

/// The scripted front end: `text` is either one answer per item of `form` in the order of the
/// definition ("4,2,s,7"), or "id=answer" pairs, separated by commas or line ends; 's' skips, items
/// not named are skipped. Conditional items are asked as everywhere else: an answer to one that is
/// not asked is a problem, 's' for it is fine. All problems are found at once.
[[nodiscard]] ScriptedAnswers scripted_answers(const Questionnaire& questionnaire, std::size_t form,
                                               std::string_view text, AnswersFrom from);

/// Whether the value of `--answers` is itself the answers, and not the name of a file: it holds a
/// comma or '=', or is one number or 's'.
[[nodiscard]] bool is_answers_text(std::string_view value);

}  // namespace attune::app
