// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "attune/report.hpp"

#include "sample_comparison.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using Json = nlohmann::ordered_json;

TEST_CASE("the pairing is named with its chances, and who is who in it") {
  const std::string text = text_of(sample_comparison());
  CHECK(has(text,
            "Your two positions fit the pattern 'One reaches' best; with the margin of error, the "
            "chances for it are more than 9 in 10."));
  CHECK(has(text, "One of you: Ana"));
  CHECK(has(text, "The other: Ben"));
  CHECK(has(text, "Text of reach."));
  const report::Document document = report::comparison_document(sample_comparison());
  CHECK(below_heading(document, "For Ana") == "Step of one.");
  CHECK(below_heading(document, "For Ben") == "Step of the other.");
  CHECK(below_heading(document, "For both of you") == "Step of both.");
}

TEST_CASE("swapping the two swaps roles, steps and signs") {
  report::Comparison comparison = sample_comparison();
  std::swap(comparison.first, comparison.second);
  const report::Document document = report::comparison_document(comparison);
  CHECK(below_heading(document, "For Ana") == "Step of one.");
  CHECK(below_heading(document, "For Ben") == "Step of the other.");
  const std::string out = report::render_text(document, {});
  CHECK(has(out, "  Anxiety    2.0 ± 0.6  5.0 ± 0.6  +3.0 ± 0.8\n"));
  CHECK(has(out, "One of you  Ana\n"));
  const Json json = Json::parse(report::comparison_json(comparison));
  CHECK(json["pairing"]["one"] == "second");
  CHECK(json["pairing"]["steps"]["first"] == "Step of the other.");
}

TEST_CASE("where both are alike, each has the same step and nobody a role") {
  report::Comparison comparison = sample_comparison();
  comparison.first = person("Ana", 2, 2);
  comparison.second = person("Ben", 1.5, 1.5);
  const report::Document document = report::comparison_document(comparison);
  CHECK(below_heading(document, "For each of you") == "Step of each.");
  CHECK(below_heading(document, "For Ana").empty());
  CHECK_FALSE(has(text_of(comparison), "One of you"));
  CHECK_FALSE(has(text_of(comparison), "either place"));
}

TEST_CASE("where either can be in either place, each reads both steps") {
  report::Comparison comparison = sample_comparison();
  comparison.first = person("Ana", 6, 6);
  comparison.second = person("Ben", 6, 6);
  const report::Document document = report::comparison_document(comparison);
  CHECK(below_heading(document, "For each of you") ==
        "On a day when you are the one named first: Step of one.\n"
        "On a day when you are the other: Step of the other.\n");
  CHECK(has(text_of(comparison), "each of you can be in either place"));
  const Json steps = Json::parse(report::comparison_json(comparison))["pairing"]["steps"];
  CHECK(steps["first"] == "Step of one.");
  CHECK(steps["second"] == "Step of one.");
  CHECK(steps["other"] == "Step of the other.");
}

TEST_CASE("where no pairing is clear none is named, and the fallback speaks") {
  report::Comparison comparison = sample_comparison();
  comparison.first = person("Ana", 4, 4);
  comparison.second = person("Ben", 4, 4);
  const std::string text = text_of(comparison);
  CHECK(has(text, "Your scores do not clearly suggest how you affect each other"));
  CHECK(has(text, "Text of the middle."));
  CHECK_FALSE(has(text, "Near the middle"));
  CHECK_FALSE(has(text, "One reaches"));
  CHECK(below_heading(report::comparison_document(comparison), "For each of you") ==
        "Step of anyone.");
  const Json pairing = Json::parse(report::comparison_json(comparison))["pairing"];
  CHECK(pairing["id"] == "else");
  CHECK(pairing["clear"] == false);
  CHECK(pairing["one"] == nullptr);
}

TEST_CASE("a questionnaire without pairings says nothing about a pair") {
  report::Comparison comparison = sample_comparison();
  comparison.questionnaire.pairings.clear();
  CHECK_FALSE(has(text_of(comparison), "Between the two of you"));
}
