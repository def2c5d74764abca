// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace attune::app {

/// A shell, and what makes it complete the command lines of attune; from src/app/completions, where
/// the build takes it.
struct Completion {
  std::string_view shell;
  std::string_view script;
};
extern const Completion completions[3];

}  // namespace attune::app
