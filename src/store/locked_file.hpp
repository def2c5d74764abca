// SPDX-License-Identifier: MIT
#pragma once

/// The file of a locked history: read whole, kept whole. A save writes a new file beside it, syncs
/// it, and puts it in the old one's place, so that a reader and a killed process find the one or
/// the other. The old one stays as history.db.previous until the next save.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "attune/history.hpp"

#include "store/lock.hpp"
#include "store/private_files.hpp"

namespace attune::store {

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

  /// The same where another process has kept something since it was last read or kept.
  [[nodiscard]] std::optional<std::string> newer_image();

  /// Proves that something could be kept, and keeps nothing.
  void try_to_keep() const;

  /// Durable when it returns. On an error the file is as it was, unless only its directory could
  /// not be synced.
  void keep(std::string_view image);

  /// The bytes of a file that opens as `image`, sealed like the one that is kept.
  [[nodiscard]] std::string copy(std::string_view image);

  [[nodiscard]] const Lock& lock() const { return lock_; }

 private:
  std::filesystem::path path_;
  Lock lock_;
};

}  // namespace attune::store
