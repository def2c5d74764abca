// SPDX-License-Identifier: MIT
#pragma once

/// The terminal of the person: bytes in, text out, size and signals, and questions of one line.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "attune/secret.hpp"

#include "app/streams.hpp"

namespace attune::app {

/// What can happen while a question waits for its answer.
enum class Happening {
  bytes,        ///< input arrived
  resized,      ///< the terminal has another size
  continued,    ///< after a stop: what was drawn may be anywhere above
  interrupted,  ///< SIGINT, SIGQUIT or SIGTERM
  hung_up,      ///< SIGHUP, or the terminal takes no more: no one is there to read a message
  ended,        ///< end of input
};

struct Event {
  Happening what = Happening::ended;
  std::string bytes;
};

/// The person's side of an administration. The front ends know only this, so that tests can play
/// any person without a terminal.
class Console {
 public:
  virtual ~Console() = default;
  [[nodiscard]] virtual Event wait() = 0;
  virtual void write(std::string_view text) = 0;
  [[nodiscard]] virtual TerminalSize size() const = 0;

  /// Seconds from some fixed moment, for differences only; never runs back.
  [[nodiscard]] virtual double seconds() const = 0;
};

/// Whether keys arrive one by one and unechoed, or as edited lines, shown or not while they are
/// typed.
enum class InputMode { keys, lines, hidden_lines };

/// Questions are talk, so they go to standard error, or to standard output where only that is a
/// terminal.
[[nodiscard]] Output& talk_output(Streams& streams);

/// The terminal of the process, with talk_output for what is written. While it lives, SIGINT,
/// SIGQUIT, SIGTERM, SIGHUP, SIGWINCH and SIGTSTP arrive as events, and only while waiting: between
/// two waits they are held back, so that a save is never cut short. The terminal is as it was when
/// the object is gone, or another signal ends the program. One may live within another, to ask for
/// a passphrase. Precondition: can_ask.
[[nodiscard]] std::unique_ptr<Console> open_console(Streams& streams, InputMode mode);

/// Whether there is a person to ask: a terminal to read from, and one to write to.
[[nodiscard]] bool can_ask(const Streams& streams);

/// Asks for one line on the terminal; nothing when the person interrupted or the input ended, which
/// is never taken for an answer. Precondition: can_ask.
[[nodiscard]] std::optional<std::string> ask_line(Streams& streams, std::string_view prompt);

/// The same without showing what is typed.
[[nodiscard]] std::optional<Secret> ask_secret(Streams& streams, std::string_view prompt);

/// The columns that text is wrapped to: those of the terminal less one, at most 80; 80 where it
/// does not say.
[[nodiscard]] std::size_t text_columns(TerminalSize size);

}  // namespace attune::app
