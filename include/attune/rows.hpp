// SPDX-License-Identifier: MIT
#pragma once

/// Many responses as rows of bytes: CSV, TSV (RFC 4180 quoting) and JSON Lines, read a row at a
/// time in constant memory, and rows of their scores. Not for statistics (item_analysis.hpp), and
/// not for files: bytes are asked for.
///
///     RowReader reader(questionnaire, form, options, read_bytes);
///     while (const Row* row = reader.next()) scores.append(out, *row);

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "attune/error.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scoring.hpp"

namespace attune::rows {

enum class RowFormat { csv, tsv, jsonl };

/// How rows are to be read.
struct RowOptions {
  std::optional<RowFormat> format;  ///< nothing: the first row shows it
  std::optional<char> separator;    ///< between cells; nothing: the first row shows it
  bool has_header = true;  ///< CSV and TSV: the first row names the columns; else they are named
                           ///< "1", "2", … by their place
  std::optional<std::size_t> skip_rows;  ///< rows below the header that are no data; nothing: those
                                         ///< of Qualtrics are noticed
  std::optional<std::vector<std::string>> columns;  ///< the columns of the scored items in their
                                                    ///< order, as `parse_column_list` gives them;
                                                    ///< nothing: the items' own ids
  std::vector<std::string> keep;                    ///< the columns to pass through, likewise
  std::optional<AnswerRange> range;  ///< the range the data used, where it is not that of the key
  std::vector<std::string> missing;  ///< codes that stand for "no answer", besides the empty cell
  bool labels = false;  ///< labels of the response scale are answers, too, whole, in any case
};

/// What was found out about an input.
struct RowLayout {
  RowFormat format = RowFormat::csv;  ///< tsv where the separator is a tab
  char separator = ',';
  std::string_view encoding = "UTF-8";
  std::size_t header_rows = 1;            ///< with those that are skipped
  std::vector<std::string> item_columns;  ///< names, parallel to `scored_items`
  std::vector<std::string> keep;          ///< names
  std::vector<std::string> remarks;       ///< what to know of how columns were found
};

/// The scored items of a form, in its order: its ratings that belong to a scale.
[[nodiscard]] std::vector<std::size_t> scored_items(const Questionnaire& questionnaire,
                                                    std::size_t form);

/// The parts of a list of columns, which is read like a line of CSV. In quotes, which are left, a
/// part is a name. Else it is one where there is such a column, or a span (Q1-Q36: the names
/// between which one number counts up, or the columns as they stand), or has a star in place of
/// the ids of the items (mother_*), or is a place, counted from 1. Errors (usage): an empty part, a
/// quote that is not closed.
[[nodiscard]] std::vector<std::string> parse_column_list(std::string_view text);

/// Puts at most `most` further bytes of the input at `to` and gives how many; 0 at its end.
using ReadBytes = std::function<std::size_t(char* to, std::size_t most)>;

/// Why a row could not be read. `row` counts rows of data from 1, `line` lines of the input from 1;
/// `column` is its name, empty where the whole row is meant; `message` has no full stop; `advice`
/// is for all problems of a kind, with FILE for the name of the input, and may be empty.
struct RowProblem {
  std::size_t row = 0;
  std::size_t line = 0;
  std::string column;
  std::string message;
  std::string advice = {};
};

/// What the text of a cell is.
enum class CellForm {
  none,     ///< there is no such cell, or it is null
  plain,    ///< of CSV, without quotes
  quoted,   ///< of CSV, with its quotes
  string,   ///< what a JSON string stands for
  literal,  ///< another value of JSON, as it is written
};

/// A cell as it stood in the input.
struct Cell {
  std::string_view text;
  CellForm form = CellForm::none;
};

/// One row. It is valid until the next is asked for.
struct Row {
  std::span<const scoring::RawRating> answers;  ///< parallel to `scored_items`
  std::span<const Cell> kept;                   ///< parallel to RowLayout::keep
  const RowProblem* problem = nullptr;          ///< why `answers` mean nothing; null where they do
};

/// What is wrong in cells that nobody asked for, which costs nothing.
struct RowRemark {
  RowProblem first;
  std::size_t rows = 0;
};

/// A row longer than this is a problem of its own and is passed over.
inline constexpr std::size_t max_row_bytes = std::size_t{1024} * 1024;

/// A cell cut out of a row, of the column at this place.
struct CutCell {
  std::size_t column = 0;
  Cell cell;
  std::string_view fault;  ///< why it can't be read, in words; empty where it can
};

/// Digits that are answers in a column and may be taken where they stand, as most cells of most
/// rows are; none where `count` is 0.
struct ColumnDigits {
  std::uint8_t lowest = 0;
  std::uint8_t count = 0;
  std::uint16_t item = 0;  ///< place among the scored items
  [[nodiscard]] bool hold(char c) const { return static_cast<std::uint8_t>(c - lowest) < count; }
};

class AnswerReader;

/// Reads rows one after the other: each is cut into cells, and the cells are taken as answers or
/// kept. A row with a problem is handed out with it and reading goes on; an illegal answer is never
/// clamped, a blank never becomes a number.
class RowReader {
 public:
  /// Rows for a form. `read_bytes` is called whenever all bytes so far have been used.
  /// Precondition: a range only where all scored items share a response scale.
  RowReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
            ReadBytes read_bytes);
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;
  ~RowReader();

  /// Reads as far as is needed to know the input, where that has not been done yet. Errors:
  /// bad_data, when it is of another kind, columns are missing or ambiguous, or there is no header
  /// at all; usage, when the columns named are not as many as the items, or one comes twice.
  const RowLayout& open();

  /// The next row; null at the end. Errors: those of `open`.
  [[nodiscard]] const Row* next();

  /// Whether there was something in cells that nobody asked for; for after the last row.
  [[nodiscard]] const RowRemark& remark() const { return remark_; }

  /// Names of columns that no row had (JSON Lines); for after the last row.
  [[nodiscard]] std::vector<std::string> absent_columns() const;

 private:
  /// A column may hold an answer, be passed through, both or neither.
  struct Column {
    std::string name;
    std::optional<std::size_t> item;  // place among the scored items
    std::optional<std::size_t> kept;  // place among RowLayout::keep
    std::size_t last_row = 0;         // that had such a cell, counted from 1
  };
  void find_out_encoding();
  void find_out_format();
  [[nodiscard]] std::string_view look_at(std::size_t bytes);
  [[nodiscard]] std::vector<std::string> first_row_names();
  [[nodiscard]] std::vector<std::string> numbered_columns();
  [[nodiscard]] std::vector<std::string> first_members();
  void skip_header_rows(const std::vector<std::string>& names);
  void match_columns(const std::vector<std::string>& names);
  [[nodiscard]] ColumnDigits digits_of(const Column& column) const;
  [[nodiscard]] bool cut_row();
  [[nodiscard]] const char* cut_csv(const char* at, const char* end);
  [[nodiscard]] const char* cut_cell(const char* at, const char* end, CutCell& cut) const;
  [[nodiscard]] const char* cut_json(const char* at, const char* end);
  [[nodiscard]] const char* give_up(const char* at, const char* limit);
  void pass_over();
  bool fill();
  void take_cells();
  void take_answer(const Column& column, const Cell& cell);
  void note_problem(std::string_view column, std::string message, std::string advice = {});

  RowOptions options_;
  RowLayout layout_;
  ReadBytes read_bytes_;
  scoring::Keying keying_;
  std::vector<std::string> ids_;              // of the scored items
  std::vector<AnswerReader> answer_readers_;  // likewise
  std::vector<Column> columns_;               // of CSV all, of JSON Lines those that are wanted
  std::vector<ColumnDigits> digits_;          // of each column
  std::array<bool, 256> is_plain_{};          // by byte: nothing but itself within a cell of CSV
  std::unordered_map<std::string, std::size_t> places_;  // by name, of JSON Lines

  std::vector<char> block_;  // of bytes
  std::size_t at_ = 0;       // what was not used yet begins here
  std::size_t end_ = 0;      // and ends here
  bool is_at_end_ = false;
  bool is_passing_over_ = false;  // within a row that is too long
  std::size_t line_ = 1;          // that comes next

  // One row.
  std::vector<CutCell> cells_;  // all but the digits
  std::size_t cell_count_ = 0;  // 0: a blank line, which counts for nothing
  std::size_t row_bytes_ = 0;
  std::size_t row_lines_ = 1;
  const char* unclosed_ = nullptr;              // where a cell begins that was not complete
  std::string texts_;                           // of the cells of JSON
  std::string_view fault_;                      // of the whole row
  std::vector<scoring::RawRating> no_answers_;  // what each row begins with
  std::vector<scoring::RawRating> answers_;
  std::vector<Cell> kept_;
  RowProblem problem_;
  RowRemark remark_;
  Row row_;
  std::size_t row_count_ = 0;
};

/// What is written for each row, besides kept columns and X, X_answered for each main scale.
struct ScoreColumns {
  bool se = false;      ///< X_se, in the units of the scale, as `score` gives it
  bool facets = false;  ///< facets, too, in the order of the definition
  bool care = false;    ///< longest_run and irv of the raw answers in the order of the form (a
                        ///< skipped item ends a run), answered_share from 0 to 1
  bool region = false;  ///< the id of the region that holds the point; empty where none does
  bool error = false;   ///< why a row could not be read; empty where it could
};

struct ScoreOptions {
  RowFormat format = RowFormat::csv;  ///< csv has the separator of the input where that is CSV, too
  ScoreColumns columns;
  std::optional<double> min_answered;  ///< share of a scale's items in [0, 1], instead of the
                                       ///< definition's; 0: one answer is enough
  int digits = 4;                      ///< most decimals, 0..17
};

/// Writes each row's kept columns and scores: those of `score` to the last digit. A scale that is
/// not scored is empty (null in JSON), as are all of a row that could not be read.
class RowScores {
 public:
  /// `questionnaire` must outlive it; `rows` is what is known of the rows, `range` theirs as in
  /// RowOptions.
  RowScores(const Questionnaire& questionnaire, std::size_t form, const RowLayout& rows,
            const std::optional<AnswerRange>& range, const ScoreOptions& options);
  RowScores(const RowScores&) = delete;
  RowScores& operator=(const RowScores&) = delete;

  /// The names of the columns, the kept ones first.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  void append_names(std::string& out) const;
  void append(std::string& out, const Row& row);

 private:
  using Append = std::function<void(std::string& out, const Row& row)>;
  struct Column {
    std::string member;  // what comes before its value in JSON
    Append append;
  };

  void add_column(const std::string& name, Append append);
  template <class Number>  // gives an optional number of the row that was scored
  void add_number(const std::string& name, Number number);
  void add_scale(std::size_t scale);
  void add_care();
  void score_row(std::span<const scoring::RawRating> raw);
  void append_text(std::string& out, std::string_view text) const;
  void append_cell(std::string& out, const Cell& cell) const;
  void append_nothing(std::string& out) const;

  const Questionnaire& questionnaire_;
  std::size_t form_;
  RowFormat from_;
  char separator_;
  ScoreOptions options_;
  scoring::Keying keying_;
  std::vector<std::string> names_;  // of the columns
  std::vector<Column> columns_;
  // One row.
  std::vector<scoring::KeyedSums> sums_;
  Scores scores_;  // where the region or derived scores need them
  Scores derived_;
  std::vector<std::optional<double>> ratings_;  // of all scored items, for the care columns
  std::vector<double> given_;                   // those that were answered
};

}  // namespace attune::rows
