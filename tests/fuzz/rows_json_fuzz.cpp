// SPDX-License-Identifier: MIT
#include "rows_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  attune::test::check_rows(data, size, attune::RowFormat::jsonl);
  return 0;
}
