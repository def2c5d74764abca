// SPDX-License-Identifier: MIT
#include <string_view>

#include "attune/catalogue.hpp"

namespace attune::store {
namespace {

// An XDG directory: the variable when it is absolute ("all paths must be absolute; a relative one
// is to be ignored"), else the standard place below the home, else nothing.
std::filesystem::path base_directory(const std::string& variable, const std::string& home,
                                     std::string_view below_home) {
  if (variable.starts_with('/')) return std::filesystem::path(variable) / "attune";
  if (home.starts_with('/')) return std::filesystem::path(home) / below_home / "attune";
  return {};
}

}  // namespace

Paths find_paths(const PathValues& values) {
  Paths paths;
  paths.data = base_directory(values.xdg_data_home, values.home, ".local/share");
  paths.config = base_directory(values.xdg_config_home, values.home, ".config");
  if (!paths.config.empty()) paths.definitions.push_back(paths.config / "questionnaires");
  return paths;
}

}  // namespace attune::store
