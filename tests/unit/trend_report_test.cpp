// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/report.hpp"

#include "report/render/sentences.hpp"
#include "report_checks.hpp"
#include "sample_trend.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Words without the places where lines end.
std::string text_of(const report::TrendReport& report, std::size_t width = 80) {
  std::string text = report::render_text(report::trend_document(report),
                                         {.width_columns = width, .pictures = false});
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

std::string text_of(const std::vector<double>& scores) {
  return text_of(report_of({scale_of(scores)}));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a change is reported with its days, its size and the person's own ups and downs") {
  const std::string text = text_of(fallen);
  CHECK(has(text,
            "Since about 25 May (5 check-ins) the average is 2.8, down from 4.8 before (5 "
            "check-ins). That is clearly more than your own ups and downs usually make, even those "
            "that last some weeks."));
  CHECK(has(text, "The average is 4.8 until 27 April, 2.8 from 25 May."));
  CHECK(has(text, "up to 5 in 100"));
  CHECK(has(text, "Verdict: changed"));
}

TEST_CASE("a change since the check-in before is spoken of with the margin of the table") {
  const report::ScaleSeries scale = scale_of({4.0, 4.1, 6.5});
  const trend::Change& change = *scale.trend.since_last;
  REQUIRE(change.verdict == trend::Verdict::maybe);
  const std::string text = text_of(report_of({scale}));
  const std::string margin = render_fixed(change.high - change.change, 1);
  CHECK(has(text, "Since last: plus 2.4, give or take " + margin));
  CHECK(has(text, "Since the check-in before the latest it rose by 2.4, give or take " + margin));
  CHECK(has(text, "the first and the latest check-in alone cannot tell"));
}

TEST_CASE("the direction of a change is named without praise or blame") {
  report::TrendReport report = report_of({scale_of(fallen)});
  CHECK_FALSE(has(text_of(report), "wanted"));
  report.scales[0].wanted = Wanted::down;
  CHECK(has(text_of(report), "Growth usually goes this way, where closeness is safe."));
  report.scales[0].wanted = Wanted::up;
  CHECK(has(text_of(report),
            "Growth usually goes the other way, but scores move for many reasons; a hard stretch "
            "and a more honest look are among them."));
  report.scales[0].wanted = Wanted::steady;
  CHECK(has(text_of(report), "Growth usually means staying steady here."));
}

TEST_CASE("no change is reported as nothing that stands out, and never as not having changed") {
  const std::string text = text_of({4, 4.2, 4.1, 4.4, 4.1, 4.4});
  CHECK(
      has(text,
          "No clear change so far, but it is too early to see a lasting one. The newest check-ins "
          "average 4.3, the others 4.1; while nothing changes, a single one usually falls "
          "between"));
  CHECK(has(text_of({4, 4.2, 4.1, 4.4, 4.1, 4.4, 4.2, 4, 4.3}),
            "No clear change beyond your own ups and downs. The newest check-ins average"));
  CHECK(has(text, "Verdict: no clear change"));
  CHECK_FALSE(has(text, "not changed"));
  CHECK_FALSE(has(text, "no change"));
  CHECK_FALSE(has(text, "in 100"));
  CHECK(has(text, "from about 20 July on"));
}

TEST_CASE("a latest check-in outside the usual range is left open") {
  // Spells 0.55²/2·(1 + 1/2), items 0.16·(1 + 1/3): 4 ± 1.96·√0.440208 = 5.300.
  CHECK(has(
      text_of({4, 4, 4, 4, 4, 5.5}),
      "The latest check-in, 5.5 on 25 May, is above your usual range, which ends at 5.3. It may be "
      "the start of a change, or an unusual day: one check-in alone cannot tell. The next ones "
      "will say more."));
  CHECK(has(text_of({4, 4, 4, 4, 4, 4, 4, 2.5, 2.5}),
            "The latest two check-ins, from 20 July to 17 August, are below your usual range of"));
}

TEST_CASE("a check-in that reads like the end of the range gets one more decimal") {
  const double end = scale_of({4.05, 4.05, 4.05, 4.05, 4.05, 4.9}).trend.usual->high;
  const double score = end + 0.012;
  REQUIRE(render_fixed(score, 1) == render_fixed(end, 1));
  CHECK(has(text_of({4.05, 4.05, 4.05, 4.05, 4.05, score}),
            render_fixed(score, 2) + " on 25 May, is above your usual range, which ends at " +
                render_fixed(end, 2) + "."));
}

TEST_CASE("a likely change, a steady one and one that has passed are each called what they are") {
  CHECK(has(text_of({5.0, 4.6, 4.8, 4.9, 3.3, 3.1, 3.4}),
            "Since about 27 April (3 check-ins) the average is 3.3, down from 4.8 before (4 "
            "check-ins). This is early news: it may be a lasting change, or a spell of some weeks. "
            "The next check-ins will say more."));
  CHECK(has(text_of({2.0, 2.3, 2.5, 2.8, 3.0, 3.3, 3.5, 3.8, 4.0, 4.3, 4.5, 4.8, 5.0}),
            "Over the whole time the score rose steadily, from about 2.0 to about 5.0. That is "
            "clearly more"));
  CHECK(has(text_of({3, 3, 3, 3, 6, 6, 6, 6, 3, 3, 3, 3}),
            "It was different for a while, and it is back: from 27 April to 20 July (4 check-ins) "
            "the average was 6.0, otherwise 3.0. The newest check-ins are like the others again: "
            "nothing has clearly changed for good."));
}

TEST_CASE("where a change and a passing stretch both fit, the page gives both") {
  report::ScaleSeries scale = scale_of({5.0, 4.6, 4.8, 4.9, 3.3, 3.1, 3.4});
  REQUIRE(scale.trend.series->split);
  const trend::Level middle{2, 3, scale.points[2].taken_at, scale.points[4].taken_at};
  scale.trend.series->passing = trend::PassingStretch{middle, 4.3, 7};
  CHECK(has(text_of(report_of({scale})),
            "Two things fit these check-ins. Either they were different for a while: from 2 March "
            "to 27 April (3 check-ins) the average was 2.0, otherwise 4.3. Or a change goes on: "
            "since about 27 April (3 check-ins) the average is 3.3, down from 4.8 before (4 "
            "check-ins). The next check-ins will say more."));
}

TEST_CASE("a change that came with other statements names them") {
  report::ScaleSeries scale = scale_of({5.0, 4.6, 4.8, 4.9, 3.3, 3.1, 3.4});
  CHECK_FALSE(has(text_of(report_of({scale})), "Other statements"));
  for (std::size_t i = 4; i < 7; ++i) scale.points[i].answers = {{9, 3}};
  CHECK(has(text_of(report_of({scale})),
            "(4 check-ins). Other statements were answered from then on, which may be a part of "
            "it. This is early news"));
}

TEST_CASE("days of other years have their year, and those of one year have it once") {
  using report::date_in_words;
  CHECK(date_in_words({2026, 6, 7}, 2026) == "7 June");
  CHECK(date_in_words({2025, 12, 31}, 2026) == "31 December 2025");
  CHECK(report::dates_in_words({2026, 1, 5}, {2026, 1, 5}, 2026) == "on 5 January");
  CHECK(report::dates_in_words({2025, 1, 5}, {2025, 3, 2}, 2026) ==
        "from 5 January to 2 March 2025");
  CHECK(report::dates_in_words({2025, 11, 5}, {2026, 3, 2}, 2026) ==
        "from 5 November 2025 to 2 March 2026");
}

TEST_CASE("the rule is told once, and what its verdicts mean where they stand") {
  const std::string text = text_of(report_of({scale_of(fallen), scale_of(fallen, "b", "Trust")}));
  CHECK(text.find("The check-ins of each four weeks") == text.rfind("The check-ins of each four"));
  CHECK_FALSE(has(text, "'Maybe changed' is early news"));
  CHECK(has(text_of({4, 4, 4, 4, 4, 5.5}), "'Maybe changed' is early news, with less to go by"));
}

TEST_CASE("with few check-ins a large difference is maybe, and the text says what is missing") {
  CHECK(has(text_of({5, 3}),
            "From 5 January to 2 February the score went from 5.0 to 3.0. That is more than the "
            "margin of error. It may be a change, or one of the two days was unusual: two "
            "check-ins alone cannot tell."));
  CHECK(has(text_of({5, 5, 5, 5, 3}),
            "One more check-in will give an idea of how large your own ups and downs"));
}

TEST_CASE("with few check-ins a small difference is within the margin of error") {
  CHECK(has(text_of({4, 4.5}),
            "the score went from 4.0 to 4.5. That is within the margin of error: no clear "
            "change so far."));
  CHECK(has(text_of({4, 4}), "The score was 4.0 on 5 January and is 4.0 again on 2 February."));
  CHECK(has(text_of({4, 4.5}),
            "Four more check-ins will give an idea of how large your own ups and downs"));
}

TEST_CASE("two check-ins of one day are told apart by their time") {
  report::TrendReport report = report_of({scale_of({4, 4.5})});
  report.scales[0].points[1].taken_at = report.scales[0].points[0].taken_at;
  report.scales[0].points[1].taken_at.microseconds += 5'400'000'000;
  CHECK(has(text_of(report), "From 5 January at 12:00 to 5 January at 13:30 the score went"));
  CHECK(has(text_of(report), "Check-ins: 2, on 2026-01-05"));
}

TEST_CASE("a first check-in says what comes next, without a picture") {
  const report::TrendReport report = report_of({scale_of({4})});
  const std::string text = text_of(report);
  CHECK(has(text, "There is nothing to compare yet."));
  CHECK(has(text, "Now: 4.0, give or take 0.8"));
  for (const report::Block& block : report::trend_document(report))
    CHECK_FALSE(std::holds_alternative<report::Series>(block));
}

TEST_CASE("a scale that was scored once or never is told so beside the others") {
  const std::string text = text_of(
      report_of({scale_of({4, 4.5}), scale_of({3}, "b", "Once"), scale_of({}, "c", "Never")}));
  CHECK(
      has(text, "Once One check-in so far, 3.0 on 5 January. The second will show a difference."));
  CHECK(has(text, "Never Not scored so far: too few of its statements were answered."));
}

TEST_CASE("a report without any point is empty") {
  CHECK(report::trend_document(report_of({})).empty());
  CHECK(report::trend_document(report_of({scale_of({})})).empty());
}

TEST_CASE("the table holds score and differences with half their intervals") {
  // Since last: ± 1.96·√(0.4² + 0.4²) = 1.109; now ± 0.784. Change: spells 3 on either side, so
  // 0.55²/5·(1/3 + 1/3) + 0.16·(1/5 + 1/5) = 0.104333; ± 1.96·√0.104333 = 0.633.
  const std::string out =
      report::render_text(report::trend_document(report_of({scale_of(fallen)})), {});
  CHECK(has(out, "Scale          Now  Since last      Change  Verdict\n"));
  CHECK(has(out, "Anxiety  2.7 ± 0.8  −0.2 ± 1.1  −2.0 ± 0.6  changed\n"));
  const std::string same =
      report::render_text(report::trend_document(report_of({scale_of({4, 3.96})})), {});
  CHECK(has(same, "4.0 ± 0.8   0.0 ± 1.1  0.0 ± 1.1  no clear change\n"));
}

TEST_CASE("what was left out is said once for the scales it holds for") {
  report::TrendReport report =
      report_of({scale_of(fallen), scale_of(fallen, "b", "Trust"), scale_of(fallen, "c", "Ease")});
  CHECK_FALSE(has(text_of(report), "another key"));
  report.scales[0].left_out = report.scales[1].left_out = 2;
  report.scales[2].left_out = 1;
  CHECK(has(
      text_of(report),
      "2 check-ins are from another version or form of the questionnaire and can't be compared; "
      "they are left out here (Anxiety, Trust). One check-in is from another version or form of "
      "the questionnaire and can't be compared; it is left out here (Ease)."));
}

TEST_CASE("a trend never speaks of significance or of the person as a verdict") {
  for (const auto& scores : {fallen, std::vector<double>{4}, std::vector<double>{5, 2},
                             std::vector<double>{4, 4, 4, 4, 4, 6}}) {
    const std::string text = text_of(scores);
    for (const char* word : {"ignifican", "!", "improve", "worse", "better", "fail", "success"}) {
      CAPTURE(word);
      CHECK_FALSE(has(text, word));
    }
    CHECK(has(text, "It is not a diagnosis"));
    CHECK(has(text, "Status of this questionnaire: original, not yet validated."));
  }
}

TEST_CASE("a trend keeps to every page, in both character sets") {
  report::TrendReport report = report_of({scale_of(fallen), scale_of({5, 3}, "b", "Trust")});
  for (const std::size_t width : {20U, 40U, 80U, 200U}) {
    for (const bool pictures : {true, false}) {
      const std::string utf8 = report::render_text(report::trend_document(report),
                                                   {.width_columns = width, .pictures = pictures});
      const std::string ascii = report::render_text(
          report::trend_document(report),
          {.width_columns = width, .charset = report::Charset::ascii, .pictures = pictures});
      CHECK(widest_line(utf8) <= width);
      CHECK(widest_line(ascii) <= width);
      CHECK(is_ascii(ascii));
    }
  }
}

TEST_CASE("ten thousand check-ins make no longer text than thirteen") {
  std::vector<double> scores(10'000, 4);
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] += 0.1 * static_cast<double>(i % 5);
  const std::string out =
      report::render_text(report::trend_document(report_of({scale_of(scores)})), {});
  CHECK(out.size() < 6000);
}

TEST_CASE("foreign texts in a trend stay texts") {
  for (const std::string& text : hostile_texts()) {
    report::TrendReport report = report_of({scale_of(fallen)});
    report.title = report.about_phrase = report.status = text;
    report.scales[0].name = report.scales[0].low = report.scales[0].high = text;
    const std::string out = report::render_text(report::trend_document(report), {});
    CHECK_FALSE(invalid_utf8(out));
    CHECK(escape_lines(out) == out);
    const std::string markdown = report::render_markdown(report::trend_document(report));
    CHECK(escape_lines(markdown) == markdown);
  }
}
