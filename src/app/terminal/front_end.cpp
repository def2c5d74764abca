// SPDX-License-Identifier: MIT
#include "app/terminal/front_end.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/terminal/keys.hpp"

namespace attune::app {
namespace {

// What both ways of asking share: they act on the session alike and differ in how they hear and
// speak.
class FrontEnd {
 public:
  FrontEnd(Administration& administration, Console& console)
      : administration_(administration), session_(administration.session), console_(console) {}
  FrontEnd(const FrontEnd&) = delete;
  FrontEnd& operator=(const FrontEnd&) = delete;

 protected:
  virtual ~FrontEnd() = default;
  virtual void remark(std::string_view text) = 0;
  virtual void refuse(const std::string& advice) = 0;  // what was typed is no answer
  virtual void show_help() = 0;
  virtual void list_answers() = 0;
  virtual void moved() = 0;  // the session stands at another question, or in the review

  [[nodiscard]] const Item& item() const {
    return administration_.questionnaire.items[session_.item()];
  }

  [[nodiscard]] static std::optional<SittingEnd> end_by(Happening what) {
    if (what == Happening::hung_up) return SittingEnd::hung_up;
    const bool interrupted = what == Happening::interrupted || what == Happening::ended;
    return interrupted ? std::optional(SittingEnd::interrupted) : std::nullopt;
  }

  void fulfil(Request request) {
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

  void confirm_text(std::string_view text) {
    std::optional<Answer> answer;
    try {
      answer = parse_answer(administration_.questionnaire, item(), text);
    } catch (const Error& error) {
      return refuse(error.advice.front());
    }
    confirm(*std::move(answer));
  }

  void confirm(Answer answer) {
    const double seconds = administration_.clock.seconds() - shown_at_;
    try {
      administration_.keep(session_.item(), answer, seconds);
    } catch (const Error& error) {
      return remark(fmt::format(
          "Not saved: {}. {}", error.message,
          error.kind == ErrorKind::busy ? "Try again, or q leaves." : "Answer again, or q quits."));
    }
    session_.answer(std::move(answer), seconds);
    moved();
  }

  // Does what a letter stands for in the review; false where it stands for nothing.
  bool fulfil_in_review(std::string_view text) {
    if (text == "f" || text == "F") {
      session_.finish();
      end_ = SittingEnd::finished;
    } else if (text == "l" || text == "L") {
      list_answers();
    } else if (text == "<") {
      session_.back();
      moved();
    } else if (text == "q" || text == "Q") {
      end_ = SittingEnd::quit;
    } else {
      return false;
    }
    return true;
  }

  // False where no question has this number.
  bool open_question(std::string_view number) {
    const std::vector<std::size_t> asked = session_.asked();
    const auto wanted = parse_whole(number);
    if (!wanted || *wanted < 1 || static_cast<std::size_t>(*wanted) > asked.size()) return false;
    session_.go_to(asked[static_cast<std::size_t>(*wanted) - 1]);
    moved();
    return true;
  }

  Administration& administration_;
  session::Session& session_;
  Console& console_;
  std::optional<SittingEnd> end_;
  double shown_at_ = 0;  // when the person could begin to read the question
};

// Removes the last character as a person sees it.
void erase_last_character(std::string& text) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size();) {
    kept = at;
    at += std::max<std::size_t>(first_cluster_bytes(std::string_view(text).substr(at)), 1);
  }
  text.resize(kept);
}

// One administration by single keys: a loop around the session that draws, waits and acts.
class KeyFrontEnd final : public FrontEnd {
 public:
  using FrontEnd::FrontEnd;

  SittingEnd run() {
    moved();
    draw();
    while (!end_) {
      const Event event =
          console_.wait(decoder_.is_waiting() ? escape_milliseconds : wait_for_ever);
      end_ = end_by(event.what);
      if (event.what == Happening::timed_out) decoder_.give_up();
      if (event.what == Happening::continued) lines_.clear();  // the shell has written below
      for (const Key& key : decoder_.decode(event.bytes)) {
        if (!end_) act(key);
      }
      if (!end_) draw();
    }
    if (*end_ != SittingEnd::hung_up) erase();
    return *end_;
  }

 private:
  void remark(std::string_view text) override { notice_ = text; }

  void refuse(const std::string& advice) override { notice_ = capitalised(advice) + "."; }

  void show_help() override { showing_help_ = true; }

  void list_answers() override {
    std::vector<std::string> lines;
    for (const OptionText& answer : review_answers(administration_)) {
      lines.emplace_back(
          fit(pad_right(answer.key, 4) + answer.text, text_columns(console_.size())));
    }
    show(std::move(lines));
    console_.write("\n");
    lines_.clear();  // they stay, and what follows is drawn below them
  }

  void moved() override {
    line_.clear();
    notice_.clear();
    shown_at_ = administration_.clock.seconds();
  }

  // Draws `lines` at the end of the terminal's text, in the place of those drawn before. Never the
  // alternate screen. The cursor stays behind the last line.
  void show(std::vector<std::string> lines) {
    erase();
    console_.write(fmt::format("{}", fmt::join(lines, "\n")));
    lines_ = std::move(lines);
  }

  // Takes what is drawn off the screen. The terminal may have become narrower since: each line then
  // takes as many rows as it fills now.
  void erase() {
    if (lines_.empty()) return;
    const std::size_t columns = std::max<std::size_t>(console_.size().columns, 1);
    std::size_t rows = 0;
    for (const std::string& line : lines_) {
      rows += std::max<std::size_t>((display_width(line) + columns - 1) / columns, 1);
    }
    console_.write(rows > 1 ? fmt::format("\r\x1B[{}A\x1B[J", rows - 1) : "\r\x1B[J");
    lines_.clear();
  }

  void draw() {
    const TerminalSize size = console_.size();
    if (showing_help_) {
      show(help_layout(size));
    } else if (session_.stage() == session::Stage::reviewing) {
      show(review_layout(administration_, line_, notice_, size));
    } else {
      show(question_layout(administration_, line_, notice_, size));
    }
  }

  // Pasted text is welcome where a line of text is asked for, and nowhere else.
  [[nodiscard]] bool takes(const Key& key) const {
    if (!key.pasted) return true;
    const bool asks_text = !showing_help_ && session_.stage() == session::Stage::asking &&
                           item().kind == ItemKind::text;
    return asks_text && key.kind == KeyKind::character;
  }

  void act(const Key& key) {
    notice_.clear();
    if (!takes(key)) {
      notice_ = "Pasted text is ignored here.";
    } else if (showing_help_) {
      showing_help_ = false;
    } else if (key.kind == KeyKind::end_of_input) {
      end_ = SittingEnd::interrupted;
    } else if (session_.stage() == session::Stage::reviewing) {
      act_on_review(key);
    } else {
      act_on_question(key);
    }
  }

  void act_on_question(const Key& key) {
    if (line_.empty()) {
      if (key.kind == KeyKind::left || key.kind == KeyKind::backspace) return fulfil(Request::back);
      if (key.kind == KeyKind::right) return fulfil(Request::forward);
      const auto request =
          key.kind == KeyKind::character ? request_of(item(), key.text) : std::nullopt;
      if (request) return fulfil(*request);
    }
    const Questionnaire& questionnaire = administration_.questionnaire;
    if (!answers_by_one_key(questionnaire, item())) return edit_line(key);
    if (key.kind == KeyKind::character) return confirm_text(key.text);
    if (key.kind == KeyKind::enter) return;  // a habit, and harmless
    notice_ = fmt::format("Press a digit: {}.", legal_answers(questionnaire, item()));
  }

  void act_on_review(const Key& key) {
    const bool digit = key.kind == KeyKind::character && is_ascii_digit(key.text.front());
    if (digit || (!line_.empty() && key.kind != KeyKind::character)) return edit_line(key);
    const bool is_back = key.kind == KeyKind::left || key.kind == KeyKind::backspace;
    if (!line_.empty()) {
      notice_ = "Type the number of a question, then Enter.";
    } else if (!fulfil_in_review(is_back ? "<" : key.text)) {
      notice_ = "Press f to finish, or one of the keys above.";
    }
  }

  void edit_line(const Key& key) {
    if (key.kind == KeyKind::character) {
      line_ += key.text;
    } else if (key.kind == KeyKind::backspace) {
      erase_last_character(line_);
    } else if (key.kind == KeyKind::erase_line) {
      line_.clear();
    } else if (key.kind == KeyKind::enter) {
      if (session_.stage() == session::Stage::reviewing) {
        if (open_question(std::exchange(line_, {}))) return;
        notice_ = fmt::format("Choose a question from 1 to {}.", session_.count());
        return;
      }
      if (const auto request = request_of(item(), line_)) return fulfil(*request);
      confirm_text(line_);
    }
  }

  std::vector<std::string> lines_;  // what is drawn
  KeyDecoder decoder_;
  std::string line_;    // what has been typed of an answer that needs Enter
  std::string notice_;  // one remark on the last key
  bool showing_help_ = false;
};

// One administration by plain lines. Nothing is drawn twice, so that a screen reader reads each
// line once.
class LineFrontEnd final : public FrontEnd {
 public:
  using FrontEnd::FrontEnd;

  SittingEnd run() {
    ask();
    while (!end_) {
      const Event event = console_.wait(wait_for_ever);
      end_ = end_by(event.what);
      if (end_ == SittingEnd::interrupted) console_.write("\n");
      pending_ += event.bytes;
      for (std::size_t end = 0; !end_ && (end = pending_.find('\n')) != std::string::npos;) {
        const std::string line = pending_.substr(0, end);
        pending_.erase(0, end + 1);
        act(trim(line));
      }
    }
    return *end_;
  }

 private:
  void remark(std::string_view text) override { say(text); }

  void refuse(const std::string& advice) override { say("Not an answer: " + advice + "."); }

  void show_help() override {
    const std::string_view slash = item().kind == ItemKind::text ? "/" : "";
    say(
        fmt::format("Write your answer and press Enter. {0}s skips this question, {0}< goes back, "
                    "{0}> goes forward over answered questions, {0}q saves and quits; the same "
                    "command continues from here.",
                    slash));
  }

  void list_answers() override {
    for (const OptionText& answer : review_answers(administration_)) {
      say(answer.key + " " + answer.text);
    }
  }

  void moved() override {}  // what follows every line is asked anew

  void say(std::string_view text) {
    const std::string safe = shown(text, administration_.charset);
    for (const std::string& line : wrap(safe, text_columns(console_.size()))) {
      console_.write(line + "\n");
    }
  }

  void ask() {
    console_.write("\n");
    if (session_.stage() == session::Stage::reviewing) {
      say("All questions have been asked. " + review_summary(administration_));
      say("f finishes and shows your profile, l lists your answers, a number opens that question "
          "again, < goes back, q saves and quits.");
      console_.write("Your choice: ");
      return;
    }
    shown_at_ = administration_.clock.seconds();
    const QuestionText text = question_text(administration_);
    say(text.heading);
    say(text.statement);
    for (const OptionText& option : text.options) say(option.key + " " + option.text);
    if (!text.hint.empty()) say(text.hint);
    if (!text.earlier.empty()) say(text.earlier);
    console_.write(fmt::format("Answer {}, or ? for help: ",
                               legal_answers(administration_.questionnaire, item())));
  }

  void act(std::string_view line) {
    if (session_.stage() == session::Stage::reviewing) {
      const bool done = fulfil_in_review(line) || open_question(line);
      if (!done) say(fmt::format("Write f, l, <, q or a number from 1 to {}.", session_.count()));
    } else if (const auto request = request_of(item(), line)) {
      fulfil(*request);
    } else {
      confirm_text(line);
    }
    if (!end_) ask();
  }

  std::string pending_;  // bytes of a line whose end has not come yet
};

}  // namespace

SittingEnd ask_by_keys(Administration& administration, Console& console) {
  return KeyFrontEnd(administration, console).run();
}

SittingEnd ask_by_lines(Administration& administration, Console& console) {
  return LineFrontEnd(administration, console).run();
}

}  // namespace attune::app
