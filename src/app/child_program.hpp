// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attune::app {

/// What a program left behind.
struct Finished {
  int status = 0;  ///< its exit status; 128 and the signal's number when one ended it
  std::string out;
  std::string err;
};

/// Runs `words` (the program, found by PATH, and its arguments) with `input` on its standard input,
/// and waits for its end. What it writes may be any bytes, at most 64 MiB. No shell reads the
/// words. Errors: not_found when there is no such program, io when it can't be run.
[[nodiscard]] Finished run_program(const std::vector<std::string>& words, std::string_view input);

}  // namespace attune::app
