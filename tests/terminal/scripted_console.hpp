// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/terminal/console.hpp"

namespace attune {

/// A person played by a test: events in the order they happen, and everything that was written.
class ScriptedConsole final : public app::Console {
 public:
  explicit ScriptedConsole(std::deque<app::Event> events, app::TerminalSize size = {80, 24})
      : events_(std::move(events)), size_(size) {}

  [[nodiscard]] app::Event wait(int milliseconds) override {
    if (events_.empty()) return {app::Happening::ended, {}};
    // A started escape sequence is waited for a while only; a script says so with timed_out.
    (void)milliseconds;
    app::Event event = events_.front();
    events_.pop_front();
    return event;
  }
  void write(std::string_view text) override { written += text; }
  [[nodiscard]] app::TerminalSize size() const override { return size_; }

  std::string written;

 private:
  std::deque<app::Event> events_;
  app::TerminalSize size_;
};

/// Each character of `keys` as an event of its own.
inline std::deque<app::Event> typed(std::string_view keys) {
  std::deque<app::Event> events;
  for (const char key : keys) events.push_back({app::Happening::bytes, std::string(1, key)});
  return events;
}

/// What a terminal would show after `written`: understands \r, \n, cursor up and erase below.
inline std::string screen_after(std::string_view written) {
  std::vector<std::string> rows(1);
  std::size_t row = 0;
  std::size_t column = 0;
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (written[at] == '\r') {
      column = 0;
    } else if (written[at] == '\n') {
      if (++row == rows.size()) rows.emplace_back();
      column = 0;
    } else if (written[at] == '\x1B') {
      std::size_t count = 0;
      for (at += 2; written[at] >= '0' && written[at] <= '9'; ++at) {
        count = count * 10 + static_cast<std::size_t>(written[at] - '0');
      }
      if (written[at] == 'A') row -= count;
      if (written[at] == 'J') {
        rows[row].resize(column);
        rows.resize(row + 1);
      }
    } else {
      rows[row].resize(std::max(rows[row].size(), column), ' ');
      rows[row].replace(column++, 1, 1, written[at]);
    }
  }
  std::string screen;
  for (const std::string& line : rows) screen += line + '\n';
  return screen;
}

}  // namespace attune
