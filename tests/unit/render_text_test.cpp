// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/document.hpp"
#include "attune/text.hpp"

#include "report_checks.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

namespace {

std::vector<report::TextStyle> styles() {
  std::vector<report::TextStyle> all;
  for (const std::size_t width : {20U, 27U, 40U, 41U, 60U, 80U, 132U, 200U}) {
    for (const report::Charset charset : {report::Charset::ascii, report::Charset::utf8}) {
      for (const bool pictures : {true, false}) {
        all.push_back({width, report::Colour::off, charset, pictures});
      }
    }
  }
  return all;
}

bool has_control(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (point.bytes == 0 || !is_printable(point.value)) return true;
    text.remove_prefix(point.bytes);
  }
  return false;
}

}  // namespace

TEST_CASE("no line is wider than the page, whatever the texts") {
  for (const std::string& text : awkward_texts()) {
    for (const report::TextStyle& style : styles()) {
      CAPTURE(text);
      CAPTURE(style.width_columns);
      CHECK(widest_line(report::render_text(document_of(text), style)) <= style.width_columns);
    }
  }
}

TEST_CASE("what is no text never reaches the terminal") {
  for (const std::string& text : hostile_texts()) {
    for (report::TextStyle style : styles()) {
      style.colour = report::Colour::on;
      CAPTURE(escape(text));
      const std::string out = report::render_text(document_of(text), style);
      CHECK_FALSE(has_control(without_colour(out)));
      CHECK(widest_line(out) <= style.width_columns);
    }
  }
}

TEST_CASE("ASCII output holds nothing else") {
  for (const auto* texts : {&awkward_texts(), &hostile_texts()}) {
    for (const std::string& text : *texts) {
      for (report::TextStyle style : styles()) {
        style.charset = report::Charset::ascii;
        style.colour = report::Colour::on;
        CHECK(is_ascii(report::render_text(document_of(text), style)));
      }
    }
  }
  const std::string out =
      report::render_text({report::Paragraph{"3.4 ± 0.6"}}, {.charset = report::Charset::ascii});
  CHECK(out == "3.4 +/- 0.6\n");
}

TEST_CASE("colour adds bytes and changes none") {
  for (const std::string& text : awkward_texts()) {
    for (report::TextStyle style : styles()) {
      const std::string plain = report::render_text(document_of(text), style);
      style.colour = report::Colour::on;
      const std::string coloured = report::render_text(document_of(text), style);
      CHECK(without_colour(coloured) == plain);
    }
  }
  const std::string coloured =
      report::render_text(document_of("words"), {.colour = report::Colour::on});
  CHECK(coloured.find("\x1B[1m") != std::string::npos);
}

TEST_CASE("no line ends in a space, no two lines in a row are empty") {
  for (const std::string& text : awkward_texts()) {
    for (const report::TextStyle& style : styles()) {
      const std::string out = report::render_text(document_of(text), style);
      CHECK(out.find(" \n") == std::string::npos);
      CHECK(out.find("\n\n\n") == std::string::npos);
      CHECK(out.ends_with('\n'));
      CHECK_FALSE(out.ends_with("\n\n"));
    }
  }
}

TEST_CASE("a width outside 20..200 is brought to the nearest end") {
  const report::Document document =
      document_of("some words that are long enough to need several lines");
  const auto at = [&](std::size_t width) {
    return report::render_text(document, {.width_columns = width});
  };
  CHECK(at(0) == at(20));
  CHECK(at(9999) == at(200));
  CHECK(at(20) != at(40));
}

TEST_CASE("prose keeps to a readable measure on a wide terminal") {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word ";
  CHECK(widest_line(report::render_text({report::Paragraph{words}}, {.width_columns = 200})) <= 78);
  CHECK(widest_line(report::render_text({report::Paragraph{words}}, {.width_columns = 80})) > 70);
}

TEST_CASE("headings stand left, everything below them two columns in") {
  const report::Document document{report::Heading{1, "Title"}, report::Paragraph{"First."},
                                  report::Heading{2, "Part"}, report::Paragraph{"Second."}};
  CHECK(report::render_text(document, {}) ==
        "Title\n"
        "━━━━━\n"
        "\n"
        "  First.\n"
        "\n"
        "Part\n"
        "────\n"
        "  Second.\n");
  CHECK(report::render_text(document, {.charset = report::Charset::ascii}) ==
        "Title\n"
        "=====\n"
        "\n"
        "  First.\n"
        "\n"
        "Part\n"
        "----\n"
        "  Second.\n");
}

TEST_CASE("words that announce a list stand close to it") {
  const report::Document document{report::Paragraph{"These stand out:"},
                                  report::Bullets{{"one", "two"}}};
  CHECK(report::render_text(document, {}) == "These stand out:\n- one\n- two\n");
}

TEST_CASE("facts are aligned, or stand below their labels where these are long") {
  const report::Document brief{report::Facts{{{"About", "my partner"}, {"Date", "2026-11-24"}}}};
  CHECK(report::render_text(brief, {}) == "About  my partner\nDate   2026-11-24\n");
  CHECK(report::render_text(brief, {.pictures = false}) == "About: my partner\nDate: 2026-11-24\n");
  const report::Document lengthy{
      report::Facts{{{"Where in your body did you notice it?", "throat"}}}};
  CHECK(report::render_text(lengthy, {}) == "Where in your body did you notice it?\n  throat\n");
}

TEST_CASE("a step hangs its text under its label") {
  const report::Document document{report::Step{"Ask once", "It is practice.",
                                               "Ask a friend for a small thing "
                                               "that takes ten minutes, this week.",
                                               "small"}};
  CHECK(report::render_text(document, {.width_columns = 40}) ==
        "Ask once (small)\n"
        "  It is practice.\n"
        "  Try: Ask a friend for a small thing\n"
        "       that takes ten minutes, this\n"
        "       week.\n");
  CHECK(report::render_text(document, {.width_columns = 40, .pictures = false}) ==
        "Ask once (small)\n"
        "It is practice.\n"
        "Try: Ask a friend for a small thing that\n"
        "takes ten minutes, this week.\n");
}

TEST_CASE("a step shows its name and what became of it") {
  const report::Document document{
      report::Step{"Ask once", "", "Ask a friend.", "small", "ask-once", "You tried this\nonce."}};
  CHECK(report::render_text(document, {.width_columns = 40}) ==
        "Ask once (small)\n"
        "  Try: Ask a friend.\n"
        "  Name: ask-once\n"
        "  You tried this once.\n");
  CHECK(report::render_text(document, {.width_columns = 40, .pictures = false}) ==
        "Ask once (small)\n"
        "Try: Ask a friend.\n"
        "Name: ask-once\n"
        "You tried this once.\n");
}

TEST_CASE("a table aligns its columns, and becomes blocks where it would be too narrow") {
  const report::Table table{
      {"Statement", "Answer"},
      {report::Align::left, report::Align::right},
      {{"I make plans together with my partner.", "6"}, {"I ask for help.", "12"}}};
  CHECK(report::render_text({table}, {}) ==
        "Statement                               Answer\n"
        "──────────────────────────────────────  ──────\n"
        "I make plans together with my partner.       6\n"
        "I ask for help.                             12\n");
  CHECK(report::render_text({table}, {.width_columns = 30}) ==
        "Statement               Answer\n"
        "──────────────────────  ──────\n"
        "I make plans together        6\n"
        "with my partner.\n"
        "I ask for help.             12\n");
  CHECK(report::render_text({table}, {.width_columns = 20}) ==
        "I make plans\n"
        "together with my\n"
        "partner.\n"
        "  answer 6\n"
        "\n"
        "I ask for help.\n"
        "  answer 12\n");
}

TEST_CASE("an empty document is one empty line, not nothing") {
  CHECK(report::render_text({}, {}) == "\n");
}
