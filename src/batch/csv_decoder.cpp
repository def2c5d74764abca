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
// digit in the low byte, its separator in the high one. Without a pattern no text fits.
struct Group {
  std::uint64_t pattern = 0;  // what takes away '0' and the separators
  std::uint64_t above = 0;    // added to a digit beyond its max, sets the top bit of its lane
  std::uint64_t below = 0;    // added to a digit not below its min, sets the top bit of its lane
};

// What a column has to look like to be read as one digit.
struct Digit {
  std::uint16_t slot = 0;
  char lowest = '0';
  std::uint8_t width = 0;  // highest − lowest
  char behind = ',';       // its separator, or the line end
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
  void make_group(std::size_t first);
  Place read_digits(std::size_t& column, Place at, Place end);
  void keep(std::size_t place, Place at, Place end);
  Place end_early(std::size_t cells, Place start, Place next);
  Place read_cell(std::size_t column, Place at, Place end, CellEnd& cell_end);
  void use_cell(std::size_t column, const CsvCell& cell);
  Place count_rest(std::size_t cells, Place at, Place end);

  char separator_;
  CsvScanner scanner_;
  std::vector<std::string> names_;
  std::vector<Column> columns_;  // `item` is a slot here
  std::vector<Group>
      groups_;  // by column, the one behind the last included: the group that starts there
  std::vector<Digit> digits_;  // by column, likewise
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
  groups_.resize(columns_.size() + 1);
  digits_.resize(columns_.size() + 1);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].item == no_place || columns_[i].kept != no_place) continue;
    const AnswerRange range = layout_.ranges[columns_[i].item];
    Digit& digit = digits_[i];
    digit.slot = columns_[i].item;
    digit.lowest = static_cast<char>('0' + range.min);
    digit.width = static_cast<std::uint8_t>(range.max - range.min);
    digit.behind = i + 1 == columns_.size() ? '\n' : separator_;
    digit.is_possible = range.max <= largest_digit && !missing_.any_within(range);
  }
  if constexpr (std::endian::native != std::endian::little) return;
  for (std::size_t first = 0; first + group_cells <= columns_.size(); ++first) make_group(first);
}

void CsvDecoder::make_group(std::size_t first) {
  Group group;
  for (std::size_t i = 0; i < group_cells; ++i) {
    const Digit& digit = digits_[first + i];
    if (!digit.is_possible) return;
    const std::uint64_t lane = 16 * i;
    const auto behind = static_cast<std::uint64_t>(digit.behind);
    const auto min = static_cast<std::uint64_t>(digit.lowest - '0');
    group.pattern |= (behind << 8 | '0') << lane;
    group.above |= (0x7FFF - min - digit.width) << lane;
    group.below |= (0x8000 - min) << lane;
  }
  groups_[first] = group;
}

// Reads four cells into `slots`; false where they are not of the shape of `group`.
inline bool read_group(const Group& group, const char* at, std::int16_t* slots) {
  std::uint64_t lanes = 0;
  std::memcpy(&lanes, at, sizeof lanes);
  lanes ^= group.pattern;
  // Where no lane is beyond four bits, no sum carries into the next one.
  const std::uint64_t outside = (lanes + group.above) | ~(lanes + group.below);
  if (((lanes & beyond_digits) | (outside & top_bits)) != 0) return false;
  lanes += every_lane;
  std::memcpy(slots, &lanes, sizeof lanes);
  return true;
}

// Reads cells that are one digit or empty, from `column` on, as many as there are; `column` is then
// the first that is not.
inline CsvDecoder::Place CsvDecoder::read_digits(std::size_t& column, Place at, Place end) {
  const Digit* digit = digits_.data() + column;
  const Group* group = groups_.data() + column;
  std::int16_t* slot = answers_.data() + digit->slot;
  while (end - at >= 8) {
    if (read_group(*group, at, slot)) {
      digit += group_cells;
      group += group_cells;
      slot += group_cells;
      at += 8;
      continue;
    }
    // Behind the last column stands one that takes no digit.
    if (!digit->is_possible) break;
    const auto value = static_cast<unsigned char>(*at - digit->lowest);
    if (*at == digit->behind) {
      *slot = 0;
      at += 1;
    } else if (at[1] == digit->behind && value <= digit->width) {
      *slot = static_cast<std::int16_t>(*at - '0' + 1);
      at += 2;
    } else {
      break;
    }
    ++digit;
    ++group;
    ++slot;
  }
  column = static_cast<std::size_t>(digit - digits_.data());
  return at;
}

CsvDecoder::Place CsvDecoder::read_row(Place at, Place end) {
  const std::size_t count = columns_.size();
  const Place start = at;
  for (std::size_t column = 0; column < count;) {
    const Column& place = columns_[column];
    if (place.item != no_place) {
      const std::size_t before = column;
      at = read_digits(column, at, end);
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
  if (cells == 1 && (*start == '\n' || *start == '\r')) {
    is_blank_ = true;
  } else {
    note("", fmt::format("{} cells in a row that should have {}", cells, columns_.size()));
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
