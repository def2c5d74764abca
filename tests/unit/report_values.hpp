// SPDX-License-Identifier: MIT
#pragma once

/// Values of a report by hand, with every part that a report can have, and what its tests look at.

#include <cstddef>
#include <doctest/doctest.h>
#include <string>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/report.hpp"

#include "log_builders.hpp"
#include "sample_profile.hpp"
#include "sample_trend.hpp"

namespace attune::test {

/// Stands where a person writes something.
inline const std::string marker = "ZANZIBAR";

inline std::vector<trend::Entry> six_lines() {
  return {logged("2026-03-02T08:00:00Z", {"came", "50", "6", "calm", "line " + marker}),
          logged("2026-03-09T08:30:00Z", {"came", "40", "5", "calm+tired", "s"}),
          logged("2026-03-16T20:00:00Z", {"missed", "", "", "sad"}),
          logged("2026-03-23T08:00:00Z", {"moved", "", "", "s"}),
          logged("2026-03-30T08:00:00Z", {"came", "30", "s", "calm"}),
          logged("2026-04-01T09:00:00Z", {"missed", "", "", "tired"})};
}

/// A second journal with questions of its own.
inline report::Journal other_journal() {
  report::Journal journal{log_questionnaire(), six_lines()};
  journal.questionnaire.id = "diary";
  journal.questionnaire.title = "A diary";
  journal.questionnaire.rates.clear();
  journal.questionnaire.items[0].text = "What was it?";
  journal.entries.push_back(logged("2026-04-02T09:00:00Z", {"came", "30", "s", "calm+sad"}));
  for (trend::Entry& entry : journal.entries) {
    for (const std::size_t number : {1U, 2U}) entry.responses.answers[number].reset();
  }
  return journal;
}

/// The sample profile as the last of six check-ins, with two journals and everything else there is.
inline report::ReportValues report_values() {
  report::ReportValues values;
  report::Profile& profile = values.profile;
  profile = sample_profile();
  profile.record.id = "check-in6";
  profile.record.scored_with = profile.record.sha256;
  profile.record.note = "A note.";
  profile.questionnaire.source = "Written for a test";
  profile.questionnaire.license = "CC0-1.0";
  profile.interpretation.care_notes = {{"long-run", "One answer was given many times."}};
  profile.tried = {{"sample", "first", *parse_rfc3339("2026-11-20T12:00:00Z"), "It went well."}};
  values.profile.trend =
      report_of({scale_of(fallen, "anxiety", "Anxiety"),
                 scale_of({4.0, 4.2, 4.1, 4.0, 4.2, 4.1}, "avoidance", "Avoidance")});
  values.check_ins = {6, noon("2026-01-05"), noon("2026-05-25"), {}, {}};
  values.journals = {{log_questionnaire(), six_lines()}, other_journal()};
  return values;
}

inline std::vector<std::string> headings(const report::Document& document, int level) {
  std::vector<std::string> texts;
  for (const report::Block& block : document) {
    const auto* heading = std::get_if<report::Heading>(&block);
    if (heading != nullptr && heading->level == level) texts.push_back(heading->text);
  }
  return texts;
}

/// Words without the places where lines end.
inline std::string words_of(const report::Document& document) {
  std::string text;
  for (const char c : report::render_text(document, {.width_columns = 200, .pictures = false})) {
    const bool is_space = c == ' ' || c == '\n';
    if (!is_space || !text.ends_with(' ')) text += is_space ? ' ' : c;
  }
  return text;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

/// The "label: text" line of the last facts, which say where the page comes from.
inline std::string provenance(const report::Document& document, const std::string& label) {
  const auto* facts = std::get_if<report::Facts>(&document.back());
  REQUIRE(facts != nullptr);
  for (const auto& [each, text] : facts->rows) {
    if (each == label) return text;
  }
  return {};
}

/// Values with the marker wherever a person writes: notes, lines, statements.
inline report::ReportValues marked_values() {
  report::ReportValues marked = report_values();
  report::Profile& profile = marked.profile;
  profile.record.note = marker + " note";
  profile.tried[0].note = marker + " went well";
  for (Item& item : profile.questionnaire.items) item.text = marker + " about {about}";
  for (report::Journal& journal : marked.journals) {
    for (Item& item : journal.questionnaire.items) item.text = marker + " question";
  }
  return marked;
}

}  // namespace attune::test
