// SPDX-License-Identifier: MIT
#include "app/terminal/prompt.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

constexpr int largest_digit = 9;

std::vector<OptionText> options_of(const Questionnaire& questionnaire, const Item& item) {
  std::vector<OptionText> options;
  if (item.kind == ItemKind::rating) {
    for (const Label& label : questionnaire.response_scales[item.response_scale].labels) {
      options.push_back({fmt::format("{}", label.value), label.text});
    }
  }
  const int width = item.choices.size() > largest_digit ? 2 : 1;
  for (std::size_t i = 0; i < item.choices.size(); ++i) {
    options.push_back({fmt::format("{:>{}}", i + 1, width), item.choices[i].text});
  }
  return options;
}

std::string earlier_line(const Administration& administration, const Item& item) {
  const auto& answer = administration.session.earlier_answer();
  if (!answer) return {};
  if (administration.privacy == Privacy::closed) return "Answered before.";
  return "Earlier answer: " + describe_answer(administration.questionnaire, item, *answer);
}

// "7", "7 and 12", "7, 12 and 30".
std::string join_numbers(const std::vector<std::size_t>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) out += i + 1 == numbers.size() ? " and " : ", ";
    out += fmt::format("{}", numbers[i]);
  }
  return out;
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
  const Session& session = administration.session;
  const Item& item = questionnaire.items[session.item()];
  const auto safe = [&](std::string_view text) { return shown(text, administration.charset); };
  QuestionText text;
  text.heading = fmt::format("Question {} of {}", session.position(), session.count());
  text.statement = safe(statement(questionnaire, item, administration.about));
  text.options = options_of(questionnaire, item);
  for (OptionText& option : text.options) option.text = safe(option.text);
  if (item.multiple) text.hint = "Several are possible: 1+4+5";
  text.earlier = safe(earlier_line(administration, item));
  return text;
}

std::string review_summary(const Administration& administration) {
  const std::vector<std::size_t> asked = administration.session.asked();
  const Responses responses = administration.session.responses();
  std::vector<std::size_t> skipped;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (responses.answers[asked[i]] == Answer(Skipped{})) skipped.push_back(i + 1);
  }
  const std::string summary =
      fmt::format("{} of {} answered.", asked.size() - skipped.size(), asked.size());
  return skipped.empty() ? summary : fmt::format("{} Skipped: {}.", summary, join_numbers(skipped));
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

std::string not_saved_notice(const Error& error) {
  const bool gone = error.kind == ErrorKind::busy;
  return fmt::format("Not saved: {}. {}", error.message,
                     gone ? "Try again, or q leaves." : "Answer again, or q quits.");
}

std::string shown(std::string_view text, Charset charset) {
  const std::string safe = escape(text);
  return charset == Charset::ascii ? to_ascii(safe) : safe;
}

}  // namespace attune
