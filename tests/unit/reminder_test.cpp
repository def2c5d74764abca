// SPDX-License-Identifier: MIT
#include "app/commands/reminder.hpp"

#include <doctest/doctest.h>

using namespace attune;  // NOLINT: a test file

namespace {

Reminder plain() {
  Reminder reminder;
  reminder.program = "/usr/bin/attune";
  return reminder;
}

Reminder in_folder(std::string program) {
  Reminder reminder;
  reminder.program = std::move(program);
  return reminder;
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the service asks due, and shows a reminder that says nothing private") {
  CHECK(
      *service_text(plain()) ==
      "# Written by attune schedule, which also removes it.\n"
      "[Unit]\n"
      "Description=A reminder, when it is time\n"
      "\n"
      "[Service]\n"
      "Type=oneshot\n"
      "ExecCondition=/usr/bin/attune due -q\n"
      "ExecStart=-/usr/bin/env notify-send \"A reminder\" \"It is time for what you planned.\"\n");
}

TEST_CASE("the timer looks once a day, also after a day without power") {
  Reminder reminder = plain();
  reminder.at = {7, 5};
  CHECK(timer_text(reminder) ==
        "# Written by attune schedule, which also removes it.\n"
        "[Unit]\n"
        "Description=A look each day whether it is time for a reminder\n"
        "\n"
        "[Timer]\n"
        "OnCalendar=*-*-* 07:05:00\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n");
}

TEST_CASE("the line of a crontab does the same") {
  Reminder reminder = plain();
  reminder.at = {7, 5};
  CHECK(*cron_line(reminder) ==
        "5 7 * * * /usr/bin/attune due -q && XDG_RUNTIME_DIR=\"/run/user/$(id -u)\" notify-send "
        "\"A reminder\" \"It is time for what you planned.\" 2>/dev/null # attune schedule\n");
}

TEST_CASE("a questionnaire and a period are passed on to due") {
  Reminder reminder = plain();
  reminder.arguments = {"--every", "2w", "growth"};
  CHECK(has(*service_text(reminder), "ExecCondition=/usr/bin/attune due -q --every 2w growth\n"));
  CHECK(has(*cron_line(reminder), " /usr/bin/attune due -q --every 2w growth && "));
}

TEST_CASE("a path is quoted for the one who reads it") {
  struct Row {
    const char* path;
    const char* unit;  // systemd.syntax(7), systemd.unit(5): "%%" is a '%'
    const char* cron;  // sh, and crontab(5): '\%' is a '%'
  };
  const Row rows[] = {
      {"/opt/a-b_c/1.2+3/attune", "/opt/a-b_c/1.2+3/attune", "/opt/a-b_c/1.2+3/attune"},
      {"/my files/attune", "\"/my files/attune\"", "'/my files/attune'"},
      {"/100%n/attune", "\"/100%%n/attune\"", "'/100\\%n/attune'"},
      {"/$HOME;x/attune", "\"/$HOME;x/attune\"", "'/$HOME;x/attune'"},
      {"/\u00e4/attune", "\"/\u00e4/attune\"", "'/\u00e4/attune'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(has(*service_text(in_folder(row.path)),
              "\nExecCondition=" + std::string(row.unit) + " due -q\n"));
    CHECK(has(*cron_line(in_folder(row.path)), "* " + std::string(row.cron) + " due -q && "));
  }
  CHECK(has(*cron_line(in_folder("/it's/attune")), R"( '/it'"'"'s/attune' due -q )"));
}

TEST_CASE("variables that due needs are passed on, quoted") {
  Reminder reminder = plain();
  reminder.environment = {{"XDG_DATA_HOME", "/da ta"}, {"XDG_CONFIG_HOME", "/etc/own"}};
  CHECK(has(*service_text(reminder),
            "Environment=\"XDG_DATA_HOME=/da ta\"\nEnvironment=XDG_CONFIG_HOME=/etc/own\n"));
  CHECK(has(*cron_line(reminder),
            "* XDG_DATA_HOME='/da ta' XDG_CONFIG_HOME=/etc/own /usr/bin/attune due"));
  reminder.environment = {{"XDG_DATA_HOME", "/a\"b\\c%d"}};
  CHECK(has(*service_text(reminder), R"(Environment="XDG_DATA_HOME=/a\"b\\c%%d")"));
}

TEST_CASE("a path that a schedule can't hold is refused") {
  for (const char* path : {"/a\nb/attune", "/a\x1b/attune", "/a\xff/attune", "/\u202e/attune"}) {
    CAPTURE(path);
    REQUIRE_FALSE(service_text(in_folder(path)).has_value());
    REQUIRE_FALSE(cron_line(in_folder(path)).has_value());
    CHECK(cron_line(in_folder(path)).error().kind == ErrorKind::cannot_create);
    Reminder reminder = plain();
    reminder.environment = {{"XDG_DATA_HOME", path}};
    CHECK_FALSE(service_text(reminder).has_value());
    CHECK_FALSE(cron_line(reminder).has_value());
  }
  // systemd refuses a program's name with quotes; some crons drop a backslash.
  CHECK_FALSE(service_text(in_folder("/it's/attune")).has_value());
  CHECK_FALSE(service_text(in_folder("/a\"b/attune")).has_value());
  CHECK_FALSE(service_text(in_folder("/a\\b/attune")).has_value());
  CHECK_FALSE(cron_line(in_folder("/a\\b/attune")).has_value());
}

TEST_CASE("a time of day is hours and minutes") {
  struct Row {
    const char* text;
    int hour;
    int minute;
  };
  for (const Row& row : {Row{"19:00", 19, 0}, {"00:00", 0, 0}, {"23:59", 23, 59}, {"7:05", 7, 5}}) {
    CAPTURE(row.text);
    const auto time = parse_time_of_day(row.text);
    REQUIRE(time.has_value());
    CHECK(time->hour == row.hour);
    CHECK(time->minute == row.minute);
  }
  for (const char* text : {"1:-0",  "-0:00",  "",         ":",    "19",  "24:00",  "19:60",
                           "19:0",  "19:000", "-1:00",    "1:-1", "7:5", "019:00", " 7:05",
                           "7:05 ", "7.05",   "19:00:00", "7pm",  ":00", "+7:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time_of_day(text).has_value());
  }
}

TEST_CASE("only our unit is ours") {
  CHECK(is_our_unit(*service_text(plain())));
  CHECK(is_our_unit(timer_text(plain())));
  CHECK_FALSE(is_our_unit(""));
  CHECK_FALSE(is_our_unit("[Unit]\n# Written by attune schedule, which also removes it.\n"));
}

TEST_CASE("a crontab keeps every byte but our line") {
  const std::string line = *cron_line(plain());
  const std::string before = "# mine\r\n\n  5 5 * * * a  # attune scheduled\n\xff\n";
  const std::string after = "#0 19 * * * attune # attune schedule\nMAILTO=x";
  CHECK(with_cron_line("", line) == line);
  CHECK(with_cron_line(before, line) == before + line);
  CHECK(with_cron_line(after, line) == after + "\n" + line);
  const std::string ours = before + "1 1 * * * /old/attune # attune schedule\n" + after;
  CHECK(with_cron_line(ours, line) == before + line + after);
  CHECK(without_cron_line(ours) == before + after);
  CHECK(without_cron_line(before + after) == before + after);
  CHECK(with_cron_line(ours + "\n" + line, line) == before + line + after + "\n");
  CHECK(without_cron_line("1 1 * * * x # attune schedule") == "");
  const std::string note = " \t# not this one # attune schedule\n";
  CHECK(without_cron_line(note) == note);
}
