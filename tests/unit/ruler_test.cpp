// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/document.hpp"

#include "report/render/chart.hpp"
#include "report_checks.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

report::Ruler anxiety(double score, double half_width) {
  report::Ruler ruler;
  ruler.name = "Anxiety";
  ruler.score = score;
  ruler.low = std::fmax(1, score - half_width);
  ruler.high = std::fmin(7, score + half_width);
  ruler.low_label = "calm about the bond";
  ruler.high_label = "often afraid for the bond";
  ruler.value = "3.4 ± 0.6";
  ruler.remark = "middle, answered 16 of 16";
  return ruler;
}

}  // namespace

TEST_CASE("a ruler shows score and interval where they are") {
  CHECK(report::render_text({anxiety(3.4, 0.6)}, {}) ==
        "Anxiety  3.4 ± 0.6   middle, answered 16 of 16\n"
        "├─────────┼───────━━┿━━━●━━━━━┿─────────┼─────────┼─────────┤\n"
        "1         2         3         4         5         6         7\n"
        "calm about the bond                 often afraid for the bond\n");
  CHECK(ascii(anxiety(3.4, 0.6), 80) ==
        "Anxiety  3.4 +/- 0.6   middle, answered 16 of 16\n"
        "|---------+-------==+===O=====+---------+---------+---------|\n"
        "1         2         3         4         5         6         7\n"
        "calm about the bond                 often afraid for the bond\n");
}

TEST_CASE("on 40 columns the words at the ends of a ruler wrap on their sides") {
  CHECK(report::render_text({anxiety(3.4, 0.6)}, {.width_columns = 40}) ==
        "Anxiety  3.4 ± 0.6\n"
        "middle, answered 16 of 16\n"
        "├─────┼────━┿━●━━━┿─────┼─────┼─────┤\n"
        "1     2     3     4     5     6     7\n"
        "calm about the       often afraid for\n"
        "bond                         the bond\n");
}

TEST_CASE("on 20 columns the words at the ends of a ruler stand on their own lines") {
  CHECK(report::render_text({anxiety(3.4, 0.6)}, {.width_columns = 20}) ==
        "Anxiety  3.4 ± 0.6\n"
        "middle, answered 16\n"
        "of 16\n"
        "├──┼─━┿●━┿──┼──┼──┤\n"
        "1  2  3  4  5  6  7\n"
        "1: calm about the\n"
        "   bond\n"
        "7: often afraid for\n"
        "   the bond\n");
}

TEST_CASE("the point of a ruler stands in the nearest column at every width") {
  for (const std::size_t width : {20U, 33U, 40U, 60U, 80U, 200U}) {
    for (double score = 1; score <= 7.0001; score += 0.05) {
      const std::vector<std::string> lines = lines_of(ascii(anxiety(score, 0.3), width));
      std::size_t row = 0;
      while (row < lines.size() && lines[row].find('O') == std::string::npos) ++row;
      REQUIRE(row + 1 < lines.size());
      // The numbers below say where 1 and 7 are; the point lies in proportion between them.
      const double first = static_cast<double>(column_of_number(lines[row + 1], 1));
      const double last = static_cast<double>(column_of_number(lines[row + 1], 7));
      const double exact = first + (score - 1) / 6 * (last - first);
      CAPTURE(width);
      CAPTURE(score);
      CHECK(std::abs(static_cast<double>(lines[row].find('O')) - exact) <= 0.5 + 1e-9);
    }
  }
}

TEST_CASE("every whole number of a ruler stands below its tick") {
  for (const std::size_t width : {20U, 40U, 80U}) {
    const std::vector<std::string> lines = lines_of(ascii(anxiety(1, 0), width));
    std::size_t row = 0;
    while (lines[row].find('O') == std::string::npos) ++row;
    for (int number = 2; number <= 6; ++number) {
      CHECK(lines[row][column_of_number(lines[row + 1], number)] == '+');
    }
  }
}

TEST_CASE("scores outside the range are drawn at its ends") {
  const std::string low = ascii(anxiety(-5, 0), 80);
  CHECK(low.find("\nO") != std::string::npos);
  const std::string high = ascii(anxiety(50, 0), 80);
  CHECK(high.find("O\n1") != std::string::npos);
  report::Ruler broken = anxiety(std::nan(""), 0);
  broken.low = broken.high = std::nan("");
  CHECK(widest_line(ascii(broken, 80)) <= 80);
}

TEST_CASE("a ruler in a table is its line alone") {
  const report::Table table{{"Facet", "Score"},
                            {report::Align::left, report::Align::right},
                            {{"Guardedness", "5.5 ± 0.5"}, {"Self", "1.0 ± 0.5"}},
                            "",
                            {anxiety(5.5, 0.5), anxiety(1, 0.5)},
                            ""};
  CHECK(report::render_text({table}, {}) ==
        "Facet            Score\n"
        "───────────  ─────────  ─────────────\n"
        "Guardedness  5.5 ± 0.5  ├─────┼─━●━─┤\n"
        "Self         1.0 ± 0.5  ●━────┼─────┤\n");
  CHECK(report::render_text({table}, {.charset = report::Charset::ascii}).find("|-----+-=O=-|\n") !=
        std::string::npos);
}

TEST_CASE("without pictures a ruler is a sentence without symbols") {
  CHECK(report::render_text({anxiety(3.4, 0.6)}, {.width_columns = 200, .pictures = false}) ==
        "Anxiety: 3.4 on a scale from 1 (calm about the bond) to 7 (often afraid for\n"
        "the bond), most likely between 2.8 and 4.0. Middle, answered 16 of 16.\n");
}

TEST_CASE("ticks are whole or round numbers with both ends") {
  CHECK(report::ticks(1, 7, 13) == std::vector<double>{1, 2, 3, 4, 5, 6, 7});
  CHECK(report::ticks(1, 5, 13) == std::vector<double>{1, 2, 3, 4, 5});
  CHECK(report::ticks(0, 100, 13) ==
        std::vector<double>{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100});
  CHECK(report::ticks(4, 28, 13) ==
        std::vector<double>{4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28});
  CHECK(report::ticks(36, 252, 7) == std::vector<double>{36, 50, 100, 150, 200, 250, 252});
  CHECK(report::ticks(3, 3, 7) == std::vector<double>{3, 3});
}

TEST_CASE("rulers of every range keep to the page") {
  for (const double max : {2.0, 5.0, 12.0, 13.0, 100.0, 252.0, 50000.0, 1e15, 1e300}) {
    for (const std::size_t width : {20U, 40U, 80U}) {
      report::Ruler ruler = anxiety(1, 0);
      ruler.max = max;
      const report::Table table{{"Facet"}, {report::Align::left}, {{"Doubt"}}, "", {ruler}, ""};
      const std::string out = report::render_text({ruler, table}, {.width_columns = width});
      CAPTURE(max);
      CHECK(widest_line(out) <= width);
    }
  }
}
