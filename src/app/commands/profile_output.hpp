// SPDX-License-Identifier: MIT
#pragma once

/// How a profile leaves the program: shared by `take` and `history show`.

#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/config.hpp"
#include "attune/paths.hpp"
#include "attune/profile.hpp"

#include "app/format.hpp"

namespace attune {

/// The person's configuration. No file is no configuration; one that can't be used is an error.
[[nodiscard]] Result<Config, LoadError> read_config(const Paths& paths);

[[nodiscard]] std::string render_profile(const Profile& profile, Format format,
                                         const ProfileOptions& options, const TextStyle& style);

}  // namespace attune
