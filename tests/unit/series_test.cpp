// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/document.hpp"

#include "report/render/chart.hpp"
#include "report_checks.hpp"
#include "series_builders.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

report::SeriesMark mark(const std::string& day, double score, double half_width = 0.5) {
  return {noon(day), score, std::fmax(1, score - half_width), std::fmin(7, score + half_width)};
}

report::Series anxiety(std::vector<report::SeriesMark> marks) {
  return {"Anxiety", 1, 7, "calm", "afraid", std::move(marks), {}};
}

std::size_t count(const std::string& text, char sign) {
  std::size_t n = 0;
  for (const char c : text) n += c == sign ? 1 : 0;
  return n;
}

// The rows of the plot: those with the vertical line at column 2 of an ASCII picture.
std::vector<std::string> plot_rows(const std::string& picture) {
  std::vector<std::string> rows;
  for (const std::string& line : lines_of(picture)) {
    if (line.size() > 2 && (line[2] == '|' || line[2] == '+')) rows.push_back(line);
  }
  return rows;
}

// Every 'O' of a plot, column by column.
struct Point {
  std::size_t column;
  std::size_t row;
};
std::vector<Point> points_of(const std::vector<std::string>& rows) {
  std::vector<Point> points;
  for (std::size_t column = 3; column < 80; ++column) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (column < rows[row].size() && rows[row][column] == 'O') points.push_back({column, row});
    }
  }
  return points;
}

}  // namespace

TEST_CASE("a series is drawn with its axes, points, margins, band and dates") {
  report::Series series =
      anxiety({mark("2026-01-05", 5), mark("2026-03-02", 4), mark("2026-04-27", 2.5)});
  series.band = report::SeriesBand{3.9, 5.2};
  CHECK(report::render_text({series}, {.width_columns = 40}) ==
        "Anxiety\n"
        "7: afraid\n"
        "7 ┤\n"
        "  │\n"
        "6 ┤\n"
        "  │ ╎\n"
        "5 ┤╌⠶⠲⠤⢤⣀⣀╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n"
        "  │ ╎    ⠈⠉⠙⠒⠒⠦⠤⣄⣀⡀  ╎\n"
        "4 ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⠉⠉⠓⠶⠦⢤⣀⡀╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n"
        "  │                  ╎   ⠉⠓⠲⠤⣄⣀\n"
        "3 ┤                           ⠈⠉⠓⠲⢤⣀⡀ ╎\n"
        "  │                                 ⠉⠙⠶\n"
        "2 ┤                                   ╎\n"
        "  │\n"
        "1 ┤\n"
        "  └─┬────────────────┬────────────────┬─\n"
        "    2026-01-05   2026-03-02  2026-04-27\n"
        "1: calm\n"
        "⠶ a check-in   ╎ its margin of error\n"
        "╌ your usual range: 3.9 to 5.2\n");
}

TEST_CASE("a picture tells an eighth of a point, and grows with the terminal") {
  const auto drawn = [](double score, std::size_t rows) {
    report::TextStyle style;
    style.height_rows = rows;
    return report::render_text({anxiety({mark("2026-01-05", 5), mark("2026-03-02", score)})},
                               style);
  };
  CHECK(drawn(4.94, 24) != drawn(4.81, 24));
  CHECK(lines_of(drawn(4, 0)).size() == lines_of(drawn(4, 24)).size());
  CHECK(lines_of(drawn(4, 40)).size() == lines_of(drawn(4, 24)).size() + 12);
  CHECK(lines_of(drawn(4, 500)).size() == lines_of(drawn(4, 24)).size() + 24);
}

TEST_CASE("the ASCII picture of a series is its twin") {
  report::Series series = anxiety({mark("2026-01-05", 5), mark("2026-04-27", 2.5)});
  series.band = report::SeriesBand{3.9, 5.2};
  const std::string out = ascii(series, 80);
  CHECK(is_ascii(out));
  CHECK(out.find("O a check-in   | its margin of error   - your usual range: 3.9 to 5.2\n") !=
        std::string::npos);
  const std::vector<std::string> rows = plot_rows(out);
  REQUIRE(rows.size() == 14);
  CHECK(rows[4].substr(0, 6) == "5 +-O-");
  CHECK(rows[3].substr(0, 5) == "  | |");
}

TEST_CASE("two levels, a line and a passing stretch are drawn with their dates") {
  const std::vector<report::SeriesMark> marks = {mark("2026-01-05", 5), mark("2026-02-02", 5.1),
                                                 mark("2026-03-02", 3), mark("2026-03-30", 3)};
  report::Series levels = anxiety(marks);
  levels.band = report::SeriesBand{4, 6, marks[1].at};
  levels.levels = {{marks[0].at, marks[1].at, 5, 5}, {marks[2].at, marks[3].at, 3, 3}};
  const std::string out = ascii(levels, 80);
  CHECK(out.find("= average, 5.0 until 2 February, 3.0 from 2 March") != std::string::npos);
  CHECK(out.find("2026-03-02") != std::string::npos);
  const std::vector<std::string> rows = plot_rows(out);
  CHECK(rows[4].find("O=====") != std::string::npos);
  CHECK(rows[8].find("=====O") != std::string::npos);
  CHECK(rows[2].size() < rows[8].size());  // the usual range ends before the change

  report::Series line = anxiety(marks);
  line.levels = {{marks[0].at, marks[3].at, 5.2, 2.8}};
  CHECK(ascii(line, 80).find("= average, from 5.2 steadily down to 2.8") != std::string::npos);

  report::Series stretch = anxiety(marks);
  stretch.different = report::SeriesLevel{marks[1].at, marks[2].at, 4, 4};
  const std::string shaded = ascii(stretch, 80);
  CHECK(plot_rows(shaded)[0].find(":::::") != std::string::npos);
  CHECK(shaded.find(": different from 2 February to 2 March, average 4.0") != std::string::npos);
  for (const report::Series& series : {levels, line, stretch}) {
    const std::string html = report::render_html({series});
    CHECK(html.find(series.different ? "class=\"stretch\"" : "class=\"level\"") !=
          std::string::npos);
  }
}

TEST_CASE("the date of a change stands below the picture, before the first and the last") {
  const std::vector<report::SeriesMark> marks = {mark("2026-01-05", 5), mark("2026-04-01", 3),
                                                 mark("2026-09-01", 3), mark("2026-12-01", 3)};
  const auto texts = [&](const report::Series& series, std::size_t cells) {
    std::string all;
    for (const auto& label : report::date_labels(series, report::time_axis(marks, cells))) {
      all += label.text.substr(5) + ' ';
    }
    return all;
  };
  report::Series series = anxiety(marks);
  series.levels = {{marks[0].at, marks[0].at, 5, 5}, {marks[1].at, marks[3].at, 3, 3}};
  CHECK(texts(series, 70) == "01-05 04-01 12-01 ");
  CHECK(texts(series, 36) == "04-01 12-01 ");
  CHECK(texts(series, 12) == "04-01 ");
  series.levels[1].first = marks[2].at;
  CHECK(texts(series, 36) == "01-05 09-01 ");
  series.levels.clear();
  series.different = report::SeriesLevel{marks[1].at, marks[2].at, 4, 4};
  CHECK(texts(series, 70) == "01-05 04-01 09-01 12-01 ");
  CHECK(texts(series, 36) == "04-01 09-01 ");
  series.different->last = mark("2026-05-01", 3).at;
  CHECK(texts(series, 36) == "01-05 12-01 ");
}

TEST_CASE("margins of check-ins that stand close are described in words") {
  std::vector<report::SeriesMark> marks(61, mark("2026-01-05", 4, 0.8));
  for (std::size_t i = 0; i < marks.size(); ++i) {
    marks[i].at.microseconds += static_cast<std::int64_t>(i) * 86'400'000'000;
  }
  const report::Series series = anxiety(marks);
  CHECK(ascii(series, 80).find("Margin of error of one check-in: +/- 0.8") != std::string::npos);
  const std::string html = report::render_html({series});
  CHECK(html.find("class=\"error\"") == std::string::npos);
  CHECK(html.find("The margin of error of one check-in is ± 0.8.") != std::string::npos);
}

TEST_CASE("points stand in the nearest row, and in time's proportion across") {
  for (int day = 1; day < 100; day += 7) {
    for (double score = 1; score <= 7.001; score += 0.3) {
      report::SeriesMark between = mark("2026-01-01", score, 0);
      between.at.microseconds += day * 86'400'000'000;
      const auto points = points_of(plot_rows(
          ascii(anxiety({mark("2026-01-01", 1, 0), between, mark("2026-04-11", 7, 0)}), 80)));
      REQUIRE(points.size() == 3);
      const auto first = static_cast<double>(points[0].column);
      const auto last = static_cast<double>(points[2].column);
      const double exact = first + day / 100.0 * (last - first);
      CHECK(std::abs(static_cast<double>(points[1].column) - exact) <= 0.5 + 1e-6);
      // Two rows from one number to the next; 7 is in row 0.
      CHECK(std::abs(static_cast<double>(points[1].row) - (7 - score) * 2) <= 0.5 + 1e-6);
    }
  }
}

TEST_CASE("the margin of error is drawn from its low to its high row") {
  report::SeriesMark one = mark("2026-01-05", 4);
  one.low = 2.5;
  one.high = 6;
  const std::vector<std::string> rows = plot_rows(ascii(anxiety({one}), 80));
  std::string column;
  const std::size_t at = points_of(rows).front().column;
  for (std::size_t row = 0; row < 13; ++row) column += at < rows[row].size() ? rows[row][at] : ' ';
  CHECK(column == "  ||||O|||   ");
}

TEST_CASE("check-ins that share a column are drawn as their mean, and the picture says so") {
  const std::string said = "Check-ins that share a column are drawn as one, at their mean.";
  const std::string apart =
      ascii(anxiety({mark("2026-01-05", 2, 0), mark("2026-12-05", 6, 0)}), 80);
  CHECK(apart.find(said) == std::string::npos);
  const std::string shared = ascii(
      anxiety({mark("2026-01-05", 2, 0), mark("2026-12-04", 6, 0), mark("2026-12-05", 3, 0)}), 80);
  CHECK(shared.find(said) != std::string::npos);
  const auto points = points_of(plot_rows(shared));
  REQUIRE(points.size() == 2);
  CHECK(points[1].row == 5);  // 4.5
}

TEST_CASE("ten thousand check-ins make no more lines than ten") {
  std::vector<report::SeriesMark> marks;
  for (int i = 0; i < 10'000; ++i) {
    marks.push_back(mark("2026-01-01", 1 + i % 7));
    marks.back().at.microseconds += static_cast<std::int64_t>(i) * 3'600'000'000;
  }
  const std::string out = ascii(anxiety(marks), 80);
  // Name, two ends, 13 rows, axis, dates, two lines that explain it.
  CHECK(lines_of(out).size() == 20);
  CHECK(points_of(plot_rows(out)).size() == 73);  // one in every column of 4..76
}

TEST_CASE("check-ins of one day are spread over its hours") {
  std::vector<report::SeriesMark> marks = {mark("2026-01-05", 2), mark("2026-01-05", 4)};
  marks[0].at.microseconds -= 3'600'000'000;
  marks[1].at.microseconds += 3'600'000'000;
  const std::string out = ascii(anxiety(marks), 80);
  CHECK(points_of(plot_rows(out)).size() == 2);
  CHECK(out.find("    11:00" + std::string(27, ' ') + "2026-01-05") != std::string::npos);
  CHECK(out.find("13:00\n") != std::string::npos);
  CHECK(out.find("\n  +-+" + std::string(71, '-') + "+-\n") != std::string::npos);
}

TEST_CASE("one check-in, and several at one moment, stand in the middle") {
  for (const std::size_t n : {1U, 3U}) {
    const std::string out = ascii(anxiety(std::vector(n, mark("2026-01-05", 4))), 80);
    const auto points = points_of(plot_rows(out));
    REQUIRE(points.size() == 1);
    CHECK(points[0].column == 40);
    CHECK(count(out, '5') == 2);  // of the axis and of the one date
  }
}

TEST_CASE("a series without check-ins is not drawn") {
  CHECK(ascii(anxiety({}), 80) == "\n");
  CHECK(report::render_markdown({anxiety({})}) == "\n");
}

TEST_CASE("long axes have dates at beginnings of months between their ends") {
  const std::string out = ascii(anxiety({mark("2026-01-05", 4), mark("2026-12-28", 4)}), 80);
  CHECK(out.find("    2026-01-05         2026-05-01               2026-09-01") !=
        std::string::npos);
  // The middle is 2026-12-20.
  const std::string winter = ascii(anxiety({mark("2026-10-01", 4), mark("2027-03-10", 4)}), 60);
  CHECK(winter.find("2027-01-01") != std::string::npos);
}

TEST_CASE("dates never touch and stay within the axis, at every width") {
  for (std::size_t cells = 2; cells <= 120; ++cells) {
    for (const std::int64_t days : {0, 1, 2, 30, 200, 4000, 100'000}) {
      std::vector<report::SeriesMark> marks = {mark("2026-01-05", 4), mark("2026-01-05", 4)};
      marks[1].at.microseconds += days * 86'400'000'000 + 7'200'000'000;
      const auto labels = report::date_labels(anxiety(marks), report::time_axis(marks, cells));
      REQUIRE_FALSE(labels.empty());
      std::size_t end = 0;
      for (const auto& label : labels) {
        CHECK((end == 0 || label.start > end));
        end = label.start + label.text.size();
        if (label.tick) CHECK(*label.tick < cells);
      }
      if (cells >= 10) CHECK(end <= cells);
    }
  }
}

TEST_CASE("dates are those of the person's own clock") {
  CHECK(report::local_days({0, 720}) == 0.5);
  CHECK(report::local_days({86'400'000'000, -720}) == 0.5);
  std::vector<report::SeriesMark> marks = {mark("2026-01-05", 4), mark("2026-02-05", 4)};
  for (report::SeriesMark& each : marks) each.at.offset_minutes = 13 * 60;
  const std::string out = ascii(anxiety(marks), 80);
  CHECK(out.find("2026-01-06") != std::string::npos);
  CHECK(out.find("2026-02-06\n") != std::string::npos);
}

TEST_CASE("without pictures and in Markdown a series is a sentence") {
  report::Series series =
      anxiety({mark("2026-01-05", 5), mark("2026-03-02", 5.5), mark("2026-04-27", 2)});
  const std::string words =
      "Anxiety, 3 check-ins from 2026-01-05 to 2026-04-27 on a scale from 1 (calm) to 7 (afraid): "
      "at first 5.0, at last 2.0, lowest 2.0, highest 5.5.";
  const std::string each = " One by one: 2026-01-05 5.0, 2026-03-02 5.5, 2026-04-27 2.0.\n";
  CHECK(report::render_markdown({series}) == words + each);
  series.band = report::SeriesBand{0.5, 5.2, mark("2026-03-02", 5.5).at};
  CHECK(report::render_markdown({series}) ==
        words + " Your usual range until 2 March: 1.0 to 5.2." + each);
  series.band->until.reset();
  CHECK(report::render_text({series}, {.width_columns = 78, .pictures = false}) ==
        "Anxiety, 3 check-ins from 2026-01-05 to 2026-04-27 on a scale from 1 (calm) to\n"
        "7 (afraid): at first 5.0, at last 2.0, lowest 2.0, highest 5.5. Your usual\n"
        "range: 1.0 to 5.2. One by one: 2026-01-05 5.0, 2026-03-02 5.5, 2026-04-27 2.0.\n");
  CHECK(report::render_markdown({anxiety({mark("2026-01-05", 5)})}) ==
        "Anxiety, one check-in on 2026-01-05 on a scale from 1 (calm) to 7 (afraid): 5.0.\n");
}

TEST_CASE("series of every range keep to the page") {
  for (const double max : {2.0, 5.0, 12.0, 13.0, 100.0, 252.0, 50000.0, 1e15, 1e300}) {
    for (const std::size_t width : {20U, 40U, 80U, 200U}) {
      report::Series series = anxiety({mark("2026-01-05", 5), mark("2026-03-02", std::nan(""))});
      series.max = max;
      series.band = report::SeriesBand{-1e6, max};
      for (const report::Charset charset : {report::Charset::ascii, report::Charset::utf8}) {
        const std::string out = report::render_text({report::Heading{2, "H"}, series},
                                                    {.width_columns = width, .charset = charset});
        CAPTURE(max);
        CAPTURE(width);
        CHECK(widest_line(out) <= width);
      }
    }
  }
}

TEST_CASE("the words of a series can't reach the terminal as more than text") {
  for (const std::string& text : hostile_texts()) {
    report::Series series = anxiety({mark("2026-01-05", 5)});
    series.name = series.low_label = series.high_label = text;
    for (const bool pictures : {true, false}) {
      const std::string out = report::render_text({series}, {.pictures = pictures});
      CHECK_FALSE(invalid_utf8(out));
      CHECK(escape_lines(out) == out);
    }
    CHECK(escape_lines(report::render_markdown({series})) == report::render_markdown({series}));
  }
}
