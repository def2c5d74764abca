// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <random>
#include <string>
#include <vector>

#include "attune/text.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

// A reader of RFC 4180 by itself: the cells of one record, and nothing where the text is not one.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      cells.emplace_back();
    } else if (!quoted && c == '\n') {
      return i + 1 == line.size() ? cells : std::vector<std::string>();
    } else {
      cells.back() += c;
    }
  }
  return {};
}

bool starts_a_formula(const std::string& text) {
  return !text.empty() && std::string("=+-@\t\r").find(text.front()) != std::string::npos;
}

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> parts = {"=",  "+", "-", "@", "\t", "\r", "\n",
                                                 "\"", "'", ",", ";", " ",  "1",  "a",
                                                 "ä",  "|", "(", ")", "A1", "!",  "cmd"};
  std::string text;
  for (std::size_t left = random() % 9; left > 0; --left) text += parts[random() % parts.size()];
  return text;
}

}  // namespace

TEST_CASE("a text comes back from its cell as it was, behind an apostrophe where it could run") {
  std::mt19937 random(6);  // NOLINT: the same texts every time
  std::size_t defused = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::vector<std::string> texts;
    std::vector<std::string> cells;
    for (std::size_t i = 0; i <= random() % 4; ++i) {
      texts.push_back(random_text(random));
      cells.push_back(csv_cell(texts.back()));
    }
    std::vector<std::string> read = cells_of(csv_line(cells));
    REQUIRE(read.size() == texts.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
      CHECK_FALSE(starts_a_formula(read[i]));
      if (!starts_a_formula(texts[i])) continue;
      ++defused;
      CHECK(read[i].front() == '\'');
      read[i].erase(0, 1);
    }
    CHECK(read == texts);
  }
  CHECK(defused > 10'000);
  MESSAGE("hostile formulas: 100000 lines, " << defused << " cells defused, all come back");
}
