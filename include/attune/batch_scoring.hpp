// SPDX-License-Identifier: MIT
#pragma once

/// Scores of many responses: a sink for rows that writes a row of scores for each. The numbers are
/// those of scoring.hpp to the last digit; only the way is shorter. Not for reading (rows.hpp).
///
///     RowScorer scorer(questionnaire, form, {});
///     reader.read(block, InputEnd::more, scorer);
///     out.write(scorer.text());
///     scorer.clear_text();

#include <memory>
#include <optional>
#include <string_view>

#include "attune/questionnaire.hpp"
#include "attune/rows.hpp"

namespace attune {

/// What is written for each row, besides kept columns and X, X_answered for each main scale.
struct ScoreColumns {
  bool se = false;          ///< X_se, in the units of the scale, as `score` gives it
  bool facets = false;      ///< facets, too, in the order of the definition
  bool care = false;        ///< longest_run and irv of the raw answers in the order of the form (a
                            ///< skipped item ends a run), answered_share from 0 to 1
  bool region = false;      ///< the id of the region that holds the point; empty where none does
  bool error = false;       ///< why a row could not be read; empty where it could
  bool percentile = false;  ///< X_percentile, for scales with a norm of this range of answers: the
                            ///< place among its sample, rounded to 5 (`norm_position`)
};

/// Whether a first row with the names of the columns is written (CSV and TSV).
enum class ColumnNames { left_out, written };

struct ScoreOptions {
  RowFormat format = RowFormat::csv;
  ColumnNames names = ColumnNames::written;
  ScoreColumns columns;
  std::optional<double> min_answered;  ///< share of a scale's items in [0, 1], instead of the
                                       ///< definition's; 0: one answer is enough
  int digits = 4;                      ///< most decimals, 0..17
};

/// The norm that X_percentile of a scale rests on; null where it has no such column. `range` is the
/// range that the data used, where it is not that of the key.
[[nodiscard]] const Norm* percentile_norm(const Questionnaire& questionnaire, std::size_t form,
                                          std::size_t scale,
                                          const std::optional<AnswerRange>& range);

namespace detail {
class ScoreWriter;
}

/// Writes each row's kept columns and scores. A scale that is not scored is empty (null in JSON),
/// as are all of a row that could not be read. Published errors are used as in
/// `score`: where they were found on the range of answers that the data used.
class RowScorer final : public RowSink {
 public:
  /// `questionnaire` must outlive the scorer.
  RowScorer(const Questionnaire& questionnaire, std::size_t form, const ScoreOptions& options);
  ~RowScorer() override;

  void begin(const RowLayout& layout) override;
  void take(const Row& row) override;

  /// What was written since the last `clear_text`.
  [[nodiscard]] std::string_view text() const;
  void clear_text();

 private:
  const Questionnaire& questionnaire_;
  std::size_t form_;
  ScoreOptions options_;
  std::unique_ptr<detail::ScoreWriter> writer_;
};

}  // namespace attune
