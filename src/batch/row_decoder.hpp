// SPDX-License-Identifier: MIT
#pragma once

/// What the decoders of all formats share: slots, kept cells, problems, and the way through a
/// block.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "attune/rows.hpp"

#include "batch/cells.hpp"
#include "batch/columns.hpp"

namespace attune::detail {

class RowDecoder {
 public:
  RowDecoder(const Questionnaire& questionnaire, std::size_t form, RowOptions options);
  virtual ~RowDecoder() = default;
  RowDecoder(const RowDecoder&) = delete;
  RowDecoder& operator=(const RowDecoder&) = delete;

  [[nodiscard]] Result<std::size_t> read(std::string_view bytes, InputEnd ending, RowSink& sink);
  [[nodiscard]] virtual std::vector<std::string> absent_columns() const { return {}; }

  [[nodiscard]] const std::vector<RowProblem>& problems() const { return problems_; }
  [[nodiscard]] std::size_t problem_count() const { return problem_count_; }
  [[nodiscard]] std::size_t row_count() const { return row_count_; }
  [[nodiscard]] bool has_stopped() const {
    return options_.on_problem == OnProblem::stop && problem_count_ > 0;
  }

 protected:
  /// Where a row ended: the place after its last byte, or null when it is not complete.
  using Place = const char*;

  /// Reads what comes before the first row, when there is something, and calls `begin_rows`.
  /// Gives the place after it; null when it is not complete.
  [[nodiscard]] virtual Result<Place> read_header(Place at, Place end) = 0;

  /// Reads one row that starts at `at` into slots and kept cells; problems are noted. The last byte
  /// of a complete row is its LF.
  [[nodiscard]] virtual Place read_row(Place at, Place end) = 0;

  /// The items in the order of the slots: `order` holds places among the wanted ones.
  void begin_rows(const std::vector<std::size_t>& order);

  /// Notes why this row can't be read. Only the first problem of a row counts.
  void note(std::string_view column, std::string message);

  RowOptions options_;
  WantedColumns wanted_;
  MissingCodes missing_;
  RowLayout layout_;
  std::vector<std::int16_t> answers_;  // by slot, padded
  std::vector<KeptCell> kept_;
  std::size_t lines_ = 1;     // that the row takes
  bool is_blank_ = false;     // the row is an empty line and counts for nothing
  Place unclosed_ = nullptr;  // where a quote begins that was not closed; of an incomplete row

 private:
  [[nodiscard]] Result<std::size_t> read_closed(std::string_view bytes, InputEnd ending,
                                                RowSink& sink);
  [[nodiscard]] Place pass_over_blank_lines(Place at, Place end);
  [[nodiscard]] Result<Place> begin(Place at, Place end, InputEnd ending);
  [[nodiscard]] Place read_rows(Place at, Place end, InputEnd ending, RowSink& sink);
  [[nodiscard]] Place give_up(Place at, Place end, InputEnd ending);
  void finish_row(RowSink& sink);

  std::vector<std::size_t> items_;
  std::vector<AnswerRange> ranges_;
  bool is_at_start_ = true;       // nothing is read yet, not even a byte order mark
  bool has_begun_ = false;        // the header is read, the sink knows the layout
  bool is_passing_over_ = false;  // within a row that is too long
  std::size_t line_ = 1;          // of the row being read
  bool has_problem_ = false;
  RowProblem problem_;
  std::vector<RowProblem> problems_;
  std::size_t problem_count_ = 0;
  std::size_t row_count_ = 0;
};

[[nodiscard]] std::unique_ptr<RowDecoder> make_csv_decoder(const Questionnaire& questionnaire,
                                                           std::size_t form, RowOptions options);
[[nodiscard]] std::unique_ptr<RowDecoder> make_json_decoder(const Questionnaire& questionnaire,
                                                            std::size_t form, RowOptions options);

}  // namespace attune::detail
