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
#include "attune/history_lock.hpp"

#include "store/file_descriptor.hpp"
#include "store/lock.hpp"
#include "store/sqlite.hpp"

namespace attune::detail {

/// Puts `bytes` in the place of `file`, durably, in one step. With `Previous::keep` what was there
/// stays beside it under another name (where the file system has links). On an error the old file
/// stands as it was, unless only the directory could not be synced.
enum class Previous { keep, remove };
void replace_file(const std::filesystem::path& file, std::string_view bytes, Previous previous);

/// The turn to replace the file in a directory: one process has it at a time.
class WriteTurn {
 public:
  /// Waits as long as `patience`. What a killed process left of a new file is removed. Errors:
  /// busy, io.
  [[nodiscard]] static WriteTurn take(const std::filesystem::path& file,
                                      std::chrono::milliseconds patience = default_patience);

 private:
  explicit WriteTurn(FileDescriptor held) : held_(std::move(held)) {}
  FileDescriptor held_;
};

/// The image in `file`, and its generation into `lock`. Error busy when its lock is another now.
[[nodiscard]] std::string read_locked(const std::filesystem::path& file, Lock& lock);

/// The lock of `file`, opened by what `ask` gives. Errors: permission for a wrong or missing
/// passphrase, and those of `open_lock`.
[[nodiscard]] Lock ask_lock(const std::filesystem::path& file, const AskPassphrase& ask);

/// The database in a locked `file`, in memory. Errors: those of `ask_lock` and `unseal`, and of a
/// history's header.
[[nodiscard]] Connection open_locked_connection(const std::filesystem::path& file, Access access,
                                                const AskPassphrase& ask);

/// Keeps the image of a connection in a locked file.
class LockedFile : public Backing {
 public:
  LockedFile(std::filesystem::path file, Lock lock)
      : file_(std::move(file)), lock_(std::move(lock)) {}

  [[nodiscard]] std::optional<std::string> begin() override;
  void try_keep() override;
  void keep(std::string_view image) override;
  void end() override;
  [[nodiscard]] std::string copy(std::string_view image) override;

 private:
  std::filesystem::path file_;
  Lock lock_;
  std::optional<WriteTurn> turn_;
};

}  // namespace attune::detail
