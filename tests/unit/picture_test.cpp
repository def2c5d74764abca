// SPDX-License-Identifier: MIT
#include <cstdint>
#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <vector>

#include "attune/document.hpp"

#include "report/render/text_page.hpp"
#include "report_checks.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

// A day and the score on it.
using Marks = std::vector<std::pair<int, double>>;

// Scores on 1..7.
report::Series series_of(const Marks& marks) {
  report::Series series;
  for (const auto& [day, score] : marks) {
    series.marks.push_back({{std::int64_t{day} * 86'400'000'000, 0}, score, score, score});
  }
  return series;
}

std::string line(const Marks& marks, report::Charset charset = report::Charset::utf8) {
  return report::drawn_in_line(series_of(marks), 11, charset);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const report::Table counts{{"What", "Count"},
                           {report::Align::left, report::Align::right},
                           {{"quarrel", "3"}, {"silence", "1"}},
                           "Over time",
                           {series_of({{0, 1}, {1, 7}}), series_of({{0, 7}})},
                           ""};

}  // namespace

TEST_CASE("regular check-ins stand side by side, as high as they lie in the range") {
  // 1 is the lowest of eight heights, 4 the fourth or fifth, 7 the highest.
  CHECK(line({{0, 1}, {28, 4}, {56, 7}}) == "▁▅█");
  CHECK(line({{0, 1}, {28, 4}, {56, 7}}, report::Charset::ascii) == "_-^");
  CHECK(line({{0, 2}, {27, 2}, {57, 2}, {84, 2}}) == "▂▂▂▂");
}

TEST_CASE("a series has as many places as there is room for") {
  report::Table table{{"Name"}, {report::Align::left}, {{"Trust"}}, "Over time", {}, ""};
  Marks marks;
  for (int week = 0; week < 22; ++week) marks.emplace_back(week * 7, 1 + 6 * week / 21.0);
  table.pictures = {series_of(marks)};
  for (const auto& [width, places] : {std::pair{40U, 22U}, {80U, 11U}, {100U, 22U}}) {
    const std::string out = lines_of(report::render_text({table}, {.width_columns = width}))[2];
    CHECK(display_width(out) == std::string("Trust  ").size() + places);
  }
}

TEST_CASE("a pause stays empty and is not filled") {
  CHECK(line({{0, 1}, {28, 1}, {56, 1}, {140, 7}}) == "▁▁▁  █");
}

TEST_CASE("many check-ins share eleven places, each drawn as the mean of its own") {
  Marks marks;
  for (int week = 0; week < 100; ++week) marks.emplace_back(week * 7, week < 50 ? 1.0 : 7.0);
  // 100 marks in 11 places of about ten; the middle one holds five of each value, a mean of 4.
  CHECK(line(marks) == "▁▁▁▁▁▅█████");
  // Steps of 1, 59, 60 and 60 days: four places, and 1 and 7 in the first of them make 4.
  CHECK(line({{0, 1}, {1, 7}, {60, 1}, {120, 1}, {180, 7}}, report::Charset::ascii) == "-__^");
}

TEST_CASE("one check-in is one mark, and several of one moment are too") {
  CHECK(line({{5, 7}}) == "█");
  CHECK(line({{5, 1}, {5, 7}}, report::Charset::ascii) == "-");
  CHECK(line({}).empty());
  report::Series without_height = series_of({{0, 1}});
  without_height.min = without_height.max = 3;
  CHECK(drawn_in_line(without_height, 12, report::Charset::utf8).empty());
}

TEST_CASE("values outside the range are drawn at its ends") {
  CHECK(line({{0, -5}, {1, 70}}) == "▁█");
}

TEST_CASE("a bar is as long as its share, in half columns where there are any") {
  CHECK(drawn_in_line(report::Bar{0.5}, 12, report::Charset::utf8) == "━━━━━━");
  CHECK(drawn_in_line(report::Bar{0.375}, 12, report::Charset::utf8) == "━━━━╸");
  CHECK(drawn_in_line(report::Bar{1}, 12, report::Charset::utf8) == "━━━━━━━━━━━━");
  CHECK(drawn_in_line(report::Bar{0.5}, 12, report::Charset::ascii) == "======");
  CHECK(drawn_in_line(report::Bar{0.25}, 8, report::Charset::ascii) == "==");
  CHECK(drawn_in_line(report::Bar{7}, 4, report::Charset::ascii) == "====");
}

TEST_CASE("a small share leaves a trace, none leaves nothing") {
  CHECK(drawn_in_line(report::Bar{0.001}, 12, report::Charset::utf8) == "╸");
  CHECK(drawn_in_line(report::Bar{0.001}, 12, report::Charset::ascii) == "=");
  CHECK(drawn_in_line(report::Bar{0}, 12, report::Charset::utf8).empty());
  CHECK(drawn_in_line(report::Bar{-1}, 12, report::Charset::ascii).empty());
}

TEST_CASE("a table draws its last column for the eye alone") {
  CHECK(report::render_text({counts}, {.charset = report::Charset::ascii}) ==
        "What     Count  Over time\n"
        "-------  -----  ---------\n"
        "quarrel      3  _^\n"
        "silence      1  ^\n");
  const std::string heard = report::render_text({counts}, {.pictures = false});
  CHECK(heard.find("Over time") == std::string::npos);
  CHECK(heard.find("▁") == std::string::npos);
  CHECK(report::render_markdown({counts}).find("Over time") == std::string::npos);
}

TEST_CASE("gaps of a series survive the table, and stand below where it is stacked") {
  report::Table table{
      {"Name", "Now"}, {report::Align::left, report::Align::left},    {{"Trust", "4.2"}},
      "Over time",     {series_of({{0, 1}, {1, 1}, {2, 1}, {5, 7}})}, "How to read it."};
  const std::string wide = report::render_text({table}, {.width_columns = 80});
  CHECK(wide.find("Trust  4.2  ▁▁▁  █") != std::string::npos);
  table.header = {"A name that is longer than the page", "Another long header for it"};
  const std::string narrow = report::render_text({table}, {.width_columns = 20});
  CHECK(has(narrow, "\n  ▁▁▁  █\n\nHow to read it.\n"));
  // Words about pictures stay where the pictures do.
  CHECK_FALSE(has(report::render_text({table}, {.pictures = false}), "How to read it."));
  CHECK_FALSE(has(report::render_markdown({table}), "How to read it."));
}
