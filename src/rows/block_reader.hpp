// SPDX-License-Identifier: MIT
#pragma once

/// What the readers of all formats share: the way through large blocks of bytes, and problems.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "attune/rows.hpp"

#include "rows/columns.hpp"

namespace attune {

class BlockReader : public RowReader {
 public:
  BlockReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
              ReadBytes read_bytes);
  [[nodiscard]] const Row* next() final;

 protected:
  /// Where a row ended: the place after its LF, or null when it is not complete.
  using Place = const char*;

  /// Reads what comes before the first row and gives the place after it. Error: bad_data.
  [[nodiscard]] virtual Place read_header(Place at, Place end) = 0;

  /// Reads one row that starts at `at` into answers and kept cells; problems are noted.
  [[nodiscard]] virtual Place read_row(Place at, Place end) = 0;

  /// Notes why this row can't be read. Only the first problem of a row counts.
  void note_problem(std::string_view column, std::string message);

  RowOptions options_;
  Keying keying_;
  WantedColumns wanted_;
  MissingCodes missing_;
  std::vector<RawRating> answers_;
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
  Row row_;
};

[[nodiscard]] std::unique_ptr<RowReader> open_csv_rows(const Questionnaire& questionnaire,
                                                       std::size_t form, RowOptions options,
                                                       ReadBytes read_bytes);
[[nodiscard]] std::unique_ptr<RowReader> open_json_rows(const Questionnaire& questionnaire,
                                                        std::size_t form, RowOptions options,
                                                        ReadBytes read_bytes);

}  // namespace attune
