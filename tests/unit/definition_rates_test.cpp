// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <string_view>
#include <vector>

#include "attune/definition.hpp"
#include "attune/document.hpp"
#include "attune/lists.hpp"

#include "small_definition.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Lines 45 to 52: two items to count, and one that can't be. The rate's table is line 53.
constexpr std::string_view items = R"([[items]]
id = "session"
text = "What happened?"
kind = "choice"
choices = [{ id = "came", text = "I came" }, { id = "missed", text = "I missed it" },
  { id = "moved", text = "It was moved" }]
[[items]]
id = "minutes"
text = "How long?"
kind = "number"
min = 0
max = 90
)";

// Lines 57 to 64.
constexpr std::string_view rate = R"([[rates]]
id = "kept"
name = "Sessions kept"
item = "session"
counts = ["came"]
of = ["came", "missed"]
unit = "sessions"
wanted = "up"
)";

std::string definition_with(std::string_view the_rate) {
  return with(std::string(items).append(the_rate));
}

Questionnaire sound_questionnaire() {
  return *definition::check_definition(
              definition_with(std::string(rate) + "low = \"rarely there\"\n"
                                                  "typical = { text = 'about half', of = 'us', "
                                                  "source = 'here' }\nprogress = 7\n"),
              {})
              .questionnaire;
}

}  // namespace

TEST_CASE("a rate is read with indexes for its item and choices") {
  const Questionnaire questionnaire = sound_questionnaire();
  REQUIRE(questionnaire.rates.size() == 1);
  const Rate& kept = questionnaire.rates[0];
  CHECK(kept.id == "kept");
  CHECK(kept.name == "Sessions kept");
  CHECK(kept.item == 3);
  CHECK(kept.counts == std::vector<std::size_t>{0});
  CHECK(kept.of == std::vector<std::size_t>{0, 1});
  CHECK(kept.unit == "sessions");
  CHECK(kept.low == "rarely there");
  CHECK(kept.high.empty());
  REQUIRE(kept.typical.has_value());
  CHECK(kept.typical->text == "about half");
  CHECK(kept.typical->of == "us");
  CHECK(kept.wanted == Wanted::up);
  CHECK(kept.progress == 7);
}

TEST_CASE("mistakes in rates are found in their places") {
  for (const Case& each : {
           Case{definition_with(rate), ""},
           Case{definition_with(replaced(rate, "\"session\"", "\"sesion\"")),
                "60:8: 'sesion' is not an item"},
           Case{definition_with(replaced(rate, "\"session\"", "7")),
                "60:8: expected the id of an item, found a whole number"},
           Case{definition_with(replaced(rate, "\"session\"", "\"minutes\"")),
                "60:8: 'minutes' is of kind 'number'"},
           Case{definition_with(replaced(rate, "item = \"session\"\n", "")),
                "57:1: 'item' is missing from this rate"},
           Case{definition_with(replaced(rate, "[\"came\"]", "[\"cme\"]")),
                "61:11: 'cme' is not a choice of 'session'"},
           Case{definition_with(replaced(rate, "[\"came\"]", "\"came\"")),
                "61:10: expected an array of ids, found a text"},
           Case{definition_with(replaced(rate, "[\"came\"]", "[1]")),
                "61:11: expected the id of a choice, found a whole number"},
           Case{definition_with(replaced(rate, "[\"came\"]", "[]")), "61:10: no choice is named"},
           Case{definition_with(replaced(rate, "[\"came\"]", "[\"came\", \"came\"]")),
                "61:19: 'came' is named twice"},
           Case{definition_with(replaced(rate, "[\"came\"]", "[\"came\", \"moved\"]")),
                "61:10: 'moved' is in 'counts', but not in 'of'"},
           Case{definition_with(replaced(rate, "[\"came\"]", "[\"missed\", \"came\"]")),
                "61:10: 'counts' names every choice of 'of'"},
           Case{definition_with(replaced(rate, "of = [\"came\", \"missed\"]\n", "")),
                "57:1: 'of' is missing from this rate"},
           Case{definition_with(replaced(rate, "unit = \"sessions\"", "units = \"sessions\"")),
                "57:1: 'unit' is missing from this rate\n63:1: 'units' is not a key of this rate"},
           Case{definition_with(replaced(rate, "\"up\"", "\"more\"")),
                "64:10: 'more' is not known here"},
           Case{definition_with(replaced(rate, "\"kept\"", "\"ease\"")),
                "58:6: 'ease' is the id of a scale too"},
           Case{definition_with(std::string(rate).append(rate)), "66:6: 'kept' is given twice"},
           Case{definition_with(replaced(rate, "wanted = \"up\"", "typical = 0.5")),
                "64:11: expected a table, found a number"},
           Case{definition_with(replaced(rate, "wanted = \"up\"", "typical = { text = 'x' }")),
                "64:11: 'of' is missing from 'typical'\n64:11: 'source' is missing from "
                "'typical'"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.problems);
  }
}

TEST_CASE("what earlier versions counted together is passed over") {
  CHECK(problems_of(definition_with("[[together]]\nitems = ['session', 'minutes']\n")).empty());
}

TEST_CASE("the place of a growth measure is a whole number from 1 to 1000") {
  CHECK(problems_of(definition_with(std::string(rate) + "progress = 0\n")) ==
        "65:12: 'progress' must be from 1 to 1000");
  CHECK(problems_of(replaced(sound, "high = \"easy\"", "high = \"easy\"\nprogress = 1001")) ==
        "25:12: 'progress' must be from 1 to 1000");
  const std::string text = replaced(sound, "high = \"easy\"", "high = \"easy\"\nprogress = 3");
  const Questionnaire questionnaire = *definition::check_definition(text, {}).questionnaire;
  CHECK(questionnaire.scales[0].progress == 3);
  CHECK_FALSE(questionnaire.scales[1].progress.has_value());
}

TEST_CASE("a misspelt choice of a rate comes with the nearest one") {
  const std::string text = definition_with(replaced(rate, "[\"came\"]", "[\"cme\"]"));
  const definition::Definition definition = definition::check_definition(text, {});
  REQUIRE(definition.problems.size() == 1);
  CHECK(definition.problems[0].advice == "did you mean 'came'?");
}

TEST_CASE("the texts of a rate can be replaced, its key can't") {
  const Questionnaire questionnaire = sound_questionnaire();
  constexpr std::string_view header = "format = 1\ntexts_for = 'small'\nlanguage = 'de'\n";
  const definition::TextsFile file = definition::check_texts(
      std::string(header) +
          "[rates.kept]\nname = 'Termine'\nunit = 'Sitzungen'\nlow = 'selten da'\n"
          "typical = { text = 'die Hälfte', of = 'wir' }\n",
      questionnaire, definition::CheckDepth::use);
  CHECK(render(file.problems).empty());
  REQUIRE(file.texts.has_value());
  const Rate kept = definition::with_texts(questionnaire, *file.texts).rates[0];
  CHECK(kept.name == "Termine");
  CHECK(kept.unit == "Sitzungen");
  CHECK(kept.low == "selten da");
  CHECK(kept.typical->text == "die Hälfte");
  CHECK(kept.typical->of == "wir");
  const definition::TextsFile key =
      definition::check_texts(std::string(header) + "[rates.kept]\nitem = 'minutes'\n",
                              questionnaire, definition::CheckDepth::use);
  CHECK(render(key.problems) == "5:1: there is no text 'rates.kept.item' to replace");
}

TEST_CASE("a questionnaire is shown with what is counted over many entries") {
  const Questionnaire questionnaire = sound_questionnaire();
  const std::string text = report::render_text(report::questionnaire_document(questionnaire), {});
  CHECK(text.find("kept (Sessions kept): the share of sessions over many records, session in") !=
        std::string::npos);
}
