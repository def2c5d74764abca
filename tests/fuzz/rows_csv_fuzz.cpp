// SPDX-License-Identifier: MIT
#include "rows_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const bool has_tabs = size > 0 && data[size - 1] == '\t';
  attune::test::check_rows(data, size, has_tabs ? attune::RowFormat::tsv : attune::RowFormat::csv);
  return 0;
}
