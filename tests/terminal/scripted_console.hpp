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
  /// `pace`: seconds between two events.
  explicit ScriptedConsole(std::deque<app::Event> events, app::TerminalSize size = {80, 24},
                           double pace = 0.2)
      : events_(std::move(events)), size_(size), pace_(pace) {}

  // No bytes: the person pauses for long.
  [[nodiscard]] app::Event wait() override {
    if (events_.empty()) return {app::Happening::ended, {}};
    app::Event& next = events_.front();
    if (is_new_) seconds_ += is_pause(next) ? 2 : pace_;
    is_new_ = !(in_pieces && next.bytes.size() > 1);
    if (!is_new_) {
      const std::string first(1, next.bytes.front());
      next.bytes.erase(0, 1);
      return {app::Happening::bytes, first};
    }
    app::Event event = std::move(next);
    events_.pop_front();
    return event;
  }
  void write(std::string_view text) override { written += text; }
  [[nodiscard]] app::TerminalSize size() const override { return size_; }
  [[nodiscard]] double seconds() const override { return seconds_; }

  std::string written;
  bool in_pieces = false;  ///< each byte comes by itself, but all of an event at one time

 private:
  static bool is_pause(const app::Event& event) {
    return event.what == app::Happening::bytes && event.bytes.empty();
  }

  std::deque<app::Event> events_;
  app::TerminalSize size_;
  double pace_;
  double seconds_ = 100;
  bool is_new_ = true;
};

/// Each character of `keys` as an event of its own.
inline std::deque<app::Event> typed(std::string_view keys) {
  std::deque<app::Event> events;
  for (const char key : keys) events.push_back({app::Happening::bytes, std::string(1, key)});
  return events;
}

/// What a terminal would show after `written`: understands \r, \n, cursor up and right, erase
/// below.
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
      if (written[at] == 'C') column += count;
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
