// SPDX-License-Identifier: MIT
#pragma once

/// Rows through the reader and the scorer, in as many pieces as a test likes, and what came of them
/// as texts to compare.
///
///     const RowsOutcome outcome = score_pieces(questionnaire, {}, {}, {"a,b\n", "1,2\n"});

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attune/batch_scoring.hpp"
#include "attune/rows.hpp"

#include "builders.hpp"

namespace attune::test {

/// All that can be seen of a run.
struct RowsOutcome {
  std::string text;                   ///< what the scorer wrote
  std::vector<std::string> problems;  ///< "row 2, line 3, column a: '9' is not …"
  std::size_t problem_count = 0;
  std::size_t row_count = 0;
  std::vector<std::string> absent;  ///< columns that no row had
  std::string error;                ///< why it ended early: the message, then its advice
  bool has_stopped = false;
  friend bool operator==(const RowsOutcome&, const RowsOutcome&) = default;
};

inline std::string render_problem(const RowProblem& problem) {
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

/// Reads `pieces` one after the other as the program does: what was not used comes again with the
/// next piece. Each time the bytes lie in memory that ends with them.
inline RowsOutcome read_pieces(RowReader& reader, RowSink& sink,
                               std::span<const std::string_view> pieces) {
  RowsOutcome outcome;
  std::vector<char> block;
  for (std::size_t i = 0; i <= pieces.size() && outcome.error.empty(); ++i) {
    const bool is_last = i == pieces.size();
    std::vector<char> next(block);
    if (!is_last) next.insert(next.end(), pieces[i].begin(), pieces[i].end());
    next.shrink_to_fit();
    block = std::move(next);
    const Result<std::size_t> used =
        reader.read({block.data(), block.size()}, is_last ? InputEnd::last : InputEnd::more, sink);
    if (!used) outcome.error = render_error(used.error());
    if (used) block.erase(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(*used));
  }
  for (const RowProblem& problem : reader.problems()) {
    outcome.problems.push_back(render_problem(problem));
  }
  outcome.problem_count = reader.problem_count();
  outcome.row_count = reader.row_count();
  outcome.absent = reader.absent_columns();
  outcome.has_stopped = reader.has_stopped();
  return outcome;
}

/// Keeps the answers of each row in the order of the form, as "1 7 -"; "problem" where they mean
/// nothing; behind " | " the kept cells.
class AnswerLines final : public RowSink {
 public:
  void begin(const RowLayout& layout) override {
    layout_ = layout;
    order_.resize(layout.items.size());
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(), [&](std::size_t left, std::size_t right) {
      return layout.items[left] < layout.items[right];
    });
  }

  void take(const Row& row) override {
    std::string line;
    for (const std::size_t slot : order_) {
      const int answer = row.answers[slot];
      if (!line.empty()) line += ' ';
      line += answer == 0 ? "-" : std::to_string(answer - 1);
    }
    if (row.problem != nullptr) line = "problem";
    for (const KeptCell& cell : row.kept) line += " | " + std::string(cell.text);
    lines.push_back(std::move(line));
  }

  std::vector<std::string> lines;

 private:
  RowLayout layout_;
  std::vector<std::size_t> order_;
};

/// The rows of `text`, each as AnswerLines writes it, one a line; where reading failed "error: "
/// and why.
inline std::string rows_of(const Questionnaire& questionnaire, const RowOptions& options,
                           std::string_view text) {
  RowReader reader(questionnaire, 0, options);
  AnswerLines sink;
  const RowsOutcome outcome = read_pieces(reader, sink, {&text, 1});
  if (!outcome.error.empty()) return "error: " + outcome.error;
  std::string lines;
  for (const std::string& line : sink.lines) lines += line + "\n";
  return lines;
}

/// The problems of `text`, one a line.
inline std::string problems_in(const Questionnaire& questionnaire, const RowOptions& options,
                               std::string_view text) {
  RowReader reader(questionnaire, 0, options);
  AnswerLines sink;
  std::string lines;
  const RowsOutcome outcome = read_pieces(reader, sink, {&text, 1});
  for (const std::string& problem : outcome.problems) lines += problem + "\n";
  return lines;
}

/// `keys.size()` items i1, i2, … of one scale; '-' is reversed.
inline Questionnaire items_of_one_scale(std::string_view keys, int min = 1, int max = 7) {
  Questionnaire questionnaire = blank(min, max);
  add_items(questionnaire, add_scale(questionnaire, "scale"), keys);
  return questionnaire;
}

/// The same with a scorer at the end.
inline RowsOutcome score_pieces(const Questionnaire& questionnaire, const RowOptions& rows,
                                const ScoreOptions& scores,
                                std::span<const std::string_view> pieces, std::size_t form = 0) {
  RowReader reader(questionnaire, form, rows);
  RowScorer scorer(questionnaire, form, scores);
  RowsOutcome outcome = read_pieces(reader, scorer, pieces);
  outcome.text = scorer.text();
  return outcome;
}

/// The same with all bytes at once.
inline RowsOutcome score_text(const Questionnaire& questionnaire, const RowOptions& rows,
                              const ScoreOptions& scores, std::string_view text,
                              std::size_t form = 0) {
  return score_pieces(questionnaire, rows, scores, {&text, 1}, form);
}

}  // namespace attune::test
