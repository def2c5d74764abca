// SPDX-License-Identifier: MIT
#pragma once

#include "attune/history_lock.hpp"
#include "attune/paths.hpp"

#include "app/clock.hpp"
#include "app/environment.hpp"
#include "app/streams.hpp"

namespace attune {

/// Everything outside the process, gathered once. Only the command table sees it whole: each
/// command is handed just the parts that it may touch.
struct World {
  Streams& streams;
  const Environment& environment;
  const Clock& clock;
  Random& random;
  Paths paths;
  AskPassphrase ask_passphrase;  ///< called only when the history is locked
};

}  // namespace attune
