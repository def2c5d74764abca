// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "attune/definition.hpp"
#include "attune/document.hpp"
#include "attune/report.hpp"

#include "log_builders.hpp"
#include "progress_values.hpp"
#include "report_checks.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

Questionnaire shipped(const std::string& id) {
  const std::ifstream file(std::string(ATTUNE_SOURCE_DIR "/questionnaires/") + id + ".toml");
  std::ostringstream text;
  text << file.rdbuf();
  return *definition::check_definition(text.str(), {}).questionnaire;
}

std::vector<Questionnaire> shipped_questionnaires() {
  return {shipped("closeness"), shipped("growth"), shipped("moment"), shipped("support")};
}

std::string page(const std::vector<report::Measure>& measures,
                 const report::TextStyle& style = {}) {
  return report::render_text(report::progress_document(measures, {"my partner"}), style);
}

// The same with its paragraphs on one line each.
std::string unwrapped(std::string text) {
  for (const std::string_view pause : {"\n    ", "\n  "}) {
    for (std::size_t at = text.find(pause); at != std::string::npos; at = text.find(pause, at)) {
      text.replace(at, pause.size(), " ");
    }
  }
  return text;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the shipped definitions make the seven measures in the promised order") {
  const std::vector<Questionnaire> questionnaires = shipped_questionnaires();
  std::vector<std::string> ids;
  for (const report::MeasureSource& source : report::measure_sources(questionnaires)) {
    const Questionnaire& questionnaire = questionnaires[source.questionnaire];
    ids.push_back(source.kind == report::MeasureKind::rate ? questionnaire.rates[source.index].id
                                                           : questionnaire.scales[source.index].id);
  }
  CHECK(ids == std::vector<std::string>{"anxiety", "avoidance", "emotional-awareness", "trust",
                                        "engagement", "self-compassion",
                                        "relationship-satisfaction"});
}

TEST_CASE("the seven measures have the promised typical ranges and wanted directions") {
  const std::vector<Questionnaire> questionnaires = shipped_questionnaires();
  std::vector<std::string> rows;
  for (const report::MeasureSource& source : report::measure_sources(questionnaires)) {
    const Questionnaire& questionnaire = questionnaires[source.questionnaire];
    const report::Measure measure =
        source.kind == report::MeasureKind::rate
            ? report::rate_measure(questionnaire, source.index, {})
            : report::scale_measure(questionnaire, source.index, {}, {});
    CHECK(measure.typical_of == "people with an avoidant attachment style");
    rows.push_back(measure.name + ": " + measure.typical + ", " +
                   std::string(name_of(measure.wanted)));
  }
  CHECK(rows == std::vector<std::string>{
                    "Anxiety: 1–3, down", "Avoidance: 5–7, down", "Emotional awareness: 2–4.5, up",
                    "Trust: 2–4.5, up", "Therapy engagement: varies, steady",
                    "Self-compassion: 2–4.5, up", "Relationship satisfaction: 2–4.5, up"});
}

TEST_CASE("measures of equal place keep the order of the questionnaires and of the file") {
  Questionnaire first = one_scale();
  Questionnaire second = log_questionnaire();
  first.scales[0].progress = 5;
  second.rates[0].progress = 5;
  Rate other = second.rates[0];
  other.progress = 1;
  second.rates.push_back(other);
  const std::vector<report::MeasureSource> sources =
      report::measure_sources(std::vector{first, second});
  REQUIRE(sources.size() == 3);
  CHECK(sources[0].questionnaire == 1);
  CHECK(sources[0].index == 1);
  CHECK(sources[1].questionnaire == 0);
  CHECK(sources[1].kind == report::MeasureKind::score);
  CHECK(sources[2].questionnaire == 1);
  CHECK(sources[2].kind == report::MeasureKind::rate);
}

TEST_CASE("a scale as a measure has its latest score, its dates and its points") {
  const report::Measure measure =
      trust({4.0, 4.2, 5.0}, a_change(1.0, 0.3, 1.7, trend::Verdict::maybe));
  CHECK(measure.source == "growing");
  CHECK(measure.score->score == 5.0);
  CHECK(measure.check_ins == 3);
  CHECK(render_local_date(*measure.first) == "2026-01-01");
  CHECK(render_local_date(*measure.last) == "2026-02-26");
  REQUIRE(measure.points.size() == 3);
  CHECK(measure.points[1].value == 4.2);
  CHECK(measure.range.min == 1);
  CHECK(measure.range.max == 7);
  CHECK(measure.change->change == 1.0);
  CHECK(measure.reason.empty());
  CHECK(measure.command == "attune take growing");
}

TEST_CASE("a measure without check-ins says why and what adds one") {
  const report::Measure measure = trust({}, {});
  CHECK_FALSE(measure.score.has_value());
  CHECK(measure.reason == "no check-in yet");
  CHECK(measure.check_ins == 0);
  Questionnaire about_someone = one_scale();
  about_someone.abouts = {{"partner", "my partner"}};
  CHECK(report::scale_measure(about_someone, 0, {}, {}, 0).command ==
        "attune take growing --about partner");
  const report::Measure kept = report::rate_measure(log_questionnaire(), 0, {});
  CHECK(kept.reason == "no sessions to count yet");
  CHECK(kept.command == "attune take log");
}

TEST_CASE("a rate as a measure has its last 90 days and one point per month") {
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2026-01-10", 3, "missed");
  add_sessions(entries, "2026-01-20", 1, "came");
  add_sessions(entries, "2026-03-05", 2, "came");
  add_sessions(entries, "2026-06-01", 4, "came");  // the last 90 days begin on 4 March
  const report::Measure measure = report::rate_measure(log_questionnaire(), 0, entries);
  CHECK(*measure.rate == trend::RateTally{6, 6});
  CHECK(measure.check_ins == 10);
  REQUIRE(measure.points.size() == 3);
  CHECK(measure.points[0].value == 0.25);
  CHECK(measure.points[1].value == 1.0);
  CHECK(render_local_date(measure.points[1].at) == "2026-03-01");
  CHECK_FALSE(measure.change.has_value());
}

TEST_CASE("the page has one row per measure, with the verdict in words") {
  // A margin of 1.96 x 0.3 = 0.588. Six check-ins 28 days apart stand side by side, on five heights
  // from 2 to 6; 9 of 11 on the fourth from none to all.
  const std::string text = page(
      {trust({2, 2, 3, 4, 5, 6}, a_change(3, 2, 4, trend::Verdict::changed)), kept_sessions(9, 11)},
      {.charset = report::Charset::ascii});
  CHECK(has(text,
            "  Measure        Now          Since start     Hoped   Over time\n"
            "  -------------  -----------  --------------  ------  ---------\n"
            "  Trust          6.0 +/- 0.6  +3.0, changed   higher  __.-'^\n"
            "  Sessions kept  9 of 11      9 of 11 in all  steady  '\n"));
}

TEST_CASE("a line shows a third of its scale around its own scores, or all that they reach") {
  const std::vector<report::Measure> measures{trust({3.2, 3.4}, {}), trust({1, 1.5}, {}),
                                              trust({4, 7}, {}), kept_sessions(9, 11)};
  CHECK(has(unwrapped(page(measures)),
            "Each line shows a third of its scale around your own scores, or more where they reach "
            "further. A line of counts runs from none to all."));
  const std::string html = report::render_html(report::progress_document(measures, {}));
  for (const char* ends :
       {"<span>4.3</span><span>2.3</span>", "<span>3.0</span><span>1.0</span>",
        "<span>7.0</span><span>4.0</span>", "<span>1.0</span><span>0.0</span>"}) {
    CHECK_MESSAGE(has(html, ends), html);
  }
}

TEST_CASE("each verdict has its words in the table, explained below it") {
  struct Example {
    trend::Change change;
    std::string_view cell;
  };
  for (const Example& each :
       {Example{a_change(-0.31, -0.9, 0.3, trend::Verdict::no_change), "−0.3, no clear change"},
        Example{a_change(0.8, 0.2, 1.4, trend::Verdict::maybe), "+0.8, maybe changed"},
        Example{a_change(1.2, 0.5, 1.9, trend::Verdict::changed), "+1.2, changed"},
        Example{a_change(-0.04, -0.5, 0.4, trend::Verdict::no_change), "  0.0, no clear change"}}) {
    const std::string text = unwrapped(page({trust({4, 5}, each.change)}));
    CHECK_MESSAGE(has(text, each.cell), text);
    CHECK_MESSAGE(has(text, "'Changed' is clearly more than ordinary ups and downs"), text);
  }
  CHECK_FALSE(has(page({trust({4}, {})}), "'Changed'"));
}

TEST_CASE("what may have moved is said with its interval and the wanted direction") {
  const auto words = [](const trend::Change& change) {
    return unwrapped(page({trust({4, 5}, change)}));
  };
  CHECK(has(words(a_change(0.8, 0.2, 1.4, trend::Verdict::maybe)),
            "- Trust is higher by 0.8 (likely 0.2 to 1.4): maybe changed, the way growth "
            "usually goes."));
  CHECK(
      has(words(a_change(-1.2, -1.9, -0.5, trend::Verdict::changed)),
          "- Trust is lower by 1.2 (likely 0.5 to 1.9): changed, not the way growth usually goes. "
          "A hard stretch of weeks can do that."));
  // A series can be a maybe while the interval of its means holds 0.
  CHECK(has(words(a_change(0.8, -0.2, 1.8, trend::Verdict::maybe)),
            "(somewhere from 0.2 lower to 1.8 higher)"));
  CHECK(has(words(a_change(0.1, -0.5, 0.7, trend::Verdict::no_change)),
            "No clear change: nothing has moved by more than ordinary ups and downs."));
}

TEST_CASE("what moved tells since when") {
  trend::ScaleTrend trend{a_change(1.4, 0.9, 1.9, trend::Verdict::changed), {}, {}, {}, {}};
  const auto level = [](double mean, std::size_t n, const char* day) {
    const Instant at{days_since_epoch(*parse_date(day)) * 86'400'000'000, 0};
    return trend::Level{mean, n, at, at};
  };
  trend.series.emplace().split = {level(3.6, 6, "2025-11-05"), level(5, 7, "2026-01-07")};
  const auto measure = report::scale_measure(one_scale(), 0, check_ins({4, 5}), trend);
  CHECK(
      has(unwrapped(page({measure})),
          "- Trust: since about 7 January (7 check-ins) the average is 5.0, up from 3.6 before (6 "
          "check-ins); changed, the way growth usually goes."));
}

TEST_CASE("a score at the wanted end has no direction, and a way there has one") {
  Questionnaire banded = one_scale();
  banded.scales[0].bands = {{"low", 3.0, ""}, {"middle", 5.0, ""}, {"high", {}, ""}};
  const auto measure = [&](const std::vector<double>& scores, double change) {
    return report::scale_measure(
        banded, 0, check_ins(scores),
        {a_change(change, change - 0.5, change + 0.5, trend::Verdict::changed), {}, {}, {}, {}});
  };
  CHECK(measure({4, 4.9}, 0.9).wanted == Wanted::up);
  CHECK(measure({4, 5}, 1).wanted == Wanted::unspecified);
  CHECK(has(unwrapped(page({measure({4, 5.5}, 1.5)})), "changed, the way growth usually goes."));
  CHECK(has(unwrapped(page({measure({6.5, 5}, -1.5)})), "(likely 1.0 to 2.0): changed.\n"));
}

TEST_CASE("typical ranges stand beside who is there, and are called nobody's norm") {
  const std::string text = unwrapped(page({trust({4}, {})}));
  CHECK(has(text, "2–4.5"));
  CHECK(has(text, "'Typical' is meant for people like us"));
  CHECK(has(text, "nobody has measured them, and they are not goals."));
  CHECK_FALSE(has(unwrapped(page({trust({5}, {})})), "ypical"));
  CHECK_FALSE(has(page({kept_sessions(9, 11)}), "'Typical'"));
}

TEST_CASE("one check-in has nothing to compare with, and the page says what it takes") {
  const std::string text = unwrapped(page({trust({4}, {})}));
  CHECK(has(text, "first check-in"));
  CHECK(has(text, "It takes two check-ins to compare, and some months of them to be surer."));
  CHECK(has(text, "growing  1 check-in, 2026-01-01"));
  CHECK_FALSE(has(text, "Since the start\n"));
}

TEST_CASE("what is missing stands there with the command that adds it") {
  report::Measure other = trust({}, {});
  other.name = "Calm";
  const std::string text = page({kept_sessions(9, 11), trust({}, {}), other});
  CHECK(has(text, "  Trust          none yet"));
  CHECK(has(text, "What is missing\n───────────────\n  attune take growing  Trust, Calm\n"));
  CHECK_FALSE(has(text, "attune take log"));
}

TEST_CASE("with nothing measured the page is how to begin") {
  const std::string text = page({trust({}, {}), report::rate_measure(log_questionnaire(), 0, {})},
                                {.charset = report::Charset::ascii});
  CHECK(text ==
        "Progress\n========\n\n  About  my partner\n\nTo begin\n--------\n"
        "  Nothing has been measured yet. Each of these adds its part; one is enough\n"
        "  for today:\n"
        "  attune take growing  Trust\n"
        "  attune take log      Sessions kept\n");
  CHECK(has(page({}), "No questionnaire here has a growth measure."));
}

TEST_CASE("a narrow page is a list, and a pause in it stays empty") {
  report::Measure measure = trust({2, 2, 2}, a_change(0.5, -0.1, 1.1, trend::Verdict::no_change));
  measure.points.back().at.microseconds += std::int64_t{56} * 86'400'000'000;
  CHECK(has(page({measure}, {.width_columns = 40}),
            "  Trust\n"
            "    now 2.0 ± 0.6, since start +0.5, no\n"
            "    clear change, typical 2–4.5, hoped\n"
            "    higher\n"
            "    ▅▅  ▅\n"));
}

TEST_CASE("no line of the progress page is wider than it, and ASCII stays ASCII") {
  const std::vector<report::Measure> measures = {
      trust({2, 3, 4, 5, 6, 7}, a_change(3, 2, 4, trend::Verdict::changed)), kept_sessions(9, 11),
      trust({}, {})};
  for (const std::size_t width : {20U, 40U, 60U, 80U, 120U}) {
    const std::string text =
        page(measures, {.width_columns = width, .charset = report::Charset::ascii});
    CHECK(widest_line(text) <= width);
    CHECK(is_ascii(text));
    CHECK(widest_line(page(measures, {.width_columns = width, .pictures = false})) <= width);
  }
}
