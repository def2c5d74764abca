// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <vector>

#include "attune/document.hpp"

#include "report_checks.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;

TEST_CASE("blocks become CommonMark") {
  const report::Document document{
      report::Heading{1, "Title"},
      report::Paragraph{"A paragraph."},
      report::Facts{{{"About", "my partner"}, {"Version", "1.0.0"}}},
      report::Bullets{{"one", "two"}},
      report::Table{{"Name", "Score"},
                    {report::Align::left, report::Align::right},
                    {{"a", "1.5"}, {"b", "2"}}},
      report::Step{"Ask once", "It is practice.", "Ask a friend.", "small"}};
  CHECK(report::render_markdown(document) ==
        "# Title\n"
        "\n"
        "A paragraph.\n"
        "\n"
        "- **About:** my partner\n"
        "- **Version:** 1.0.0\n"
        "\n"
        "- one\n"
        "- two\n"
        "\n"
        "| Name | Score |\n"
        "| --- | ---: |\n"
        "| a | 1.5 |\n"
        "| b | 2 |\n"
        "\n"
        "### Ask once (small)\n"
        "\n"
        "It is practice.\n"
        "\n"
        "**Try:** Ask a friend.\n");
}

TEST_CASE("a step shows its name and what became of it in Markdown") {
  const report::Step step{"Ask once", "", "", "", "ask-once", "- tried\n# well"};
  CHECK(report::render_markdown({step}) ==
        "### Ask once\n"
        "\n"
        "**Name:** ask-once\n"
        "\n"
        "\\- tried \\# well\n");
}

TEST_CASE("pictures become sentences and tables") {
  report::Ruler ruler{"Anxiety", 1, 7, 3.4, 2.8, 4.0, "calm", "afraid", "3.4 ± 0.6", "middle", {}};
  const report::Table facets{{"Facet", "Score"},
                             {report::Align::left, report::Align::right},
                             {{"Protest", "3.4 ± 0.6"}},
                             "",
                             {ruler},
                             ""};
  report::Plane plane;
  plane.x.name = "Anxiety";
  plane.y.name = "Avoidance";
  plane.points = {{3.4, 5, 2.8, 4.0, 4.5, 5.5, ""}};
  plane.description = "Both in a sentence.";
  CHECK(report::render_markdown({ruler, facets, plane}) ==
        "**Anxiety: 3.4 ± 0.6**, middle. On a scale from 1 (calm) to 7 (afraid), most likely "
        "between 2.8 and 4.0.\n"
        "\n"
        "| Facet | Score |\n"
        "| --- | ---: |\n"
        "| Protest | 3.4 ± 0.6 |\n"
        "\n"
        "Both in a sentence.\n");
}

// Expected texts by the rules of CommonMark 0.31: backslash escapes (2.4), block starts (4, 5).
TEST_CASE("text at the start of a line can't begin a block") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"# heading", "\\# heading"},
      {"- item", "\\- item"},
      {"+ item", "\\+ item"},
      {"* item", "\\* item"},
      {"1. item", "1\\. item"},
      {"12) item", "12\\) item"},
      {"1.", "1\\."},
      {"1.5 is no item", "1.5 is no item"},
      {"> quote", "\\> quote"},
      {"---", "\\---"},
      {"***", "\\*\\*\\*"},
      {"___", "\\_\\_\\_"},
      {"```sh", "\\`\\`\\`sh"},
      {"~~~", "\\~\\~\\~"},
      {"    code", "code"},
      {"\tcode", "\\\\x09code"},
      {"| a | b |", "\\| a \\| b \\|"},
      {"<div>", "\\<div\\>"},
      {"text   ", "text"},
      {"text\\", "text\\\\"},
      {"title\n===", "title\\\n\\==="},
      {"title\n---", "title\\\n\\---"},
      {"one\n\n\n- two", "one\\\n\\- two"},
      {"one\n# two", "one\\\n\\# two"},
  };
  for (const auto& each : cases) {
    const auto& text = each.first;
    const auto& expected = each.second;
    CAPTURE(text);
    CHECK(report::render_markdown({report::Paragraph{text}}) == expected + '\n');
    if (text.find('\n') != std::string::npos) continue;
    CHECK(report::render_markdown({report::Bullets{{text}}}) == "- " + expected + '\n');
  }
}

TEST_CASE("text within a line can't form markup, HTML, entities or links") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"*strong* _words_ **bold**", "\\*strong\\* \\_words\\_ \\*\\*bold\\*\\*"},
      {"`code` and ~~gone~~", "\\`code\\` and \\~\\~gone\\~\\~"},
      {"[text](target) ![image](target)", "\\[text\\](target) !\\[image\\](target)"},
      {"<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"},
      {"<!-- hidden -->", "\\<!-- hidden --\\>"},
      {"&lt;&#60;&copy;", "\\&lt;\\&\\#60;\\&copy;"},
      {"<https://example.org>", "\\<https\\://example.org\\>"},
      {"https://example.org", "https\\://example.org"},
      {"www.example.org", "www\\.example.org"},
      {"someone@example.org", "someone\\@example.org"},
      {"a | b", "a \\| b"},
      {"back\\slash \\* star", "back\\\\slash \\\\\\* star"},
      {"$x$", "\\$x\\$"},
      {"Plain words, 3.4 - 4 = fine! (really)", "Plain words, 3.4 - 4 = fine! (really)"},
  };
  for (const auto& each : cases) {
    const auto& text = each.first;
    const auto& expected = each.second;
    CAPTURE(text);
    CHECK(report::render_markdown({report::Paragraph{"x " + text}}) == "x " + expected + '\n');
    CHECK(report::render_markdown({report::Heading{2, text}}) == "## " + expected + '\n');
    CHECK(report::render_markdown({report::Table{{"h"}, {report::Align::left}, {{text}}}}) ==
          "| h |\n| --- |\n| " + expected + " |\n");
  }
}

TEST_CASE("a newline within a table, heading or list never ends it") {
  CHECK(report::render_markdown({report::Table{{"a\nb"}, {report::Align::left}, {{"c\n\nd"}}}}) ==
        "| a b |\n| --- |\n| c  d |\n");
  CHECK(report::render_markdown({report::Heading{1, "a\nb"}}) == "# a b\n");
  CHECK(report::render_markdown({report::Bullets{{"a\n- b"}}}) == "- a - b\n");
}

TEST_CASE("no control character reaches Markdown") {
  for (const std::string& text : hostile_texts()) {
    for (const char c : report::render_markdown(document_of(text))) {
      const auto byte = static_cast<unsigned char>(c);
      CHECK((byte >= 0x20 || byte == '\n'));
      CHECK(byte != 0x7F);
    }
    CHECK(report::render_markdown(document_of(text)).find("\u202E") == std::string::npos);
  }
}

TEST_CASE("the awkward texts leave every Markdown table whole") {
  for (const std::string& text : awkward_texts()) {
    const std::string out = report::render_markdown(
        {report::Table{{"a", "b"}, {report::Align::left, report::Align::left}, {{text, "end"}}}});
    CHECK(lines_of(out).size() == 3);
    CHECK(lines_of(out)[2].ends_with("| end |"));
  }
}
