// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>

#include "attune/codebook.hpp"

#include "item_kinds.hpp"
#include "report_checks.hpp"
#include "sample_profile.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;
using Json = nlohmann::ordered_json;

namespace {

Json questionnaire_of(const Questionnaire& questionnaire, std::optional<std::size_t> about = {}) {
  return Json::parse(codebook_fhir({questionnaire, std::string(64, 'a'), about}));
}

/// The last item of `kinds`, asked by `rule`.
Json asked_by(const Rule& rule) {
  Questionnaire questionnaire = kinds();
  questionnaire.items[4].ask_when = rule;
  return questionnaire_of(questionnaire)["item"][4];
}

}  // namespace

TEST_CASE("a Questionnaire has the elements that identify it") {
  Questionnaire questionnaire = sample_questionnaire();
  questionnaire.instructions = "Take your time.";
  questionnaire.id = "ecr-r.2";
  const Json json = questionnaire_of(questionnaire);
  CHECK(json["resourceType"] == "Questionnaire");
  CHECK(json["url"] == "urn:attune:questionnaire:ecr-r.2");
  CHECK(json["version"] == "1.2.0");
  CHECK(json["name"] == "EcrR2");
  CHECK(json["status"] == "active");
  CHECK(json["identifier"][0]["value"] == std::string(64, 'a'));
  CHECK(json["description"] == "Status: original, not yet validated");
  CHECK(json["item"][0]["type"] == "display");
  CHECK(json["item"][0]["text"] == "Take your time.");
  CHECK_FALSE(json.contains("copyright"));  // FHIR has no empty texts
}

TEST_CASE(
    "the name of a Questionnaire can be used by programs even if its id begins with a digit") {
  Questionnaire questionnaire = sample_questionnaire();
  questionnaire.id = "16pf";
  CHECK(questionnaire_of(questionnaire)["name"] == "Questionnaire16pf");
}

TEST_CASE("the ordinal value of an answer is what it counts in the score") {
  const Json items = questionnaire_of(sample_questionnaire(), 1)["item"];
  CHECK(items[2]["linkId"] == "protest3");
  CHECK(items[2]["text"] == "Statement protest3 about my partner.");
  REQUIRE(items[2]["answerOption"].size() == 7);
  // Answers run from 1 to 7; reversed, 1 counts 8 − 1.
  CHECK(items[2]["answerOption"][0]["extension"][0]["valueDecimal"] == 7);
  CHECK(
      items[2]["answerOption"][0]["valueCoding"] ==
      Json::parse(R"({"system":"urn:attune:rating:sample:agreement","code":"1","display":"no"})"));
  CHECK(items[0]["answerOption"][0]["extension"][0]["valueDecimal"] == 1);
  CHECK(items[0]["answerOption"][1]["valueCoding"]["display"] == "2");
}

TEST_CASE("each kind of item has its type in FHIR") {
  const Json items = questionnaire_of(kinds())["item"];
  CHECK(items[0]["type"] == "choice");
  CHECK(items[1]["type"] == "decimal");
  CHECK(items[1]["extension"] == Json::parse(R"([
          {"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":0},
          {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDecimal":600},
          {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
           "valueCoding":{"display":"minutes"}}])"));
  CHECK(items[2]["type"] == "choice");
  CHECK_FALSE(items[2].contains("repeats"));
  CHECK_FALSE(items[2]["answerOption"][0].contains("extension"));
  CHECK(items[3]["repeats"] == true);
  CHECK(items[4]["type"] == "string");
  CHECK(items[4]["maxLength"] == 4000);
  for (const Json& item : items) CHECK(item["required"] == false);
}

TEST_CASE("a choice that has to be made enables an item") {
  Condition cling = item_condition(2);
  cling.is = "cling";
  const Json item = asked_by({{cling}});
  CHECK(item["enableWhen"] == Json::parse(R"([{"question":"urge","operator":"=","answerCoding":
    {"system":"urn:attune:choice:sample:urge","code":"cling","display":"to cling"}}])"));
  CHECK_FALSE(item.contains("enableBehavior"));
}

TEST_CASE("alternatives of one condition each are joined by any") {
  Condition cling = item_condition(2);
  cling.is = "cling";
  Condition brief = item_condition(1);
  brief.below = 7.5;
  const Json item = asked_by({{cling}, {brief}});
  REQUIRE(item["enableWhen"].size() == 2);
  CHECK(item["enableBehavior"] == "any");
  CHECK(item["enableWhen"][1] ==
        Json::parse(R"({"question":"minutes","operator":"<","answerDecimal":7.5})"));
}

TEST_CASE("a bound on a rating lists the answers within it") {
  Condition strong = item_condition(0);
  strong.at_least = 2;
  const Json item = asked_by({{strong}});
  REQUIRE(item["enableWhen"].size() == 2);
  CHECK(item["enableBehavior"] == "any");
  CHECK(item["enableWhen"][0]["answerCoding"]["code"] == "2");
  CHECK(item["enableWhen"][1]["answerCoding"]["code"] == "3");
}

TEST_CASE("conditions that must all hold leave out the answers outside their bounds") {
  Condition strong = item_condition(0);
  strong.at_least = 2;
  Condition minutes = item_condition(1);
  minutes.above = 5;
  minutes.at_most = 60;
  const Json item = asked_by({{strong, minutes}});
  REQUIRE(item["enableWhen"].size() == 4);
  CHECK(item["enableBehavior"] == "all");
  CHECK(item["enableWhen"][0] ==
        Json::parse(R"({"question":"strength","operator":"exists","answerBoolean":true})"));
  CHECK(item["enableWhen"][1]["operator"] == "!=");
  CHECK(item["enableWhen"][1]["answerCoding"]["code"] == "1");
  CHECK(item["enableWhen"][2]["operator"] == ">");
  CHECK(item["enableWhen"][3]["operator"] == "<=");
}

TEST_CASE("a bound that one answer alone meets is a test for that answer") {
  Condition weak = item_condition(0);
  weak.below = 2;
  Condition cling = item_condition(2);
  cling.is = "cling";
  const Json item = asked_by({{weak, cling}});
  REQUIRE(item["enableWhen"].size() == 2);
  CHECK(item["enableBehavior"] == "all");
  CHECK(item["enableWhen"][0]["operator"] == "=");
  CHECK(item["enableWhen"][0]["answerCoding"]["code"] == "1");
}

TEST_CASE("what enableWhen can't say is a note to the designer") {
  Condition minutes = item_condition(1);
  minutes.above = 5;
  minutes.at_most = 60;
  Condition cling = item_condition(2);
  cling.is = "cling";
  const Json item = asked_by({{minutes}, {cling}});
  CHECK_FALSE(item.contains("enableWhen"));
  CHECK(item["extension"][0]["url"] == "http://hl7.org/fhir/StructureDefinition/designNote");
  CHECK(
      item["extension"][0]["valueMarkdown"] ==
      "To be asked only when minutes is above 5 and at most 60 or urge is cling. enableWhen can't "
      "say that.");
}

TEST_CASE("a Questionnaire is one line of JSON, whatever the texts hold") {
  for (const std::string& text : hostile_texts()) {
    Questionnaire questionnaire = sample_questionnaire();
    questionnaire.status = text;
    questionnaire.items[0].text = text;
    const std::string out = codebook_fhir({questionnaire, "", {}});
    CHECK(out.find('\n') == out.size() - 1);
    CHECK(out.find('\x1B') == std::string::npos);
    CHECK(Json::accept(out));
  }
}
