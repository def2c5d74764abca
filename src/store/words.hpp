// SPDX-License-Identifier: MIT
#pragma once

/// Lists of ids in one column: none holds a space, so a space stands between them.

#include <string>
#include <string_view>
#include <vector>

namespace attune::detail {

[[nodiscard]] std::string join_words(const std::vector<std::string>& words);
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

}  // namespace attune::detail
