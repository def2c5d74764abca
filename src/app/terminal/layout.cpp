// SPDX-License-Identifier: MIT
#include "app/terminal/layout.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/terminal/prompt.hpp"

namespace attune {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t widest_text = 80;
constexpr std::size_t rows_unknown = 24;

// Adds `text`, wrapped, each line after `indent` spaces.
void add_wrapped(Lines& lines, std::string_view text, std::size_t columns, std::size_t indent) {
  for (const std::string& part : wrap(text, columns - std::min(indent, columns - 1))) {
    lines.push_back(std::string(indent, ' ') + part);
  }
}

// Adds `text`, wrapped in its own column beside `label`.
void add_row(Lines& lines, std::string_view label, std::string_view text, std::size_t columns,
             std::size_t label_columns) {
  std::string start = pad_right(label, label_columns);
  for (const std::string& part : wrap(text, columns - std::min(label_columns, columns - 1))) {
    lines.push_back(start + part);
    start.assign(label_columns, ' ');
  }
}

enum class Spacing { airy, tight };
enum class Options { one_per_line, in_a_row, left_out };

std::string in_a_row(const std::vector<OptionText>& options) {
  std::string row;
  for (const OptionText& option : options) {
    if (!row.empty()) row += "; ";
    row += option.key + " " + option.text;
  }
  return row;
}

// The longest end of `text` that leaves room for the mark and the cursor. Each cluster is measured
// once: a paste of many pages is drawn again and again while it arrives.
std::string ending(std::string_view text, std::size_t columns) {
  std::size_t left = display_width(text);
  while (!text.empty() && left + 3 > columns) {
    const std::size_t bytes = std::max<std::size_t>(first_cluster_bytes(text), 1);
    left -= std::min(left, display_width(text.substr(0, bytes)));
    text.remove_prefix(bytes);
  }
  return std::string(text);
}

// What was typed, on a line that shows its end when it is longer.
std::string input_line(const Administration& administration, std::string_view line,
                       std::size_t columns) {
  if (administration.privacy == Privacy::closed && !line.empty()) return "> (hidden)";
  return "> " + ending(shown(line, administration.charset), columns);
}

// "1-7 answer, s skip, ...": how to answer this item, and what else can be done.
std::string key_line(const Questionnaire& questionnaire, const Item& item) {
  const std::string slash = item.kind == ItemKind::text ? "/" : "";
  const std::string answers = legal_answers(questionnaire, item);
  const std::string how = answers_by_one_key(questionnaire, item)
                              ? answers + " answer"
                              : fmt::format("Type {} and Enter", answers);
  return fmt::format("{0}, {1}s skip, {1}< back, {1}? help, {1}q quit", how, slash);
}

Lines question_lines(const Administration& administration, std::string_view line,
                     std::string_view notice, std::size_t columns, Spacing spacing,
                     Options options) {
  const QuestionText text = question_text(administration);
  const Item& item = administration.questionnaire.items[administration.session.item()];
  const bool airy = spacing == Spacing::airy;
  Lines lines;
  lines.push_back(text.heading);
  if (airy) lines.emplace_back();
  add_wrapped(lines, text.statement, columns, airy ? 2 : 0);
  if (airy) lines.emplace_back();
  if (options == Options::one_per_line) {
    for (const OptionText& option : text.options) {
      add_row(lines, "  " + option.key, option.text, columns, 4 + text.options.back().key.size());
    }
  } else if (options == Options::in_a_row && !text.options.empty()) {
    add_wrapped(lines, in_a_row(text.options), columns, 0);
  }
  if (!text.hint.empty()) add_wrapped(lines, text.hint, columns, 2);
  if (!text.earlier.empty()) add_wrapped(lines, text.earlier, columns, airy ? 2 : 0);
  if (airy) lines.emplace_back();
  add_wrapped(lines, key_line(administration.questionnaire, item), columns, 0);
  if (!notice.empty()) add_wrapped(lines, shown(notice, administration.charset), columns, 0);
  lines.push_back(input_line(administration, line, columns));
  return lines;
}

}  // namespace

std::size_t text_columns(TerminalSize size) {
  const std::size_t columns = size.columns == 0 ? widest_text : size.columns - 1;
  return std::clamp<std::size_t>(columns, 8, widest_text);
}

Lines question_layout(const Administration& administration, std::string_view line,
                      std::string_view notice, TerminalSize size) {
  const std::size_t columns = text_columns(size);
  const std::size_t rows = size.rows == 0 ? rows_unknown : size.rows;
  constexpr std::pair<Spacing, Options> steps[] = {{Spacing::airy, Options::one_per_line},
                                                   {Spacing::tight, Options::one_per_line},
                                                   {Spacing::tight, Options::in_a_row},
                                                   {Spacing::tight, Options::left_out}};
  Lines lines;
  for (const auto& [spacing, options] : steps) {
    // Labels of a scale can be done without; choices can't, even if the first of them scroll away.
    const Item& item = administration.questionnaire.items[administration.session.item()];
    if (options == Options::left_out && item.kind == ItemKind::choice) break;
    lines = question_lines(administration, line, notice, columns, spacing, options);
    if (lines.size() < rows) break;
  }
  return lines;
}

Lines review_layout(const Administration& administration, std::string_view line,
                    std::string_view notice, TerminalSize size) {
  const std::size_t columns = text_columns(size);
  Lines lines;
  add_wrapped(lines, "All questions have been asked. " + review_summary(administration), columns,
              0);
  lines.emplace_back();
  const bool open = administration.privacy == Privacy::open;
  add_row(lines, "  f", open ? "finish and read your profile" : "finish", columns, 5);
  add_row(lines, "  l", "list your answers", columns, 5);
  add_row(lines, "  <", "back to the last question", columns, 5);
  add_row(lines, "  q", "save and quit", columns, 5);
  add_wrapped(lines, "A number and Enter opens that question again.", columns, 2);
  lines.emplace_back();
  if (!notice.empty()) add_wrapped(lines, notice, columns, 0);
  lines.push_back("> " + std::string(line));
  return lines;
}

Lines answers_layout(const Administration& administration, TerminalSize size) {
  Lines lines;
  for (const OptionText& answer : review_answers(administration)) {
    const std::size_t columns = text_columns(size);
    lines.emplace_back(fit(pad_right(answer.key, 4) + answer.text, columns));
  }
  return lines;
}

Lines help_layout(TerminalSize size) {
  Lines lines;
  const auto add = [&](std::string_view key, std::string_view meaning) {
    add_row(lines, key, meaning, text_columns(size), 8);
  };
  add("digit", "answers; the next question follows");
  add("Enter", "confirms a typed answer");
  add("<", "back (also Left or Backspace)");
  add("Right", "forward over answered questions");
  add("s", "skips the question");
  add("q", "saves and quits; the same command goes on from here");
  add("Ctrl-C", "the same, at once");
  add_wrapped(lines, "While you type a line of text, write / before s, <, ? or q.",
              text_columns(size), 0);
  lines.emplace_back("Any key goes on.");
  return lines;
}

std::optional<std::size_t> asked_item(const Session& session, std::string_view number) {
  const std::vector<std::size_t> asked = session.asked();
  const auto wanted = parse_whole(number);
  if (!wanted || *wanted < 1 || static_cast<std::size_t>(*wanted) > asked.size()) return {};
  return asked[static_cast<std::size_t>(*wanted) - 1];
}

void erase_last_character(std::string& text) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size();) {
    kept = at;
    at += std::max<std::size_t>(first_cluster_bytes(std::string_view(text).substr(at)), 1);
  }
  text.resize(kept);
}

}  // namespace attune
