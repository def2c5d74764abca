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
           Case{"x =", "1:4: expected a value"},
           Case{"x = # y", "1:5: expected a value"},
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
           Case{"x = { a = 1, # b",
                "1:5: the inline table that begins here has no closing '}' on "
                "its line"},
           Case{"x = { a 1 }", "1:9: expected '=' after the key, found '1'"},
           Case{"x = 1 y = 2", "1:7: expected the end of the line, found 'y'"},
           Case{"x = \"a\"b", "1:8: expected the end of the line, found 'b'"},
           Case{"x = true]", "1:9: expected the end of the line, found ']'"},
           Case{"x = [true 2, ]", "1:11: expected ',' or ']' in the array, found '2'"},
           Case{"x = [,]", "1:6: expected a value, found ','"},
           Case{"x = ]", "1:5: expected a value, found ']'"},
           Case{"x = tru\ny = 1", "1:5: expected a value, found 'tru'"},
           Case{"x = [nope, 1]", "1:6: expected a value, found 'nope'"},
           Case{"# a\n} = 1", "2:1: expected a key, found '}'"},
           Case{"\"\"\"a\"\"\" = 1", "1:1: expected a key, found '\"'"},
           Case{"'a\n' = 1", "1:1: the text that begins here has no closing quote on its line"},
           Case{"a. = 1", "1:4: expected a key, found '='"},
           Case{"[a]b", "1:4: expected the end of the line, found 'b'"},
           Case{"[]", "1:2: expected a key, found ']'"},
           Case{"[a.]\n", "1:4: expected a key, found ']'"},
           Case{"[a b]", "1:4: expected ']' at the end of the header, found 'b'"},
           Case{"[a # b]", "1:4: expected ']' at the end of the header"},
           Case{"[a", "1:3: expected ']' at the end of the header"},
           Case{"[[a]", "1:5: expected ']' at the end of the header"},
           Case{"x = word", "1:5: expected a value, found 'word'"},
           Case{"x = 01", "1:5: '01' is not a number that can be held"},
           Case{"x = 1__0", "1:5: '1__0' is not a number that can be held"},
           Case{"x = 1.", "1:5: '1.' is not a number that can be held"},
           Case{"x = 99999999999999999999",
                "1:5: '99999999999999999999' is not a number that can "
                "be held"},
           Case{"x = 2026-11-24", "1:5: a date or a time has no place in a definition"},
           Case{"x = 07:32", "1:5: a date or a time has no place in a definition"},
           Case{"x = 1\ny = [inf, -nan]",
                "2:6: expected a number, found inf or nan\n"
                "2:11: expected a number, found inf or nan"},
           Case{"x = '\xFF'", "1:6: the text is not valid UTF-8 from here on"},
           Case{std::string("x = \"a\0b\"", 9), "1:7: the character U+0000 is not allowed"},
           Case{"x = 1\ry = 2", "1:6: a carriage return stands without a newline"},
           Case{"# \u202e\nx = '\u2066'",
                "1:3: the character U+202E is not allowed\n"
                "2:6: the character U+2066 is not allowed"},
           Case{"x = \"\U000E0041\"", "1:6: the character U+E0041 is not allowed"},
           Case{"x = \"a\\u001bb\\u202e\"", "1:5: the character U+001B is not allowed"},
           Case{"x = [\"a\\tb\", '''c\\n\td''']",
                "1:6: a text holds no tab\n1:14: a text holds no tab"},
           Case{"\"\\u202e\" = 1", "1:1: the character U+202E is not allowed"},
           Case{"x = \"\\q\\u12\\ud800\"", "1:6: there is no escape '\\q' like this"},
           Case{"x = \"\"\"\\\u00fc\"\"\"", "1:8: there is no escape '\\\u00fc' like this"},
           Case{"x = 0x\u00fc", "1:5: '0x\u00fc' is not a number that can be held"},
           Case{"x = \"\\u12\"", "1:6: there is no escape '\\u' like this"},
           Case{"x = \"\\ud800\"", "1:6: there is no escape '\\u' like this"},
           Case{"x = \"a\\ b\"", "1:7: there is no escape '\\ ' like this"},
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

TEST_CASE("what may not be given twice or added to is refused") {
  struct Case {
    std::string_view text;
    std::string_view problems;
  };
  for (const Case& each : {
           Case{"x = 1\nx = 2\ny = 1\ny = 2", "2:1: 'x' is given twice"},
           Case{"a = 0\nx = { y = 1, y = 2 }", "2:14: 'y' is given twice"},
           Case{"x = 1\n[x]\ny = 1", "2:1: 'x' is given twice"},
           Case{"a.b = 1\n[a]", "2:1: 'a' is given twice"},
           Case{"[a]\n[a]", "2:1: 'a' is given twice"},
           Case{"x = {}\n[x.y]", "2:2: 'x.y' adds to something that is given already and complete"},
           Case{"x = 1\n[x.y]\nz = 1",
                "2:2: 'x.y' adds to something that is given already and complete"},
           Case{"x = 1\n[x.y]\n[z]",
                "2:2: 'x.y' adds to something that is given already and complete"},
           Case{"a.x = 1\n[a.x.y]\nz = 1",
                "2:2: 'a.x.y' adds to something that is given already and complete"},
           Case{"[y]\nx = 1\n\n[[y.x.z]]",
                "4:3: 'y.x.z' adds to something that is given already and complete"},
           Case{"x = 1\n[x.y] # z",
                "2:2: 'x.y' adds to something that is given already and complete"},
           Case{"x = 1\r\n[[ x.y ]]\r\n[z]",
                "2:4: 'x.y' adds to something that is given already and complete"},
           Case{"a = [{ y = 1, y = [] }]", "1:15: 'y' is given twice"},
           Case{"x = { y = 1 }\nx.z = 2",
                "2:1: 'x.z' adds to something that is given already and complete"},
           Case{"x = [1]\n[[x]]", "2:1: 'x' is given twice"},
           Case{"[[x]]\n[x]", "2:1: 'x' is given twice"},
           Case{"[a]\nb.c = 1\n[a.b]", "3:1: 'a.b' is given twice"},
           Case{"[a.b.c]\nz = 9\n[a]\nb.c.t = 1",
                "4:3: 'c.t' adds to something that is given already and complete"},
       }) {
    CHECK_MESSAGE(problems_of(each.text) == each.problems, each.text);
  }
}

TEST_CASE("the first mistake is reported, whoever finds it") {
  CHECK(problems_of("[a]\nx = [1,\n  oops,\n  { y = 1 },\n]\nz = ?\n[b]\nx = ?\n") ==
        "3:3: expected a value, found 'oops'");
  CHECK(problems_of("x = 1\nx = 2\ny = ?") == "2:1: 'x' is given twice");
  CHECK(problems_of("x = 1_\ny = \"") == "1:5: '1_' is not a number that can be held");
  CHECK(problems_of("x = ?\nx = 2") == "1:5: expected a value, found '?'");
}

TEST_CASE("underscores stand between digits alone") {
  for (const std::string_view word : {"1e_23", "1_e2", "1.2_e2", "1.2e_2", "1_e+2", "1_E2", "0b_1",
                                      "0x_1", "0o_7", "1e2_", "1e+_2", "7_e-1", "_1", "1__0"}) {
    const std::string problems = problems_of("a = 1\nx = " + std::string(word));
    CHECK_MESSAGE(problems.starts_with("2:5: "), word);
    CHECK_MESSAGE(problems.find("'" + std::string(word) + "'") != std::string::npos, word);
  }
}

TEST_CASE("what people type instead gets a hint") {
  struct Case {
    std::string_view text;
    std::string_view message;
    std::string_view advice;
  };
  for (const Case& each : {
           Case{"x = True", "expected a value, found 'True'",
                "write true in small letters, without quotes"},
           Case{"x = yes", "expected a value, found 'yes'",
                "write true, or put a text in double quotes"},
           Case{"x = .75", "expected a value, found '.75'",
                "a number has a digit before its point, such as 0.75"},
           Case{"x = 0,75", "expected the end of the line, found ','",
                "a number has a point, not a comma, such as 0.75"},
           Case{"x = 75%", "'75%' is not a number that can be held",
                "write a share as a number from 0 to 1, such as 0.75"},
           Case{"x = 1-7", "'1-7' is not a number that can be held", ""},
           Case{"x = 1e-400", "'1e-400' is not a number that can be held", ""},
           Case{"x = 1990-01", "a date or a time has no place in a definition",
                "put it in double quotes to make it a text"},
           Case{"x = \u201CEase\u201D", "expected a value, found '\u201CEase\u201D'",
                "a text stands in straight double quotes: \""},
           Case{"x = Inf", "expected a value, found 'Inf'", "a text stands in double quotes"},
           Case{"x = 2026-11-24", "a date or a time has no place in a definition",
                "put it in double quotes to make it a text"},
           Case{"x = {\n  a = 1,\n}",
                "the inline table that begins here has no closing '}' on its line",
                "an inline table stands on one line"},
           Case{"x = { a = 1, }", "expected a key, found '}'",
                "no comma stands after the last value of an inline table"},
           Case{"x: 1", "expected '=' after the key, found ':'", "write = instead of :"},
           Case{"\u00fc = 1", "expected a key, found '\u00fc'",
                "a key without quotes holds only A-Z, a-z, 0-9, '_' and '-'"},
       }) {
    definition::Findings findings;
    (void)definition::read_toml(each.text, findings);
    const definition::Problems problems = findings.problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().message == each.message);
    CHECK(problems.front().advice == each.advice);
  }
}

TEST_CASE("hostile texts are refused at once") {
  CHECK(problems_of(repeated("[", 1'000'000)) == "1:3: expected a key, found '['");
  CHECK(problems_of("x = " + repeated("[", 1'000'000)) ==
        "1:21: values are nested more than 16 deep");
  CHECK(problems_of("x = " + repeated("{a=", 300'000)) ==
        "1:53: values are nested more than 16 deep");
  CHECK(problems_of(repeated("a.", 150'000) + "a = 1") ==
        "1:16: a dotted key has more than 8 parts");
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
  CHECK(problems_of(repeated("x = 1\n", 100'000)) == "2:1: 'x' is given twice");
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
