// SPDX-License-Identifier: MIT
//
// CSV and TSV, quoted as RFC 4180 says.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

#include "rows/columns.hpp"

namespace attune::rows {
namespace {

constexpr int largest_digit = 9;

// What stands behind a cell; `nothing` where the bytes end first: the row is not complete.
enum class CellEnd : std::uint8_t { separator, line, nothing };

struct CsvCell {
  std::string_view text;       // with its quotes
  const char* next = nullptr;  // behind the separator or line end
  CellEnd end = CellEnd::nothing;
  std::string_view fault;  // what is wrong with it, in words
  bool is_quoted = false;
  std::size_t lines = 0;  // line ends within the quotes
};

constexpr std::string_view misplaced_quote = "a quote stands where none may stand";
constexpr std::string_view not_utf8 = "the text is not valid UTF-8";
constexpr std::string_view control_character = "the text has a control character";

// Finds where cells end.
class CsvScanner {
 public:
  explicit CsvScanner(char separator);

  // The cell that starts at `at`. Precondition: at < end. Behind a misplaced quote `next` is the
  // start of the next line, as nothing tells where the cell was meant to end.
  [[nodiscard]] CsvCell scan(const char* at, const char* end) const;

 private:
  // What a byte means.
  enum Kind : std::uint8_t { plain, separator, line_feed, carriage_return, quote, high, control };

  [[nodiscard]] Kind kind(const char* at) const { return kinds_[static_cast<unsigned char>(*at)]; }
  const char* pass_plain(CsvCell& cell, const char* at, const char* end, bool& has_high) const;
  const char* pass_quoted(CsvCell& cell, const char* at, const char* end, bool& has_high) const;

  std::array<Kind, 256> kinds_{};
};

CsvScanner::CsvScanner(char separating) {
  for (std::size_t byte = 0; byte < kinds_.size(); ++byte) {
    kinds_[byte] = byte < 0x20 ? control : byte < 0x80 ? plain : high;
  }
  kinds_['\t'] = plain;
  kinds_['\n'] = line_feed;
  kinds_['\r'] = carriage_return;
  kinds_['"'] = quote;
  kinds_[static_cast<unsigned char>(separating)] = separator;
}

// The end of a cell without quotes: its separator or line end, or a quote that may not be there.
const char* CsvScanner::pass_plain(CsvCell& cell, const char* at, const char* end,
                                   bool& has_high) const {
  for (; at < end; ++at) {
    const Kind own = kind(at);
    if (own == plain) continue;
    if (own == high) {
      has_high = true;
    } else if (own == control || (own == carriage_return && at + 1 < end && at[1] != '\n')) {
      cell.fault = control_character;
    } else {
      break;
    }
  }
  return at;
}

// The place behind the quote that closes the cell, or `end`.
const char* CsvScanner::pass_quoted(CsvCell& cell, const char* at, const char* end,
                                    bool& has_high) const {
  for (++at; at < end; ++at) {
    const Kind own = kind(at);
    if (own == quote) {
      if (at + 1 == end || at[1] != '"') return at + 1;
      ++at;
    } else if (own == high) {
      has_high = true;
    } else if (own == control) {
      cell.fault = control_character;
    } else if (own == line_feed) {
      ++cell.lines;
    }
  }
  return end;
}

CsvCell CsvScanner::scan(const char* at, const char* end) const {
  CsvCell cell;
  bool has_high = false;
  const char* const start = at;
  cell.is_quoted = *at == '"';
  at = cell.is_quoted ? pass_quoted(cell, at, end, has_high) : pass_plain(cell, at, end, has_high);
  cell.text = {start, static_cast<std::size_t>(at - start)};
  if (has_high && invalid_utf8(cell.text)) cell.fault = not_utf8;
  const bool has_return = at < end && *at == '\r';
  if (has_return) ++at;
  if (at == end) return cell;
  if (*at == '\n' || (kind(at) == separator && !has_return)) {
    cell.end = *at == '\n' ? CellEnd::line : CellEnd::separator;
    cell.next = at + 1;
    return cell;
  }
  const void* line_end = std::memchr(start, '\n', static_cast<std::size_t>(end - start));
  cell.fault = misplaced_quote;
  cell.end = line_end == nullptr ? CellEnd::nothing : CellEnd::line;
  cell.next = line_end == nullptr ? end : static_cast<const char*>(line_end) + 1;
  cell.text = {};
  cell.lines = 0;
  return cell;
}

// The text of a cell without its quotes.
std::string csv_cell_text(const CsvCell& cell) {
  if (!cell.is_quoted || cell.text.empty()) return std::string(cell.text);
  std::string out;
  for (std::size_t i = 1; i + 1 < cell.text.size(); ++i) {
    out += cell.text[i];
    if (cell.text[i] == '"') ++i;
  }
  return out;
}

char separator_of(RowFormat format) { return format == RowFormat::tsv ? '\t' : ','; }

// The cells of the first row.
struct CsvHeader {
  std::vector<std::string> names;
  const char* next = nullptr;  // behind the row; null when it is not complete
  std::string_view fault;
};

CsvHeader scan_csv_header(const CsvScanner& scanner, const char* at, const char* end) {
  CsvHeader row;
  while (at < end) {
    const CsvCell cell = scanner.scan(at, end);
    if (!cell.fault.empty()) row.fault = cell.fault;
    if (cell.end == CellEnd::nothing) return row;
    row.names.push_back(csv_cell_text(cell));
    at = cell.next;
    if (cell.end == CellEnd::separator) continue;
    row.next = at;
    return row;
  }
  return row;
}

class CsvReader final : public RowReader {
 public:
  CsvReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
            ReadBytes read_bytes)
      : RowReader(questionnaire, form, std::move(options), std::move(read_bytes)),
        scanner_(separator_of(options_.format)) {}

 private:
  // Most cells of most rows are one digit, which is taken where it stands: it is an answer when
  // `behind` follows and it is `lowest` or up to `width` above it. In other columns none is.
  struct DigitCell {
    char lowest = 0;
    std::uint8_t width = 0;
    char behind = 0;
    std::uint16_t item = 0;
  };

  Place read_header(Place at, Place end) override;
  Place read_row(Place at, Place end) override;
  void lay_out(std::vector<RowColumn> columns);
  [[nodiscard]] Error header_error(std::string message) const;
  void use_cell(std::size_t column, const CsvCell& cell);
  Place end_early(std::size_t cells, Place start, Place next);
  Place count_rest(Place at, Place end);
  void note_count(std::size_t cells);

  CsvScanner scanner_;
  std::vector<std::string> names_;
  std::vector<RowColumn> columns_;
  std::vector<DigitCell> digits_;  // by column, and behind the last one that takes none
};

Error CsvReader::header_error(std::string message) const {
  Error error{ErrorKind::bad_data, std::move(message), "", {}};
  if (options_.header == HeaderSource::first_row) {
    error.advice.emplace_back("the first row names the columns; --no-header where there is none");
  }
  return error;
}

RowReader::Place CsvReader::read_header(Place at, Place end) {
  Place next = at;
  if (options_.header == HeaderSource::given) {
    names_ = options_.header_names;
  } else {
    CsvHeader row = scan_csv_header(scanner_, at, end);
    if (at == end) throw header_error("is empty");
    if (row.next == nullptr) return nullptr;
    // Where it is a row of data, only the number of its cells has to be clear.
    const bool is_data = options_.header == HeaderSource::numbers;
    if (row.fault == misplaced_quote || (!row.fault.empty() && !is_data)) {
      throw header_error(fmt::format("first row: {}", row.fault));
    }
    names_ = std::move(row.names);
    if (is_data) {
      for (std::size_t i = 0; i < names_.size(); ++i) names_[i] = std::to_string(i + 1);
    } else {
      next = row.next;
    }
  }
  lay_out(match_columns(names_, item_columns_, options_.keep));
  return next;
}

void CsvReader::lay_out(std::vector<RowColumn> columns) {
  columns_ = std::move(columns);
  digits_.resize(columns_.size() + 1);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const RowColumn& column = columns_[i];
    if (!column.item || column.kept) continue;
    const AnswerRange range = keying_.ranges[*column.item];
    if (range.max > largest_digit || missing_.any_within(range)) continue;
    const bool is_last = i + 1 == columns_.size();
    digits_[i] = {
        static_cast<char>('0' + range.min), static_cast<std::uint8_t>(range.max - range.min),
        is_last ? '\n' : separator_of(options_.format), static_cast<std::uint16_t>(*column.item)};
  }
}

RowReader::Place CsvReader::read_row(Place at, Place end) {
  const Place start = at;
  const std::size_t count = columns_.size();
  scoring::RawRating* const answers = answers_.data();
  for (std::size_t i = 0; i < count; ++i) {
    const DigitCell* digit = &digits_[i];
    while (end - at > 1 && at[1] == digit->behind &&
           static_cast<std::uint8_t>(*at - digit->lowest) <= digit->width) {
      answers[digit->item] = static_cast<scoring::RawRating>(*at - '0');
      at += 2;
      ++digit;
    }
    i = static_cast<std::size_t>(digit - digits_.data());
    if (i == count) break;
    if (at == end) return nullptr;
    const CsvCell cell = scanner_.scan(at, end);
    if (cell.end == CellEnd::nothing) {
      unclosed_ = at;
      return nullptr;
    }
    use_cell(i, cell);
    at = cell.next;
    if (cell.end == CellEnd::line && i + 1 < count) return end_early(i + 1, start, at);
    if (cell.end == CellEnd::separator && i + 1 == count) return count_rest(at, end);
  }
  return at;
}

void CsvReader::use_cell(std::size_t column, const CsvCell& cell) {
  const RowColumn& use = columns_[column];
  lines_ += cell.lines;
  if (!cell.fault.empty()) {
    note_problem(names_[column], std::string(cell.fault));
    return;
  }
  if (use.kept) kept_[*use.kept] = {cell.text, cell.is_quoted ? CellForm::quoted : CellForm::plain};
  if (!use.item) return;
  std::string_view text = cell.text;
  if (cell.is_quoted) text = text.substr(1, text.size() - 2);
  take_answer(*use.item, names_[column], text);
}

// A row that ends before its last column: an empty line, or too few cells.
RowReader::Place CsvReader::end_early(std::size_t cells, Place start, Place next) {
  is_blank_ = *start == '\n' || (*start == '\r' && start[1] == '\n');
  if (!is_blank_) note_count(cells);
  return next;
}

// The rest of a row that is too long, only counted.
RowReader::Place CsvReader::count_rest(Place at, Place end) {
  for (std::size_t cells = columns_.size() + 1; at < end; ++cells) {
    const CsvCell cell = scanner_.scan(at, end);
    if (cell.end == CellEnd::nothing) {
      unclosed_ = at;
      return nullptr;
    }
    lines_ += cell.lines;
    at = cell.next;
    if (cell.end == CellEnd::separator) continue;
    note_count(cells);
    return at;
  }
  return nullptr;
}

void CsvReader::note_count(std::size_t cells) {
  note_problem("", fmt::format("{} {} in a row that should have {}", cells,
                               cells == 1 ? "cell" : "cells", columns_.size()));
}

}  // namespace

std::unique_ptr<RowReader> open_csv_rows(const Questionnaire& questionnaire, std::size_t form,
                                         RowOptions options, ReadBytes read_bytes) {
  return std::make_unique<CsvReader>(questionnaire, form, std::move(options),
                                     std::move(read_bytes));
}

std::vector<std::string> parse_header(std::string_view text, RowFormat format) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.size(), text.find_first_not_of("\r\n")));
  std::string closed(text);
  if (!closed.ends_with('\n')) closed += '\n';
  CsvHeader row = scan_csv_header(CsvScanner(separator_of(format)), closed.data(),
                                  closed.data() + closed.size());
  if (row.next == nullptr || !row.fault.empty() || text.empty()) {
    throw Error{ErrorKind::bad_data, "has no row of column names", "", {}};
  }
  return std::move(row.names);
}

}  // namespace attune::rows
