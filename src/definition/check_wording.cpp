// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/decimal.hpp"

#include "definition/draft.hpp"
#include "definition/readability.hpp"

namespace attune::detail {

namespace {

constexpr double max_grade = 8;

template <std::size_t count>
bool is_any_of(std::string_view word, const std::array<std::string_view, count>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_join(std::string_view word) { return word == "and" || word == "or"; }

bool is_negation(std::string_view word) {
  constexpr std::array<std::string_view, 14> negations{
      "not",     "no",      "never",   "none",   "nothing", "nobody", "nor",
      "neither", "nowhere", "without", "cannot", "hardly",  "barely", "scarcely"};
  return is_any_of(word, negations) || word.ends_with("n't");
}

// The statement as a short, common phrase for {about} makes it.
std::string spoken(const Item& item) {
  constexpr std::string_view placeholder = "{about}";
  std::string text = item.text;
  for (std::size_t at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder)) {
    text.replace(at, placeholder.size(), "my friend");
  }
  return text;
}

void check_item(Draft& draft, const Item& item, Offset at) {
  const std::string text = spoken(item);
  const std::vector<std::string> words = words_of(text);
  const auto join = std::find_if(words.begin(), words.end(), is_join);
  if (item.kind == ItemKind::rating && join != words.end()) {
    draft.findings().warning(
        at, fmt::format("'{}' may hold two statements, joined by '{}'", item.id, *join),
        "one answer can't speak for two ideas");
  }
  if (std::count_if(words.begin(), words.end(), is_negation) > 1) {
    draft.findings().warning(at, fmt::format("'{}' negates twice", item.id),
                             "disagreeing with it would negate a third time");
  }
  const double grade = reading_grade(text);
  if (grade > max_grade) {
    draft.findings().warning(at,
                             fmt::format("'{}' reads at grade {}, above {}", item.id,
                                         render_decimal(grade, 1), render_decimal(max_grade)),
                             "shorter sentences and shorter words are easier to answer");
  }
}

}  // namespace

// Words, negations and syllables are English; texts of other languages pass.
void check_wording(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::string& language = questionnaire.language;
  if (language != "en" && !language.starts_with("en-")) return;
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    const Item& item = questionnaire.items[index];
    if (!item.text.empty()) check_item(draft, item, draft.places.items[index].text);
  }
}

}  // namespace attune::detail
