// SPDX-License-Identifier: MIT
#include "attune/definition.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "small_definition.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

std::string shipped(std::string_view id) {
  const std::ifstream file(std::string(ATTUNE_SOURCE_DIR "/questionnaires/").append(id) + ".toml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a sound definition becomes a questionnaire with indexes for references") {
  const definition::Definition definition =
      definition::check_definition(sound, definition::CheckDepth::use, "small");
  CHECK(render(definition.problems).empty());
  REQUIRE(definition.questionnaire.has_value());
  const Questionnaire& questionnaire = *definition.questionnaire;
  CHECK(questionnaire.title == "Small");
  CHECK(questionnaire.minutes == 2);
  CHECK_FALSE(questionnaire.recheck_days.has_value());
  CHECK(questionnaire.abouts.front().phrase == "my partner");
  CHECK(questionnaire.response_scales.front().labels.back().text == "yes");
  CHECK(questionnaire.scales[1].parent == 0);
  CHECK(questionnaire.scales[0].bands[0].below == 3);
  CHECK_FALSE(questionnaire.scales[0].bands[1].below.has_value());
  CHECK(questionnaire.scales[0].min_answered == 0.8);
  CHECK(questionnaire.items[1].reverse);
  CHECK(questionnaire.items[2].scale == 0);
  REQUIRE(questionnaire.forms.size() == 1);
  CHECK(questionnaire.forms[0].id == "full");
  CHECK(questionnaire.forms[0].items == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("all kinds of items, rules, forms, pairs, regions and steps are read") {
  const std::string text = with(R"([[items]]
id = "urge"
text = "Which?"
kind = "choice"
multiple = true
choices = [{ id = "stay", text = "stay" }, { id = "go", text = "go" }]
[[items]]
id = "minutes"
text = "How long?"
kind = "number"
min = 0
max = 90.5
unit = "minutes"
ask_when = [{ urge = { is = "go" } }, { a = { above = 2, at_most = 4 } }]
[[items]]
id = "note"
text = "A line."
kind = "text"
[[forms]]
id = "short"
items = ["c", "a"]
[[pairs]]
items = ["a", "b"]
relation = "opposite"
[[next_steps]]
id = "rest"
title = "Rest"
why = "It helps."
try = "Sit down."
size = "support"
priority = -2
)");
  const definition::Definition definition = definition::check_definition(text, {});
  CHECK(render(definition.problems).empty());
  REQUIRE(definition.questionnaire.has_value());
  const Questionnaire& questionnaire = *definition.questionnaire;
  CHECK(questionnaire.items[3].kind == ItemKind::choice);
  CHECK(questionnaire.items[3].multiple);
  CHECK(questionnaire.items[4].max == 90.5);
  const Rule& rule = questionnaire.items[4].ask_when;
  REQUIRE(rule.size() == 2);
  CHECK(rule[0][0].is == "go");
  CHECK(rule[1][0].subject == Subject::item);
  CHECK(rule[1][0].above == 2);
  CHECK(rule[1][0].at_most == 4);
  CHECK(questionnaire.items[5].kind == ItemKind::text);
  CHECK(questionnaire.forms[1].items == std::vector<std::size_t>{2, 0});
  CHECK(questionnaire.pairs[0].relation == Relation::opposite);
  CHECK(questionnaire.next_steps[0].size == StepSize::support);
  CHECK(questionnaire.next_steps[0].priority == -2);
  CHECK(questionnaire.next_steps[0].try_this == "Sit down.");
}

TEST_CASE("unknown names come with the nearest known ones") {
  const definition::Definition definition =
      definition::check_definition(replaced(sound, "minutes = 2", "minuts = 2"), {});
  REQUIRE(definition.problems.size() == 1);
  CHECK(definition.problems[0].advice == "did you mean 'minutes'?");
}

TEST_CASE("ten different mistakes are reported in ten places, in order") {
  std::string text = replaced(sound, "version = \"1.0.0\"", "version = \"one\"");
  text = replaced(text, "title = ", "titel = ");
  text = replaced(text, "\"en\"", "\"english\"");
  text = replaced(text, "max = 5", "max = \"5\"");
  text = replaced(text, "name = \"Ease\"", "name = \"\"");
  text = replaced(text, "parent = \"ease\"", "parent = \"easy\"");
  text = replaced(text, "scale = \"help\"", "scale = \"helps\"");
  text = replaced(text, "reverse = true", "reverse = yes_no");
  text = replaced(text, "yes_no", "\"yes\"");
  text += "[[pairs]]\nitems = ['a', 'q']\nrelation = 'alike'\n";
  CHECK(problems_of(text) ==
        "2:1: 'title' is missing from [questionnaire]\n"
        "4:11: 'one' is not a version\n"
        "5:1: 'titel' is not a key of [questionnaire]\n"
        "8:12: 'english' is not a language tag\n"
        "18:7: expected a whole number, found a text\n"
        "22:8: the text is empty\n"
        "31:10: 'easy' is not a scale that stands before this one\n"
        "35:9: 'helps' is not a scale of this questionnaire\n"
        "40:11: expected true or false, found a text\n"
        "46:15: 'q' is not an item\n"
        "47:12: 'alike' is not known here");
}

TEST_CASE("limits of a definition hold") {
  std::string items;
  for (int item = 0; item < 501; ++item) {
    items += "[[items]]\nid = 'i" + std::to_string(item) + "'\ntext = 'x'\nscale = 'ease'\n";
  }
  CHECK(problems_of(with(items)) == "2033:1: there are more than 500 of 'items'");
  const std::string long_text(4001, 'x');
  CHECK(problems_of(replaced(sound, "I feel at ease.", long_text)) ==
        "43:8: the text is longer than 4,000 characters");
  CHECK(problems_of(replaced(sound, "I feel at ease.", long_text.substr(1))).empty());
  std::string choices;
  for (int choice = 0; choice < 51; ++choice) {
    choices += "{ id = 'c" + std::to_string(choice) + "', text = 'x' },\n";
  }
  CHECK(problems_of(with("[[items]]\nid = 'd'\ntext = 'x'\nkind = 'choice'\nchoices = [\n" +
                         choices + "]\n")) == "100:1: there are more than 50 of 'choices'");
}

TEST_CASE("parts in the place of others are refused without harm") {
  for (const std::string_view text :
       {"format = 1\nquestionnaire = 1\nabout = []\nscales = 3\nitems = [1]\nforms = {}\n",
        "items = [[[]]]\nregions = 'x'\n[next_steps]\n[[about]]\n",
        "[[items]]\nid = 'a'\ntext = 'x'\nscale = 'x'\n[[regions]]\nwhen = { a = { below = 3 } "
        "}\n",
        // Found by fuzzing: two axes and nothing that gives them a range.
        "[[scales]]\nid = 'x'\n[[scales]]\nid = 'y'\n[[items]]\nid = 'a'\nscale = 'x'\n"
        "[[regions]]\nwhen = { x = { below = 3 }, y = { above = 1 } }\n"}) {
    const definition::Definition definition =
        definition::check_definition(text, definition::CheckDepth::full);
    CHECK_FALSE(definition.questionnaire.has_value());
    CHECK(definition.problems.size() > 3);
  }
}

TEST_CASE("the shipped questionnaires and the starter pass the full check in silence") {
  for (const std::string_view id : {"closeness", "growth", "moment", "support"}) {
    const std::string text = shipped(id);
    REQUIRE_FALSE(text.empty());
    const definition::Definition definition =
        definition::check_definition(text, definition::CheckDepth::full, std::string(id));
    CHECK_MESSAGE(render(definition.problems).empty(), id);
  }
  const definition::Definition starter = definition::check_definition(
      definition::starter_definition("my-own"), definition::CheckDepth::full, "my-own");
  CHECK(render(starter.problems).empty());
  CHECK(starter.questionnaire->items.size() == 8);
}
