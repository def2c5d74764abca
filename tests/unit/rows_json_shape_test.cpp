// SPDX-License-Identifier: MIT
//
// Lines that look like the one before are read in a shorter way; it must not show.
#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "attune/rows.hpp"

#include "row_runs.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

constexpr int item_count = 9;

using Member = std::pair<std::string, std::string>;  // a name and a value, as they are written

std::string random_value(Numbers& numbers) {
  const std::string digit = std::to_string(numbers.between(1, 7));
  switch (numbers.between(0, 24)) {
    case 0:
      return '"' + digit + '"';
    case 1:
      return digit + ".0";
    case 2:
      return "null";
    case 3:
      return std::to_string(numbers.between(0, 12));
    case 4:
      return "\"\\u003" + digit + '"';
    case 5:
      return "\"\"";
    default:
      return digit;
  }
}

std::vector<Member> random_members(Numbers& numbers) {
  std::vector<Member> members;
  for (int i = 1; i <= item_count; ++i) {
    const std::string number = std::to_string(i);
    if (numbers.between(0, 19) == 0) continue;
    const bool is_escaped = numbers.between(0, 29) == 0;
    members.emplace_back(is_escaped ? "\\u0069" + number : 'i' + number, random_value(numbers));
  }
  const char* const extras[] = {"[1,{\"i1\":2},\"]\"]", "\"text with \\\" and }\"", "1.5e3", "{}"};
  if (numbers.between(0, 2) > 0) members.insert(members.begin(), {"id", "\"p1\""});
  if (numbers.between(0, 2) == 0)
    members.emplace_back("other member", extras[numbers.between(0, 3)]);
  if (numbers.between(0, 19) == 0 && !members.empty()) members.push_back(members.front());
  return members;
}

void shuffle(std::vector<Member>& members, Numbers& numbers) {
  for (std::size_t i = members.size(); i > 1; --i) {
    std::swap(members[i - 1],
              members[static_cast<std::size_t>(numbers.between(0, static_cast<int>(i) - 1))]);
  }
}

std::string write_line(const std::vector<Member>& members, Numbers& numbers) {
  const char* const spaces[] = {"", "", "", " ", "  ", "\t"};
  const std::string comma = std::string(",") + spaces[numbers.between(0, 5)];
  const std::string colon = std::string(":") + spaces[numbers.between(0, 5)];
  std::string line = std::string(numbers.between(0, 9) == 0 ? " " : "") + "{";
  for (std::size_t i = 0; i < members.size(); ++i) {
    line += (i > 0 ? comma : "") + '"' + members[i].first + '"' + colon + members[i].second;
  }
  return line + "}" + (numbers.between(0, 9) == 0 ? "\r" : "");
}

// What a member means, by another reader of JSON: the answer as a digit, "-" or "problem".
std::string meaning(const nlohmann::json& value) {
  if (value.is_null()) return "-";
  std::string text;
  if (value.is_string()) text = value.get<std::string>();
  if (value.is_number()) text = std::to_string(static_cast<int>(value.get<double>()));
  if (text.empty()) return "-";
  return text.size() == 1 && text >= "1" && text <= "7" ? text : "problem";
}

std::string expected_row(const std::string& line) {
  std::set<std::string> names;
  bool is_repeated = false;
  const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    if (depth == 1 && event == nlohmann::json::parse_event_t::key) {
      is_repeated = is_repeated || !names.insert(parsed.get<std::string>()).second;
    }
    return true;
  };
  const auto json = nlohmann::json::parse(line, watch);
  std::string row;
  for (int i = 1; i <= item_count; ++i) {
    const std::string name = "i" + std::to_string(i);
    const std::string answer = json.contains(name) ? meaning(json[name]) : "-";
    if (answer == "problem") is_repeated = true;
    row += (i > 1 ? " " : "") + answer;
  }
  if (is_repeated) row = "problem";
  return row + " | " + (json.contains("id") ? json["id"].dump() : "");
}

// Lines of which many look like the one before, with the values of another person.
std::vector<std::string> random_lines(Numbers& numbers, int count) {
  std::vector<std::string> lines = {R"({"id":"p0","i1":1,"i2":2})"};
  std::vector<Member> order = random_members(numbers);
  for (int i = 1; i < count; ++i) {
    std::vector<Member> members = order;
    if (numbers.between(0, 4) == 0) members = random_members(numbers);
    if (numbers.between(0, 9) == 0) shuffle(members, numbers);
    if (numbers.between(0, 9) == 0) order = members;
    for (Member& member : members) {
      if (member.first.size() == 2 && member.first[0] == 'i' && member.first != "id") {
        member.second = random_value(numbers);
      }
    }
    lines.push_back(write_line(members, numbers));
  }
  return lines;
}

}  // namespace

TEST_CASE("lines of any shape are read as another reader of JSON does") {
  const Questionnaire questionnaire = items_of_one_scale(std::string(item_count, '+'));
  RowOptions options;
  options.format = RowFormat::jsonl;
  options.keep = {"id"};
  Numbers numbers(67);
  for (int round = 0; round < 40; ++round) {
    const std::vector<std::string> lines = random_lines(numbers, 60);
    std::string text;
    for (const std::string& line : lines) {
      text += line + '\n';
    }
    const std::vector<std::string> rows = [&] {
      RowReader reader(questionnaire, 0, options);
      AnswerLines sink;
      const std::string_view piece = text;
      CHECK(read_pieces(reader, sink, {&piece, 1}).error.empty());
      return sink.lines;
    }();
    REQUIRE(rows.size() == lines.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CAPTURE(lines[i]);
      CHECK(rows[i] == expected_row(lines[i]));
    }
  }
}

TEST_CASE("a brace between two members is no comma, whatever began the line before") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  RowOptions options;
  options.format = RowFormat::jsonl;
  CHECK(rows_of(questionnaire, options,
                "{\"i1\":1,\"i2\":2}\n{\"i2\":2,\"i1\":1}\n{\"i1\":1{\"i2\":2}\n,\"i1\":1}\n"
                "{\"i1\":1,\"i2\":2}\n") == "1 2 -\n1 2 -\nproblem\nproblem\n1 2 -\n");
}

TEST_CASE("more members than are remembered are read, too") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  RowOptions options;
  options.format = RowFormat::jsonl;
  std::string line = "{\"i2\":2";
  for (int i = 0; i < 5000; ++i) line += ",\"x" + std::to_string(i) + "\":" + std::to_string(i);
  line += ",\"i3\":3";
  const std::string text = line + ",\"i1\":1}\n" + line + ",\"i1\":4}\n" + line + ",\"i2\":4}\n";
  CHECK(rows_of(questionnaire, options, text) == "1 2 3\n4 2 3\nproblem\n");
}

TEST_CASE("a digit at the end of a line is read up to its brace") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  RowOptions options;
  options.format = RowFormat::jsonl;
  const std::string same = "{\"i1\":1,\"i2\":2,\"i3\":3}\n";
  for (const char* end : {"3", "3 ", "33}", "3]", "3,", "3,}", "3}x", "3\"}", "3.}", "3e}"}) {
    CAPTURE(end);
    CHECK(
        rows_of(questionnaire, options, same + "{\"i1\":1,\"i2\":2,\"i3\":" + end + "\n" + same) ==
        "1 2 3\nproblem\n1 2 3\n");
  }
  CHECK(rows_of(questionnaire, options, same + "{\"i1\":1,\"i2\":2,\"i3\":3 } \n") ==
        "1 2 3\n1 2 3\n");
}
