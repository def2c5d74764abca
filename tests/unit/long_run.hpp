// SPDX-License-Identifier: MIT
#pragma once

/// Loops over everything that can fail, one thing after the other, are walked whole by `./dev
/// soak`, which sets ATTUNE_LONG. `./dev test` walks the beginning whole and then in steps that
/// grow with what was passed, so that it meets each kind of call in a fraction of the time.
///
///     for (int passed = 0;; passed = next_to_fail(passed)) ...

#include <cstdlib>

inline bool is_long_run() { return std::getenv("ATTUNE_LONG") != nullptr; }

inline int next_to_fail(int passed) {
  return is_long_run() || passed < 20 ? passed + 1 : passed + 1 + passed / 12;
}
