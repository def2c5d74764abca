// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>

#include "attune/document.hpp"
#include "attune/lists.hpp"
#include "attune/report.hpp"
#include "attune/scoring.hpp"

#include "builders.hpp"
#include "sample_profile.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Scales a, b, c on 1..7 with two items each; sum: a + b - c, half: (a + b) / 2.
Questionnaire questionnaire_with_derived() {
  Questionnaire questionnaire = blank(1, 7);
  for (const char* id : {"a", "b", "c"}) {
    add_items(questionnaire, add_scale(questionnaire, id), "++");
  }
  questionnaire.derived = {{"sum", "Sum", "", "", {{0, 1}, {1, 1}, {2, -1}}},
                           {"half", "Half", "little", "much", {{0, 0.5}, {1, 0.5}}}};
  return questionnaire;
}

// The sample profile with the difference of its two main scales.
report::Profile profile_with_derived() {
  report::Profile profile = sample_profile();
  profile.questionnaire.derived = {{"gap", "Gap", "anxious", "avoidant", {{1, 1}, {0, -1}}}};
  profile.derived = scoring::derive(profile.questionnaire, profile.form, profile.scores);
  return profile;
}

std::string text_of(const report::Profile& profile) {
  return report::render_text(report::profile_document(profile, {}), {.pictures = false});
}

}  // namespace

TEST_CASE("a derived score is the weighted sum, and its error grows with the squared weights") {
  const Questionnaire questionnaire = questionnaire_with_derived();
  const Scores derived =
      scoring::derive(questionnaire, 0, {scored(3, 0.3), scored(5, 0.4), scored(2, 1.2)});
  // 3 + 5 - 2 = 6; sqrt(0.09 + 0.16 + 1.44) = sqrt(1.69) = 1.3; 6 -+ 1.96 * 1.3.
  REQUIRE(derived[0].estimate.has_value());
  CHECK(derived[0].estimate->score == doctest::Approx(6));
  CHECK(derived[0].estimate->se == doctest::Approx(1.3));
  CHECK(derived[0].estimate->low == doctest::Approx(3.452));
  CHECK(derived[0].estimate->high == doctest::Approx(8.548));
  // (3 + 5) / 2 = 4; sqrt(0.25 * 0.09 + 0.25 * 0.16) = 0.25.
  CHECK(derived[1].estimate->score == doctest::Approx(4));
  CHECK(derived[1].estimate->se == doctest::Approx(0.25));
}

TEST_CASE("the range of a derived score takes the other end where the weight is negative") {
  const Questionnaire questionnaire = questionnaire_with_derived();
  // 1 + 1 - 7 = -5 and 7 + 7 - 1 = 13.
  CHECK(scoring::derived_range(questionnaire, 0, 0).min == -5);
  CHECK(scoring::derived_range(questionnaire, 0, 0).max == 13);
  CHECK(scoring::derived_range(questionnaire, 0, 1).min == 1);
  CHECK(scoring::derived_range(questionnaire, 0, 1).max == 7);
}

TEST_CASE("a derived score says how many items its scales have, and how many were answered") {
  const Questionnaire questionnaire = questionnaire_with_derived();
  Scores scores = {scored(3, 1), scored(5, 1), unscored()};
  scores[0].answered = 7;
  scores[2].answered = 2;
  const Scores derived = scoring::derive(questionnaire, 0, scores);
  // 7 + 8 + 2 of 8 + 8 + 8, and 7 + 8 of 8 + 8.
  CHECK(derived[0].answered == 17);
  CHECK(derived[0].items == 24);
  CHECK(derived[1].answered == 15);
  CHECK(derived[1].items == 16);
}

TEST_CASE("the error of a derived score is a published one when those of all its scales are") {
  const Questionnaire questionnaire = questionnaire_with_derived();
  Scores scores = {scored(3, 1), scored(5, 1), scored(2, 1)};
  for (ScaleScore& score : scores) score.estimate->method = ErrorMethod::classical;
  CHECK(scoring::derive(questionnaire, 0, scores)[0].estimate->method == ErrorMethod::classical);
  scores[1].estimate->method = ErrorMethod::conditional;
  CHECK(scoring::derive(questionnaire, 0, scores)[0].estimate->method == ErrorMethod::conditional);
}

TEST_CASE("a small negative weight turns the range round, too") {
  Questionnaire questionnaire = questionnaire_with_derived();
  questionnaire.derived[0].terms = {{0, 1}, {1, -0.5}};
  // 1 - 3.5 = -2.5 and 7 - 0.5 = 6.5.
  CHECK(scoring::derived_range(questionnaire, 0, 0).min == -2.5);
  CHECK(scoring::derived_range(questionnaire, 0, 0).max == 6.5);
}

TEST_CASE("the range of a derived sum follows the items of the form") {
  Questionnaire questionnaire = questionnaire_with_derived();
  for (Scale& scale : questionnaire.scales) scale.method = ScoreMethod::sum;
  questionnaire.forms.push_back({"part", "", {}, {0, 2, 3, 4}});
  // Full: sums 2..14 each; 2 + 2 - 14 and 14 + 14 - 2. Part: 1..7, 2..14 and 1..7.
  CHECK(scoring::derived_range(questionnaire, 0, 0).min == -10);
  CHECK(scoring::derived_range(questionnaire, 0, 0).max == 26);
  CHECK(scoring::derived_range(questionnaire, 1, 0).min == -4);
  CHECK(scoring::derived_range(questionnaire, 1, 0).max == 20);
}

TEST_CASE("the interval of a derived score stays within its range") {
  const Questionnaire questionnaire = questionnaire_with_derived();
  const Scores derived =
      scoring::derive(questionnaire, 0, {scored(7, 1), scored(7, 1), scored(1, 1)});
  CHECK(derived[0].estimate->score == 13);
  CHECK(derived[0].estimate->high == 13);
}

TEST_CASE("a derived score without one of its scales is not scored, and the reason names them") {
  const Questionnaire questionnaire = questionnaire_with_derived();
  const Scores one = scoring::derive(questionnaire, 0, {scored(3, 1), unscored(), scored(2, 1)});
  CHECK_FALSE(one[0].estimate.has_value());
  CHECK(one[0].reason == "it needs b, which has no score");
  const Scores two = scoring::derive(questionnaire, 0, {unscored(), unscored(), scored(2, 1)});
  CHECK(two[0].reason == "it needs a and b, which have no score");
  const Scores none = scoring::derive(questionnaire, 0, {unscored(), unscored(), unscored()});
  CHECK(none[0].reason == "it needs a, b and c, which have no score");
}

TEST_CASE("derived scores stand apart in JSON, with their error") {
  const auto json = nlohmann::json::parse(report::profile_json(profile_with_derived(), {}));
  REQUIRE(json.contains("derived"));
  const auto& gap = json["derived"]["gap"];
  // 5.5 - 10/3; sqrt(0.5^2 + 0.3^2) = sqrt(0.34).
  CHECK(gap["score"].get<double>() == doctest::Approx(13.0 / 6));
  CHECK(gap["se"].get<double>() == doctest::Approx(std::sqrt(0.34)));
  CHECK(gap["low"].get<double>() == doctest::Approx(13.0 / 6 - 1.96 * std::sqrt(0.34)));
  CHECK_FALSE(json["scores"].contains("gap"));
  CHECK_FALSE(
      nlohmann::json::parse(report::profile_json(sample_profile(), {})).contains("derived"));
}

TEST_CASE("a derived score that is missing is null in JSON with its reason, and empty in CSV") {
  report::Profile profile = profile_with_derived();
  profile.derived[0].estimate.reset();
  profile.derived[0].reason = "it needs Anxiety, which has no score";
  const auto json = nlohmann::json::parse(report::profile_json(profile, {}));
  REQUIRE(json.contains("derived"));
  CHECK(json["derived"]["gap"]["score"].is_null());
  CHECK(json["derived"]["gap"]["reason"] == "it needs Anxiety, which has no score");
  profile.scores[0] = unscored();
  CHECK(report::profile_csv(profile).ends_with(",,,\n"));  // gap, gap_se, and no region either
}

TEST_CASE("derived scores have columns after the scales") {
  const std::string csv = report::profile_csv(profile_with_derived());
  CHECK(csv.find("distance_answered,gap,gap_se,region\n") != std::string::npos);
  CHECK(csv.ends_with(",2.1667,0.5831,dismissing\n"));
}

TEST_CASE("derived scores are labelled in the text, with what they are made of") {
  const std::string text = text_of(profile_with_derived());
  CHECK(text.find("Derived scores") != std::string::npos);
  CHECK(text.find("Worked out from the scores above.") != std::string::npos);
  // The range is 1 - 7 = -6 to 7 - 1 = 6; 1.96 * 0.5831 = 1.14.
  CHECK(text.find("Gap: 2.2 on a scale from -6 (anxious) to 6 (avoidant)") != std::string::npos);
  CHECK(text.find("Derived: Avoidance minus Anxiety.") != std::string::npos);
  CHECK(text_of(sample_profile()).find("Derived") == std::string::npos);
}

TEST_CASE("the text says why a derived score is missing, unless the form could not have it") {
  report::Profile profile = profile_with_derived();
  profile.scores[0].estimate.reset();
  profile.scores[0].reason = "only 1 of 6 items answered; 5 are needed";
  profile.derived = scoring::derive(profile.questionnaire, profile.form, profile.scores);
  CHECK(text_of(profile).find("Gap is not scored: it needs Anxiety, which has no score.") !=
        std::string::npos);
  CHECK(text_of(profile).find("Worked out") == std::string::npos);
  profile.scores[0] = {};
  profile.derived = scoring::derive(profile.questionnaire, profile.form, profile.scores);
  CHECK(text_of(profile).find("Gap") == std::string::npos);
}

TEST_CASE("scales that the form does not ask about are left out in one line") {
  report::Profile profile = sample_profile();
  profile.scores[0] = {};
  profile.scores[0].reason = "the form has no items of this scale";
  const std::string text = text_of(profile);
  CHECK(text.find("Scales that this form does not ask about are left out.") != std::string::npos);
  CHECK(text.find("Anxiety is not scored") == std::string::npos);
}

TEST_CASE("a questionnaire is shown with its derived scores") {
  Questionnaire questionnaire = questionnaire_with_derived();
  questionnaire.derived.push_back({"other", "Other", "", "", {{1, -0.25}, {2, 2}}});
  const std::string text = report::render_markdown(report::questionnaire_document(questionnaire));
  CHECK(text.find("| a + b − c |\n") != std::string::npos);
  CHECK(text.find("(little) to ") != std::string::npos);
  CHECK(text.find("| the mean of a and b |\n") != std::string::npos);
  CHECK(text.find("| −0.25 × b + 2 × c |\n") != std::string::npos);
}

TEST_CASE("the list of records has derived scores after the scales, as the profile has") {
  Questionnaire questionnaire = blank();
  add_scale(questionnaire, "a");
  const Questionnaire plain = questionnaire;
  questionnaire.derived = {{"gap", "Gap", "", "", {{0, -1}}}};
  Record record;
  record.id = "0000000001";
  record.questionnaire = "sample";
  const report::ListedRecord with{
      record, &questionnaire, {scored(3, 0.5)}, {scored(-2, 0.25, -6, 6)}};
  const report::ListedRecord without{record, &plain, {scored(3, 0.5)}, {}};
  const std::string csv = report::record_list_csv({with, without});
  CHECK(csv.find(",taken_at,a,a_se,a_answered,gap,gap_se,region\n") != std::string::npos);
  CHECK(csv.find(",3,0.5,8,-2,0.25,\n") != std::string::npos);
  CHECK(csv.ends_with(",3,0.5,8,,,\n"));
  const auto json = nlohmann::json::parse(report::record_list_json({with, without}));
  REQUIRE(json[0].contains("derived"));
  CHECK(json[0]["derived"]["gap"] == nlohmann::json{{"score", -2.0}, {"se", 0.25}});
  CHECK_FALSE(json[1].contains("derived"));
}
