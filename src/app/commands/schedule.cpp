// SPDX-License-Identifier: MIT
#include "app/commands/schedule.hpp"

#include <fmt/format.h>
#include <system_error>

#include "attune/text.hpp"

#include "app/commands/schedule_places.hpp"
#include "app/messages.hpp"
#include "app/period.hpp"

namespace attune {
namespace {

constexpr const char* start_command =
    "systemctl --user daemon-reload && systemctl --user start attune-due.timer";
constexpr const char* stop_command =
    "systemctl --user stop attune-due.timer && systemctl --user daemon-reload";

// The directory that systemd makes where it is the system's manager (sd_booted(3)).
bool systemd_runs() {
  std::error_code ignored;
  return std::filesystem::is_directory("/run/systemd/system", ignored);
}

// The one of `names` that is given, or nothing. Error: usage, when several are.
Result<std::optional<std::string_view>> one_of(const Arguments& arguments,
                                               std::initializer_list<std::string_view> names) {
  std::optional<std::string_view> given;
  for (const std::string_view name : names) {
    if (!arguments.has(name)) continue;
    if (given) {
      return Error{ErrorKind::usage,
                   fmt::format("can't be meant together with {}", *given),
                   std::string(name),
                   {"leave one of them out"}};
    }
    given = name;
  }
  return given;
}

ScheduleAction action_of(std::optional<std::string_view> name) {
  if (name == "--install") return ScheduleAction::install;
  return name == "--remove" ? ScheduleAction::remove : ScheduleAction::print;
}

Scheduler choose_scheduler(const ScheduleOptions& options, Streams& streams) {
  if (options.scheduler) return *options.scheduler;
  if (systemd_runs()) {
    streams.err.write("systemd runs here, so this is for systemd; --cron is the other way.\n");
    return Scheduler::systemd;
  }
  streams.err.write(
      "systemd does not run here, so this is for cron; --systemd is the other way.\n");
  return Scheduler::cron;
}

// A reminder for a questionnaire that can't be loaded, or for a path that may be seen from
// elsewhere, would never work.
std::optional<LoadError> check_name(const ScheduleOptions& options, const Catalogue& catalogue) {
  if (!options.name) return {};
  const auto loaded = try_load(catalogue, *options.name, {});
  if (!loaded) return loaded.error();
  if (loaded->questionnaire.id == *options.name) return {};
  return LoadError{{ErrorKind::usage,
                    "a reminder needs the name of a questionnaire, not a path",
                    *options.name,
                    {"attune list shows the names"}},
                   {},
                   {}};
}

// What was shown arrives before what is said about it.
void say(Streams& streams, std::string_view text) {
  streams.out.flush();
  streams.err.write(text);
}

ExitStatus remove_from_systemd(const UnitFiles& files, Streams& streams) {
  const auto removed = remove_units(files);
  if (!removed) return report(streams, removed.error());
  if (removed->empty()) {
    say(streams, "There is no reminder to remove.\n");
    return ExitStatus::done;
  }
  for (const std::filesystem::path& path : *removed) {
    say(streams, fmt::format("Removed: {}\n", escape(path.native())));
  }
  say(streams, fmt::format("To stop it now as well:\n  {}\n", stop_command));
  return ExitStatus::done;
}

ExitStatus schedule_with_systemd(const ScheduleOptions& options, const Reminder& reminder,
                                 const std::filesystem::path& units, Streams& streams) {
  const UnitFiles files = unit_files(units);
  if (options.action == ScheduleAction::remove) return remove_from_systemd(files, streams);
  const Result<std::string> service = service_text(reminder);
  if (!service) return report(streams, service.error());
  const std::string timer = timer_text(reminder);
  streams.out.write(fmt::format("# {}\n{}\n# {}\n{}\n# {}\n# a link to {}\n",
                                escape(files.service.native()), *service,
                                escape(files.timer.native()), timer, escape(files.link.native()),
                                escape(files.timer.native())));
  if (options.action == ScheduleAction::print) {
    say(streams, "Nothing is written yet; --install writes this.\n");
    return ExitStatus::done;
  }
  streams.out.flush();
  const Result<void> written = write_units(files, *service, timer);
  if (!written) return report(streams, written.error());
  say(streams,
      fmt::format("Written. It begins with your next login; to begin now:\n  {}\n", start_command));
  return ExitStatus::done;
}

ExitStatus remove_from_cron(Streams& streams) {
  const Result<std::string> crontab = read_crontab();
  if (!crontab) return report(streams, crontab.error());
  const std::string without = without_cron_line(*crontab);
  if (without == *crontab) {
    say(streams, "There is no reminder to remove.\n");
    return ExitStatus::done;
  }
  const Result<void> written = write_crontab(without);
  if (!written) return report(streams, written.error());
  say(streams, "Removed from your crontab.\n");
  return ExitStatus::done;
}

ExitStatus schedule_with_cron(const ScheduleOptions& options, const Reminder& reminder,
                              Streams& streams) {
  if (options.action == ScheduleAction::remove) return remove_from_cron(streams);
  const Result<std::string> line = cron_line(reminder);
  if (!line) return report(streams, line.error());
  streams.out.write(*line);
  if (options.action == ScheduleAction::print) {
    say(streams, "Nothing is written yet; --install adds this line to your crontab.\n");
    return ExitStatus::done;
  }
  streams.out.flush();
  const Result<std::string> crontab = read_crontab();
  if (!crontab) return report(streams, crontab.error());
  const Result<void> written = write_crontab(with_cron_line(*crontab, *line));
  if (!written) return report(streams, written.error());
  say(streams, "This line is in your crontab now.\n");
  return ExitStatus::done;
}

}  // namespace

Result<ScheduleOptions> schedule_options(const Arguments& arguments) {
  ScheduleOptions options;
  if (!arguments.operands().empty()) options.name = arguments.operands().front();
  const auto scheduler = one_of(arguments, {"--systemd", "--cron"});
  if (!scheduler) return scheduler.error();
  if (*scheduler) {
    options.scheduler = **scheduler == "--cron" ? Scheduler::cron : Scheduler::systemd;
  }
  const auto action = one_of(arguments, {"--print", "--install", "--remove"});
  if (!action) return action.error();
  options.action = action_of(*action);
  options.every = arguments.value("--every");
  if (options.every) {
    const Result<int> days = parse_period(*options.every);
    if (!days) return days.error();
  }
  if (const auto at = arguments.value("--at")) {
    const std::optional<TimeOfDay> time = parse_time_of_day(*at);
    if (!time) {
      return Error{ErrorKind::usage,
                   fmt::format("'{}' is not a time of day", escape(*at)),
                   "--at",
                   {"write hours and minutes, 00:00 to 23:59: 19:00"}};
    }
    options.at = *time;
  }
  return options;
}

ExitStatus schedule(const ScheduleOptions& options, Reminder reminder,
                    const std::filesystem::path& units, const Catalogue& catalogue,
                    Streams& streams) {
  if (const auto error = check_name(options, catalogue)) return report(streams, *error);
  reminder.at = options.at;
  if (options.every)
    reminder.arguments.insert(reminder.arguments.end(), {"--every", *options.every});
  if (options.name) reminder.arguments.push_back(*options.name);
  if (choose_scheduler(options, streams) == Scheduler::cron) {
    return schedule_with_cron(options, reminder, streams);
  }
  return schedule_with_systemd(options, reminder, units, streams);
}

}  // namespace attune
