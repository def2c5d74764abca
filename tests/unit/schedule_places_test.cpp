// SPDX-License-Identifier: MIT
#include "app/commands/schedule_places.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "app/commands/reminder.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file
namespace fs = std::filesystem;

namespace {

// A home with texts of ours to write.
struct Home {
  TemporaryDirectory root;
  UnitFiles files = unit_files(root.path() / "config" / "systemd" / "user");
  std::string service = *service_text(some_reminder());
  std::string timer = timer_text(some_reminder());

  static Reminder some_reminder() {
    Reminder reminder;
    reminder.program = "/usr/bin/attune";
    return reminder;
  }

  [[nodiscard]] Result<void> write() const { return write_units(files, service, timer); }
};

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("the units are written for the owner alone, and the timer is enabled") {
  const mode_t umask_before = umask(0);
  const Home home;
  const bool written = home.write().has_value();
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
  REQUIRE(home.write().has_value());
  CHECK(mode_of(home.files.service.parent_path()) == 0755);
}

TEST_CASE("units of ours are replaced, and those of others stop everything") {
  Home home;
  REQUIRE(home.write().has_value());
  home.timer += "# changed\n";
  REQUIRE(home.write().has_value());
  CHECK(read_bytes(home.files.timer) == home.timer);

  write_bytes(home.files.timer, "[Timer]\nOnCalendar=daily\n");
  home.service += "# changed\n";
  const Result<void> refused = home.write();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::cannot_create);
  CHECK(refused.error().place == home.files.timer.native());
  CHECK(read_bytes(home.files.timer) == "[Timer]\nOnCalendar=daily\n");
  CHECK(read_bytes(home.files.service) + "# changed\n" == home.service);
  const auto kept = remove_units(home.files);
  REQUIRE_FALSE(kept.has_value());
  CHECK(kept.error().kind == ErrorKind::permission);
  CHECK(fs::exists(home.files.service));
}

TEST_CASE("a unit that is masked, or a directory, is not ours") {
  Home home;
  fs::create_directories(home.files.service.parent_path());
  fs::create_symlink("/dev/null", home.files.service);
  CHECK_FALSE(home.write().has_value());
  fs::remove(home.files.service);
  // Kept elsewhere and linked, it is for its owner to change.
  write_bytes(home.root.path() / "elsewhere.service", home.service);
  fs::create_symlink(home.root.path() / "elsewhere.service", home.files.service);
  CHECK_FALSE(home.write().has_value());
  fs::remove(home.files.service);
  fs::create_directory(home.files.timer);
  CHECK_FALSE(home.write().has_value());
  CHECK_FALSE(fs::exists(home.files.service));
}

TEST_CASE("a link to another timer is not ours, one written relatively is") {
  Home home;
  fs::create_directories(home.files.link.parent_path());
  fs::create_symlink("../other.timer", home.files.link);
  CHECK_FALSE(home.write().has_value());
  CHECK_FALSE(remove_units(home.files).has_value());
  fs::remove(home.files.link);
  fs::create_symlink("../attune-due.timer", home.files.link);
  CHECK(home.write().has_value());
}

TEST_CASE("removing takes away what is there and nothing else") {
  const Home home;
  CHECK(remove_units(home.files)->empty());
  REQUIRE(home.write().has_value());
  write_bytes(home.files.service.parent_path() / "other.service", "[Unit]\n");
  CHECK(*remove_units(home.files) ==
        std::vector<fs::path>{home.files.link, home.files.timer, home.files.service});
  CHECK_FALSE(fs::exists(fs::symlink_status(home.files.link)));
  CHECK_FALSE(fs::exists(home.files.service));
  CHECK(fs::exists(home.files.service.parent_path() / "other.service"));
}
