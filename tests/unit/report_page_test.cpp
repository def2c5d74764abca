// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/report.hpp"

#include "report_checks.hpp"
#include "report_values.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

std::vector<std::string> sentences_of(const report::Document& document) {
  std::vector<std::string> sentences;
  for (const report::Block& block : document) {
    const auto* paragraph = std::get_if<report::Paragraph>(&block);
    if (paragraph == nullptr || paragraph->text.ends_with(':')) continue;
    std::string rest = paragraph->text;
    while (!rest.empty()) {
      const std::size_t end = rest.find(". ");
      sentences.push_back(rest.substr(0, end));
      rest = end == std::string::npos ? std::string() : rest.substr(end + 2);
    }
    if (sentences.back().ends_with('.')) sentences.back().pop_back();
  }
  return sentences;
}

}  // namespace

TEST_CASE("a report has its parts in their order, those of others one level down") {
  const report::Document document =
      report::report_document(report_values(), {.explain = report::Explain::yes});
  CHECK(headings(document, 1) == std::vector<std::string>{"A sample"});
  CHECK(headings(document, 2) ==
        std::vector<std::string>{
            "In short", "A word on the answers", "Your scores", "Both scores together", "Over time",
            "A log", "A diary", "Next steps", "Your note", "How each answer counts",
            "What these numbers mean, and what they don't", "Where this comes from"});
  const std::vector<std::string> below = headings(document, 3);
  REQUIRE(below.size() > 5);
  CHECK(std::vector(below.begin(), below.begin() + 3) ==
        std::vector<std::string>{"What this says", "Sessions kept", "What happened?"});
}

TEST_CASE("a report without history, journals or notes leaves out what there is nothing for") {
  report::ReportValues alone;
  alone.profile = sample_profile();
  CHECK(headings(report::report_document(alone, {}), 2) ==
        std::vector<std::string>{"In short", "Your scores", "Both scores together", "Next steps",
                                 "What these numbers mean, and what they don't",
                                 "Where this comes from"});
}

TEST_CASE("a first check-in says that there is nothing to compare yet, without a second table") {
  report::ReportValues first = report_values();
  first.profile.trend = report_of({scale_of({3.4})});
  const std::string text = words_of(report::report_document(first, {}));
  CHECK(has(text, "There is nothing to compare yet."));
  CHECK_FALSE(has(text, "Since first"));
  CHECK_FALSE(has(text, "Scores go up and down"));
}

TEST_CASE("no sentence stands twice on the page") {
  std::set<std::string> seen;
  for (const std::string& sentence : sentences_of(report::report_document(
           report_values(), {.explain = report::Explain::no, .contact = "Call Kim"}))) {
    INFO(sentence);
    CHECK(seen.insert(sentence).second);
  }
  CHECK(seen.size() > 20);
}

TEST_CASE("status, limits and where to turn are said once, the contact last") {
  const std::string text =
      words_of(report::report_document(report_values(), {.contact = "Call Kim"}));
  CHECK(count_of(text, "not yet validated") == 1);
  CHECK(count_of(text, "diagnosis") == 1);
  CHECK(count_of(text, "in distress") == 1);
  CHECK(count_of(text, "Your own line: Call Kim") == 1);
  CHECK(count_of(text, "Small numbers rise and fall by chance") == 1);
}

TEST_CASE("steps say what was tried, and the note of the record is there") {
  const std::string text = words_of(report::report_document(report_values(), {}));
  CHECK(has(text, "You tried this on 2026-11-20: \"It went well.\""));
  CHECK(has(text, "A note."));
}

TEST_CASE("the page ends with where its numbers come from") {
  const report::Document document =
      report::report_document(report_values(), {.made_with = "attune 9.9"});
  CHECK(provenance(document, "Questionnaire") == "sample 1.2.0");
  CHECK(provenance(document, "Its text (SHA-256)") == std::string(64, 'a'));
  CHECK(provenance(document, "Scored by").empty());
  CHECK(provenance(document, "Status") == "original, not yet validated");
  CHECK(provenance(document, "Source") == "Written for a test");
  CHECK(provenance(document, "Licence") == "CC0-1.0");
  CHECK(provenance(document, "Form") == "full");
  CHECK(provenance(document, "Language") == "en");
  CHECK(provenance(document, "Sitting") == "2026-11-24, kept as check-in6");
  CHECK(provenance(document, "Check-ins") == "6, the first on 2026-01-05, the last on 2026-05-25");
  CHECK(provenance(document, "Made with") == "attune 9.9");
}

TEST_CASE("scores by another version than the one that was answered are told") {
  report::ReportValues rescored = report_values();
  rescored.profile.record.version = "1.0.0";
  rescored.profile.record.scored_with = std::string(64, 'b');
  const report::Document document = report::report_document(rescored, {});
  CHECK(provenance(document, "Questionnaire") == "sample 1.0.0");
  CHECK(provenance(document, "Scored by") == "sample 1.2.0");
  CHECK(has(words_of(document), std::string(64, 'a')));
  CHECK(has(words_of(document), std::string(64, 'b')));
}

TEST_CASE("the length of a report does not depend on how many check-ins there are") {
  report::ReportValues few = report_values();
  report::ReportValues many = report_values();
  std::vector<double> scores;
  for (int i = 0; i < 2'000; ++i) scores.push_back(3 + (i % 7) * 0.2);
  many.profile.trend = report_of({scale_of(scores, "anxiety"), scale_of(scores, "avoidance")});
  const auto lines = [](const report::ReportValues& each) {
    return lines_of(report::render_text(report::report_document(each, {}), {.width_columns = 80}))
        .size();
  };
  CHECK(lines(many) < lines(few) + 10);
  CHECK(report::render_html(report::report_document(many, {}), {}).size() < 400 * 1024);
}

TEST_CASE("no line of a report is wider than the page") {
  for (const std::size_t width : {20U, 40U, 80U}) {
    for (const report::Charset charset : {report::Charset::utf8, report::Charset::ascii}) {
      const std::string text = report::render_text(
          report::report_document(report_values(), {.explain = report::Explain::yes}),
          {.width_columns = width, .charset = charset});
      CHECK(widest_line(text) <= width);
    }
  }
}
