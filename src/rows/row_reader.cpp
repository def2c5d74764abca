// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/rows.hpp"
#include "attune/text.hpp"

#include "rows/answers.hpp"
#include "rows/columns.hpp"
#include "rows/recognise.hpp"

namespace attune::rows {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view misplaced_quote = "unexpected quotation mark";
constexpr std::string_view not_utf8 = "the text is not valid UTF-8";
constexpr std::string_view control_character = "the text has a control character";

// Large enough that system calls cost nothing, small enough to stay in the cache.
constexpr std::size_t block_bytes = std::size_t{256} * 1024;

std::size_t count_line_ends(const char* at, const char* end) {
  return static_cast<std::size_t>(std::count(at, end, '\n'));
}

// Of a cell that ends where none can: nothing tells how many cells its row has.
bool is_torn(const CutCell& cut) {
  return cut.fault == misplaced_quote && cut.cell.form == CellForm::none;
}

// Takes cells of one digit or of nothing where they stand, up to the first other one or the last of
// the row; gives how many.
std::size_t take_digits(const char*& at, const char* end, char separator,
                        std::span<const ColumnDigits> digits, scoring::RawRating* answers) {
  const char* here = at;
  const ColumnDigits* column = digits.data();
  const ColumnDigits* const last = column + digits.size();
  for (; column < last && here < end - 1; ++column) {
    if (here[1] == separator && column->hold(*here)) {
      answers[column->item] = static_cast<scoring::RawRating>(*here - '0');
      here += 2;
    } else if (*here == separator) {
      ++here;
    } else {
      break;
    }
  }
  at = here;
  return static_cast<std::size_t>(column - digits.data());
}

const char* after_line_end(const char* at, const char* end) {
  const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
  return found == nullptr ? nullptr : static_cast<const char*>(found) + 1;
}

// Puts columns that were named into the order of the ids where they are these. Gives what to know
// of them.
std::vector<std::string> put_in_order(std::vector<PickedColumn>& items,
                                      const std::vector<std::string>& ids, bool has_header) {
  std::vector<std::string> names;
  for (const PickedColumn& column : items) names.push_back(column.name);
  if (has_header && looks_like_data(names))
    return {"the first row has numbers instead of names; if it is data, use --no-header"};
  if (order_by_id(items, ids)) {
    return {
        "--columns has the ids of the items in another order; each item got the column of its "
        "name"};
  }
  if (std::string remark = order_remark(items); !remark.empty()) return {std::move(remark)};
  return {};
}

}  // namespace

RowReader::RowReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
                     ReadBytes read_bytes)
    : options_(std::move(options)),
      read_bytes_(std::move(read_bytes)),
      keying_(scoring::keying_of(questionnaire, form, options_.range)),
      no_answers_(keying_.items.size(), scoring::no_answer),
      answers_(no_answers_) {
  for (const scoring::Keying::ItemKey& key : keying_.items) {
    ids_.push_back(questionnaire.items[key.item].id);
    answer_readers_.emplace_back(questionnaire, key, options_);
  }
}

RowReader::~RowReader() = default;

const RowLayout& RowReader::open() {
  if (!columns_.empty()) return layout_;
  find_out_encoding();
  find_out_format();
  std::vector<std::string> names;
  if (layout_.format == RowFormat::jsonl) {
    names = first_members();
  } else if (options_.has_header) {
    names = first_row_names();
    skip_header_rows(names);
  } else {
    layout_.header_rows = 0;
    skip_header_rows({});
    names = numbered_columns();
  }
  match_columns(names);
  for (const Column& column : columns_) digits_.push_back(digits_of(column));
  return layout_;
}

const Row* RowReader::next() {
  open();
  if (!cut_row()) return nullptr;
  ++row_count_;
  take_cells();
  return &row_;
}

// What comes next, at most this many bytes of it, all of them unless the input ends before.
std::string_view RowReader::look_at(std::size_t bytes) {
  while (end_ - at_ < bytes && fill()) {
  }
  return {block_.data() + at_, std::min(bytes, end_ - at_)};
}

void RowReader::find_out_encoding() {
  const std::string_view mark = look_at(2);
  const bool is_big_endian = mark == "\xFE\xFF";
  if (is_big_endian || mark == "\xFF\xFE") {
    std::string first(block_.data() + at_ + 2, end_ - at_ - 2);
    read_bytes_ = decoded_utf16(std::move(read_bytes_), std::move(first), is_big_endian);
    at_ = end_ = 0;
    layout_.encoding = "UTF-16";
  } else if (look_at(byte_order_mark.size()) == byte_order_mark) {
    at_ += byte_order_mark.size();
    layout_.encoding = "UTF-8 with a byte order mark";
  }
  const bool is_zip = look_at(2) == "PK";
  refuse_other_files(look_at(is_zip ? magic_bytes : 16));
}

void RowReader::find_out_format() {
  for (std::size_t bytes = 1; bytes > 0; line_ += bytes > 0 ? 1 : 0) {
    const std::string_view start = look_at(2);
    bytes = start.starts_with('\n') ? 1 : start == "\r\n" ? 2 : 0;
    at_ += bytes;
  }
  const char start = look_at(1).empty() ? '\0' : block_[at_];
  if (options_.format.value_or(RowFormat::jsonl) == RowFormat::jsonl) {
    if (start == '{' || start == '[') refuse_other_json(look_at(64));
    if (options_.format || start == '{') {
      layout_.format = RowFormat::jsonl;
      return;
    }
  }
  // Reading on moves the bytes, also where nothing comes any more.
  const auto beginning = [&] {
    return std::string_view(block_.data() + at_, std::min(end_ - at_, looked_at_bytes));
  };
  FirstRow row = look_at_row(beginning());
  while (!row.is_complete && beginning().size() < looked_at_bytes && fill())
    row = look_at_row(beginning());
  if (!row.is_complete || (is_at_end_ && row.bytes == end_ - at_)) refuse_lone_returns(beginning());
  layout_.separator = row.separator();
  // What Excel reads and writes for those whose commas are decimal.
  const std::string_view line = trim(look_at(row.bytes));
  const std::size_t quote = line.starts_with('"') ? 1 : 0;
  if (line.size() == 5 + 2 * quote && lower_case(line.substr(quote)).starts_with("sep=")) {
    layout_.separator = line[quote + 4];
    at_ += row.bytes;
    ++line_;
  }
  if (options_.format == RowFormat::tsv) layout_.separator = '\t';
  layout_.separator = options_.separator.value_or(layout_.separator);
  layout_.format = layout_.separator == '\t' ? RowFormat::tsv : RowFormat::csv;
  for (int byte = ' '; byte < 0x80; ++byte) is_plain_[static_cast<std::size_t>(byte)] = true;
  for (const char c : {layout_.separator, '"'}) is_plain_[static_cast<unsigned char>(c)] = false;
}

std::vector<std::string> RowReader::first_row_names() {
  const auto refuse = [&](std::string message) {
    const std::string_view row(block_.data() + at_ - row_bytes_, row_bytes_);
    return Error(
        ErrorKind::bad_data, std::move(message), "",
        {row.find("\" \"") == std::string_view::npos
             ? "the first row names the columns; --no-header where there is none"
             : "the cells are separated by blanks, as R's write.table() does it; use write.csv()"});
  };
  if (!cut_row()) throw refuse("is empty");
  std::vector<std::string> names;
  std::string_view fault = fault_;
  for (const CutCell& cut : cells_) {
    names.push_back(text_of(cut.cell));
    // Other faults are of bytes within a name, which perhaps nobody asks for.
    if (is_torn(cut)) fault = cut.fault;
  }
  if (!fault.empty()) throw refuse(fmt::format("first row: {}", fault));
  return names;
}

// Columns are numbered where nothing names them: as many as the first row has in which that is
// clear.
std::vector<std::string> RowReader::numbered_columns() {
  if (!cut_row()) throw Error(ErrorKind::bad_data, "is empty");
  at_ -= row_bytes_;  // It is read again.
  line_ -= row_lines_;
  const auto is_clear = [&] { return fault_.empty() && std::ranges::none_of(cells_, is_torn); };
  const std::string_view rows = is_clear() ? std::string_view() : look_at(looked_at_bytes);
  for (const char* at = rows.data(); at != nullptr && !is_clear();) {
    cells_.clear();
    fault_ = {};
    at = cut_csv(at, rows.data() + rows.size());
    if (at == nullptr) throw Error(ErrorKind::bad_data, "no row at its beginning can be read");
  }
  std::vector<std::string> names;
  while (names.size() < cells_.size()) names.push_back(std::to_string(names.size() + 1));
  return names;
}

// The names of the members of the first line that is an object.
std::vector<std::string> RowReader::first_members() {
  std::vector<std::string> names;
  for (std::size_t at = 0; names.empty() && at < looked_at_bytes;) {
    const char* const start = block_.data() + at_ + at;
    const char* const after = after_line_end(start, block_.data() + end_);
    if (after == nullptr) {
      if (!fill()) break;
      continue;
    }
    const auto bytes = static_cast<std::size_t>(after - start);
    if (!cut_json_line({start, bytes - 1}, places_, cells_, texts_, &names)) names.clear();
    at += bytes;
  }
  return names;
}

// Qualtrics has the questions in the row below the names, and what they are imported from in the
// next.
void RowReader::skip_header_rows(const std::vector<std::string>& names) {
  const auto is_of_qualtrics = [](const std::string& name) {
    return name == "ResponseId" || name == "ResponseID" || name == "StartDate";
  };
  std::size_t count = options_.skip_rows.value_or(0);
  if (!options_.skip_rows && std::ranges::any_of(names, is_of_qualtrics)) {
    std::string_view rows = look_at(looked_at_bytes);
    for (std::size_t i = 1; i <= 2 && count == 0; ++i) {
      const std::string_view row = rows.substr(0, look_at_row(rows).bytes);
      const std::string_view start = row.substr(row.starts_with('"') ? 1 : 0);
      if (start.starts_with("{\"ImportId\"") || start.starts_with("{\"\"ImportId\"\"")) count = i;
      rows.remove_prefix(row.size());
    }
  }
  layout_.header_rows += count;
  for (; count > 0 && cut_row(); --count) {
  }
}

void RowReader::match_columns(const std::vector<std::string>& names) {
  const auto picked = [&](const char* option, const auto& parts, const auto& ids) {
    try {
      return pick_columns(parts, names, ids);
    } catch (Error& error) {
      error.place = option;
      throw;
    }
  };
  std::vector<PickedColumn> items;
  for (const std::string& id : ids_) items.push_back({id, {}});
  if (options_.columns) items = picked("--columns", *options_.columns, ids_);
  if (items.size() != ids_.size()) {
    throw Error(
        ErrorKind::usage,
        fmt::format("{} for {}", counted(items.size(), "column"), counted(ids_.size(), "item")),
        "--columns",
        {fmt::format("name one for each item, from '{}' to '{}'", ids_.front(), ids_.back())});
  }
  if (options_.columns) layout_.remarks = put_in_order(items, ids_, options_.has_header);
  const std::vector<PickedColumn> kept =
      picked("--keep", options_.keep, std::vector<std::string>());
  const bool is_json = layout_.format == RowFormat::jsonl;
  if (!is_json) {
    for (const std::string& name : names) columns_.push_back({name, {}, {}});
  }
  std::vector<std::string> missing;
  std::vector<std::string> repeated;
  const auto match = [&](const std::vector<PickedColumn>& wanted, auto Column::*use,
                         std::vector<std::string>& used) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::string& name = wanted[i].name;
      used.push_back(name);
      const auto is_named = [&](const Column& column) { return column.name == name; };
      auto found = std::ranges::find_if(columns_, is_named);
      if (wanted[i].place && !is_json) {
        found = columns_.begin() + static_cast<std::ptrdiff_t>(*wanted[i].place);
      } else if (found == columns_.end() && is_json) {
        // The wanted members are the columns. One may be both an answer and kept.
        places_.emplace(name, columns_.size());
        found = columns_.insert(found, {name, {}, {}});
      } else if (found == columns_.end()) {
        missing.push_back(name);
        continue;
      } else if (std::any_of(found + 1, columns_.end(), is_named)) {
        repeated.push_back(name);
      }
      (*found).*use = i;
    }
  };
  match(items, &Column::item, layout_.item_columns);
  // There is no header, but a first line without any of the items is the wrong file, or has other
  // names for them.
  if (is_json && !names.empty() &&
      std::ranges::none_of(names, [&](const auto& name) { return places_.contains(name); })) {
    missing = layout_.item_columns;
  }
  const std::size_t wanted_items = missing.empty() ? 0 : items.size();
  match(kept, &Column::kept, layout_.keep);
  if (!missing.empty() || !repeated.empty()) {
    columns_.clear();
    throw column_error(missing, repeated, names, wanted_items);
  }
  for (const std::string& name : layout_.keep) {
    if (!invalid_utf8(name)) continue;
    throw Error(ErrorKind::bad_data, fmt::format("the name '{}' is not valid UTF-8", escape(name)),
                "", {std::string(latin_1_advice)});
  }
  kept_.resize(kept.size());
  row_.answers = answers_;
  row_.kept = kept_;
}

ColumnDigits RowReader::digits_of(const Column& column) const {
  if (!column.item || column.kept) return {};
  const auto [lowest, count] = answer_readers_[*column.item].digits();
  return {lowest, count, static_cast<std::uint16_t>(*column.item)};
}

// Cuts the next row into cells, reading more where it is not complete. False at the end.
bool RowReader::cut_row() {
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
    answers_ = no_answers_;
    const char* after =
        layout_.format == RowFormat::jsonl ? cut_json(at, limit) : cut_csv(at, limit);
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
  const char separator = layout_.separator;
  const std::string_view rest(at, static_cast<std::size_t>(end - at));
  const bool is_blank = rest.starts_with('\n') || rest.starts_with("\r\n");
  const std::span<const Column> columns = columns_;
  const std::span<const ColumnDigits> digits = digits_;
  const std::span<scoring::RawRating> answers = answers_;
  std::size_t place = 0;
  std::size_t filled = 0;  // up to the last cell that is not empty, where all are counted
  do {
    if (place < digits.size())
      place += take_digits(at, end, separator, digits.subspan(place), answers.data());
    if (place < digits.size() && end - at > 1 && at[1] == '\n' && digits[place].hold(*at)) {
      answers[digits[place].item] = static_cast<scoring::RawRating>(*at - '0');
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
      const bool is_wanted = place < columns.size()
                                 ? columns[place].item || columns[place].kept || !cut.fault.empty()
                                 : columns.empty();
      if (is_wanted) cells_.push_back(cut);
      at = next;
      if (!cut.cell.text.empty() || !cut.fault.empty()) filled = place + 1;
    }
    ++place;
  } while (at[-1] != '\n');
  // Separators at the end of a row mean nothing.
  if (!columns.empty() && place > columns.size()) place = std::max(filled, columns.size());
  cell_count_ = is_blank && columns.size() != 1 ? 0 : place;
  return at;
}

// Cuts the cell at `at`. Gives the place behind its separator or line end; where something follows
// a closing quote the next line, as nothing tells where the cell was meant to end; null where it is
// not complete.
const char* RowReader::cut_cell(const char* at, const char* end, CutCell& cut) const {
  const char separator = layout_.separator;
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
    } else if (!is_open && (*at == separator || byte == '\n' ||
                            (byte == '\r' && (at + 1 == end || at[1] == '\n')))) {
      break;
    } else if (byte == '"') {
      cut.fault = misplaced_quote;
    } else if (byte < ' ' && byte != '\t' && !(is_open && (byte == '\n' || byte == '\r'))) {
      cut.fault = control_character;
    }
  }
  cut.cell.text = {start, static_cast<std::size_t>(at - start)};
  cut.cell.form = cut.cell.text.starts_with('"') ? CellForm::quoted : CellForm::plain;
  if (has_high && invalid_utf8(cut.cell.text)) cut.fault = not_utf8;
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
  if (!cut_json_line(line, places_, cells_, texts_, nullptr))
    fault_ = "the line is not a JSON object";
  return next;
}

// Makes the row of its cells, whatever they were cut from.
void RowReader::take_cells() {
  row_.problem = nullptr;
  std::ranges::fill(kept_, Cell{});
  // What is wrong with the whole row makes what is wrong with one of its cells mean little.
  if (!fault_.empty()) note_problem("", std::string(fault_));
  if (cell_count_ != columns_.size() &&
      std::ranges::all_of(cells_, &std::string_view::empty, &CutCell::fault)) {
    note_problem("",
                 fmt::format("{} in a row that should have {}", counted(cell_count_, "cell"),
                             columns_.size()),
                 cell_count_ == columns_.size() + 1
                     ? "one cell too many is typical of R's write.table(), which names no column "
                       "for the names of rows; write.csv() does"
                     : "");
  }
  for (const CutCell& cut : cells_) {
    Column& column = columns_[cut.column];
    if (!column.item && !column.kept && cut.cell.form != CellForm::none) {
      if (remark_.rows++ == 0)
        remark_.first = {row_count_, line_ - row_lines_, column.name, std::string(cut.fault)};
      continue;
    }
    const bool is_repeated = std::exchange(column.last_row, row_count_) == row_count_;
    if (is_repeated || !cut.fault.empty()) {
      note_problem(column.name, std::string(is_repeated ? "is there more than once" : cut.fault),
                   std::string(cut.fault == not_utf8 ? latin_1_advice : ""));
      continue;
    }
    if (column.kept) kept_[*column.kept] = cut.cell;
    if (column.item && cut.cell.form != CellForm::none) take_answer(column, cut.cell);
  }
}

void RowReader::take_answer(const Column& column, const Cell& cell) {
  std::string_view text = cell.text;
  if (cell.form == CellForm::quoted) text = text.substr(1, text.size() - 2);
  scoring::RawRating& taken = answers_[*column.item];
  const auto place = static_cast<std::size_t>(&column - columns_.data());
  if (text.size() == 1 && digits_[place].hold(text.front())) {
    taken = static_cast<scoring::RawRating>(text.front() - '0');
    return;
  }
  const AnswerReader& reader = answer_readers_[*column.item];
  if (const auto answer = reader.read(text, layout_.separator)) {
    taken = *answer;
  } else if (row_.problem == nullptr) {
    auto [message, advice] = reader.problem(text, layout_.separator);
    note_problem(column.name, std::move(message), std::move(advice));
  }
}

// Notes why this row can't be read. Only its first problem counts.
void RowReader::note_problem(std::string_view column, std::string message, std::string advice) {
  if (row_.problem != nullptr) return;
  problem_ = {row_count_, line_ - row_lines_, std::string(column), std::move(message),
              std::move(advice)};
  row_.problem = &problem_;
}

std::vector<std::string> RowReader::absent_columns() const {
  std::vector<std::string> absent;
  if (layout_.format != RowFormat::jsonl || row_count_ == 0) return absent;
  for (const Column& column : columns_) {
    if (column.last_row == 0) absent.push_back(column.name);
  }
  return absent;
}

}  // namespace attune::rows
