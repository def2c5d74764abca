// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "app/terminal/front_end.hpp"

namespace attune::app {
namespace {

constexpr int largest_digit = 9;

using Lines = std::vector<std::string>;

constexpr std::size_t rows_unknown = 24;

// How much room a question takes, the most first.
enum class Spacing { airy, tight, options_in_a_row, without_options };

// Adds `text`, wrapped, each line after `indent` columns, the first of which hold the label.
void add_wrapped(Lines& lines, std::string_view text, std::size_t columns, std::size_t indent = 0,
                 std::string_view label = {}) {
  std::string start = pad_right(label, indent);
  for (const std::string& part : wrap(text, columns - std::min(indent, columns - 1))) {
    lines.push_back(start + part);
    start.assign(indent, ' ');
  }
}

// What was typed: the longest end of it that leaves room for the mark and the cursor. Each cluster
// is measured once: a paste of many pages is drawn again and again while it arrives.
std::string input_line(const Administration& administration, std::string_view line,
                       std::size_t columns) {
  if (administration.privacy == Privacy::closed && !line.empty()) return "> (hidden)";
  const std::string typed = shown(line, administration.charset);
  std::string_view end = typed;
  std::size_t left = display_width(end);
  while (!end.empty() && left + 3 > columns) {
    const std::size_t bytes = std::max<std::size_t>(first_cluster_bytes(end), 1);
    left -= std::min(left, display_width(end.substr(0, bytes)));
    end.remove_prefix(bytes);
  }
  return "> " + std::string(end);
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
                     std::string_view notice, std::size_t columns, Spacing spacing) {
  const QuestionText text = question_text(administration);
  const Item& item = administration.questionnaire.items[administration.session.item()];
  const bool airy = spacing == Spacing::airy;
  Lines lines{text.heading};
  if (airy) lines.emplace_back();
  add_wrapped(lines, text.statement, columns, airy ? 2 : 0);
  if (airy) lines.emplace_back();
  if (spacing == Spacing::options_in_a_row && !text.options.empty()) {
    std::string row;
    for (const OptionText& option : text.options) {
      row += fmt::format("{}{} {}", row.empty() ? "" : "; ", option.key, option.text);
    }
    add_wrapped(lines, row, columns);
  } else if (spacing < Spacing::options_in_a_row) {
    for (const OptionText& option : text.options) {
      add_wrapped(lines, option.text, columns, 4 + text.options.back().key.size(),
                  "  " + option.key);
    }
  }
  if (!text.hint.empty()) add_wrapped(lines, text.hint, columns, 2);
  if (!text.earlier.empty()) add_wrapped(lines, text.earlier, columns, airy ? 2 : 0);
  if (airy) lines.emplace_back();
  add_wrapped(lines, key_line(administration.questionnaire, item), columns);
  if (!notice.empty()) add_wrapped(lines, shown(notice, administration.charset), columns);
  lines.push_back(input_line(administration, line, columns));
  return lines;
}

}  // namespace

std::optional<Request> request_of(const Item& item, std::string_view text) {
  if (item.kind == ItemKind::text) {
    if (!text.starts_with('/')) return {};
    text.remove_prefix(1);
  }
  if (text == "<") return Request::back;
  if (text == ">") return Request::forward;
  if (text == "s" || text == "S") return Request::skip;
  if (text == "?") return Request::help;
  if (text == "q" || text == "Q") return Request::quit;
  return {};
}

bool answers_by_one_key(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind == ItemKind::rating) {
    return questionnaire.response_scales[item.response_scale].max <= largest_digit;
  }
  return item.kind == ItemKind::choice && !item.multiple && item.choices.size() <= largest_digit;
}

std::string legal_answers(const Questionnaire& questionnaire, const Item& item) {
  switch (item.kind) {
    case ItemKind::rating: {
      const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
      return fmt::format("{}-{}", scale.min, scale.max);
    }
    case ItemKind::choice:
      return fmt::format("1-{}", item.choices.size());
    case ItemKind::number:
      return fmt::format("{}-{}{}{}", render_decimal(item.min), render_decimal(item.max),
                         item.unit.empty() ? "" : " ", item.unit);
    case ItemKind::text:
      return "a line of text";
  }
  return {};
}

QuestionText question_text(const Administration& administration) {
  const Questionnaire& questionnaire = administration.questionnaire;
  const session::Session& session = administration.session;
  const Item& item = questionnaire.items[session.item()];
  const auto safe = [&](std::string_view text) { return shown(text, administration.charset); };
  QuestionText text;
  text.heading = fmt::format("Question {} of {}", session.position(), session.count());
  text.statement = safe(statement(questionnaire, item, administration.about));
  if (item.kind == ItemKind::rating) {
    for (const Label& label : questionnaire.response_scales[item.response_scale].labels) {
      text.options.push_back({fmt::format("{}", label.value), safe(label.text)});
    }
  }
  const int width = item.choices.size() > largest_digit ? 2 : 1;
  for (std::size_t i = 0; i < item.choices.size(); ++i) {
    text.options.push_back({fmt::format("{:>{}}", i + 1, width), safe(item.choices[i].text)});
  }
  if (item.multiple) text.hint = "Several are possible: 1+4+5";
  if (const auto& answer = session.earlier_answer()) {
    text.earlier = administration.privacy == Privacy::closed
                       ? "Answered before."
                       : safe("Earlier answer: " + describe_answer(questionnaire, item, *answer));
  }
  return text;
}

std::string review_summary(const Administration& administration) {
  const std::vector<std::size_t> asked = administration.session.asked();
  const Responses responses = administration.session.responses();
  std::vector<std::string> skipped;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (responses.answers[asked[i]] == Answer(Skipped{})) skipped.push_back(std::to_string(i + 1));
  }
  std::string summary =
      fmt::format("{} of {} answered.", asked.size() - skipped.size(), asked.size());
  if (skipped.empty()) return summary;
  summary += fmt::format(" Skipped: {}.", joined(skipped, ", ", " and "));
  const auto scores = scoring::score(administration.questionnaire, administration.form, responses);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Scale& scale = administration.questionnaire.scales[i];
    if (scale.parent || scores[i].estimate || scores[i].items == 0) continue;
    summary += fmt::format(" {} would have no score: {}.", scale.name, scores[i].reason);
  }
  return summary;
}

std::vector<OptionText> review_answers(const Administration& administration) {
  const Questionnaire& questionnaire = administration.questionnaire;
  const std::vector<std::size_t> asked = administration.session.asked();
  const Responses responses = administration.session.responses();
  std::vector<OptionText> lines;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const Item& item = questionnaire.items[asked[i]];
    const Answer answer = responses.answers[asked[i]].value_or(Skipped{});
    const bool hidden =
        administration.privacy == Privacy::closed && !std::holds_alternative<Skipped>(answer);
    const std::string words = hidden ? "answered" : describe_answer(questionnaire, item, answer);
    const std::string line =
        fmt::format("{}: {}", words, statement(questionnaire, item, administration.about));
    lines.push_back({fmt::format("{}.", i + 1), shown(line, administration.charset)});
  }
  return lines;
}

std::string shown(std::string_view text, report::Charset charset) {
  const std::string safe = escape(text);
  return charset == report::Charset::ascii ? to_ascii(safe) : safe;
}

Lines question_layout(const Administration& administration, std::string_view line,
                      std::string_view notice, TerminalSize size) {
  const Item& item = administration.questionnaire.items[administration.session.item()];
  const std::size_t rows = size.rows == 0 ? rows_unknown : size.rows;
  Lines lines;
  for (const Spacing spacing :
       {Spacing::airy, Spacing::tight, Spacing::options_in_a_row, Spacing::without_options}) {
    // Labels of a scale can be done without; choices can't, even if the first of them scroll away.
    if (spacing == Spacing::without_options && item.kind == ItemKind::choice) break;
    lines = question_lines(administration, line, notice, text_columns(size), spacing);
    if (lines.size() < rows) break;
  }
  return lines;
}

Lines review_layout(const Administration& administration, std::string_view line,
                    std::string_view notice, TerminalSize size) {
  const std::size_t columns = text_columns(size);
  Lines lines;
  add_wrapped(lines, "All questions have been asked. " + review_summary(administration), columns);
  lines.emplace_back();
  const bool open = administration.privacy == Privacy::open;
  add_wrapped(lines, open ? "finish and read your profile" : "finish", columns, 5, "  f");
  add_wrapped(lines, "list your answers", columns, 5, "  l");
  add_wrapped(lines, "back to the last question", columns, 5, "  <");
  add_wrapped(lines, "save and quit", columns, 5, "  q");
  add_wrapped(lines, "A number and Enter opens that question again.", columns, 2);
  lines.emplace_back();
  if (!notice.empty()) add_wrapped(lines, notice, columns);
  lines.push_back("> " + std::string(line));
  return lines;
}

Lines help_layout(TerminalSize size) {
  const std::size_t columns = text_columns(size);
  Lines lines;
  const auto add = [&](std::string_view key, std::string_view meaning) {
    add_wrapped(lines, meaning, columns, 8, key);
  };
  add("digit", "answer, and go to the next question");
  add("Enter", "confirm a typed answer");
  add("<", "back (also Left or Backspace)");
  add("Right", "forward, over answered questions");
  add("s", "skip the question");
  add("q", "save and quit; the same command continues from here");
  add("Ctrl-C", "the same, at once");
  add_wrapped(lines, "Where you type a line of text, write / before s, <, ? or q.", columns);
  lines.emplace_back("Press any key to continue.");
  return lines;
}

}  // namespace attune::app
