// SPDX-License-Identifier: MIT
// `attune schedule`: prints, writes or takes away a daily reminder.
#include "app/commands/schedule.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <initializer_list>
#include <system_error>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/options.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view unit_mark = "# Written by attune schedule, which also removes it.\n";
constexpr std::string_view cron_mark = "# attune schedule";

// Whoever looks over a shoulder reads nothing but that something was planned.
constexpr std::string_view notification = R"("A reminder" "It is time for what you planned.")";

// A word with characters that mean something to a shell, to systemd or to cron, in quotes.
std::string quoted_word(std::string_view word, char quote,
                        std::initializer_list<std::pair<char, std::string_view>> escapes) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@+=-";
  if (word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string out(1, quote);
  for (const char c : word) {
    const auto* found =
        std::ranges::find_if(escapes, [c](const auto& escape) { return escape.first == c; });
    out += found == escapes.end() ? std::string_view(&c, 1) : found->second;
  }
  return out + quote;
}

// One word of a line of a unit (systemd.syntax, "Quoting"; systemd.unit, "Specifiers").
std::string unit_word(std::string_view word) {
  return quoted_word(word, '"', {{'\\', R"(\\)"}, {'"', R"(\")"}, {'%', "%%"}});
}

// One word of a command in a crontab: quoted for sh, and '%' for cron, which would read it as a
// line end (crontab(5)).
std::string cron_word(std::string_view word) {
  return quoted_word(word, '\'', {{'\'', R"('"'"')"}, {'%', R"(\%)"}});
}

// `path`, where a schedule can hold it.
const std::string& checked(const std::string& path, std::string_view refused) {
  const bool is_text = !invalid_utf8(path) && escape(path) == path;
  if (is_text && path.find_first_of(refused) == std::string::npos) return path;
  throw Error(ErrorKind::cannot_create, "has a character that a schedule can't hold", path,
              {"move it to a path without it"});
}

// The files and the link that are there, the link first. An error of `kind` when attune did not
// write one of them. A symbolic link in the place of a file is a unit that someone has masked or
// keeps elsewhere.
std::vector<fs::path> present_units(const UnitFiles& files, ErrorKind kind, const char* advice) {
  std::vector<fs::path> present;
  for (const fs::path& path : {files.link, files.timer, files.service}) {
    std::error_code ignored;
    const fs::file_type type = fs::symlink_status(path, ignored).type();
    if (type == fs::file_type::not_found) continue;
    bool is_ours = false;
    if (path == files.link) {
      const fs::path timer = path.parent_path() / fs::read_symlink(path, ignored);
      is_ours = timer.lexically_normal() == files.timer.lexically_normal();
    } else if (type == fs::file_type::regular) {
      std::string beginning(unit_mark.size(), ' ');
      std::ifstream(path).read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
      is_ours = beginning == unit_mark;
    }
    if (!is_ours) {
      throw Error(kind, "is there already, and attune did not write it", path.native(), {advice});
    }
    present.push_back(path);
  }
  return present;
}

// The one of `names` that is given, or the empty word.
std::string_view one_of(const Arguments& arguments, std::initializer_list<const char*> names) {
  std::string_view given;
  for (const char* name : names) {
    if (!arguments.has(name)) continue;
    if (!given.empty()) {
      throw usage_error(name, fmt::format("can't be used together with {}", given),
                        "leave one of them out");
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
    reminder.due_options = " --every " + *every;
  }
  if (const auto at = arguments.value("--at")) reminder.at = parse_time_of_day(*at);
  if (const auto name = first_operand(arguments)) {
    // A path may mean another file elsewhere.
    if (world.catalogue.load(*name, {}).questionnaire.id != *name) {
      throw usage_error(*name, "a reminder needs the name of a questionnaire, not a path",
                        "attune list shows the names");
    }
    reminder.due_options += " " + *name;
  }
  // A scheduler knows nothing of what a shell has set.
  for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME"}) {
    const auto value = world.environment.value(name);
    if (value && value->starts_with('/')) reminder.environment.emplace_back(name, *value);
  }
  // At its usual place notify-send finds it.
  const auto bus = world.environment.value("DBUS_SESSION_BUS_ADDRESS");
  if (bus && bus->find("/run/user/") == std::string::npos) reminder.bus = *bus;
  return reminder;
}

// Shows, writes or removes the units. What there is to say about it afterwards.
std::string schedule_with_systemd(std::string_view action, const Reminder& reminder,
                                  const UnitFiles& files, Output& out) {
  if (action == "--remove") {
    std::string words;
    for (const fs::path& path : remove_units(files)) {
      words += fmt::format("Removed: {}\n", escape(path.native()));
    }
    if (words.empty()) return "There is no reminder to remove.\n";
    return words + R"(To stop it now as well:
  systemctl --user stop attune-due.timer && systemctl --user daemon-reload
)";
  }
  const std::string service = service_text(reminder);
  const std::string timer = timer_text(reminder);
  const std::string timer_path = escape(files.timer.native());
  out.write(fmt::format("# {}\n{}\n# {}\n{}\n# {}\n# a link to {}\n",
                        escape(files.service.native()), service, timer_path, timer,
                        escape(files.link.native()), timer_path));
  out.flush();
  if (action != "--install") return "Nothing is written yet; --install writes this.\n";
  write_units(files, service, timer);
  return R"(Written. It begins with your next login; to begin now:
  systemctl --user daemon-reload && systemctl --user start attune-due.timer
)";
}

// What crontab writes. Errors: cannot_create, where there is no such program; io.
std::string run_crontab(const std::string& argument, std::string_view input, const char* refusal,
                        const char* consequence) {
  const Finished finished = run_program({"crontab", argument}, input);
  if (finished.status == 0) return finished.out;
  if (finished.status == no_such_program) {
    throw Error(ErrorKind::cannot_create, "there is no crontab program on this machine", "schedule",
                {"install cron, or use --systemd"});
  }
  // How the crontab programs say that there is none yet (Debian's and cronie; busybox).
  const bool says_none = finished.err.find("no crontab") != std::string::npos ||
                         finished.err.find("No such file") != std::string::npos;
  if (argument == "-l" && says_none && finished.out.empty()) return {};
  Error error(ErrorKind::io, refusal, "crontab");
  const std::string first_line = finished.err.substr(0, finished.err.find('\n'));
  if (!first_line.empty()) error.advice.push_back("it says: " + first_line);
  error.advice.emplace_back(consequence);
  throw error;
}

// Puts `line` in the place of ours, or takes ours away. Whether that changed anything.
bool change_crontab(std::string_view line) {
  const std::string before =
      run_crontab("-l", "", "does not show the present one", "nothing was changed");
  const std::string after = crontab_with(before, line);
  if (after == before && line.empty()) return false;
  run_crontab("-", after, "does not take the new one", "crontab -l shows what is there now");
  return true;
}

std::string schedule_with_cron(std::string_view action, const Reminder& reminder, Output& out) {
  if (action == "--remove") {
    return change_crontab("") ? "Removed from your crontab.\n"
                              : "There is no reminder to remove.\n";
  }
  const std::string line = cron_line(reminder);
  out.write(line);
  out.flush();
  if (action != "--install") {
    return "Nothing is written yet; --install adds this line to your crontab.\n";
  }
  change_crontab(line);
  return "This line is in your crontab now.\n";
}

ExitStatus run_schedule(const Arguments& arguments, World& world) {
  const std::string_view scheduler = one_of(arguments, {"--systemd", "--cron"});
  const std::string_view action = one_of(arguments, {"--print", "--install", "--remove"});
  const Reminder reminder = reminder_of(arguments, world);
  Streams& streams = world.streams;
  if (action.empty() || action == "--print") {
    say(streams.err,
        fmt::format(
            "Each day at {:02}:{:02} this looks whether a check-in is due. If one is, a notice "
            "says that it is time for what you planned, and nothing else.\n",
            reminder.at.hour, reminder.at.minute));
  }
  bool by_cron = scheduler == "--cron";
  if (scheduler.empty()) {
    // The directory that systemd makes where it is the system's manager (sd_booted(3)).
    std::error_code ignored;
    by_cron = !fs::is_directory("/run/systemd/system", ignored);
    say(streams.err,
        by_cron ? "systemd does not run here, so this is for cron; --systemd is the other way.\n"
                : "systemd runs here, so this is for systemd; --cron is the other way.\n");
  }
  const UnitFiles files(world.paths.config.parent_path() / "systemd" / "user");
  say(streams.err, by_cron ? schedule_with_cron(action, reminder, streams.out)
                           : schedule_with_systemd(action, reminder, files, streams.out));
  return ExitStatus::done;
}

}  // namespace

TimeOfDay parse_time_of_day(std::string_view text) {
  const std::size_t colon = text.find(':');
  // "-0" is a whole number, too.
  if (colon <= 2 && text.size() == colon + 3 && text.find('-') == std::string_view::npos) {
    const auto hour = parse_whole(text.substr(0, colon));
    const auto minute = parse_whole(text.substr(colon + 1));
    if (hour && minute && *hour <= 23 && *minute <= 59) {
      return {static_cast<int>(*hour), static_cast<int>(*minute)};
    }
  }
  throw usage_error("--at", fmt::format("'{}' is not a time of day", escape(text)),
                    "write hours and minutes, 00:00 to 23:59: 19:00");
}

std::string service_text(const Reminder& reminder) {
  // systemd takes no program whose name holds these, however they are quoted.
  const std::string program = unit_word(checked(reminder.program, "\"'\\"));
  std::string variables;
  for (const auto& [name, value] : reminder.environment) {
    variables += fmt::format("Environment={}\n", unit_word(name + "=" + checked(value, "")));
  }
  // A condition that says no is no failure. '-': where there is no notify-send, nothing breaks.
  return fmt::format(R"({}[Unit]
Description=A reminder, when it is time

[Service]
Type=oneshot
{}ExecCondition={} due -q{}
ExecStart=-/usr/bin/env notify-send {}
)",
                     unit_mark, variables, program, reminder.due_options, notification);
}

std::string timer_text(const Reminder& reminder) {
  return fmt::format(R"({}[Unit]
Description=A look each day whether it is time for a reminder

[Timer]
OnCalendar=*-*-* {:02}:{:02}:00
Persistent=true

[Install]
WantedBy=timers.target
)",
                     unit_mark, reminder.at.hour, reminder.at.minute);
}

std::string cron_line(const Reminder& reminder) {
  constexpr std::string_view refused = "\\";  // some crons drop one that others keep
  std::string line = fmt::format("{} {} * * *", reminder.at.minute, reminder.at.hour);
  for (const auto& [name, value] : reminder.environment) {
    line += fmt::format(" {}={}", name, cron_word(checked(value, refused)));
  }
  // cron tells its commands nothing of the session whose screen is meant.
  const std::string bus = reminder.bus.empty() ? R"-(XDG_RUNTIME_DIR="/run/user/$(id -u)")-"
                                               : "DBUS_SESSION_BUS_ADDRESS=" +
                                                     cron_word(checked(reminder.bus, refused));
  return line + fmt::format(" {} due -q{} && {} notify-send {} 2>/dev/null {}\n",
                            cron_word(checked(reminder.program, refused)), reminder.due_options,
                            bus, notification, cron_mark);
}

std::string crontab_with(std::string_view crontab, std::string_view line) {
  std::string out;
  while (!crontab.empty()) {
    const std::size_t end = crontab.find('\n');
    const std::string_view each = crontab.substr(0, end == std::string_view::npos ? end : end + 1);
    crontab.remove_prefix(each.size());
    const std::string_view words = trim(each);
    if (words.ends_with(cron_mark) && !words.starts_with('#')) {
      out += std::exchange(line, {});
    } else {
      out += each;
    }
  }
  if (!line.empty() && !out.empty() && !out.ends_with('\n')) out += '\n';
  return out.append(line);
}

void write_units(const UnitFiles& files, std::string_view service, std::string_view timer) {
  present_units(files, ErrorKind::cannot_create,
                "nothing was written; move it away, or print the units instead");
  store::make_directories(files.link.parent_path());
  OutputFile::create(files.service, Overwrite::yes, {}).commit(service);
  OutputFile::create(files.timer, Overwrite::yes, {}).commit(timer);
  std::error_code failure;
  fs::create_symlink(files.timer, files.link, failure);
  // One that is there is ours.
  if (failure && failure != std::errc::file_exists)
    throw store::file_error("can't make this link", files.link, failure.value());
}

std::vector<fs::path> remove_units(const UnitFiles& files) {
  std::vector<fs::path> present =
      present_units(files, ErrorKind::permission, "nothing was deleted");
  for (const fs::path& path : present) {
    std::error_code failure;
    fs::remove(path, failure);
    if (failure) throw store::file_error("can't be deleted", path, failure.value());
  }
  return present;
}

const Command schedule_row{
    "schedule",
    "a daily reminder",
    R"(Shows, writes or takes away a daily reminder: once a day systemd or cron runs attune due and,
       if a check-in is due, shows a notification with notify-send. The notification names neither
       the program nor a questionnaire. Nothing is written without --install.)",
    {"NAME", 0, 1},
    {{"--systemd", "", "Use a systemd timer, for your user alone."},
     {"--cron", "", "Use a line in your crontab."},
     {"--print", "", "Show what would be written (the default)."},
     {"--install", "", "Show it, then write it."},
     {"--remove", "", "Take away what --install wrote."},
     {"--at", "TIME", "When to look each day: 19:00 by default."},
     every_option},
    {{"attune schedule", "See what a daily reminder would write, and where."},
     {"attune schedule --systemd --install --at 20:30",
      "Be reminded at half past eight in the evening, on days when a check-in is due."},
     {"attune schedule --systemd --remove", "No more reminders."},
     {"attune schedule growth --cron --every 2w", "A line for cron, about another questionnaire."}},
    run_schedule,
    OpensHistory::no};

}  // namespace attune::app
