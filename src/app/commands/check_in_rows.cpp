// SPDX-License-Identifier: MIT
#include "app/commands/check_in_rows.hpp"

#include "app/commands/due.hpp"
#include "app/commands/schedule.hpp"
#include "app/messages.hpp"

namespace attune {

ExitStatus run_due(const Arguments& arguments, World& world) {
  const Result<DueOptions> options = due_options(arguments);
  if (!options) return report(world.streams, options.error());
  return due(*options, world.paths.data, Catalogue(world.paths.definitions), world.clock,
             world.streams);
}

ExitStatus run_schedule(const Arguments& arguments, World& world) {
  const Result<ScheduleOptions> options = schedule_options(arguments);
  if (!options) return report(world.streams, options.error());
  Reminder reminder;
  reminder.program = program_file().native();
  // A scheduler knows nothing of what a shell has set.
  const auto pass_on = [&](const char* name, const std::optional<std::string>& value) {
    if (value && value->starts_with('/')) reminder.environment.emplace_back(name, *value);
  };
  pass_on("XDG_DATA_HOME", world.environment.value("XDG_DATA_HOME"));
  pass_on("XDG_CONFIG_HOME", world.environment.value("XDG_CONFIG_HOME"));
  return schedule(*options, std::move(reminder),
                  world.paths.config.parent_path() / "systemd" / "user",
                  Catalogue(world.paths.definitions), world.streams);
}

}  // namespace attune
