// SPDX-License-Identifier: MIT
#pragma once

/// Rules made of bytes, as plain values that say by themselves whom they fit and how they can be
/// written: a second opinion on the conditions of definitions. The subjects are those of kinds.hpp.

#include <array>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oracle.hpp"

namespace attune::test {

/// What a condition of a model can be about, and its values.
struct ModelSubject {
  std::string_view id;
  enum class Kind { whole, real, chosen, score } kind;
  double min;
  double max;
  std::array<std::string_view, 3> choices;
};

using SubjectKind = ModelSubject::Kind;
inline constexpr ModelSubject model_subjects[] = {
    {"a", SubjectKind::whole, 1, 7, {}},
    {"b", SubjectKind::whole, 0, 10, {}},
    {"c", SubjectKind::chosen, 0, 0, {"x", "y", "z"}},
    {"m", SubjectKind::chosen, 0, 0, {"one", "two", "3"}},
    {"n", SubjectKind::real, -1.5, 24, {}},
    {"p", SubjectKind::score, 1, 7, {}},
    {"q", SubjectKind::score, 0, 10, {}},
};
inline constexpr std::size_t item_subjects = 5;  // the first so many are items

inline constexpr std::array<std::string_view, 4> bound_names = {"at_least", "above", "at_most",
                                                                "below"};

/// One condition: the bounds of a number, by bound_names, or a choice.
struct ModelCondition {
  std::size_t subject = 0;
  std::array<std::optional<double>, 4> bounds;
  std::string_view is;

  [[nodiscard]] bool fits(double value) const {
    const auto& [at_least, above, at_most, below] = bounds;
    return (!at_least || value >= *at_least) && (!above || value > *above) &&
           (!at_most || value <= *at_most) && (!below || value < *below);
  }
};
using ModelRule = std::vector<std::vector<ModelCondition>>;

/// A value of each subject: nothing, a number, or which choices (bits).
using ModelAnswers = std::array<std::optional<double>, std::size(model_subjects)>;

inline bool holds(const ModelCondition& condition, const ModelAnswers& answers) {
  const ModelSubject& subject = model_subjects[condition.subject];
  const std::optional<double>& value = answers[condition.subject];
  if (!value) return false;
  if (subject.kind != SubjectKind::chosen) return condition.fits(*value);
  for (std::size_t i = 0; i < subject.choices.size(); ++i) {
    const bool chosen = ((static_cast<unsigned>(*value) >> i) & 1U) != 0;
    if (chosen && subject.choices[i] == condition.is) return true;
  }
  return false;
}

inline bool holds(const ModelRule& rule, const ModelAnswers& answers) {
  for (const auto& alternative : rule) {
    bool all = true;
    for (const ModelCondition& condition : alternative) all = all && holds(condition, answers);
    if (all) return true;
  }
  return false;
}

/// Values of a subject that tell all its conditions apart: its ends, and what lies at and beside
/// each bound. Bounds are halves, so a quarter beside them meets no other.
inline std::vector<double> telling_values(const ModelRule& rule, std::size_t index) {
  const ModelSubject& subject = model_subjects[index];
  std::vector<double> values;
  if (subject.kind == SubjectKind::chosen) return {1, 2, 4, 0, 3};
  if (subject.kind == SubjectKind::whole) {
    for (double value = subject.min; value <= subject.max; ++value) values.push_back(value);
    return values;
  }
  const auto add = [&](double value) {
    if (value >= subject.min && value <= subject.max) values.push_back(value);
  };
  add(subject.min);
  add(subject.max);
  for (const auto& alternative : rule) {
    for (const ModelCondition& condition : alternative) {
      for (const std::optional<double>& bound : condition.bounds) {
        if (condition.subject != index || !bound) continue;
        for (const double beside : {-0.25, 0.0, 0.25}) add(*bound + beside);
      }
    }
  }
  return values;
}

/// How many conditions no answer can meet.
inline std::size_t hopeless_conditions(const ModelRule& rule) {
  std::size_t count = 0;
  for (const auto& alternative : rule) {
    for (const ModelCondition& condition : alternative) {
      if (model_subjects[condition.subject].kind == SubjectKind::chosen) continue;
      bool met = false;
      for (const double value : telling_values(rule, condition.subject)) {
        met = met || condition.fits(value);
      }
      count += met ? 0 : 1;
    }
  }
  return count;
}

/// A rule of at most three tables with at most three conditions, about the first `subjects`.
inline ModelRule make_rule(Choices& choices, std::size_t subjects) {
  ModelRule rule(1 + choices.below(3));
  for (auto& alternative : rule) {
    std::array<bool, std::size(model_subjects)> taken{};
    for (std::size_t i = choices.below(3) + 1; i > 0; --i) {
      ModelCondition condition;
      condition.subject = choices.below(subjects);
      if (taken[condition.subject]) continue;
      taken[condition.subject] = true;
      const ModelSubject& subject = model_subjects[condition.subject];
      condition.is = subject.choices[choices.below(3)];
      const auto put_bound = [&] {
        condition.bounds[choices.below(4)] = static_cast<double>(choices.below(56)) / 2 - 3;
      };
      if (subject.kind != SubjectKind::chosen) {
        for (std::size_t bounds = choices.below(3) + 1; bounds > 0; --bounds) put_bound();
      }
      alternative.push_back(condition);
    }
  }
  return rule;
}

/// One of the ways in which TOML writes a number.
inline std::string number_text(Choices& choices, double value) {
  switch (choices.below(4)) {
    case 0:
      return fmt::format("{:.1f}", value);
    case 1:
      return fmt::format("{}{:.0f}e-1", value < 0 ? "-" : "+", (value < 0 ? -value : value) * 10);
    case 2:
      if (value >= 0 && value == static_cast<int>(value)) {
        return fmt::format("0x{:X}", static_cast<int>(value));
      }
      break;
    default:
      break;
  }
  return fmt::format("{}", value);
}

/// One of the ways in which TOML writes a key.
inline std::string key_text(Choices& choices, std::string_view key) {
  const std::size_t way = choices.below(4);
  const std::string_view quote = way == 0 ? "\"" : way == 1 ? "'" : "";
  return fmt::format("{0}{1}{0}{2}=", quote, key, way == 2 ? " \t" : "");
}

inline std::string condition_text(Choices& choices, const ModelCondition& condition) {
  const ModelSubject& subject = model_subjects[condition.subject];
  const std::string key = key_text(choices, subject.id);
  if (subject.kind == SubjectKind::chosen) {
    return fmt::format("{}{{is = \"{}\"}}", key, condition.is);
  }
  std::string text;
  for (std::size_t i = 0; i < bound_names.size(); ++i) {
    if (!condition.bounds[i]) continue;
    if (!text.empty()) text += ", ";
    text += key_text(choices, bound_names[i]) + number_text(choices, *condition.bounds[i]);
  }
  return key + "{ " + text + " }";
}

/// `rule` as a definition writes it, in one of many ways.
inline std::string rule_text(Choices& choices, const ModelRule& rule) {
  std::string text;
  for (const auto& alternative : rule) {
    if (!text.empty()) text += choices.below(2) == 0 ? "," : " ,\n  # or\n  ";
    text += "{ ";
    for (std::size_t i = 0; i < alternative.size(); ++i) {
      if (i > 0) text += ", ";
      text += condition_text(choices, alternative[i]);
    }
    text += " }";
  }
  const bool is_list = rule.size() > 1 || choices.below(2) == 0;
  return is_list ? "[ " + text + (choices.below(2) == 0 ? " ]" : ",\n]") : text;
}

}  // namespace attune::test
