// SPDX-License-Identifier: MIT
#include "definition/toml.hpp"

#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <string_view>

#include "attune/text.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

// Every problem of gate and reader as "line:column: message", one a line.
std::string problems_of(std::string_view text) {
  definition::Findings findings;
  (void)definition::read_toml(text, findings);
  std::string result;
  for (const definition::Problem& problem : findings.problems()) {
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

const definition::Node& child(const definition::Node& table, std::string_view key) {
  static const definition::Node none;
  const definition::Node* node = table.find(key);
  CHECK_MESSAGE(node != nullptr, key);
  return node != nullptr ? *node : none;
}

// The value of the key `x` of `text`.
definition::Node value_of(const std::string& text) {
  definition::Findings findings;
  const std::optional<definition::Node> root = definition::read_toml(text, findings);
  REQUIRE_MESSAGE(root.has_value(), text);
  return child(*root, "x");
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
           Case{"\"\"\"a \\\n   \u00fcber\"\"\"", "a \u00fcber"},
           Case{"\"\"\"two \"\" quotes\"\"\"\"\"", "two \"\" quotes\"\""},
           Case{"'''it's\n\\n'''", "it's\n\\n"},
           Case{R"("# [not] = {a} comment")", "# [not] = {a} comment"},
       }) {
    const std::string text = "x = " + std::string(each.written) + " # comment\n";
    const definition::Node node = value_of(text);
    CHECK(node.kind == definition::NodeKind::text);
    CHECK(node.text == each.text);
  }
}

TEST_CASE("numbers are read exactly and independent of the locale") {
  struct Case {
    std::string_view written;
    definition::NodeKind kind;
    double value;
  };
  for (const Case& each :
       {Case{"0", definition::NodeKind::whole, 0}, Case{"+7", definition::NodeKind::whole, 7},
        Case{"-12", definition::NodeKind::whole, -12},
        Case{"1_000", definition::NodeKind::whole, 1000},
        Case{"0xFF", definition::NodeKind::whole, 255},
        Case{"0o17", definition::NodeKind::whole, 15},
        Case{"0b101", definition::NodeKind::whole, 5}, Case{"0.8", definition::NodeKind::real, 0.8},
        Case{"-3.5e-2", definition::NodeKind::real, -0.035},
        Case{"1e3", definition::NodeKind::real, 1000},
        Case{"6_00.2_5", definition::NodeKind::real, 600.25}}) {
    const std::string text = "x = " + std::string(each.written);
    const definition::Node node = value_of(text);
    CHECK(node.kind == each.kind);
    CHECK(node.real == each.value);
  }
}

TEST_CASE("tables, sections and dotted keys build one tree in the order of the file") {
  definition::Findings findings;
  const std::string text =
      "[[item]]\nid = 'a'\nwhen = { b.c = 1, d = [1, [2],\n # remark\n 3] }\n"
      "[[item]]\n[item.more]\nz = true\n[item.more.most]\n[[item]]\n\"q.r\" = 1\n";
  const std::optional<definition::Node> root = definition::read_toml(text, findings);
  REQUIRE(root.has_value());
  const definition::Node& items = child(*root, "item");
  REQUIRE(items.children.size() == 3);
  const definition::Node& when = child(items.children[0], "when");
  CHECK(child(child(when, "b"), "c").whole == 1);
  CHECK(child(when, "d").children.size() == 3);
  CHECK(child(child(items.children[1], "more"), "most").kind == definition::NodeKind::table);
  CHECK(child(items.children[2], "q.r").whole == 1);
}

TEST_CASE("a syntax error is reported where toml++ finds it, in its words") {
  struct Case {
    std::string text;
    std::string_view problem;  // what of it is the same in all versions of toml++
  };
  for (const Case& each : {
           Case{"x=[}", "1:4: invalid value"},
           Case{"\u00fc = 1", "1:1: invalid root table: expected keys"},
           Case{"a\u00fc = 1", "1:2: invalid key-value pair: expected '='"},
           Case{"x = \"a", "1:7: invalid string: encountered end-of-file"},
           Case{"x = 'a\ny = 1", "1:7: invalid literal string"},
           Case{"x = \"\"\"a\n\n", "2:2: invalid string: encountered end-of-file"},
           Case{"x =", "1:4: invalid key-value pair: encountered end-of-file"},
           Case{"x = # y", "1:5: invalid key-value pair: expected value"},
           Case{"x", "1:2: invalid key-value pair: encountered end-of-file"},
           Case{"= 1", "1:1: invalid root table: expected keys"},
           Case{"x = [1, 2", "1:10: invalid array: encountered end-of-file"},
           Case{"x = [1 2]", "1:8: invalid array: expected comma or closing ']'"},
           Case{"x = { a = 1\n}", "1:12: invalid inline table"},
           Case{"x = { a = 1 b = 2 }", "1:13: invalid inline table: expected comma or closing '}'"},
           Case{"x = 1 y = 2", "1:7: invalid key-value pair: expected a comment or whitespace"},
           Case{"x = tru\ny = 1", "1:8: invalid boolean: expected 'true', saw 'tru"},
           Case{"# a\n} = 1", "2:1: invalid root table: expected keys"},
           Case{"'a\n' = 1", "1:3: invalid literal string"},
           Case{"[a]b", "1:4: invalid table header: expected a comment or whitespace"},
           Case{"[]", "1:2: invalid table header"},
           Case{"[a b]", "1:4: invalid table header: expected ']'"},
           Case{"[[a]", "1:5: invalid table header: encountered end-of-file"},
           Case{"x = 01", "1:7: invalid decimal integer: leading zeroes are prohibited"},
           Case{"x = 1__0", "1:7: invalid decimal integer: underscores may only follow digits"},
           Case{"x = 99999999999999999999", "1:25: invalid decimal integer"},
           Case{"x = \"\\ud800\"", "1:12: invalid unicode scalar sequence"},
           Case{"x = 1\nx = 2", "2:5: invalid key-value pair: cannot redefine"},
           Case{"x = 1\n[x]\ny = 1", "2:1: invalid table header: cannot redefine"},
           Case{"x = {}\n[x.y]", "2:6: invalid table header: cannot insert"},
           Case{"x = 1\n[x.y]\nz = 1", "3:1: invalid table header: cannot redefine"},
           Case{"x = [\"\u00e9\u4e2d\U0001F600\", ?]", "1:13: invalid value"},
           Case{"[a]\nx = [1,\n  ?,\n  { y = 1 },\n]\nz = ?\n", "3:3: invalid value"},
           Case{"\xEF\xBB\xBFx = ?", "1:5: invalid value"},
       }) {
    const std::string problems = problems_of(each.text);
    CHECK_MESSAGE(problems.starts_with(each.problem), problems);
    CHECK_MESSAGE(problems.find('\n') == std::string::npos, problems);
  }
}

TEST_CASE("what toml++ reads and a definition does not hold is refused in its place") {
  struct Case {
    std::string text;
    std::string_view problems;
  };
  for (const Case& each : {
           Case{"x = 2026-11-24", "1:5: a date or a time has no place in a definition"},
           Case{"x = 07:32:00", "1:5: a date or a time has no place in a definition"},
           Case{"x = 1\ny = [inf, -nan]",
                "2:6: expected a number, found inf or nan\n"
                "2:11: expected a number, found inf or nan"},
           Case{"x = '\xFF'", "1:6: the text is not valid UTF-8 from here on"},
           Case{std::string("x = \"a\0b\"", 9), "1:7: the character U+0000 is not allowed"},
           Case{"x = 1\ry = 2", "1:6: a carriage return stands without a newline"},
           Case{"# \u202e\nx = '\u2066'",
                "1:3: the character U+202E is not allowed\n"
                "2:6: the character U+2066 is not allowed"},
           Case{"x = \"\U000E0041\"", "1:6: the character U+E0041 (part of a flag) is not allowed"},
           Case{"x = \"a\\u001bb\\u202e\"", "1:5: the character U+001B is not allowed"},
           Case{"x = [\"a\\tb\", '''c\\n\td''']",
                "1:6: a text holds no tab\n1:14: a text holds no tab"},
           Case{"\"\\u202e\" = 1", "1:1: the character U+202E is not allowed"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.text);
  }
}

TEST_CASE("the gate lets through what may be read, wherever it stands") {
  for (int byte = 0; byte < 0x80; ++byte) {
    for (std::size_t at = 0; at < 16; ++at) {
      std::string text(24, 'x');
      text[at] = static_cast<char>(byte);
      definition::Findings findings;
      const bool allowed = (byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\t';
      CHECK_MESSAGE(definition::passes_text_gate(text, findings) == allowed, byte);
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
    definition::Findings findings;
    const bool passes = definition::passes_text_gate(text, findings);
    if (passes != is_printable(point)) FAIL_CHECK(static_cast<std::uint32_t>(point));
    refused += passes ? 0U : 1U;
  }
  CHECK(refused > 4000);  // 4,096 tags and selectors, controls, bidi, non-characters
}

TEST_CASE("what people type instead gets a hint") {
  struct Case {
    std::string_view text;
    std::string_view advice;
  };
  for (const Case& each : {
           Case{"x = True", "write true or false in small letters; a text stands in double quotes"},
           Case{"x = yes", "a text stands in straight double quotes: \""},
           Case{"x = no", "a text stands in straight double quotes: \""},
           Case{"x = .75", "a number has a digit before its point, such as 0.75"},
           Case{"x = 0,75", "a number has a point, not a comma, such as 0.75"},
           Case{"x = 75%", "write a share as a number from 0 to 1, such as 0.75"},
           Case{"x = 1-7",
                "a range is written as min = 1 and max = 7; a text stands in double quotes"},
           Case{"x = 1e-400", "the number is too large or too small"},
           Case{"x = 1990-01", "put it in double quotes to make it a text"},
           Case{"x = 2026-11-24", "put it in double quotes to make it a text"},
           Case{"x = \u201CEase\u201D", "a text stands in straight double quotes: \""},
           Case{"x = \u2018Ease\u2019", "a text stands in straight double quotes: \""},
           Case{"x = \u00ABEase\u00BB", "a text stands in straight double quotes: \""},
           Case{"x = \"Ease\ny = 1",
                "a text ends on its line, or stands between three double quotes"},
           Case{"x = \"C:\\dir\"", "write \\\\ for a backslash"},
           Case{"x = {\n  a = 1,\n}", "an inline table stands on one line"},
           Case{"x: 1", "write = instead of :"},
           Case{"x = 1 2", ""},
       }) {
    definition::Findings findings;
    (void)definition::read_toml(each.text, findings);
    const definition::Problems problems = findings.problems();
    REQUIRE(problems.size() == 1);
    CHECK_MESSAGE(problems.front().advice == each.advice, each.text);
  }
}

TEST_CASE("hostile texts are refused at once") {
  CHECK(problems_of(repeated("[", 1'000'000)).starts_with("1:3: invalid key"));
  CHECK(problems_of("x = " + repeated("[", 1'000'000))
            .starts_with("1:21: invalid value: exceeded maximum nested value depth of 16"));
  CHECK(problems_of("x = " + repeated("{a=", 300'000))
            .starts_with("1:53: invalid value: exceeded maximum nested value depth of 16"));
  CHECK(problems_of(repeated("a.", 150'000) + "a = 1") ==
        "1:16: a dotted key has more than 8 parts");
  CHECK(problems_of("x = [\"\"\"a\"\"\"\"\", {" + repeated("a.", 150'000) + "a = 1}]") ==
        "1:33: a dotted key has more than 8 parts");
  CHECK(problems_of("x = ['a\\', \"\\\\\", \"\\\"\", {" + repeated("a.", 150'000) + "a = 1}]") ==
        "1:40: a dotted key has more than 8 parts");
  CHECK(problems_of("x = \"........... \\\" .......... # \"").empty());
  CHECK(problems_of("x = [" + repeated("1,", 400'000) + "]") ==
        "1:400003: the file has more than 200,000 values");
  CHECK(problems_of(repeated("[[a]]\n", 20'000)).empty());
  CHECK(problems_of(repeated("[[a]]\n", 20'001)) ==
        "20001:1: the file has more than 20,000 keys and headers");
  CHECK(problems_of(std::string(1024 * 1024 + 1, '#')) == "1:1: the file is larger than 1 MiB");
  CHECK(problems_of(std::string(std::size_t{1024} * 1024, '#')).empty());
  std::string keys;
  for (int key = 0; key < 513; ++key) keys += "k" + std::to_string(key) + " = 1\n";
  CHECK(problems_of(keys) == "513:1: a table has more than 512 keys");
  CHECK(problems_of(repeated("x = 1\n", 100'000)).starts_with("2:5: invalid key-value pair"));
}

TEST_CASE("deep but legal nesting is read") {
  CHECK(problems_of("x = " + repeated("[", 16) + repeated("]", 16)).empty());
  CHECK(problems_of("a.b.c.d.e.f.g.h = 1").empty());
}

TEST_CASE("a byte order mark, CRLF and a missing last newline are accepted") {
  CHECK(problems_of("\xEF\xBB\xBFx = 1\r\n\r\n[a]\r\ny = 2").empty());
  CHECK(problems_of("\xEF\xBB\xBF").empty());
  CHECK(problems_of("").empty());
}
