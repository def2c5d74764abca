// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string_view>

namespace attune::detail {

/// Whether `id` is ten characters of [0-9a-z].
[[nodiscard]] inline bool is_record_id(std::string_view id) {
  constexpr std::size_t length = 10;
  return id.size() == length && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
         });
}

}  // namespace attune::detail
