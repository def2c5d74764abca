// SPDX-License-Identifier: MIT
//
// Digits and short texts are read in a few steps each; whatever is not of that kind takes the
// general way.
#include <fmt/format.h>

#include "batch/csv_cell.hpp"
#include "batch/csv_digits.hpp"
#include "batch/csv_header.hpp"
#include "batch/row_decoder.hpp"

namespace attune::detail {
namespace {

class CsvDecoder final : public RowDecoder {
 public:
  CsvDecoder(const Questionnaire& questionnaire, std::size_t form, RowOptions options)
      : RowDecoder(questionnaire, form, std::move(options)),
        separator_(options_.format == RowFormat::tsv ? '\t' : ','),
        scanner_(separator_) {}

 private:
  Result<Place> read_header(Place at, Place end) override;
  Place read_row(Place at, Place end) override;
  void lay_out(const std::vector<Column>& columns);
  void keep(std::size_t place, Place at, Place end);
  Place end_early(std::size_t cells, Place start, Place next);
  Place read_cell(std::size_t column, Place at, Place end, CellEnd& cell_end);
  void use_cell(std::size_t column, const CsvCell& cell);
  Place count_rest(std::size_t cells, Place at, Place end);

  char separator_;
  CsvScanner scanner_;
  std::vector<std::string> names_;
  std::vector<Column> columns_;  // `item` is a slot here
  DigitColumns digits_;
};

Error header_error(std::string message, HeaderSource header) {
  Error error{ErrorKind::bad_data, std::move(message), "", {}};
  if (header == HeaderSource::first_row) {
    error.advice.emplace_back("the first row names the columns; --no-header where there is none");
  }
  return error;
}

std::string wrong_count(std::size_t cells, std::size_t columns) {
  return fmt::format("{} {} in a row that should have {}", cells, cells == 1 ? "cell" : "cells",
                     columns);
}

std::vector<std::string> numbers_up_to(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back(std::to_string(i));
  return names;
}

Result<CsvDecoder::Place> CsvDecoder::read_header(Place at, Place end) {
  Place next = at;
  if (options_.header == HeaderSource::given) {
    names_ = options_.header_names;
  } else {
    ScannedHeader row = scan_header(scanner_, at, end);
    if (row.next == nullptr) {
      if (at == end) return header_error("is empty", options_.header);
      return Place{nullptr};
    }
    // Where it is a row of data, only the number of its cells has to be clear.
    const bool is_data = options_.header == HeaderSource::numbers;
    if (row.fault == CellFault::quoting || (row.fault != CellFault::none && !is_data)) {
      return header_error(fmt::format("first row: {}", describe(row.fault)), options_.header);
    }
    if (!is_data) {
      names_ = std::move(row.names);
      next = row.next;
    } else {
      names_ = numbers_up_to(row.names.size());
    }
  }
  const Result<std::vector<Column>> columns = match_columns(names_, wanted_);
  if (!columns) return columns.error();
  lay_out(*columns);
  return next;
}

// Slots follow the order of the columns, so that neighbours can be stored at once.
void CsvDecoder::lay_out(const std::vector<Column>& columns) {
  columns_ = columns;
  std::vector<std::size_t> order;
  for (Column& column : columns_) {
    if (column.item == no_place) continue;
    order.push_back(column.item);
    column.item = static_cast<std::uint16_t>(order.size() - 1);
  }
  begin_rows(order);
  digits_ = DigitColumns(columns_, layout_.ranges, missing_, separator_);
}

CsvDecoder::Place CsvDecoder::read_row(Place at, Place end) {
  const std::size_t count = columns_.size();
  const Place start = at;
  for (std::size_t column = 0; column < count;) {
    const Column& place = columns_[column];
    if (place.item != no_place) {
      const std::size_t before = column;
      at = digits_.read(column, at, end, answers_.data());
      if (column > before) continue;
    } else if (column + 1 < count) {
      if (const Place cell_end = scanner_.end_of_short(at, end)) {
        if (place.kept != no_place) keep(place.kept, at, cell_end);
        ++column;
        at = cell_end + 1;
        continue;
      }
    }
    CellEnd cell_end = CellEnd::nothing;
    at = read_cell(column, at, end, cell_end);
    if (cell_end == CellEnd::nothing) return nullptr;
    ++column;
    if (cell_end == CellEnd::line && column < count) return end_early(column, start, at);
    if (cell_end == CellEnd::separator && column == count) return count_rest(column, at, end);
  }
  return at;
}

void CsvDecoder::keep(std::size_t place, Place at, Place end) {
  kept_[place] = {{at, static_cast<std::size_t>(end - at)}, CellForm::plain};
}

// A row that ends before its last column: an empty line, or too few cells.
CsvDecoder::Place CsvDecoder::end_early(std::size_t cells, Place start, Place next) {
  if (cells == 1 && (*start == '\n' || (*start == '\r' && start[1] == '\n'))) {
    is_blank_ = true;
  } else {
    note("", wrong_count(cells, columns_.size()));
  }
  return next;
}

CsvDecoder::Place CsvDecoder::read_cell(std::size_t column, Place at, Place end,
                                        CellEnd& cell_end) {
  if (at == end) return at;
  const CsvCell cell = scanner_.scan(at, end);
  cell_end = cell.end;
  if (cell.end == CellEnd::nothing) {
    unclosed_ = at;
    return at;
  }
  lines_ += cell.lines;
  if (cell.fault != CellFault::none) {
    note(names_[column], std::string(describe(cell.fault)));
  } else {
    use_cell(column, cell);
  }
  return cell.next;
}

void CsvDecoder::use_cell(std::size_t column, const CsvCell& cell) {
  const Column& place = columns_[column];
  if (place.kept != no_place) {
    kept_[place.kept] = {cell.text, cell.is_quoted ? CellForm::quoted : CellForm::plain};
  }
  if (place.item == no_place) return;
  std::string_view text = cell.text;
  if (cell.is_quoted) text = text.substr(1, text.size() - 2);
  const AnswerRange range = layout_.ranges[place.item];
  if (const auto value = slot_value(text, range, missing_)) {
    answers_[place.item] = *value;
  } else {
    note(names_[column], illegal_answer(text, range));
  }
}

// The rest of a row that is too long, only counted.
CsvDecoder::Place CsvDecoder::count_rest(std::size_t cells, Place at, Place end) {
  while (at < end) {
    const CsvCell cell = scanner_.scan(at, end);
    if (cell.end == CellEnd::nothing) {
      unclosed_ = at;
      return nullptr;
    }
    ++cells;
    lines_ += cell.lines;
    at = cell.next;
    if (cell.end == CellEnd::separator) continue;
    note("", wrong_count(cells, columns_.size()));
    return at;
  }
  return nullptr;
}

}  // namespace

std::unique_ptr<RowDecoder> make_csv_decoder(const Questionnaire& questionnaire, std::size_t form,
                                             RowOptions options) {
  return std::make_unique<CsvDecoder>(questionnaire, form, std::move(options));
}

}  // namespace attune::detail
