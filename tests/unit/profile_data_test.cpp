// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/report.hpp"

#include "report_checks.hpp"
#include "sample_profile.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

Json json_of(const report::Profile& profile, report::Explain explain = report::Explain::no) {
  return Json::parse(report::profile_json(profile, {.explain = explain, .contact = {}}));
}

}  // namespace

TEST_CASE("the JSON of a profile has the promised keys in the promised order") {
  const Json json = json_of(sample_profile());
  CHECK(keys_of(json) == std::vector<std::string>{"schema", "version", "questionnaire", "id",
                                                  "taken_at", "about", "scores", "region",
                                                  "sentences", "notes", "next_steps"});
  CHECK(json["schema"] == "attune.profile");
  CHECK(json["version"] == 1);
  CHECK(keys_of(json["questionnaire"]) ==
        std::vector<std::string>{"id", "version", "sha256", "form", "language", "status"});
  CHECK(keys_of(json["scores"]) ==
        std::vector<std::string>{"anxiety", "avoidance", "protest", "worry", "distance"});
  CHECK(keys_of(json["scores"]["anxiety"]) == std::vector<std::string>{"score", "se", "low", "high",
                                                                       "answered", "items", "band",
                                                                       "error"});
  CHECK(keys_of(json["scores"]["worry"]) == std::vector<std::string>{"score", "se", "low", "high",
                                                                     "answered", "items", "band",
                                                                     "parent", "error"});
  CHECK(keys_of(json["region"]) ==
        std::vector<std::string>{"id", "name", "near_border", "probabilities"});
  CHECK(keys_of(json["next_steps"][0]) ==
        std::vector<std::string>{"id", "title", "why", "try", "size", "tried", "last_tried"});
}

TEST_CASE("numbers read back from JSON are the same to the last bit") {
  const report::Profile profile = sample_profile();
  const Json json = json_of(profile);
  for (std::size_t i = 0; i < profile.scores.size(); ++i) {
    const Json& score = json["scores"][profile.questionnaire.scales[i].id];
    CHECK(score["score"].get<double>() == profile.scores[i].estimate->score);
    CHECK(score["se"].get<double>() == profile.scores[i].estimate->se);
    CHECK(score["low"].get<double>() == profile.scores[i].estimate->low);
    CHECK(score["high"].get<double>() == profile.scores[i].estimate->high);
    CHECK(score["answered"] == profile.scores[i].answered);
  }
  CHECK(json["scores"]["anxiety"]["score"].get<double>() == 10.0 / 3);
  CHECK(json["region"]["probabilities"]["fearful"].get<double>() == 0.12);
}

TEST_CASE("what is not there is null in JSON") {
  report::Profile profile = sample_profile();
  CHECK(json_of(profile)["id"].is_null());
  CHECK(json_of(profile)["about"] == "partner");
  CHECK(json_of(profile)["scores"]["anxiety"]["band"] == "middle");
  CHECK(json_of(profile)["scores"]["protest"]["band"].is_null());
  profile.record.id = "k3v9x0a1b2";
  profile.record.about.reset();
  profile.interpretation.region.reset();
  profile.scores[0].estimate.reset();
  profile.scores[0].reason = "only 1 of 6 items answered; 5 are needed";
  const Json json = json_of(profile);
  CHECK(json["id"] == "k3v9x0a1b2");
  CHECK(json["about"].is_null());
  CHECK(json["region"].is_null());
  const Json& anxiety = json["scores"]["anxiety"];
  for (const char* key : {"score", "se", "low", "high", "band", "error"}) {
    CHECK(anxiety[key].is_null());
  }
  CHECK(anxiety["reason"] == "only 1 of 6 items answered; 5 are needed");
}

TEST_CASE("notes and next steps are in JSON with their ids") {
  report::Profile profile = sample_profile();
  profile.interpretation.care_notes = {{"long-run", "One answer was given many times."}};
  const Json json = json_of(profile);
  CHECK(json["notes"] ==
        Json::parse(R"([{"id":"long-run","text":"One answer was given many times."}])"));
  CHECK(json["next_steps"][0] == Json::parse(R"({"id":"second","title":"Second step",
    "why":"Why two.","try":"Try two.","size":"support","tried":0,"last_tried":null})"));
  CHECK(json["next_steps"][1]["size"] == "small");
}

TEST_CASE("answers are not in JSON unless the explanation is asked for") {
  const std::string plain = report::profile_json(sample_profile(), {});
  CHECK(plain.find("raw") == std::string::npos);
  CHECK(plain.find("contributions") == std::string::npos);
  const Json json = json_of(sample_profile(), report::Explain::yes);
  const Json& parts = json["scores"]["anxiety"]["contributions"];
  REQUIRE(parts.size() == 6);
  // Mean of the keyed answers 1 2 3 4 5 5 is 10/3; the first draws it down by (1 - 10/3) / 6.
  CHECK(parts[0]["item"] == "protest1");
  CHECK(parts[0]["raw"].get<double>() == 1);
  CHECK(parts[0]["pull"].get<double>() == doctest::Approx(-7.0 / 18));
  CHECK(parts[2]["raw"].get<double>() == 5);
  CHECK(parts[2]["keyed"].get<double>() == 3);
  CHECK(parts[2]["one_step"].get<double>() == doctest::Approx(-1.0 / 6));
}

TEST_CASE("JSON is one line, whatever the texts hold") {
  for (const std::string& text : hostile_texts()) {
    report::Profile profile = sample_profile();
    profile.questionnaire.status = text;
    profile.interpretation.care_notes = {{"long-run", text}};
    const std::string out = report::profile_json(profile, {});
    CHECK(out.find('\n') == out.size() - 1);
    CHECK(out.find('\x1B') == std::string::npos);
    CHECK(Json::accept(out));
  }
}

TEST_CASE("the CSV of a profile is a header and one row") {
  report::Profile profile = sample_profile();
  CHECK(report::profile_csv(profile) ==
        "id,questionnaire,version,form,about,taken_at,anxiety,anxiety_se,anxiety_answered,"
        "avoidance,avoidance_se,avoidance_answered,protest,protest_se,protest_answered,"
        "worry,worry_se,worry_answered,distance,distance_se,distance_answered,region\n"
        ",sample,1.2.0,full,partner,2026-11-24T09:14:00+01:00,3.3333,0.5,6,5.5,0.3,2,2,0.6,3,"
        "4.6667,0.4,3,5.5,0.3,2,dismissing\n");
  profile.record.id = "k3v9x0a1b2";
  profile.record.about.reset();
  profile.scores[0].estimate.reset();
  profile.scores[0].answered = 1;
  profile.interpretation.region.reset();
  CHECK(lines_of(report::profile_csv(profile))[1] ==
        "k3v9x0a1b2,sample,1.2.0,full,,2026-11-24T09:14:00+01:00,,,1,5.5,0.3,2,2,0.6,3,"
        "4.6667,0.4,3,5.5,0.3,2,");
}
