// SPDX-License-Identifier: MIT
#include "definition/toml_reader.hpp"

#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <string_view>

#include "attune/text.hpp"

#include "definition/findings.hpp"
#include "definition/text_gate.hpp"

using namespace attune;          // NOLINT: a test file
using namespace attune::detail;  // NOLINT: a test file

namespace {

// Every problem of gate and reader as "line:column: message", one a line.
std::string problems_of(std::string_view text) {
  Findings findings;
  if (passes_text_gate(text, findings)) (void)read_toml(text, findings);
  std::string result;
  for (const Problem& problem : findings.problems(text)) {
    if (!result.empty()) result += '\n';
    result += std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
              problem.message;
  }
  return result;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

const Node& child(const Tree& tree, const Node& table, std::string_view key) {
  static const Node none;
  const Node* node = tree.find(table, key);
  CHECK_MESSAGE(node != nullptr, key);
  return node != nullptr ? *node : none;
}

// The value of the key `x` of `text`.
Node value_of(const std::string& text, Tree& tree) {
  Findings findings;
  std::optional<Tree> read = read_toml(text, findings);
  REQUIRE_MESSAGE(read.has_value(), text);
  REQUIRE_MESSAGE(findings.errors() == 0, text);
  tree = *std::move(read);
  return child(tree, tree.root(), "x");
}

}  // namespace

TEST_CASE("texts of all four kinds are read as TOML 1.0 says") {
  struct Case {
    std::string_view written;
    std::string_view text;
  };
  for (const Case& each : {
           Case{R"("plain")", "plain"},
           Case{R"("")", ""},
           Case{R"('C:\raw "x"')", R"(C:\raw "x")"},
           Case{R"("a\"b\\c\nd")", "a\"b\\c\nd"},
           Case{R"("\u00e9\U0001F600")", "\u00e9\U0001F600"},
           Case{"\"\"\"\nfirst newline is dropped\"\"\"", "first newline is dropped"},
           Case{"\"\"\"a\r\nb\"\"\"", "a\nb"},
           Case{"\"\"\"a \\\n   \n  b\"\"\"", "a b"},
           Case{"\"\"\"two \"\" quotes\"\"\"\"\"", "two \"\" quotes\"\""},
           Case{"'''it's\n\\n'''", "it's\n\\n"},
           Case{R"("# [not] = {a} comment")", "# [not] = {a} comment"},
       }) {
    Tree tree;
    const std::string text = "x = " + std::string(each.written) + " # comment\n";
    const Node node = value_of(text, tree);
    CHECK(node.kind == NodeKind::text);
    CHECK(node.text == each.text);
  }
}

TEST_CASE("numbers are read exactly and independent of the locale") {
  struct Case {
    std::string_view written;
    NodeKind kind;
    double value;
  };
  for (const Case& each :
       {Case{"0", NodeKind::whole, 0}, Case{"+7", NodeKind::whole, 7},
        Case{"-12", NodeKind::whole, -12}, Case{"1_000", NodeKind::whole, 1000},
        Case{"0xFF", NodeKind::whole, 255}, Case{"0o17", NodeKind::whole, 15},
        Case{"0b101", NodeKind::whole, 5}, Case{"0.8", NodeKind::real, 0.8},
        Case{"-3.5e-2", NodeKind::real, -0.035}, Case{"1e3", NodeKind::real, 1000},
        Case{"6_00.2_5", NodeKind::real, 600.25}}) {
    Tree tree;
    const std::string text = "x = " + std::string(each.written);
    const Node node = value_of(text, tree);
    CHECK(node.kind == each.kind);
    CHECK(node.real == each.value);
  }
}

TEST_CASE("tables, sections and dotted keys build one tree in the order of the file") {
  Findings findings;
  const std::string text =
      "[[item]]\nid = 'a'\nwhen = { b.c = 1, d = [1, [2],\n # remark\n 3] }\n"
      "[[item]]\n[item.more]\nz = true\n[item.more.most]\n[[item]]\n\"q.r\" = 1\n";
  std::optional<Tree> tree = read_toml(text, findings);
  REQUIRE(tree.has_value());
  CHECK(findings.errors() == 0);
  const Node& items = child(*tree, tree->root(), "item");
  CHECK(items.count == 3);
  auto item = tree->children(items).begin();
  const Node& when = child(*tree, *item, "when");
  CHECK(child(*tree, child(*tree, when, "b"), "c").whole == 1);
  CHECK(child(*tree, when, "d").count == 3);
  ++item;
  CHECK(child(*tree, child(*tree, *item, "more"), "most").kind == NodeKind::table);
  ++item;
  CHECK(child(*tree, *item, "q.r").whole == 1);
}

TEST_CASE("mistakes of syntax are told in our words with their place") {
  struct Case {
    std::string text;
    std::string_view problems;
  };
  for (const Case& each : {
           Case{"x=[}", "1:4: expected a value, found '}'"},
           Case{"\u00fc = 1", "1:1: expected a key, found '\u00fc'"},
           Case{"a\u00fc = 1", "1:2: expected a key, found '\u00fc'"},
           Case{"x = \"a", "1:5: the text that begins here has no closing quote on its line"},
           Case{"x = 'a\ny = 1", "1:5: the text that begins here has no closing quote on its line"},
           Case{"x = \"\"\"a\n\n", "1:5: the text that begins here has no closing quotes"},
           Case{"x =", "1:4: a value is missing"},
           Case{"x = # y", "1:5: a value is missing"},
           Case{"x", "1:2: expected '=' after the key"},
           Case{"= 1", "1:1: expected a key, found '='"},
           Case{"x = [1, 2", "1:5: the array that begins here has no closing ']'"},
           Case{"x = [1 2]", "1:8: expected ',' or ']' in the array, found '2'"},
           Case{"x = { a = 1",
                "1:5: the inline table that begins here has no closing '}' on its "
                "line"},
           Case{"x = { a = 1\n}",
                "1:5: the inline table that begins here has no closing '}' on "
                "its line"},
           Case{"x = { a = 1, }", "1:14: expected a key, found '}'"},
           Case{"x = { a = 1 b = 2 }", "1:13: expected ',' or '}' in the inline table, found 'b'"},
           Case{"x = 1 y = 2", "1:7: expected the end of the line, found 'y'"},
           Case{"[a", "1:3: expected ']' at the end of the header"},
           Case{"[[a]", "1:4: expected ']]' at the end of the header"},
           Case{"x = word", "1:5: expected a value, found 'word'"},
           Case{"x = 01", "1:5: '01' is not a number that can be held"},
           Case{"x = 1__0", "1:5: '1__0' is not a number that can be held"},
           Case{"x = 1.", "1:5: '1.' is not a number that can be held"},
           Case{"x = 99999999999999999999",
                "1:5: '99999999999999999999' is not a number that can "
                "be held"},
           Case{"x = 2026-11-24",
                "1:5: '2026-11-24' is a date or a time, which a definition does "
                "not hold"},
           Case{"x = nan", "1:5: expected a value, found 'nan'"},
           Case{"x = '\xFF'", "1:6: the text is not valid UTF-8 from here on"},
           Case{std::string("x = \"a\0b\"", 9), "1:7: the character U+0000 is not allowed"},
           Case{"x = 1\ry = 2", "1:6: a carriage return stands without a newline"},
           Case{"# \u202e\nx = '\u2066'",
                "1:3: the character U+202E is not allowed\n"
                "2:6: the character U+2066 is not allowed"},
           Case{"x = \"\U000E0041\"", "1:6: the character U+E0041 is not allowed"},
           Case{"x = \"a\\u001bb\\u202e\"",
                "1:7: the escape '\\u001b' stands for a character not allowed\n"
                "1:14: the escape '\\u202e' stands for a character not allowed"},
           Case{"x = \"\\q\\u12\\ud800\"",
                "1:6: there is no escape '\\q' like this\n"
                "1:8: there is no escape '\\u' like this\n"
                "1:12: there is no escape '\\u' like this"},
           Case{"x = \"a\\ b\"", "1:7: a backslash stands before a space"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.text);
  }
}

TEST_CASE("the gate lets through what may be read, wherever it stands") {
  for (int byte = 0; byte < 0x80; ++byte) {
    for (std::size_t at = 0; at < 16; ++at) {
      std::string text(24, 'x');
      text[at] = static_cast<char>(byte);
      Findings findings;
      const bool allowed = (byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\t';
      CHECK_MESSAGE(passes_text_gate(text, findings) == allowed, byte);
    }
  }
}

TEST_CASE("the gate lets through exactly the printable code points") {
  std::size_t refused = 0;
  for (char32_t point = 0x80; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;  // no code points of UTF-8
    std::string text = "x";
    if (point < 0x800) {
      text += static_cast<char>(0xC0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        text += static_cast<char>(0xE0 | (point >> 12));
      } else {
        text += static_cast<char>(0xF0 | (point >> 18));
        text += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
      }
      text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    }
    text += static_cast<char>(0x80 | (point & 0x3F));
    Findings findings;
    const bool passes = passes_text_gate(text, findings);
    if (passes != is_printable(point)) FAIL_CHECK(static_cast<std::uint32_t>(point));
    refused += passes ? 0U : 1U;
  }
  CHECK(refused > 4000);  // 4,096 tags and selectors, controls, bidi, non-characters
}

TEST_CASE("what may not be given twice or added to is refused, and reading goes on") {
  struct Case {
    std::string_view text;
    std::string_view problems;
  };
  for (const Case& each : {
           Case{"x = 1\nx = 2\ny = 1\ny = 2", "2:1: 'x' is given twice\n4:1: 'y' is given twice"},
           Case{"[a]\n[a]", "2:1: 'a' is given twice"},
           Case{"x = {}\n[x.y]", "2:2: 'x' is given already and can't be added to here"},
           Case{"x = { y = 1 }\nx.z = 2", "2:1: 'x' is given already and can't be added to here"},
           Case{"x = [1]\n[[x]]", "2:1: 'x' is given twice"},
           Case{"[[x]]\n[x]", "2:1: 'x' is given twice"},
           Case{"[a]\nb.c = 1\n[a.b]", "3:1: 'b' is given twice"},
           Case{"[a.b.c]\nz = 9\n[a]\nb.c.t = 1",
                "4:1: 'b' is given already and can't be added to here"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.text);
  }
}

TEST_CASE("reading is taken up at the next header after a mistake of syntax") {
  CHECK(problems_of("[a]\nx = [1,\n  oops,\n  { y = 1 },\n]\nz = ?\n[b]\nx = ?\n") ==
        "3:3: expected a value, found 'oops'\n8:5: expected a value, found '?'");
}

TEST_CASE("hostile texts are refused at once") {
  CHECK(problems_of(repeated("[", 1'000'000)) == "1:3: expected a key, found '['");
  CHECK(problems_of("x = " + repeated("[", 1'000'000)) ==
        "1:21: brackets are nested more than 16 deep");
  CHECK(problems_of("x = " + repeated("{a=", 300'000)) ==
        "1:53: brackets are nested more than 16 deep");
  CHECK(problems_of(repeated("a.", 150'000) + "a = 1") ==
        "1:17: a dotted key has more than 8 parts");
  CHECK(problems_of("x = [" + repeated("1,", 400'000) + "]") ==
        "1:400002: the file has more than 200,000 values");
  CHECK(problems_of(std::string(1024 * 1024 + 1, '#')) == "1:1: the file is larger than 1 MiB");
  CHECK(problems_of(std::string(std::size_t{1024} * 1024, '#')).empty());
  std::string keys;
  for (int key = 0; key < 513; ++key) keys += "k" + std::to_string(key) + " = 1\n";
  CHECK(problems_of(keys) == "513:1: a table has more than 512 keys");
  CHECK(problems_of(repeated("x = 1\n", 100'000)).ends_with("98999 more problems are not shown"));
}

TEST_CASE("deep but legal nesting is read") {
  CHECK(problems_of("x = " + repeated("[", 16) + repeated("]", 16)).empty());
  CHECK(problems_of("a.b.c.d.e.f.g.h = 1").empty());
}

TEST_CASE("a byte order mark, CRLF and a missing last newline are accepted") {
  CHECK(problems_of("\xEF\xBB\xBFx = 1\r\n\r\n[a]\r\ny = 2").empty());
  CHECK(problems_of("\xEF\xBB\xBFx = ?") == "1:5: expected a value, found '?'");
  CHECK(problems_of("\xEF\xBB\xBF").empty());
  CHECK(problems_of("").empty());
}

TEST_CASE("columns count code points") {
  CHECK(problems_of("x = [\"\u00e9\u4e2d\U0001F600\", ?]") == "1:13: expected a value, found '?'");
}
