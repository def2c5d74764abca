// SPDX-License-Identifier: MIT
// `attune schedule`: prints, writes or takes away a daily reminder.
#include <fmt/format.h>
#include <initializer_list>
#include <optional>
#include <string>
#include <system_error>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "app/child_program.hpp"
#include "app/commands.hpp"
#include "app/commands/reminder.hpp"
#include "app/options.hpp"

namespace attune {
namespace {

constexpr OptionSpec schedule_options[] = {
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

constexpr std::string_view nothing_to_remove = "There is no reminder to remove.\n";

// The one of `names` that is given, or the empty word.
std::string_view one_of(const Arguments& arguments, std::initializer_list<const char*> names) {
  std::string_view given;
  for (const char* name : names) {
    if (!arguments.has(name)) continue;
    if (!given.empty()) {
      throw Error{ErrorKind::usage,
                  fmt::format("can't be meant together with {}", given),
                  name,
                  {"leave one of them out"}};
    }
    given = name;
  }
  return given;
}

Reminder reminder_of(const Arguments& arguments, const World& world) {
  Reminder reminder;
  reminder.program = program_file().native();
  if (const auto every = arguments.value("--every")) {
    static_cast<void>(parse_period(*every));
    reminder.arguments = {"--every", *every};
  }
  if (const auto at = arguments.value("--at")) {
    const std::optional<TimeOfDay> time = parse_time_of_day(*at);
    if (!time) {
      throw Error{ErrorKind::usage,
                  fmt::format("'{}' is not a time of day", escape(*at)),
                  "--at",
                  {"write hours and minutes, 00:00 to 23:59: 19:00"}};
    }
    reminder.at = *time;
  }
  if (const auto name = first_operand(arguments)) reminder.arguments.push_back(*name);
  // A scheduler knows nothing of what a shell has set.
  const auto pass_on = [&](const char* name, const std::optional<std::string>& value) {
    if (value && value->starts_with('/')) reminder.environment.emplace_back(name, *value);
  };
  pass_on("XDG_DATA_HOME", world.environment.value("XDG_DATA_HOME"));
  pass_on("XDG_CONFIG_HOME", world.environment.value("XDG_CONFIG_HOME"));
  return reminder;
}

// A reminder for a questionnaire that can't be loaded, or for a path that may be seen from
// elsewhere, would never work.
void check_name(const std::string& name, const Catalogue& catalogue) {
  if (catalogue.load(name, {}).questionnaire.id == name) return;
  throw Error{ErrorKind::usage,
              "a reminder needs the name of a questionnaire, not a path",
              name,
              {"attune list shows the names"}};
}

// The directory that systemd makes where it is the system's manager (sd_booted(3)).
bool systemd_runs() {
  std::error_code ignored;
  return std::filesystem::is_directory("/run/systemd/system", ignored);
}

bool uses_cron(std::string_view scheduler, Streams& streams) {
  if (!scheduler.empty()) return scheduler == "--cron";
  const bool cron = !systemd_runs();
  streams.err.write(
      cron ? "systemd does not run here, so this is for cron; --systemd is the other way.\n"
           : "systemd runs here, so this is for systemd; --cron is the other way.\n");
  return cron;
}

// What was shown arrives before what is said about it.
void say_after(Streams& streams, std::string_view text) {
  streams.out.flush();
  streams.err.write(text);
}

void schedule_with_systemd(std::string_view action, const Reminder& reminder,
                           const UnitFiles& files, Streams& streams) {
  if (action == "--remove") {
    const std::vector<std::filesystem::path> removed = remove_units(files);
    for (const std::filesystem::path& path : removed) {
      say_after(streams, fmt::format("Removed: {}\n", escape(path.native())));
    }
    say_after(streams, removed.empty() ? nothing_to_remove : R"(To stop it now as well:
  systemctl --user stop attune-due.timer && systemctl --user daemon-reload
)");
    return;
  }
  const std::string service = service_text(reminder);
  const std::string timer = timer_text(reminder);
  streams.out.write(fmt::format("# {}\n{}\n# {}\n{}\n# {}\n# a link to {}\n",
                                escape(files.service.native()), service,
                                escape(files.timer.native()), timer, escape(files.link.native()),
                                escape(files.timer.native())));
  streams.out.flush();
  if (action == "--install") write_units(files, service, timer);
  say_after(streams, action == "--install"
                         ? R"(Written. It begins with your next login; to begin now:
  systemctl --user daemon-reload && systemctl --user start attune-due.timer
)"
                         : "Nothing is written yet; --install writes this.\n");
}

Finished run_crontab(const char* argument, std::string_view input) {
  try {
    return run_program({"crontab", argument}, input);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::not_found) throw;
    throw Error{ErrorKind::cannot_create,
                "there is no crontab program on this machine",
                "schedule",
                {"install cron, or use --systemd"}};
  }
}

Error crontab_error(std::string message, const Finished& finished, std::string consequence) {
  Error error{ErrorKind::io, std::move(message), "crontab", {std::move(consequence)}};
  const std::string first_line = finished.err.substr(0, finished.err.find('\n'));
  if (!first_line.empty()) error.advice.insert(error.advice.begin(), "it says: " + first_line);
  return error;
}

// The person's crontab; empty when they have none.
std::string read_crontab() {
  const Finished finished = run_crontab("-l", "");
  if (finished.status == 0) return finished.out;
  // How the crontab programs say that there is none yet (Debian's and cronie; busybox).
  const bool says_none = finished.err.find("no crontab") != std::string::npos ||
                         finished.err.find("No such file") != std::string::npos;
  if (finished.out.empty() && says_none) return {};
  throw crontab_error("does not show the present one", finished, "nothing was changed");
}

// Puts `line` into the crontab in the place of ours; an empty one takes ours away. Whether that
// changed anything.
bool change_crontab(std::string_view line) {
  const std::string before = read_crontab();
  const std::string after = crontab_with(before, line);
  if (after == before && line.empty()) return false;
  const Finished finished = run_crontab("-", after);
  if (finished.status == 0) return true;
  throw crontab_error("does not take the new one", finished, "crontab -l shows what is there now");
}

void schedule_with_cron(std::string_view action, const Reminder& reminder, Streams& streams) {
  if (action == "--remove") {
    const bool removed = change_crontab("");
    say_after(streams, removed ? "Removed from your crontab.\n" : nothing_to_remove);
    return;
  }
  const std::string line = cron_line(reminder);
  streams.out.write(line);
  streams.out.flush();
  if (action == "--install") change_crontab(line);
  say_after(streams, action == "--install"
                         ? "This line is in your crontab now.\n"
                         : "Nothing is written yet; --install adds this line to your crontab.\n");
}

ExitStatus run_schedule(const Arguments& arguments, World& world) {
  const std::string_view scheduler = one_of(arguments, {"--systemd", "--cron"});
  const std::string_view action = one_of(arguments, {"--print", "--install", "--remove"});
  const Reminder reminder = reminder_of(arguments, world);
  if (const auto name = first_operand(arguments)) {
    check_name(*name, Catalogue(world.paths.definitions));
  }
  if (uses_cron(scheduler, world.streams)) {
    schedule_with_cron(action, reminder, world.streams);
  } else {
    // The person's own units.
    const auto directory = world.paths.config.parent_path() / "systemd" / "user";
    schedule_with_systemd(action, reminder, unit_files(directory), world.streams);
  }
  return ExitStatus::done;
}

}  // namespace

const Command schedule_row{
    "schedule",
    "a daily reminder, when a check-in is due",
    R"(Shows, writes or takes away a daily reminder: once a day systemd or cron runs attune due and,
       if a check-in is due, shows a notification with notify-send. The notification names neither
       the program nor a questionnaire. Nothing is written without --install.)",
    {"NAME", 0, 1},
    schedule_options,
    schedule_examples,
    run_schedule,
    OpensHistory::no};

}  // namespace attune
