// SPDX-License-Identifier: MIT
#include "app/commands/due.hpp"
#include "app/commands/schedule.hpp"
#include "app/messages.hpp"
#include "app/passphrase.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec every_option{
    "--every", "PERIOD",
    "How many days or weeks a check-in is good for (28d, 4w), instead of what the questionnaire "
    "says.",
    Value::required};

constexpr OptionSpec due_option_specs[] = {
    every_option,
    {"-a,--about", "WHOM", "Count only check-ins about one person: partner, mother, ...",
     Value::required},
    {"-q,--quiet", "", "Print nothing; the exit status answers."},
    {"--prompt", "", "Print \"check-in \" when one is due, and nothing otherwise."},
};

constexpr Example due_examples[] = {
    {"attune due", "Has it been four weeks since the last check-in with closeness?"},
    {"attune due growth --every 2w", "Has it been two weeks since the last one with growth?"},
    {"attune due -q && echo 'Time to look again.'", "Ask in a script, or whenever a shell starts."},
};

constexpr OptionSpec schedule_option_specs[] = {
    {"--systemd", "", "Use a timer of systemd, for your user alone."},
    {"--cron", "", "Use a line in your crontab."},
    {"--print", "", "Show what would be written (the default)."},
    {"--install", "", "Show it, then write it."},
    {"--remove", "", "Take away what --install wrote."},
    {"--at", "TIME", "When to look each day: 19:00 by default.", Value::required},
    every_option,
};

constexpr Example schedule_examples[] = {
    {"attune schedule", "See what a daily reminder would write, and where."},
    {"attune schedule --systemd --install --at 20:30",
     "Be reminded at half past eight in the evening, on days when a check-in is due."},
    {"attune schedule --systemd --remove", "No more reminders."},
    {"attune schedule growth --cron --every 2w", "A line for cron, about another questionnaire."},
};

ExitStatus run_due(const Arguments& arguments, World& world) {
  const Result<DueOptions> options = due_options(arguments);
  if (!options) return report(world.streams, options.error());
  // No one is asked: a prompt or a timer has no one to answer.
  const AskPassphrase ask =
      arguments.has(long_name(passphrase_option)) ? world.ask_passphrase : no_passphrase;
  return due(*options, world.paths.data, ask, Catalogue(world.paths.definitions), world.clock,
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

}  // namespace

const Command due_row{
    "due",
    "whether a check-in is due, for scripts and prompts",
    "Tells whether it is time for the next check-in with a questionnaire (closeness unless another "
    "is named): exit status 0 says yes, 1 no, and anything higher is an error. Days are calendar "
    "days. What is printed names neither the questionnaire nor a score. It never asks for the "
    "passphrase of a locked history: without --passphrase-from the status is 77.",
    {"NAME|FILE", 0, 1},
    due_option_specs,
    due_examples,
    run_due};

const Command schedule_row{
    "schedule",
    "a daily reminder, when a check-in is due",
    "Shows, writes or takes away a daily reminder: once a day systemd or cron runs attune due and, "
    "if a check-in is due, shows a notification with notify-send. The notification names neither "
    "the program nor a questionnaire. Nothing is written without --install.",
    {"NAME", 0, 1},
    schedule_option_specs,
    schedule_examples,
    run_schedule,
    OpensHistory::no};

}  // namespace attune
