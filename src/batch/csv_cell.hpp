// SPDX-License-Identifier: MIT
#pragma once

/// One cell of CSV or TSV, quoted as RFC 4180 says.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "batch/words.hpp"

namespace attune::detail {

/// What stands behind a cell.
enum class CellEnd : std::uint8_t {
  separator,  ///< another cell
  line,       ///< the end of the row
  nothing,    ///< the bytes end first: the row is not complete
};

/// What is wrong with a cell.
enum class CellFault : std::uint8_t { none, quoting, utf8, control };

struct CsvCell {
  std::string_view text;       ///< with its quotes
  const char* next = nullptr;  ///< behind the separator or line end
  CellEnd end = CellEnd::nothing;
  CellFault fault = CellFault::none;
  bool is_quoted = false;
  std::size_t lines = 0;  ///< line ends within the quotes
};

/// Finds where cells end. One separator, so that one object serves a whole input.
class CsvScanner {
 public:
  explicit CsvScanner(char separator);

  /// The cell that starts at `at`. Precondition: at < end. After a fault of quoting `next` is the
  /// start of the next line, as nothing tells where the cell was meant to end.
  [[nodiscard]] CsvCell scan(const char* at, const char* end) const;

  /// Where a cell ends that is so simple that nothing needs to be known of it but its place: at
  /// most seven plain bytes, then a separator. Null for any other.
  [[nodiscard]] const char* end_of_short(const char* at, const char* end) const {
    if (end - at < static_cast<std::ptrdiff_t>(word_bytes)) return nullptr;
    const std::size_t special = find_special(at, separator_, '"');
    return special < word_bytes && at[special] == separator_ ? at + special : nullptr;
  }

 private:
  [[nodiscard]] CsvCell scan_plain(const char* at, const char* end) const;
  [[nodiscard]] CsvCell scan_quoted(const char* at, const char* end) const;
  void finish(CsvCell& cell, const char* at, const char* end) const;

  std::array<std::uint8_t, 256> kinds_{};
  char separator_;
};

/// The text of a cell without its quotes.
[[nodiscard]] std::string csv_text(std::string_view cell);

/// Words for a fault: "a quote is not where it may be", "is not valid UTF-8", …
[[nodiscard]] std::string_view describe(CellFault fault);

}  // namespace attune::detail
