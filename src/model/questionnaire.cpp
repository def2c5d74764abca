// SPDX-License-Identifier: MIT
#include "attune/questionnaire.hpp"

#include <set>

#include "attune/text.hpp"

namespace attune {

std::optional<std::pair<std::size_t, std::size_t>> plane_axes(const Questionnaire& questionnaire) {
  std::set<std::size_t> named;
  for (const Region& region : questionnaire.regions) {
    for (const auto& conditions : region.when) {
      for (const Condition& condition : conditions) {
        if (condition.subject == Subject::scale) named.insert(condition.index);
      }
    }
  }
  if (named.size() != 2) return {};
  return std::pair{*named.begin(), *named.rbegin()};
}

bool counts_for(const Questionnaire& questionnaire, const Item& item, std::size_t scale) {
  return item.scale && (*item.scale == scale || questionnaire.scales[*item.scale].parent == scale);
}

bool is_about_oneself(const Questionnaire& questionnaire, std::size_t scale) {
  return !questionnaire.abouts.empty() &&
         std::ranges::none_of(questionnaire.items, [&](const Item& item) {
           return counts_for(questionnaire, item, scale) &&
                  item.text.find("{about}") != std::string::npos;
         });
}

std::vector<std::size_t> items_of(const Questionnaire& questionnaire, std::size_t form,
                                  std::size_t scale) {
  std::vector<std::size_t> items = questionnaire.forms[form].items;
  std::erase_if(items, [&](std::size_t item) {
    return !counts_for(questionnaire, questionnaire.items[item], scale);
  });
  return items;
}

std::vector<std::size_t> main_scales(const Questionnaire& questionnaire) {
  std::vector<std::size_t> scales;
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    if (!questionnaire.scales[scale].parent) scales.push_back(scale);
  }
  return scales;
}

AnswerRange answer_range(const Questionnaire& questionnaire, const Item& item) {
  const ResponseScale& responses = questionnaire.response_scales[item.response_scale];
  return {responses.min, responses.max};
}

ScoreRange score_range(const Questionnaire& questionnaire, std::size_t scale,
                       std::size_t item_count) {
  const auto item = std::ranges::find_if(questionnaire.items, [&](const Item& each) {
    return counts_for(questionnaire, each, scale);
  });
  if (item == questionnaire.items.end()) return {};
  const AnswerRange answers = answer_range(questionnaire, *item);
  const bool sum = questionnaire.scales[scale].method == ScoreMethod::sum;
  const double factor = sum ? static_cast<double>(item_count) : 1.0;
  return {answers.min * factor, answers.max * factor};
}

std::string statement(const Questionnaire& questionnaire, const Item& item,
                      std::optional<std::size_t> about) {
  if (questionnaire.abouts.empty()) return item.text;
  return replace_all(item.text, "{about}", questionnaire.abouts[about.value_or(0)].phrase);
}

bool is_about(std::string_view about) {
  const std::string_view kind = kind_of_about(about);
  return is_id(kind) && (kind == about || is_label(about.substr(kind.size() + 1)));
}

std::string_view kind_of_about(std::string_view about) { return about.substr(0, about.find(':')); }

std::optional<std::size_t> person_named(Questionnaire& questionnaire, const std::string& about) {
  const auto known = find_about(questionnaire, about);
  const std::string_view kind = kind_of_about(about);
  if (known || !is_about(about) || !find_about(questionnaire, kind)) return known;
  const std::string label = about.substr(kind.size() + 1);
  questionnaire.abouts.push_back({about, label, label});
  return questionnaire.abouts.size() - 1;
}

std::string addressed(const Questionnaire& questionnaire, const std::string& text,
                      std::optional<std::size_t> about) {
  if (questionnaire.abouts.empty()) return text;
  const About& person = questionnaire.abouts[about.value_or(0)];
  return replace_all(text, "{about}", person.you.empty() ? person.phrase : person.you);
}

std::string_view label_of(const ResponseScale& response_scale, int value) {
  for (const Label& label : response_scale.labels) {
    if (label.value == value) return label.text;
  }
  return {};
}

std::string_view name_of(StepSize size) {
  constexpr std::array<std::string_view, 3> names{"small", "medium", "support"};
  return names[static_cast<std::size_t>(size)];
}

std::string_view name_of(ItemKind kind) {
  constexpr std::array<std::string_view, 4> names{"rating", "choice", "number", "text"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Wanted wanted) {
  constexpr std::array<std::string_view, 4> names{"", "up", "down", "steady"};
  return names[static_cast<std::size_t>(wanted)];
}

std::string_view name_of(ScoreMethod method) { return method == ScoreMethod::sum ? "sum" : "mean"; }

std::string_view name_of(Relation relation) {
  return relation == Relation::opposite ? "opposite" : "same";
}

}  // namespace attune
