// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/profile.hpp"

#include "item_kinds.hpp"
#include "report_checks.hpp"
#include "sample_profile.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;
using Json = nlohmann::ordered_json;

namespace {

Json bundle_of(const Profile& profile) { return Json::parse(profile_fhir(profile)); }

Json observation(const Profile& profile, std::size_t scale) {
  return bundle_of(profile)["entry"][1 + scale]["resource"];
}

// The part of a score with this code; null where there is none.
Json part_of(const Json& observation, const std::string& code) {
  for (const Json& part : observation["component"]) {
    if (part["code"]["coding"][0]["code"] == code) return part;
  }
  return nullptr;
}

Json answers_of(const std::vector<std::optional<Answer>>& answers) {
  Profile profile;
  profile.questionnaire = kinds();
  profile.record.questionnaire = "sample";
  profile.record.version = "1.0.0";
  profile.responses = empty_responses(profile.questionnaire);
  profile.responses.answers = answers;
  return bundle_of(profile)["entry"][0]["resource"]["item"];
}

}  // namespace

TEST_CASE("a skipped item has no answer, one that was not asked is left out") {
  const Json items = answers_of({Skipped{}, std::nullopt, ChosenIds{"cling"}, std::nullopt, {}});
  REQUIRE(items.size() == 2);
  CHECK(items[0]["linkId"] == "strength");
  CHECK_FALSE(items[0].contains("answer"));
  CHECK(items[1]["linkId"] == "urge");
  CHECK(items[1]["answer"][0]["valueCoding"]["display"] == "to cling");
}

TEST_CASE("answers have the codes of the questionnaire") {
  const Json items = answers_of({3.0, 12.5, std::nullopt, ChosenIds{"sad", "calm"}, std::nullopt});
  CHECK(items[0]["answer"] == Json::parse(R"([{"valueCoding":
    {"system":"urn:attune:rating:sample:agreement","code":"3","display":"yes"}}])"));
  CHECK(items[1]["answer"] == Json::parse(R"([{"valueDecimal":12.5}])"));
  REQUIRE(items[2]["answer"].size() == 2);
  CHECK(items[2]["answer"][1]["valueCoding"]["code"] == "calm");
}

TEST_CASE("a line in one's own words is masked and never written") {
  const Json items = answers_of({{}, {}, {}, {}, std::string("between us")});
  CHECK(items.dump().find("between us") == std::string::npos);
  CHECK(items[0]["answer"][0]["_valueString"]["extension"][0]["valueCode"] == "masked");
}

TEST_CASE("the note of a record is never written") {
  Profile profile = sample_profile();
  profile.record.note = "between us";
  CHECK(profile_fhir(profile).find("between us") == std::string::npos);
}

TEST_CASE("a score is an Observation with its error and interval") {
  const Json json = observation(sample_profile(), 1);
  CHECK(
      json["code"]["coding"][0] ==
      Json::parse(R"({"system":"urn:attune:scale:sample","code":"avoidance","version":"1.2.0"})"));
  CHECK(json["code"]["text"] == "Avoidance");
  CHECK(json["status"] == "final");
  CHECK(json["effectiveDateTime"] == "2026-11-24T09:14:00+01:00");
  CHECK(json["valueQuantity"] == Json::parse(R"({"value":5.5,"unit":"score",
    "system":"http://unitsofmeasure.org","code":"{score}"})"));
  CHECK(part_of(json, "standard-error")["valueQuantity"]["value"] == 0.3);
  CHECK(part_of(json, "interval")["valueRange"]["low"]["value"] == 4.9);
  CHECK(part_of(json, "answered")["valueInteger"] == 2);
  CHECK(part_of(json, "items")["valueInteger"] == 3);
  CHECK(part_of(json, "about")["valueCodeableConcept"]["coding"][0]["code"] == "partner");
  CHECK(json["note"][0]["text"].get<std::string>().starts_with("Standard error 0.3, "));
}

TEST_CASE("a score of full precision reads back to the last bit") {
  CHECK(observation(sample_profile(), 0)["valueQuantity"]["value"].get<double>() == 10.0 / 3);
}

TEST_CASE("a scale that is not scored says why and has no value") {
  Profile profile = sample_profile();
  profile.scores[0].estimate.reset();
  profile.scores[0].reason = "only 1 of 6 items answered; 3 are needed";
  profile.scores[1] = {};
  profile.scores[1].reason = "the form has no items of this scale";
  const Json json = observation(profile, 0);
  CHECK_FALSE(json.contains("valueQuantity"));
  CHECK(json["dataAbsentReason"]["coding"][0]["code"] == "not-performed");
  CHECK(json["dataAbsentReason"]["text"] == "only 1 of 6 items answered; 3 are needed");
  CHECK(part_of(json, "standard-error").is_null());
  CHECK(observation(profile, 1)["dataAbsentReason"]["coding"][0]["code"] == "not-asked");
}

TEST_CASE("each score refers to the response it was computed from") {
  const Json bundle = bundle_of(sample_profile());
  REQUIRE(bundle["entry"].size() == 1 + 5);
  const Json& url = bundle["entry"][0]["fullUrl"];
  for (std::size_t i = 1; i < 6; ++i) {
    CHECK(bundle["entry"][i]["resource"]["derivedFrom"][0]["reference"] == url);
  }
}

TEST_CASE("a kept record names its response for good") {
  Profile profile = sample_profile();
  profile.record.id = "k3v9x0a1b2";
  const Json before = bundle_of(profile);
  // uuid.uuid5(uuid.NAMESPACE_URL, "urn:attune:record:k3v9x0a1b2") of Python 3.11.
  CHECK(before["entry"][0]["fullUrl"] == "urn:uuid:1394fdaf-dd5e-564f-a577-bacca2e9db18");
  CHECK(before["entry"][0]["resource"]["identifier"]["value"] == "k3v9x0a1b2");
  profile.record.scored_with = std::string(64, 'b');
  CHECK(bundle_of(profile)["entry"][1]["fullUrl"] == before["entry"][1]["fullUrl"]);
}

TEST_CASE("two sittings that were not kept have different names") {
  Profile profile = sample_profile();
  const Json first = bundle_of(profile)["entry"][0];
  CHECK_FALSE(first["resource"].contains("identifier"));
  profile.record.taken_at.microseconds += 1;
  CHECK(bundle_of(profile)["entry"][0]["fullUrl"] != first["fullUrl"]);
}

TEST_CASE("nothing is said about who answered") {
  const std::string text = profile_fhir(sample_profile());
  for (const char* word : {"\"subject\"", "Patient", "\"author\"", "\"performer\"", "\"source\""}) {
    CHECK(text.find(word) == std::string::npos);
  }
}

TEST_CASE("a Bundle is one line of JSON, whatever the texts hold") {
  for (const std::string& text : hostile_texts()) {
    Profile profile = sample_profile();
    profile.questionnaire.status = text;
    profile.questionnaire.items[0].text = text;
    const std::string out = profile_fhir(profile);
    CHECK(out.find('\n') == out.size() - 1);
    CHECK(out.find('\x1B') == std::string::npos);
    CHECK(Json::accept(out));
  }
}
