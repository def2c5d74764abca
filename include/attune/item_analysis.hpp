// SPDX-License-Identifier: MIT
#pragma once

/// Reliability and item statistics of many responses, from sums alone, so that any number of rows
/// takes the same memory. The sums are whole numbers: the order of the rows changes nothing. Not
/// for scores of single rows or for reading (rows.hpp).
///
///     ItemAnalysis analysis(questionnaire, form);
///     while (const Row* row = reader.next()) analysis.take(*row);
///     out << analysis_json(questionnaire, form, analysis.result());

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/rows.hpp"
#include "attune/scoring.hpp"

namespace attune::rows {

/// What makes an item worth a second look. A question, not a verdict.
enum class ItemFlag {
  none,
  key,          ///< it pulls against the others: is its key right?
  no_variance,  ///< all gave the same answer
};

/// One item within one scale. Statistics are of keyed answers in the rows that answered all items
/// of the scale; without enough of them, or where nobody differs, they have no value.
struct ItemStatistics {
  std::size_t item = 0;                    ///< into Questionnaire::items
  std::uint64_t answered = 0;              ///< of all rows, whatever else they left out
  std::optional<double> mean;              ///< in steps of the answers
  std::optional<double> sd;                ///< n−1
  std::optional<double> item_rest_r;       ///< Pearson's r with the sum of the other items
  std::optional<double> alpha_if_dropped;  ///< alpha of the other items
  std::optional<double> key_r;  ///< with the sum of the others once all of these point the way of
                                ///< the majority; below 0: its key looks wrong
  ItemFlag flag = ItemFlag::none;
};

struct ScaleStatistics {
  std::size_t scale = 0;              ///< into Questionnaire::scales
  std::uint64_t n = 0;                ///< rows that answered all of its items
  std::optional<double> mean;         ///< of the score, in units of the scale
  std::optional<double> sd;           ///< n−1
  std::optional<double> alpha;        ///< Cronbach 1951; below 0 where items work against others
  bool even_split = false;            ///< as many items pull one way as the other: the flagged
                                      ///< half is a guess
  std::vector<ItemStatistics> items;  ///< in the order of the form
};

/// Pearson's r of the scores of two main scales over rows that answered all items of both.
struct ScaleCorrelation {
  std::size_t first = 0;
  std::size_t second = 0;
  std::uint64_t n = 0;
  std::optional<double> r;
};

struct Analysis {
  std::uint64_t rows = 0;               ///< that could be read
  std::uint64_t left_out = 0;           ///< because of problems
  std::vector<ScaleStatistics> scales;  ///< main scales, and facets of two items or more, in the
                                        ///< order of the definition
  std::vector<ScaleCorrelation> correlations;  ///< each two main scales
  std::optional<AnswerRange> range;  ///< that answers may have; nothing where items differ in it
  std::optional<AnswerRange> found;  ///< that they have, before keying; nothing without any
};

/// Sums up rows. One with a problem is counted and left out.
class ItemAnalysis {
 public:
  /// `questionnaire` must outlive it; `range` as in RowOptions.
  ItemAnalysis(const Questionnaire& questionnaire, std::size_t form,
               const std::optional<AnswerRange>& range = std::nullopt);

  void take(const Row& row);

  /// Of the rows so far.
  [[nodiscard]] Analysis result() const;

 private:
  /// Sums over rows of some whole numbers and of the products of each two. 64 bits hold those of
  /// answers for 10¹⁴ rows.
  struct ProductSums {
    std::int64_t n = 0;
    std::vector<std::int64_t> sums;
    std::vector<std::int64_t> products;  // at first·k + second for first ≤ second
    explicit ProductSums(std::size_t size) : sums(size), products(size * size) {}
    void add(std::span<const std::int64_t> row);
  };
  /// The sums of a scale over its complete rows.
  struct ScaleSums {
    std::size_t scale = 0;
    std::vector<std::size_t> places;  // of its items among Keying::items
    ProductSums keyed;
    std::optional<std::int64_t> total;  // of one row; nothing where it is not complete
  };
  /// The sums of the totals of two main scales.
  struct ScalePair {
    std::size_t first = 0;  // among the scales of the analysis
    std::size_t second = 0;
    ProductSums totals{2};
  };
  class Covariances;

  [[nodiscard]] ScaleStatistics statistics_of(const ScaleSums& sums) const;
  void add_directions(ScaleStatistics& scale, Covariances& covariances) const;

  const Questionnaire& questionnaire_;
  scoring::Keying keying_;
  std::uint64_t rows_ = 0;
  std::uint64_t left_out_ = 0;
  std::vector<std::uint64_t> answered_;  // by place among Keying::items
  std::vector<std::int64_t> keyed_;      // of one row and scale
  std::vector<ScaleSums> scales_;
  std::vector<ScalePair> pairs_;
  std::optional<AnswerRange> found_;
};

/// With fewer rows nothing is asked unasked: by chance, many items would pull against the others.
inline constexpr std::uint64_t rows_to_question = 20;

/// What makes all scores of the rows wrong, as far as these can tell, a sentence each: items that
/// were reversed before, and, from `rows_to_question` on, answers on another range.
[[nodiscard]] std::vector<std::string> doubts(const Questionnaire& questionnaire,
                                              const Analysis& analysis);

/// What was understood of an input before all of it is read.
struct DryRun {
  std::string name;  ///< of the input
  RowOptions options;
  RowLayout layout;
  Analysis analysis;           ///< of the rows that were read for this
  report::Table first_scores;  ///< of its first rows
  std::vector<std::pair<std::string, std::size_t>> problems;  ///< and how many rows had each
  std::vector<std::string> advice;                            ///< for them
};

/// What the input is, which column is which item, the first scores, what can't be read, and items
/// that look wrong. Precondition: the form has scored items.
[[nodiscard]] report::Document dry_run_document(const Questionnaire& questionnaire,
                                                std::size_t form, const DryRun& run);

/// What to check first, then each scale with its items, then what the numbers mean.
[[nodiscard]] report::Document analysis_document(const Questionnaire& questionnaire,
                                                 std::size_t form, const Analysis& analysis);

/// One line of JSON, schema "attune.analysis" version 1, ending with a newline. Full precision;
/// what there is no value for is null, and `reasons` says why.
[[nodiscard]] std::string analysis_json(const Questionnaire& questionnaire, std::size_t form,
                                        const Analysis& analysis);

/// A header and one row for each item of each scale; an item of a facet has a row for its main
/// scale, too. At most 4 decimals. Lines end with LF.
[[nodiscard]] std::string analysis_csv(const Questionnaire& questionnaire,
                                       const Analysis& analysis);

}  // namespace attune::rows
