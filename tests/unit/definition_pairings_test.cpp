// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

#include "definition/draft.hpp"
#include "small_definition.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Lines 45 to 57: a pairing with rules, and the fallback.
constexpr std::string_view pairings = R"([[pairings]]
id = "lean"
name = "One leans"
text = "One leans on the other."
one = { ease = { at_least = 4 } }
other = [ { ease = { below = 2 } }, { ease = { above = 4.5 } } ]
for_one = "Ask once."
for_other = "Answer once."
for_both = "Talk."
priority = 3
[[pairings]]
id = "else"
name = "Else"
text = "Nothing in particular."
for_one = "Look."
for_both = "Talk a little."
)";

constexpr std::string_view third_scale = R"([[scales]]
id = "rest"
name = "Rest"
low = "tired"
high = "rested"
[[scales]]
id = "room"
name = "Room"
low = "little"
high = "much"
[[items]]
id = "d"
text = "I sleep well."
scale = "rest"
[[items]]
id = "e"
text = "I have a room."
scale = "room"
)";

std::string changed(std::string_view from, std::string_view to) {
  return with(replaced(pairings, from, to));
}

Questionnaire sound_questionnaire() {
  const definition::Definition definition = definition::check_definition(with(pairings), {});
  REQUIRE(definition.questionnaire.has_value());
  return *definition.questionnaire;
}

// Forty bounds on one scale, more than it may be cut at.
std::string many_bounds() {
  std::string rule = "[";
  for (int i = 0; i < 40; ++i) {
    rule += " { ease = { at_least = " + std::to_string(i) + " } },";
  }
  return changed("{ ease = { at_least = 4 } }", rule + " ]");
}

}  // namespace

TEST_CASE("a pairing is read with its rules, texts and priority") {
  const Questionnaire questionnaire = sound_questionnaire();
  REQUIRE(questionnaire.pairings.size() == 2);
  const Pairing& lean = questionnaire.pairings[0];
  CHECK(lean.id == "lean");
  CHECK(lean.name == "One leans");
  CHECK(lean.text == "One leans on the other.");
  REQUIRE(lean.one.size() == 1);
  REQUIRE(lean.one[0].size() == 1);
  CHECK(lean.one[0][0].subject == Subject::scale);
  CHECK(lean.one[0][0].index == 0);
  CHECK(lean.one[0][0].at_least == 4);
  REQUIRE(lean.other.size() == 2);
  CHECK(lean.other[1][0].above == 4.5);
  CHECK(lean.for_one == "Ask once.");
  CHECK(lean.for_other == "Answer once.");
  CHECK(lean.for_both == "Talk.");
  CHECK(lean.priority == 3);
  const Pairing& fallback = questionnaire.pairings[1];
  CHECK(fallback.one.empty());
  CHECK(fallback.other.empty());
  CHECK(fallback.for_other.empty());
  CHECK(fallback.priority == 0);
}

TEST_CASE("mistakes in pairings are found in their places") {
  for (const Case& each : {
           Case{with(pairings), ""},
           Case{changed("{ ease = { at_least = 4 } }", "{ eas = { at_least = 4 } }"),
                "49:9: 'eas' is neither a scale nor an item"},
           Case{changed("{ ease = { at_least = 4 } }", "{ a = { at_least = 4 } }"),
                "49:7: a pairing is about main scales; this names something else"},
           Case{changed("{ ease = { above = 4.5 } }", "{ help = { above = 4.5 } }"),
                "50:37: a pairing is about main scales; this names something else"},
           Case{changed("{ ease = { at_least = 4 } }", "{ ease = { least = 4 } }"),
                "49:18: 'least' is not a key of this condition"},
           Case{changed("one = { ease = { at_least = 4 } }\n", ""),
                "45:1: 'one' is missing from this pairing"},
           Case{changed("other = [ { ease = { below = 2 } }, { ease = { above = 4.5 } } ]\n", ""),
                "45:1: 'other' is missing from this pairing"},
           Case{changed("for_one = \"Ask once.\"\n", ""),
                "45:1: 'for_one' is missing from this pairing"},
           Case{changed("for_both = \"Talk.\"\n", ""),
                "45:1: 'for_both' is missing from this pairing"},
           Case{changed("for_other = \"A", "for_the_other = \"A"),
                "52:1: 'for_the_other' is not a key of this pairing"},
           Case{changed("\"Ask once.\"", "\"Ask {about} once.\""),
                "51:11: {about} is not replaced here"},
           Case{changed("priority = 3", "priority = 1001"),
                "54:12: 'priority' must be from -1000 to 1000"},
           Case{changed("id = \"else\"", "id = \"lean\""), "56:6: 'lean' is given twice"},
           Case{changed("for_one = \"Look.\"\n", "for_one = \"Look.\"\nfor_other = \"See.\"\n"),
                "60:13: without rules neither person is the one or the other"},
           Case{many_bounds(), "45:1: pairings cut a scale at more than 32 places"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.problems);
  }
}

TEST_CASE("pairings without a fallback, or with two, are refused") {
  const std::string_view two = pairings;
  const std::string first(two.substr(0, two.find("[[pairings]]", 1)));
  const std::string fallback(two.substr(first.size()));
  CHECK(problems_of(with(first)) == "45:1: every pairing has rules");
  CHECK(problems_of(with(fallback)) == "");
  CHECK(problems_of(with(std::string(two) + replaced(fallback, "\"else\"", "\"more\""))) ==
        "61:1: 'more' has no rules either: it could never be chosen beside 'else'");
}

TEST_CASE("pairings are about two scales at most") {
  const std::string three = replaced(replaced(pairings, "{ ease = { below = 2 } }",
                                              "{ ease = { below = 2 }, rest = { below = 2 } }"),
                                     "one = { ease", "one = { room = { below = 2 }, ease");
  CHECK(problems_of(with(std::string(third_scale) + three)) ==
        "63:1: pairings name more than two scales");
  const std::string two = replaced(three, "room = { below = 2 }, ", "");
  CHECK(problems_of(with(std::string(third_scale) + two)) == "");
}

TEST_CASE("a rule of a pairing that can never hold earns a warning where it stands") {
  CHECK(problems_of(changed("{ ease = { above = 4.5 } }", "{ ease = { above = 5 } }"),
                    definition::CheckDepth::full) ==
        "50:37: warning: the condition on 'ease' can never hold");
  CHECK(problems_of(changed("at_least = 4", "at_least = 5.5"), definition::CheckDepth::full) ==
        "49:7: warning: the condition on 'ease' can never hold");
}

TEST_CASE("the texts of a pairing can be replaced, its rules can't") {
  const Questionnaire questionnaire = sound_questionnaire();
  constexpr std::string_view header = "format = 1\ntexts_for = 'small'\nlanguage = 'de'\n";
  const definition::TextsFile file = definition::check_texts(
      std::string(header) +
          "[pairings.lean]\nname = 'Eine lehnt sich an'\ntext = 'So ist es.'\nfor_one = 'Frag.'\n"
          "for_other = 'Antworte.'\nfor_both = 'Redet.'\n",
      questionnaire, definition::CheckDepth::use);
  CHECK(render(file.problems).empty());
  REQUIRE(file.texts.has_value());
  const Pairing lean = definition::with_texts(questionnaire, *file.texts).pairings[0];
  CHECK(lean.name == "Eine lehnt sich an");
  CHECK(lean.text == "So ist es.");
  CHECK(lean.for_one == "Frag.");
  CHECK(lean.for_other == "Antworte.");
  CHECK(lean.for_both == "Redet.");
  const definition::TextsFile key = definition::check_texts(
      std::string(header) + "[pairings.lean]\none = 'x'\n[pairings.else]\nfor_other = 'x'\n",
      questionnaire, definition::CheckDepth::use);
  CHECK(render(key.problems) ==
        "5:1: there is no text 'pairings.lean.one' to replace\n"
        "7:1: there is no text 'pairings.else.for_other' to replace");
}

TEST_CASE("what closeness says to two people is easy to read") {
  const std::ifstream file(ATTUNE_SOURCE_DIR "/questionnaires/closeness.toml");
  std::ostringstream text;
  text << file.rdbuf();
  const definition::Definition definition = definition::check_definition(text.str(), {});
  REQUIRE(definition.questionnaire.has_value());
  CHECK(definition.questionnaire->pairings.size() == 6);
  for (const Pairing& pairing : definition.questionnaire->pairings) {
    for (const std::string& each :
         {pairing.text, pairing.for_one, pairing.for_other, pairing.for_both}) {
      CHECK_MESSAGE(definition::reading_grade(each) <= 8, pairing.id, ": ", each);
    }
  }
}
