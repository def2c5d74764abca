// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/scores.hpp"

#include "report/codebook_parts.hpp"
#include "report/fhir_parts.hpp"

namespace attune::detail {
namespace {

using Tests = std::vector<FhirJson>;

// One condition, once as tests that must all hold, once as tests of which one is enough. `any` is
// empty where it can't be said that way, both where the condition can't hold.
struct Expressed {
  Tests all;
  Tests any;
};

FhirJson test_of(const Item& subject, std::string_view sign, std::string_view key, FhirJson value) {
  FhirJson test{{"question", subject.id}, {"operator", sign}};
  test[std::string(key)] = std::move(value);
  return test;
}

FhirJson coded_test(const Questionnaire& questionnaire, const Item& subject, std::string_view sign,
                    const AnswerValue& value) {
  return test_of(subject, sign, "answerCoding",
                 answer_coding(questionnaire, subject, value.code, value.label));
}

// Codes have no order in FHIR, so bounds of a rating become lists of its values. "!=" is read in
// two ways where there is no answer; "exists" settles that.
Expressed rating_tests(const Questionnaire& questionnaire, const Item& subject,
                       const Condition& condition) {
  Expressed tests;
  Tests excluded;
  const int min = questionnaire.response_scales[subject.response_scale].min;
  const std::vector<AnswerValue> values = values_of(questionnaire, subject);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (within(condition, min + static_cast<double>(i))) {
      tests.any.push_back(coded_test(questionnaire, subject, "=", values[i]));
    } else {
      excluded.push_back(coded_test(questionnaire, subject, "!=", values[i]));
    }
  }
  if (tests.any.empty()) return tests;
  if (tests.any.size() == 1) {
    tests.all = tests.any;
    return tests;
  }
  tests.all.push_back(test_of(subject, "exists", "answerBoolean", true));
  tests.all.insert(tests.all.end(), std::make_move_iterator(excluded.begin()),
                   std::make_move_iterator(excluded.end()));
  return tests;
}

Expressed number_tests(const Item& subject, const Condition& condition) {
  Expressed tests;
  const auto add = [&](std::string_view sign, const std::optional<double>& bound) {
    if (bound) tests.all.push_back(test_of(subject, sign, "answerDecimal", fhir_number(*bound)));
  };
  add(">=", condition.at_least);
  add(">", condition.above);
  add("<=", condition.at_most);
  add("<", condition.below);
  if (tests.all.size() == 1) tests.any = tests.all;
  return tests;
}

Expressed choice_tests(const Questionnaire& questionnaire, const Item& subject,
                       const Condition& condition) {
  const std::vector<AnswerValue> values = values_of(questionnaire, subject);
  const auto value = std::find_if(values.begin(), values.end(), [&](const AnswerValue& each) {
    return condition.is && each.code == *condition.is;
  });
  if (value == values.end()) return {};
  const Tests tests{coded_test(questionnaire, subject, "=", *value)};
  return {tests, tests};
}

Expressed tests_of(const Questionnaire& questionnaire, const Condition& condition) {
  if (condition.subject != Subject::item) return {};
  const Item& subject = questionnaire.items[condition.index];
  switch (subject.kind) {
    case ItemKind::rating:
      return rating_tests(questionnaire, subject, condition);
    case ItemKind::number:
      return number_tests(subject, condition);
    case ItemKind::choice:
      return choice_tests(questionnaire, subject, condition);
    case ItemKind::text:
      break;
  }
  return {};
}

void append(Tests& tests, const Tests& more) {
  tests.insert(tests.end(), more.begin(), more.end());
}

// All conditions of the only alternative; empty when one can't be said.
Tests all_tests(const Questionnaire& questionnaire, const std::vector<Condition>& conditions) {
  Tests tests;
  for (const Condition& condition : conditions) {
    const Expressed one = tests_of(questionnaire, condition);
    if (one.all.empty()) return {};
    append(tests, one.all);
  }
  return tests;
}

// Alternatives of one condition each; empty when one has more, or can't be said.
Tests any_tests(const Questionnaire& questionnaire, const Rule& rule) {
  Tests tests;
  for (const std::vector<Condition>& conditions : rule) {
    if (conditions.size() != 1) return {};
    const Expressed one = tests_of(questionnaire, conditions.front());
    if (one.any.empty()) return {};
    append(tests, one.any);
  }
  return tests;
}

}  // namespace

void add_enable_when(FhirJson& json, const Questionnaire& questionnaire, const Item& item) {
  const Rule& rule = item.ask_when;
  if (rule.empty()) return;
  Tests tests = any_tests(questionnaire, rule);
  const bool is_any = !tests.empty();
  if (!is_any && rule.size() == 1) tests = all_tests(questionnaire, rule.front());
  if (tests.empty()) {
    json["extension"].push_back(
        extension("designNote", "valueMarkdown",
                  fhir_markdown(fmt::format("To be asked only when {}. enableWhen can't say that.",
                                            words_of(questionnaire, rule)))));
    return;
  }
  json["enableWhen"] = tests;
  if (tests.size() > 1) json["enableBehavior"] = is_any ? "any" : "all";
}

}  // namespace attune::detail
