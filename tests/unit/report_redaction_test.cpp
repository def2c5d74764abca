// SPDX-License-Identifier: MIT
#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/report.hpp"

#include "report_values.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

TEST_CASE("lines of journals are left out unless they are asked for, and the page says so") {
  const report::Document document = report::report_document(report_values(), {});
  CHECK_FALSE(has(words_of(document), marker));
  CHECK(provenance(document, "Left out") == "the lines written in journals");
  const report::Document with_notes =
      report::report_document(report_values(), {.notes = report::Notes::show});
  CHECK(has(words_of(with_notes), "line " + marker));
  CHECK(provenance(with_notes, "Left out").empty());
}

TEST_CASE("without redaction every marked place shows") {
  // What the next test relies on: each of these would show.
  const std::string text = words_of(report::report_document(
      marked_values(),
      {.explain = report::Explain::yes, .notes = report::Notes::show, .contact = marker}));
  CHECK(has(text, marker + " note"));
  CHECK(has(text, marker + " went well"));
  CHECK(has(text, marker + " about my partner"));
  CHECK(has(text, marker + " question"));
  CHECK(has(text, "line " + marker));
  CHECK(has(text, "Your own line: " + marker));
}

TEST_CASE("a redacted report shows nothing that was written in words, and ids for statements") {
  const report::Document document =
      report::report_document(marked_values(), {.explain = report::Explain::yes,
                                                .redaction = report::Redaction::words,
                                                .notes = report::Notes::show,
                                                .contact = marker});
  for (const std::string& text :
       {words_of(document), report::render_markdown(document), report::render_html(document),
        report::render_text(document, {.width_columns = 80})}) {
    CHECK_FALSE(has(text, marker));
  }
  CHECK(has(words_of(document), "worry1"));
  const std::vector<std::string> below = headings(document, 3);
  CHECK(std::count(below.begin(), below.end(), "session") == 2);
  CHECK(has(words_of(document), "You tried this on 2026-11-20."));
  CHECK(provenance(document, "Left out") ==
        "what was written in words, and the wording of the statements");
}

TEST_CASE("without_words leaves no words in the values themselves") {
  report::ReportValues marked = marked_values();
  marked.profile.record.answers = {{"a", Answer{marker}, 1}};
  marked.profile.responses.answers[0] = Answer{marker};
  const report::ReportValues left = report::without_words(std::move(marked));
  CHECK(left.profile.record.note.empty());
  CHECK(left.profile.tried[0].note.empty());
  CHECK(std::holds_alternative<Skipped>(left.profile.record.answers[0].answer));
  CHECK_FALSE(left.profile.responses.answers[0].has_value());
  CHECK(left.profile.questionnaire.items[0].text == "protest1");
  CHECK(left.journals[0].questionnaire.items[0].text == "session");
  CHECK_FALSE(left.journals[0].entries[0].responses.answers[4].has_value());
}
