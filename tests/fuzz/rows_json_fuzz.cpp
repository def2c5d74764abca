// SPDX-License-Identifier: MIT
#include "rows_fuzz.hpp"
#include "targets.hpp"

namespace attune::test {

void rows_json_target(std::string_view bytes) { check_rows(bytes, rows::RowFormat::jsonl); }

}  // namespace attune::test
