// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "attune/scores.hpp"
#include "attune/scoring.hpp"
#include "attune/session.hpp"

#include "kinds.hpp"
#include "rule_model.hpp"
#include "targets.hpp"

namespace attune::test {
namespace {

constexpr std::string_view usual_ask = "{ a = { at_least = 4 } }";
constexpr std::string_view usual_step = "{ p = { at_least = 4 } }";

Answer answer_of(const ModelSubject& subject, double value) {
  if (subject.kind != SubjectKind::chosen) return value;
  ChosenIds ids;
  for (std::size_t i = 0; i < subject.choices.size(); ++i) {
    if (((static_cast<unsigned>(value) >> i) & 1U) != 0) ids.emplace_back(subject.choices[i]);
  }
  return ids;
}

// The answers of a model as a sitting has them. What has no value is skipped, or was not asked.
Responses responses_of(const Questionnaire& questionnaire, const ModelAnswers& answers,
                       bool skips) {
  Responses responses = empty_responses(questionnaire);
  for (std::size_t i = 0; i < item_subjects; ++i) {
    std::optional<Answer>& answer =
        responses.answers[*find_item(questionnaire, model_subjects[i].id)];
    if (answers[i]) answer = answer_of(model_subjects[i], *answers[i]);
    if (!answers[i] && skips) answer = Skipped{};
  }
  return responses;
}

Scores scores_of(const Questionnaire& questionnaire, const ModelAnswers& answers) {
  Scores scores(questionnaire.scales.size());
  for (std::size_t i = item_subjects; i < std::size(model_subjects); ++i) {
    if (!answers[i]) continue;
    const std::size_t scale = *find_scale(questionnaire, model_subjects[i].id);
    scores[scale].estimate = Estimate{*answers[i], 0, *answers[i], *answers[i]};
  }
  return scores;
}

// Whether `n` is asked by the rule that kinds.hpp gives it.
bool asks_for_n(const ModelAnswers& answers) {
  const auto& [a, b, c, m, n, p, q] = answers;
  return (c && (static_cast<unsigned>(*c) & 2U) != 0) || (a && b && *a < 3 && *b > 5);
}

void expect_asked(const Questionnaire& questionnaire, const ModelRule& rule, ModelAnswers answers,
                  const Responses& responses) {
  session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
  session.resume(responses);
  if (!asks_for_n(answers)) answers[4].reset();  // what is hidden decides nothing
  const std::vector<std::size_t> asked = session.asked();
  const std::size_t item = *find_item(questionnaire, "k");
  const bool is_asked = std::find(asked.begin(), asked.end(), item) != asked.end();
  expect(is_asked == holds(rule, answers), "an item is asked exactly when its rule holds");
}

// Every combination of telling values of what the rule names.
void expect_same(const Questionnaire& questionnaire, const Rule& read, const ModelRule& rule,
                 bool is_ask, std::size_t subject, ModelAnswers& answers) {
  if (subject == std::size(model_subjects)) {
    for (const bool skips : {false, true}) {
      const Responses responses = responses_of(questionnaire, answers, skips);
      const Scores scores = scores_of(questionnaire, answers);
      expect(attune::holds(read, responses, &scores) == holds(rule, answers),
             "a rule holds for whom it was written");
      if (is_ask) expect_asked(questionnaire, rule, answers, responses);
    }
    return;
  }
  answers[subject].reset();
  expect_same(questionnaire, read, rule, is_ask, subject + 1, answers);
  const bool named = std::any_of(rule.begin(), rule.end(), [&](const auto& alternative) {
    return std::any_of(alternative.begin(), alternative.end(),
                       [&](const ModelCondition& each) { return each.subject == subject; });
  });
  if (!named) return;
  for (const double value : telling_values(rule, subject)) {
    answers[subject] = value;
    expect_same(questionnaire, read, rule, is_ask, subject + 1, answers);
  }
  answers[subject].reset();
}

// A rule that was made of bytes and written down means what it was made to mean.
void expect_meaning(Choices& choices) {
  constexpr std::size_t most_combinations = 3;  // subjects: more take too long
  const bool is_ask = choices.below(2) == 0;
  const ModelRule rule = make_rule(choices, is_ask ? item_subjects : std::size(model_subjects));
  std::array<bool, std::size(model_subjects)> named{};
  for (const auto& alternative : rule) {
    for (const ModelCondition& condition : alternative) named[condition.subject] = true;
  }
  if (std::count(named.begin(), named.end(), true) > static_cast<int>(most_combinations)) return;
  const std::string text = rule_text(choices, rule);
  const std::string definition =
      is_ask ? kinds_definition(text, usual_step) : kinds_definition(usual_ask, text);
  const definition::Definition checked =
      definition::check_definition(definition, definition::CheckDepth::full);
  expect(checked.questionnaire.has_value(), "a rule that is written as it should be is taken");
  const auto hopeless = std::count_if(
      checked.problems.begin(), checked.problems.end(), [](const definition::Problem& problem) {
        return problem.message.find("can never hold") != std::string::npos;
      });
  expect(static_cast<std::size_t>(hopeless) == hopeless_conditions(rule),
         "a condition is called impossible exactly when it is");
  const Questionnaire& questionnaire = *checked.questionnaire;
  const Rule& read = is_ask ? questionnaire.items[*find_item(questionnaire, "k")].ask_when
                            : questionnaire.next_steps.front().when;
  ModelAnswers answers;
  expect_same(questionnaire, read, rule, is_ask, 0, answers);
}

bool is_same(const Condition& one, const Condition& other) {
  return one.subject == other.subject && one.index == other.index &&
         one.at_least == other.at_least && one.above == other.above &&
         one.at_most == other.at_most && one.below == other.below && one.is == other.is;
}

bool is_same(const Rule& one, const Rule& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& left, const auto& right) {
                      return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                                        [](const auto& a, const auto& b) { return is_same(a, b); });
                    });
}

std::string text_of(const Questionnaire& questionnaire, const Condition& condition) {
  std::string text;
  const auto add = [&](std::string_view name, const std::optional<double>& bound) {
    if (bound) text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, *bound);
  };
  add("at_least", condition.at_least);
  add("above", condition.above);
  add("at_most", condition.at_most);
  add("below", condition.below);
  if (condition.is) text += "is = " + toml_string(*condition.is);
  const std::string& id = condition.subject == Subject::item
                              ? questionnaire.items[condition.index].id
                              : questionnaire.scales[condition.index].id;
  return fmt::format("{} = {{ {} }}", toml_string(id), text);
}

std::string text_of(const Questionnaire& questionnaire, const Rule& rule) {
  std::string text;
  for (const auto& alternative : rule) {
    std::string conditions;
    for (const Condition& condition : alternative) {
      if (!conditions.empty()) conditions += ", ";
      conditions += text_of(questionnaire, condition);
    }
    text += (text.empty() ? "{ " : ", { ") + conditions + " }";
  }
  return "[ " + text + " ]";
}

// Bytes in the place of a rule: what is taken is understood, and can be written anew.
void expect_understood(std::string_view bytes, bool is_ask) {
  const auto check = [&](std::string_view rule) {
    const std::string text =
        is_ask ? kinds_definition(rule, usual_step) : kinds_definition(usual_ask, rule);
    return definition::check_definition(text, definition::CheckDepth::full);
  };
  const definition::Definition checked = check(bytes);
  expect(checked.questionnaire.has_value() != has_errors(checked.problems), "taken, or an error");
  if (!checked.questionnaire) return;
  const Questionnaire& questionnaire = *checked.questionnaire;
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const Rule& rule = questionnaire.items[i].ask_when;
    for (const auto& alternative : rule) {
      for (const Condition& condition : alternative) {
        expect(condition.subject == Subject::item && condition.index < i, "rules look back");
      }
    }
    expect(attune::holds(rule, empty_responses(questionnaire), nullptr) == rule.empty(),
           "no rule holds for who has answered nothing");
  }
  const auto item = find_item(questionnaire, "k");
  if (!item || questionnaire.items[*item].ask_when.empty()) return;
  const bool has_step =
      !questionnaire.next_steps.empty() && !questionnaire.next_steps[0].when.empty();
  if (!is_ask && !has_step) return;
  const auto rule_in = [&](const Questionnaire& in) {
    return is_ask ? in.items[*find_item(in, "k")].ask_when : in.next_steps[0].when;
  };
  const Rule rule = rule_in(questionnaire);
  const Questionnaire& usual = kinds();
  const bool is_usual = questionnaire.items.size() == usual.items.size() &&
                        questionnaire.scales.size() == usual.scales.size();
  if (!is_usual) return;  // the bytes were more than a rule
  const definition::Definition again = check(text_of(questionnaire, rule));
  expect(again.questionnaire && is_same(rule_in(*again.questionnaire), rule),
         "a rule that is taken can be written and read again");
}

}  // namespace

void when_target(std::string_view bytes) {
  Choices choices(bytes);
  const unsigned way = choices.byte();
  if (way % 2 == 0) return expect_meaning(choices);
  expect_understood(choices.rest(), way % 4 == 1);
}

}  // namespace attune::test
