// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "attune/error.hpp"

/// The error that `call` throws; nothing when it throws none.
template <class Call>
std::optional<attune::Error> thrown_error(Call call) {
  try {
    static_cast<void>(call());
  } catch (const attune::Error& error) {
    return error;
  }
  return {};
}
