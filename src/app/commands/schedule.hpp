// SPDX-License-Identifier: MIT
#pragma once

/// A daily reminder as systemd and cron keep it. What a screen shows of it is neutral, and nothing
/// in its texts is private.

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attune::app {

struct TimeOfDay {
  int hour = 19;
  int minute = 0;
};

/// "19:00" or "7:05", from 00:00 to 23:59. Error: usage, for anything else.
[[nodiscard]] TimeOfDay parse_time_of_day(std::string_view text);

struct Reminder {
  std::string program;      ///< absolute path of attune
  std::string due_options;  ///< plain words, each after a space
  std::vector<std::pair<std::string, std::string>> environment;  ///< variables it needs
  TimeOfDay at;
  std::string bus{};  ///< address of the session's bus, where that is at no usual place
};

/// The unit that asks `due` and shows the reminder only when it says yes. Error: cannot_create,
/// when a path has a character that a unit can't hold.
[[nodiscard]] std::string service_text(const Reminder& reminder);

/// The unit that starts the other once a day, also when the machine was off at that time.
[[nodiscard]] std::string timer_text(const Reminder& reminder);

/// One line of a crontab, with its line end, that does the same. Error: cannot_create, as above.
[[nodiscard]] std::string cron_line(const Reminder& reminder);

/// `crontab` with `line` in the place of ours, or at the end; without ours where `line` is empty.
/// Every other byte is kept, but that a last line without an end gets one before ours.
[[nodiscard]] std::string crontab_with(std::string_view crontab, std::string_view line);

/// The files of a reminder in a directory of systemd units, and the link by which `systemctl
/// enable` would tell systemd to start it.
struct UnitFiles {
  explicit UnitFiles(const std::filesystem::path& directory)
      : service(directory / "attune-due.service"),
        timer(directory / "attune-due.timer"),
        link(directory / "timers.target.wants" / "attune-due.timer") {}

  std::filesystem::path service;
  std::filesystem::path timer;
  std::filesystem::path link;
};

/// Writes both files (0600; directories that are missing are made 0700) and the link, replacing
/// ours. Error cannot_create when one is there that is not ours; then nothing is written.
void write_units(const UnitFiles& files, std::string_view service, std::string_view timer);

/// Deletes the files and the link: which of them were there. Error permission when one is not ours;
/// then nothing is deleted.
[[nodiscard]] std::vector<std::filesystem::path> remove_units(const UnitFiles& files);

}  // namespace attune::app
