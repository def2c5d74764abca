// SPDX-License-Identifier: MIT
#pragma once

/// The bytes of a locked history (lock.cpp: values only), and its file (locked_file.cpp): read
/// whole, kept whole. A save writes a new file beside it, syncs it, and puts it in the old one's
/// place, so that a reader and a killed process find the one or the other. The old one stays as
/// history.db.previous until the next save. The bytes:
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

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "attune/error.hpp"
#include "attune/history.hpp"

#include "store/private_files.hpp"

namespace attune::store {

/// That another process has put another file in the place of the one that was open. Its kind is
/// busy.
[[nodiscard]] Error replaced(const std::filesystem::path& file);

/// Whether a file that begins like this is a locked history.
[[nodiscard]] bool is_locked_image(std::string_view beginning);

/// The file that holds `image`, one generation after the last.
[[nodiscard]] std::string seal(const Lock& lock, std::string_view image);

/// Error bad_data unless the header is whole and asks for nothing beyond the bounds of a cost.
void check_lock(std::string_view sealed, const std::filesystem::path& file);

/// The lock of `sealed` if `secret`, a passphrase or a recovery code, opens it. Errors: those of
/// `check_lock`; io when memory is missing.
[[nodiscard]] std::optional<Lock> open_lock(std::string_view sealed, const Secret& secret,
                                            const std::filesystem::path& file);

/// Whether what begins like this has the slots of `lock`: no other lock was put on since.
[[nodiscard]] bool has_slots(std::string_view beginning, const Lock& lock);

/// The image in `sealed`, and its generation into `lock`; nothing when another key seals it. Error
/// bad_data when any byte is changed, missing or too many.
[[nodiscard]] std::optional<std::string> unseal(Lock& lock, std::string_view sealed,
                                                const std::filesystem::path& file);

/// The turn to replace the file in a directory: one process has it at a time.
class WriteTurn {
 public:
  /// Waits as long as `patience`. What a killed process left of a new file is removed. Errors:
  /// busy, io.
  explicit WriteTurn(const std::filesystem::path& file,
                     std::chrono::milliseconds patience = default_patience);

 private:
  FileDescriptor directory_;
};

/// A locked file whose passphrase was given. Who writes takes a WriteTurn first.
class LockedFile {
 public:
  /// Opens the lock of `file` with what `ask` gives. Errors: permission for a wrong or missing
  /// passphrase, and those of `open_lock`.
  LockedFile(std::filesystem::path file, const AskPassphrase& ask);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// What the file holds. Error busy when its lock is another by now.
  [[nodiscard]] std::string image();

  /// Whether another lock, or none, is on the file by now.
  [[nodiscard]] bool was_replaced() const;

  /// Proves that something could be kept, and keeps nothing.
  void try_to_keep() const;

  /// Durable when it returns. On an error the file is as it was, unless only its directory could
  /// not be synced.
  void keep(std::string_view image);

  /// Removes the file that was there before the last save. Durable when it returns.
  void remove_previous() const;

  /// The bytes of a file that opens as `image`, sealed like the one that is kept.
  [[nodiscard]] std::string copy(std::string_view image) const;

  [[nodiscard]] const Lock& lock() const { return lock_; }

 private:
  std::filesystem::path path_;
  Lock lock_;
};

}  // namespace attune::store
