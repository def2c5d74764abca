// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/rows.hpp"
#include "attune/text.hpp"

#include "rows/columns.hpp"

namespace attune::rows {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view misplaced_quote = "a quote stands where none may stand";
constexpr std::string_view control_character = "the text has a control character";

// Large enough that system calls cost nothing, small enough to stay in the cache.
constexpr std::size_t block_bytes = std::size_t{256} * 1024;

std::size_t count_line_ends(const char* at, const char* end) {
  return static_cast<std::size_t>(std::count(at, end, '\n'));
}

const char* after_line_end(const char* at, const char* end) {
  const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
  return found == nullptr ? nullptr : static_cast<const char*>(found) + 1;
}

}  // namespace

RowReader::RowReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
                     ReadBytes read_bytes)
    : options_(std::move(options)),
      read_bytes_(std::move(read_bytes)),
      keying_(scoring::keying_of(questionnaire, form, options_.range)),
      answers_(keying_.items.size()),
      kept_(options_.keep.size()),
      row_{answers_, kept_} {
  for (const scoring::Keying::ItemKey& key : keying_.items) {
    item_columns_.push_back(questionnaire.items[key.item].id);
  }
  if (options_.columns) item_columns_ = *options_.columns;
  for (const std::string& code : options_.missing) {
    // Answers are compared without the spaces around them.
    missing_.push_back({std::string(trim(code)), parse_decimal(trim(code))});
  }
  for (int byte = ' '; byte < 0x80; ++byte) is_plain_[static_cast<std::size_t>(byte)] = true;
  for (const char c : {separator_of(options_.format), '"'})
    is_plain_[static_cast<std::size_t>(c)] = false;
}

const Row* RowReader::next() {
  if (columns_.empty()) begin();
  if (!cut_row()) return nullptr;
  ++row_count_;
  take_cells();
  return &row_;
}

void RowReader::begin() {
  if (options_.format == RowFormat::jsonl) {
    // The wanted members are the columns. One may be both an answer and kept.
    const auto add = [&](const std::vector<std::string>& names, auto Column::*use) {
      for (std::size_t i = 0; i < names.size(); ++i) {
        const auto [found, is_new] = places_.try_emplace(names[i], columns_.size());
        if (is_new) columns_.push_back({names[i], {}, {}});
        columns_[found->second].*use = i;
      }
    };
    add(item_columns_, &Column::item);
    add(options_.keep, &Column::kept);
  } else {
    for (std::string& name : first_row_names()) columns_.push_back({std::move(name), {}, {}});
    match_columns();
  }
  for (Column& column : columns_) set_digits(column);
}

std::vector<std::string> RowReader::first_row_names() {
  const auto refuse = [&](std::string message) {
    Error error(ErrorKind::bad_data, std::move(message));
    if (options_.has_header) {
      error.advice.emplace_back("the first row names the columns; --no-header where there is none");
    }
    return error;
  };
  if (!cut_row()) throw refuse("is empty");
  std::vector<std::string> names;
  std::string_view fault = fault_;
  for (const CutCell& cut : cells_) {
    names.push_back(options_.has_header ? text_of(cut.cell) : std::to_string(names.size() + 1));
    // Where it is a row of data, only the number of its cells has to be clear.
    if (options_.has_header || cut.fault == misplaced_quote)
      fault = fault.empty() ? cut.fault : fault;
  }
  if (!fault.empty()) throw refuse(fmt::format("first row: {}", fault));
  if (!options_.has_header) {  // It is read again.
    at_ -= row_bytes_;
    line_ -= row_lines_;
  }
  return names;
}

void RowReader::match_columns() {
  std::vector<std::string> missing;
  std::vector<std::string> repeated;
  const auto match = [&](const std::vector<std::string>& wanted, auto Column::*use) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto is_named = [&](const Column& column) { return column.name == wanted[i]; };
      const auto found = std::ranges::find_if(columns_, is_named);
      if (found == columns_.end()) {
        missing.push_back(wanted[i]);
      } else if (std::any_of(found + 1, columns_.end(), is_named)) {
        repeated.push_back(wanted[i]);
      } else {
        (*found).*use = i;
      }
    }
  };
  match(item_columns_, &Column::item);
  const std::size_t missing_items = missing.size();
  match(options_.keep, &Column::kept);
  if (missing.empty() && repeated.empty()) return;
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name);
  throw column_error(missing, repeated, names, missing_items);
}

void RowReader::set_digits(Column& column) const {
  if (!column.item || column.kept) return;
  const auto [min, max] = keying_.items[*column.item].range;
  const auto is_answer = [min = min, max = max](const MissingCode& code) {
    return code.number && *code.number >= min && *code.number <= max;
  };
  if (max > 9 || std::ranges::any_of(missing_, is_answer)) return;
  column.lowest_digit = static_cast<char>('0' + min);
  column.highest_digit = static_cast<char>('0' + max);
}

// Cuts the next row into cells, reading more where it is not complete. False at the end.
bool RowReader::cut_row() {
  if (block_.empty()) {
    while (end_ < byte_order_mark.size() && fill()) {
    }
    if (std::string_view(block_.data(), end_).starts_with(byte_order_mark))
      at_ = byte_order_mark.size();
  }
  if (std::exchange(is_passing_over_, false)) pass_over();
  while (at_ < end_ || fill()) {
    const char* const at = block_.data() + at_;
    // Nothing behind what can belong to the row is looked at, so that blocks of any size are read
    // in the same way.
    const char* const limit = at + std::min(end_ - at_, max_row_bytes);
    cells_.clear();
    cell_count_ = 0;
    row_lines_ = 1;
    unclosed_ = nullptr;
    fault_ = {};
    std::ranges::fill(answers_, scoring::no_answer);
    const char* after =
        options_.format == RowFormat::jsonl ? cut_json(at, limit) : cut_csv(at, limit);
    if (after == nullptr) {
      if (limit == block_.data() + end_ && !is_at_end_) {
        fill();
        continue;
      }
      after = give_up(at, limit);
    }
    row_bytes_ = static_cast<std::size_t>(after - at);
    at_ += row_bytes_;
    line_ += row_lines_;
    if (cell_count_ > 0 || !fault_.empty()) return true;
  }
  return false;
}

// Reads more behind what is left, and closes a last line that has no line end. False where nothing
// came.
bool RowReader::fill() {
  if (is_at_end_) return false;
  const std::size_t rest = end_ - at_;
  if (rest > 0) std::memmove(block_.data(), block_.data() + at_, rest);
  at_ = 0;
  if (block_.size() < rest + block_bytes) block_.resize(rest + block_bytes);
  end_ = rest + read_bytes_(block_.data() + rest, block_bytes);
  if (end_ > rest) return true;
  is_at_end_ = true;
  if (rest == 0 || block_[rest - 1] == '\n') return false;
  block_[end_++] = '\n';
  return true;
}

// A row that is not complete at its limit is a problem, and reading goes on after it: at the next
// line where a quote is not closed.
const char* RowReader::give_up(const char* at, const char* limit) {
  const char* after = unclosed_ == nullptr ? nullptr : after_line_end(unclosed_, limit);
  fault_ = after == nullptr ? "the row is longer than 1 MiB" : "a quote is not closed";
  is_passing_over_ = after == nullptr;
  if (after == nullptr) after = limit;
  row_lines_ = count_line_ends(at, after);
  return after;
}

// Drops the rest of a row that is too long.
void RowReader::pass_over() {
  do {
    if (const char* next = after_line_end(block_.data() + at_, block_.data() + end_)) {
      at_ = static_cast<std::size_t>(next - block_.data());
      ++line_;
      return;
    }
    at_ = end_;
  } while (fill());
}

// CSV and TSV, quoted as RFC 4180 says. Gives the place behind the row, or null where it is not
// complete.
const char* RowReader::cut_csv(const char* at, const char* end) {
  const char separator = separator_of(options_.format);
  const std::string_view rest(at, static_cast<std::size_t>(end - at));
  const bool is_blank = rest.starts_with('\n') || rest.starts_with("\r\n");
  const std::span<const Column> columns = columns_;
  const std::span<scoring::RawRating> answers = answers_;
  std::size_t place = 0;
  do {
    const Column* const column = place < columns.size() ? &columns[place] : nullptr;
    if (end - at > 1 && (at[1] == separator || at[1] == '\n') && column != nullptr &&
        column->takes(*at)) {
      answers[*column->item] = static_cast<scoring::RawRating>(*at - '0');
      at += 2;
    } else {
      CutCell cut{place, {}, {}};
      const char* const next = cut_cell(at, end, cut);
      if (next == nullptr) {
        unclosed_ = at;
        return nullptr;
      }
      if (cut.cell.form == CellForm::quoted) row_lines_ += count_line_ends(at, next - 1);
      // Of the header every cell is wanted, of a row that is too long none beyond its columns.
      const bool is_wanted =
          column == nullptr ? columns.empty() : column->item || column->kept || !cut.fault.empty();
      if (is_wanted) cells_.push_back(cut);
      at = next;
    }
    ++place;
  } while (at[-1] != '\n');
  cell_count_ = is_blank && columns.size() != 1 ? 0 : place;
  return at;
}

// Cuts the cell at `at`. Gives the place behind its separator or line end; behind a misplaced quote
// the next line, as nothing tells where the cell was meant to end; null where it is not complete.
const char* RowReader::cut_cell(const char* at, const char* end, CutCell& cut) const {
  const char separator = separator_of(options_.format);
  const char* const start = at;
  bool is_open = at < end && *at == '"';
  bool has_high = false;
  for (at += is_open ? 1 : 0; at < end; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (is_plain_[byte]) continue;
    if (byte >= 0x80) {
      has_high = true;
    } else if (is_open && byte == '"') {
      const bool is_doubled = at + 1 < end && at[1] == '"';
      ++at;
      if (is_doubled) continue;
      is_open = false;
      break;
    } else if (!is_open && (*at == separator || byte == '"' || byte == '\n' ||
                            (byte == '\r' && (at + 1 == end || at[1] == '\n')))) {
      break;
    } else if (byte < ' ' && byte != '\t' && !(is_open && (byte == '\n' || byte == '\r'))) {
      cut.fault = control_character;
    }
  }
  cut.cell.text = {start, static_cast<std::size_t>(at - start)};
  cut.cell.form = cut.cell.text.starts_with('"') ? CellForm::quoted : CellForm::plain;
  if (has_high && invalid_utf8(cut.cell.text)) cut.fault = "the text is not valid UTF-8";
  const bool has_return = at < end && *at == '\r';
  if (has_return) ++at;
  if (is_open || at >= end) return nullptr;
  if (*at == '\n' || (*at == separator && !has_return)) return at + 1;
  cut.cell = {};
  cut.fault = misplaced_quote;
  return after_line_end(start, end);
}

const char* RowReader::cut_json(const char* at, const char* end) {
  const char* const next = after_line_end(at, end);
  if (next == nullptr) return nullptr;
  const std::string_view line(at, static_cast<std::size_t>(next - 1 - at));
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return next;
  cell_count_ = columns_.size();
  std::vector<std::string> names;
  const bool is_first = row_count_ == 0;
  if (!cut_json_line(line, places_, cells_, texts_, is_first ? &names : nullptr)) {
    fault_ = "the line is not a JSON object";
  }
  // There is no header, but a first line without any of the items is the wrong file, or has other
  // names for them.
  const auto is_item = [&](const std::string& name) {
    const auto found = places_.find(name);
    return found != places_.end() && columns_[found->second].item;
  };
  if (!names.empty() && std::ranges::none_of(names, is_item)) {
    throw column_error(item_columns_, {}, names, item_columns_.size());
  }
  return next;
}

// Makes the row of its cells, whatever they were cut from.
void RowReader::take_cells() {
  row_.problem = nullptr;
  std::ranges::fill(kept_, Cell{});
  // What is wrong with the whole row makes what is wrong with one of its cells mean little.
  if (!fault_.empty()) note_problem("", std::string(fault_));
  for (const CutCell& cut : cells_) {
    Column& column = columns_[cut.column];
    const bool is_repeated = std::exchange(column.last_row, row_count_) == row_count_;
    if (is_repeated || !cut.fault.empty()) {
      note_problem(column.name, std::string(is_repeated ? "is there more than once" : cut.fault));
      continue;
    }
    if (column.kept) kept_[*column.kept] = cut.cell;
    if (column.item && cut.cell.form != CellForm::none) take_answer(column, cut.cell);
  }
  if (cell_count_ == columns_.size() || row_.problem != nullptr) return;
  note_problem("", fmt::format("{} in a row that should have {}", counted(cell_count_, "cell"),
                               columns_.size()));
}

// Spaces around an answer mean nothing; a whole number may be written with decimals that are zero.
void RowReader::take_answer(const Column& column, const Cell& cell) {
  std::string_view text = cell.text;
  if (cell.form == CellForm::quoted) text = text.substr(1, text.size() - 2);
  scoring::RawRating& taken = answers_[*column.item];
  if (text.size() == 1 && column.takes(text.front())) {
    taken = static_cast<scoring::RawRating>(text.front() - '0');
    return;
  }
  const AnswerRange range = keying_.items[*column.item].range;
  const std::string_view answer = trim(text);
  const auto number = parse_decimal(answer);
  const auto is_code = [&](const MissingCode& code) {
    return code.text == answer || (number && code.number == number);
  };
  if (answer.empty() || std::ranges::any_of(missing_, is_code)) return;
  if (number && *number == std::floor(*number) && *number >= range.min && *number <= range.max) {
    taken = static_cast<scoring::RawRating>(*number);
    return;
  }
  note_problem(column.name, fmt::format("{} is not a whole number from {} to {}",
                                        quoted_for_message(text), range.min, range.max));
}

// Notes why this row can't be read. Only its first problem counts.
void RowReader::note_problem(std::string_view column, std::string message) {
  if (row_.problem != nullptr) return;
  problem_ = {row_count_, line_ - row_lines_, std::string(column), std::move(message)};
  row_.problem = &problem_;
}

std::vector<std::string> RowReader::absent_columns() const {
  std::vector<std::string> absent;
  if (options_.format != RowFormat::jsonl || row_count_ == 0) return absent;
  for (const Column& column : columns_) {
    if (column.last_row == 0) absent.push_back(column.name);
  }
  return absent;
}

}  // namespace attune::rows
