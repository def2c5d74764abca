// SPDX-License-Identifier: MIT
#pragma once

/// The row of CSV or TSV that names the columns.

#include <string>
#include <vector>

#include "batch/csv_cell.hpp"

namespace attune::detail {

/// The cells of a row.
struct ScannedHeader {
  std::vector<std::string> names;
  const char* next = nullptr;  ///< behind the row; null when it is not complete
  CellFault fault = CellFault::none;
};

[[nodiscard]] ScannedHeader scan_header(const CsvScanner& scanner, const char* at, const char* end);

}  // namespace attune::detail
