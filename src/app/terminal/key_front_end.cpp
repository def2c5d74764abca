// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "app/terminal/administration.hpp"
#include "app/terminal/drawing.hpp"
#include "app/terminal/keys.hpp"
#include "app/terminal/layout.hpp"
#include "app/terminal/prompt.hpp"

namespace attune {
namespace {

// One administration by single keys: a loop around the session that draws, waits and acts.
class KeyFrontEnd {
 public:
  KeyFrontEnd(Administration& administration, Console& console)
      : administration_(administration),
        session_(administration.session),
        console_(console),
        drawing_(console) {}

  SittingEnd run();

 private:
  [[nodiscard]] const Item& item() const {
    return administration_.questionnaire.items[session_.item()];
  }
  void draw();
  void begin_question();
  [[nodiscard]] bool takes(const Key& key) const;
  void act(const Key& key);
  void act_on_question(const Key& key);
  void act_on_review(const Key& key);
  void edit_line(const Key& key);
  void fulfil(Request request);
  void confirm(Answer answer);
  void confirm_text(std::string_view text);
  void list_answers();
  void open_question(std::string_view number);

  Administration& administration_;
  Session& session_;
  Console& console_;
  Drawing drawing_;
  KeyDecoder decoder_;
  std::string line_;    // what has been typed of an answer that needs Enter
  std::string notice_;  // one remark on the last key
  bool showing_help_ = false;
  double shown_at_ = 0;
  std::optional<SittingEnd> ending_;
};

SittingEnd KeyFrontEnd::run() {
  begin_question();
  draw();
  while (!ending_) {
    const Event event = console_.wait(decoder_.is_waiting() ? escape_milliseconds : wait_for_ever);
    switch (event.what) {
      case Happening::bytes:
        for (const Key& key : decoder_.decode(event.bytes)) {
          if (!ending_) act(key);
        }
        break;
      case Happening::timed_out:
        decoder_.give_up();
        break;
      case Happening::continued:
        drawing_.forget();
        break;
      case Happening::resized:
        break;
      case Happening::hung_up:
        return SittingEnd::hung_up;
      case Happening::interrupted:
      case Happening::ended:
        ending_ = SittingEnd::interrupted;
        break;
    }
    if (!ending_) draw();
  }
  drawing_.erase();
  return *ending_;
}

void KeyFrontEnd::draw() {
  const TerminalSize size = console_.size();
  if (showing_help_) {
    drawing_.show(help_layout(size));
  } else if (session_.stage() == Stage::reviewing) {
    drawing_.show(review_layout(administration_, line_, notice_, size));
  } else {
    drawing_.show(question_layout(administration_, line_, notice_, size));
  }
}

void KeyFrontEnd::begin_question() {
  line_.clear();
  notice_.clear();
  shown_at_ = administration_.clock.seconds();
}

// Pasted text is welcome where a line of text is asked for, and nowhere else.
bool KeyFrontEnd::takes(const Key& key) const {
  if (!key.pasted) return true;
  const bool asks_text =
      !showing_help_ && session_.stage() == Stage::asking && item().kind == ItemKind::text;
  return asks_text && key.kind == KeyKind::character;
}

void KeyFrontEnd::act(const Key& key) {
  notice_.clear();
  if (!takes(key)) {
    notice_ = "Pasted text answers nothing here.";
  } else if (showing_help_) {
    showing_help_ = false;
  } else if (key.kind == KeyKind::end_of_input) {
    ending_ = SittingEnd::interrupted;
  } else if (session_.stage() == Stage::reviewing) {
    act_on_review(key);
  } else {
    act_on_question(key);
  }
}

void KeyFrontEnd::act_on_question(const Key& key) {
  if (line_.empty()) {
    if (key.kind == KeyKind::left || key.kind == KeyKind::backspace) return fulfil(Request::back);
    if (key.kind == KeyKind::right) return fulfil(Request::forward);
    const auto request =
        key.kind == KeyKind::character ? request_of(item(), key.text) : std::nullopt;
    if (request) return fulfil(*request);
  }
  if (!answers_by_one_key(administration_.questionnaire, item())) return edit_line(key);
  if (key.kind == KeyKind::character) return confirm_text(key.text);
  if (key.kind == KeyKind::enter) return;  // a habit, and harmless
  notice_ = fmt::format("Press a digit: {}.", legal_answers(administration_.questionnaire, item()));
}

void KeyFrontEnd::edit_line(const Key& key) {
  if (key.kind == KeyKind::character) {
    line_ += key.text;
  } else if (key.kind == KeyKind::backspace) {
    erase_last_character(line_);
  } else if (key.kind == KeyKind::erase_line) {
    line_.clear();
  } else if (key.kind == KeyKind::enter) {
    if (session_.stage() == Stage::reviewing) return open_question(line_);
    if (const auto request = request_of(item(), line_)) return fulfil(*request);
    confirm_text(line_);
  }
}

void KeyFrontEnd::act_on_review(const Key& key) {
  const bool digit =
      key.kind == KeyKind::character && key.text.front() >= '0' && key.text.front() <= '9';
  if (digit || (!line_.empty() && key.kind != KeyKind::character)) return edit_line(key);
  if (!line_.empty()) {
    notice_ = "Type the number of a question, then Enter.";
    return;
  }
  if (key.kind == KeyKind::left || key.kind == KeyKind::backspace || key.text == "<") {
    session_.back();
    begin_question();
  } else if (key.text == "f" || key.text == "F") {
    session_.finish();
    ending_ = SittingEnd::finished;
  } else if (key.text == "l" || key.text == "L") {
    list_answers();
  } else if (key.text == "q" || key.text == "Q") {
    ending_ = SittingEnd::quit;
  } else {
    notice_ = "Press f to finish, or one of the keys above.";
  }
}

void KeyFrontEnd::fulfil(Request request) {
  switch (request) {
    case Request::back:
      if (!session_.back()) notice_ = "This is the first question.";
      break;
    case Request::forward:
      if (!session_.forward()) notice_ = "Answer or skip this question first.";
      break;
    case Request::skip:
      return confirm(Skipped{});
    case Request::help:
      showing_help_ = true;
      return;
    case Request::quit:
      ending_ = SittingEnd::quit;
      return;
  }
  if (notice_.empty()) begin_question();
}

void KeyFrontEnd::confirm_text(std::string_view text) {
  Result<Answer> answer = parse_answer(administration_.questionnaire, item(), text);
  if (answer) return confirm(*std::move(answer));
  notice_ = fmt::format("{}.", answer.error().advice.front());
  notice_.front() = static_cast<char>(notice_.front() - 'a' + 'A');
}

void KeyFrontEnd::confirm(Answer answer) {
  const double seconds = administration_.clock.seconds() - shown_at_;
  const Result<void> kept = administration_.keep(session_.item(), answer, seconds);
  if (!kept) {
    notice_ = not_saved_notice(kept.error());
    return;
  }
  session_.answer(std::move(answer), seconds);
  begin_question();
}

void KeyFrontEnd::list_answers() {
  drawing_.show(answers_layout(administration_, console_.size()));
  drawing_.keep();
}

void KeyFrontEnd::open_question(std::string_view number) {
  const auto item = asked_item(session_, number);
  line_.clear();
  if (!item) {
    notice_ = fmt::format("Choose a question from 1 to {}.", session_.count());
    return;
  }
  session_.go_to(*item);
  begin_question();
}

}  // namespace

SittingEnd ask_by_keys(Administration& administration, Console& console) {
  return KeyFrontEnd(administration, console).run();
}

}  // namespace attune
