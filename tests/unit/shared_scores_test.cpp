// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "attune/error.hpp"
#include "attune/report.hpp"

#include "sample_profile.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using Json = nlohmann::ordered_json;

namespace {

std::string sample_json() {
  return report::shared_scores_json(report::shared_scores(sample_profile()));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

std::string changed(std::string_view from, std::string_view to) {
  return replaced(sample_json(), from, to);
}

// What is thrown where a text is refused; nothing for a text that is read.
std::optional<Error> error_of(std::string_view text) {
  try {
    (void)report::parse_shared_scores(text);
    return {};
  } catch (const Error& error) {
    return error;
  }
}

// "" for a text that is read.
std::string refusal(std::string_view text) {
  const std::optional<Error> error = error_of(text);
  if (!error) return "";
  CHECK(error->place.empty());
  return error->message;
}

std::string advice_of(std::string_view text) {
  const std::optional<Error> error = error_of(text);
  REQUIRE(error.has_value());
  std::string advice;
  for (const std::string& line : error->advice) advice += line + "\n";
  return advice;
}

struct Wrong {
  std::string text;
  std::string message;
};

}  // namespace

TEST_CASE("shared scores have the day and the main scores, and nothing that tells more") {
  const std::string text = sample_json();
  CHECK(text ==
        R"({"schema":"attune.scores","version":1,"questionnaire":{"id":"sample","version":"1.2.0",)"
        R"("sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",)"
        R"("form":"full","language":"en","status":"original, not yet validated"},)"
        R"("taken_on":"2026-11-24","about":"partner","scores":{)"
        R"("anxiety":{"score":3.3333333333333335,"se":0.5,"low":2.4,"high":4.3,"answered":6,)"
        R"("items":6},)"
        R"("avoidance":{"score":5.5,"se":0.3,"low":4.9,"high":6.1,"answered":2,"items":3}}})"
        "\n");
}

TEST_CASE("the day of shared scores is the local one") {
  report::Profile profile = sample_profile();
  profile.record.taken_at = *parse_rfc3339("2026-11-24T23:30:00-05:00");
  CHECK(report::shared_scores(profile).taken_on == "2026-11-24");
}

TEST_CASE("a scale that is not scored is shared with its reason and without numbers") {
  report::Profile profile = sample_profile();
  profile.scores[1] = {{}, 1, 3, "only 1 of 3 items was answered"};
  const Json json = Json::parse(report::shared_scores_json(report::shared_scores(profile)));
  CHECK(json["scores"]["avoidance"].dump() ==
        R"({"score":null,"se":null,"low":null,"high":null,"answered":1,"items":3,)"
        R"("reason":"only 1 of 3 items was answered"})");
}

TEST_CASE("what is written is read back the same") {
  report::Profile profile = sample_profile();
  profile.scores[1] = {{}, 1, 3, "only 1 of 3 items was answered"};
  profile.record.about.reset();
  const report::SharedScores written = report::shared_scores(profile);
  const report::SharedScores read =
      report::parse_shared_scores(report::shared_scores_json(written));
  CHECK(report::shared_scores_json(read) == report::shared_scores_json(written));
  REQUIRE(read.scales.size() == 2);
  CHECK(read.scales[0].score.estimate->score == 10.0 / 3);
  CHECK_FALSE(read.scales[1].score.estimate.has_value());
  CHECK_FALSE(read.about.has_value());
}

TEST_CASE("of a full profile the same is read as could have been shared") {
  const report::Profile profile = sample_profile();
  const report::SharedScores read = report::parse_shared_scores(report::profile_json(profile, {}));
  CHECK(report::shared_scores_json(read) == sample_json());
}

TEST_CASE("of a profile with answers only its scores are used") {
  const std::string text =
      report::profile_json(sample_profile(), {.explain = report::Explain::yes});
  REQUIRE(text.find("\"contributions\"") != std::string::npos);
  CHECK(report::shared_scores_json(report::parse_shared_scores(text)) == sample_json());
}

TEST_CASE("exports are refused by name") {
  const std::string line = R"({"schema":"attune.record","version":1,"answers":[]})";
  for (const std::string& text : {line, line + "\n", line + "\n" + line + "\n"}) {
    CHECK(refusal(text) == "is an export of a history and is not read here");
  }
  CHECK(advice_of(line).find("--scores-only") != std::string::npos);
}

TEST_CASE("texts that hold no scores are refused with what is wrong") {
  const std::string deep = std::string(17, '[') + std::string(17, ']');
  const std::string just_deep_enough = std::string(16, '[') + std::string(16, ']');
  const std::string no_scores =
      "has no scores of attune: its 'schema' is neither attune.scores nor attune.profile";
  for (const Wrong& each : {
           Wrong{"", "is not JSON, or was cut off"},
           Wrong{"{\"schema\":", "is not JSON, or was cut off"},
           Wrong{sample_json() + sample_json(), "is not JSON, or was cut off"},
           Wrong{sample_json().substr(0, 200), "is not JSON, or was cut off"},
           Wrong{deep, "is nested more than 16 deep"},
           Wrong{std::string(1'000'000, '['), "is nested more than 16 deep"},
           Wrong{just_deep_enough, no_scores},
           Wrong{"[]", no_scores},
           Wrong{"7", no_scores},
           Wrong{"{\"schema\":7}", no_scores},
           Wrong{"{\"schema\":\"attune.trend\"}", no_scores},
           Wrong{changed("partner", "\xFF"), "is not UTF-8"},
           Wrong{changed("partner", "\xED\xA0\x80"), "is not UTF-8"},
           Wrong{sample_json() + std::string(report::max_shared_bytes, ' '),
                 "is larger than 1 MiB"},
           Wrong{changed("\"se\":0.5", "\"se\":1e999"), "is not JSON, or was cut off"},
           Wrong{changed("\"se\":0.5", "\"se\":NaN"), "is not JSON, or was cut off"},
           Wrong{changed("\"se\":0.5", "\"se\":0.5,\"se\":0.1"), "'se' is given twice"},
           Wrong{changed("\"avoidance\"", "\"anxiety\""), "'anxiety' is given twice"},
       }) {
    CHECK_MESSAGE(refusal(each.text) == each.message, each.message);
  }
}

TEST_CASE("brackets within a text are not levels") {
  CHECK(refusal(changed("not yet validated",
                        std::string(40, '[') + "\\\"" + std::string(40, '{'))) == "");
}

TEST_CASE("members that are missing, of another type or impossible are named") {
  for (const Wrong& each : {
           Wrong{changed("\"version\":1,\"q", "\"q"), "'version' is missing"},
           Wrong{changed("\"version\":1,\"q", "\"version\":0,\"q"), "'version' is not 1"},
           Wrong{changed("\"version\":1,\"q", "\"version\":\"1\",\"q"),
                 "'version' is not a number"},
           Wrong{changed("\"questionnaire\"", "\"questions\""), "'questionnaire' is missing"},
           Wrong{changed("\"id\":\"sample\"", "\"id\":\"../x\""),
                 "'questionnaire.id' is not an id"},
           Wrong{changed("\"id\":\"sample\"", "\"id\":\"x.toml\""),
                 "'questionnaire.id' is not that of a questionnaire"},
           Wrong{changed("\"id\":\"sample\"", "\"id\":7"), "'questionnaire.id' is not a text"},
           Wrong{changed("\"1.2.0\"", "\"1\\u001b[2J\""),
                 "'questionnaire.version' holds characters that can't be shown"},
           Wrong{changed("\"sha256\":\"a", "\"sha256\":\"A"),
                 "'questionnaire.sha256' is not a SHA-256"},
           Wrong{changed("\"form\":\"full\"", "\"form\":\"a b\""),
                 "'questionnaire.form' is not an id"},
           Wrong{changed("original, not yet validated", std::string(20'000, 'x')),
                 "'questionnaire.status' is too long"},
           Wrong{changed("2026-11-24", "2026-02-30"), "'taken_on' is not a day"},
           Wrong{changed("\"taken_on\"", "\"taken_at\""), "'taken_on' is missing"},
           Wrong{changed("\"about\":\"partner\"", "\"about\":true"), "'about' is not a text"},
           Wrong{changed("\"about\":\"partner\",", ""), "'about' is missing"},
           Wrong{changed("\"scores\":{", "\"scores\":[{"), "is not JSON, or was cut off"},
           Wrong{changed("\"anxiety\":{", "\"Anxiety\":{"),
                 "'scores.Anxiety' is not a scale: its name is not an id"},
           Wrong{changed("\"se\":0.5,", ""), "'scores.anxiety.se' is missing"},
           Wrong{changed("\"se\":0.5", "\"se\":\"0.5\""), "'scores.anxiety.se' is not a number"},
           Wrong{changed("\"se\":0.5", "\"se\":-0.5"), "'scores.anxiety.se' is not 0 or more"},
           Wrong{changed("\"low\":2.4", "\"low\":3.4"),
                 "'scores.anxiety.low' is not at most the score"},
           Wrong{changed("\"high\":4.3", "\"high\":3.3"),
                 "'scores.anxiety.high' is not at least the score"},
           Wrong{changed("\"answered\":6", "\"answered\":7"),
                 "'scores.anxiety.answered' is not a whole number from 0 to 6"},
           Wrong{changed("\"answered\":6", "\"answered\":-1"),
                 "'scores.anxiety.answered' is not a whole number from 0 to 6"},
           Wrong{changed("\"answered\":6", "\"answered\":2.5"),
                 "'scores.anxiety.answered' is not a whole number from 0 to 6"},
           Wrong{changed("\"answered\":6", "\"answered\":0"),
                 "'scores.anxiety.answered' is not 1 or more, as there is a score"},
           Wrong{changed("\"items\":6", "\"items\":501"),
                 "'scores.anxiety.items' is not a whole number from 0 to 500"},
           Wrong{changed("\"score\":3.3333333333333335", "\"score\":null"),
                 "'scores.anxiety.reason' is missing"},
       }) {
    CHECK_MESSAGE(refusal(each.text) == each.message, each.message);
  }
}

TEST_CASE("scores that are no object, or none, are refused") {
  const std::string text = sample_json();
  const std::string head = text.substr(0, text.find("\"scores\":"));
  CHECK(refusal(head + "\"scores\":[]}") == "'scores' is not an object");
  CHECK(refusal(head + "\"scores\":{\"anxiety\":3}}") == "'scores.anxiety' is not an object");
  CHECK(refusal(head + "\"scores\":{}}") ==
        "'scores' is empty: this questionnaire has nothing to compare");
  std::string many = "\"scores\":{";
  for (int i = 0; i < 101; ++i) many += "\"s" + std::to_string(i) + "\":{},";
  many.back() = '}';
  CHECK(refusal(head + many + "}") == "'scores' has more than 100 scales");
}

TEST_CASE("a file of a newer version is a matter of configuration") {
  const std::optional<Error> error = error_of(changed("\"version\":1,\"q", "\"version\":2,\"q"));
  REQUIRE(error.has_value());
  CHECK(error->kind == ErrorKind::configuration);
  CHECK(error->message == "was written by a newer attune");
}

TEST_CASE("shared scores are laid out by the scales of a questionnaire") {
  const Questionnaire questionnaire = sample_questionnaire();
  report::SharedScores shared = report::shared_scores(sample_profile());
  shared.scales.erase(shared.scales.begin());
  const Scores scores = report::scores_for(questionnaire, shared);
  REQUIRE(scores.size() == 5);
  CHECK_FALSE(scores[0].estimate.has_value());
  CHECK(scores[0].reason == "it is not among the scores of this file");
  CHECK(scores[1].estimate->score == 5.5);
  CHECK_FALSE(scores[2].estimate.has_value());
}

// What scores that don't fit the questionnaire are refused with.
static std::string range_refusal(const Questionnaire& questionnaire,
                                 const report::SharedScores& shared) {
  try {
    (void)report::scores_for(questionnaire, shared);
    return "";
  } catch (const Error& error) {
    return error.message;
  }
}

TEST_CASE("scores outside of their scale's range are refused, rounding forgiven") {
  const Questionnaire questionnaire = sample_questionnaire();
  report::SharedScores shared = report::shared_scores(sample_profile());
  shared.scales[1].score.estimate->high = 7 + 1e-12;
  CHECK_NOTHROW((void)report::scores_for(questionnaire, shared));
  shared.scales[1].score.estimate->high = 7.1;
  CHECK(range_refusal(questionnaire, shared) ==
        "'scores.avoidance' lies outside of its range, 1 to 7");
  shared.scales[1].score.estimate->high = 6;
  shared.scales[0].score.estimate->low = 0.9;
  CHECK(range_refusal(questionnaire, shared) ==
        "'scores.anxiety' lies outside of its range, 1 to 7");
}
