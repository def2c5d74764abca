// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/terminal/dialogue.hpp"
#include "app/terminal/screen.hpp"

namespace attune::app {
namespace {

// A key that comes sooner after a question than anyone can read is no answer to it: one that is
// held down, bounces, or a paste without marks. Each such key has the next one wait as long.
constexpr double too_soon = 0.15;

// Where an arrow, j, k or another key takes the cursor in a list; nothing when it is no such key.
// `sideways`: how far left and right lead.
std::optional<std::size_t> moved_cursor(const Key& key, std::optional<std::size_t> cursor,
                                        std::size_t count, std::size_t sideways = 1) {
  constexpr std::size_t page = 10;
  constexpr std::pair<std::string_view, KeyKind> letters[] = {
      {"k", KeyKind::up},    {"j", KeyKind::down}, {"h", KeyKind::left},
      {"l", KeyKind::right}, {"g", KeyKind::home}, {"G", KeyKind::end}};
  if (count == 0) return {};
  const std::size_t last = count - 1;
  const auto letter =
      std::ranges::find(letters, key.text, &std::pair<std::string_view, KeyKind>::first);
  const auto before = [&](std::size_t step) {
    return cursor ? *cursor - std::min(*cursor, step) : last;
  };
  const auto behind = [&](std::size_t step) { return cursor ? std::min(*cursor + step, last) : 0; };
  switch (letter == std::end(letters) ? key.kind : letter->second) {
    case KeyKind::up:
      return before(1);
    case KeyKind::down:
      return behind(1);
    case KeyKind::left:  // beyond the first and the last column is nothing
      return cursor && *cursor < sideways ? cursor : before(sideways);
    case KeyKind::right:
      return cursor && *cursor + sideways > last ? cursor : behind(sideways);
    case KeyKind::page_up:
      return cursor ? before(page) : 0;
    case KeyKind::page_down:
      return cursor ? behind(page) : std::min(page, last);
    case KeyKind::home:
      return 0;
    case KeyKind::end:
      return last;
    default:
      return {};
  }
}

// One administration by single keys: a loop around the session that draws, waits and acts.
class KeyFrontEnd final : public Dialogue {
 public:
  using Dialogue::Dialogue;

  SittingEnd run() {
    moved();
    draw();
    while (!end_) {
      const Event event = console_.wait();
      end_ = end_by(event.what);
      if (event.what == Happening::continued) drawn_.lines.clear();  // the shell has written below
      for (const Key& key : decoder_.decode(event.bytes, console_.seconds())) {
        if (!end_) act(key);
      }
      if (!end_) draw();
    }
    if (*end_ != SittingEnd::hung_up) console_.write(erasure());
    return *end_;
  }

 private:
  void remark(std::string_view text) override { now_.notice = text; }

  // By one key no name can be written.
  void refuse(const std::string& advice) override {
    now_.notice =
        way_ == Way::digit
            ? fmt::format("Choose {}.", legal_answers(administration_.questionnaire, item()))
            : capitalised(advice) + ".";
  }

  void show_help() override { showing_help_ = true; }

  // Nothing is chosen before the person has chosen; who comes back finds the earlier answer.
  void moved() override {
    now_ = {};
    if (const auto item = std::exchange(just_answered_, {})) {
      const std::string words = words_of(*item);
      if (!words.empty()) now_.last = "last: " + words;
    }
    number_.clear();
    shown_at_ = administration_.clock.seconds();
    quiet_since_ = console_.seconds();
    if (is_reviewing()) {
      now_.cursor = session_.answered() < session_.count() ? 1 : 0;  // what is skipped, or the end
      if (const auto item = std::exchange(reopened_, {})) now_.notice = describe_change(*item);
      return;
    }
    way_ = way_to_answer(administration_);
    if (way_ != Way::line) now_.chosen.resize(question_text(administration_).options.size());
    const std::optional<Answer>& earlier = session_.earlier_answer();
    if (!earlier || administration_.privacy == Privacy::closed) return;
    if (std::holds_alternative<Skipped>(*earlier)) now_.last = "skipped before";
    if (const double* const value = std::get_if<double>(&*earlier)) {
      const auto& scale = administration_.questionnaire.response_scales[item().response_scale];
      now_.cursor = static_cast<std::size_t>(*value - scale.min);
    } else if (const auto* const chosen = std::get_if<ChosenIds>(&*earlier)) {
      for (const std::string& id : *chosen) {
        const std::size_t index = *find_by_id(item().choices, id);
        if (!now_.cursor) now_.cursor = index;
        now_.chosen[index] = way_ == Way::several;
      }
    }
  }

  // What a question that was opened from the review says now.
  [[nodiscard]] std::string describe_change(std::size_t item) const {
    const std::vector<std::size_t> asked = session_.asked();
    const auto place = std::ranges::find(asked, item) - asked.begin() + 1;
    const std::string words = words_of(item);
    return words.empty() ? "" : fmt::format("Question {} now: {}", place, words);
  }

  // Takes what is drawn off the screen. The terminal may have become narrower since: each line then
  // takes as many rows as it fills now.
  std::string erasure() {
    if (drawn_.lines.empty()) return {};
    const std::size_t columns = std::max<std::size_t>(console_.size().columns, 1);
    std::size_t rows = drawn_.caret_column / columns;
    for (std::size_t i = 0; i < drawn_.caret_line; ++i) {
      rows += std::max<std::size_t>((drawn_.lines[i].columns + columns - 1) / columns, 1);
    }
    drawn_.lines.clear();
    return rows > 0 ? fmt::format("\r\x1B[{}A\x1B[J", rows) : "\r\x1B[J";
  }

  // Draws at the end of the terminal's text, in the place of what was drawn before, in one write.
  // Never the alternate screen.
  void draw() {
    const TerminalSize size = console_.size();
    std::string out = erasure();
    drawn_ = !is_large_enough(size) ? too_small_screen(administration_, size)
             : showing_help_        ? help_screen(administration_, size)
             : is_reviewing()       ? review_screen(administration_, now_, size)
                                    : question_screen(administration_, now_, size);
    for (std::size_t i = 0; i < drawn_.lines.size(); ++i) {
      out += (i == 0 ? "" : "\n") + drawn_.lines[i].text;
    }
    const std::size_t below = drawn_.lines.size() - 1 - drawn_.caret_line;
    if (below > 0) out += fmt::format("\x1B[{}A", below);
    if (below > 0 || drawn_.caret_column != drawn_.lines.back().columns) {
      out += drawn_.caret_column > 0 ? fmt::format("\r\x1B[{}C", drawn_.caret_column) : "\r";
    }
    console_.write(out);
  }

  // Pasted text is welcome where a line of text is asked for, and nowhere else.
  [[nodiscard]] bool takes(const Key& key) const {
    if (!key.pasted) return true;
    return is_typing_text() && key.kind == KeyKind::character;
  }

  [[nodiscard]] bool is_typing_text() const {
    return !showing_help_ && !is_reviewing() && item().kind == ItemKind::text;
  }

  // Whether `key` could answer, skip or finish and came before anyone could mean it.
  [[nodiscard]] bool is_too_soon(const Key& key) const {
    const bool acts =
        key.kind == KeyKind::enter || (key.kind == KeyKind::character && !is_typing_text());
    return acts && console_.seconds() - quiet_since_ < too_soon;
  }

  void act(const Key& key) {
    now_.notice.clear();
    if (key.kind == KeyKind::end_of_input) {
      end_ = SittingEnd::interrupted;
    } else if (key.kind == KeyKind::redraw) {
      drawn_.lines.clear();
      console_.write("\x1B[H\x1B[2J");
    } else if (!is_large_enough(console_.size())) {
      if (key.text == "q" && !key.pasted) end_ = SittingEnd::quit;
    } else if (!takes(key)) {
      now_.notice = "Pasted text is ignored here.";
    } else if (is_too_soon(key)) {
      quiet_since_ = console_.seconds();
      now_.notice = "That key came too soon to count. Press it again.";
    } else if (showing_help_) {
      showing_help_ = false;
    } else if (is_reviewing()) {
      act_on_review(key);
    } else {
      act_on_question(key);
    }
  }

  void act_on_question(const Key& key) {
    if (now_.line.empty()) {
      const bool walks = sideways_step(administration_, console_.size()) > 0;
      if (key.kind == KeyKind::backspace) return fulfil(Request::back);
      if (key.kind == KeyKind::left && !walks) return fulfil(Request::back);
      if (key.kind == KeyKind::right && !walks) return fulfil(Request::forward);
      const auto request =
          key.kind == KeyKind::character ? request_of(item(), key.text) : std::nullopt;
      if (request) return fulfil(*request);
    }
    way_ == Way::line ? type(key) : choose(key);
  }

  void type(const Key& key) {
    if (key.kind != KeyKind::enter) {
      if (!now_.line.take(key)) now_.notice = "That key does nothing here.";
      return;
    }
    if (const auto request = request_of(item(), now_.line.text())) return fulfil(*request);
    if (now_.line.empty() && session_.forward()) return moved();  // the earlier answer stays
    confirm_text(now_.line.text());
  }

  void choose(const Key& key) {
    const bool is_digit = key.kind == KeyKind::character && is_ascii_digit(key.text.front());
    const std::string number = is_digit ? number_ + key.text : "";
    const bool marks = key.text == " " || key.text == "+" || key.text == ",";
    // A mark that walks to the answer would show it.
    const bool is_open = administration_.privacy == Privacy::open;
    const auto to = is_open ? moved_cursor(key, now_.cursor, now_.chosen.size(),
                                           sideways_step(administration_, console_.size()))
                            : std::optional<std::size_t>{};
    if (to) {
      now_.cursor = to;
    } else if (way_ == Way::digit && key.kind == KeyKind::character) {
      return confirm_text(key.text);
    } else if (is_digit && (find_option(number) || find_option(key.text))) {
      const bool goes_on = !number_.empty() && find_option(number);
      if (way_ == Way::several && goes_on) mark(*now_.cursor);  // 1 was the beginning of 12
      number_ = goes_on ? number : key.text;
      now_.cursor = find_option(number_);
      if (way_ == Way::several) mark(*now_.cursor);
      return;
    } else if (way_ == Way::several && marks && now_.cursor) {
      if (key.text == " " && number_.empty()) mark(*now_.cursor);  // else it parts two numbers
    } else if (key.kind == KeyKind::enter) {
      confirm_chosen();
    } else {
      now_.notice = fmt::format("Choose {}.", legal_answers(administration_.questionnaire, item()));
    }
    number_.clear();
  }

  void mark(std::size_t option) { now_.chosen[option] = !now_.chosen[option]; }

  // The option with this number.
  [[nodiscard]] std::optional<std::size_t> find_option(std::string_view number) const {
    const auto value = parse_whole(number);
    const bool is_rating = item().kind == ItemKind::rating;
    const auto& scales = administration_.questionnaire.response_scales;
    const std::int64_t first = is_rating ? scales[item().response_scale].min : 1;
    if (!value || *value < first) return {};
    const auto index = static_cast<std::size_t>(*value - first);
    return index < now_.chosen.size() ? std::optional(index) : std::nullopt;
  }

  void confirm_chosen() {
    std::vector<std::string> numbers;
    const std::vector<OptionText> options = question_text(administration_).options;
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (now_.chosen[i]) numbers.emplace_back(trim(options[i].key));
    }
    if (numbers.empty() && now_.cursor) numbers.emplace_back(trim(options[*now_.cursor].key));
    if (!numbers.empty()) return confirm_text(joined(numbers, "+"));
    now_.notice = fmt::format("Choose {}, or move with the arrows first.",
                              legal_answers(administration_.questionnaire, item()));
  }

  void act_on_review(const Key& key) {
    const std::vector<ReviewRow> rows = review_rows(administration_);
    const std::size_t cursor = std::min(now_.cursor.value_or(0), rows.size() - 1);
    const bool is_digit = key.kind == KeyKind::character && is_ascii_digit(key.text.front());
    const bool is_back = key.kind == KeyKind::left || key.kind == KeyKind::backspace;
    if (is_digit && (find_row(rows, number_ + key.text) || find_row(rows, key.text))) {
      number_ = find_row(rows, number_ + key.text) ? number_ + key.text : key.text;
      now_.cursor = find_row(rows, number_);
      return;
    }
    if (const auto to = moved_cursor(key, cursor, rows.size())) {
      now_.cursor = to;
    } else if (key.kind == KeyKind::enter) {
      if (!rows[cursor].item) return finish();
      reopened_ = rows[cursor].item;
      session_.go_to(*reopened_);
      moved();
    } else if (!fulfil_in_review(is_back ? "<" : key.text)) {
      now_.notice = "Press f to finish, or one of the keys above.";
    }
    number_.clear();
  }

  // The row of the question with this number.
  [[nodiscard]] std::optional<std::size_t> find_row(const std::vector<ReviewRow>& rows,
                                                    std::string_view number) const {
    const auto item = item_numbered(number);
    if (!item) return {};
    const auto row = std::ranges::find(rows, item, &ReviewRow::item);
    return static_cast<std::size_t>(std::distance(rows.begin(), row));
  }

  Screen drawn_;
  KeyDecoder decoder_;
  Progress now_;
  Way way_ = Way::line;
  std::string number_;  // of an option or a question, as far as it is typed
  double quiet_since_ = 0;
  bool showing_help_ = false;
  std::optional<std::size_t> reopened_;  // the item that was opened from the review
};

}  // namespace

SittingEnd ask_by_keys(Administration& administration, Console& console) {
  return KeyFrontEnd(administration, console).run();
}

}  // namespace attune::app
