// SPDX-License-Identifier: MIT
#pragma once

/// Reliability and item statistics of many responses: a sink for rows that keeps sums only, so that
/// any number of rows takes the same memory. The sums are whole numbers: the order of the rows
/// changes nothing. Not for scores of single rows (batch_scoring.hpp) or for reading (rows.hpp).
///
///     ItemAnalysis analysis(questionnaire, form, MissingAnswers::listwise);
///     reader.read(block, InputEnd::last, analysis);
///     out << analysis_json(questionnaire, form, analysis.result());

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/rows.hpp"

namespace attune {

/// Which rows the statistics of a scale rest on.
enum class MissingAnswers {
  listwise,  ///< those that answered all of its items: one and the same for all its numbers
  pairwise,  ///< of an item, all that answered it; of two items, all that answered both. Alpha,
             ///< what hangs on it and item-rest correlations come from the covariances of pairs
};

/// Why a statistic has no value.
enum class Absence {
  none,  ///< it has one
  fewer_than_two_items,
  fewer_than_three_items,
  fewer_than_two_rows,
  no_rows,
  no_variance,
  not_definite,  ///< the covariances of the items are not positive definite
  not_settled,   ///< the estimate did not settle
};

/// "fewer than two items", … for people and programs.
[[nodiscard]] std::string_view name_of(Absence absence);

/// A number, or why there is none.
struct Statistic {
  std::optional<double> value;
  Absence absence = Absence::none;
};

/// What makes an item worth a second look. A question, not a verdict.
enum class ItemFlag {
  none,
  key,          ///< it pulls against the others: is its key right?
  no_variance,  ///< all gave the same answer
};

/// "key", "no variance"; empty for none.
[[nodiscard]] std::string_view name_of(ItemFlag flag);

/// One item within one scale. Statistics are of keyed answers.
struct ItemStatistics {
  std::size_t item = 0;        ///< into Questionnaire::items
  std::uint64_t answered = 0;  ///< of all rows, whatever else they left out
  std::uint64_t missing = 0;   ///< the others
  Statistic mean;              ///< in steps of the answers
  Statistic sd;                ///< n−1
  Statistic item_rest_r;       ///< with the sum of the other items of the scale
  Statistic alpha_if_dropped;  ///< alpha of the other items
  Statistic loading;           ///< on the one factor of omega, standardised
  Statistic key_r;             ///< with the sum of the others once all of these point the way of
                               ///< the majority; below 0: its key looks wrong
  AnswerRange range;           ///< of its raw answers
  std::vector<std::uint64_t> raw;  ///< how often each raw answer was given, from range.min on
  ItemFlag flag = ItemFlag::none;
};

struct ScaleStatistics {
  std::size_t scale = 0;              ///< into Questionnaire::scales
  std::uint64_t n = 0;                ///< rows that answered all of its items
  std::uint64_t incomplete = 0;       ///< the others
  std::uint64_t smallest_n = 0;       ///< pairwise: the fewest rows that answered two items both
  Statistic mean;                     ///< of the score, in units of the scale
  Statistic sd;                       ///< n−1
  Statistic alpha;                    ///< Cronbach 1951; below 0 where items work against others
  Statistic omega;                    ///< McDonald 1999, one factor, maximum likelihood
  std::vector<std::size_t> heywood;   ///< items that the factor leaves no part of their own
  bool even_split = false;            ///< as many items pull one way as the other: the flagged
                                      ///< half is a guess
  std::vector<ItemStatistics> items;  ///< in the order of the form
};

/// Pearson's r of the scores of two main scales over rows that answered all items of both.
struct ScaleCorrelation {
  std::size_t first = 0;
  std::size_t second = 0;
  std::uint64_t n = 0;
  Statistic r;
};

struct Analysis {
  MissingAnswers missing = MissingAnswers::listwise;
  std::uint64_t rows = 0;               ///< that could be read
  std::uint64_t left_out = 0;           ///< because of problems
  std::vector<ScaleStatistics> scales;  ///< main scales, and facets of two items or more, in the
                                        ///< order of the definition
  std::vector<ScaleCorrelation> correlations;  ///< each two main scales
};

namespace detail {
class AnalysisSums;
}

/// Sums up rows. One with a problem is counted and left out.
class ItemAnalysis final : public RowSink {
 public:
  /// `questionnaire` must outlive it.
  ItemAnalysis(const Questionnaire& questionnaire, std::size_t form, MissingAnswers missing);
  ~ItemAnalysis() override;

  void begin(const RowLayout& layout) override;
  void take(const Row& row) override;

  /// Of the rows so far.
  [[nodiscard]] Analysis result();

 private:
  const Questionnaire& questionnaire_;
  std::size_t form_;
  MissingAnswers missing_;
  std::unique_ptr<detail::AnalysisSums> sums_;
};

/// What to check first, then each scale with its items, then what the numbers mean.
[[nodiscard]] Document analysis_document(const Questionnaire& questionnaire, std::size_t form,
                                         const Analysis& analysis);

/// One line of JSON, schema "attune.analysis" version 1, ending with a newline. Full precision;
/// what there is no value for is null, and `reasons` says why.
[[nodiscard]] std::string analysis_json(const Questionnaire& questionnaire, std::size_t form,
                                        const Analysis& analysis);

/// A header and one row for each item of each scale; an item of a facet has a row for its main
/// scale, too. At most 4 decimals. Lines end with LF.
[[nodiscard]] std::string analysis_csv(const Questionnaire& questionnaire,
                                       const Analysis& analysis);

}  // namespace attune
