// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <termios.h>

#include "app/terminal/console.hpp"

namespace attune {

/// Whether keys arrive one by one and unechoed, or as edited lines, shown or not while they are
/// typed.
enum class InputMode { keys, lines, hidden_lines };

/// The terminal of the process. While it lives, SIGINT, SIGTERM, SIGHUP, SIGWINCH and SIGTSTP
/// arrive as events, and only while waiting: between two waits they are held back, so that a save
/// is never cut short. The terminal is as it was when the object is gone.
class TerminalConsole final : public Console {
 public:
  /// Reads from `input`, writes to `output`; both are terminals.
  TerminalConsole(int input, Output& output, InputMode mode);
  ~TerminalConsole() override;
  TerminalConsole(const TerminalConsole&) = delete;
  TerminalConsole& operator=(const TerminalConsole&) = delete;

  [[nodiscard]] Event wait(int milliseconds) override;
  void write(std::string_view text) override;
  [[nodiscard]] TerminalSize size() const override;

 private:
  void enter_mode();
  void leave_mode();
  void mark_pastes(std::string_view on_or_off);
  void stop_and_continue();
  [[nodiscard]] std::optional<Event> signal_event();
  [[nodiscard]] Event read_bytes();

  int input_;
  Output& output_;
  InputMode mode_;
  std::optional<termios> original_;
};

}  // namespace attune
