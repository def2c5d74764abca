// SPDX-License-Identifier: MIT
#pragma once

/// The bytes of a locked history: values only, no files.
///
///     magic      16  "attune locked 1\n"
///     passphrase 96  passes u32, memory KiB u32, salt 16, nonce 24, wrapped key 48
///     recovery   96  the same, for the recovery code
///     generation  8  u64, one more with each save
///     header     24  of the secret stream
///     checksum   32  BLAKE2b of all above: tells damage from a wrong passphrase, proves nothing
///     chunks         64 KiB of the image each (the last less, marked as the last), with 17 more
///
/// Numbers are little-endian. Everything before the chunks is associated data of the first one, so
/// that no byte of it can be changed unnoticed by someone without the key.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "attune/error.hpp"
#include "attune/history.hpp"
#include "attune/secret.hpp"

namespace attune::store {

/// An open lock: the key of the data, and the same key as passphrase and code wrap it.
struct Lock {
  Secret key;                    ///< 32 bytes
  std::string slots;             ///< both, as they stand in the file
  std::uint64_t generation = 0;  ///< of the image that was sealed or opened last
};

/// Whether a file that begins like this is a locked history.
[[nodiscard]] bool is_locked_image(std::string_view beginning);

/// A new key, wrapped for both. Errors as for `NewLock::make`.
[[nodiscard]] Lock make_lock(const Secret& passphrase, const Secret& recovery_code,
                             PassphraseCost cost);

/// 25 random symbols, in groups.
[[nodiscard]] Secret make_recovery_code();

/// The file that holds `image`, one generation after the last. Precondition: the lock was made or
/// opened.
[[nodiscard]] std::string seal(Lock& lock, std::string_view image);

/// Error bad_data unless the header is whole and asks for nothing beyond the bounds of a cost.
void check_lock(std::string_view sealed, const std::filesystem::path& file);

/// The lock of `sealed` if `secret`, a passphrase or a recovery code, opens it. Errors: those of
/// `check_lock`; io when memory is missing.
[[nodiscard]] std::optional<Lock> open_lock(std::string_view sealed, const Secret& secret,
                                            const std::filesystem::path& file);

/// The image in `sealed`, and its generation into `lock`; nothing when another key seals it. Error
/// bad_data when any byte is changed, missing or too many.
[[nodiscard]] std::optional<std::string> unseal(Lock& lock, std::string_view sealed,
                                                const std::filesystem::path& file);

}  // namespace attune::store
