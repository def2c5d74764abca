// SPDX-License-Identifier: MIT
#pragma once

/// The rows of the command table about check-ins and what comes between them: due, schedule.

#include "app/command_table.hpp"

namespace attune {

ExitStatus run_due(const Arguments& arguments, World& world);
ExitStatus run_schedule(const Arguments& arguments, World& world);

inline constexpr OptionSpec every_option{
    "--every", "PERIOD",
    "How many days or weeks a check-in is good for (28d, 4w), instead of what the questionnaire "
    "says.",
    Value::required};

inline constexpr OptionSpec due_option_specs[] = {
    every_option,
    {"-a,--about", "WHOM", "Count only check-ins about one person: partner, mother, ...",
     Value::required},
    {"-q,--quiet", "", "Print nothing; the exit status answers."},
    {"--prompt", "", "Print \"check-in \" when one is due, and nothing otherwise."},
};

inline constexpr Example due_examples[] = {
    {"attune due", "Has it been four weeks since the last check-in with closeness?"},
    {"attune due growth --every 2w", "Has it been two weeks since the last one with growth?"},
    {"attune due -q && echo 'Time to look again.'", "Ask in a script, or whenever a shell starts."},
};

inline constexpr Command due_command{
    "due",
    "whether a check-in is due, for scripts and prompts",
    "Tells whether it is time for the next check-in with a questionnaire (closeness unless another "
    "is named): exit status 0 says yes, 1 no, and anything higher is an error. Days are calendar "
    "days. What is printed names neither the questionnaire nor a score.",
    {"NAME|FILE", 0, 1},
    due_option_specs,
    due_examples,
    run_due};

inline constexpr OptionSpec schedule_option_specs[] = {
    {"--systemd", "", "Use a timer of systemd, for your user alone."},
    {"--cron", "", "Use a line in your crontab."},
    {"--print", "", "Show what would be written (the default)."},
    {"--install", "", "Show it, then write it."},
    {"--remove", "", "Take away what --install wrote."},
    {"--at", "TIME", "When to look each day: 19:00 by default.", Value::required},
    every_option,
};

inline constexpr Example schedule_examples[] = {
    {"attune schedule", "See what a daily reminder would write, and where."},
    {"attune schedule --systemd --install --at 20:30",
     "Be reminded at half past eight in the evening, on days when a check-in is due."},
    {"attune schedule --systemd --remove", "No more reminders."},
    {"attune schedule growth --cron --every 2w", "A line for cron, about another questionnaire."},
};

inline constexpr Command schedule_command{
    "schedule",
    "a daily reminder, when a check-in is due",
    "Shows, writes or takes away a daily reminder: once a day systemd or cron runs attune due and, "
    "if a check-in is due, shows a notification with notify-send. The notification names neither "
    "the program nor a questionnaire. Nothing is written without --install.",
    {"NAME", 0, 1},
    schedule_option_specs,
    schedule_examples,
    run_schedule};

}  // namespace attune
