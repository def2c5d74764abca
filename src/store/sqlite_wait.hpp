// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <sqlite3.h>
#include <thread>

namespace attune::detail {

/// How long is waited at once for another process.
inline constexpr std::chrono::milliseconds nap{2};

/// A journal that another process is just deleting looks to a reader like one that was left behind
/// (SQLite's pager says so itself, in hasHotJournal), which it may not undo. A moment later it is
/// gone; one that stays was left behind indeed.
template <class Attempt>
[[nodiscard]] int past_vanishing_journal(Attempt attempt) {
  constexpr int naps_for_journal = 25;
  int code = attempt();
  for (int naps = 0; code == SQLITE_READONLY_ROLLBACK && naps < naps_for_journal; ++naps) {
    std::this_thread::sleep_for(nap);
    code = attempt();
  }
  return code;
}

}  // namespace attune::detail
