// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/terminal/administration.hpp"
#include "app/terminal/layout.hpp"
#include "app/terminal/prompt.hpp"

namespace attune {
namespace {

// One administration by plain lines. Nothing is drawn twice, so that a screen reader reads each
// line once.
class LineFrontEnd {
 public:
  LineFrontEnd(Administration& administration, Console& console)
      : administration_(administration), session_(administration.session), console_(console) {}

  SittingEnd run();

 private:
  [[nodiscard]] const Item& item() const {
    return administration_.questionnaire.items[session_.item()];
  }
  void say(std::string_view text);
  void ask();
  void ask_in_review();
  void act(std::string_view line);
  void act_on_question(std::string_view line);
  void act_on_review(std::string_view line);
  void fulfil(Request request);
  void confirm(Answer answer);

  Administration& administration_;
  Session& session_;
  Console& console_;
  std::string pending_;  // bytes of a line whose end has not come yet
  double shown_at_ = 0;
  std::optional<SittingEnd> ending_;
};

SittingEnd LineFrontEnd::run() {
  ask();
  while (!ending_) {
    const Event event = console_.wait(wait_for_ever);
    switch (event.what) {
      case Happening::bytes:
        pending_ += event.bytes;
        for (std::size_t end = pending_.find('\n'); end != std::string::npos && !ending_;
             end = pending_.find('\n')) {
          const std::string line = pending_.substr(0, end);
          pending_.erase(0, end + 1);
          act(line);
        }
        break;
      case Happening::hung_up:
        return SittingEnd::hung_up;
      case Happening::interrupted:
      case Happening::ended:
        console_.write("\n");
        return SittingEnd::interrupted;
      case Happening::resized:
      case Happening::continued:
      case Happening::timed_out:
        break;
    }
  }
  return *ending_;
}

void LineFrontEnd::say(std::string_view text) {
  for (const std::string& line :
       wrap(shown(text, administration_.charset), text_columns(console_.size()))) {
    console_.write(line + "\n");
  }
}

void LineFrontEnd::ask() {
  if (session_.stage() == Stage::reviewing) return ask_in_review();
  shown_at_ = administration_.clock.seconds();
  const QuestionText text = question_text(administration_);
  console_.write("\n");
  say(text.heading);
  say(text.statement);
  for (const OptionText& option : text.options) say(option.key + " " + option.text);
  if (!text.hint.empty()) say(text.hint);
  if (!text.earlier.empty()) say(text.earlier);
  console_.write(fmt::format("Answer {}, or ? for help: ",
                             legal_answers(administration_.questionnaire, item())));
}

void LineFrontEnd::ask_in_review() {
  console_.write("\n");
  say("All questions have been asked. " + review_summary(administration_));
  say("f finishes and shows your profile, l lists your answers, a number opens that question "
      "again, "
      "< goes back, q saves and quits.");
  console_.write("Your choice: ");
}

void LineFrontEnd::act(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  line = first == std::string_view::npos ? std::string_view() : line.substr(first);
  line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
  if (session_.stage() == Stage::reviewing) {
    act_on_review(line);
  } else {
    act_on_question(line);
  }
  if (!ending_) ask();
}

void LineFrontEnd::act_on_question(std::string_view line) {
  if (const auto request = request_of(item(), line)) return fulfil(*request);
  Result<Answer> answer = parse_answer(administration_.questionnaire, item(), line);
  if (answer) return confirm(*std::move(answer));
  say(fmt::format("Not an answer: {}.", answer.error().advice.front()));
}

void LineFrontEnd::act_on_review(std::string_view line) {
  if (line == "f" || line == "F") {
    session_.finish();
    ending_ = SittingEnd::finished;
  } else if (line == "q" || line == "Q") {
    ending_ = SittingEnd::quit;
  } else if (line == "l" || line == "L") {
    for (const OptionText& answer : review_answers(administration_))
      say(answer.key + " " + answer.text);
  } else if (line == "<") {
    session_.back();
  } else if (const auto item = asked_item(session_, line)) {
    session_.go_to(*item);
  } else {
    say(fmt::format("Write f, l, <, q or a number from 1 to {}.", session_.count()));
  }
}

void LineFrontEnd::fulfil(Request request) {
  const std::string_view slash = item().kind == ItemKind::text ? "/" : "";
  switch (request) {
    case Request::back:
      if (!session_.back()) say("This is the first question.");
      return;
    case Request::forward:
      if (!session_.forward()) say("Answer or skip this question first.");
      return;
    case Request::skip:
      return confirm(Skipped{});
    case Request::help:
      say(fmt::format(
          "Write your answer and press Enter. {0}s skips this question, {0}< goes back, {0}> "
          "goes forward over answered questions, {0}q saves and quits; the same command "
          "goes on from here.",
          slash));
      return;
    case Request::quit:
      ending_ = SittingEnd::quit;
      return;
  }
}

void LineFrontEnd::confirm(Answer answer) {
  const double seconds = administration_.clock.seconds() - shown_at_;
  const Result<void> kept = administration_.keep(session_.item(), answer, seconds);
  if (!kept) {
    say(not_saved_notice(kept.error()));
    return;
  }
  session_.answer(std::move(answer), seconds);
}

}  // namespace

SittingEnd ask_by_lines(Administration& administration, Console& console) {
  return LineFrontEnd(administration, console).run();
}

}  // namespace attune
