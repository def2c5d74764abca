// SPDX-License-Identifier: MIT
#include "batch/csv_header.hpp"

#include <algorithm>

#include "attune/rows.hpp"

namespace attune {
namespace detail {

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

}  // namespace detail

Result<std::vector<std::string>> parse_header(std::string_view text, RowFormat format) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.size(), text.find_first_not_of("\r\n")));
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
