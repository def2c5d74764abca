// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/streams.hpp"

namespace attune {

/// What can happen while a question waits for its answer.
enum class Happening {
  bytes,        ///< input arrived
  timed_out,    ///< the given time passed without anything
  resized,      ///< the terminal has another size
  continued,    ///< after a stop: what was drawn may be anywhere above
  interrupted,  ///< SIGINT or SIGTERM
  hung_up,      ///< SIGHUP, or the terminal takes no more: no one is there to read a message
  ended,        ///< end of input
};

struct Event {
  Happening what = Happening::ended;
  std::string bytes;
};

inline constexpr int wait_for_ever = -1;

/// The person's side of an administration: bytes in, text out, size, signals. The front ends know
/// only this, so that tests can play any person without a terminal.
class Console {
 public:
  virtual ~Console() = default;
  [[nodiscard]] virtual Event wait(int milliseconds) = 0;
  virtual void write(std::string_view text) = 0;
  [[nodiscard]] virtual TerminalSize size() const = 0;
};

}  // namespace attune
