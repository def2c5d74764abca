// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <utility>

#include "attune/rows.hpp"

#include "rows/columns.hpp"

namespace attune::rows {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

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
      keying_(scoring::keying_of(questionnaire, form, options_.range)),
      missing_(options_.missing),
      answers_(keying_.items.size(), scoring::no_answer),
      kept_(options_.keep.size()),
      read_bytes_(std::move(read_bytes)) {
  row_.answers = answers_;
  row_.kept = kept_;
  for (const scoring::Keying::ItemKey& key : keying_.items) {
    item_columns_.push_back(questionnaire.items[key.item].id);
  }
  if (options_.columns) item_columns_ = *options_.columns;
}

void RowReader::note_problem(std::string_view column, std::string message) {
  if (has_problem_) return;
  has_problem_ = true;
  problem_.column = column;
  problem_.message = std::move(message);
}

void RowReader::take_answer(std::size_t item, std::string_view column, std::string_view text) {
  const AnswerRange range = keying_.ranges[item];
  if (const auto answer = parse_raw_rating(text, range, missing_)) {
    answers_[item] = *answer;
  } else {
    note_problem(column, illegal_answer(text, range));
  }
}

const Row* RowReader::next() {
  if (!has_begun_) begin();
  while (at_ < end_ || fill()) {
    if (is_passing_over_) {
      pass_over();
      continue;
    }
    lines_ = 1;
    is_blank_ = false;
    unclosed_ = nullptr;
    std::fill(kept_.begin(), kept_.end(), KeptCell{});
    const Place at = block_.data() + at_;
    const Place limit = row_limit();
    Place after = read_row(at, limit);
    if (after == nullptr) {
      const bool may_go_on = limit == block_.data() + end_ && !is_at_end_;
      if (may_go_on) {
        fill();
        has_problem_ = false;  // Noted again when the whole row is there.
        continue;
      }
      after = give_up(at, limit);
    }
    at_ += static_cast<std::size_t>(after - at);
    if (!is_blank_) return finish_row();
    line_ += lines_;
  }
  return nullptr;
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

// The end of what can belong to the row. Nothing behind it is looked at, so that blocks of any size
// are read in the same way.
RowReader::Place RowReader::row_limit() const {
  return block_.data() + std::min(end_, at_ + max_row_bytes);
}

void RowReader::begin() {
  has_begun_ = true;
  while (end_ - at_ < byte_order_mark.size() && fill()) {
  }
  if (std::string_view(block_.data() + at_, end_ - at_).starts_with(byte_order_mark)) {
    at_ += byte_order_mark.size();
  }
  if (options_.header != HeaderSource::given) skip_blank_lines();
  while (true) {
    const Place at = block_.data() + at_;
    const Place limit = row_limit();
    if (const Place after = read_header(at, limit)) {
      line_ += count_line_ends(at, after);
      at_ += static_cast<std::size_t>(after - at);
      return;
    }
    if (limit < block_.data() + end_) {
      throw Error{ErrorKind::bad_data, "the first row is longer than 1 MiB", "", {}};
    }
    if (!fill()) throw Error{ErrorKind::bad_data, "a quote in the first row is not closed", "", {}};
  }
}

void RowReader::skip_blank_lines() {
  while (at_ < end_ || fill()) {
    if (block_[at_] == '\r' && at_ + 1 == end_ && fill()) continue;
    const std::size_t line_end = block_[at_] == '\r' && at_ + 1 < end_ ? at_ + 1 : at_;
    if (block_[line_end] != '\n') return;
    at_ = line_end + 1;
    ++line_;
  }
}

// A row that is not complete at its limit is a problem, and reading goes on after it.
RowReader::Place RowReader::give_up(Place at, Place limit) {
  const bool is_too_long = limit < block_.data() + end_;
  if (unclosed_ != nullptr) {
    if (const Place next = after_line_end(unclosed_, limit)) {
      note_problem("", "a quote is not closed");
      lines_ = count_line_ends(at, next);
      return next;
    }
  }
  note_problem("", "the row is longer than 1 MiB");
  is_passing_over_ = is_too_long;
  lines_ = count_line_ends(at, limit);
  return limit;
}

void RowReader::pass_over() {
  const Place next = after_line_end(block_.data() + at_, block_.data() + end_);
  is_passing_over_ = next == nullptr;
  at_ = next == nullptr ? end_ : static_cast<std::size_t>(next - block_.data());
  if (next != nullptr) ++line_;
}

const Row* RowReader::finish_row() {
  ++row_count_;
  problem_.row = row_count_;
  problem_.line = std::exchange(line_, line_ + lines_);
  row_.problem = std::exchange(has_problem_, false) ? &problem_ : nullptr;
  return &row_;
}

std::unique_ptr<RowReader> open_rows(const Questionnaire& questionnaire, std::size_t form,
                                     RowOptions options, ReadBytes read_bytes) {
  const auto open = options.format == RowFormat::jsonl ? open_json_rows : open_csv_rows;
  return open(questionnaire, form, std::move(options), std::move(read_bytes));
}

}  // namespace attune::rows
