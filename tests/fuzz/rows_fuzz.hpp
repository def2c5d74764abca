// SPDX-License-Identifier: MIT
#pragma once

/// Bytes as rows: read at once and in two pieces, which must come to the same.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../unit/builders.hpp"
#include "../unit/row_runs.hpp"
#include "oracle.hpp"

namespace attune::test {

/// Seven items with short names, so that rows are found soon; two ranges, a facet, a sum, regions,
/// a derived score.
inline Questionnaire make_fuzzed_questionnaire() {
  Questionnaire questionnaire = blank(1, 7);
  questionnaire.response_scales.push_back({"wide", 0, 10, {}});
  const std::size_t x = add_scale(questionnaire, "x");
  add_items(questionnaire, add_scale(questionnaire, "p", x), "+-+");
  add_items(questionnaire, add_scale(questionnaire, "y"), "+-");
  const std::size_t sum = add_scale(questionnaire, "s");
  add_items(questionnaire, sum, "+-");
  questionnaire.scales[x].min_answered = 0.5;
  questionnaire.scales[sum].method = ScoreMethod::sum;
  constexpr std::string_view names = "abcdegh";
  for (std::size_t i = 0; i < names.size(); ++i) questionnaire.items[i].id = names[i];
  for (Item& item : questionnaire.items) item.response_scale = item.scale == sum ? 1 : 0;
  questionnaire.derived = {{"z", "Z", "", "", {{x, 1}, {sum, -0.5}}}};
  questionnaire.regions = {{"low", "L", "", {{below(x, 4), below(2, 4)}}},
                           {"rest", "R", "", {{at_least(x, 4)}, {at_least(2, 4)}}}};
  return questionnaire;
}

/// Each line of JSON has to mean what it means alone.
inline void check_lines(const Questionnaire& questionnaire, const rows::RowOptions& options,
                        std::string_view text, const RowsRead& whole) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t row = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::string_view pieces[] = {"{\"a\":1}\n", line};
    const RowsRead alone = read_pieces(questionnaire, options, pieces);
    if (alone.lines.size() == 1) continue;  // a blank line
    const bool same = row < whole.lines.size() && whole.lines[row++] == alone.lines.back();
    expect(same, "a line of JSON means the same alone");
  }
}

/// The first three bytes choose the options and where to split, the rest are rows of `from`.
inline void check_rows(std::string_view bytes, rows::RowFormat from) {
  constexpr std::size_t choices = 3;
  constexpr rows::RowFormat formats[] = {rows::RowFormat::csv, rows::RowFormat::tsv,
                                         rows::RowFormat::jsonl, rows::RowFormat::csv};
  if (bytes.size() < choices) return;
  const auto byte = [&](std::size_t at) -> unsigned {
    return static_cast<unsigned char>(bytes[at]);
  };
  const unsigned bits = byte(0);
  const std::string_view text = bytes.substr(choices);
  rows::RowOptions rows;
  rows.format = from;
  if ((bits & 2) != 0) rows.missing = {"0", "NA", "3"};
  if ((bits & 4) != 0) rows.keep = {"k", "a"};
  if ((bits & 8) != 0 && from != rows::RowFormat::jsonl) {
    rows.has_header = false;
    rows.columns = std::vector<std::string>{"2", "3", "1", "4", "5", "6", "7"};
    if (!rows.keep.empty()) rows.keep = {"8", "2"};
  }
  rows::ScoreOptions scores;
  scores.format = formats[bits >> 4 & 3];
  scores.columns = {true, (bits & 64) != 0, (bits & 128) != 0, (bits & 128) != 0, true};
  const std::size_t split = (byte(1) | byte(2) << 8) % (text.size() + 1);
  const std::string_view pieces[] = {text.substr(0, split), text.substr(split)};
  static const Questionnaire questionnaire = make_fuzzed_questionnaire();
  const RowsRead whole = read_text(questionnaire, rows, text);
  const RowsRead split_rows = read_pieces(questionnaire, rows, pieces);
  expect(whole == split_rows, "where the bytes are split changes nothing");
  if (from == rows::RowFormat::jsonl && whole.outcome.error.empty()) {
    check_lines(questionnaire, rows, text, whole);
  }
  const RowsOutcome scored = score_text(questionnaire, rows, scores, text);
  expect(scored.row_count == whole.outcome.row_count, "each row is scored");
}

}  // namespace attune::test
