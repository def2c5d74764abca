// SPDX-License-Identifier: MIT
#pragma once

/// The person's configuration, config.toml in the configuration directory: the little that can't be
/// an option each time. Not for finding or reading the file: the text is handed in.
///
///     ConfigFile file = check_config("contact = \"Ada, 555 0100\"\n");

#include <optional>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

namespace attune::definition {

struct Config {
  std::string contact;  ///< whom to turn to in distress: one line, shown at the end of each
                        ///< profile; may be empty
};

struct ConfigFile {
  std::optional<Config> config;  ///< present exactly when there is no problem
  Problems problems;
};

/// Reads and checks a configuration. Unknown keys are errors, with the nearest name.
[[nodiscard]] ConfigFile check_config(std::string_view text);

}  // namespace attune::definition
