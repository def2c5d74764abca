// SPDX-License-Identifier: MIT
#pragma once

/// What an administration shows and understands: the words of questions and of the review; and the
/// three ways to answer, by single keys, by plain lines and all at once as text: loops around one
/// Session.

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
  std::size_t form = 0;
  bool colour = false;
};

/// Asks with single keys: a digit answers at once. Redraws in place.
[[nodiscard]] SittingEnd ask_by_keys(Administration& administration, Console& console);

/// Asks with plain lines, number and Enter, nothing redrawn: for screen readers and simple
/// terminals.
[[nodiscard]] SittingEnd ask_by_lines(Administration& administration, Console& console);

/// What a person can ask for instead of answering.
enum class Request { back, forward, skip, help, quit };

/// The request that `text` stands for at `item`: "<", ">", "s", "?", "q" or its word ("back",
/// "forward", "skip", "help", "quit"); at a text item, where these could be an answer, only with a
/// slash before ("/s").
[[nodiscard]] std::optional<Request> request_of(const Item& item, std::string_view text);

/// Whether one digit is a whole answer to `item`.
[[nodiscard]] bool answers_by_one_key(const Questionnaire& questionnaire, const Item& item);

/// "1-7", "1-4", "0-600 minutes", "a line of text": what counts as an answer, for the key line.
[[nodiscard]] std::string legal_answers(const Questionnaire& questionnaire, const Item& item);

/// One line of a list: what is pressed or counted, and what it means.
struct OptionText {
  std::string key;
  std::string text;
};

/// The parts of one question as it is shown, each safe to print; unwrapped.
struct QuestionText {
  std::string heading;              ///< "Question 3 of 36"
  std::string statement;            ///< with the about phrase in place
  std::vector<OptionText> options;  ///< "1", "strongly disagree", one per value or choice; or none
  bool is_rating = false;
  std::string hint;     ///< for several choices: how to give them; else empty
  std::string earlier;  ///< "Earlier answer: …", or empty
};
[[nodiscard]] QuestionText question_text(const Administration& administration);

/// What the review says first: what is skipped, and which scores that costs.
[[nodiscard]] std::string review_summary(const Administration& administration);

/// Every question with its answer, by its number, for the review.
[[nodiscard]] std::vector<OptionText> review_answers(const Administration& administration);

/// `text` in the characters the terminal can show.
[[nodiscard]] std::string shown(std::string_view text, report::Charset charset);

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
