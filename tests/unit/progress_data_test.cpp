// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/report.hpp"

#include "log_builders.hpp"
#include "progress_values.hpp"
#include "report_checks.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const std::vector<report::Measure>& measures) {
  return Json::parse(report::progress_json(measures, {}));
}

}  // namespace

TEST_CASE("the JSON of progress has every measure in the order given, with the same keys") {
  const Json json =
      json_of({kept_sessions(9, 12), trust({4, 5}, a_change(1, 0.3, 1.7, trend::Verdict::maybe)),
               trust({}, {})});
  CHECK(json["schema"] == "attune.progress");
  CHECK(json["version"] == 1);
  CHECK(json["about"].is_null());
  CHECK(Json::parse(report::progress_json({}, {"my partner", "partner"}))["about"] == "partner");
  REQUIRE(json["measures"].size() == 3);
  CHECK(json["measures"][0]["id"] == "kept");
  CHECK(json["measures"][1]["id"] == "trust");
  for (const Json& measure : json["measures"]) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : measure.items()) keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"id", "name", "questionnaire", "kind", "now", "unit",
                                           "first", "last", "check_ins", "since_start", "typical",
                                           "wanted", "range", "points", "reason", "command"});
  }
}

TEST_CASE("the JSON of a score carries full precision") {
  const double third = 13.0 / 3;
  const Json measure = json_of({trust(
      {4, third}, a_change(third - 4, -0.1, 0.8, trend::Verdict::no_change))})["measures"][0];
  CHECK(measure["kind"] == "score");
  CHECK(measure["now"]["score"].get<double>() == third);
  CHECK(measure["now"]["se"].get<double>() == 0.3);
  CHECK(measure["since_start"] == Json{{"change", third - 4},
                                       {"se", 0.35},
                                       {"low", -0.1},
                                       {"high", 0.8},
                                       {"verdict", "no change"},
                                       {"method", "paired"}});
  CHECK(measure["typical"] ==
        Json::parse(R"({"low":2.0,"high":4.5,"text":"2–4.5","of":"people like us"})"));
  CHECK(measure["wanted"] == "up");
  CHECK(measure["range"] == Json::parse(R"({"min":1.0,"max":7.0})"));
  CHECK(measure["points"][0] == Json::parse(R"({"at":"2026-01-01T00:00:00Z","value":4.0})"));
  CHECK(measure["points"].size() == 2);
  CHECK(measure["check_ins"] == 2);
  CHECK(measure["reason"].is_null());
}

TEST_CASE("the JSON of a rate has both counts and fractions") {
  const Json measure = json_of({kept_sessions(9, 12)})["measures"][0];
  CHECK(measure["kind"] == "rate");
  CHECK(measure["now"] == Json::parse(R"({"counted":9,"whole":12,"share":0.75})"));
  CHECK(measure["unit"] == "sessions");
  CHECK(measure["since_start"].is_null());
  CHECK(measure["typical"].is_null());
  CHECK(measure["points"].size() == 1);
}

TEST_CASE("the JSON of what is not measured yet has nulls, the reason and the command") {
  const Json measure = json_of({trust({}, {})})["measures"][0];
  for (const char* key : {"now", "unit", "first", "last", "since_start"}) {
    CHECK(measure[key].is_null());
  }
  CHECK(measure["points"].empty());
  CHECK(measure["reason"] == "no check-in yet");
  CHECK(measure["command"] == "attune take growing");
}

TEST_CASE("the CSV of progress has a row per measure") {
  const std::string csv = report::progress_csv(std::vector<report::Measure>{
      trust({4, 13.0 / 3}, a_change(1.0 / 3, -0.1, 0.8, trend::Verdict::no_change)),
      kept_sessions(9, 12), trust({}, {})});
  const std::vector<std::string> lines = lines_of(csv);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] ==
        "id,name,questionnaire,kind,now,se,low,high,counted,whole,first,last,check_ins,change,"
        "change_low,change_high,verdict,typical_low,typical_high,typical,wanted,min,max");
  CHECK(lines[1] ==
        "trust,Trust,growing,score,4.3333,0.3,3.7453,4.9213,,,2026-01-01T00:00:00Z,"
        "2026-01-29T00:00:00Z,2,0.3333,-0.1,0.8,no change,2,4.5,2–4.5,up,1,7");
  CHECK(lines[2] ==
        "kept,Sessions kept,log,rate,0.75,,,,9,12,2026-03-01T12:00:00Z,2026-03-01T12:00:00Z,12,,,,,"
        ",,,steady,0,1");
  CHECK(lines[3] == "trust,Trust,growing,score,,,,,,,,,0,,,,,2,4.5,2–4.5,up,1,7");
}
