// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "attune/result.hpp"

namespace attune {

/// The value, or the error thrown: for as long as some functions return a Result and others throw.
template <class T>
T thrown(T value) {
  return value;
}
template <class T, class E>
T thrown(Result<T, E> result) {
  if (!result) throw std::move(result).error();
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace attune
