// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attune/result.hpp"

namespace attune {

/// What a program left behind.
struct Finished {
  int status = 0;       ///< its exit status; 128 and the signal's number when one ended it
  int told_to_end = 0;  ///< the signal that this program got meanwhile and passed on; 0 for none
  std::string out;
  std::string err;
};

/// Runs `words` (the program, found by PATH, and its arguments) with `input` on its standard input,
/// and waits for its end. What it writes may be any bytes, at most 64 MiB. No shell reads the
/// words. What would end this program meanwhile (Ctrl-C, a closed terminal, kill) ends the other
/// one, so that this one can put away what it made for it; the caller then raises `told_to_end`.
/// Error: not_found when there is no such program, io when it can't be run.
[[nodiscard]] Result<Finished> run_program(const std::vector<std::string>& words,
                                           std::string_view input);

}  // namespace attune
