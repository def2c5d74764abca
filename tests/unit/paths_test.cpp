// SPDX-License-Identifier: MIT
#include "attune/paths.hpp"

#include <doctest/doctest.h>

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
    const Paths paths = find_paths({.home = c.home,
                                    .xdg_data_home = c.xdg_data_home,
                                    .xdg_config_home = c.xdg_config_home,
                                    .executable_directory = {},
                                    .share_directory = {},
                                    .source_directory = {}});
    CHECK(paths.data == c.data);
    CHECK(paths.config == c.config);
  }
}

namespace {

std::vector<std::string> definitions(const char* home, const char* executable_directory,
                                     const char* share_directory, const char* source_directory) {
  std::vector<std::string> names;
  for (const auto& path : find_paths({.home = home,
                          .xdg_data_home = {},
                          .xdg_config_home = {},
                          .executable_directory = executable_directory,
                          .share_directory = share_directory,
                          .source_directory = source_directory})
                              .definitions) {
    names.push_back(path.string());
  }
  return names;
}

}  // namespace

TEST_CASE("definitions are looked for at the person's, then installed, then in the source tree") {
  using Names = std::vector<std::string>;
  const char* own = "/home/ada/.config/attune/questionnaires";
  CHECK(definitions("/home/ada", "/usr/bin", "/usr/share/attune", "") ==
        Names{own, "/usr/share/attune/questionnaires"});
  CHECK(
      definitions("/home/ada", "/src/attune/build/dev", "/usr/local/share/attune", "/src/attune") ==
      Names{own, "/usr/local/share/attune/questionnaires", "/src/attune/questionnaires"});
  // A moved installation finds what came with it before what its build was meant for.
  CHECK(definitions("/home/ada", "/opt/attune/bin", "/usr/share/attune", "") ==
        Names{own, "/opt/attune/share/attune/questionnaires", "/usr/share/attune/questionnaires"});
  CHECK(definitions("", "", "", "").empty());
}
