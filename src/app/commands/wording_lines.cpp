// SPDX-License-Identifier: MIT
#include "app/commands/wording_lines.hpp"

#include <algorithm>
#include <span>

namespace attune {
namespace {

// forms[0] is the built-in one with every item.
std::span<const Form> named_forms(const Questionnaire& questionnaire) {
  return std::span(questionnaire.forms).subspan(1);
}

}  // namespace

std::vector<std::string> statements_in(std::string_view text) {
  std::vector<std::string> statements;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    statements.emplace_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
  }
  return statements;
}

std::optional<std::size_t> repeated_items(const Questionnaire& questionnaire) {
  const std::span<const Form> forms = named_forms(questionnaire);
  if (forms.size() < 2) return {};
  const std::size_t count = forms.front().items.size();
  if (count * forms.size() != questionnaire.items.size()) return {};
  std::vector<bool> seen(questionnaire.items.size());
  for (const Form& form : forms) {
    if (form.items.size() != count || form.title.empty()) return {};
    for (const std::size_t item : form.items) seen[item] = true;
  }
  const bool has_all = std::all_of(seen.begin(), seen.end(), [](bool each) { return each; });
  return has_all ? std::optional(count) : std::nullopt;
}

std::size_t lines_of_wording(const Questionnaire& questionnaire) {
  return repeated_items(questionnaire).value_or(questionnaire.items.size());
}

std::vector<std::string> repeat_for_forms(const Questionnaire& questionnaire,
                                          const std::vector<std::string>& lines) {
  std::vector<std::string> statements(questionnaire.items.size());
  for (const Form& form : named_forms(questionnaire)) {
    for (std::size_t i = 0; i < form.items.size(); ++i) {
      statements[form.items[i]] = form.title + ": " + lines[i];
    }
  }
  return statements;
}

std::string titles_of_forms(const Questionnaire& questionnaire) {
  std::string titles;
  for (const Form& form : named_forms(questionnaire)) {
    if (!titles.empty()) titles += ", ";
    titles += form.title;
  }
  return titles;
}

}  // namespace attune
