// SPDX-License-Identifier: MIT
#include <cmath>
#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/document.hpp"

#include "report_checks.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

report::Plane plane_at(double x, double y, double half_width) {
  report::Plane plane;
  plane.x.name = "Anxiety";
  plane.y.name = "Avoidance";
  plane.points = {{x, y, std::fmax(1, x - half_width), std::fmin(7, x + half_width),
                   std::fmax(1, y - half_width), std::fmin(7, y + half_width), ""}};
  plane.x.cuts = plane.y.cuts = {4};
  plane.areas = {{"At ease with closeness", 1, 4, 1, 4},
                 {"Close and on alert", 4, 7, 1, 4},
                 {"Calm at a distance", 1, 4, 4, 7},
                 {"Drawn close, on guard", 4, 7, 4, 7}};
  return plane;
}

// Column (0-based, in columns on the screen) and row of the only "O" that is no letter of a word.
std::optional<std::pair<std::size_t, std::size_t>> point_of(const std::string& picture) {
  const std::vector<std::string> lines = lines_of(picture);
  for (std::size_t row = 0; row < lines.size(); ++row) {
    const std::size_t at = lines[row].find('O');
    if (at != std::string::npos) return std::pair{at, row};
  }
  return {};
}

}  // namespace

TEST_CASE("the plane is drawn with frame, cuts, names, box and point") {
  CHECK(report::render_text({plane_at(5, 2, 0.6)}, {}) ==
        "Avoidance\n"
        "7 ┌────────────────────┬────────────────────┐\n"
        "  │                    ╎                    │\n"
        "6 ┤                    ╎    Drawn close,    │\n"
        "  │ Calm at a distance ╎      on guard      │\n"
        "5 ┤                    ╎                    │\n"
        "  │                    ╎                    │\n"
        "4 ┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤\n"
        "  │                    ╎                    │\n"
        "3 ┤    At ease with    ╎ Close and on alert │\n"
        "  │     closeness      ╎  ░░░░░░░░░         │\n"
        "2 ┤                    ╎  ░░░░●░░░░         │\n"
        "  │                    ╎  ░░░░░░░░░         │\n"
        "1 └──────┬──────┬──────┼──────┬──────┬──────┘\n"
        "  1      2      3      4      5      6      7\n"
        "                                      Anxiety\n");
}

TEST_CASE("two people have letters and their boxes, more have letters alone") {
  report::Plane plane = plane_at(2, 5, 0.6);
  plane.areas.clear();
  plane.points[0].name = "Ana";
  plane.points.push_back({5, 2, 4.4, 5.6, 1.4, 2.6, "Ben"});
  const std::string both = report::render_text({plane}, {.charset = report::Charset::ascii});
  CHECK(both.find("::::A::::") != std::string::npos);
  CHECK(both.find("::::B::::") != std::string::npos);
  CHECK(both.find("A Ana   B Ben\n") != std::string::npos);
  // The boxes of more would run together.
  plane.points.push_back({5, 2, 4.4, 5.6, 1.4, 2.6, "Cleo"});
  const std::string three = report::render_text({plane}, {.width_columns = 40});
  CHECK(three.find("░") == std::string::npos);
  CHECK(three.find(" CB ") != std::string::npos);
  CHECK(three.find("A Ana   B Ben   C Cleo\n") != std::string::npos);
}

TEST_CASE("the point of the plane stands in the nearest cell at every width") {
  for (const std::size_t width : {20U, 40U, 80U, 200U}) {
    for (double x = 1; x <= 7.0001; x += 0.3) {
      for (double y = 1; y <= 7.0001; y += 0.3) {
        report::Plane plane = plane_at(x, y, 0);
        const std::string picture = ascii(plane, width);
        const auto point = point_of(picture);
        REQUIRE(point.has_value());
        const std::vector<std::string> lines = lines_of(picture);
        // The line of numbers below the frame gives the scale of x; "7" and "1" at the left, of y.
        std::size_t top = 0;
        while (!lines[top].starts_with('7')) ++top;
        std::size_t bottom = top;
        while (!lines[bottom].starts_with('1')) ++bottom;
        const std::string& numbers = lines[bottom + 1];
        const double left = static_cast<double>(column_of_number(numbers, 1));
        const double right = static_cast<double>(column_of_number(numbers, 7));
        const double exact_x = left + (x - 1) / 6 * (right - left);
        const double exact_y =
            static_cast<double>(bottom) - (y - 1) / 6 * static_cast<double>(bottom - top);
        CAPTURE(width);
        CAPTURE(x);
        CAPTURE(y);
        CHECK(std::abs(static_cast<double>(point->first) - exact_x) <= 0.5 + 1e-9);
        CHECK(std::abs(static_cast<double>(point->second) - exact_y) <= 0.5 + 1e-9);
      }
    }
  }
}

TEST_CASE("the names stay whole and within their areas wherever the point is") {
  const std::vector<std::vector<std::string>> words = {
      {"At ease", "closeness"}, {"Close", "alert"}, {"Calm", "distance"}, {"Drawn", "guard"}};
  for (const std::size_t width : {40U, 80U}) {
    for (double x = 1; x <= 7.0001; x += 0.25) {
      for (double y = 1; y <= 7.0001; y += 0.25) {
        const std::string picture = ascii(plane_at(x, y, 1.2), width);
        const std::vector<std::string> lines = lines_of(picture);
        const std::size_t middle = column_of_number(lines[lines.size() - 2], 4);
        std::size_t cut_row = 1;
        while (!lines[cut_row].starts_with('4')) ++cut_row;
        for (std::size_t area = 0; area < words.size(); ++area) {
          const bool is_right = area % 2 == 1;
          const bool is_top = area >= 2;
          for (const std::string& word : words[area]) {
            CAPTURE(width);
            CAPTURE(x);
            CAPTURE(y);
            CAPTURE(word);
            CAPTURE(picture);
            bool found = false;
            for (std::size_t row = 0; row < lines.size(); ++row) {
              const std::size_t at = lines[row].find(word);
              if (at == std::string::npos) continue;
              found = true;
              CHECK((at > middle) == is_right);
              CHECK((row < cut_row) == is_top);
            }
            CHECK(found);
          }
        }
      }
    }
  }
}

TEST_CASE("a name too long for its area is left to the words below the picture") {
  CHECK(ascii(plane_at(3, 3, 0.5), 20).find("closeness") == std::string::npos);
  report::Plane plane = plane_at(3, 3, 0.5);
  CHECK(ascii(plane, 40).find("closeness") != std::string::npos);
  plane.areas[0].name = "Donaudampfschifffahrt";
  const std::string picture = ascii(plane, 40);
  CHECK(picture.find("Donau") == std::string::npos);
  CHECK(picture.find("on guard") != std::string::npos);
}

TEST_CASE("the last number of an axis is never left out for the one before it") {
  report::Plane plane = plane_at(50, 50, 0);
  plane.x.min = 0;
  plane.x.max = 100;
  const std::string out = report::render_text({plane}, {.width_columns = 80});
  CHECK(out.find("  0   10  20   30  40  50  60  70   80    100\n") != std::string::npos);
}

TEST_CASE("without pictures the plane is its sentence") {
  report::Plane plane = plane_at(5, 2, 0.5);
  plane.description = "Anxiety 5.0; avoidance 2.0.";
  CHECK(report::render_text({plane}, {.pictures = false}) == "Anxiety 5.0; avoidance 2.0.\n");
}

TEST_CASE("planes of every range keep to the page") {
  for (const double max : {2.0, 5.0, 12.0, 13.0, 100.0, 252.0, 50000.0, 1e15, 1e300}) {
    for (const std::size_t width : {20U, 40U, 80U}) {
      report::Plane plane = plane_at(1, 1, 0);
      plane.x.max = plane.y.max = max;
      const std::string out = report::render_text({plane}, {.width_columns = width});
      CAPTURE(max);
      CHECK(widest_line(out) <= width);
    }
  }
}
