// SPDX-License-Identifier: MIT
//
// Most cells of most rows are one digit. Four of them with their separators are eight bytes, which
// are read, checked and stored at once; whatever is not of that shape takes the general way, cell
// by cell.
#include <algorithm>
#include <bit>
#include <cstring>
#include <fmt/format.h>

#include "batch/csv_cell.hpp"
#include "batch/row_decoder.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t group_cells = 4;
constexpr int largest_digit = 9;

// What the next four columns have to look like to be read at once, in four lanes of 16 bits: a
// digit in the low byte, its separator in the high one.
struct Group {
  std::uint64_t pattern = 0;  // what takes away '0' and the separators
  std::uint64_t above = 0;    // added to a digit beyond its max, sets the top bit of its lane
  std::uint64_t below = 0;    // added to a digit not below its min, sets the top bit of its lane
  bool is_possible = false;
};

constexpr std::uint64_t every_lane = 0x0001000100010001;
constexpr std::uint64_t top_bits = 0x8000 * every_lane;
constexpr std::uint64_t beyond_digits = 0xFFF0 * every_lane;

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
  void make_groups();
  bool read_group(std::size_t column, Place at);
  Place read_digit(std::size_t column, Place at, Place end);
  Place read_cell(std::size_t column, Place at, Place end, CellEnd& cell_end);
  void use_cell(std::size_t column, const CsvCell& cell);
  Place count_rest(std::size_t cells, Place at, Place end);

  char separator_;
  CsvScanner scanner_;
  std::vector<std::string> names_;
  std::vector<Column> columns_;       // `item` is a slot here
  std::vector<Group> groups_;         // parallel to columns_: the group that starts there
  std::vector<std::uint8_t> digits_;  // parallel to columns_: whether one digit is an answer
};

// The cells of the row at `at`; no place when it is not complete.
struct ScannedHeader {
  std::vector<std::string> names;
  const char* next = nullptr;
  CellFault fault = CellFault::none;
};

ScannedHeader scan_header(const CsvScanner& scanner, const char* at, const char* end) {
  ScannedHeader row;
  while (at < end) {
    const CsvCell cell = scanner.scan(at, end);
    if (cell.fault != CellFault::none) row.fault = cell.fault;
    if (cell.end == CellEnd::nothing) return row;
    row.names.push_back(csv_text(cell.text));
    at = cell.next;
    if (cell.end == CellEnd::line) {
      row.next = at;
      return row;
    }
  }
  return row;
}

Error header_error(std::string message) {
  return {ErrorKind::bad_data,
          std::move(message),
          "",
          {"the first row names the columns; --no-header where there is none"}};
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
      if (at == end) return header_error("is empty");
      return Place{nullptr};
    }
    if (row.fault != CellFault::none) {
      return header_error(fmt::format("first row: {}", describe(row.fault)));
    }
    if (options_.header == HeaderSource::first_row) {
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
  make_groups();
}

void CsvDecoder::make_groups() {
  const auto is_digit = [&](const Column& column) -> std::uint8_t {
    if (column.item == no_place || column.kept != no_place) return 0;
    const AnswerRange range = layout_.ranges[column.item];
    return range.max <= largest_digit && !missing_.any_within(range) ? 1 : 0;
  };
  groups_.resize(columns_.size());
  digits_.resize(columns_.size());
  std::transform(columns_.begin(), columns_.end(), digits_.begin(), is_digit);
  if constexpr (std::endian::native != std::endian::little) return;
  for (std::size_t first = 0; first + group_cells <= columns_.size(); ++first) {
    Group& group = groups_[first];
    group.is_possible = true;
    for (std::size_t i = 0; i < group_cells; ++i) {
      const std::size_t column = first + i;
      if (digits_[column] == 0) {
        group.is_possible = false;
        break;
      }
      const AnswerRange range = layout_.ranges[columns_[column].item];
      const char last = column + 1 == columns_.size() ? '\n' : separator_;
      const std::uint64_t lane = 16 * i;
      group.pattern |= (static_cast<std::uint64_t>(last) << 8 | '0') << lane;
      group.above |= static_cast<std::uint64_t>(0x7FFF - range.max) << lane;
      group.below |= static_cast<std::uint64_t>(0x8000 - range.min) << lane;
    }
  }
}

inline bool CsvDecoder::read_group(std::size_t column, Place at) {
  const Group& group = groups_[column];
  std::uint64_t lanes = 0;
  std::memcpy(&lanes, at, sizeof lanes);
  lanes ^= group.pattern;
  // Within four bits no sum below can carry into the next lane.
  if ((lanes & beyond_digits) != 0) return false;
  const std::uint64_t outside = (lanes + group.above) | ~(lanes + group.below);
  if ((outside & top_bits) != 0) return false;
  lanes += every_lane;
  std::memcpy(&answers_[columns_[column].item], &lanes, sizeof lanes);
  return true;
}

// A cell that is empty or one digit, with what has to stand behind it; null for any other.
inline CsvDecoder::Place CsvDecoder::read_digit(std::size_t column, Place at, Place end) {
  if (end - at < 2) return nullptr;
  const Column& place = columns_[column];
  const char behind = column + 1 == columns_.size() ? '\n' : separator_;
  if (*at == behind) {
    answers_[place.item] = 0;
    return at + 1;
  }
  const int digit = *at - '0';
  const AnswerRange range = layout_.ranges[place.item];
  if (at[1] != behind || digit < range.min || digit > range.max) return nullptr;
  answers_[place.item] = static_cast<std::int16_t>(digit + 1);
  return at + 2;
}

CsvDecoder::Place CsvDecoder::read_row(Place at, Place end) {
  const std::size_t count = columns_.size();
  const Place start = at;
  std::size_t column = 0;
  while (column < count) {
    if (groups_[column].is_possible && end - at >= 8 && read_group(column, at)) {
      column += group_cells;
      at += 8;
      continue;
    }
    if (digits_[column] != 0) {
      if (const Place next = read_digit(column, at, end)) {
        ++column;
        at = next;
        continue;
      }
    }
    CellEnd cell_end = CellEnd::nothing;
    at = read_cell(column, at, end, cell_end);
    if (cell_end == CellEnd::nothing) return nullptr;
    ++column;
    if (cell_end == CellEnd::line && column < count) {
      const bool is_empty = column == 1 && (*start == '\n' || *start == '\r');
      if (is_empty) {
        is_blank_ = true;
      } else {
        note("", fmt::format("{} cells in a row that should have {}", column, count));
      }
      return at;
    }
    if (cell_end == CellEnd::separator && column == count) return count_rest(column, at, end);
  }
  return at;
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
    note("", fmt::format("{} cells in a row that should have {}", cells, columns_.size()));
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

namespace attune {

Result<std::vector<std::string>> parse_header(std::string_view text, RowFormat format) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string closed(text);
  if (!closed.ends_with('\n')) closed += '\n';
  const detail::CsvScanner scanner(format == RowFormat::tsv ? '\t' : ',');
  const detail::ScannedHeader row =
      detail::scan_header(scanner, closed.data(), closed.data() + closed.size());
  if (row.next == nullptr || row.fault != detail::CellFault::none || text.empty()) {
    return Error{ErrorKind::bad_data, "has no row of column names", "", {}};
  }
  return row.names;
}

}  // namespace attune
