// SPDX-License-Identifier: MIT
#include "attune/paths.hpp"

#include <algorithm>
#include <string_view>

namespace attune {
namespace {

// An XDG directory: the variable when it is absolute ("all paths must be absolute; a relative one
// is to be ignored"), else the standard place below the home, else nothing.
std::filesystem::path base_directory(const std::string& variable, const std::string& home,
                                     std::string_view below_home) {
  if (variable.starts_with('/')) return std::filesystem::path(variable) / "attune";
  if (home.starts_with('/')) return std::filesystem::path(home) / below_home / "attune";
  return {};
}

void add_definitions(std::vector<std::filesystem::path>& directories,
                     const std::filesystem::path& parent) {
  if (parent.empty()) return;
  std::filesystem::path directory = parent / "questionnaires";
  if (std::find(directories.begin(), directories.end(), directory) == directories.end()) {
    directories.push_back(std::move(directory));
  }
}

}  // namespace

Paths find_paths(const PathValues& values) {
  Paths paths;
  paths.data = base_directory(values.xdg_data_home, values.home, ".local/share");
  paths.config = base_directory(values.xdg_config_home, values.home, ".config");
  add_definitions(paths.definitions, paths.config);
  if (values.executable_directory.filename() == "bin") {
    add_definitions(paths.definitions, values.executable_directory.parent_path() / "share/attune");
  }
  add_definitions(paths.definitions, values.share_directory);
  add_definitions(paths.definitions, values.source_directory);
  return paths;
}

}  // namespace attune
