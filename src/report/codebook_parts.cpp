// SPDX-License-Identifier: MIT
#include "report/codebook_parts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "attune/decimal.hpp"

namespace attune::detail {
namespace {

std::string words_of(const Questionnaire& questionnaire, const Condition& condition) {
  const std::string& subject = condition.subject == Subject::item
                                   ? questionnaire.items[condition.index].id
                                   : questionnaire.scales[condition.index].id;
  if (condition.is) return fmt::format("{} is {}", subject, *condition.is);
  std::vector<std::string> bounds;
  const auto add = [&](std::string_view words, const std::optional<double>& bound) {
    if (bound) bounds.push_back(fmt::format("{} {}", words, render_decimal(*bound, 10)));
  };
  add("at least", condition.at_least);
  add("above", condition.above);
  add("at most", condition.at_most);
  add("below", condition.below);
  return fmt::format("{} is {}", subject, joined(bounds, " and "));
}

}  // namespace

std::vector<AnswerValue> values_of(const Questionnaire& questionnaire, const Item& item) {
  std::vector<AnswerValue> values;
  if (item.kind == ItemKind::choice) {
    for (const Choice& choice : item.choices) values.push_back({choice.id, choice.text});
  }
  if (item.kind != ItemKind::rating) return values;
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  for (int value = scale.min; value <= scale.max; ++value) {
    const std::string code = std::to_string(value);
    const std::string_view label = label_of(scale, value);
    values.push_back({code, label.empty() ? code : std::string(label)});
  }
  return values;
}

std::string_view type_of(const Item& item) {
  return item.kind == ItemKind::choice && item.multiple ? "choices" : name_of(item.kind);
}

std::string words_of(const Questionnaire& questionnaire, const Rule& rule) {
  std::vector<std::string> alternatives;
  for (const std::vector<Condition>& conditions : rule) {
    std::vector<std::string> all;
    all.reserve(conditions.size());
    for (const Condition& condition : conditions) {
      all.push_back(words_of(questionnaire, condition));
    }
    const std::string words = joined(all, " and ");
    alternatives.push_back(rule.size() > 1 && all.size() > 1 ? "(" + words + ")" : words);
  }
  return joined(alternatives, " or ");
}

std::vector<std::string> forms_with(const Questionnaire& questionnaire, std::size_t item) {
  std::vector<std::string> ids;
  for (const Form& form : questionnaire.forms) {
    if (std::find(form.items.begin(), form.items.end(), item) != form.items.end()) {
      ids.push_back(form.id);
    }
  }
  return ids;
}

std::vector<std::string> items_of(const Questionnaire& questionnaire, std::size_t scale) {
  std::vector<std::string> ids;
  for (const Item& item : questionnaire.items) {
    if (counts_for(questionnaire, item, scale)) ids.push_back(item.id);
  }
  return ids;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) text += separator;
    text += part;
  }
  return text;
}

}  // namespace attune::detail
