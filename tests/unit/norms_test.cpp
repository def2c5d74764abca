// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "attune/document.hpp"
#include "attune/lists.hpp"
#include "attune/report.hpp"
#include "attune/scoring.hpp"

#include "sample_profile.hpp"
#include "small_definition.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

Norm normal(double mean, double sd) {
  Norm norm;
  norm.sample = "some people";
  norm.n = 1234;
  norm.mean = mean;
  norm.sd = sd;
  norm.source = "here";
  return norm;
}

Norm table() {
  Norm norm;
  norm.sample = "many people";
  norm.n = 46610;
  norm.percentiles = {{1, 0.2}, {2, 10}, {3, 30}, {5, 60}, {7, 99.9}};
  return norm;
}

double percentile(const Norm& norm, double score) {
  return scoring::norm_position(norm, score)->percentile;
}

// The document as one line, wherever it was wrapped.
std::string text_of(const report::Document& document) {
  std::string text;
  for (const char c : report::render_text(document, {.pictures = false})) {
    const bool is_space = c == ' ' || c == '\n';
    if (!is_space || !text.ends_with(' ')) text += is_space ? ' ' : c;
  }
  return text;
}

std::string text_of(const report::Profile& profile) {
  return text_of(report::profile_document(profile, {}));
}

}  // namespace

TEST_CASE("a percentile by the normal curve is rounded to five") {
  // R: 100 * pnorm(c(2.85, 3.97, 3.41, 2.29), 2.85, 1.12) = 50, 84.13, 69.15, 30.85.
  const Norm norm = normal(2.85, 1.12);
  CHECK(percentile(norm, 2.85) == 50);
  CHECK(percentile(norm, 3.97) == 85);
  CHECK(percentile(norm, 3.41) == 70);
  CHECK(percentile(norm, 2.29) == 30);
  CHECK(scoring::norm_position(norm, 2.85)->method == scoring::NormMethod::normal);
  // R: 100 * pnorm(4.1455, 3, 1) = 87.40, just below where 90 begins.
  CHECK(percentile(normal(3, 1), 4.1455) == 85);
}

TEST_CASE("a percentile from a table is interpolated between two scores, then rounded to five") {
  // 2.5: (10 + 30) / 2 = 20; 4: 45; 6: 79.95; 2.3: 16; 3: 30.
  CHECK(percentile(table(), 2.5) == 20);
  CHECK(percentile(table(), 4) == 45);
  CHECK(percentile(table(), 6) == 80);
  CHECK(percentile(table(), 2.3) == 15);
  CHECK(percentile(table(), 3) == 30);
  CHECK(scoring::norm_position(table(), 3)->method == scoring::NormMethod::empirical);
}

TEST_CASE("a table is preferred to a mean and its spread") {
  Norm both = table();
  both.mean = 6;
  both.sd = 1;
  CHECK(percentile(both, 3) == 30);
}

TEST_CASE("a percentile stays within 1 and 99") {
  CHECK(percentile(table(), 1) == 1);
  CHECK(percentile(table(), 7) == 99);
  CHECK(percentile(normal(3, 0.1), 1) == 1);
  CHECK(percentile(normal(3, 0.1), 7) == 99);
}

TEST_CASE("a norm without numbers for a score gives no percentile") {
  CHECK_FALSE(scoring::norm_position(Norm{}, 3).has_value());
  CHECK_FALSE(scoring::norm_position(table(), 0.9).has_value());
  CHECK_FALSE(scoring::norm_position(table(), 7.1).has_value());
  CHECK_FALSE(scoring::norm_position(normal(3, 0), 3).has_value());
  Norm half = normal(3, 1);
  half.sd.reset();
  CHECK_FALSE(scoring::norm_position(half, 3).has_value());
  half = normal(3, 1);
  half.mean.reset();
  CHECK_FALSE(scoring::norm_position(half, 3).has_value());
  CHECK_FALSE(
      scoring::norm_position(table(), std::numeric_limits<double>::quiet_NaN()).has_value());
}

TEST_CASE("a score that rounding has put beyond the end of a table has the place of the end") {
  for (const double beyond : {1e-12, 1e-9}) {
    CHECK(percentile(table(), 1 - beyond) == 1);
    CHECK(percentile(table(), 7 + beyond) == 99);
  }
  CHECK_FALSE(scoring::norm_position(table(), 1 - 1e-8).has_value());
  CHECK_FALSE(scoring::norm_position(table(), 7 + 1e-8).has_value());
}

TEST_CASE("a norm applies to answers on the range of its sample alone") {
  Norm norm = normal(3, 1);
  CHECK(scoring::applies(norm, {1, 7}));
  norm.range = AnswerRange{1, 5};
  CHECK_FALSE(scoring::applies(norm, {1, 7}));
  CHECK(scoring::applies(norm, {1, 5}));
}

TEST_CASE("a score is set beside all norms that apply, and those of its whole scale only") {
  report::Profile profile = sample_profile();
  Norm elsewhere = normal(3, 1);
  elsewhere.range = AnswerRange{1, 5};
  profile.questionnaire.scales[0].norms = {elsewhere, table(), normal(10.0 / 3, 1)};
  const auto readings = scoring::norm_readings(profile.questionnaire, 0, profile.scores[0]);
  REQUIRE(readings.size() == 2);
  CHECK(readings[0].norm == 1);
  CHECK(readings[1].norm == 2);
  // 10/3: 30 + (60 - 30) / 6 = 35.
  CHECK(readings[0].position.percentile == 35);
  CHECK(readings[1].position.percentile == 50);
  profile.scores[0].items = 5;
  CHECK(scoring::norm_readings(profile.questionnaire, 0, profile.scores[0]).empty());
  profile.scores[0].items = 6;
  profile.scores[0].estimate.reset();
  CHECK(scoring::norm_readings(profile.questionnaire, 0, profile.scores[0]).empty());
}

TEST_CASE("the norms of a sum are compared by the range of one answer") {
  // Six items on 1..7: the sum goes from 6 to 42, each answer from 1 to 7.
  report::Profile profile = sample_profile();
  profile.questionnaire.scales[0].method = ScoreMethod::sum;
  profile.questionnaire.scales[0].norms = {normal(20, 5), normal(20, 5), normal(20, 5)};
  profile.questionnaire.scales[0].norms[0].range = AnswerRange{6, 42};
  profile.questionnaire.scales[0].norms[1].range = AnswerRange{1, 7};
  profile.questionnaire.scales[0].norms[2].range = AnswerRange{1, 6};
  profile.scores[0].estimate->score = 20;
  const auto readings = scoring::norm_readings(profile.questionnaire, 0, profile.scores[0]);
  REQUIRE(readings.size() == 1);
  CHECK(readings[0].norm == 1);
  CHECK(readings[0].position.percentile == 50);
}

TEST_CASE("the text of a profile sets a score beside a sample in one line, with its size") {
  report::Profile profile = sample_profile();
  profile.questionnaire.scales[0].norms = {table(), normal(10.0 / 3, 1)};
  const std::string text = text_of(profile);
  CHECK(text.find("For comparison, this score or a lower one: about 35 in 100 many people (n = "
                  "46,610), about 50 in 100 some people (n = 1,234, by a normal curve).") !=
        std::string::npos);
  CHECK(text.find("not what is right for you.") != std::string::npos);
  CHECK(text_of(sample_profile()).find("A sample is") == std::string::npos);
}

TEST_CASE("the ends of a sample are named as coarsely as they are known") {
  report::Profile profile = sample_profile();
  profile.questionnaire.scales[0].norms = {normal(7, 0.1), normal(1, 0.1)};
  const std::string text = text_of(profile);
  CHECK(text.find("fewer than 3 in 100 some") != std::string::npos);
  CHECK(text.find("more than 97 in 100 some") != std::string::npos);
}

TEST_CASE("the JSON of a profile has the places among norms within the scale") {
  report::Profile profile = sample_profile();
  profile.questionnaire.scales[0].norms = {table()};
  const auto json = nlohmann::json::parse(report::profile_json(profile, {}));
  REQUIRE(json["scores"]["anxiety"].contains("norms"));
  CHECK(json["scores"]["anxiety"]["norms"] ==
        nlohmann::json::parse(R"([{"sample":"many people","n":46610,"percentile":35.0,
                                   "method":"empirical"}])"));
  CHECK_FALSE(json["scores"]["avoidance"].contains("norms"));
}

TEST_CASE("a norm takes the range of its scale unless it names another") {
  const std::string text =
      replaced(sound, "high = \"easy\"",
               "high = \"easy\"\nnorms = [{ sample = 'x', n = 9, mean = 3, sd = 1, source = 's' }, "
               "{ sample = 'y', n = 9, range = [0, 9], mean = 8, sd = 1, source = 's' }]");
  const Questionnaire questionnaire = *definition::check_definition(text, {}).questionnaire;
  CHECK(questionnaire.scales[0].norms[0].range == AnswerRange{1, 5});
  CHECK(questionnaire.scales[0].norms[1].range == AnswerRange{0, 9});
}

TEST_CASE("mistakes in the range of a norm are found in their places") {
  const auto definition = [](const std::string& range) {
    return replaced(sound, "high = \"easy\"",
                    "high = \"easy\"\nnorms = [{ range = " + range +
                        ", sample = 'x', n = 9, mean = 5.5, sd = 1, source = 's' }]");
  };
  const std::string expected = "25:20: expected [smallest, largest] answer, two whole numbers";
  for (const char* range : {"7", "[1]", "[1, 2, 3]", "[1, 6.5]", "['1', '7']"}) {
    CHECK_MESSAGE(problems_of(definition(range)) == expected, range);
  }
  for (const char* range : {"[7, 1]", "[1, 1]", "[-1, 7]", "[1, 101]"}) {
    CHECK_MESSAGE(
        problems_of(definition(range)) == "25:20: a range goes from 0 or more up to at most 100",
        range);
  }
  CHECK(problems_of(definition("[1, 7]")).empty());
  CHECK(problems_of(definition("[2, 5]")) ==
        "25:10: the mean 5.5 lies outside the scale's range, 2 to 5");
}

TEST_CASE("a questionnaire is shown with its published numbers and where they come from") {
  Questionnaire questionnaire = sample_questionnaire();
  questionnaire.scales[0].norms = {normal(2.85, 1.12), table()};
  questionnaire.scales[0].norms[0].range = AnswerRange{1, 7};
  questionnaire.scales[0].reliability = Reliability{0.91, 0.8, 30, "there"};
  const std::string text = text_of(report::questionnaire_document(questionnaire));
  CHECK(text.find("Anxiety: alpha 0.91, retest correlation 0.8 after 30 days; source: there") !=
        std::string::npos);
  CHECK(text.find("Anxiety: some people (n = 1234, answers 1-7): mean 2.85, SD 1.12; source: "
                  "here") != std::string::npos);
  CHECK(text.find("many people (n = 46610): percentiles of 5 scores") != std::string::npos);
}
