// SPDX-License-Identifier: MIT
#pragma once

/// Where a reminder is kept: a person's own systemd units, or their crontab.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "attune/result.hpp"

namespace attune {

/// The files of a reminder in a directory of systemd units, and the link by which `systemctl
/// enable` would tell systemd to start it.
struct UnitFiles {
  std::filesystem::path service;
  std::filesystem::path timer;
  std::filesystem::path link;
};
[[nodiscard]] UnitFiles unit_files(const std::filesystem::path& directory);

/// Writes both files (0600; directories that are missing are made 0700) and the link, replacing
/// ours. Error cannot_create when one is there that is not ours; then nothing is written.
[[nodiscard]] Result<void> write_units(const UnitFiles& files, std::string_view service,
                                       std::string_view timer);

/// Deletes the files and the link: which of them were there. Error permission when one is not ours;
/// then nothing is deleted.
[[nodiscard]] Result<std::vector<std::filesystem::path>> remove_units(const UnitFiles& files);

/// The person's crontab; empty when they have none. Errors: cannot_create where there is no crontab
/// program, io when it refuses.
[[nodiscard]] Result<std::string> read_crontab();

/// Puts `text` in its place. Errors as above; then the earlier one still stands.
[[nodiscard]] Result<void> write_crontab(std::string_view text);

}  // namespace attune
