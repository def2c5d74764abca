// SPDX-License-Identifier: MIT
#pragma once

/// Many responses as rows of bytes: CSV, TSV (RFC 4180 quoting) and JSON Lines, read a row at a
/// time in constant memory, and rows of their scores. Not for statistics (item_analysis.hpp), and
/// not for files: bytes are asked for.
///
///     const auto reader = open_rows(questionnaire, form, options, read_bytes);
///     while (const Row* row = reader->next()) scores.append(out, *row);

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attune/error.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scoring.hpp"

namespace attune::rows {

enum class RowFormat { csv, tsv, jsonl };

/// Where the names of columns come from.
enum class HeaderSource {
  first_row,  ///< the input begins with them
  given,      ///< `RowOptions::header_names`; the input has none
  numbers,    ///< there are none: columns are named "1", "2", … by their place
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
};

/// The scored items of a form, in its order: its ratings that belong to a scale.
[[nodiscard]] std::vector<std::size_t> scored_items(const Questionnaire& questionnaire,
                                                    std::size_t form);

/// "Q1-Q36" or "a,b,c" or both mixed as a list of names: NAME1-NAMEn, where both ends share all but
/// the number, stands for every name between them. Errors (usage): an empty name, a name that comes
/// twice, a span that doesn't ascend or is longer than 500.
[[nodiscard]] std::vector<std::string> parse_column_list(std::string_view text);

/// The names in the first row of `text` (CSV or TSV). Error: bad_data.
[[nodiscard]] std::vector<std::string> parse_header(std::string_view text, RowFormat format);

/// Why a row could not be read. `row` counts rows of data from 1, `line` lines of the input from 1;
/// `column` is its name, empty where the whole row is meant; `message` has no full stop.
struct RowProblem {
  std::size_t row = 0;
  std::size_t line = 0;
  std::string column;
  std::string message;
};

/// What the text of a kept cell is.
enum class CellForm {
  none,     ///< there is no such cell, or it is null
  plain,    ///< of CSV, without quotes
  quoted,   ///< of CSV, with its quotes
  string,   ///< what a JSON string stands for
  literal,  ///< another value of JSON, as it is written
};

/// A kept cell as it stood in the input.
struct KeptCell {
  std::string_view text;
  CellForm form = CellForm::none;
};

/// One row. It is valid until the next is asked for.
struct Row {
  std::span<const scoring::RawRating> answers;  ///< parallel to `scored_items`
  std::span<const KeptCell> kept;               ///< parallel to RowOptions::keep
  const RowProblem* problem = nullptr;          ///< why `answers` mean nothing; null where they do
};

/// A row longer than this is a problem of its own and is passed over.
inline constexpr std::size_t max_row_bytes = std::size_t{1024} * 1024;

/// Which texts stand for no answer.
class MissingCodes {
 public:
  explicit MissingCodes(const std::vector<std::string>& codes);

  /// The empty text, a code as it is written, or the number that a code is: 0 is "0.0", too.
  [[nodiscard]] bool matches(std::string_view text) const;

  /// Whether a code is a legal answer of `range`: then no digit may be taken for one unseen.
  [[nodiscard]] bool any_within(AnswerRange range) const;

 private:
  std::vector<std::string> texts_;
  std::vector<double> numbers_;
};

/// Puts at most `most` further bytes of the input at `to` and gives how many; 0 at its end.
using ReadBytes = std::function<std::size_t(char* to, std::size_t most)>;

/// Reads rows one after the other. A row with a problem is handed out with it and reading goes on;
/// an illegal answer is never clamped, a blank never becomes a number.
class RowReader {
 public:
  virtual ~RowReader() = default;
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  /// The next row; null at the end. Error: bad_data, when columns are missing or ambiguous or there
  /// is no header at all.
  [[nodiscard]] const Row* next();

  /// Names of columns that no row had (JSON Lines); for after the last row.
  [[nodiscard]] virtual std::vector<std::string> absent_columns() const { return {}; }

 protected:
  RowReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
            ReadBytes read_bytes);

  /// Where a row ended: the place after its LF, or null when it is not complete.
  using Place = const char*;

  /// Reads what comes before the first row and gives the place after it. Error: bad_data.
  [[nodiscard]] virtual Place read_header(Place at, Place end) = 0;

  /// Reads one row that starts at `at` into answers and kept cells; problems are noted.
  [[nodiscard]] virtual Place read_row(Place at, Place end) = 0;

  /// Notes why this row can't be read. Only the first problem of a row counts.
  void note_problem(std::string_view column, std::string message);
  void forget_problem() { has_problem_ = false; }

  /// Takes the text of an answer; what is illegal is a problem of `column`.
  void take_answer(std::size_t item, std::string_view column, std::string_view text);

  RowOptions options_;
  scoring::Keying keying_;
  std::vector<std::string> item_columns_;  // RowOptions::columns, or the ids of the scored items
  MissingCodes missing_;
  std::vector<scoring::RawRating> answers_;
  std::vector<KeptCell> kept_;
  std::size_t lines_ = 1;     // that the row takes
  bool is_blank_ = false;     // the row is an empty line and counts for nothing
  Place unclosed_ = nullptr;  // where a cell begins that was not complete

 private:
  void begin();
  bool fill();
  void skip_blank_lines();
  [[nodiscard]] Place row_limit() const;
  [[nodiscard]] Place give_up(Place at, Place limit);
  void pass_over();
  [[nodiscard]] const Row* finish_row();

  ReadBytes read_bytes_;
  std::vector<char> block_;
  std::size_t at_ = 0;   // what was not used yet begins here
  std::size_t end_ = 0;  // and ends here
  bool is_at_end_ = false;
  bool has_begun_ = false;
  bool is_passing_over_ = false;  // within a row that is too long
  std::size_t line_ = 1;          // of the row being read
  bool has_problem_ = false;
  RowProblem problem_;
  std::size_t row_count_ = 0;
  Row row_;
};

/// A reader of rows for a form. `read_bytes` is called whenever all bytes so far have been used.
/// Precondition: columns, when given, are as many as scored items; no name twice among the columns,
/// nor among the kept ones; a range only where all scored items share a response scale.
[[nodiscard]] std::unique_ptr<RowReader> open_rows(const Questionnaire& questionnaire,
                                                   std::size_t form, RowOptions options,
                                                   ReadBytes read_bytes);

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

struct ScoreOptions {
  RowFormat format = RowFormat::csv;
  ScoreColumns columns;
  std::optional<double> min_answered;  ///< share of a scale's items in [0, 1], instead of the
                                       ///< definition's; 0: one answer is enough
  int digits = 4;                      ///< most decimals, 0..17
};

/// Writes each row's kept columns and scores: those of `score` to the last digit. A scale that is
/// not scored is empty (null in JSON), as are all of a row that could not be read.
class RowScores {
 public:
  /// `questionnaire` must outlive it; `rows` is how the rows are read.
  RowScores(const Questionnaire& questionnaire, std::size_t form, const RowOptions& rows,
            const ScoreOptions& options);

  /// The names of the columns, the kept ones first.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  /// By scale: the norm that X_percentile rests on; null where there is none.
  [[nodiscard]] const Norm* norm(std::size_t scale) const { return keying_.scales[scale].norm; }

  void append_names(std::string& out) const;
  void append(std::string& out, const Row& row);

 private:
  void add_column(std::string name);
  void begin_field(std::string& out);
  void append_number(std::string& out, const std::optional<double>& value);
  void append_text(std::string& out, std::string_view text) const;
  void append_kept(std::string& out, const KeptCell& cell);
  void append_scores(std::string& out, const Row& row);
  void append_scale(std::string& out, std::size_t scale);
  void append_care(std::string& out, std::span<const scoring::RawRating> raw);

  const Questionnaire& questionnaire_;
  std::size_t form_;
  RowFormat from_;
  ScoreOptions options_;
  scoring::Keying keying_;
  std::vector<bool> is_written_;      // by scale
  std::vector<std::string> names_;    // of the columns
  std::vector<std::string> befores_;  // by column: its separator, or the name of a JSON member
  std::size_t column_ = 0;            // that is written next
  // Of one row.
  std::vector<scoring::KeyedSums> sums_;
  Scores scores_;
  std::vector<std::optional<double>> ratings_;
  std::vector<double> given_;
};

}  // namespace attune::rows
