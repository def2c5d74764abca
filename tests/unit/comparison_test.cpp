// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attune/report.hpp"

#include "report_checks.hpp"
#include "sample_comparison.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using Json = nlohmann::ordered_json;

TEST_CASE("the head names both, their days, whom they had in mind and their forms") {
  report::Comparison comparison = sample_comparison();
  comparison.questionnaire.forms.push_back({"short", "Short form", {}, {}});
  comparison.second.sitting.form = "short";
  comparison.second.sitting.about.reset();
  const std::string text = text_of(comparison);
  CHECK(has(text, "A sample: Ana and Ben"));
  CHECK(has(text, "Ana: 2026-11-24, about my partner"));
  CHECK(has(text, "Ben: 2026-11-24, about the people closest to me, Short form"));
  CHECK(has(text, "The two used different forms."));
  CHECK(has(text, "You answered about different people."));
}

TEST_CASE("sittings that are alike in form, text and about have no notes") {
  const std::string text = text_of(sample_comparison());
  CHECK_FALSE(has(text, "The two used different forms."));
  CHECK_FALSE(has(text, "different people in mind"));
  CHECK_FALSE(has(text, "shown as they are"));
}

TEST_CASE("scores of another text are named in one line") {
  report::Comparison comparison = sample_comparison();
  comparison.second.sitting.sha256 = std::string(64, 'b');
  comparison.second.sitting.version = "1.1.0";
  CHECK(
      has(text_of(comparison),
          "This page uses version 1.2.0 of the questionnaire; these scores come from another text "
          "of it: Ben (1.1.0). They are shown as they are."));
}

TEST_CASE("both points lie on one plane with their names") {
  const report::Document document = report::comparison_document(sample_comparison());
  const report::Plane* plane = plane_in(document);
  REQUIRE(plane != nullptr);
  REQUIRE(plane->points.size() == 2);
  CHECK(plane->points[0].name == "Ana");
  CHECK(plane->points[0].x == 5);
  CHECK(plane->points[0].y == 2);
  CHECK(plane->points[1].name == "Ben");
  CHECK(plane->points[1].low_y == doctest::Approx(5.5 - 1.96 * 0.4));
  CHECK(plane->areas.size() == 4);
  CHECK(plane->x.cuts == std::vector<double>{4});
  CHECK(plane->description ==
        "Ana: Anxiety 5.0, Avoidance 2.0; 'On alert'. Ben: Anxiety 2.0, Avoidance 5.5; 'At a "
        "distance'.");
}

TEST_CASE("the table has both scores and the second less the first") {
  // Anxiety: 1.96·0.3 = 0.6, 1.96·√(0.09 + 0.09) = 0.83; avoidance: 0.8 and 1.11.
  const std::string out = report::render_text(report::comparison_document(sample_comparison()), {});
  CHECK(has(out,
            "  Scale            Ana        Ben  Difference\n"
            "  ─────────  ─────────  ─────────  ──────────\n"
            "  Anxiety    5.0 ± 0.6  2.0 ± 0.6  −3.0 ± 0.8\n"
            "  Avoidance  2.0 ± 0.8  5.5 ± 0.8  +3.5 ± 1.1\n"));
}

TEST_CASE("a difference beyond its error is called one, a smaller one is not") {
  report::Comparison comparison = sample_comparison();
  comparison.second.scores[0] = scored(4.5, 0.3);
  const std::string text = text_of(comparison);
  CHECK(has(text,
            "Anxiety: Ana (5.0) and Ben (4.5) differ by 0.5, give or take 0.8. That is "
            "within the margin of error: no clear difference."));
  CHECK(has(
      text,
      "Avoidance: Ana (2.0) and Ben (5.5) differ by 3.5, give or take 1.1. That is more than the "
      "margin of error: a clear difference."));
}

TEST_CASE("a difference that rounds to 0 has no sign") {
  report::Comparison comparison = sample_comparison();
  comparison.second.scores[0] = scored(5.04, 0.3);
  CHECK(has(render_text(report::comparison_document(comparison), {}), "  0.0 ± 0.8\n"));
}

TEST_CASE("what is not scored is told, and the rest goes on") {
  report::Comparison comparison = sample_comparison();
  comparison.second.scores[1] = unscored();
  const std::string text = text_of(comparison);
  CHECK(has(text,
            "Avoidance: not scored for Ben: no item answered. So there is nothing to compare "
            "here."));
  CHECK(has(text, "Anxiety: Ana (5.0) and Ben (2.0) differ by 3.0, give or take 0.8."));
  CHECK(has(text, "Only people with both scores have a place"));
  CHECK(has(text, "that needs both scores of each"));
  const report::Document document = report::comparison_document(comparison);
  REQUIRE(plane_in(document) != nullptr);
  CHECK(plane_in(document)->points.size() == 1);
  const Json json = Json::parse(report::comparison_json(comparison));
  CHECK(json["differences"]["avoidance"] == nullptr);
  CHECK(json["second"]["scores"]["avoidance"]["reason"] == "no item answered");
  CHECK(json["second"]["region"] == nullptr);
  CHECK(json["pairing"] == nullptr);
}

TEST_CASE("with no place on the plane for either there is no plane") {
  report::Comparison comparison = sample_comparison();
  comparison.first.scores[0] = unscored();
  comparison.second.scores[1] = unscored();
  CHECK(plane_in(report::comparison_document(comparison)) == nullptr);
}

namespace {

// On the first scale of two people.
std::optional<trend::Change> difference(const ScaleScore& first, const ScaleScore& second) {
  report::Comparison comparison = sample_comparison();
  comparison.first.scores[0] = first;
  comparison.second.scores[0] = second;
  return report::difference_of(comparison, 0);
}

bool differs(const ScaleScore& first, const ScaleScore& second) {
  return difference(first, second)->verdict != trend::Verdict::no_change;
}

}  // namespace

TEST_CASE("a difference is the second less the first, its errors added as squares") {
  // √(0.3² + 0.4²) = 0.5; 1.96 · 0.5 = 0.98.
  const auto found = difference(scored(5, 0.3), scored(3.5, 0.4));
  REQUIRE(found.has_value());
  CHECK(found->change == -1.5);
  CHECK(found->se == doctest::Approx(0.5).epsilon(1e-12));
  CHECK(found->low == doctest::Approx(-2.48).epsilon(1e-12));
  CHECK(found->high == doctest::Approx(-0.52).epsilon(1e-12));
  CHECK(differs(scored(5, 0.3), scored(3.5, 0.4)));
}

TEST_CASE("two scores differ only when the interval leaves 0 out") {
  // 1.96 · √0.5 = 1.386.
  CHECK_FALSE(differs(scored(3, 0.5), scored(4.38, 0.5)));
  CHECK(differs(scored(3, 0.5), scored(4.39, 0.5)));
  CHECK_FALSE(differs(scored(3, 0), scored(3, 0)));
  CHECK_FALSE(difference(unscored(), scored(3, 0.5)).has_value());
  CHECK_FALSE(difference(scored(3, 0.5), unscored()).has_value());
}

TEST_CASE("swapping the two turns the sign of a difference, and nothing else") {
  Numbers numbers(7);
  for (int run = 0; run < 500; ++run) {
    const auto draw = [&] {
      return scored(numbers.between(10, 70) / 10.0, numbers.between(0, 9) / 10.0);
    };
    const ScaleScore a = draw();
    const ScaleScore b = draw();
    const auto there = difference(a, b);
    const auto back = difference(b, a);
    CHECK(there->change == -back->change);
    CHECK(there->low == -back->high);
    CHECK(there->verdict == back->verdict);
  }
}

TEST_CASE("sums over different numbers of items are not compared") {
  report::Comparison comparison = sample_comparison();
  comparison.questionnaire.scales[0].method = ScoreMethod::sum;
  comparison.first.scores[0] = scored(30, 3, 8, 56);
  comparison.second.scores[0] = scored(10, 2, 4, 28);
  comparison.second.scores[0].items = 4;
  CHECK_FALSE(report::difference_of(comparison, 0).has_value());
  CHECK(has(text_of(comparison), "the two are sums over different numbers of questions"));
}

TEST_CASE("the reader is you, within a sentence in small letters") {
  report::Comparison comparison = sample_comparison();
  comparison.first.name = "You";
  comparison.first.address = report::Address::you;
  const std::string text = text_of(comparison);
  CHECK(has(text, "A sample: you and Ben"));
  CHECK(has(text, "Anxiety: you (5.0) and Ben (2.0) differ by"));
  CHECK(has(text, "For you"));
}

TEST_CASE("the page says what it does not know, and where to turn") {
  report::Comparison comparison = sample_comparison();
  comparison.contact = "Ada, 555 0100";
  const std::string text = text_of(comparison);
  CHECK(has(text, "It is no verdict on your relationship or on either of you"));
  CHECK(has(text, "this page is the wrong tool"));
  CHECK(has(text, "Your own line: Ada, 555 0100"));
  CHECK(has(text, "Status of this questionnaire: original, not yet validated."));
  CHECK(has(text, "It is not a diagnosis"));
}

TEST_CASE("the JSON of a comparison has both people, differences and the pairing") {
  const Json json = Json::parse(report::comparison_json(sample_comparison()));
  CHECK(json["schema"] == "attune.comparison");
  CHECK(json["version"] == 1);
  CHECK(json["first"]["name"] == "Ana");
  CHECK(json["first"]["scores"].size() == 2);
  CHECK(json["first"]["scores"]["anxiety"]["score"] == 5.0);
  CHECK(json["first"]["region"]["id"] == "preoccupied");
  CHECK(json["differences"]["anxiety"]["difference"] == -3.0);
  CHECK(json["differences"]["anxiety"]["differs"] == true);
  CHECK(json["pairing"]["id"] == "reach");
  CHECK(json["pairing"]["clear"] == true);
  CHECK(json["pairing"]["one"] == "first");
  CHECK(json["pairing"]["probabilities"].size() == 2);
  CHECK(json["pairing"]["steps"]["other"] == nullptr);
}

TEST_CASE("names and texts from elsewhere reach no terminal as more than text") {
  for (const std::string& hostile : hostile_texts()) {
    report::Comparison comparison = sample_comparison();
    comparison.first.name = hostile;
    comparison.first.sitting.version = hostile;
    comparison.first.sitting.sha256 = "";
    comparison.first.sitting.form = hostile;
    comparison.first.sitting.about = hostile;
    comparison.first.scores[0].estimate.reset();
    comparison.first.scores[0].reason = hostile;
    const std::string out = report::render_text(report::comparison_document(comparison), {});
    CHECK(escape_lines(out) == out);
    CHECK_FALSE(report::comparison_json(comparison).empty());
  }
}
