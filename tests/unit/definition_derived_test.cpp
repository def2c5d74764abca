// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

#include "small_definition.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Lines 45 to 53: a second main scale with an item.
constexpr std::string_view more = R"([[scales]]
id = "rest"
name = "Rest"
low = "tired"
high = "rested"
[[items]]
id = "d"
text = "I sleep well."
scale = "rest"
)";

// Lines 54 to 59.
constexpr std::string_view derived = R"([[derived]]
id = "strength"
name = "Strength"
low = "worn"
high = "strong"
weights = { ease = 0.5, rest = -2 }
)";

std::string definition_with(std::string_view the_derived) {
  return with(std::string(more).append(the_derived));
}

}  // namespace

TEST_CASE("a derived score is read with indexes of its scales") {
  const definition::Definition definition =
      definition::check_definition(definition_with(derived), {});
  REQUIRE(definition.questionnaire.has_value());
  const Questionnaire& questionnaire = *definition.questionnaire;
  REQUIRE(questionnaire.derived.size() == 1);
  const Derived& strength = questionnaire.derived[0];
  CHECK(strength.id == "strength");
  CHECK(strength.name == "Strength");
  CHECK(strength.low == "worn");
  CHECK(strength.high == "strong");
  REQUIRE(strength.terms.size() == 2);
  CHECK(strength.terms[0].scale == 0);
  CHECK(strength.terms[0].weight == 0.5);
  CHECK(strength.terms[1].scale == 2);
  CHECK(strength.terms[1].weight == -2);
  CHECK(find_by_id(questionnaire.derived, "strength") == 0);
  CHECK_FALSE(find_by_id(questionnaire.derived, "ease").has_value());
}

TEST_CASE("the words for the ends of a derived score may be left out") {
  const std::string text = definition_with(
      replaced(replaced(derived, "low = \"worn\"\n", ""), "high = \"strong\"\n", ""));
  CHECK(problems_of(text).empty());
}

TEST_CASE("mistakes in derived scores are found in their places") {
  constexpr std::string_view weights = "{ ease = 0.5, rest = -2 }";
  for (const Case& each : {
           Case{definition_with(derived), ""},
           Case{definition_with(replaced(derived, "rest =", "rst =")),
                "59:25: 'rst' is not a scale"},
           Case{definition_with(replaced(derived, weights, "{ ease = 1 }")),
                "59:11: a derived score is made of at least two scales"},
           Case{definition_with(replaced(derived, weights, "[1, 2]")),
                "59:11: expected a table from scales to their weights, found an array"},
           Case{definition_with(replaced(derived, "-2", "0")),
                "59:32: a weight must be from -1000 to 1000, and not 0"},
           Case{definition_with(replaced(derived, "-2", "nan")),
                "59:32: expected a number, found inf or nan"},
           Case{definition_with(replaced(derived, "-2", "-1001")),
                "59:32: a weight must be from -1000 to 1000, and not 0"},
           Case{definition_with(replaced(derived, "-2", "1001")),
                "59:32: a weight must be from -1000 to 1000, and not 0"},
           Case{definition_with(replaced(derived, "-2", "\"-2\"")),
                "59:32: expected a number, found a text"},
           Case{definition_with(replaced(derived, "rest =", "help =")),
                "59:25: the answers of 'help' count for 'ease' too"},
           Case{definition_with(replaced(derived, "weights = { ease = 0.5, rest = -2 }\n", "")),
                "54:1: 'weights' is missing from this derived score"},
           Case{definition_with(replaced(derived, "name = \"Strength\"\n", "")),
                "54:1: 'name' is missing from this derived score"},
           Case{definition_with(replaced(derived, "\"strength\"", "\"ease\"")),
                "55:6: 'ease' is the id of a scale too"},
           Case{definition_with(replaced(derived, "\"strength\"", "\"d\"")),
                "55:6: 'd' is the id of an item too"},
           Case{definition_with(std::string(derived).append(derived)),
                "61:6: 'strength' is given twice"},
           Case{definition_with(replaced(derived, "high = \"strong\"", "bands = []")),
                "58:1: 'bands' is not a key of this derived score"},
           Case{definition_with(std::string(derived) +
                                "[[next_steps]]\nid = 's'\ntitle = 't'\nwhy = 'w'\ntry = 't'\n"
                                "size = 'small'\nwhen = { strength = { below = 3 } }\n"
                                "[[next_steps]]\nid = 'f'\ntitle = 't'\nwhy = 'w'\ntry = 't'\n"
                                "size = 'small'\n"),
                "66:10: 'strength' is a derived score"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.problems);
  }
}

TEST_CASE("a rate can't take the id of a derived score") {
  const std::string rate =
      "[[items]]\nid = 'e'\ntext = 'E?'\nkind = 'choice'\n"
      "choices = [{ id = 'y', text = 'y' }, { id = 'n', text = 'n' }]\n"
      "[[rates]]\nid = 'strength'\nname = 'R'\nitem = 'e'\ncounts = ['y']\nof = ['y', 'n']\n"
      "unit = 'days'\n";
  CHECK(problems_of(definition_with(std::string(derived) + rate)) ==
        "66:6: 'strength' is the id of a derived score too");
}

TEST_CASE("an unknown scale of a derived score comes with the nearest one") {
  const std::string text = definition_with(replaced(derived, "rest =", "rst ="));
  const definition::Definition definition = definition::check_definition(text, {});
  REQUIRE(definition.problems.size() == 1);
  CHECK(definition.problems[0].advice == "did you mean 'rest'?");
}

TEST_CASE("the texts of a derived score can be replaced, its weights can't") {
  const Questionnaire questionnaire =
      *definition::check_definition(definition_with(derived), {}).questionnaire;
  constexpr std::string_view header = "format = 1\ntexts_for = 'small'\nlanguage = 'de'\n";
  const definition::TextsFile file = definition::check_texts(
      std::string(header) + "[derived.strength]\nname = 'Kraft'\nlow = 'matt'\nhigh = 'stark'\n",
      questionnaire, definition::CheckDepth::use);
  CHECK(render(file.problems).empty());
  REQUIRE(file.texts.has_value());
  const Derived strength = definition::with_texts(questionnaire, *file.texts).derived[0];
  CHECK(strength.name == "Kraft");
  CHECK(strength.low == "matt");
  CHECK(strength.high == "stark");
  const definition::TextsFile key = definition::check_texts(
      std::string(header) + "[derived.strength]\nweights = { ease = 'x' }\n", questionnaire,
      definition::CheckDepth::use);
  CHECK(render(key.problems) ==
        "5:13: there is no text 'derived.strength.weights.ease' to replace");
}
