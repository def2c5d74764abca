// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "definition/table_reader.hpp"

namespace attune::detail {

/// The required key `language`: a language tag such as "en" or "pt-BR" (the shape of RFC 5646, not
/// its registry). It becomes part of a file name, so nothing else may pass.
[[nodiscard]] std::string read_language(TableReader& table);

}  // namespace attune::detail
