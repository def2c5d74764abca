// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "attune/report.hpp"

#include "log_builders.hpp"
#include "report_checks.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using Json = nlohmann::ordered_json;

namespace {

const Questionnaire& log_form() {
  static const Questionnaire questionnaire = log_questionnaire();
  return questionnaire;
}

// Six entries over 31 days (2 March to 1 April 2026), one of them dated afterwards.
std::vector<trend::Entry> six_entries() {
  return {logged("2026-03-02T08:00:00Z", {"came", "50", "6", "calm", "first line"}),
          logged("2026-03-09T08:30:00Z", {"came", "40", "5", "calm+tired", "second line"}),
          logged("2026-03-16T20:00:00Z", {"missed", "", "", "sad"}),
          logged("2026-03-23T08:00:00Z", {"moved", "", "", "s"}),
          logged("2026-03-30", {"came", "30", "s", "calm"}),
          logged("2026-04-01T09:00:00Z", {"missed", "", "", "tired", "third line"})};
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the JSON of moments has every count, whatever the number of entries") {
  std::vector<trend::Entry> entries = six_entries();
  const Json json = Json::parse(report::moments_json(log_form(), entries, {}));
  CHECK(json["schema"] == "attune.moments");
  CHECK(json["version"] == 1);
  CHECK(json["questionnaire"]["id"] == "log");
  CHECK(json["entries"] == 6);
  CHECK(json["days"] == 31);
  CHECK(json["per_30_days"].get<double>() == 180.0 / 31);
  CHECK(json["first"] == "2026-03-02T08:00:00Z");
  REQUIRE(json["items"].size() == 5);
  CHECK(
      json["items"][0]["choices"][1] ==
      Json::parse(R"({"id":"missed","text":"I missed it","count":2,"share":0.3333333333333333})"));
  CHECK(json["items"][1]["mean"] == 40);
  CHECK(json["items"][1]["unit"] == "minutes");
  CHECK(json["items"][4]["answered"] == 3);
  CHECK(json["times"]["morning"] == 4);
  CHECK(json["times"]["unknown"] == 1);
  const Json& rate = json["rates"][0];
  CHECK(rate["counted"] == 3);
  CHECK(rate["whole"] == 5);
  CHECK(rate["share"].get<double>() == 0.6);
  CHECK(rate["months"][1] ==
        Json::parse(R"({"month":"2026-04","counted":0,"whole":1,"share":0.0})"));
  CHECK(rate["last_90_days"]["whole"] == 5);
  CHECK_FALSE(json.contains("notes"));
  const Json none = Json::parse(report::moments_json(log_form(), {}, {}));
  CHECK(none["entries"] == 0);
  CHECK(none["first"].is_null());
  CHECK(none["items"][0]["choices"][0]["share"].is_null());
  CHECK(none["items"][1]["mean"].is_null());
  CHECK(none["rates"][0]["share"].is_null());
}

TEST_CASE("the JSON of moments has the lines only when asked for, all of them") {
  const std::string without = report::moments_json(log_form(), six_entries(), {});
  CHECK_FALSE(has(without, "second line"));
  const Json json = Json::parse(
      report::moments_json(log_form(), six_entries(), {.notes = report::Notes::show, .about = {}}));
  REQUIRE(json["notes"].size() == 3);
  CHECK(json["notes"][1] ==
        Json::parse(R"({"at":"2026-03-09T08:30:00Z","item":"line","text":"second line"})"));
}
