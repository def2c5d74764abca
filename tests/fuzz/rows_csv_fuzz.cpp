// SPDX-License-Identifier: MIT
#include "rows_fuzz.hpp"
#include "targets.hpp"

namespace attune::test {

void rows_csv_target(std::string_view bytes) {
  check_rows(bytes, bytes.ends_with('\t') ? rows::RowFormat::tsv : rows::RowFormat::csv);
}

}  // namespace attune::test
