// SPDX-License-Identifier: MIT
// `attune schedule`: prints, writes or takes away a daily reminder.
#include "app/commands/schedule.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <initializer_list>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include "attune/catalogue.hpp"
#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/child_program.hpp"
#include "app/commands.hpp"
#include "app/options.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

namespace fs = std::filesystem;

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

constexpr std::string_view unit_mark = "# Written by attune schedule, which also removes it.\n";
constexpr std::string_view cron_mark = "# attune schedule";

// Whoever looks over a shoulder reads nothing but that something was planned.
constexpr std::string_view notification = R"("A reminder" "It is time for what you planned.")";

constexpr std::string_view nothing_to_remove = "There is no reminder to remove.\n";

using Escapes = std::initializer_list<std::pair<char, std::string_view>>;

// A word with characters that mean something to a shell, to systemd or to cron, in quotes.
std::string quoted_word(std::string_view word, char quote, Escapes escapes) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@+=-";
  if (word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string out(1, quote);
  for (const char c : word) {
    const auto* found = std::find_if(escapes.begin(), escapes.end(),
                                     [c](const auto& escape) { return escape.first == c; });
    if (found == escapes.end()) {
      out += c;
    } else {
      out += found->second;
    }
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

std::string due_command(const std::string& program, const Reminder& reminder) {
  std::string command = program + " due -q";
  for (const std::string& argument : reminder.arguments) command.append(" ").append(argument);
  return command;
}

void check_path(const std::string& path, std::string_view refused) {
  const bool is_text = !invalid_utf8(path) && escape(path) == path;
  if (is_text && path.find_first_of(refused) == std::string::npos) return;
  throw Error{ErrorKind::cannot_create,
              "has a character that a schedule can't hold",
              path,
              {"move it to a path without it"}};
}

void check_paths(const Reminder& reminder, std::string_view refused_in_program,
                 std::string_view refused_in_values) {
  check_path(reminder.program, refused_in_program);
  for (const auto& [name, value] : reminder.environment) check_path(value, refused_in_values);
}

bool is_our_cron_line(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line.ends_with(cron_mark) && !line.starts_with('#');
}

// Whether attune wrote what is there. A symbolic link in the place of a file is a unit that someone
// has masked or keeps elsewhere.
bool is_our_unit(const fs::path& path, const UnitFiles& files) {
  constexpr std::size_t most_unit_bytes = 65'536;
  std::error_code ignored;
  const bool is_link = fs::is_symlink(path, ignored);
  if (path == files.link) {
    const fs::path target = path.parent_path() / fs::read_symlink(path, ignored);
    return is_link && target.lexically_normal() == files.timer.lexically_normal();
  }
  try {
    return !is_link && store::read_regular_file(path, most_unit_bytes).starts_with(unit_mark);
  } catch (const Error&) {  // ours can be read
    return false;
  }
}

// The files and the link that are there, the link first. An error of `kind` when one is not ours.
std::vector<fs::path> present_units(const UnitFiles& files, ErrorKind kind, const char* advice) {
  std::vector<fs::path> present;
  for (const fs::path& path : {files.link, files.timer, files.service}) {
    std::error_code ignored;
    if (fs::symlink_status(path, ignored).type() == fs::file_type::not_found) continue;
    if (!is_our_unit(path, files)) {
      throw Error{kind, "is there already, and attune did not write it", path.native(), {advice}};
    }
    present.push_back(path);
  }
  return present;
}

// Makes `directory` and the parents it lacks for the owner alone; those that exist are left as
// they are, since other programs use them, too.
void make_unit_directory(const fs::path& directory) {
  if (mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST) return;
  if (errno == ENOENT && directory.has_parent_path() && directory.parent_path() != directory) {
    make_unit_directory(directory.parent_path());
    if (mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST) return;
  }
  Error error = store::file_error("can't create this directory", directory, errno);
  if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::cannot_create;
  throw error;
}

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
void check_name(const std::string& name, const store::Catalogue& catalogue) {
  if (catalogue.load(name, {}).questionnaire.id == name) return;
  throw Error{ErrorKind::usage,
              "a reminder needs the name of a questionnaire, not a path",
              name,
              {"attune list shows the names"}};
}

// The directory that systemd makes where it is the system's manager (sd_booted(3)).
bool systemd_runs() {
  std::error_code ignored;
  return fs::is_directory("/run/systemd/system", ignored);
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
    const std::vector<fs::path> removed = remove_units(files);
    for (const fs::path& path : removed) {
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
    check_name(*name, store::Catalogue(world.paths.definitions));
  }
  if (uses_cron(scheduler, world.streams)) {
    schedule_with_cron(action, reminder, world.streams);
  } else {
    // The person's own units.
    const auto directory = world.paths.config.parent_path() / "systemd" / "user";
    schedule_with_systemd(action, reminder, UnitFiles(directory), world.streams);
  }
  return ExitStatus::done;
}

}  // namespace

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 2) return {};
  const std::string_view minutes = text.substr(colon + 1);
  if (minutes.size() != 2 || text.find('-') != std::string_view::npos) return {};
  const auto hour = parse_whole(text.substr(0, colon));
  const auto minute = parse_whole(minutes);
  if (!hour || !minute || *hour > 23 || *minute > 59) return {};
  return TimeOfDay{static_cast<int>(*hour), static_cast<int>(*minute)};
}

std::string service_text(const Reminder& reminder) {
  // systemd takes no program whose name holds these, however they are quoted.
  check_paths(reminder, "\"'\\", "");
  std::string variables;
  for (const auto& [name, value] : reminder.environment) {
    variables += fmt::format("Environment={}\n", unit_word(fmt::format("{}={}", name, value)));
  }
  // A condition that says no is no failure. '-': where there is no notify-send, nothing breaks.
  return fmt::format(R"({}[Unit]
Description=A reminder, when it is time

[Service]
Type=oneshot
{}ExecCondition={}
ExecStart=-/usr/bin/env notify-send {}
)",
                     unit_mark, variables, due_command(unit_word(reminder.program), reminder),
                     notification);
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
  // Some crons drop a backslash that others keep.
  check_paths(reminder, "\\", "\\");
  std::string line = fmt::format("{} {} * * *", reminder.at.minute, reminder.at.hour);
  for (const auto& [name, value] : reminder.environment) {
    line += fmt::format(" {}={}", name, cron_word(value));
  }
  // cron tells its commands nothing of the session whose screen is meant.
  line +=
      fmt::format(R"-( {} && XDG_RUNTIME_DIR="/run/user/$(id -u)" notify-send {} 2>/dev/null {})-",
                  due_command(cron_word(reminder.program), reminder), notification, cron_mark);
  return line + '\n';
}

std::string crontab_with(std::string_view crontab, std::string_view line) {
  std::string out;
  while (!crontab.empty()) {
    const std::size_t end = crontab.find('\n');
    const std::string_view each = crontab.substr(0, end == std::string_view::npos ? end : end + 1);
    crontab.remove_prefix(each.size());
    if (is_our_cron_line(each)) {
      out += std::exchange(line, {});
    } else {
      out += each;
    }
  }
  if (!line.empty() && !out.empty() && !out.ends_with('\n')) out += '\n';
  return out.append(line);
}

UnitFiles::UnitFiles(const fs::path& directory)
    : service(directory / "attune-due.service"),
      timer(directory / "attune-due.timer"),
      link(directory / "timers.target.wants" / "attune-due.timer") {}

void write_units(const UnitFiles& files, std::string_view service, std::string_view timer) {
  const std::vector<fs::path> present =
      present_units(files, ErrorKind::cannot_create,
                    "nothing was written; move it away, or print the units instead");
  make_unit_directory(files.link.parent_path());
  OutputFile::create(files.service, Overwrite::yes).commit(service);
  OutputFile::create(files.timer, Overwrite::yes).commit(timer);
  if (!present.empty() && present.front() == files.link) return;
  std::error_code failure;
  fs::create_symlink(files.timer, files.link, failure);
  if (failure) throw store::file_error("can't make this link", files.link, failure.value());
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
    "a daily reminder, when a check-in is due",
    R"(Shows, writes or takes away a daily reminder: once a day systemd or cron runs attune due and,
       if a check-in is due, shows a notification with notify-send. The notification names neither
       the program nor a questionnaire. Nothing is written without --install.)",
    {"NAME", 0, 1},
    schedule_options,
    schedule_examples,
    run_schedule,
    OpensHistory::no};

}  // namespace attune::app
