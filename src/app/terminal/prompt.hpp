// SPDX-License-Identifier: MIT
#pragma once

/// What an administration shows and understands: the words of questions, review and help, and the
/// screens of the key mode laid out to the size of the terminal.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/error.hpp"

#include "app/terminal/front_end.hpp"

namespace attune::app {

/// What a person can ask for instead of answering.
enum class Request { back, forward, skip, help, quit };

/// The request that `text` stands for at `item`: "<", "s", "?" or "q"; at a text item, where these
/// could be an answer, only with a slash before ("/s").
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
  std::vector<OptionText> options;  ///< "1", "strongly disagree", one per label or choice; or none
  std::string hint;                 ///< for several choices: how to give them; else empty
  std::string earlier;              ///< "Earlier answer: …", or empty
};
[[nodiscard]] QuestionText question_text(const Administration& administration);

/// What the review says first: "34 of 36 answered. Skipped: 7 and 12."
[[nodiscard]] std::string review_summary(const Administration& administration);

/// Every question with its answer, by its number, for the review.
[[nodiscard]] std::vector<OptionText> review_answers(const Administration& administration);

/// The item asked as number `number` (1-based, as text), or nothing.
[[nodiscard]] std::optional<std::size_t> asked_item(const session::Session& session,
                                                    std::string_view number);

/// What to say when an answer could not be kept: what may be done about it, if anything.
[[nodiscard]] std::string not_saved_notice(const Error& error);

/// `text` in the characters the terminal can show.
[[nodiscard]] std::string shown(std::string_view text, report::Charset charset);

/// The lines of each screen in key mode, wrapped to the terminal and, where it is low, laid out
/// ever more tightly until they fit. `line` is what has been typed, `notice` a remark on the last
/// key; either may be empty.
[[nodiscard]] std::vector<std::string> question_layout(const Administration& administration,
                                                       std::string_view line,
                                                       std::string_view notice, TerminalSize size);
[[nodiscard]] std::vector<std::string> review_layout(const Administration& administration,
                                                     std::string_view line, std::string_view notice,
                                                     TerminalSize size);
[[nodiscard]] std::vector<std::string> answers_layout(const Administration& administration,
                                                      TerminalSize size);
[[nodiscard]] std::vector<std::string> help_layout(TerminalSize size);

}  // namespace attune::app
