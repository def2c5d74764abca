// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "definition/table_reader.hpp"

namespace attune::detail {

/// Whether `tag` is a language tag such as "en" or "pt-BR" (the shape of RFC 5646, not its
/// registry).
[[nodiscard]] bool is_language(std::string_view tag);

/// The required key `language`, a language tag. It becomes part of a file name, so nothing else may
/// pass.
[[nodiscard]] std::string read_language(TableReader& table);

}  // namespace attune::detail
