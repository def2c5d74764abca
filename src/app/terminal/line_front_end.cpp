// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

#include "app/terminal/dialogue.hpp"
#include "report/render/sentences.hpp"

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
        std::string line = pending_.substr(0, end);
        pending_.erase(0, end + 1);
        std::erase_if(line, [](char byte) { return byte >= 0 && byte < ' '; });  // a Ctrl-L, say
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
        fmt::format("Write your answer and press Enter. {0}s or {0}skip skips this question, {0}< "
                    "or {0}back goes back, {0}> or {0}forward goes forward over answered "
                    "questions, {0}q or {0}quit saves and quits; the same command continues from "
                    "here.",
                    slash));
    say_question(Labels::all);
  }

  void list_answers() {
    for (const OptionText& answer : review_answers(administration_)) {
      say("Question " + answer.key.substr(0, answer.key.size() - 1) + ": " + answer.text);
    }
  }

  void moved() override {
    has_moved_ = true;
    const auto item = std::exchange(just_answered_, {});
    const std::string words = item ? words_of(*item) : "";
    if (!words.empty()) say(report::with_full_stop(capitalised(words)));
  }

  void say(std::string_view text) {
    const std::string safe = shown(text, administration_.charset);
    for (const std::string& line : wrap(safe, text_columns(console_.size()))) {
      console_.write(line + "\n");
    }
  }

  enum class Labels { all, new_ones };

  // What the numbers mean is said where it was not said for the question before.
  void say_question(Labels labels) {
    const QuestionText text = question_text(administration_);
    say(text.heading);
    say(text.statement);
    const bool is_known =
        labels == Labels::new_ones && text.is_rating && heard_ == item().response_scale;
    heard_ = text.is_rating ? std::optional(item().response_scale) : std::nullopt;
    for (const OptionText& option : text.options) {
      if (!option.text.empty() && !is_known) say(option.key + " " + option.text);
    }
    if (!text.hint.empty()) say(text.hint);
    if (!text.earlier.empty()) say(text.earlier + ". Enter alone keeps it.");
  }

  void ask() {
    console_.write("\n");
    if (is_reviewing()) {
      const bool is_whole = session_.answered() == session_.count();
      const std::string summary = is_whole ? "" : ' ' + review_summary(administration_);
      say(fmt::format("{} of {} answered.{}", session_.answered(), session_.count(), summary));
      say(fmt::format(
          "f finishes{}, l lists your answers, a number opens that question again, back "
          "goes back, q saves and quits.",
          administration_.questionnaire.scales.empty() ? "" : " and shows your profile"));
      return ask_choice();
    }
    shown_at_ = administration_.clock.seconds();
    say_question(Labels::new_ones);
    ask_answer();
  }

  void ask_answer() {
    const QuestionText text = question_text(administration_);
    const bool has_poles =
        text.is_rating && !text.options.front().text.empty() && !text.options.back().text.empty();
    const std::string legal =
        has_poles
            ? fmt::format("{} {} to {} {}", text.options.front().key, text.options.front().text,
                          text.options.back().key, text.options.back().text)
            : legal_answers(administration_.questionnaire, item());
    console_.write(item().kind == ItemKind::text ? "Write a line, or /skip, /quit or /help: "
                                                 : fmt::format("Answer {}, or help: ", legal));
  }

  void ask_choice() { console_.write("Your choice: "); }

  void act_on_review(std::string_view line) {
    const std::string wanted = lower_case(line);
    if (fulfil_in_review(line) || open_question(line)) return end_ ? void() : ask();
    if (wanted == "l" || wanted == "list") {
      list_answers();
    } else {
      say(fmt::format("Write f, l, back, q or a number from 1 to {}.", session_.count()));
    }
    ask_choice();
  }

  void act(std::string_view line) {
    if (is_reviewing()) return act_on_review(line);
    has_moved_ = false;
    if (const auto request = request_of(item(), line)) {
      fulfil(*request);
    } else if (line.empty() && session_.earlier_answer()) {  // it stays
      just_answered_ = session_.item();
      fulfil(Request::forward);
    } else {
      confirm_text(line);
    }
    if (!end_) has_moved_ ? ask() : ask_answer();
  }

  bool has_moved_ = false;            // the line led to another question
  std::string pending_;               // bytes of a line whose end has not come yet
  std::optional<std::size_t> heard_;  // the response scale whose labels were said last
};

}  // namespace

SittingEnd ask_by_lines(Administration& administration, Console& console) {
  return LineFrontEnd(administration, console).run();
}

}  // namespace attune::app
