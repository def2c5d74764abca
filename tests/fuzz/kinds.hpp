// SPDX-License-Identifier: MIT
#pragma once

/// A small questionnaire with every kind of item, part and rule.

#include <string>
#include <string_view>

#include "attune/definition.hpp"

#include "oracle.hpp"

namespace attune::test {

// "@ask@" stands for a rule over items, "@step@" for one over scales and items.
inline constexpr std::string_view kinds_text = R"toml(format = 1
[questionnaire]
id = "kinds"
version = "1.0.0"
title = "Every kind"
summary = "For tests."
instructions = "Answer\nas it is."
language = "en"
status = "made for tests"
source = "Written for attune"
license = "CC0-1.0"
[about]
general = "the people closest to me"
partner = "my partner"
[[response_scales]]
id = "seven"
min = 1
max = 7
labels = { 1 = "no", 4 = "in between", 7 = "yes" }
[[response_scales]]
id = "eleven"
min = 0
max = 10
labels = { 0 = "none", 10 = "all" }
[[scales]]
id = "p"
name = "P"
low = "little of p"
high = "much of p"
min_answered = 0.5
bands = [ { id = "low", below = 4, text = "There is little." }, { id = "high", text = "There is much." } ]
typical = { low = 2, high = 3, of = "people of tests", source = "made up" }
[[scales]]
id = "f"
name = "F"
low = "little of f"
high = "much of f"
parent = "p"
[[scales]]
id = "q"
name = "Q"
low = "little of q"
high = "much of q"
[[derived]]
id = "z"
name = "Z"
low = "little of z"
high = "much of z"
weights = { p = 0.5, q = -0.5 }
[[items]]
id = "a"
text = "I lean on {about}."
scale = "f"
[[items]]
id = "b"
text = "I rest."
scale = "q"
response_scale = "eleven"
[[items]]
id = "c"
text = "Which one was it?"
kind = "choice"
choices = [ { id = "x", text = "the first" }, { id = "y", text = "the second" }, { id = "z", text = "the third" } ]
[[items]]
id = "n"
text = "For how long?"
kind = "number"
unit = "hours"
min = -1.5
max = 24
ask_when = [ { c = { is = "y" } }, { a = { below = 3 }, b = { above = 5 } } ]
[[items]]
id = "m"
text = "What else, \u4e2d\u6587?"
kind = "choice"
multiple = true
choices = [ { id = "one", text = "one" }, { id = "two", text = "two" }, { id = "3", text = "not one" } ]
[[items]]
id = "w"
text = "Which of twelve?"
kind = "choice"
choices = [ { id = "ca", text = "A" }, { id = "cb", text = "B" }, { id = "cc", text = "C" }, { id = "cd", text = "D" }, { id = "ce", text = "E" }, { id = "cf", text = "F" }, { id = "cg", text = "G" }, { id = "ch", text = "H" }, { id = "ci", text = "I" }, { id = "cj", text = "J" }, { id = "ck", text = "K" }, { id = "cl", text = "L" } ]
ask_when = { m = { is = "two" } }
[[items]]
id = "t"
text = "A line, if you like."
kind = "text"
[[items]]
id = "k"
text = "I keep it from {about}."
scale = "p"
reverse = true
ask_when = @ask@
[[items]]
id = "d"
text = "I am awake."
scale = "q"
response_scale = "eleven"
reverse = true
[[forms]]
id = "short"
title = "Short form"
items = ["t", "a", "d"]
[[rates]]
id = "share"
name = "Share"
item = "c"
counts = ["x"]
of = ["x", "y"]
unit = "days"
low = "hardly"
high = "often"
typical = { text = "varies", of = "people of tests", source = "made up" }
[[regions]]
id = "all"
name = "All"
text = "Everyone is here."
when = [ { p = { below = 4 }, q = { below = 5 } }, { p = { at_least = 4 }, q = { below = 5 } } ]
[[regions]]
id = "rest"
name = "Rest"
text = "Nearly everyone is here."
when = { q = { at_least = 5 } }
[[next_steps]]
id = "one"
title = "One"
why = "Because."
try = "Try."
size = "small"
when = @step@
[[next_steps]]
id = "two"
title = "Two"
why = "Because."
try = "Try."
size = "small"
[[pairings]]
id = "alike"
name = "Alike"
text = "Both have much."
one = { p = { at_least = 4 } }
other = { p = { at_least = 4 } }
for_one = "Rest."
for_other = "Wait."
for_both = "Talk."
[[pairings]]
id = "else"
name = "Else"
text = "Anything else."
for_one = "Rest."
for_both = "Talk."
)toml";

inline std::string kinds_definition(std::string_view ask, std::string_view step) {
  std::string text(kinds_text);
  const auto put = [&](std::string_view what, std::string_view with) {
    text.replace(text.find(what), what.size(), with);
  };
  put("@ask@", ask);
  put("@step@", step);
  return text;
}

inline const Questionnaire& kinds() {
  static const definition::Definition definition = definition::check_definition(
      kinds_definition("{ a = { at_least = 4 } }", "{ p = { at_least = 4 } }"),
      definition::CheckDepth::full, "kinds");
  expect(definition.questionnaire.has_value(), "the questionnaire of these tests has no errors");
  return *definition.questionnaire;
}

}  // namespace attune::test
