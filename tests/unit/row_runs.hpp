// SPDX-License-Identifier: MIT
#pragma once

/// Rows through the reader and the scorer, in as many pieces as a test likes, and what came of them
/// as texts to compare.
///
///     const RowsOutcome outcome = score_text(questionnaire, {}, {}, "a,b\n1,2\n");

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/rows.hpp"

#include "builders.hpp"

namespace attune::test {

/// All that can be seen of a run.
struct RowsOutcome {
  std::string text;                   ///< rows of scores
  std::vector<std::string> problems;  ///< "row 2, line 3, column a: '9' is not …"
  std::size_t row_count = 0;
  std::vector<std::string> absent;  ///< columns that no row had
  std::string remark;               ///< on cells that nobody asked for: the first and how many
  std::string error;                ///< why it ended early: the message, then its advice
  friend bool operator==(const RowsOutcome&, const RowsOutcome&) = default;
};

inline std::string render_problem(const rows::RowProblem& problem) {
  std::string text =
      "row " + std::to_string(problem.row) + ", line " + std::to_string(problem.line);
  if (!problem.column.empty()) text += ", column " + problem.column;
  return text + ": " + problem.message;
}

inline std::string render_error(const Error& error) {
  std::string text = error.message;
  for (const std::string& line : error.advice) text += "\n  " + line;
  return text;
}

/// Gives `pieces` out, each in one call where there is room for it.
inline rows::ReadBytes bytes_of(std::span<const std::string_view> pieces) {
  return [rest = std::vector<std::string_view>(pieces.begin(), pieces.end()), at = std::size_t{0}](
             char* to, std::size_t most) mutable {
    while (at < rest.size() && rest[at].empty()) ++at;
    if (at == rest.size()) return std::size_t{0};
    const std::size_t count = std::min(most, rest[at].size());
    std::copy_n(rest[at].data(), count, to);
    rest[at].remove_prefix(count);
    return count;
  };
}

inline std::string answer_line(const rows::Row& row) {
  std::string line;
  for (const scoring::RawRating answer : row.answers) {
    if (!line.empty()) line += ' ';
    line += answer == scoring::no_answer ? "-" : std::to_string(answer);
  }
  if (row.problem != nullptr) line = "problem";
  for (const rows::Cell& cell : row.kept) line += " | " + std::string(cell.text);
  return line;
}

/// Hands all rows to `take`.
template <class Take>
RowsOutcome run_through(rows::RowReader& reader, Take take) {
  RowsOutcome outcome;
  try {
    while (const rows::Row* row = reader.next()) {
      ++outcome.row_count;
      if (row->problem != nullptr) outcome.problems.push_back(render_problem(*row->problem));
      take(*row);
    }
  } catch (const Error& error) {
    outcome.error = render_error(error);
  }
  outcome.absent = reader.absent_columns();
  if (const auto& [first, rows] = reader.remark(); rows > 0)
    outcome.remark = render_problem(first) + " (" + std::to_string(rows) + ")";
  return outcome;
}

/// What came of a run, and its rows: the answers in the order of the form, as "1 7 -"; "problem"
/// where they mean nothing; behind " | " the kept cells.
struct RowsRead {
  RowsOutcome outcome;
  std::vector<std::string> lines;
  friend bool operator==(const RowsRead&, const RowsRead&) = default;
};

inline RowsRead read_pieces(const Questionnaire& questionnaire, const rows::RowOptions& options,
                            std::span<const std::string_view> pieces) {
  rows::RowReader reader(questionnaire, 0, options, bytes_of(pieces));
  RowsRead read;
  read.outcome =
      run_through(reader, [&](const rows::Row& row) { read.lines.push_back(answer_line(row)); });
  return read;
}

inline RowsRead read_text(const Questionnaire& questionnaire, const rows::RowOptions& options,
                          std::string_view text) {
  return read_pieces(questionnaire, options, {&text, 1});
}

/// The rows of `text`, one a line; where reading failed "error: " and why.
inline std::string rows_of(const Questionnaire& questionnaire, const rows::RowOptions& options,
                           std::string_view text) {
  const RowsRead read = read_text(questionnaire, options, text);
  if (!read.outcome.error.empty()) return "error: " + read.outcome.error;
  std::string lines;
  for (const std::string& line : read.lines) lines += line + "\n";
  return lines;
}

/// The problems of `text`, one a line.
inline std::string problems_in(const Questionnaire& questionnaire, const rows::RowOptions& options,
                               std::string_view text) {
  std::string lines;
  for (const std::string& problem : read_text(questionnaire, options, text).outcome.problems) {
    lines += problem + "\n";
  }
  return lines;
}

/// `keys.size()` items i1, i2, … of one scale; '-' is reversed.
inline Questionnaire items_of_one_scale(std::string_view keys, int min = 1, int max = 7) {
  Questionnaire questionnaire = blank(min, max);
  add_items(questionnaire, add_scale(questionnaire, "scale"), keys);
  return questionnaire;
}

/// The rows of `text` as they are scored, their names first where the format has them.
inline RowsOutcome score_text(const Questionnaire& questionnaire, const rows::RowOptions& rows,
                              const rows::ScoreOptions& options, std::string_view text,
                              std::size_t form = 0) {
  rows::RowReader reader(questionnaire, form, rows, bytes_of({&text, 1}));
  std::string out;
  rows::RowLayout layout;
  try {
    layout = reader.open();
  } catch (const Error& error) {
    RowsOutcome outcome;
    outcome.error = render_error(error);
    return outcome;
  }
  rows::RowScores scores(questionnaire, form, layout, rows.range, options);
  if (options.format != rows::RowFormat::jsonl) scores.append_names(out);
  RowsOutcome outcome = run_through(reader, [&](const rows::Row& row) { scores.append(out, row); });
  outcome.text = std::move(out);
  return outcome;
}

}  // namespace attune::test
