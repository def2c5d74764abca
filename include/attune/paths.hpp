// SPDX-License-Identifier: MIT
#pragma once

/// Where the person's files are, computed from values alone: nothing here reads
/// the environment or touches a file. The rules are those of the XDG Base Directory Specification.
///
///     Paths paths = find_paths({.home = "/home/ada"});
///     paths.data  // "/home/ada/.local/share/attune"

#include <filesystem>
#include <string>
#include <vector>

namespace attune::store {

/// What the paths follow from. An empty value is one that is not set.
struct PathValues {
  std::string home;             ///< HOME; when that is unset, the home of the password database
  std::string xdg_data_home;    ///< XDG_DATA_HOME; ignored unless absolute
  std::string xdg_config_home;  ///< XDG_CONFIG_HOME; ignored unless absolute
};

struct Paths {
  std::filesystem::path data;    ///< of the history; empty when no home is known
  std::filesystem::path config;  ///< empty when no home is known
  /// Directories of definitions, the first having precedence: the person's own. Their `keys`
  /// subdirectories are the catalogue's to look into.
  std::vector<std::filesystem::path> definitions;
};

/// The paths that follow from `values`.
[[nodiscard]] Paths find_paths(const PathValues& values);

}  // namespace attune::store
