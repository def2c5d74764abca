// SPDX-License-Identifier: MIT
#include "app/commands/reminder.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>

#include "attune/catalogue.hpp"
#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/streams.hpp"
#include "store/private_files.hpp"

namespace attune {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view unit_mark = "# Written by attune schedule, which also removes it.\n";
constexpr std::string_view cron_mark = "# attune schedule";

// Whoever looks over a shoulder reads nothing but that something was planned.
constexpr std::string_view notification = R"("A reminder" "It is time for what you planned.")";

constexpr std::size_t most_unit_bytes = 65'536;

// Characters that mean nothing to a shell, to systemd or to cron.
bool is_plain_word(std::string_view word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@+=-";
  return !word.empty() && word.find_first_not_of(plain) == std::string_view::npos;
}

// `word` with `with` in the place of each `what`.
std::string replaced(std::string_view word, char what, std::string_view with) {
  std::string out;
  for (const char c : word) {
    if (c == what) {
      out += with;
    } else {
      out += c;
    }
  }
  return out;
}

// One word of a line of a unit (systemd.syntax, "Quoting"; systemd.unit, "Specifiers").
std::string unit_word(std::string_view word) {
  if (is_plain_word(word)) return std::string(word);
  const std::string safe = replaced(replaced(replaced(word, '\\', "\\\\"), '"', "\\\""), '%', "%%");
  return '"' + safe + '"';
}

// One word of a command in a crontab: quoted for sh, then '%' for cron, which would read it as a
// line end (crontab(5)).
std::string cron_word(std::string_view word) {
  if (is_plain_word(word)) return std::string(word);
  return replaced('\'' + replaced(word, '\'', R"('"'"')") + '\'', '%', "\\%");
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

// What stands in the place of a file of ours.
enum class FoundUnit { nothing, ours, another };

// A symbolic link would be a unit that someone has masked or linked: not ours to replace.
FoundUnit look_at_unit(const fs::path& path) {
  std::error_code ignored;
  const fs::file_type type = fs::symlink_status(path, ignored).type();
  if (type == fs::file_type::not_found) return FoundUnit::nothing;
  if (type != fs::file_type::regular) return FoundUnit::another;
  try {
    const std::string text = read_regular_file(path, most_unit_bytes);
    return text.starts_with(unit_mark) ? FoundUnit::ours : FoundUnit::another;
  } catch (const Error&) {  // ours can be read
    return FoundUnit::another;
  }
}

FoundUnit look_at_link(const UnitFiles& files) {
  std::error_code failure;
  const fs::file_type type = fs::symlink_status(files.link, failure).type();
  if (type == fs::file_type::not_found) return FoundUnit::nothing;
  if (type != fs::file_type::symlink) return FoundUnit::another;
  const fs::path target = fs::read_symlink(files.link, failure);
  const fs::path absolute = (files.link.parent_path() / target).lexically_normal();
  return absolute == files.timer.lexically_normal() ? FoundUnit::ours : FoundUnit::another;
}

// The files and the link that are there, the link first. An error of `kind` when one is not ours.
std::vector<fs::path> present_units(const UnitFiles& files, ErrorKind kind,
                                    const std::string& advice) {
  std::vector<fs::path> present;
  for (const fs::path& path : {files.link, files.timer, files.service}) {
    const FoundUnit found = path == files.link ? look_at_link(files) : look_at_unit(path);
    if (found == FoundUnit::another) {
      throw Error{kind, "is there already, and attune did not write it", path.native(), {advice}};
    }
    if (found == FoundUnit::ours) present.push_back(path);
  }
  return present;
}

// Makes `directory` and the parents it lacks for the owner alone; those that exist are left as
// they are, since other programs use them, too.
void make_unit_directory(const fs::path& directory) {
  const mode_t before = umask(S_IRWXG | S_IRWXO);
  std::error_code failure;
  fs::create_directories(directory, failure);
  umask(before);
  if (!failure) return;
  Error error = file_error("can't create this directory", directory, failure.value());
  if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::cannot_create;
  throw error;
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

UnitFiles unit_files(const fs::path& directory) {
  return {directory / "attune-due.service", directory / "attune-due.timer",
          directory / "timers.target.wants" / "attune-due.timer"};
}

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
  if (failure) throw file_error("can't make this link", files.link, failure.value());
}

std::vector<fs::path> remove_units(const UnitFiles& files) {
  std::vector<fs::path> present =
      present_units(files, ErrorKind::permission, "nothing was deleted");
  for (const fs::path& path : present) {
    std::error_code failure;
    fs::remove(path, failure);
    if (failure) throw file_error("can't be deleted", path, failure.value());
  }
  return present;
}

}  // namespace attune
