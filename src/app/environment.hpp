// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "attune/document.hpp"
#include "attune/paths.hpp"

#include "app/streams.hpp"

namespace attune {

/// The environment variables of the process: the one place that reads them.
class Environment {
 public:
  /// The variable's value, or nothing when it is unset or empty.
  [[nodiscard]] std::optional<std::string> value(const char* name) const;
};

/// Whether LC_ALL, LC_CTYPE or LANG (the first that is set decides) names a UTF-8 character set.
[[nodiscard]] Charset charset_of(const Environment& environment);

/// Whether the person asked for plain lines: ACCESSIBLE (not 0 or false), or a terminal without
/// cursor movement.
[[nodiscard]] bool wants_plain_lines(const Environment& environment);

/// How text is to be written to standard output: its width, colour and characters.
[[nodiscard]] TextStyle text_style(const Environment& environment, const Streams& streams);

/// The file of the running program, by its absolute path; empty where the system does not say.
[[nodiscard]] std::filesystem::path program_file();

/// Where the person's files are, by HOME and the XDG variables.
[[nodiscard]] Paths paths_of(const Environment& environment);

}  // namespace attune
