// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/rows.hpp"

#include "row_runs.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

rows::RowOptions json_options(std::vector<std::string> keep = {},
                              std::vector<std::string> missing = {}) {
  rows::RowOptions options;
  options.format = rows::RowFormat::jsonl;
  options.keep = std::move(keep);
  options.missing = std::move(missing);
  return options;
}

std::string rows_in(std::string_view text, const rows::RowOptions& options = json_options()) {
  return rows_of(items_of_one_scale("+++"), options, text);
}

std::string problems(std::string_view text, const rows::RowOptions& options = json_options()) {
  return problems_in(items_of_one_scale("+++"), options, text);
}

// The problem that one line has, without its place; the line is the second of three.
std::string problem_of(const std::string& line, const rows::RowOptions& options = json_options()) {
  const std::string good = R"({"i1":1,"i2":2,"i3":3})"
                           "\n";
  const std::string text = good + line + "\n" + good;
  const std::string place = "row 2, line 2";
  const std::string problem = problems(text, options);
  if (problem.empty()) return "";
  CHECK(problem.starts_with(place));
  CHECK(rows_in(text, options).starts_with("1 2 3"));
  CHECK(rows_in(text, options).find("problem") != std::string::npos);
  return problem.substr(place.size());
}

const std::string no_object = ": the line is not a JSON object\n";

}  // namespace

TEST_CASE("each line of JSON Lines is a row") {
  CHECK(rows_in("{\"i1\":1,\"i2\":2,\"i3\":3}\n{\"i1\":4,\"i2\":5,\"i3\":6}") == "1 2 3\n4 5 6\n");
}

TEST_CASE("members may come in any order, with others between them") {
  CHECK(rows_in(R"({"i3":3,"x":"y","i1":1,"z":null,"i2":2})"
                "\n"
                R"({"z":7,"i2":5,"i1":4,"i3":6})"
                "\n") == "1 2 3\n4 5 6\n");
}

TEST_CASE("spaces between the parts of a line mean nothing") {
  CHECK(rows_in(" {\t\"i1\" : 1 , \"i2\":2,\"i3\"\t:3\t} \r\n{\"i1\":4\r,\"i2\":5,\"i3\":6}\r\n") ==
        "1 2 3\n4 5 6\n");
  CHECK(rows_in("{\"i1\":1,\"i2\":2}\n{\"i1\": 1,\"i2\": 2}\n{\"i1\":  1,\"i2\":2}\n") ==
        "1 2 -\n1 2 -\n1 2 -\n");
}

TEST_CASE("blank lines of JSON Lines count for nothing") {
  CHECK(rows_in("\n\r\n{\"i1\":1,\"i2\":2,\"i3\":3}\n\n \t \n{\"i1\":9}\n") == "1 2 3\nproblem\n");
  CHECK(problems("\n\r\n{\"i1\":1}\n\n \t \n{\"i1\":9}\n") ==
        "row 2, line 6, column i1: '9' is not a whole number from 1 to 7\n");
}

TEST_CASE("an empty input of JSON Lines has no rows") {
  for (const char* text : {"", "\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\r\n"})
    CHECK(rows_in(text) == "");
}

TEST_CASE("members that are missing or null are not answered") {
  CHECK(rows_in("{\"i1\":1}\n{\"i2\":null,\"i3\":3}\n{}\n{ }\n") == "1 - -\n- - 3\n- - -\n- - -\n");
}

TEST_CASE("nothing of a line is left in the next one") {
  CHECK(rows_in("{\"i1\":1,\"i2\":2,\"i3\":3}\n{\"i3\":3}\n{\"i1\":1,\"i2\":2}\n") ==
        "1 2 3\n- - 3\n1 2 -\n");
  CHECK(rows_in("{\"id\":1,\"i1\":1}\n{\"i1\":1}\n", json_options({"id"})) ==
        "1 - - | 1\n1 - - | \n");
}

TEST_CASE("numbers may be written as strings and with decimals that are zero") {
  CHECK(rows_in(R"({"i1":"1","i2":2.0,"i3":" 3 "})") == "1 2 3\n");
  CHECK(rows_in(R"({"i1":"","i2":" ","i3":"4.00"})") == "- - 4\n");
}

TEST_CASE("escapes in names and values stand for their characters") {
  CHECK(
      rows_in(R"({"\u0069\u0031":1,"i\u0032":"\u0032","i3":"\u0020\u00333"})").starts_with("prob"));
  CHECK(rows_in(R"({"\u0069\u0031":1,"i\u0032":"\u0032","i3":"\u0033"})") == "1 2 3\n");
  CHECK(rows_in(R"({"i1":"N\/A","i2":"N/A","i3":"\u004e\/A"})", json_options({}, {"N/A"})) ==
        "- - -\n");
}

TEST_CASE("codes for no answer are numbers, strings and words of JSON") {
  CHECK(rows_in(R"({"i1":0,"i2":"0","i3":-9})", json_options({}, {"0", "-9"})) == "- - -\n");
  CHECK(rows_in(R"({"i1":false,"i2":"NA","i3":3})", json_options({}, {"false", "NA", "3"})) ==
        "- - -\n");
}

TEST_CASE("illegal answers of JSON are problems") {
  const std::string range = " is not a whole number from 1 to 7\n";
  for (const std::string value : {"8", "0", "-1", "4.5", "4e0", "4E0", "40e-1", "true", "false"}) {
    CAPTURE(value);
    CHECK(problem_of("{\"i1\":" + value + "}") == ", column i1: '" + value + "'" + range);
  }
  for (const std::string value : {"[4]", "{\"a\":4}"}) {
    CHECK(problem_of("{\"i1\":" + value + "}") == ", column i1: is not a single value\n");
  }
  CHECK(problem_of(R"({"i1":"four"})") == ", column i1: 'four'" + range);
  CHECK(problem_of(R"({"i1":"null"})") == ", column i1: 'null'" + range);
}

TEST_CASE("a member that comes twice is a problem, even with one value") {
  CHECK(problem_of(R"({"i1":1,"i2":2,"i1":1})") == ", column i1: is there more than once\n");
  CHECK(problem_of(R"({"i1":1,"i1":1})") == ", column i1: is there more than once\n");
  CHECK(problem_of(R"({"i1":1,"i2":2,"i3":3,"\u0069\u0031":1})") ==
        ", column i1: is there more than once\n");
  CHECK(problem_of(R"({"i3":1,"i2":2,"i3":1})") == ", column i3: is there more than once\n");
  CHECK(problem_of(R"({"x":1,"i1":2,"x":1})") == "");
  CHECK(problem_of(R"({"id":1,"i1":2,"id":1})", json_options({"id"})) ==
        ", column id: is there more than once\n");
}

TEST_CASE("nested values of other members are passed over") {
  CHECK(rows_in(R"({"x":{"i1":9,"y":[1,"]}",{"z":{}}]},"i1":1,"w":[],"i2":2,"v":[[[]]],"i3":3})") ==
        "1 2 3\n");
  CHECK(rows_in("{\"x\":" + std::string(9999, '[') + std::string(9999, ']') + ",\"i1\":1}") ==
        "1 - -\n");
}

TEST_CASE("a kept member has to be a single value") {
  CHECK(problem_of(R"({"id":[1],"i1":1})", json_options({"id"})) ==
        ", column id: is not a single value\n");
  CHECK(rows_in(R"({"id":"a b","i1":1})"
                "\n"
                R"({"id":-1.5e3,"i1":1})"
                "\n"
                R"({"id":true,"i1":1})"
                "\n"
                R"({"id":null,"i1":1})"
                "\n"
                R"({"id":"","i1":1})",
                json_options({"id"})) ==
        "1 - - | a b\n1 - - | -1.5e3\n1 - - | true\n1 - - | \n1 - - | \n");
}

TEST_CASE("NaN is no answer, as Python writes it") {
  CHECK(rows_in(R"({"i1":NaN,"i2":2,"x":"a \"NaN","i3":NaN})"
                "\n"
                R"({"i1":1,"i2":2,"i3":3})"
                "\n") == "- 2 -\n1 2 3\n");
  CHECK(rows_in(R"({"i1":"NaN"})") == "problem\n");
  CHECK(rows_in(R"({"id":"a","x":NaN,"i1":7})", json_options({"id"})) == "7 - - | a\n");
}

TEST_CASE("a first line that is no object costs only itself") {
  CHECK(rows_in("{\"i1\":1\n{\"i1\":2,\"i2\":2,\"i3\":3}\n") == "problem\n2 2 3\n");
  CHECK(rows_in("{\"x\":Infinity,\"i1\":1}\n{\"i1\":2}\n") == "problem\n2 - -\n");
}

TEST_CASE("lines that are no JSON object are problems, and the others are read") {
  const std::string lines[] = {"[1]",
                               "1",
                               "null",
                               "\"i1\"",
                               "x",
                               "}",
                               "{",
                               "{]",
                               "{\"i1\"",
                               "{\"i1\":",
                               "{\"i1\":1",
                               "{\"i1\":1,}",
                               "{\"i1\":1,,\"i2\":2}",
                               "{,\"i1\":1}",
                               "{\"i1\":1 \"i2\":2}",
                               "{\"i1\" 1}",
                               "{i1:1}",
                               "{'i1':1}",
                               "{1:1}",
                               "{\"i1\":}",
                               "{\"i1\":01}",
                               "{\"i1\":+1}",
                               "{\"i1\":.5}",
                               "{\"i1\":1.}",
                               "{\"i1\":1e}",
                               "{\"i1\":-}",
                               "{\"i1\":nul}",
                               "{\"i1\":True}",
                               "{\"i1\":Infinity}",
                               "{\"i1\":aNaN}",
                               "{\"i1\":1}{\"i1\":1}",
                               "{\"i1\":1} {\"i1\":1}",
                               "{\"i1\":1}}",
                               "{\"i1\":1},",
                               "{\"i1\":1}x",
                               "{}{}",
                               "{} x",
                               "{\"i1\":1]",
                               "{\"x\":[}",
                               "{\"x\":[1,2}",
                               "{\"x\":{]}",
                               "{\"x\":[",
                               "{\"x\":\"",
                               "{\"x\":\"\\\"}",
                               "{\"x\":\"\\q\",\"i1\":1}",
                               "{\"x\":\"\\u12G4\",\"i1\":1}",
                               "{\"x\":\"\\u12",
                               "{\"x\":\"a\tb\",\"i1\":1}",
                               "{\"x\":\"\x1F\",\"i1\":1}",
                               "{\"x\":\"a\rb\",\"i1\":1}",
                               "{\"x\":\"\xFF\",\"i1\":1}",
                               "{\"\xC3\":1,\"i1\":1}",
                               "{\"x\":[\"\xED\xA0\x80\"],\"i1\":1}",
                               "{\"i1\":\x31\xC2\xA0}",
                               std::string("{\"i1\":1\0}", 9),
                               std::string("{\0\0\0\0\0\0\0\0\0", 10),
                               std::string("{\"x\":\"\0\",\"i1\":1}", 16),
                               "{\"i1\":1e400}",
                               "{\"x\":\"\\ud800\",\"i1\":1}"};
  for (const std::string& line : lines) {
    CAPTURE(line);
    CHECK(problem_of(line) == no_object);
  }
}

TEST_CASE("the place of an open bracket or quote does not reach into the next line") {
  CHECK(rows_in("{\"i1\":1,\"x\":[\n{\"i1\":1}\n{\"i1\":2,\"x\":\"\n{\"i1\":3}\n") ==
        "problem\n1 - -\nproblem\n3 - -\n");
}

TEST_CASE("a line that is too long is one problem") {
  const std::string text = "{\"i1\":1}\n{\"x\":\"" + std::string(rows::max_row_bytes, 'x') +
                           "\",\"i1\":1}\n{\"i1\":2}\n{\"i1\":9}\n";
  CHECK(rows_in(text) == "1 - -\nproblem\n2 - -\nproblem\n");
  CHECK(problems(text) ==
        "row 2, line 2: the row is longer than 1 MiB\n"
        "row 4, line 4, column i1: '9' is not a whole number from 1 to 7\n");
}

TEST_CASE("a first line without any of the items is the wrong file, or has other names") {
  CHECK(rows_in("\n{\"I1\":1,\"q\":2}\n{\"i1\":1}\n") ==
        "error: no columns 'i1', 'i2', 'i3'\n"
        "  found: 'I1', 'q'\n"
        "  nearest to 'i1': 'I1'\n"
        "  name the columns of all 3 items in their order: --columns a,b,c, or by "
        "their places: --columns FIRST-LAST");
}

TEST_CASE("members may have names of their own, in the order of the items") {
  rows::RowOptions options = json_options();
  options.columns = std::vector<std::string>{"a \"q\"", "b", "\xC3\xA4"};
  CHECK(rows_in(R"({"\u00e4":3,"a \"q\"":1,"b":2})", options) == "1 2 3\n");
}

TEST_CASE("columns that no line had are known at the end") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  CHECK(read_text(questionnaire, json_options({"id"}), "{\"i1\":1}\n{\"i3\":null}\n")
            .outcome.absent == std::vector<std::string>{"i2", "id"});
}

TEST_CASE("an input without rows lacks no columns") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  CHECK(read_text(questionnaire, json_options(), "").outcome.absent.empty());
}
