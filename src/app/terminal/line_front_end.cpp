// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/terminal/dialogue.hpp"

namespace attune::app {
namespace {

// One administration by plain lines. Nothing is drawn twice, so that a screen reader reads each
// line once.
class LineFrontEnd final : public Dialogue {
 public:
  using Dialogue::Dialogue;

  SittingEnd run() {
    ask();
    while (!end_) {
      const Event event = console_.wait();
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

  void list_answers() {
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
    if (is_reviewing()) {
      say(fmt::format("{} of {} answered. {}", session_.answered(), session_.count(),
                      review_summary(administration_)));
      say("f finishes and shows your profile, l lists your answers, a number opens that question "
          "again, < goes back, q saves and quits.");
      console_.write("Your choice: ");
      return;
    }
    shown_at_ = administration_.clock.seconds();
    const QuestionText text = question_text(administration_);
    say(text.heading);
    say(text.statement);
    for (const OptionText& option : text.options) {
      if (!option.text.empty()) say(option.key + " " + option.text);
    }
    if (!text.hint.empty()) say(text.hint);
    if (!text.earlier.empty()) say(text.earlier);
    const bool is_text = item().kind == ItemKind::text;
    console_.write(is_text ? "Write a line, or /s to skip, /q to stop, /? for help: "
                           : fmt::format("Answer {}, or ? for help: ",
                                         legal_answers(administration_.questionnaire, item())));
  }

  void act(std::string_view line) {
    if (is_reviewing()) {
      if (line == "l" || line == "L") {
        list_answers();
      } else if (!fulfil_in_review(line) && !open_question(line)) {
        say(fmt::format("Write f, l, <, q or a number from 1 to {}.", session_.count()));
      }
    } else if (const auto request = request_of(item(), line)) {
      fulfil(*request);
    } else if (line.empty() && session_.forward()) {  // the earlier answer stays
    } else {
      confirm_text(line);
    }
    if (!end_) ask();
  }

  std::string pending_;  // bytes of a line whose end has not come yet
};

}  // namespace

SittingEnd ask_by_lines(Administration& administration, Console& console) {
  return LineFrontEnd(administration, console).run();
}

}  // namespace attune::app
