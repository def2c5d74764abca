// SPDX-License-Identifier: MIT
#include "attune/questionnaire.hpp"

#include <algorithm>
#include <array>

namespace attune {
namespace {

template <class Part>
std::optional<std::size_t> find_by_id(const std::vector<Part>& parts, std::string_view id) {
  const auto found =
      std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.id == id; });
  if (found == parts.end()) return {};
  return static_cast<std::size_t>(found - parts.begin());
}

}  // namespace

std::optional<std::size_t> find_scale(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.scales, id);
}

std::optional<std::size_t> find_derived(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.derived, id);
}

std::optional<std::size_t> find_item(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.items, id);
}

std::optional<std::size_t> find_form(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.forms, id);
}

std::optional<std::size_t> find_about(const Questionnaire& questionnaire, std::string_view id) {
  return find_by_id(questionnaire.abouts, id);
}

std::optional<std::pair<std::size_t, std::size_t>> plane_axes(const Questionnaire& questionnaire) {
  std::vector<std::size_t> named;
  for (const Region& region : questionnaire.regions) {
    for (const auto& conditions : region.when) {
      for (const Condition& condition : conditions) {
        if (condition.subject == Subject::scale) named.push_back(condition.index);
      }
    }
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  if (named.size() != 2) return {};
  return std::pair{named[0], named[1]};
}

bool counts_for(const Questionnaire& questionnaire, const Item& item, std::size_t scale) {
  return item.scale && (*item.scale == scale || questionnaire.scales[*item.scale].parent == scale);
}

ScoreRange score_range(const Questionnaire& questionnaire, std::size_t scale,
                       std::size_t item_count) {
  const auto item =
      std::find_if(questionnaire.items.begin(), questionnaire.items.end(),
                   [&](const Item& i) { return counts_for(questionnaire, i, scale); });
  if (item == questionnaire.items.end()) return {};
  const ResponseScale& responses = questionnaire.response_scales[item->response_scale];
  const bool sum = questionnaire.scales[scale].method == ScoreMethod::sum;
  const double factor = sum ? static_cast<double>(item_count) : 1.0;
  return {responses.min * factor, responses.max * factor};
}

std::string statement(const Questionnaire& questionnaire, const Item& item,
                      std::optional<std::size_t> about) {
  constexpr std::string_view placeholder = "{about}";
  std::string text = item.text;
  if (questionnaire.abouts.empty()) return text;
  const std::string& phrase = questionnaire.abouts[about.value_or(0)].phrase;
  for (std::size_t at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + phrase.size())) {
    text.replace(at, placeholder.size(), phrase);
  }
  return text;
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
