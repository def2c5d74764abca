// SPDX-License-Identifier: MIT
#pragma once

/// Directories and files for one person's eyes: made 0700 and 0600 whatever the umask, and trusted
/// only when they are the person's own and nobody else can write them.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "attune/result.hpp"

namespace attune::detail {

/// What a file is opened for. `read_only` changes nothing at all, not even a mode.
enum class Access { read_only, read_write };

/// Makes `directory`, and the parents it lacks, 0700; its entry in the parent is durable. One that
/// exists is checked like `check_private_directory` and closed to others' eyes. Errors: permission,
/// cannot_create, io.
void make_private_directory(const std::filesystem::path& directory);

/// Whether `directory` is there (false: it is not). Error permission when it is another user's,
/// writable by others, or no directory.
[[nodiscard]] bool check_private_directory(const std::filesystem::path& directory);

/// Makes an empty file with mode 0600. Not an error when it is there already.
void make_private_file(const std::filesystem::path& file);

/// The first `size` bytes (fewer when it is shorter), or nothing when there is no such file. Error
/// permission when it is a symbolic link, no regular file, another user's, or writable by others.
/// With `read_write` one that others may read is closed to them.
[[nodiscard]] std::optional<std::string> read_private_beginning(const std::filesystem::path& file,
                                                                std::size_t size, Access access);

/// All of such a file, up to 1 GiB. Errors: as above, bad_data when it is larger.
[[nodiscard]] std::optional<std::string> read_private_file(const std::filesystem::path& file);

/// Makes the names in `directory` durable: a new name is only as durable as what holds it.
void sync_directory(const std::filesystem::path& directory);

}  // namespace attune::detail
