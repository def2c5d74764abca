// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "attune/result.hpp"

namespace attune {

template <class T, class E>
T taken(Result<T, E> result) {
  if (!result) throw std::move(result).error();
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace attune
