// SPDX-License-Identifier: MIT
#pragma once

/// What a definition says to people, and when: rules over scores and answers, and what they choose:
/// regions, next steps, pairings. Values only: scores.hpp evaluates rules, interpretation.hpp and
/// pairing.hpp choose.
///
///     if (holds(step.when, responses, &scores)) …

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attune {

/// What a condition is about.
enum class Subject { scale, item };

/// One test of a `when` or `ask_when` table. All bounds that are present must hold. A scale that is
/// not scored, or an item that is skipped or unanswered, fails every condition.
struct Condition {
  Subject subject = Subject::scale;
  std::size_t index = 0;  ///< into Questionnaire::scales or ::items
  std::optional<double> at_least;
  std::optional<double> above;
  std::optional<double> at_most;
  std::optional<double> below;
  std::optional<std::string> is;  ///< a choice id; holds when it is among the chosen ones
};

/// Any of several tables, each with conditions that must all hold. Empty: holds always (the
/// fallback).
using Rule = std::vector<std::vector<Condition>>;

/// A named area of the plane of two main scales.
struct Region {
  std::string id;
  std::string name;
  std::string text;
  Rule when;
};

enum class StepSize { small, medium, support };

struct NextStep {
  std::string id;
  std::string title;
  std::string why;
  std::string try_this;  ///< `try` in the file
  StepSize size = StepSize::small;
  int priority = 0;  ///< higher comes first
  Rule when;
};

/// Words for the file's sizes: "small", "medium", "support".
[[nodiscard]] std::string_view name_of(StepSize size);

/// What the positions of two people tend to do to each other. Its rules read main scales alone, all
/// pairings of a questionnaire at most two of them. Either person may be the one.
struct Pairing {
  std::string id;
  std::string name;
  std::string text;
  Rule one;
  Rule other;  ///< empty when `one` is: the fallback
  std::string for_one;
  std::string for_other;  ///< empty: `for_one` is for each of them
  std::string for_both;
  int priority = 0;  ///< higher comes first
};

}  // namespace attune
