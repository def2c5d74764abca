// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"

#include "report/render/chart.hpp"
#include "report_checks.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string body_of(const report::Document& document) {
  const std::string page = report::render_html(document);
  return page.substr(page.find("<body>"));
}

// Days 0, 1, 2, …; scores 2, 4, 6, 2, …, each ± 0.5.
report::Series series_of(std::size_t count) {
  report::Series series{"Anxiety", 1, 7, "calm", "afraid", {}, report::SeriesBand{3, 5}};
  for (std::size_t i = 0; i < count; ++i) {
    const double score = 2 + 2 * static_cast<double>(i % 3);
    series.marks.push_back(
        {{static_cast<std::int64_t>(i) * 86'400'000'000, 0}, score, score - 0.5, score + 0.5});
  }
  return series;
}

report::Plane plane_of(double x, double y) {
  report::Plane plane;
  plane.x.name = "Anxiety";
  plane.y.name = "Avoidance";
  plane.points = {{x, y, x - 0.5, x + 0.5, y - 0.5, y + 0.5, ""}};
  plane.x.cuts = plane.y.cuts = {4};
  plane.areas = {{"At ease", 1, 4, 1, 4}, {"On guard", 4, 7, 4, 7}};
  return plane;
}

// Relative luminance and contrast of WCAG 2.2.
double luminance(std::string_view colour) {
  double parts[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const double c = std::stoi(std::string(colour.substr(1 + 2 * i, 2)), nullptr, 16) / 255.0;
    parts[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  }
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

double contrast(std::string_view a, std::string_view b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::fmax(la, lb) + 0.05) / (std::fmin(la, lb) + 0.05);
}

enum class Scheme { light, dark };

// The value of a colour as the style sheet of a page gives it.
std::string colour_of(std::string_view name, Scheme scheme) {
  const std::string page = report::render_html({});
  const std::size_t dark = page.find("(prefers-color-scheme:dark)");
  const std::string start = "--" + std::string(name) + ":";
  const std::size_t at = page.find(start, scheme == Scheme::dark ? dark : 0);
  REQUIRE(at != std::string::npos);
  REQUIRE((scheme == Scheme::dark || at < dark));
  return page.substr(at + start.size(), 7);
}

double contrast(std::string_view one, std::string_view other, Scheme scheme) {
  return contrast(colour_of(one, scheme), colour_of(other, scheme));
}

}  // namespace

TEST_CASE("a page has its title, its language and everything it needs") {
  const std::string page =
      report::render_html({report::Heading{1, "A & B"}, report::Paragraph{"words"}}, "de");
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"de\">"));
  CHECK(has(page, "<title>A &amp; B</title>"));
  CHECK(has(page, "default-src 'none'"));
  for (const std::string_view part :
       {"<script", "src=", "href=\"h", "url(", "@import", "http://"}) {
    CAPTURE(part);
    CHECK_FALSE(has(page, part));
  }
}

TEST_CASE("blocks of words become the markup that says what they are") {
  CHECK(has(body_of({report::Heading{2, "Two"}}), "<h2 id=\"part-1\">Two</h2>"));
  CHECK(has(body_of({report::Paragraph{"a\nb"}}), "<p>a<br>b</p>"));
  CHECK(has(body_of({report::Paragraph{"take care", report::Tone::caution}}),
            "<p class=\"caution\">take care</p>"));
  CHECK(has(body_of({report::Facts{{{"About", "my partner"}}}}),
            "<dl><dt>About</dt><dd>my partner</dd></dl>"));
  CHECK(has(body_of({report::Bullets{{"one", "two"}}}), "<ul><li>one</li><li>two</li></ul>"));
}

TEST_CASE("links to the other parts follow the first, where there are at least three") {
  report::Document document{report::Heading{1, "Page"},       report::Heading{2, "In short"},
                            report::Paragraph{"The answer."}, report::Heading{2, "One & two"},
                            report::Heading{3, "Below"},      report::Heading{2, "Three"}};
  CHECK_FALSE(has(body_of(document), "<nav"));
  document.emplace_back(report::Heading{2, "Four"});
  CHECK(has(
      body_of(document),
      "<p>The answer.</p>\n<nav aria-label=\"Contents\"><ul>"
      "<li><a href=\"#part-2\">One &amp; two</a></li><li><a href=\"#part-3\">Three</a></li>"
      "<li><a href=\"#part-4\">Four</a></li></ul></nav>\n<h2 id=\"part-2\">One &amp; two</h2>"));
}

TEST_CASE("a verdict on a change weighs as much as it says, where it stands for itself") {
  const auto paragraph = [](const std::string& text) { return body_of({report::Paragraph{text}}); };
  CHECK(has(paragraph("Trust rose by 1.8: changed."),
            "1.8: <span class=\"verdict changed\">changed</span>."));
  CHECK(has(paragraph("−0.5, no clear change"),
            ", <span class=\"verdict quiet\">no clear change</span></p>"));
  CHECK(has(paragraph("maybe changed"), "<span class=\"verdict maybe\">maybe changed</span>"));
  for (const char* text :
       {"Nothing has changed.", "'Changed': it is clear.", "plans, changed again"}) {
    CAPTURE(text);
    CHECK_FALSE(has(paragraph(text), "verdict"));
  }
}

TEST_CASE("a score stays beside its margin") {
  CHECK(has(body_of({report::Paragraph{"Anxiety 3.3 ± 0.5."}}), "3.3\u00A0±\u00A00.5"));
}

TEST_CASE("a table has heads for its columns and its rows") {
  const std::string body = body_of({report::Table{
      {"Scale", "Now"}, {report::Align::left, report::Align::right}, {{"Anxiety", "3.4"}}}});
  CHECK(has(body, R"(<th scope="col" role="columnheader">Scale</th>)"));
  CHECK(has(body, R"(<th scope="row" role="rowheader">Anxiety</th>)"));
  CHECK(has(body, R"(<td role="cell" class="number" data-label="Now">3.4</td>)"));
}

TEST_CASE("a step has its reason, what to try, and room to write") {
  const std::string body =
      body_of({report::Step{"Ask once", "Why.", "Do.", "small", "ask-once", "tried"}});
  CHECK(has(body, "<h3>Ask once <span class=\"size\">(small)</span></h3><p>Why.</p>"));
  CHECK(has(body, "<p><b>Try:</b> Do.</p>"));
  CHECK(has(body, "Name: ask-once"));
  CHECK(has(body, "When you tried it, and how it went:"));
}

TEST_CASE("every picture is spoken as a sentence and has its numbers") {
  report::Ruler ruler{"Anxiety", 1, 7, 3.4, 2.8, 4.0, "calm", "afraid", "3.4 ± 0.6", "middle", {}};
  const report::Table facets{{"Facet"}, {report::Align::left}, {{"Protest"}}, "", {ruler}, ""};
  const std::string body = body_of({ruler, facets, plane_of(3, 5), series_of(3)});
  CHECK(count_of(body, "<svg class=\"drawing\" role=\"img\" aria-label=\"") == 4);
  CHECK(has(body,
            "aria-label=\"Anxiety: 3.4 on a scale from 1 (calm) to 7 (afraid), most likely "
            "between 2.8 and 4.0. Middle.\""));
  CHECK(has(body, R"(<b>Anxiety</b><span class="value">3.4)"));
  CHECK(count_of(body, "<summary>The same in numbers</summary>") == 1);
  CHECK(has(body, R"(<th scope="row" role="rowheader"><span class="date">1970-01-03</span></th>)"));
}

TEST_CASE("a value lies at its share of the plot") {
  // Anxiety 2.5 of 1..7 is a quarter from the left; avoidance 5.5 is a quarter from the top.
  CHECK(has(body_of({plane_of(2.5, 5.5)}), R"(class="point" cx="25%" cy="25%")"));
  report::Ruler ruler{"Anxiety", 1, 7, 4, 2.5, 5.5, "", "", "4.0 ± 1.5", "", {}};
  const std::string body = body_of({ruler});
  CHECK(has(body, R"(class="point" cx="50%" cy="50%")"));
  CHECK(has(body, R"(class="range" x1="25%" y1="50%" x2="75%" y2="50%")"));
}

TEST_CASE("a plane is a square, and of several points each has a letter and a cross") {
  report::Plane plane = plane_of(2.5, 5.5);
  CHECK(has(report::render_html({plane}), "}.plane .drawing{aspect-ratio:1;"));
  plane.points.front().name = "Ana";
  for (const char* name : {"Ben", "C & D"}) {
    plane.points.push_back(plane.points.front());
    plane.points.back().name = name;
  }
  const std::string body = body_of({plane});
  CHECK(count_of(body, "class=\"point\"") == 3);
  CHECK_FALSE(has(body, "class=\"box\""));
  CHECK(has(body, R"(class="cross" x1="16.67%" y1="25%" x2="33.33%" y2="25%")"));
  CHECK(has(body, "<li><b>C</b><span>C &amp; D</span></li>"));
  // All three have one place: the letters stand at different corners of it.
  std::set<std::string> places;
  for (std::size_t at = body.find("class=\"letter\""); at != std::string::npos;
       at = body.find("class=\"letter\"", at + 1)) {
    places.insert(body.substr(at, body.find("text-anchor", at) - at));
  }
  CHECK(places.size() == 3);
}

TEST_CASE("bands lie below their names, as far as these have room") {
  report::Ruler ruler{"Anxiety", 1, 7, 4, 3, 5, "", "", "4.0", "", {}};
  ruler.bands = {
      {"low", 1, 4}, {"a name far too long for the sixth of a narrow page", 4, 5}, {"high", 5, 7}};
  const std::string body = body_of({ruler});
  CHECK(has(body, R"(<rect class="section" x="0%" y="0%" width="50%" height="100%"/>)"));
  CHECK(has(body, ">low</text>"));
  CHECK(has(body, ">high</text>"));
  CHECK_FALSE(has(body, "far too long"));
}

TEST_CASE("a name that does not fit its area is left to the words below the picture") {
  report::Plane plane = plane_of(3, 3);
  plane.areas[0].name = "Donaudampfschifffahrtsgesellschaft";
  const std::string body = body_of({plane});
  CHECK_FALSE(has(body, "Donau"));
  CHECK(has(body, ">On guard</text>"));
}

TEST_CASE("marks that are drawn together keep their number and their mean") {
  const report::Series series = series_of(10'000);
  const std::vector<report::DrawnMark> marks = report::drawn_marks(series);
  CHECK(marks.size() == report::most_drawn_marks);
  std::size_t count = 0;
  double sum = 0;
  for (const report::DrawnMark& mark : marks) {
    count += mark.count;
    sum += mark.score * static_cast<double>(mark.count);
  }
  CHECK(count == 10'000);
  double expected = 0;
  for (const report::SeriesMark& mark : series.marks) expected += mark.score;
  CHECK(sum == doctest::Approx(expected));
  CHECK(report::drawn_marks(series_of(120)).size() == 120);
}

TEST_CASE("ten thousand check-ins stay a small page that says what it draws") {
  const std::string page = report::render_html({series_of(10'000), series_of(10'000)});
  CHECK(page.size() < 400 * 1024);
  CHECK(has(page, "10000 check-ins are drawn as 120 marks."));
  CHECK(count_of(page, "<circle class=\"point\"") == 2 * (120 + 1));  // and one in each legend
  CHECK(count_of(page, "role=\"rowheader\"") == 2 * 120);
}

TEST_CASE("no text becomes markup, and nothing invisible gets onto the page") {
  for (const std::string text :
       {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x", "</title>",
        "<!--", "]]>", "</style><b>", "&lt;i&gt;"}) {
    CAPTURE(text);
    const std::string page = report::render_html(document_of(text), text);
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "<img"));
    CHECK_FALSE(has(page, "<!--"));
    CHECK_FALSE(has(page, "]]>"));
    CHECK_FALSE(has(page, "' onload"));
    CHECK_FALSE(has(page, "&lt;i&gt;"));  // as text it is &amp;lt;i…
  }
  for (const std::string& text : hostile_texts()) {
    CAPTURE(text);
    const std::string page = report::render_html(document_of(text));
    CHECK(std::none_of(page.begin(), page.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
    CHECK_FALSE(has(page, "\u202E"));
    CHECK_FALSE(has(page, "\U000E0041"));
  }
}

TEST_CASE("awkward texts are rendered whole") {
  for (const std::string& text : awkward_texts()) {
    CAPTURE(text);
    const std::string page = report::render_html(document_of(text));
    CHECK(page.ends_with("</main>\n</body>\n</html>\n"));
  }
}

TEST_CASE("colours can be told apart: words 4.5 to 1 against the paper, lines 3 to 1") {
  for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
    for (const std::string_view name : {"ink", "quiet", "accent"}) {
      CAPTURE(name);
      CHECK(contrast(name, "paper", scheme) >= 4.5);
    }
    CHECK(contrast("line", "paper", scheme) >= 3);
  }
  CHECK(contrast("ink", "tint", Scheme::light) >= 4.5);
  CHECK(contrast("quiet", "tint", Scheme::dark) >= 4.5);
}
