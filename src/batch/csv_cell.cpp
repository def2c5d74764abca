// SPDX-License-Identifier: MIT
#include "batch/csv_cell.hpp"

#include <cstring>

#include "attune/text.hpp"

#include "batch/words.hpp"

namespace attune::detail {
namespace {

// What a byte means to the scanner.
enum Kind : std::uint8_t { plain, separator, line_feed, carriage_return, quote, high, control };

// A quote at the wrong place can be told, but not where the cell was meant to end.
void give_up(CsvCell& cell, const char* start, const char* end) {
  cell.fault = CellFault::quoting;
  const void* line_end = std::memchr(start, '\n', static_cast<std::size_t>(end - start));
  cell.end = line_end == nullptr ? CellEnd::nothing : CellEnd::line;
  cell.next = line_end == nullptr ? end : static_cast<const char*>(line_end) + 1;
  cell.text = {};
  cell.lines = 0;
}

}  // namespace

CsvScanner::CsvScanner(char separating) : separator_(separating) {
  for (std::size_t byte = 0; byte < kinds_.size(); ++byte) {
    kinds_[byte] = byte < 0x20 ? control : byte < 0x80 ? plain : high;
  }
  kinds_['\t'] = plain;
  kinds_['\n'] = line_feed;
  kinds_['\r'] = carriage_return;
  kinds_['"'] = quote;
  kinds_[static_cast<unsigned char>(separating)] = separator;
}

CsvCell CsvScanner::scan(const char* at, const char* end) const {
  return *at == '"' ? scan_quoted(at, end) : scan_plain(at, end);
}

CsvCell CsvScanner::scan_plain(const char* at, const char* end) const {
  CsvCell cell;
  const char* const start = at;
  bool has_high = false;
  // Eight bytes at once as long as none of them is special.
  while (end - at >= 8 && find_special(at, separator_, '"') == word_bytes) at += word_bytes;
  for (; at < end; ++at) {
    const std::uint8_t kind = kinds_[static_cast<unsigned char>(*at)];
    if (kind == plain) continue;
    if (kind == high) {
      has_high = true;
    } else if (kind == control || (kind == carriage_return && at + 1 < end && at[1] != '\n')) {
      cell.fault = CellFault::control;
    } else {
      break;
    }
  }
  if (at < end && *at == '"') {
    give_up(cell, start, end);
    return cell;
  }
  cell.text = {start, static_cast<std::size_t>(at - start)};
  if (has_high && invalid_utf8(cell.text)) cell.fault = CellFault::utf8;
  finish(cell, at, end);
  return cell;
}

CsvCell CsvScanner::scan_quoted(const char* at, const char* end) const {
  CsvCell cell;
  cell.is_quoted = true;
  const char* const start = at++;
  bool has_high = false;
  for (; at < end; ++at) {
    const std::uint8_t kind = kinds_[static_cast<unsigned char>(*at)];
    if (kind == quote) {
      if (at + 1 == end || at[1] != '"') break;
      ++at;
    } else if (kind == high) {
      has_high = true;
    } else if (kind == control) {
      cell.fault = CellFault::control;
    } else if (kind == line_feed) {
      ++cell.lines;
    }
  }
  if (at == end) return cell;
  ++at;
  cell.text = {start, static_cast<std::size_t>(at - start)};
  if (has_high && invalid_utf8(cell.text)) cell.fault = CellFault::utf8;
  finish(cell, at, end);
  return cell;
}

// `at` is behind the last byte of the cell.
void CsvScanner::finish(CsvCell& cell, const char* at, const char* end) const {
  if (at == end) return;
  std::uint8_t kind = kinds_[static_cast<unsigned char>(*at)];
  if (kind == carriage_return) {
    if (++at == end) return;
    kind = *at == '\n' ? line_feed : quote;
  }
  if (kind != separator && kind != line_feed) {
    give_up(cell, cell.text.data(), end);
    return;
  }
  cell.end = kind == separator ? CellEnd::separator : CellEnd::line;
  cell.next = at + 1;
}

std::string csv_text(std::string_view cell) {
  if (!cell.starts_with('"')) return std::string(cell);
  std::string out;
  for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
    out += cell[i];
    if (cell[i] == '"') ++i;
  }
  return out;
}

std::string_view describe(CellFault fault) {
  switch (fault) {
    case CellFault::quoting:
      return "a quote stands where none may stand";
    case CellFault::utf8:
      return "the text is not valid UTF-8";
    case CellFault::control:
      return "the text has a control character";
    case CellFault::none:
      break;
  }
  return "";
}

}  // namespace attune::detail
