// SPDX-License-Identifier: MIT
#pragma once

/// Many responses as rows of bytes: CSV, TSV (RFC 4180 quoting) and JSON Lines, read a row at a
/// time in constant memory. Not for scores (batch_scoring.hpp) or statistics (item_analysis.hpp):
/// those are sinks for rows. Not for files: bytes are handed in, a block at a time.
///
///     RowReader reader(questionnaire, form, options);
///     Result<std::size_t> used = reader.read(block, InputEnd::more, scorer);

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/result.hpp"

namespace attune {

enum class RowFormat { csv, tsv, jsonl };

/// Where the names of columns come from.
enum class HeaderSource {
  first_row,  ///< the input begins with them
  given,      ///< `RowOptions::header_names`; the input has none
  numbers,    ///< there are none: columns are named "1", "2", … by their place
};

/// What to do about a row that can't be read.
enum class OnProblem {
  go_on,  ///< hand it to the sink with its problem
  stop,   ///< read no further; the sink doesn't see it
};

/// How rows are to be read.
struct RowOptions {
  RowFormat format = RowFormat::csv;
  HeaderSource header = HeaderSource::first_row;    ///< CSV and TSV
  std::vector<std::string> header_names;            ///< with HeaderSource::given
  std::optional<std::vector<std::string>> columns;  ///< names of the columns of the scored items,
                                                    ///< in their order; nothing: the items' own ids
  std::vector<std::string> keep;                    ///< names of columns to pass through
  std::optional<AnswerRange> range;  ///< the range the data used, where it is not that of the key
  std::vector<std::string> missing;  ///< codes that stand for "no answer", besides the empty cell
  OnProblem on_problem = OnProblem::go_on;
};

/// The scored items of a form, in its order: its ratings that belong to a scale.
[[nodiscard]] std::vector<std::size_t> scored_items(const Questionnaire& questionnaire,
                                                    std::size_t form);

/// "Q1-Q36" or "a,b,c" or both mixed as a list of names: NAME1-NAMEn, where both ends share all but
/// the number, stands for every name between them. Errors (usage): an empty name, a name that comes
/// twice, a span that doesn't ascend or is longer than 500.
[[nodiscard]] Result<std::vector<std::string>> parse_column_list(std::string_view text);

/// The names in the first row of `text` (CSV or TSV). Error: bad_data.
[[nodiscard]] Result<std::vector<std::string>> parse_header(std::string_view text,
                                                            RowFormat format);

/// Why a row could not be read. `row` counts rows of data from 1, `line` lines of the input from 1;
/// `column` is its name, empty where the whole row is meant; `message` has no full stop.
struct RowProblem {
  std::size_t row = 0;
  std::size_t line = 0;
  std::string column;
  std::string message;
};

/// How the text of a kept cell is written.
enum class CellForm { plain, quoted, json };

/// A kept cell as it stood in the input.
struct KeptCell {
  std::string_view text;  ///< with its quotes, or a JSON value; empty where there is none
  CellForm form = CellForm::plain;
};

/// What is the same for all rows of an input.
struct RowLayout {
  std::vector<std::size_t> items;   ///< by slot: which item of the questionnaire
  std::vector<AnswerRange> ranges;  ///< by slot
  std::vector<std::string> kept;    ///< names of the kept columns
  RowFormat format = RowFormat::csv;
};

/// Slots are padded to a whole number of these, so that sinks can work on several at once.
inline constexpr std::size_t slot_padding = 8;

/// One row. Its views are valid only while a sink takes it.
struct Row {
  std::size_t number = 0;                 ///< from 1
  std::span<const std::int16_t> answers;  ///< by slot: raw answer + 1, or 0 for no answer; padded
                                          ///< with zeros to a multiple of `slot_padding`
  std::span<const KeptCell> kept;         ///< parallel to RowLayout::kept
  const RowProblem* problem = nullptr;    ///< why `answers` mean nothing; null where they do
};

/// What rows are read for.
class RowSink {
 public:
  virtual ~RowSink() = default;
  /// Once, before the first row.
  virtual void begin(const RowLayout& layout) = 0;
  virtual void take(const Row& row) = 0;
};

/// Whether more bytes may follow.
enum class InputEnd { more, last };

/// A row longer than this is a problem of its own and is passed over.
inline constexpr std::size_t max_row_bytes = std::size_t{1024} * 1024;

namespace detail {
class RowDecoder;
}

/// Reads rows from blocks of bytes. A row with a problem reaches the sink with it and reading goes
/// on; an illegal answer is never clamped, a blank never becomes a number.
class RowReader {
 public:
  /// `questionnaire` must outlive the reader. Precondition: a legal form, and columns, when given,
  /// as many as scored items; no name twice among the columns, nor among the kept ones; a range
  /// only where all scored items share a response scale.
  RowReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options);
  ~RowReader();
  RowReader(RowReader&&) noexcept;

  /// Reads the whole rows at the start of `bytes` and gives how many bytes they took; the rest is
  /// to be handed in again with what follows it. Blocks should be larger than `max_row_bytes`.
  /// Error: bad_data, when columns are missing or ambiguous or there is no header at all.
  [[nodiscard]] Result<std::size_t> read(std::string_view bytes, InputEnd ending, RowSink& sink);

  /// The first problems, at most `shown_problems`, and how many rows have one.
  [[nodiscard]] const std::vector<RowProblem>& problems() const;
  [[nodiscard]] std::size_t problem_count() const;
  [[nodiscard]] std::size_t row_count() const;

  /// Whether it stopped at a problem.
  [[nodiscard]] bool has_stopped() const;

  /// Names of item columns that no row had (JSON Lines); for after the last block.
  [[nodiscard]] std::vector<std::string> absent_columns() const;

 private:
  std::unique_ptr<detail::RowDecoder> decoder_;
};

inline constexpr std::size_t shown_problems = 20;

}  // namespace attune
