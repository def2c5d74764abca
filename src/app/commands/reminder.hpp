// SPDX-License-Identifier: MIT
#pragma once

/// The texts of a daily reminder, for systemd and for cron. Values in, text out: nothing here
/// touches a file. What a screen shows is neutral, and nothing in the texts is private.
///
///     Result<std::string> service = service_text(reminder);

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/result.hpp"

namespace attune {

/// A time of day, 00:00 to 23:59.
struct TimeOfDay {
  int hour = 19;
  int minute = 0;
};

/// "19:00" or "7:05". Nothing for anything else.
[[nodiscard]] std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

struct Reminder {
  std::string program;                                           ///< absolute path of attune
  std::vector<std::string> arguments;                            ///< after `due -q`; plain words
  std::vector<std::pair<std::string, std::string>> environment;  ///< variables it needs
  TimeOfDay at;
};

/// The unit that asks `due` and shows the reminder only when it says yes. Error: cannot_create,
/// when a path has a character that a unit can't hold.
[[nodiscard]] Result<std::string> service_text(const Reminder& reminder);

/// The unit that starts the other once a day, also when the machine was off at that time.
[[nodiscard]] std::string timer_text(const Reminder& reminder);

/// Whether a unit's text is one of ours.
[[nodiscard]] bool is_our_unit(std::string_view text);

/// One line of a crontab, with its line end, that does the same. Error: cannot_create, when a path
/// has a character that a crontab can't hold.
[[nodiscard]] Result<std::string> cron_line(const Reminder& reminder);

/// `crontab` without our lines; every other byte is kept.
[[nodiscard]] std::string without_cron_line(std::string_view crontab);

/// `crontab` with `line` in the place of ours, or at the end; every other byte is kept, and a last
/// line without an end gets one.
[[nodiscard]] std::string with_cron_line(std::string_view crontab, std::string_view line);

}  // namespace attune
