// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"
#include "attune/report.hpp"

#include "log_builders.hpp"
#include "report_checks.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

const Questionnaire& log_form() {
  static const Questionnaire questionnaire = log_questionnaire();
  return questionnaire;
}

// Six entries over 31 days (2 March to 1 April 2026), one of them dated afterwards.
std::vector<trend::Entry> six_entries() {
  return {logged("2026-03-02T08:00:00Z", {"came", "50", "6", "calm", "first line"}),
          logged("2026-03-09T08:30:00Z", {"came", "40", "5", "calm+tired", "second line"}),
          logged("2026-03-16T20:00:00Z", {"missed", "", "", "sad"}),
          logged("2026-03-23T08:00:00Z", {"moved", "", "", "s"}),
          logged("2026-03-30", {"came", "30", "s", "calm"}),
          logged("2026-04-01T09:00:00Z", {"missed", "", "", "tired", "third line"})};
}

std::string page(const std::vector<trend::Entry>& entries,
                 const report::MomentsOptions& options = {}, std::size_t width = 80) {
  return report::render_text(report::moments_document(log_form(), entries, options),
                             {.width_columns = width, .charset = report::Charset::ascii});
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// The same with its paragraphs on one line each.
std::string unwrapped(std::string text) {
  for (std::size_t at = text.find("\n  "); at != std::string::npos; at = text.find("\n  ", at)) {
    text.replace(at, 3, " ");
  }
  return text;
}

// The lines from `heading` to the next empty line after its first block.
std::string section(const std::string& text, std::string_view heading) {
  const std::size_t start = text.find(heading);
  REQUIRE_MESSAGE(start != std::string::npos, heading);
  const std::size_t next = text.find("\n\n", text.find("\n\n", start) + 2);
  return text.substr(start, next - start);
}

}  // namespace

TEST_CASE("the page begins with the number, the dates and the frequency of the entries") {
  // 6 entries in 31 days: 6 x 30 / 31 = 5.806.
  const std::string text = page(six_entries());
  CHECK(has(text, "Entries      6, from 2026-03-02 to 2026-04-01\n"));
  CHECK(has(text, "Per 30 days  5.8 on average\n"));
}

TEST_CASE("below 30 days the page says when a frequency will come") {
  std::vector<trend::Entry> entries = six_entries();
  entries.pop_back();
  CHECK(has(page(entries), "Per 30 days  shown once there are 30 days of entries"));
}

TEST_CASE("choices are listed most frequent first, ties in the order of the file") {
  const std::string session = section(page(six_entries()), "What happened?");
  // came 3 and missed 2 of 6, moved 1; drawn on twelve columns.
  CHECK(session ==
        "What happened?\n"
        "--------------\n"
        "  Answer        Entries  Share\n"
        "  ------------  -------  -----  ------\n"
        "  I came              3    50%  ======\n"
        "  I missed it         2    33%  ====\n"
        "  It was moved        1    17%  ==\n"
        "\n"
        "How long was it?\n"
        "----------------\n"
        "  40 minutes on average. Lowest 30, highest 50, in 3 entries.");
}

TEST_CASE("shares are of the entries that answered, and several answers are said to be possible") {
  const std::string text = page(six_entries());
  CHECK(has(text, "Answered in 5 of 6 entries. An entry can have several answers."));
  CHECK(has(text, "calm          3    60%"));
  CHECK(has(text, "tired         2    40%"));
}

TEST_CASE("choices that were never made are left out") {
  Questionnaire questionnaire = log_form();
  Item& moods = questionnaire.items[3];
  moods.choices.clear();
  for (int i = 0; i < 12; ++i) {
    moods.choices.push_back({"m" + std::to_string(i), "mood " + std::to_string(i)});
  }
  std::vector<trend::Entry> entries;
  for (int i = 0; i < 10; ++i) {
    trend::Entry entry = logged("2026-03-02", {});
    ChosenIds ids{"m" + std::to_string(i)};
    if (i < 8) ids.emplace_back("m11");
    entry.responses.answers[3] = ids;
    entries.push_back(entry);
  }
  const std::string text =
      report::render_text(report::moments_document(questionnaire, entries, {}), {});
  CHECK(has(text, "mood 11        8    80%"));
  CHECK(has(text, "mood 9         1    10%"));
  CHECK_FALSE(has(text, "mood 10"));
}

TEST_CASE("ratings name the ends of their scale") {
  CHECK(
      has(unwrapped(page(six_entries())),
          "5.5 on average, on a scale from 1 (no use) to 7 (of great use). Lowest 5, highest 6,"));
}

TEST_CASE("lines of the person's own are shown only when asked for, newest first") {
  CHECK(has(page(six_entries()), "3 lines; --notes shows them."));
  CHECK_FALSE(has(page(six_entries()), "second line"));
  const std::string text = page(six_entries(), {.notes = report::Notes::show, .about = {}});
  CHECK(has(text, "  2026-04-01  third line\n  2026-03-09  second line\n  2026-03-02  first line"));
}

TEST_CASE("at most ten lines are shown") {
  std::vector<trend::Entry> entries;
  for (int day = 10; day < 22; ++day) {
    const std::string date = "2026-03-" + std::to_string(day);
    entries.push_back(logged(date, {"", "", "", "", "line of " + date}));
  }
  const std::string text = page(entries, {.notes = report::Notes::show, .about = {}});
  CHECK(has(text, "The last 10 of your 12 lines, newest first:"));
  CHECK(has(text, "line of 2026-03-21"));
  CHECK(has(text, "line of 2026-03-12"));
  CHECK_FALSE(has(text, "line of 2026-03-11"));
}

TEST_CASE("entries are shown by part of the day") {
  const std::string text = page(six_entries());
  CHECK(has(text,
            "  Time of day             Entries  Share\n"
            "  ----------------------  -------  -----  --------\n"
            "  morning, 6 to 12              4    67%  ========\n"
            "  evening, 18 to 24             1    17%  ==\n"
            "  not known, added later        1    17%  ==\n"));
}

TEST_CASE("a rate comes with its counts and by months") {
  const std::string text = page(six_entries());
  CHECK(has(unwrapped(text),
            "In all: 3 of 5 sessions (60%). In the 90 days up to the last entry: 3 of 5 sessions "
            "(60%)."));
  CHECK(has(text,
            "  Month    Sessions  Share\n"
            "  -------  --------  -----  ---------\n"
            "  2026-03    3 of 4    75%  =========\n"
            "  2026-04    0 of 1     0%\n"));
}

TEST_CASE("a long log shows its last twelve months, and its last 90 days") {
  std::vector<trend::Entry> entries;
  add_sessions(entries, "2025-01-01", 4, "missed");
  add_sessions(entries, "2025-10-01", 2, "came");
  add_sessions(entries, "2026-09-01", 10, "came");
  const std::string text = page(entries);
  CHECK(has(unwrapped(text),
            "In all: 12 of 16 sessions (75%). In the 90 days up to the last entry: 10 of 10 "
            "sessions (100%)."));
  CHECK(has(text, "  2025-10 "));
  CHECK_FALSE(has(text, "  2025-09 "));
}

TEST_CASE("fewer than five entries make no pattern, and the page says so") {
  std::vector<trend::Entry> entries = six_entries();
  entries.resize(4);
  const std::string text = page(entries);
  CHECK(has(text, "4 entries can't show a pattern yet. From 5 entries on,"));
  CHECK(has(text, "  I came              2\n"));
  for (const char* part : {"Share", "When", "2026-03 ", "%  "}) {
    CHECK_MESSAGE(!has(text, part), part);
  }
  entries.push_back(logged("2026-04-01", {"came"}));
  CHECK(has(page(entries), "When"));
  CHECK_FALSE(has(page(entries), "can't show a pattern"));
}

TEST_CASE("without entries the page says how to begin") {
  CHECK(page({}) ==
        "A log\n"
        "=====\n"
        "\n"
        "  There are no entries yet. 'attune take log' makes the first one.\n");
}

TEST_CASE("statements are about whom the entries are about") {
  Questionnaire questionnaire = log_form();
  questionnaire.abouts = {{"partner", "my partner"}, {"friend", "my friend"}};
  questionnaire.items[0].text = "What happened with {about}?";
  const std::vector<trend::Entry> entries = six_entries();
  const std::string text = report::render_text(
      report::moments_document(questionnaire, entries, {.notes = report::Notes::hide, .about = 1}),
      {});
  CHECK(has(text, "What happened with my friend?"));
  CHECK(has(text, "About        my friend, and entries that name nobody"));
}

TEST_CASE("no line of the page is wider than it, and ASCII stays ASCII") {
  for (const std::size_t width : {20U, 40U, 60U, 80U, 120U}) {
    const std::string text =
        page(six_entries(), {.notes = report::Notes::show, .about = {}}, width);
    CHECK(widest_line(text) <= width);
    CHECK(is_ascii(text));
  }
}
