// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "attune/catalogue.hpp"

using namespace attune;  // NOLINT: a test file

TEST_CASE("the data and configuration directories follow the XDG rules") {
  struct Case {
    const char* home;
    const char* xdg_data_home;
    const char* xdg_config_home;
    const char* data;
    const char* config;
  };
  // XDG Base Directory Specification 0.8: the defaults, and "if an implementation encounters a
  // relative path ... it should consider the path invalid and ignore it".
  const Case cases[] = {
      {"/home/ada", "", "", "/home/ada/.local/share/attune", "/home/ada/.config/attune"},
      {"/home/ada", "/data", "/etc/ada", "/data/attune", "/etc/ada/attune"},
      {"/home/ada", "data", "./config", "/home/ada/.local/share/attune",
       "/home/ada/.config/attune"},
      {"", "/data", "", "/data/attune", ""},
      {"", "", "/config", "", "/config/attune"},
      {"ada", "", "", "", ""},
      {"", "", "", "", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.home);
    CAPTURE(c.xdg_data_home);
    const store::Paths paths = store::find_paths(c.home, c.xdg_data_home, c.xdg_config_home);
    CHECK(paths.data == c.data);
    CHECK(paths.config == c.config);
  }
}

TEST_CASE("definitions are looked for in the person's own configuration") {
  const store::Paths paths = store::find_paths("/home/ada", {}, {});
  REQUIRE(paths.definitions.size() == 1);
  CHECK(paths.definitions.front() == "/home/ada/.config/attune/questionnaires");
  CHECK(store::find_paths({}, {}, {}).definitions.empty());
}
