// SPDX-License-Identifier: MIT
#include "app/terminal/dialogue.hpp"

#include <fmt/format.h>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune::app {

std::optional<SittingEnd> Dialogue::end_by(Happening what) {
  if (what == Happening::hung_up) return SittingEnd::hung_up;
  const bool interrupted = what == Happening::interrupted || what == Happening::ended;
  return interrupted ? std::optional(SittingEnd::interrupted) : std::nullopt;
}

void Dialogue::fulfil(Request request) {
  switch (request) {
    case Request::back:
      return session_.back() ? moved() : remark("This is the first question.");
    case Request::forward:
      return session_.forward() ? moved() : remark("Answer or skip this question first.");
    case Request::skip:
      return confirm(Skipped{});
    case Request::help:
      return show_help();
    case Request::quit:
      end_ = SittingEnd::quit;
  }
}

void Dialogue::confirm_text(std::string_view text) {
  // Where a line is asked for, "s" may be meant as a request: it has to be given twice.
  const bool is_request =
      item().kind == ItemKind::text && request_of(item(), "/" + std::string(text)).has_value();
  if (is_request && std::exchange(doubted_, text) != text) {
    return remark(
        fmt::format("For the request write /{0}; {0} once more keeps it as your answer.", text));
  }
  std::optional<Answer> answer;
  try {
    answer = parse_answer(administration_.questionnaire, item(), text);
  } catch (const Error& error) {
    return refuse(error.advice.front());
  }
  confirm(*std::move(answer));
}

void Dialogue::confirm(Answer answer) {
  const double seconds = administration_.clock.seconds() - shown_at_;
  try {
    administration_.keep(session_.item(), answer, seconds);
  } catch (const Error& error) {
    return remark(fmt::format(
        "Not saved: {}. {}", error.message,
        error.kind == ErrorKind::busy ? "Try again, or q leaves." : "Answer again, or q quits."));
  }
  just_answered_ = session_.item();
  session_.answer(std::move(answer), seconds);
  doubted_.clear();
  moved();
}

std::string Dialogue::words_of(std::size_t item) const {
  const std::optional<Answer> answer = session_.responses().answers[item];
  if (!answer || administration_.privacy == Privacy::closed) return {};
  const Questionnaire& questionnaire = administration_.questionnaire;
  return describe_answer(questionnaire, questionnaire.items[item], *answer);
}

void Dialogue::finish() {
  session_.finish();
  end_ = SittingEnd::finished;
}

bool Dialogue::fulfil_in_review(std::string_view text) {
  const std::string wanted = lower_case(text);
  if (wanted == "f" || wanted == "finish") {
    finish();
  } else if (wanted == "<" || wanted == "back") {
    session_.back();
    moved();
  } else if (wanted == "q" || wanted == "quit") {
    end_ = SittingEnd::quit;
  } else {
    return false;
  }
  return true;
}

std::optional<std::size_t> Dialogue::item_numbered(std::string_view number) const {
  const std::vector<std::size_t> asked = session_.asked();
  const auto wanted = parse_whole(number);
  if (!wanted || *wanted < 1 || static_cast<std::size_t>(*wanted) > asked.size()) return {};
  return asked[static_cast<std::size_t>(*wanted) - 1];
}

bool Dialogue::open_question(std::string_view number) {
  const auto item = item_numbered(number);
  if (!item) return false;
  session_.go_to(*item);
  moved();
  return true;
}

}  // namespace attune::app
