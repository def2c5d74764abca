// SPDX-License-Identifier: MIT
#pragma once

/// How a profile leaves the program: shared by `take` and `history show`.

#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/config.hpp"
#include "attune/paths.hpp"
#include "attune/profile.hpp"
#include "attune/shared_scores.hpp"

#include "app/arguments.hpp"
#include "app/commands/check_ins.hpp"
#include "app/format.hpp"

namespace attune {

/// The person's configuration. No file is no configuration; one that can't be used is an error.
[[nodiscard]] Result<Config, LoadError> read_config(const Paths& paths);

/// How much of a profile is written: all of it, or what two people may exchange.
enum class Extent { whole, scores_only };

/// From the option `--scores-only`. Error: usage, beside another format than json or `--explain`.
[[nodiscard]] Result<Extent> extent_of(const Arguments& arguments, Format format);

/// What of a profile may be shared. It names the text that the record is scored with, which is
/// another than it was taken with once it was rescored.
[[nodiscard]] SharedScores scores_to_share(const Profile& profile, ScoredBy scored_by);

[[nodiscard]] std::string render_profile(const Profile& profile, Format format,
                                         const ProfileOptions& options, const TextStyle& style);

}  // namespace attune
