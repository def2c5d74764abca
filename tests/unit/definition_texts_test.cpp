// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

Questionnaire starter() {
  return *definition::check_definition(definition::starter_definition("starter"), {}).questionnaire;
}

std::string render(const definition::Problems& problems) {
  std::string result;
  for (const definition::Problem& problem : problems) {
    if (!result.empty()) result += '\n';
    result += std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": ";
    if (problem.severity == definition::Severity::warning) result += "warning: ";
    result += problem.message;
  }
  return result;
}

constexpr std::string_view header = "format = 1\ntexts_for = \"starter\"\nlanguage = \"de\"\n";

}  // namespace

TEST_CASE("texts replace texts and nothing else") {
  const Questionnaire original = starter();
  const std::string text = std::string(header) + R"([questionnaire]
title = "Nähe und Raum"
[about]
partner = "meinen Partner"
[response_scales.agreement]
7 = "stimmt genau"
[scales.ease]
name = "Leichtigkeit"
[scales.ease.bands]
low = "Gerade fällt es dir schwer."
[items]
ease1 = "Ich kann {about} um Hilfe bitten."
[forms]
short = "Kurzform"
[regions.close-and-roomy]
name = "Nah und frei"
[next_steps.look-again]
try = "Trag dir ein Datum ein."
)";
  const definition::TextsFile file =
      definition::check_texts(text, original, definition::CheckDepth::use);
  CHECK(render(file.problems).empty());
  REQUIRE(file.texts.has_value());
  CHECK(file.texts->by_path.at("items.ease1") == "Ich kann {about} um Hilfe bitten.");
  const Questionnaire german = definition::with_texts(original, *file.texts);
  CHECK(german.language == "de");
  CHECK(german.title == "Nähe und Raum");
  CHECK(german.summary == original.summary);
  CHECK(german.abouts[1].phrase == "meinen Partner");
  CHECK(german.response_scales[0].labels.back().text == "stimmt genau");
  CHECK(german.scales[0].name == "Leichtigkeit");
  CHECK(german.scales[0].bands[0].text == "Gerade fällt es dir schwer.");
  CHECK(german.items[0].text == "Ich kann {about} um Hilfe bitten.");
  CHECK(german.forms[1].title == "Kurzform");
  CHECK(german.regions[0].name == "Nah und frei");
  CHECK(german.next_steps.back().try_this == "Trag dir ein Datum ein.");
  CHECK(german.items[2].reverse);
}

TEST_CASE("keys, numbers and unknown ids in a text-only file are errors in their places") {
  struct Case {
    std::string_view text;
    std::string_view problems;
  };
  for (const Case& each : {
           Case{"[items]\nease1 = 4\n",
                "5:9: expected a text: a text-only file holds no numbers, "
                "lists or rules, found a whole number"},
           Case{"[items]\nease9 = 'x'\n", "5:1: there is no text 'items.ease9' to replace"},
           Case{"[items.ease1]\nreverse = 'x'\n",
                "5:1: there is no text 'items.ease1.reverse' to replace"},
           Case{"[scales.ease]\nid = 'x'\n", "5:1: there is no text 'scales.ease.id' to replace"},
           Case{"[pairs]\nx = 'x'\n", "4:2: 'pairs' is not a key of a text-only file"},
           Case{"[items]\nease1 = 'Hilfe'\n",
                "5:9: warning: the original has {about}, this text has not"},
           Case{"[items]\nease1 = '{whom}'\n", "5:9: '{whom}' is replaced by nothing"},
           Case{"[questionnaire]\ntitle = '{about}'\n", "5:9: {about} is not replaced here"},
           Case{"[items]\nease1 = '\u202e'\n", "5:10: the character U+202E is not allowed"},
       }) {
    const std::string text = std::string(header).append(each.text);
    const definition::TextsFile file =
        definition::check_texts(text, starter(), definition::CheckDepth::use);
    CHECK_MESSAGE(render(file.problems) == each.problems, each.text);
    CHECK(file.texts.has_value() == (each.problems.find("warning") != std::string_view::npos));
  }
}

TEST_CASE("the header of a text-only file says what it is for") {
  CHECK(render(check_texts("texts_for = 'other'\nlanguage = 'xx xx'\n", starter(),
                           definition::CheckDepth::use)
                   .problems) ==
        "1:1: 'format' is missing from a text-only file\n"
        "1:13: this file is for 'other', not for 'starter'\n"
        "2:12: 'xx xx' is not a language tag");
}

TEST_CASE("a statement can't speak of {about} where the questionnaire knows nobody") {
  Questionnaire nobody = starter();
  nobody.abouts.clear();
  const definition::TextsFile file =
      definition::check_texts(std::string(header) + "[items]\nease1 = 'I trust {about}.'\n", nobody,
                              definition::CheckDepth::use);
  CHECK(!file.texts);
  CHECK(render(file.problems).find("5:9: {about} is not replaced here") == 0);
}

TEST_CASE("missing texts are warnings at full depth") {
  const definition::TextsFile file =
      definition::check_texts(header, starter(), definition::CheckDepth::full);
  CHECK(file.texts.has_value());
  const auto missing = std::count_if(file.problems.begin(), file.problems.end(),
                                     [](const definition::Problem& problem) {
                                       return problem.severity == definition::Severity::warning;
                                     });
  CHECK(missing == static_cast<std::ptrdiff_t>(file.problems.size()));
  CHECK(missing > 40);
}

TEST_CASE("answers that a text-only file makes alike are warned of at full depth") {
  const std::string text =
      std::string(header) + "[response_scales.agreement]\n1 = 'stimmt'\n7 = 'Stimmt'\n";
  const definition::TextsFile file =
      definition::check_texts(text, starter(), definition::CheckDepth::full);
  CHECK(render(file.problems)
            .find("warning: 'response_scales.agreement.1' and 'response_scales.agreement.7' have "
                  "the same text") != std::string::npos);
}

TEST_CASE("a rendered wording file reads back to the lines it was made of") {
  Questionnaire key = starter();
  std::vector<std::string> lines;
  for (Item& item : key.items) {
    item.text.clear();
    lines.push_back("Statement \"of\" \\ " + item.id + "\nwith é");
  }
  const std::string text = definition::render_wording(key, "en", lines);
  const definition::TextsFile file =
      definition::check_texts(text, key, definition::CheckDepth::use);
  CHECK(render(file.problems).empty());
  REQUIRE(file.texts.has_value());
  const Questionnaire worded = definition::with_texts(key, *file.texts);
  for (std::size_t item = 0; item < lines.size(); ++item) {
    CHECK(worded.items[item].text == lines[item]);
  }
}
