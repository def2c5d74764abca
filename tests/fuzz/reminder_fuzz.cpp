// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

#include "attune/error.hpp"

#include "app/commands/schedule.hpp"
#include "oracle.hpp"
#include "targets.hpp"

namespace attune::test {
namespace {

using Words = std::vector<std::string>;

// What cron hands to sh: "\%" is a '%', and a '%' alone would end the command (crontab(5)).
std::optional<std::string> command_of_cron(std::string_view line) {
  std::string command;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '%') return {};
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '%') ++i;
    command += line[i];
  }
  return command;
}

// The words that sh makes of `command` up to an unquoted "&&"; nothing where another sign that
// means something to sh stands outside of quotes.
std::optional<Words> words_of_shell(std::string_view command) {
  Words words(1);
  char quote = 0;
  for (const char c : command) {
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else if (quote == '"' && (c == '$' || c == '`' || c == '\\'))
        return {};
      else
        words.back() += c;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == ' ') {
      words.emplace_back();
    } else if (c == '&') {
      words.pop_back();
      return words;
    } else if (std::string_view("$`\\;|<>()*?[]#~!{}").find(c) != std::string_view::npos) {
      return {};
    } else {
      words.back() += c;
    }
  }
  return {};
}

// One word of a unit, unquoted as systemd does (systemd.syntax(7), systemd.unit(5)).
std::optional<std::string> word_of_unit(std::string_view& rest) {
  const bool quoted = rest.starts_with('"');
  std::string word;
  std::size_t at = quoted ? 1 : 0;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (quoted ? c == '"' : c == ' ') break;
    const bool is_pair = (quoted && c == '\\') || c == '%';
    if (is_pair) {
      if (++at == rest.size() || (c == '%' && rest[at] != '%')) return {};
      if (c == '\\' && rest[at] != '\\' && rest[at] != '"') return {};
    } else if (!quoted && (c == '\\' || c == '"' || c == '\'')) {
      return {};
    }
    word += rest[at];
  }
  if (quoted && at == rest.size()) return {};
  rest.remove_prefix(std::min(rest.size(), at + (quoted ? 1 : 0)));
  return word;
}

// Nothing where the reminder is refused.
std::optional<std::string> text_of(std::string (*make)(const app::Reminder&),
                                   const app::Reminder& reminder) {
  try {
    return make(reminder);
  } catch (const Error& error) {
    expect(error.kind == ErrorKind::cannot_create, "refused, with a reason");
    return {};
  }
}

void expect_cron(const app::Reminder& reminder) {
  const std::optional<std::string> line = text_of(app::cron_line, reminder);
  if (!line) return;
  expect(std::count(line->begin(), line->end(), '\n') == 1 && line->ends_with('\n'),
         "a reminder is one line of a crontab");
  const std::string time = fmt::format("{} {} * * * ", reminder.at.minute, reminder.at.hour);
  expect(line->starts_with(time), "a line of a crontab begins with its time");
  const auto command = command_of_cron(std::string_view(*line).substr(time.size()));
  expect(command.has_value(), "cron reads no sign as the end of the command");
  Words wanted;
  for (const auto& [name, value] : reminder.environment) wanted.push_back(name + "=" + value);
  wanted.insert(wanted.end(), {reminder.program, "due", "-q"});
  if (!reminder.due_options.empty()) wanted.insert(wanted.end(), {"--every", "4w", "growth"});
  const std::optional<Words> words = words_of_shell(*command);
  expect(words && *words == wanted, "sh reads the words that were meant");
}

void expect_unit(const app::Reminder& reminder) {
  const std::optional<std::string> text = text_of(app::service_text, reminder);
  if (!text) return;
  constexpr std::ptrdiff_t other_lines = 8;
  const auto lines = std::count(text->begin(), text->end(), '\n');
  expect(lines == other_lines + static_cast<std::ptrdiff_t>(reminder.environment.size()),
         "no value adds a line to a unit");
  const auto word_after = [&](std::string_view start, std::size_t from) {
    std::string_view rest = std::string_view(*text).substr(text->find(start, from) + start.size());
    rest = rest.substr(0, rest.find('\n'));
    return word_of_unit(rest);
  };
  expect(word_after("\nExecCondition=", 0) == reminder.program, "systemd runs what was meant");
  std::size_t from = 0;
  for (const auto& [name, value] : reminder.environment) {
    expect(word_after("\nEnvironment=", from) == name + "=" + value, "systemd sets what was meant");
    from = text->find("\nEnvironment=", from) + 1;
  }
}

std::size_t count_of_notes(std::string_view crontab) {
  std::size_t count = 0;
  Choices lines(crontab);
  while (!lines.empty()) {
    const std::string_view line = lines.line();
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos && line[first] == '#') ++count;
  }
  return count;
}

void expect_crontab(std::string_view crontab) {
  app::Reminder reminder;
  reminder.program = "/usr/bin/attune";
  const std::string line = app::cron_line(reminder);
  const std::string without = app::crontab_with(crontab, "");
  const std::string with = app::crontab_with(crontab, line);
  expect(app::crontab_with(without, "") == without,
         "taking a line away twice is taking it away once");
  expect(app::crontab_with(with, line) == with, "putting a line in twice is putting it in once");
  const std::string back = app::crontab_with(with, "");
  expect(back == without || back == without + "\n", "taking it away again leaves the rest");
  expect(count_of_notes(without) == count_of_notes(crontab), "no note of the person's is lost");
  const std::size_t at = with.find(line);
  expect(at != std::string::npos && with.find(line, at + 1) == std::string::npos,
         "once, and whole");
  expect(at == 0 || with[at - 1] == '\n', "the line begins a line");
}

}  // namespace

void reminder_target(std::string_view bytes) {
  Choices choices(bytes);
  app::Reminder reminder;
  reminder.at = {static_cast<int>(choices.below(24)), static_cast<int>(choices.below(60))};
  if (choices.byte() % 2 == 1) reminder.due_options = " --every 4w growth";
  reminder.program = "/" + std::string(choices.line());
  const std::string data = "/" + std::string(choices.line());
  const std::string config = "/" + std::string(choices.line());
  if (data != "/") reminder.environment.emplace_back("XDG_DATA_HOME", data);
  if (config != "/") reminder.environment.emplace_back("XDG_CONFIG_HOME", config);
  expect_cron(reminder);
  expect_unit(reminder);
  expect_crontab(choices.rest());
}

}  // namespace attune::test
