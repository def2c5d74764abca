// SPDX-License-Identifier: MIT
#pragma once

/// The three ways to answer, by single keys, by plain lines and all at once as text: loops around
/// one Session.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "attune/document.hpp"
#include "attune/error.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/session.hpp"

#include "app/terminal/console.hpp"
#include "app/world.hpp"

namespace attune::app {

/// How a sitting ended. In each case what was confirmed has been kept.
enum class SittingEnd { finished, quit, interrupted, hung_up };

/// Keeps one confirmed answer; returns only when it is safe. What it throws is shown, and the
/// question stays.
using KeepAnswer = std::function<void(std::size_t item, const Answer& answer, double seconds)>;

/// Whether answers may be shown on the screen.
enum class Privacy { open, closed };

/// What the front ends need besides the session: wording, clock, and where answers go.
struct Administration {
  const Questionnaire& questionnaire;
  session::Session& session;
  std::optional<std::size_t> about;
  const Clock& clock;
  KeepAnswer keep;
  Privacy privacy = Privacy::open;
  report::Charset charset = report::Charset::utf8;
};

/// Asks with single keys: a digit answers at once. Redraws in place.
[[nodiscard]] SittingEnd ask_by_keys(Administration& administration, Console& console);

/// Asks with plain lines, number and Enter, nothing redrawn: for screen readers and simple
/// terminals.
[[nodiscard]] SittingEnd ask_by_lines(Administration& administration, Console& console);

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
