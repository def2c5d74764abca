// SPDX-License-Identifier: MIT
#include "batch/row_decoder.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace attune::detail {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

const char* after_line_end(const char* at, const char* end) {
  const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
  return found == nullptr ? nullptr : static_cast<const char*>(found) + 1;
}

// The end of what can belong to the row at `at`. Nothing behind it is looked at, so that blocks of
// any size are read in the same way.
const char* row_limit(const char* at, const char* end) {
  constexpr auto longest = static_cast<std::ptrdiff_t>(max_row_bytes);
  return end - at > longest ? at + longest : end;
}

const char* skip_blank_lines(const char* at, const char* end) {
  while (at < end) {
    const char* const line_end = *at == '\r' && at + 1 < end ? at + 1 : at;
    if (*line_end != '\n') break;
    at = line_end + 1;
  }
  return at;
}

}  // namespace

RowDecoder::RowDecoder(const Questionnaire& questionnaire, std::size_t form, RowOptions options)
    : options_(std::move(options)),
      missing_(options_.missing),
      items_(scored_items(questionnaire, form)),
      ranges_(answer_ranges(questionnaire, items_, options_.range)) {
  wanted_ = wanted_columns(questionnaire, items_, options_);
  layout_.kept = options_.keep;
  layout_.format = options_.format;
  answers_.resize((items_.size() + slot_padding - 1) / slot_padding * slot_padding);
  kept_.resize(layout_.kept.size());
}

void RowDecoder::begin_rows(const std::vector<std::size_t>& order) {
  for (const std::size_t place : order) {
    layout_.items.push_back(items_[place]);
    layout_.ranges.push_back(ranges_[place]);
  }
}

void RowDecoder::note(std::string_view column, std::string message) {
  if (has_problem_) return;
  has_problem_ = true;
  problem_.column = column;
  problem_.message = std::move(message);
}

Result<std::size_t> RowDecoder::read(std::string_view bytes, InputEnd ending, RowSink& sink) {
  // A place that is null would stand for a row that is not complete.
  if (bytes.empty()) bytes = "";
  if (ending == InputEnd::last && !bytes.empty() && !bytes.ends_with('\n')) {
    // A last line without a line end is read like one with it.
    const std::string closed = std::string(bytes) + '\n';
    Result<std::size_t> used = read_closed(closed, ending, sink);
    if (!used) return used;
    return bytes.size();
  }
  return read_closed(bytes, ending, sink);
}

Result<std::size_t> RowDecoder::read_closed(std::string_view bytes, InputEnd ending,
                                            RowSink& sink) {
  Place at = bytes.data();
  const Place end = at + bytes.size();
  if (!has_begun_) {
    if (is_at_start_) {
      if (bytes.size() < byte_order_mark.size() && ending == InputEnd::more) return std::size_t{0};
      if (bytes.starts_with(byte_order_mark)) at += byte_order_mark.size();
      is_at_start_ = false;
    }
    if (options_.header != HeaderSource::given) at = pass_over_blank_lines(at, end);
    const Result<Place> first_row = begin(at, end, ending);
    if (!first_row) return first_row.error();
    if (*first_row == nullptr) return static_cast<std::size_t>(at - bytes.data());
    sink.begin(layout_);
    has_begun_ = true;
    at = *first_row;
  }
  at = read_rows(at, end, ending, sink);
  return static_cast<std::size_t>(at - bytes.data());
}

RowDecoder::Place RowDecoder::pass_over_blank_lines(Place at, Place end) {
  const Place behind = skip_blank_lines(at, end);
  line_ += static_cast<std::size_t>(std::count(at, behind, '\n'));
  return behind;
}

Result<RowDecoder::Place> RowDecoder::begin(Place at, Place end, InputEnd ending) {
  if (at == end && ending == InputEnd::more) return Place{nullptr};
  const Place limit = row_limit(at, end);
  Result<Place> header = read_header(at, limit);
  if (!header || *header != nullptr) {
    if (header) line_ += static_cast<std::size_t>(std::count(at, *header, '\n'));
    return header;
  }
  if (limit < end) {
    return Error{ErrorKind::bad_data, "the first row is longer than 1 MiB", "", {}};
  }
  if (ending == InputEnd::more) return header;
  return Error{ErrorKind::bad_data, "a quote in the first row is not closed", "", {}};
}

RowDecoder::Place RowDecoder::read_rows(Place at, Place end, InputEnd ending, RowSink& sink) {
  while (at < end && !has_stopped()) {
    if (is_passing_over_) {
      const Place next = after_line_end(at, end);
      if (next == nullptr) return end;
      is_passing_over_ = false;
      ++line_;
      at = next;
      continue;
    }
    lines_ = 1;
    is_blank_ = false;
    unclosed_ = nullptr;
    std::fill(kept_.begin(), kept_.end(), KeptCell{});
    const Place limit = row_limit(at, end);
    Place next = read_row(at, limit);
    if (next == nullptr) next = give_up(at, limit, limit < end ? InputEnd::last : ending);
    if (next == nullptr) return at;
    at = next;
    if (!is_blank_) finish_row(sink);
    line_ += lines_;
  }
  return at;
}

// What becomes of a row that is not complete at `end`: it waits for more bytes (null), or it is a
// problem and reading goes on after it.
RowDecoder::Place RowDecoder::give_up(Place at, Place end, InputEnd ending) {
  if (ending == InputEnd::more) {
    has_problem_ = false;  // Noted again when the whole row is there.
    return nullptr;
  }
  if (unclosed_ != nullptr) {
    if (const Place next = after_line_end(unclosed_, end)) {
      note("", "a quote is not closed");
      lines_ = static_cast<std::size_t>(std::count(at, next, '\n'));
      return next;
    }
  }
  note("", "the row is longer than 1 MiB");
  is_passing_over_ = true;
  lines_ = static_cast<std::size_t>(std::count(at, end, '\n'));
  return end;
}

void RowDecoder::finish_row(RowSink& sink) {
  Row row;
  row.number = ++row_count_;
  row.answers = answers_;
  row.kept = kept_;
  if (has_problem_) {
    problem_.row = row_count_;
    problem_.line = line_;
    ++problem_count_;
    if (problems_.size() < shown_problems) problems_.push_back(problem_);
    row.problem = &problem_;
    has_problem_ = false;
  }
  if (!has_stopped()) sink.take(row);
}

}  // namespace attune::detail
