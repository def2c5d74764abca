// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "app/commands/schedule.hpp"
#include "temporary_directory.hpp"
#include "thrown_error.hpp"

using namespace attune;  // NOLINT: a test file
namespace fs = std::filesystem;

namespace {

app::Reminder plain() {
  app::Reminder reminder;
  reminder.program = "/usr/bin/attune";
  return reminder;
}

app::Reminder in_folder(std::string program) {
  app::Reminder reminder;
  reminder.program = std::move(program);
  return reminder;
}

std::optional<ErrorKind> refusal_of_unit(const app::Reminder& reminder) {
  const auto error = thrown_error([&] { return app::service_text(reminder); });
  return error ? std::optional(error->kind) : std::nullopt;
}

std::optional<ErrorKind> refusal_of_cron(const app::Reminder& reminder) {
  const auto error = thrown_error([&] { return app::cron_line(reminder); });
  return error ? std::optional(error->kind) : std::nullopt;
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

// A home with texts of ours to write.
struct Home {
  TemporaryDirectory root;
  app::UnitFiles files{root.path() / "config" / "systemd" / "user"};
  std::string service = app::service_text(plain());
  std::string timer = app::timer_text(plain());

  // Writes the units. What refuses them, or nothing.
  [[nodiscard]] std::optional<Error> write() const {
    return thrown_error([&] {
      app::write_units(files, service, timer);
      return 0;
    });
  }

  [[nodiscard]] std::optional<Error> remove() const {
    return thrown_error([&] { return app::remove_units(files); });
  }
};

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("the service asks due, and shows a reminder that says nothing private") {
  CHECK(
      app::service_text(plain()) ==
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
  app::Reminder reminder = plain();
  reminder.at = {7, 5};
  CHECK(app::timer_text(reminder) ==
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
  app::Reminder reminder = plain();
  reminder.at = {7, 5};
  CHECK(app::cron_line(reminder) ==
        "5 7 * * * /usr/bin/attune due -q && XDG_RUNTIME_DIR=\"/run/user/$(id -u)\" notify-send "
        "\"A reminder\" \"It is time for what you planned.\" 2>/dev/null # attune schedule\n");
}

TEST_CASE("a bus of the session at another place stands in the line of a crontab") {
  app::Reminder reminder = plain();
  reminder.bus = "unix:path=/tmp/dbus-it's,guid=0a%20";
  CHECK(has(
      app::cron_line(reminder),
      R"( && DBUS_SESSION_BUS_ADDRESS='unix:path=/tmp/dbus-it'"'"'s,guid=0a\%20' notify-send )"));
  CHECK_FALSE(has(app::cron_line(reminder), "XDG_RUNTIME_DIR"));
  CHECK_FALSE(has(app::service_text(reminder), "dbus"));
}

TEST_CASE("a questionnaire and a period are passed on to due") {
  app::Reminder reminder = plain();
  reminder.due_options = " --every 2w growth";
  CHECK(
      has(app::service_text(reminder), "ExecCondition=/usr/bin/attune due -q --every 2w growth\n"));
  CHECK(has(app::cron_line(reminder), " /usr/bin/attune due -q --every 2w growth && "));
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
    CHECK(has(app::service_text(in_folder(row.path)),
              "\nExecCondition=" + std::string(row.unit) + " due -q\n"));
    CHECK(has(app::cron_line(in_folder(row.path)), "* " + std::string(row.cron) + " due -q && "));
  }
  CHECK(has(app::cron_line(in_folder("/it's/attune")), R"( '/it'"'"'s/attune' due -q )"));
}

TEST_CASE("variables that due needs are passed on, quoted") {
  app::Reminder reminder = plain();
  reminder.environment = {{"XDG_DATA_HOME", "/da ta"}, {"XDG_CONFIG_HOME", "/etc/own"}};
  CHECK(has(app::service_text(reminder),
            "Environment=\"XDG_DATA_HOME=/da ta\"\nEnvironment=XDG_CONFIG_HOME=/etc/own\n"));
  CHECK(has(app::cron_line(reminder),
            "* XDG_DATA_HOME='/da ta' XDG_CONFIG_HOME=/etc/own /usr/bin/attune due"));
  reminder.environment = {{"XDG_DATA_HOME", "/a\"b\\c%d"}};
  CHECK(has(app::service_text(reminder), R"(Environment="XDG_DATA_HOME=/a\"b\\c%%d")"));
}

TEST_CASE("a path that a schedule can't hold is refused") {
  for (const char* path : {"/a\nb/attune", "/a\x1b/attune", "/a\xff/attune", "/\u202e/attune"}) {
    CAPTURE(path);
    CHECK(refusal_of_unit(in_folder(path)) == ErrorKind::cannot_create);
    CHECK(refusal_of_cron(in_folder(path)) == ErrorKind::cannot_create);
    app::Reminder reminder = plain();
    reminder.environment = {{"XDG_DATA_HOME", path}};
    CHECK(refusal_of_unit(reminder) == ErrorKind::cannot_create);
    CHECK(refusal_of_cron(reminder) == ErrorKind::cannot_create);
  }
  // systemd refuses a program's name with quotes; some crons drop a backslash.
  CHECK(refusal_of_unit(in_folder("/it's/attune")));
  CHECK(refusal_of_unit(in_folder("/a\"b/attune")));
  CHECK(refusal_of_unit(in_folder("/a\\b/attune")));
  CHECK(refusal_of_cron(in_folder("/a\\b/attune")));
}

TEST_CASE("a time of day is hours and minutes") {
  struct Row {
    const char* text;
    int hour;
    int minute;
  };
  for (const Row& row : {Row{"19:00", 19, 0}, {"00:00", 0, 0}, {"23:59", 23, 59}, {"7:05", 7, 5}}) {
    CAPTURE(row.text);
    const app::TimeOfDay time = app::parse_time_of_day(row.text);
    CHECK(time.hour == row.hour);
    CHECK(time.minute == row.minute);
  }
  for (const char* text : {"1:-0",  "-0:00",  "",         ":",    "19",  "24:00",  "19:60",
                           "19:0",  "19:000", "-1:00",    "1:-1", "7:5", "019:00", " 7:05",
                           "7:05 ", "7.05",   "19:00:00", "7pm",  ":00", "+7:00"}) {
    CAPTURE(text);
    const auto error = thrown_error([&] { return app::parse_time_of_day(text); });
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::usage);
    CHECK(error->place == "--at");
  }
}

TEST_CASE("a crontab keeps every byte but our line") {
  const std::string line = app::cron_line(plain());
  const std::string before = "# mine\r\n\n  5 5 * * * a  # attune scheduled\n\xff\n";
  const std::string after = "#0 19 * * * attune # attune schedule\nMAILTO=x";
  CHECK(app::crontab_with("", line) == line);
  CHECK(app::crontab_with(before, line) == before + line);
  CHECK(app::crontab_with(after, line) == after + "\n" + line);
  const std::string ours = before + "1 1 * * * /old/attune # attune schedule\n" + after;
  CHECK(app::crontab_with(ours, line) == before + line + after);
  CHECK(app::crontab_with(ours, "") == before + after);
  CHECK(app::crontab_with(before + after, "") == before + after);
  CHECK(app::crontab_with(ours + "\n" + line, line) == before + line + after + "\n");
  CHECK(app::crontab_with("1 1 * * * x # attune schedule", "") == "");
  const std::string note = " \t# not this one # attune schedule\n";
  CHECK(app::crontab_with(note, "") == note);
}

TEST_CASE("the units are written for the owner alone, and the timer is enabled") {
  const mode_t umask_before = umask(0);
  const Home home;
  const bool written = !home.write();
  umask(umask_before);
  REQUIRE(written);
  CHECK(read_bytes(home.files.service) == home.service);
  CHECK(read_bytes(home.files.timer) == home.timer);
  CHECK(fs::read_symlink(home.files.link) == home.files.timer);
  CHECK(mode_of(home.files.service) == 0600);
  CHECK(mode_of(home.files.timer) == 0600);
  CHECK(mode_of(home.root.path() / "config") == 0700);
  CHECK(mode_of(home.files.link.parent_path()) == 0700);
}

TEST_CASE("directories that others use keep their rights") {
  const Home home;
  fs::create_directories(home.files.service.parent_path());
  fs::permissions(home.files.service.parent_path(), fs::perms(0755));
  REQUIRE_FALSE(home.write());
  CHECK(mode_of(home.files.service.parent_path()) == 0755);
}

TEST_CASE("units of ours are replaced, and those of others stop everything") {
  Home home;
  REQUIRE_FALSE(home.write());
  home.timer += "# changed\n";
  REQUIRE_FALSE(home.write());
  CHECK(read_bytes(home.files.timer) == home.timer);

  write_bytes(home.files.timer, "[Timer]\nOnCalendar=daily\n");
  home.service += "# changed\n";
  const auto refused = home.write();
  REQUIRE(refused);
  CHECK(refused->kind == ErrorKind::cannot_create);
  CHECK(refused->place == home.files.timer.native());
  CHECK(read_bytes(home.files.timer) == "[Timer]\nOnCalendar=daily\n");
  CHECK(read_bytes(home.files.service) + "# changed\n" == home.service);
  const auto kept = home.remove();
  REQUIRE(kept);
  CHECK(kept->kind == ErrorKind::permission);
  CHECK(fs::exists(home.files.service));
}

TEST_CASE("a unit that is masked, or a directory, is not ours") {
  Home home;
  fs::create_directories(home.files.service.parent_path());
  fs::create_symlink("/dev/null", home.files.service);
  CHECK(home.write());
  fs::remove(home.files.service);
  // Kept elsewhere and linked, it is for its owner to change.
  write_bytes(home.root.path() / "elsewhere.service", home.service);
  fs::create_symlink(home.root.path() / "elsewhere.service", home.files.service);
  CHECK(home.write());
  fs::remove(home.files.service);
  fs::create_directory(home.files.timer);
  CHECK(home.write());
  CHECK_FALSE(fs::exists(home.files.service));
}

TEST_CASE("a link to another timer is not ours, one written relatively is") {
  Home home;
  fs::create_directories(home.files.link.parent_path());
  fs::create_symlink("../other.timer", home.files.link);
  CHECK(home.write());
  CHECK(home.remove());
  fs::remove(home.files.link);
  fs::create_symlink("../attune-due.timer", home.files.link);
  CHECK_FALSE(home.write());
}

TEST_CASE("removing takes away what is there and nothing else") {
  const Home home;
  CHECK(app::remove_units(home.files).empty());
  REQUIRE_FALSE(home.write());
  write_bytes(home.files.service.parent_path() / "other.service", "[Unit]\n");
  CHECK(app::remove_units(home.files) ==
        std::vector<fs::path>{home.files.link, home.files.timer, home.files.service});
  CHECK_FALSE(fs::exists(fs::symlink_status(home.files.link)));
  CHECK_FALSE(fs::exists(home.files.service));
  CHECK(fs::exists(home.files.service.parent_path() / "other.service"));
}
