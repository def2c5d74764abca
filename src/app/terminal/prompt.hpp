// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/terminal/administration.hpp"

namespace attune {

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
  std::string heading;    ///< "Question 3 of 36"
  std::string statement;  ///< with the about phrase in place
  std::vector<OptionText>
      options;          ///< "1", "strongly disagree", one per label or choice; may be empty
  std::string hint;     ///< for several choices: how to give them; else empty
  std::string earlier;  ///< "Earlier answer: …", or empty
};
[[nodiscard]] QuestionText question_text(const Administration& administration);

/// What the review says first: "34 of 36 answered. Skipped: 7 and 12."
[[nodiscard]] std::string review_summary(const Administration& administration);

/// Every question with its answer, by its number, for the review.
[[nodiscard]] std::vector<OptionText> review_answers(const Administration& administration);

/// What to say when an answer could not be kept: what may be done about it, if anything.
[[nodiscard]] std::string not_saved_notice(const Error& error);

/// `text` in the characters the terminal can show.
[[nodiscard]] std::string shown(std::string_view text, Charset charset);

}  // namespace attune
