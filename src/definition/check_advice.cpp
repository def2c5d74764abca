// SPDX-License-Identifier: MIT
// Checks at depth `full`: advice to authors, on keys, on rules and on the wording of items.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/scores.hpp"
#include "attune/text.hpp"

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

void check_balance(DefinitionDraft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    const std::vector<std::size_t> items = items_of(questionnaire, full_form, scale);
    const auto is_reversed = [&](std::size_t item) { return questionnaire.items[item].reverse; };
    const bool one_way =
        std::ranges::any_of(items, is_reversed) == std::ranges::all_of(items, is_reversed);
    if (items.size() < 2 || !one_way) continue;
    draft.findings.warning(
        draft.nodes.scales[scale]->at,
        fmt::format("all items of the scale '{}' are keyed one way",
                    questionnaire.scales[scale].id),
        "items of both directions tell agreement with everything from a high score");
  }
}

// Values of what a condition is about, ascending, one of which lies within its bounds if any does.
std::vector<double> values_of(const Questionnaire& questionnaire, const Condition& condition) {
  const std::set<double> bounds = present_bounds(condition);
  if (condition.subject == Subject::scale) {
    return test_points(full_range(questionnaire, condition.index), bounds);
  }
  const Item& item = questionnaire.items[condition.index];
  if (item.kind == ItemKind::number) return test_points({item.min, item.max}, bounds);
  const AnswerRange range = answer_range(questionnaire, item);
  std::vector<double> answers;
  for (int answer = range.min; answer <= range.max; ++answer) answers.push_back(answer);
  return answers;
}

// Two items of one scale that are keyed alike say the same, and opposites are keyed apart.
void check_keying(DefinitionDraft& draft) {
  // The authors of a published key chose its items; advice to them would only be noise here.
  if (draft.wording == Wording::included) check_balance(draft);
  const Questionnaire& questionnaire = draft.questionnaire;
  for (std::size_t index = 0; index < questionnaire.pairs.size(); ++index) {
    const Pair& pair = questionnaire.pairs[index];
    const Item& first = questionnaire.items[pair.first];
    const Item& second = questionnaire.items[pair.second];
    const bool alike = first.reverse == second.reverse;
    if (alike == (pair.relation == Relation::same)) continue;
    draft.findings.warning(
        draft.nodes.pairs[index]->place_of("items"),
        fmt::format("'{}' and '{}' are a pair of relation '{}', but they are keyed {}", first.id,
                    second.id, name_of(pair.relation), alike ? "the same way" : "opposite ways"));
  }
}

void check_rules(DefinitionDraft& draft) {
  const Questionnaire& all = draft.questionnaire;
  for (const auto& [condition, rule_of, at] : draft.conditions) {
    if (condition.is) continue;  // a choice that exists can be chosen
    const std::vector<double> values = values_of(all, condition);
    const auto is_within = [&bounds = condition](double value) { return within(bounds, value); };
    if (std::ranges::any_of(values, is_within)) continue;
    const bool on_scale = condition.subject == Subject::scale;
    draft.findings.warning(
        at,
        fmt::format("the condition on '{}' can never hold",
                    on_scale ? all.scales[condition.index].id : all.items[condition.index].id),
        fmt::format("its values go from {} to {}", render_decimal(values.front()),
                    render_decimal(values.back())));
  }
}

constexpr double max_grade = 8;

bool is_join(std::string_view word) { return word == "and" || word == "or"; }

bool is_negation(std::string_view word) {
  constexpr std::array<std::string_view, 14> negations{
      "not",     "no",      "never",   "none",   "nothing", "nobody", "nor",
      "neither", "nowhere", "without", "cannot", "hardly",  "barely", "scarcely"};
  return std::ranges::find(negations, word) != negations.end() || word.ends_with("n't");
}

void check_item_wording(DefinitionDraft& draft, const Item& item, Place at) {
  const std::string text = replace_all(item.text, "{about}", "my friend");  // short and common
  const std::vector<std::string> words = words_of(text);
  const auto join = std::ranges::find_if(words, is_join);
  if (item.kind == ItemKind::rating && join != words.end()) {
    draft.findings.warning(
        at, fmt::format("'{}' may hold two statements, joined by '{}'", item.id, *join),
        "one answer can't speak for two ideas");
  }
  if (std::ranges::count_if(words, is_negation) > 1) {
    draft.findings.warning(at, fmt::format("'{}' negates twice", item.id),
                           "disagreeing with it would negate a third time");
  }
  const double grade = reading_grade(text);
  if (grade > max_grade) {
    draft.findings.warning(at,
                           fmt::format("'{}' reads at grade {}, above {}", item.id,
                                       render_decimal(grade, 1), render_decimal(max_grade)),
                           "shorter sentences and shorter words are easier to answer");
  }
}

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

std::size_t vowel_groups(std::string_view word) {
  std::size_t groups = 0;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (is_vowel(word[at]) && (at == 0 || !is_vowel(word[at - 1]))) ++groups;
  }
  return groups;
}

// Whether a final "e", "ed" or "es" is written and not spoken.
bool has_silent_ending(std::string_view word) {
  const auto before = [word](std::size_t from_end) {
    return word.size() > from_end ? word[word.size() - 1 - from_end] : '\0';
  };
  if (word.ends_with("e")) {
    const bool spoken_le = word.ends_with("le") && !is_vowel(before(2));  // ta-ble
    return !is_vowel(before(1)) && !spoken_le;
  }
  if (word.ends_with("ed")) {
    return !is_vowel(before(2)) && before(2) != 't' && before(2) != 'd';
  }
  if (word.ends_with("es")) {
    const std::string_view hissing = "sxzcg";
    const bool spoken = hissing.find(before(2)) != std::string_view::npos ||
                        word.ends_with("ches") || word.ends_with("shes") || word.ends_with("les");
    return !is_vowel(before(2)) && !spoken;
  }
  return false;
}

std::size_t count_sentences(std::string_view text) {
  std::size_t sentences = 0;
  bool has_words = false;
  for (const char c : lower_case(text) + '.') {
    const bool ends = c == '.' || c == '!' || c == '?' || c == '\n';
    if (ends && has_words) ++sentences;
    has_words = !ends && (has_words || (c >= 'a' && c <= 'z'));
  }
  return std::max<std::size_t>(sentences, 1);
}

// Words, negations and syllables are English; texts of other languages pass.
void check_wording(DefinitionDraft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::string& language = questionnaire.language;
  if (language != "en" && !language.starts_with("en-")) return;
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    const Item& item = questionnaire.items[index];
    if (!item.text.empty())
      check_item_wording(draft, item, draft.nodes.items[index]->place_of("text"));
  }
}

}  // namespace

void advise(DefinitionDraft& draft) {
  check_keying(draft);
  check_rules(draft);
  check_wording(draft);
  warn_of_twins(draft.findings, draft.questionnaire);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : lower_case(text) + ' ') {
    if ((c >= 'a' && c <= 'z') || (c == '\'' && !word.empty())) {
      word += c;
    } else if (!word.empty()) {
      while (word.back() == '\'') word.pop_back();
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

std::size_t count_syllables(std::string_view word) {
  std::size_t syllables = vowel_groups(word);
  if (syllables > 1 && has_silent_ending(word)) --syllables;
  return std::max<std::size_t>(syllables, 1);
}

double reading_grade(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  if (words.empty()) return 0;
  std::size_t syllables = 0;
  for (const std::string& word : words) syllables += count_syllables(word);
  const auto word_count = static_cast<double>(words.size());
  return 0.39 * word_count / static_cast<double>(count_sentences(text)) +
         11.8 * static_cast<double>(syllables) / word_count - 15.59;
}

}  // namespace attune::definition
