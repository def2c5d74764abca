// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <vector>

#include "attune/text.hpp"

using attune::csv_cell;
using attune::csv_line;

namespace {

// Reads one line back by RFC 4180, section 2.
std::vector<std::string> parsed(const std::string& line) {
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (is_quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += '"';
      ++i;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      cells.emplace_back();
    } else if (c != '\n' || is_quoted) {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

// RFC 4180, section 2, rules 5 to 7.
TEST_CASE("cells are quoted where they must be and only there") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"plain", "plain"},
      {"two words", "two words"},
      {"a,b", "\"a,b\""},
      {"say \"hi\"", "\"say \"\"hi\"\"\""},
      {"two\nlines", "\"two\nlines\""},
      {"carriage\rreturn", "\"carriage\rreturn\""},
      {" led", "\" led\""},
      {"trailed ", "\"trailed \""},
      {"gr\u00fc\u00df", "gr\u00fc\u00df"},
  };
  for (const auto& [text, cell] : cases) {
    CHECK(csv_cell(text) == cell);
    CHECK(parsed(csv_line({csv_cell(text), "next"})) == std::vector<std::string>{text, "next"});
  }
}

TEST_CASE("a cell that a spreadsheet would run is defused") {
  for (const std::string text : {"=1+1", "+1", "-1", "@sum", "\tx", "\rx"}) {
    CHECK(parsed(csv_cell(text))[0] == "'" + text);
  }
  CHECK(csv_cell("a=1") == "a=1");
}
