// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/report.hpp"

#include "builders.hpp"
#include "report_checks.hpp"
#include "sample_profile.hpp"
#include "series_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file
using Json = nlohmann::ordered_json;

namespace {

// Anxiety: 3.4, 3.0 and not scored; avoidance: 2 ± 0.5, 5.5 ± 0.5 and 6 ± 1. The sample knows
// nobody's mother.
report::Relationships sample() {
  const auto row = [](std::string about, const char* day, ScaleScore anxiety,
                      ScaleScore avoidance) {
    return report::Relationship{
        about,
        "id-" + about,
        noon(day),
        {std::move(anxiety), std::move(avoidance), unscored(), unscored(), unscored()}};
  };
  report::Relationships all{sample_questionnaire(), {}};
  all.rows = {row("general", "2026-11-01", scored(2.4, 0.4), scored(2, 0.5)),
              row("partner", "2026-11-08", scored(2.0, 0.4), scored(5.5, 0.5)),
              row("mother", "2026-11-24", unscored(), scored(6, 1))};
  return all;
}

std::string text_of(const report::Relationships& all) {
  std::string text = report::render_text(report::relationships_document(all), {.pictures = false});
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("relationships stand side by side in one table") {
  const std::string out =
      report::render_text(report::relationships_document(sample()), {.width_columns = 100});
  CHECK(has(out,
            "About                     Date           Anxiety  Avoidance  Area\n"
            "  ────────────────────────  ──────────  ──────────  ─────────  ───────────────\n"
            "  the people closest to me  2026-11-01   2.4 ± 0.8  2.0 ± 1.0  'At ease'\n"
            "  my partner                2026-11-08   2.0 ± 0.8  5.5 ± 1.0  'At a distance'\n"
            "  mother                    2026-11-24  not scored  6.0 ± 2.0  between areas\n"));
  CHECK(has(out, "Not scored:\n  - mother, Anxiety: no item answered\n"));
}

TEST_CASE("without areas the table has no column for them") {
  report::Relationships all = sample();
  all.questionnaire.regions.clear();
  CHECK_FALSE(has(text_of(all), "area"));
}

TEST_CASE("a spread within the errors of single sittings is told as that") {
  // ± 1.96·√0.32 = 1.109; χ² 0.5 with 1 degree: 0.48.
  CHECK(has(text_of(sample()),
            "Between 'my partner' (2.0) and 'the people closest to me' (2.4): a difference of 0.4, "
            "give or take 1.1. That is within the margin of error: no clear difference."));
}

TEST_CASE("a spread beyond the errors is told with its size") {
  // ± 1.96·√1.25 = 2.191; the first and the last.
  CHECK(has(text_of(sample()),
            "The two furthest apart are 'the people closest to me' (2.0) and 'mother' (6.0): a "
            "difference of 4.0, give or take 2.2. That is more than the margin of error: a "
            "clear difference."));
}

TEST_CASE("the two furthest apart of several may lie beyond the margin of two by chance") {
  report::Relationships all = sample();
  for (std::size_t i = 0; i < 3; ++i) {
    all.rows[i].scores[0] = scored(2.0 + static_cast<double>(i), 0.7);
  }
  // ± 1.96·√0.98 = 1.940; χ² 2/0.49 = 4.08 with 2 degrees: 0.13.
  CHECK(has(text_of(all),
            "a difference of 2.0, give or take 1.9. That is more than the margin of error of two, "
            "but of 3 people the two furthest apart often lie so far from one another by chance: "
            "no clear difference."));
}

TEST_CASE("rows without a score are passed over in the spread, and its indexes are those of rows") {
  report::Relationships all = sample();
  all.rows[0].scores[0] = unscored();
  all.rows[2].scores[0] = scored(5, 0.4);
  const auto spread = report::spread_of(all, 0);
  REQUIRE(spread);
  CHECK(spread->degrees == 1);
  CHECK(spread->lowest == 1);
  CHECK(spread->highest == 2);
  all.rows[2].scores[0] = unscored();
  CHECK_FALSE(report::spread_of(all, 0));
  CHECK(has(text_of(all), "Only one of them is scored here"));
}

TEST_CASE("everyone with both scores has a letter on one map, and a sentence without pictures") {
  report::Relationships all = sample();
  const auto add = [&](const std::string& about) {
    report::Relationship row = all.rows.front();
    row.about = about;
    row.scores[0] = scored(5, 0.4);
    all.rows.push_back(std::move(row));
  };
  add("friend");
  const auto drawn = [&] { return report::render_text(report::relationships_document(all), {}); };
  CHECK(has(drawn(), "On one map\n"));
  add("sister");
  CHECK(has(drawn(), "A the people closest to me   B my partner   C friend   D sister\n"));
  CHECK(has(drawn(), " DC"));  // who has the same place stands beside it
  CHECK(has(text_of(all), "my partner: Anxiety 2.0, Avoidance 5.5; "));
  CHECK(has(text_of(all), "friend: Anxiety 5.0, Avoidance 2.0; "));
  all.rows.resize(1);
  CHECK_FALSE(has(text_of(all), "On one map"));
}

TEST_CASE("one relationship alone brings the command for the next") {
  report::Relationships all = sample();
  all.rows.resize(1);
  const std::string text = text_of(all);
  CHECK(has(text, "So far there are answers about one relationship (the people closest to me)."));
  CHECK(has(text, "Add one with: attune take sample --about partner"));
  CHECK_FALSE(has(text, "How far apart"));
  all.questionnaire.abouts.resize(1);
  CHECK(has(text_of(all), "names nobody else to answer about"));
}

TEST_CASE("in Markdown the scores of each scale are a table headed by what they are about") {
  const std::string markdown = report::render_markdown(report::relationships_document(sample()));
  CHECK(has(markdown,
            "| About | Score |\n"
            "| --- | ---: |\n"
            "| the people closest to me | 2.4 ± 0.8 |\n"));
}

TEST_CASE("relationships never speak of significance and say what they are not") {
  const std::string text = text_of(sample());
  for (const char* word : {"ignifican", "!", "better", "worse", "normal", "should"}) {
    CAPTURE(word);
    CHECK_FALSE(has(text, word));
  }
  CHECK(has(text, "It is not a diagnosis"));
  CHECK(has(text, "Status of this questionnaire: original, not yet validated."));
}

TEST_CASE("the JSON of relationships has the promised keys, values and nulls") {
  const Json json = Json::parse(report::relationships_json(sample()));
  CHECK(json["schema"] == "attune.relationships");
  CHECK(json["version"] == 1);
  CHECK(json["questionnaire"] == "sample");
  REQUIRE(json["relationships"].size() == 3);
  const Json& first = json["relationships"][0];
  CHECK(first["about"] == "general");
  CHECK(first["id"] == "id-general");
  CHECK(first["taken_at"] == "2026-11-01T12:00:00Z");
  CHECK(first["scores"]["anxiety"]["score"].get<double>() == 2.4);
  CHECK(first["scores"]["anxiety"]["se"].get<double>() == 0.4);
  CHECK(first["region"] == Json::parse(R"({"id":"secure","name":"At ease"})"));
  const Json& last = json["relationships"][2];
  CHECK(last["scores"]["anxiety"]["score"].is_null());
  CHECK(last["scores"]["anxiety"]["reason"] == "no item answered");
  CHECK(last["region"].is_null());
  const Json& spread = json["scales"]["avoidance"]["spread"];
  CHECK(spread["mean"].get<double>() == doctest::Approx(4));
  CHECK(spread["q"].get<double>() == doctest::Approx(29));
  CHECK(spread["degrees"] == 2);
  CHECK(spread["probability"].get<double>() == doctest::Approx(std::exp(-14.5)));
  CHECK(spread["largest"]["lowest"] == "general");
  CHECK(spread["largest"]["highest"] == "mother");
  CHECK(spread["largest"]["difference"].get<double>() == doctest::Approx(4));
  CHECK(spread["largest"]["se"].get<double>() == doctest::Approx(std::sqrt(1.25)));
  report::Relationships alone = sample();
  alone.rows.resize(1);
  CHECK(Json::parse(report::relationships_json(alone))["scales"]["anxiety"]["spread"].is_null());
}

TEST_CASE("relationships keep to every page, and foreign texts stay texts") {
  std::vector<std::string> texts = hostile_texts();
  texts.insert(texts.end(), awkward_texts().begin(), awkward_texts().end());
  for (const std::string& text : texts) {
    report::Relationships all = sample();
    Questionnaire& questionnaire = all.questionnaire;
    questionnaire.title = questionnaire.status = questionnaire.regions[0].name = text;
    questionnaire.scales[0].name = questionnaire.scales[0].low = questionnaire.scales[0].high =
        text;
    questionnaire.abouts[0].phrase = all.rows[2].scores[0].reason = text;
    for (const std::size_t width : {20U, 40U, 80U, 200U}) {
      for (const report::Charset charset : {report::Charset::ascii, report::Charset::utf8}) {
        const std::string out = report::render_text(report::relationships_document(all),
                                                    {.width_columns = width, .charset = charset});
        CHECK(widest_line(out) <= width);
        CHECK_FALSE(invalid_utf8(out));
        CHECK(escape_lines(out) == out);
      }
    }
    const std::string markdown = report::render_markdown(report::relationships_document(all));
    CHECK(escape_lines(markdown) == markdown);
    all.rows[0].about = questionnaire.scales[0].id = text;
    CHECK(Json::accept(report::relationships_json(all)));
    CHECK(report::relationships_json(all).find('\n') == report::relationships_json(all).size() - 1);
  }
}
