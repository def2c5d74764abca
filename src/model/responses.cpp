// SPDX-License-Identifier: MIT
// Answers read, written and laid out, and the conditions that hold for them.
#include "attune/responses.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <set>

#include "attune/decimal.hpp"
#include "attune/scores.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

constexpr std::size_t longest_text = 4000;  // code points, as for texts of a definition
constexpr std::size_t shown_choices = 7;    // longer lists of legal answers are not repeated

Error illegal(const Item& item, std::string message, std::string advice) {
  return Error(ErrorKind::bad_data, std::move(message), item.id, {std::move(advice)});
}

std::string not_an_answer(std::string_view text) {
  return text.empty() ? std::string("no answer given")
                      : fmt::format("'{}' is not an answer to this item", escape(text));
}

Answer parse_rating(const ResponseScale& scale, const Item& item, std::string_view text) {
  const auto value = parse_whole(text);
  if (value && *value >= scale.min && *value <= scale.max) return static_cast<double>(*value);
  throw illegal(item, not_an_answer(text),
                fmt::format("answer with a whole number from {} to {}", scale.min, scale.max));
}

Answer parse_number(const Item& item, std::string_view text) {
  const auto value = parse_decimal(text);
  if (value && *value >= item.min && *value <= item.max) return *value;
  throw illegal(item, not_an_answer(text),
                fmt::format("answer with a number from {} to {}", render_decimal(item.min),
                            render_decimal(item.max)));
}

std::string choice_advice(const Item& item) {
  std::string advice = fmt::format("choose {} by number 1 to {}",
                                   item.multiple ? "one or several" : "one", item.choices.size());
  if (item.choices.size() > shown_choices) return advice;
  return fmt::format("{}, or by name: {}", advice, join_or(ids_of(item.choices)));
}

std::optional<std::size_t> find_choice(const Item& item, std::string_view text) {
  if (const auto named = find_by_id(item.choices, text)) return named;
  const auto number = parse_whole(text);
  const auto count = static_cast<std::int64_t>(item.choices.size());
  if (!number || *number < 1 || *number > count) return {};
  return static_cast<std::size_t>(*number - 1);
}

Answer parse_choices(const Item& item, std::string_view text) {
  std::set<std::size_t> chosen;
  const std::string list = replace_all(std::string(text), ",", " ");
  for (const std::string_view part : split(list, '+')) {
    bool is_empty = true;
    for (const std::string_view word : split(part, ' ')) {
      if (word.empty()) continue;
      const auto choice = find_choice(item, word);
      if (!choice) throw illegal(item, not_an_answer(text), choice_advice(item));
      chosen.insert(*choice);
      is_empty = false;
    }
    if (is_empty) throw illegal(item, not_an_answer(text), choice_advice(item));
  }
  if (chosen.size() > 1 && !item.multiple) {
    throw illegal(item, "several choices where one is asked for", choice_advice(item));
  }
  ChosenIds ids;
  for (const std::size_t choice : chosen) ids.push_back(item.choices[choice].id);
  return ids;
}

Answer parse_line(const Item& item, std::string_view text) {
  const std::string advice =
      fmt::format("answer with one line of at most {} characters", longest_text);
  if (text.empty()) throw illegal(item, "no answer given", advice);
  if (invalid_utf8(text)) throw illegal(item, "the answer is not valid UTF-8", advice);
  std::size_t length = 0;
  for (std::string_view rest = text; !rest.empty(); ++length) {
    const CodePoint point = first_code_point(rest);
    if (point.value == '\n' || !is_printable(point.value)) {
      throw illegal(item, "the answer has a character that can't be shown", advice);
    }
    rest.remove_prefix(point.bytes);
  }
  if (length > longest_text) throw illegal(item, "the answer is too long", advice);
  return std::string(text);
}

// All digits that tell `number` from its neighbours, however small it is, and no exponent.
std::string digits_of(double number) {
  std::array<char, 400> buffer;  // the smallest has 324 decimals
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
  return {buffer.data(), end.ptr};
}

std::string describe_choices(const Item& item, const ChosenIds& ids) {
  std::vector<std::string_view> texts;
  for (const Choice& choice : item.choices) {
    if (std::ranges::find(ids, choice.id) != ids.end()) texts.push_back(choice.text);
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

// The item with this id, looked for where it stands when the answers follow the definition: a long
// history is read with hardly a comparison more than there are answers.
std::optional<std::size_t> find_item_from(const Questionnaire& questionnaire, std::size_t expected,
                                          std::string_view id) {
  if (expected < questionnaire.items.size() && questionnaire.items[expected].id == id) {
    return expected;
  }
  return find_item(questionnaire, id);
}

// Whether `parse_answer` gives such an answer.
bool is_legal(const Questionnaire& questionnaire, const Item& item, const Answer& answer) {
  if (std::holds_alternative<Skipped>(answer)) return true;
  try {
    return parse_answer(questionnaire, item, render_answer(answer)) == answer;
  } catch (const Error&) {
    return false;
  }
}

bool item_condition_holds(const Condition& condition, const Responses& responses) {
  const std::optional<Answer>& answer = responses.answers[condition.index];
  if (!answer) return false;
  if (const auto* chosen = std::get_if<ChosenIds>(&*answer)) {
    return condition.is && std::ranges::find(*chosen, *condition.is) != chosen->end();
  }
  const auto* number = std::get_if<double>(&*answer);
  return number != nullptr && !condition.is && within(condition, *number);
}

bool condition_holds(const Condition& condition, const Responses& responses, const Scores* scores) {
  if (condition.subject == Subject::item) return item_condition_holds(condition, responses);
  if (scores == nullptr || !(*scores)[condition.index].estimate) return false;
  return within(condition, (*scores)[condition.index].estimate->score);
}

}  // namespace

Responses empty_responses(const Questionnaire& questionnaire) {
  Responses responses;
  responses.answers.resize(questionnaire.items.size());
  responses.seconds.resize(questionnaire.items.size());
  return responses;
}

Answer parse_answer(const Questionnaire& questionnaire, const Item& item, std::string_view text) {
  text = trim(text);
  switch (item.kind) {
    case ItemKind::rating:
      return parse_rating(questionnaire.response_scales[item.response_scale], item, text);
    case ItemKind::number:
      return parse_number(item, text);
    case ItemKind::choice:
      return parse_choices(item, text);
    case ItemKind::text:
      return parse_line(item, text);
  }
  throw illegal(item, "the item has no kind", "");
}

std::string render_answer(const Answer& answer) {
  if (const auto* number = std::get_if<double>(&answer)) return digits_of(*number);
  if (const auto* text = std::get_if<std::string>(&answer)) return *text;
  const auto* ids = std::get_if<ChosenIds>(&answer);
  return ids != nullptr ? fmt::format("{}", fmt::join(*ids, "+")) : "";
}

std::string describe_answer(const Questionnaire& questionnaire, const Item& item,
                            const Answer& answer) {
  if (std::holds_alternative<Skipped>(answer)) return "skipped";
  if (const auto* ids = std::get_if<ChosenIds>(&answer)) return describe_choices(item, *ids);
  if (const auto* text = std::get_if<std::string>(&answer)) return *text;
  const double value = std::get<double>(answer);
  const std::string number = render_decimal(value);
  if (item.kind != ItemKind::rating) {
    return item.unit.empty() ? number : fmt::format("{} {}", number, item.unit);
  }
  const std::string_view label =
      label_of(questionnaire.response_scales[item.response_scale], static_cast<int>(value));
  return label.empty() ? number : fmt::format("{}, {}", number, label);
}

std::string misfit_of(const Record& record, const Questionnaire& questionnaire) {
  if (!find_form(questionnaire, record.form)) {
    return fmt::format("there is no form '{}'", escape(record.form));
  }
  for (const RecordedAnswer& each : record.answers) {
    const auto item = find_item(questionnaire, each.item);
    if (!item) return fmt::format("there is no item '{}'", escape(each.item));
    if (!is_legal(questionnaire, questionnaire.items[*item], each.answer)) {
      return fmt::format("the answer to '{}' is not legal", each.item);
    }
  }
  return {};
}

Responses responses_of(const std::vector<RecordedAnswer>& answers,
                       const Questionnaire& questionnaire) {
  Responses responses = empty_responses(questionnaire);
  responses.order.reserve(answers.size());
  std::size_t expected = 0;
  for (const RecordedAnswer& recorded : answers) {
    const auto item = find_item_from(questionnaire, expected, recorded.item);
    if (!item) continue;
    expected = *item + 1;
    responses.answers[*item] = recorded.answer;
    responses.seconds[*item] = recorded.seconds;
    responses.order.push_back(*item);
  }
  return responses;
}

std::vector<RecordedAnswer> recorded_answers(const Responses& responses,
                                             const Questionnaire& questionnaire) {
  std::vector<RecordedAnswer> answers;
  answers.reserve(responses.order.size());
  for (const std::size_t item : responses.order) {
    if (!responses.answers[item]) continue;
    answers.push_back(
        {questionnaire.items[item].id, *responses.answers[item], responses.seconds[item]});
  }
  return answers;
}

bool within(const Condition& condition, double value) {
  if (condition.at_least && !(value >= *condition.at_least)) return false;
  if (condition.above && !(value > *condition.above)) return false;
  if (condition.at_most && !(value <= *condition.at_most)) return false;
  return !condition.below || value < *condition.below;
}

bool holds(const Rule& rule, const Responses& responses, const Scores* scores) {
  return holds(rule, [&](const Condition& condition) {
    return condition_holds(condition, responses, scores);
  });
}

}  // namespace attune
