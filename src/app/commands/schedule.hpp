// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/result.hpp"

#include "app/arguments.hpp"
#include "app/commands/reminder.hpp"
#include "app/exit_status.hpp"
#include "app/streams.hpp"

namespace attune {

/// What starts programs at a time of day.
enum class Scheduler { systemd, cron };

enum class ScheduleAction { print, install, remove };

struct ScheduleOptions {
  std::optional<Scheduler> scheduler;  ///< absent: systemd where it runs, cron elsewhere
  ScheduleAction action = ScheduleAction::print;
  std::optional<std::string> name;   ///< a questionnaire; that of `due` when absent
  std::optional<std::string> every;  ///< as it was written; that of `due` when absent
  TimeOfDay at;
};

/// What the command line says. Errors: usage.
[[nodiscard]] Result<ScheduleOptions> schedule_options(const Arguments& arguments);

/// `attune schedule`: prints, writes or takes away a daily reminder. `reminder` has the program and
/// the variables it needs; the options add the rest. `units` is the directory of the person's own
/// systemd units.
ExitStatus schedule(const ScheduleOptions& options, Reminder reminder,
                    const std::filesystem::path& units, const Catalogue& catalogue,
                    Streams& streams);

}  // namespace attune
