// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "attune/result.hpp"

namespace attune::detail {

/// Why a system call failed, in our own words: "the disk is full". `error_number` is an errno.
[[nodiscard]] std::string reason_of(int error_number);

/// The kind that an errno means for a script; `io` for all that is not about permission or names.
[[nodiscard]] ErrorKind kind_of(int error_number);

/// "<what>: <reason>" about `path`, with the kind that follows from `error_number`.
[[nodiscard]] Error file_error(std::string_view what, const std::filesystem::path& path,
                               int error_number);

}  // namespace attune::detail
