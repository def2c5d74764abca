// SPDX-License-Identifier: MIT
#pragma once

/// What the history file holds: its marks, its tables, and how an older one becomes a newer one.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "attune/result.hpp"

#include "store/sqlite.hpp"

namespace attune::detail {

inline constexpr std::int64_t schema_version = 1;

/// Bytes of a SQLite file that tell whose it is.
inline constexpr std::size_t header_bytes = 100;

enum class StoreContent { nothing, history, locked };

/// Judges a file by its first `header_bytes` before SQLite may touch it; `nothing` for an empty
/// one. Errors: bad_data when it is not a history, configuration when it is a newer one.
[[nodiscard]] StoreContent check_header(std::string_view beginning,
                                        const std::filesystem::path& file);

/// The same of the file itself; `nothing` when there is none. One without a beginning is a history
/// when the journal of an interrupted save is there, which SQLite then undoes: a power cut may
/// leave any part of the very first save. Errors: those of `read_private_beginning` too.
[[nodiscard]] StoreContent look_at(const std::filesystem::path& file, Access access);

/// The schema's number; 0 when there are no tables yet. Also undoes an interrupted save.
[[nodiscard]] std::int64_t read_schema_version(Connection& connection);

/// Makes the tables where there are none. Errors: configuration when the store is newer.
void prepare_schema(Connection& connection);

}  // namespace attune::detail
