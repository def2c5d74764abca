// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/report.hpp"

#include "report/pages/pages.hpp"
#include "report_checks.hpp"
#include "sample_profile.hpp"
#include "sample_trend.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

template <class T>
std::vector<T> all_of_kind(const report::Document& document) {
  std::vector<T> found;
  for (const report::Block& block : document) {
    if (const T* value = std::get_if<T>(&block)) found.push_back(*value);
  }
  return found;
}

// Those that stand alone and those in tables, as they follow one another.
std::vector<report::Ruler> all_rulers(const report::Document& document) {
  std::vector<report::Ruler> found;
  for (const report::Block& block : document) {
    if (const auto* ruler = std::get_if<report::Ruler>(&block)) found.push_back(*ruler);
    const auto* table = std::get_if<report::Table>(&block);
    if (table == nullptr) continue;
    for (const report::Picture& picture : table->pictures) {
      if (const auto* ruler = std::get_if<report::Ruler>(&picture)) found.push_back(*ruler);
    }
  }
  return found;
}

bool is_of_facets(const report::Table& table) { return table.header.front() == "Facet"; }

std::vector<std::string> headings(const report::Document& document) {
  std::vector<std::string> texts;
  for (const report::Heading& heading : all_of_kind<report::Heading>(document))
    texts.push_back(heading.text);
  return texts;
}

// All paragraphs, each on its line.
std::string prose(const report::Document& document) {
  std::string text;
  for (const report::Paragraph& paragraph : all_of_kind<report::Paragraph>(document))
    text += paragraph.text + '\n';
  return text;
}

bool says(const report::Document& document, const std::string& words) {
  return prose(document).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a profile has its parts in their order") {
  report::Profile profile = sample_profile();
  profile.interpretation.care_notes = {{"long-run", "One answer was given many times."}};
  CHECK(headings(
            report::profile_document(profile, {.explain = report::Explain::yes, .contact = {}})) ==
        std::vector<std::string>{"A sample", "In short", "A word on the answers", "Your scores",
                                 "Both scores together", "Next steps", "How each answer counts",
                                 "Anxiety", "Avoidance", "Please keep in mind"});
  CHECK(headings(report::profile_document(sample_profile(), {})) ==
        std::vector<std::string>{"A sample", "In short", "Your scores", "Both scores together",
                                 "Next steps", "Please keep in mind"});
}

TEST_CASE("the header says whom, when and which form") {
  report::Profile profile = sample_profile();
  using Rows = std::vector<std::pair<std::string, std::string>>;
  CHECK(all_of_kind<report::Facts>(report::profile_document(profile, {}))[0].rows ==
        Rows{{"About", "my partner"}, {"Date", "2026-11-24"}, {"Version", "1.2.0"}});
  profile.record.about.reset();
  profile.questionnaire.forms.push_back({"short", "Short form", 2, {0, 1}});
  profile.form = 1;
  CHECK(all_of_kind<report::Facts>(report::profile_document(profile, {}))[0].rows ==
        Rows{{"About", "the people closest to me"},
             {"Date", "2026-11-24"},
             {"Form", "Short form"},
             {"Version", "1.2.0"}});
}

TEST_CASE("each main scale is a ruler, its facets small rulers below it, highest first") {
  const report::Document document = report::profile_document(sample_profile(), {});
  const std::vector<report::Ruler> rulers = all_rulers(document);
  std::vector<std::string> names;
  for (const report::Ruler& ruler : rulers) names.push_back(ruler.name);
  CHECK(names == std::vector<std::string>{"Anxiety", "Worry", "Protest", "Avoidance", "Distance"});
  CHECK(all_of_kind<report::Ruler>(document).size() == 2);
  CHECK(rulers[0].value == "3.3 ± 1.0");  // 1.96 * 0.5 = 0.98
  CHECK(rulers[0].remark == "middle (could be low), answered 6 of 6");
  CHECK(rulers[0].low == 2.4);
  CHECK(rulers[0].high == 4.3);
  CHECK(rulers[0].low_label == "low end of anxiety");
  CHECK(rulers[1].remark == "perhaps high end of worry");
  CHECK(rulers[2].remark == "low end of protest");
  CHECK(rulers[3].remark == "high (could be middle), answered 2 of 3");
  CHECK(rulers[4].remark == "high end of distance, answered 2 of 3");
}

TEST_CASE("the text of a band follows a scale whose margin lies in it, and sentences follow it") {
  report::Profile profile = sample_profile();
  CHECK_FALSE(says(report::profile_document(profile, {}), "Avoidance is high."));
  profile.scores[1].estimate->low = 5.1;
  profile.questionnaire.sentences = {{"far", 1, "You keep {about} at a distance.", {}, {}, {}}};
  profile.questionnaire.abouts[1].you = "your partner";
  profile.interpretation.sentences = {0};
  const report::Document document = report::profile_document(profile, {});
  CHECK_FALSE(says(document, "Anxiety is in the middle."));
  CHECK(says(document, "Avoidance is high. You keep your partner at a distance.\n"));
}

TEST_CASE("what an area says is for those who are clearly in it") {
  report::Profile profile = sample_profile();
  CHECK_FALSE(says(report::profile_document(profile, {}), "Text of dismissing."));
  profile.interpretation.region->near_border = false;
  CHECK(says(report::profile_document(profile, {}), "Text of dismissing."));
}

TEST_CASE("a page begins with what it found, and with whom") {
  report::Profile profile = sample_profile();
  profile.questionnaire.abouts[1].you = "your partner";
  CHECK(says(
      report::profile_document(profile, {}),
      "With your partner: Anxiety 3.3, middle (could be low); high end of avoidance (Avoidance "
      "5.5, high, could be middle). Both scores together: 'At a distance', near its border. "
      "What stands out here: low end of protest (Protest 2.0), high end of distance (Distance "
      "5.5)."));
  for (ScaleScore& score : profile.scores) score.estimate.reset();
  profile.interpretation.region.reset();
  CHECK(says(report::profile_document(profile, {}),
             "There is no score: too few statements were answered."));
}

TEST_CASE("in short says what has changed, and claims no more than the trend does") {
  report::Profile profile = sample_profile();
  CHECK_FALSE(says(report::profile_document(profile, {}), "Previous check-in"));
  profile.trend = report_of({scale_of({4.4, 3.3}, "anxiety", "Anxiety")});
  profile.record.id = profile.trend.scales[0].points.back().id;
  profile.trend.scales[0].trend.since_last->verdict = trend::Verdict::no_change;
  CHECK(says(report::profile_document(profile, {}),
             "Previous check-in (2026-01-05): Anxiety 4.4. No clear change since then."));
  profile.trend.scales[0].trend.since_last->verdict = trend::Verdict::maybe;
  const double margin = 1.96 * profile.trend.scales[0].trend.since_last->se;
  CHECK(says(report::profile_document(profile, {}),
             fmt::format("Since then, Anxiety fell by 1.1 ± {:.1f}: more than the margin of error.",
                         margin)));
  profile.trend = report_of({scale_of(fallen, "anxiety", "Anxiety")});
  profile.record.id = profile.trend.scales[0].points.back().id;
  CHECK(says(report::profile_document(profile, {}),
             "Anxiety has changed: since about 25 May (5 check-ins) the average is 2.8, down from "
             "4.8 before (5 check-ins)."));
  profile.record.id = "another";  // an earlier record than the newest of the series
  CHECK_FALSE(says(report::profile_document(profile, {}), "Previous check-in"));
}

TEST_CASE("a score never reads as of another band than it is called") {
  report::Profile profile = sample_profile();
  profile.questionnaire.abouts[1].you = "your partner";
  profile.scores[0].estimate->score = 2.98;  // low, and would read as 3.0, where middle begins
  const report::Document document = report::profile_document(profile, {});
  CHECK(all_rulers(document)[0].value == "2.98 ± 1.0");
  CHECK(says(document, "2.98, low"));
}

TEST_CASE("every list of steps begins with safety and ends with what to do when one went badly") {
  report::Profile profile = sample_profile();
  profile.questionnaire.abouts[1].you = "your partner";
  CHECK(says(report::profile_document(profile, {}), "If you are ever afraid of your partner, or"));
  profile.record.about.reset();
  const report::Document document = report::profile_document(profile, {});
  CHECK(says(document, "If you are ever afraid of someone close to you, or"));
  CHECK(says(document, "If a step goes badly, you have not failed"));
}

TEST_CASE("the error is explained once") {
  const report::Document document = report::profile_document(sample_profile(), {});
  const std::string text = prose(document);
  const std::size_t first = text.find("within the margin shown here (±)");
  CHECK(first != std::string::npos);
  CHECK(text.find("within the margin shown here (±)", first + 1) == std::string::npos);
}

TEST_CASE("a margin from published reliability is named") {
  report::Profile profile = sample_profile();
  CHECK_FALSE(says(report::profile_document(profile, {}), "published reliability"));
  profile.scores[1].estimate->method = ErrorMethod::classical;
  CHECK(says(report::profile_document(profile, {}),
             "The margin rests on published reliability and norms for: Avoidance."));
}

TEST_CASE("a scale without a score says why, and takes the plane with it") {
  report::Profile profile = sample_profile();
  profile.scores[0].estimate.reset();
  profile.scores[0].reason = "only 1 of 6 items answered; 5 are needed";
  profile.interpretation.region.reset();
  const report::Document document = report::profile_document(profile, {});
  CHECK(says(document, "Anxiety is not scored: only 1 of 6 items answered; 5 are needed."));
  CHECK(says(document, "they need both scores"));
  CHECK(all_of_kind<report::Plane>(document).empty());
  CHECK(all_rulers(document).size() == 4);
}

TEST_CASE("facets of one or two items are not shown alone") {
  report::Profile profile = sample_profile();
  profile.scores[2].items = profile.scores[2].answered = 2;
  const report::Document document = report::profile_document(profile, {});
  CHECK(all_rulers(document).size() == 4);
  CHECK(says(document, "are left out"));
}

TEST_CASE("the plane has the two scales, the cuts and the areas of the regions") {
  const report::Plane plane =
      all_of_kind<report::Plane>(report::profile_document(sample_profile(), {}))[0];
  CHECK(plane.x.name == "Anxiety");
  CHECK(plane.y.name == "Avoidance");
  REQUIRE(plane.points.size() == 1);
  CHECK(plane.points[0].x == 10.0 / 3);
  CHECK(plane.points[0].low_x == 2.4);
  CHECK(plane.points[0].y == 5.5);
  CHECK(plane.points[0].high_y == 6.1);
  CHECK(plane.x.cuts == std::vector<double>{4});
  CHECK(plane.y.cuts == std::vector<double>{4});
  REQUIRE(plane.areas.size() == 4);
  CHECK(plane.areas[1].name == "On alert");
  CHECK(std::pair(plane.areas[1].low_x, plane.areas[1].high_x) == std::pair(4.0, 7.0));
  CHECK(std::pair(plane.areas[1].low_y, plane.areas[1].high_y) == std::pair(1.0, 4.0));
  CHECK(plane.description ==
        "Anxiety 3.3 on a scale from 1 to 7; Avoidance 5.5 on a scale from 1 to 7; together in the "
        "area 'At a distance'.");
}

TEST_CASE("near a border the neighbour is named with its chance") {
  report::Profile profile = sample_profile();
  const std::string near = prose(report::profile_document(profile, {}));
  CHECK(near.find("in the area 'At a distance', near its border") != std::string::npos);
  CHECK(near.find("about 9 in 10 for 'At a distance' and about 1 in 10 for 'On guard'") !=
        std::string::npos);
  profile.interpretation.region = interpretation::RegionReading{2, false, {0, 0, 0.999, 0.001}, {}};
  const std::string clear = prose(report::profile_document(profile, {}));
  CHECK(clear.find("near a border") == std::string::npos);
  CHECK(clear.find("even allowing for both margins of error.") != std::string::npos);
  profile.interpretation.region = interpretation::RegionReading{2, true, {0, 0, 0.96, 0.04}, {}};
  CHECK(
      says(report::profile_document(profile, {}),
           "near its border: with the margin of error, the chances are more than 9 in 10 for 'At a "
           "distance'."));
}

TEST_CASE("where no area is likelier than all others together, none is described") {
  report::Profile profile = sample_profile();
  profile.interpretation.region =
      interpretation::RegionReading{2, true, {0.1, 0.05, 0.45, 0.4}, {3, 0}};
  const std::string text = prose(report::profile_document(profile, {}));
  CHECK(text.find("No name fits well enough") != std::string::npos);
  CHECK(text.find("about 5 in 10 for 'At a distance'") != std::string::npos);
  CHECK(text.find("Text of dismissing.") == std::string::npos);
  const report::Plane plane = all_of_kind<report::Plane>(report::profile_document(profile, {}))[0];
  CHECK(plane.description.find("together in the area") == std::string::npos);
}

TEST_CASE("chances are said in words people use") {
  CHECK(report::chances({0}).front() == "less than 1 in 10");
  CHECK(report::chances({0.049}).front() == "less than 1 in 10");
  CHECK(report::chances({0.12}).front() == "about 1 in 10");
  CHECK(report::chances({0.5}).front() == "about 5 in 10");
  CHECK(report::chances({0.949}).front() == "about 9 in 10");
  CHECK(report::chances({0.96}).front() == "more than 9 in 10");
  const std::vector<std::string> halves{"about 6 in 10", "about 4 in 10"};
  CHECK(report::chances({0.55, 0.45}) == halves);  // each alone would be rounded up
  const std::vector<std::string> three{"about 4 in 10", "about 3 in 10", "about 2 in 10"};
  CHECK(report::chances({0.36, 0.33, 0.23}) == three);  // 8 in 100 are elsewhere
}

TEST_CASE("next steps keep the order of the interpretation") {
  const std::vector<report::Step> steps =
      all_of_kind<report::Step>(report::profile_document(sample_profile(), {}));
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].title == "Second step");
  CHECK(steps[0].size.empty());
  CHECK(steps[1].try_this == "Its try.");
}

TEST_CASE("status, limits, help and the own line close every profile") {
  const report::Document document =
      report::profile_document(sample_profile(), {.contact = "Dr. Example"});
  CHECK(says(document, "original, not yet validated. "));
  CHECK(says(document, "not a diagnosis"));
  CHECK(says(document, "If you are in distress"));
  CHECK(says(document, "Your own line: Dr. Example"));
  CHECK_FALSE(says(report::profile_document(sample_profile(), {}), "Your own line"));
}

TEST_CASE("the explanation lists each answer by what it counts as, and marks those far off") {
  const report::Document document =
      report::profile_document(sample_profile(), {.explain = report::Explain::yes, .contact = {}});
  std::vector<report::Table> tables = all_of_kind<report::Table>(document);
  std::erase_if(tables, is_of_facets);
  REQUIRE(tables.size() == 2);
  REQUIRE(tables[0].rows.size() == 6);
  // The mean is 10/3: an answer that counts as 1 is 2.3 below it.
  CHECK(tables[0].rows[5] ==
        std::vector<std::string>{"Statement protest1 about my partner.", "1", "1", "below"});
  const auto& reversed = tables[0].rows[3];
  CHECK(reversed[1] == "5");
  CHECK(reversed[2] == "3");
  CHECK(reversed[3].empty());
  CHECK(tables[1].rows.size() == 2);
  CHECK(says(document, "One answer a step higher or lower moves the score by 0.17."));
  tables = all_of_kind<report::Table>(report::profile_document(sample_profile(), {}));
  CHECK(std::ranges::all_of(tables, is_of_facets));
}

TEST_CASE("a form without scales is answered with what was noted") {
  report::Profile profile;
  profile.questionnaire.title = "A moment";
  profile.questionnaire.status = "a journal form, not scored";
  profile.questionnaire.forms = {{"full", "", {}, {0, 1, 2}}};
  Item urge;
  urge.id = "urge";
  urge.text = "Which urge was there?";
  urge.kind = ItemKind::choice;
  urge.choices = {{"withdraw", "to withdraw"}, {"cling", "to cling"}};
  Item note;
  note.id = "note";
  note.text = "A line for yourself.";
  note.kind = ItemKind::text;
  profile.questionnaire.items = {urge, note, note};
  profile.responses = empty_responses(profile.questionnaire);
  profile.responses.answers[0] = ChosenIds{"withdraw"};
  profile.responses.answers[1] = std::string("it was in the kitchen");
  profile.responses.answers[2] = Skipped{};
  profile.record.taken_at = *parse_rfc3339("2026-11-24T09:14:00+01:00");
  const report::Document document = report::profile_document(profile, {});
  CHECK(headings(document) ==
        std::vector<std::string>{"A moment", "What you noted", "Please keep in mind"});
  const std::vector<report::Facts> facts = all_of_kind<report::Facts>(document);
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].rows[0].second == "2026-11-24, 09:14");
  using Rows = std::vector<std::pair<std::string, std::string>>;
  CHECK(facts[1].rows == Rows{{"Which urge was there?", "to withdraw"},
                              {"A line for yourself.", "it was in the kitchen"}});
  CHECK(says(document, "no score"));
  profile.responses = empty_responses(profile.questionnaire);
  CHECK(says(report::profile_document(profile, {}), "Nothing this time, and that is fine."));
}

TEST_CASE("a sum scale is shown in whole numbers on its own range") {
  report::Profile profile = sample_profile();
  profile.questionnaire.scales[1].method = ScoreMethod::sum;
  profile.questionnaire.scales[1].bands.clear();
  profile.questionnaire.regions.clear();
  profile.interpretation.region.reset();
  profile.scores[1] = sample_score(84.4, 4.1, 76.4, 92.4, 20, 20);
  const std::vector<report::Ruler> rulers = all_rulers(report::profile_document(profile, {}));
  CHECK(rulers[3].min == 20);
  CHECK(rulers[3].max == 140);
  CHECK(rulers[3].value == "84 ± 8");
  CHECK(rulers[3].remark == "answered 20 of 20");
}

TEST_CASE("a whole profile keeps to every page and says the same with and without colour") {
  const report::Document document = report::profile_document(
      sample_profile(), {.explain = report::Explain::yes, .contact = "Dr. Example"});
  for (const std::size_t width : {20U, 40U, 80U, 200U}) {
    for (const report::Charset charset : {report::Charset::ascii, report::Charset::utf8}) {
      report::TextStyle style{width, report::Colour::off, charset, true};
      const std::string plain = report::render_text(document, style);
      CHECK(widest_line(plain) <= width);
      style.colour = report::Colour::on;
      CHECK(without_colour(report::render_text(document, style)) == plain);
    }
  }
}
