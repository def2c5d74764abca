// SPDX-License-Identifier: MIT
#pragma once

/// Rows of responses from a file or a pipe, for `score` and `analyze`: the options that they share,
/// and the way through the input.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "attune/questionnaire.hpp"
#include "attune/rows.hpp"

#include "app/arguments.hpp"
#include "app/world.hpp"
#include "store/private_files.hpp"

namespace attune::app {

inline constexpr OptionSpec from_option{
    "--from", "FORMAT",
    "Read csv, tsv or jsonl; without it, the ending of the file's name decides."};
inline constexpr OptionSpec form_option{"--form", "FORM", "Score the items of this form only."};
inline constexpr OptionSpec columns_option{
    "--columns", "LIST",
    "The columns of the items, in their order: Q1-Q36, or a,b,c. Without it, columns are found by "
    "the items' ids."};
inline constexpr OptionSpec no_header_option{
    "--no-header", "", "The first row is data; columns are numbered from 1: --columns 2-37."};
inline constexpr OptionSpec range_option{
    "--range", "MIN-MAX", "The data used this range of answers instead of the key's: 1-5."};
inline constexpr OptionSpec missing_option{"--missing", "CODES",
                                           "Codes for no answer besides the empty cell: 0,NA,-9."};
inline constexpr OptionSpec strict_option{"--strict", "", "Stop at the first row with a problem."};
/// The value of `option` as a format of rows. Error: usage.
[[nodiscard]] std::optional<rows::RowFormat> row_format_of(const Arguments& arguments,
                                                           std::string_view option);

/// Which rows are scored by which key.
struct RowSource {
  Questionnaire questionnaire;
  std::size_t form = 0;
  std::string input = "-";
  rows::RowOptions options;
};

/// What NAME [FILE|-] and the options above name. Errors: usage, where they don't fit each other or
/// the questionnaire; those of loading it.
[[nodiscard]] RowSource row_source_of(const Arguments& arguments, const World& world);

/// The rows of an input, read once from its start to its end. Problems are reported on standard
/// error as they come, the first of them in full, then how many there were.
class RowRun {
 public:
  /// `of_problems` is what becomes of rows with problems: "their scores are empty". `flush` is
  /// called before more bytes are waited for, and says whether anyone wants to go on. Errors:
  /// not_found, when there is no such file or it is a folder; usage, when it is a terminal: nobody
  /// types rows by hand.
  RowRun(const RowSource& source, const Arguments& arguments, Streams& streams,
         std::string_view of_problems, std::function<bool()> flush);
  RowRun(const RowRun&) = delete;
  RowRun& operator=(const RowRun&) = delete;

  /// The next row; null at the end, or at a problem with --strict. Errors: those of the reader; io.
  [[nodiscard]] const rows::Row* next();

  /// For after the last row. Gives done; no, when rows had problems or columns were in no row;
  /// bad_data, when it stopped at a problem.
  [[nodiscard]] ExitStatus finish();

 private:
  std::size_t read(char* to, std::size_t most);
  void report_problem(const rows::RowProblem& problem);

  Streams& streams_;
  std::string name_;
  std::optional<store::FileDescriptor> file_;  // nothing: standard input
  std::string_view of_problems_;
  std::function<bool()> flush_;
  rows::RowReader reader_;
  bool is_wanted_ = true;
  std::size_t rows_ = 0;
  std::size_t problems_ = 0;  // rows with one
  bool is_strict_;
  bool has_stopped_ = false;
};

}  // namespace attune::app
