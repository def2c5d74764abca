// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "attune/result.hpp"

#include "store/private_files.hpp"

namespace attune::detail {

/// What an extended result code of SQLite means to a person, never in SQLite's words.
/// `error_number` is the errno behind it, 0 when there is none. Throws std::bad_alloc when memory
/// ran out.
[[nodiscard]] Error sqlite_error(int code, int error_number, const std::filesystem::path& file,
                                 Access access);

/// The error for values in the file that this program never writes.
[[nodiscard]] Error damaged(const std::filesystem::path& file);

}  // namespace attune::detail
