// SPDX-License-Identifier: MIT
//
// Where a block of bytes ends must not matter.
#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "attune/rows.hpp"

#include "bad_rows.hpp"
#include "row_runs.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// Two pieces that meet at every byte, and single bytes.
void check_splits(const rows::RowOptions& options, std::string_view text) {
  CAPTURE(text);
  const Questionnaire questionnaire = items_of_one_scale("+++");
  const RowsRead whole = read_text(questionnaire, options, text);
  std::vector<std::string_view> bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    CAPTURE(at);
    const std::string_view halves[] = {text.substr(0, at), text.substr(at)};
    CHECK(read_pieces(questionnaire, options, halves) == whole);
    bytes.push_back(text.substr(at, 1));
  }
  CHECK(read_pieces(questionnaire, options, bytes) == whole);
}

rows::RowOptions keeping_id(rows::RowFormat format) {
  rows::RowOptions options;
  options.format = format;
  options.keep = {"id"};
  return options;
}

std::string random_cells(Numbers& numbers) {
  const char* const cells[] = {"1",    "7",        "",         "\"3\"",
                               " 4",   "9",        "\"a\nb\"", "\"\"\"\"",
                               "x\"y", "\xC3\xA4", "\r",       "two words and more",
                               "5.0"};
  std::string text = numbers.between(0, 3) == 0 ? "" : "id,i1,i2,i3\n";
  for (int row = 0; row < 12; ++row) {
    const int count = numbers.between(0, 9) == 0 ? numbers.between(0, 6) : 4;
    for (int i = 0; i < count; ++i) {
      const bool is_plain = numbers.between(0, 4) > 0;
      text += (i > 0 ? "," : "") +
              std::string(cells[is_plain ? numbers.between(0, 1) : numbers.between(0, 12)]);
    }
    text += numbers.between(0, 5) == 0 ? "\r\n" : "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("bad CSV is read the same wherever a block ends") {
  for (const BadRows& bad : bad_rows()) check_splits(keeping_id(rows::RowFormat::csv), bad.text);
}

TEST_CASE("bad TSV is read the same wherever a block ends") {
  for (const BadRows& bad : bad_rows()) {
    std::string text = bad.text;
    std::replace(text.begin(), text.end(), ',', '\t');
    check_splits(keeping_id(rows::RowFormat::tsv), text);
  }
}

TEST_CASE("random CSV is read the same wherever a block ends") {
  Numbers numbers(23);
  for (int round = 0; round < 30; ++round) {
    check_splits(keeping_id(rows::RowFormat::csv), random_cells(numbers));
  }
}

TEST_CASE("rows without a header are read the same wherever a block ends") {
  rows::RowOptions options = keeping_id(rows::RowFormat::csv);
  options.has_header = false;
  options.keep = {"1"};
  options.columns = std::vector<std::string>{"4", "2", "3"};
  for (const char* text : {"a,1,2,3\nb,4,5,6", "\n\r\na,1,2,3\r\n\r\n",
                           "\xEF\xBB\xBF"
                           "a,1,2,3\n",
                           "", "\"a\nb\",1,2,3\nc,9,2,3\n", "\xFF,1,2,3\na,1,2,3\n"}) {
    check_splits(options, text);
  }
}

TEST_CASE("JSON Lines are read the same wherever a block ends") {
  const rows::RowOptions options = keeping_id(rows::RowFormat::jsonl);
  for (const char* text :
       {"{\"id\":\"a\",\"i1\":1,\"i2\":2,\"i3\":3}\n{\"id\":\"b\",\"i1\":4,\"i2\":5,\"i3\":6}",
        "\xEF\xBB\xBF\r\n\n{\"i3\":3,\"id\":null,\"i1\":1}\r\n\r\n{}\n{\"i1\":9}\nx\n\n",
        "{\"i1\":1,\"x\":[1,{}]}\n{\"i1\":1,\"i1\":1}\n{\"i1\" : 2 , "
        "\"i2\":3}\n{\"x\":\"\\u00e4\"}",
        "{\"q\":1}\n{\"i1\":1}\n", "\n\n", "{\"i1\":\"\xC3\xA4\"}\n{\"i1\":\"\xC3\n"}) {
    check_splits(options, text);
  }
}

TEST_CASE("a row that is too long is read the same in small blocks and in a large one") {
  const Questionnaire questionnaire = items_of_one_scale("+++");
  for (const std::size_t excess :
       {std::size_t{0}, std::size_t{1}, rows::max_row_bytes / 2, 2 * rows::max_row_bytes}) {
    const std::string filling(rows::max_row_bytes - 6 + excess, 'x');
    for (const std::string& row :
         {"\"" + filling + "\",1,2,3\n", filling + ",1,2,3\n", "\"\n" + filling + "\",1,2,3\n",
          "\"" + filling + "\n,1,2,3\n"}) {
      const std::string text = "id,i1,i2,i3\n" + row + "a,1,2,3\nb,9,2,3\n";
      std::vector<std::string_view> pieces;
      for (std::size_t at = 0; at < text.size(); at += 300'000) {
        pieces.push_back(std::string_view(text).substr(at, 300'000));
      }
      CAPTURE(excess);
      const RowsRead whole = read_text(questionnaire, keeping_id(rows::RowFormat::csv), text);
      CHECK(!whole.outcome.problems.empty());
      CHECK((read_pieces(questionnaire, keeping_id(rows::RowFormat::csv), pieces) == whole));
    }
  }
}
