// SPDX-License-Identifier: MIT
#include "app/commands/reminder.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

constexpr std::string_view unit_mark = "# Written by attune schedule, which also removes it.\n";
constexpr std::string_view cron_mark = "# attune schedule";

// Whoever looks over a shoulder reads nothing but that something was planned.
constexpr std::string_view notification = R"("A reminder" "It is time for what you planned.")";

// Characters that mean nothing to a shell, to systemd or to cron.
bool is_plain(std::string_view word) {
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
  if (is_plain(word)) return std::string(word);
  const std::string safe = replaced(replaced(replaced(word, '\\', "\\\\"), '"', "\\\""), '%', "%%");
  return '"' + safe + '"';
}

// One word of a command in a crontab: quoted for sh, then '%' for cron, which would read it as a
// line end (crontab(5)).
std::string cron_word(std::string_view word) {
  if (is_plain(word)) return std::string(word);
  return replaced('\'' + replaced(word, '\'', R"('"'"')") + '\'', '%', "\\%");
}

std::string joined(const std::vector<std::string>& arguments) {
  std::string out = "due -q";
  for (const std::string& argument : arguments) out.append(" ").append(argument);
  return out;
}

std::optional<Error> unfit(std::string_view path, std::string_view refused) {
  const bool is_text = !invalid_utf8(path) && escape(path) == path;
  if (is_text && path.find_first_of(refused) == std::string_view::npos) return {};
  return Error{ErrorKind::cannot_create,
               "has a character that a schedule can't hold",
               std::string(path),
               {"move it to a path without it"}};
}

std::optional<Error> unfit(const Reminder& reminder, std::string_view refused_in_program,
                           std::string_view refused_in_values) {
  if (auto error = unfit(reminder.program, refused_in_program)) return error;
  for (const auto& [name, value] : reminder.environment) {
    if (auto error = unfit(value, refused_in_values)) return error;
  }
  return {};
}

// The lines of `text`, each with its line end.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

bool is_our_line(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line.ends_with(cron_mark) && !line.starts_with('#');
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

Result<std::string> service_text(const Reminder& reminder) {
  // systemd takes no program whose name holds these, however they are quoted.
  if (auto error = unfit(reminder, "\"'\\", "")) return *std::move(error);
  std::string text(unit_mark);
  text +=
      "[Unit]\n"
      "Description=A reminder, when it is time\n"
      "\n"
      "[Service]\n"
      "Type=oneshot\n";
  for (const auto& [name, value] : reminder.environment) {
    text += fmt::format("Environment={}\n", unit_word(fmt::format("{}={}", name, value)));
  }
  // A condition that says no is no failure.
  text +=
      fmt::format("ExecCondition={} {}\n", unit_word(reminder.program), joined(reminder.arguments));
  // '-': where there is no notify-send, nothing breaks.
  text += fmt::format("ExecStart=-/usr/bin/env notify-send {}\n", notification);
  return text;
}

std::string timer_text(const Reminder& reminder) {
  return fmt::format(
      "{}[Unit]\n"
      "Description=A look each day whether it is time for a reminder\n"
      "\n"
      "[Timer]\n"
      "OnCalendar=*-*-* {:02}:{:02}:00\n"
      "Persistent=true\n"
      "\n"
      "[Install]\n"
      "WantedBy=timers.target\n",
      unit_mark, reminder.at.hour, reminder.at.minute);
}

bool is_our_unit(std::string_view text) { return text.starts_with(unit_mark); }

Result<std::string> cron_line(const Reminder& reminder) {
  // Some crons drop a backslash that others keep.
  if (auto error = unfit(reminder, "\\", "\\")) return *std::move(error);
  std::string line = fmt::format("{} {} * * *", reminder.at.minute, reminder.at.hour);
  for (const auto& [name, value] : reminder.environment) {
    line += fmt::format(" {}={}", name, cron_word(value));
  }
  // cron tells its commands nothing of the session whose screen is meant.
  line += fmt::format(
      " {} {} && XDG_RUNTIME_DIR=\"/run/user/$(id -u)\" notify-send {} 2>/dev/null {}\n",
      cron_word(reminder.program), joined(reminder.arguments), notification, cron_mark);
  return line;
}

std::string without_cron_line(std::string_view crontab) {
  std::string out;
  for (const std::string_view line : lines_of(crontab)) {
    if (!is_our_line(line)) out += line;
  }
  return out;
}

std::string with_cron_line(std::string_view crontab, std::string_view line) {
  std::string out;
  bool placed = false;
  for (const std::string_view each : lines_of(crontab)) {
    if (!is_our_line(each)) {
      out += each;
    } else if (!placed) {
      out += line;
      placed = true;
    }
  }
  if (placed) return out;
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  return out + std::string(line);
}

}  // namespace attune
