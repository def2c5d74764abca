// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/report.hpp"

#include "report_checks.hpp"
#include "sample_trend.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

}  // namespace

TEST_CASE("the JSON of a trend has the promised keys in the promised order") {
  const Json json = Json::parse(report::trend_json(report_of({scale_of(fallen)})));
  CHECK(keys_of(json) ==
        std::vector<std::string>{"schema", "version", "questionnaire", "about", "scales"});
  CHECK(json["schema"] == "attune.trend");
  CHECK(json["version"] == 1);
  CHECK(json["questionnaire"] == "sample");
  CHECK(json["about"] == "partner");
  const Json& scale = json["scales"]["anxiety"];
  CHECK(keys_of(scale) == std::vector<std::string>{"points", "left_out", "since_first",
                                                   "since_last", "baseline", "series",
                                                   "tells_from"});
  CHECK(keys_of(scale["points"][0]) == std::vector<std::string>{"id", "taken_at", "score", "se"});
  CHECK(keys_of(scale["since_first"]) ==
        std::vector<std::string>{"change", "se", "low", "high", "verdict", "method"});
  CHECK(keys_of(scale["baseline"]) ==
        std::vector<std::string>{"mean", "wobble", "n", "low", "high"});
}

TEST_CASE("numbers read back from the JSON of a trend are the same to the last bit") {
  report::TrendReport report = report_of({scale_of(fallen)});
  report.scales[0].points[1].estimate.score = 14.0 / 3;
  report.scales[0].points[2].estimate.score = 4;
  report.scales[0].points[3].estimate.score = 1e-7;
  report.scales[0].left_out = 3;
  const Json json = Json::parse(report::trend_json(report))["scales"]["anxiety"];
  const report::ScaleSeries& scale = report.scales[0];
  REQUIRE(json["points"].size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(json["points"][i]["score"].get<double>() == scale.points[i].estimate.score);
    CHECK(json["points"][i]["se"].get<double>() == scale.points[i].estimate.se);
    CHECK(json["points"][i]["score"].is_number_float());
    CHECK(json["points"][i]["id"] == scale.points[i].id);
  }
  CHECK(json["points"][1]["taken_at"] == "2026-02-02T12:00:00Z");
  CHECK(json["left_out"] == 3);
  CHECK(json["since_first"]["low"].get<double>() == scale.trend.since_first->low);
  CHECK(json["since_first"]["high"].get<double>() == scale.trend.since_first->high);
  CHECK(json["since_first"]["verdict"] == "changed");
  CHECK(json["since_first"]["method"] == "series");
  CHECK(json["since_last"]["change"].get<double>() == scale.trend.since_last->change);
  CHECK(json["since_last"]["se"].get<double>() == scale.trend.since_last->se);
  CHECK(json["since_last"]["verdict"] == "no change");
  CHECK(json["baseline"]["mean"].get<double>() == scale.trend.usual->mean);
  CHECK(json["baseline"]["wobble"].get<double>() == scale.trend.usual->wobble);
  CHECK(json["baseline"]["n"] == 5);
  CHECK(json["series"]["evidence"].get<double>() == scale.trend.series->evidence);
  CHECK(json["series"]["evidence_needed"].get<double>() == 6.4);
  CHECK(keys_of(json["series"]) == std::vector<std::string>{"evidence", "evidence_needed", "kind",
                                                            "split", "line", "passing"});
  const Json& after = json["series"]["split"]["after"];
  CHECK(keys_of(after) == std::vector<std::string>{"mean", "n", "first", "last"});
  CHECK(after["mean"].get<double>() == scale.trend.series->split->after.mean);
  CHECK(after["first"] == "2026-05-25T12:00:00Z");
  CHECK(json["series"]["line"].is_null());
  CHECK(json["series"]["passing"].is_null());
  CHECK(json["tells_from"].is_null());
}

TEST_CASE("a line, a passing stretch and the day to wait for are in the JSON of a trend") {
  const auto json_of = [](const std::vector<double>& scores) {
    return Json::parse(report::trend_json(report_of({scale_of(scores)})))["scales"]["anxiety"];
  };
  const Json line = json_of({2.0, 2.3, 2.5, 2.8, 3.0, 3.3, 3.5, 3.8, 4.0, 4.3, 4.5, 4.8, 5.0});
  CHECK(line["series"]["split"].is_null());
  CHECK(line["series"]["line"]["to"].get<double>() > line["series"]["line"]["from"].get<double>());
  const Json passing = json_of({3, 3, 3, 3, 6, 6, 6, 6, 3, 3, 3, 3})["series"]["passing"];
  CHECK(keys_of(passing) == std::vector<std::string>{"inside", "otherwise", "evidence"});
  CHECK(passing["inside"]["n"] == 4);
  CHECK(passing["otherwise"].get<double>() == doctest::Approx(3));
  CHECK(json_of({4, 4})["tells_from"] == "2026-07-20");
  CHECK(json_of({4, 4})["series"].is_null());
}

TEST_CASE("ids with quotes and backslashes are escaped in the JSON of a trend") {
  report::TrendReport report = report_of({scale_of({4})});
  report.scales[0].points[0].id = "a\"b";
  report.about = "\\";
  const Json json = Json::parse(report::trend_json(report));
  CHECK(json["scales"]["anxiety"]["points"][0]["id"] == "a\"b");
  CHECK(json["about"] == "\\");
}

TEST_CASE("what a trend has no value for is null in JSON") {
  report::TrendReport report = report_of({scale_of({4}), scale_of({}, "b", "Never")});
  report.about.reset();
  const Json json = Json::parse(report::trend_json(report));
  CHECK(json["about"].is_null());
  for (const char* key : {"since_first", "since_last", "baseline", "series"}) {
    CHECK(json["scales"]["anxiety"][key].is_null());
  }
  CHECK(json["scales"]["b"]["points"] == Json::array());
  CHECK(Json::parse(report::trend_json(report_of({})))["scales"] == Json::object());
}

TEST_CASE("the CSV of a trend has a row for each scale and check-in") {
  report::TrendReport report =
      report_of({scale_of({14.0 / 3, 4}), scale_of({2}, "trust", "Trust")});
  CHECK(report::trend_csv(report) ==
        "questionnaire,about,scale,id,taken_at,score,se,low,high\n"
        "sample,partner,anxiety,check-in1,2026-01-05T12:00:00Z,4.6667,0.4,3.8827,5.4507\n"
        "sample,partner,anxiety,check-in2,2026-02-02T12:00:00Z,4,0.4,3.216,4.784\n"
        "sample,partner,trust,check-in1,2026-01-05T12:00:00Z,2,0.4,1.216,2.784\n");
  report.about.reset();
  report.scales[0].points[0].id = "=1+1,\"x\"";
  CHECK(lines_of(report::trend_csv(report))[1].starts_with(
      "sample,,anxiety,\"'=1+1,\"\"x\"\"\",2026"));
}

TEST_CASE("the JSON of a trend is one line, whatever the texts hold") {
  for (const std::string& text : hostile_texts()) {
    report::TrendReport report = report_of({scale_of(fallen)});
    report.questionnaire = text;
    report.about = text;
    report.scales[0].id = report.scales[0].points[0].id = text;
    const std::string json = report::trend_json(report);
    CHECK(Json::accept(json));
    CHECK(json.find('\n') == json.size() - 1);
    CHECK(json.find('\x1B') == std::string::npos);
  }
}
