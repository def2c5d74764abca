// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <utility>

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

  void refuse(const std::string& advice) override {
    heard_.reset();
    say("Not an answer: " + advice + ".");
  }

  void show_help() override {
    heard_.reset();
    const std::string_view slash = item().kind == ItemKind::text ? "/" : "";
    say(
        fmt::format("Write your answer and press Enter. {0}s skips this question, {0}< goes back, "
                    "{0}> goes forward over answered questions, {0}q saves and quits; the words "
                    "{0}skip, {0}back, {0}forward and {0}quit do the same. The same command "
                    "continues from here.",
                    slash));
  }

  void list_answers() {
    for (const OptionText& answer : review_answers(administration_)) {
      say(answer.key + " " + answer.text);
    }
  }

  void moved() override {  // what follows every line is asked anew
    const auto item = std::exchange(just_answered_, {});
    const std::string words = item ? words_of(*item) : "";
    if (!words.empty()) say(capitalised(words) + ".");
  }

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
      return ask_choice();
    }
    shown_at_ = administration_.clock.seconds();
    const QuestionText text = question_text(administration_);
    say(text.heading);
    say(text.statement);
    const bool again = text.is_rating && heard_ == item().response_scale;
    heard_ = text.is_rating ? std::optional(item().response_scale) : std::nullopt;
    for (const OptionText& option : text.options) {
      if (!option.text.empty() && !again) say(option.key + " " + option.text);
    }
    if (!text.hint.empty()) say(text.hint);
    if (!text.earlier.empty()) say(text.earlier);
    const bool is_text = item().kind == ItemKind::text;
    const bool poles =
        again && !text.options.front().text.empty() && !text.options.back().text.empty();
    const std::string legal =
        poles ? fmt::format("{} {} to {} {}", text.options.front().key, text.options.front().text,
                            text.options.back().key, text.options.back().text)
              : legal_answers(administration_.questionnaire, item());
    console_.write(is_text ? "Write a line, or /s to skip, /q to stop, /? for help: "
                           : fmt::format("Answer {}, or ? for help: ", legal));
  }

  void ask_choice() { console_.write("Your choice: "); }

  void act_on_review(std::string_view line) {
    const std::string wanted = lower_case(line);
    if (fulfil_in_review(line) || open_question(line)) return end_ ? void() : ask();
    if (wanted == "l" || wanted == "list") {
      list_answers();
    } else {
      say(fmt::format("Write f, l, <, q or a number from 1 to {}.", session_.count()));
    }
    ask_choice();
  }

  void act(std::string_view line) {
    if (is_reviewing()) return act_on_review(line);
    if (const auto request = request_of(item(), line)) {
      fulfil(*request);
    } else if (line.empty() && session_.forward()) {  // the earlier answer stays
    } else {
      confirm_text(line);
    }
    if (!end_) ask();
  }

  std::string pending_;               // bytes of a line whose end has not come yet
  std::optional<std::size_t> heard_;  // the response scale whose labels were said last
};

}  // namespace

SittingEnd ask_by_lines(Administration& administration, Console& console) {
  return LineFrontEnd(administration, console).run();
}

}  // namespace attune::app
