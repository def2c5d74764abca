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

}  // namespace

std::optional<Request> request_of(const Item& item, std::string_view text) {
  if (item.kind == ItemKind::text) {
    if (!text.starts_with('/')) return {};
    text.remove_prefix(1);
  }
  constexpr std::pair<std::string_view, Request> known[] = {
      {"<", Request::back},   {"back", Request::back}, {">", Request::forward},
      {"s", Request::skip},   {"skip", Request::skip}, {"forward", Request::forward},
      {"?", Request::help},   {"help", Request::help}, {"q", Request::quit},
      {"quit", Request::quit}};
  const std::string wanted = lower_case(text);
  const auto found = std::ranges::find(known, wanted, &std::pair<std::string_view, Request>::first);
  return found == std::end(known) ? std::nullopt : std::optional(found->second);
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
  // Where the answers decide what else is asked, the whole is not known yet.
  text.heading = fmt::format("Question {} of {}{}", session.position(),
                             session.count() < session.most() ? "up to " : "", session.most());
  text.statement = safe(statement(questionnaire, item, administration.about));
  text.is_rating = item.kind == ItemKind::rating;
  if (text.is_rating) {
    const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
    for (int value = scale.min; value <= scale.max; ++value) {
      const auto label = std::ranges::find(scale.labels, value, &Label::value);
      text.options.push_back(
          {std::to_string(value), label == scale.labels.end() ? "" : safe(label->text)});
    }
  }
  const int width = item.choices.size() > largest_digit ? 2 : 1;
  for (std::size_t i = 0; i < item.choices.size(); ++i) {
    text.options.push_back({fmt::format("{:>{}}", i + 1, width), safe(item.choices[i].text)});
  }
  if (item.multiple) text.hint = "Several are possible, with commas between them, for example 1, 4";
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
  if (skipped.empty()) return "All questions are answered.";
  std::string summary = fmt::format("Skipped: question{} {}.", skipped.size() > 1 ? "s" : "",
                                    joined(skipped, ", ", " and "));
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

}  // namespace attune::app
