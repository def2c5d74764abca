// SPDX-License-Identifier: MIT
#pragma once

/// A small sound definition, ways to break it, and its problems as text to compare.

#include <doctest/doctest.h>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

namespace attune::test {

// 44 lines, so what a test adds begins in line 45.
inline constexpr std::string_view sound = R"(format = 1
[questionnaire]
id = "small"
version = "1.0.0"
title = "Small"
summary = "A small one."
instructions = "Answer."
language = "en"
status = "a test"
source = "here"
license = "MIT"
minutes = 2
[about]
partner = "my partner"
[[response_scales]]
id = "five"
min = 1
max = 5
labels = { 1 = "no", 5 = "yes" }
[[scales]]
id = "ease"
name = "Ease"
low = "hard"
high = "easy"
bands = [{ id = "low", below = 3, text = "Low." }, { id = "high", text = "High." }]
[[scales]]
id = "help"
name = "Help"
low = "alone"
high = "helped"
parent = "ease"
[[items]]
id = "a"
text = "I ask {about} for help."
scale = "help"
[[items]]
id = "b"
text = "I do it alone."
scale = "help"
reverse = true
[[items]]
id = "c"
text = "I feel at ease."
scale = "ease"
)";

inline std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result(text);
  const std::size_t at = result.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return result.replace(at, from.size(), to);
}

inline std::string with(std::string_view addition) { return std::string(sound).append(addition); }

// Every problem as "line:column: message", one a line; warnings are marked.
inline std::string render(const definition::Problems& problems) {
  std::string result;
  for (const definition::Problem& problem : problems) {
    if (!result.empty()) result += '\n';
    result += std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": ";
    if (problem.severity == definition::Severity::warning) result += "warning: ";
    result += problem.message;
  }
  return result;
}

inline std::string problems_of(std::string_view text,
                               definition::CheckDepth depth = definition::CheckDepth::use) {
  const definition::Definition definition = definition::check_definition(text, depth);
  bool errors = false;
  for (const definition::Problem& problem : definition.problems) {
    errors = errors || problem.severity == definition::Severity::error;
  }
  CHECK(definition.questionnaire.has_value() == !errors);
  return render(definition.problems);
}

struct Case {
  std::string text;
  std::string_view problems;
};

}  // namespace attune::test
