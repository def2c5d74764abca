// SPDX-License-Identifier: MIT
#pragma once

/// Encryption of the history at rest: who wants it locks the history with a passphrase, and from
/// then on its file holds sealed bytes only. A recovery code opens it too, should the passphrase be
/// forgotten; there is no third way.
///
///     NewLock lock = NewLock::make(passphrase);
///     show(lock.recovery_code());             // nothing is changed yet
///     lock_history(directory, lock);           // killed at any moment: locked or not, never
///     neither
///
/// A random key seals the data (XChaCha20-Poly1305, the secret stream of libsodium). The passphrase
/// and the code each wrap that key, stretched by Argon2id. Every byte of the file is authenticated.
/// Its size, and when it was last written, are not hidden; nor is an older copy put in its place
/// noticed.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "attune/error.hpp"
#include "attune/secret.hpp"

namespace attune::store {

/// What each guess at a passphrase costs. The default is libsodium's MODERATE: some 0.7 s.
struct PassphraseCost {
  unsigned passes = 3;               ///< over the memory, 1..16
  unsigned memory_kib = 256 * 1024;  ///< 8..1,048,576
};

/// Asks for the passphrase of a locked history, or takes a recovery code in its place. `attempt`
/// counts from 0. Nothing: there is none to offer, or none but those that were wrong.
using AskPassphrase = std::function<std::optional<Secret>(int attempt)>;

/// For those who have none: a locked history stays closed.
[[nodiscard]] std::optional<Secret> no_passphrase(int attempt);

struct Lock;
class LockedFile;

/// A lock that is made but on no history yet.
class NewLock {
 public:
  /// Error bad_data when the passphrase is empty, io when memory for the cost is missing.
  [[nodiscard]] static NewLock make(const Secret& passphrase, PassphraseCost cost = {});

  NewLock(NewLock&&) noexcept;
  NewLock& operator=(NewLock&&) noexcept;
  ~NewLock();

  /// 25 letters and digits in groups of five, 125 random bits. Case, spaces and hyphens don't
  /// matter when it is typed, and O, I and L are read as 0 and 1.
  [[nodiscard]] const Secret& recovery_code() const { return recovery_code_; }

 private:
  friend void lock_history(const std::filesystem::path&, NewLock&);
  friend class OpenLock;
  NewLock(std::unique_ptr<Lock> lock, Secret recovery_code);

  std::unique_ptr<Lock> lock_;
  Secret recovery_code_;
};

/// Whether the history in `directory` is locked; false when there is none. Errors as for opening.
[[nodiscard]] bool is_history_locked(const std::filesystem::path& directory);

/// Locks the history, and makes an empty one where there is none. The file is replaced in one step
/// once the sealed one is durable and was read back; then the bytes of the old one are overwritten.
/// Copies elsewhere and what a disk keeps below the file are out of reach. Errors: usage when it is
/// locked already, busy, io, permission.
void lock_history(const std::filesystem::path& directory, NewLock& lock);

/// A locked history whose passphrase was given: what can be done to the lock itself. Errors of
/// each: busy, also when another process changed the lock meanwhile; io, permission.
class OpenLock {
 public:
  /// Errors: usage when the history is not locked, permission for a wrong passphrase, bad_data when
  /// the file is damaged.
  [[nodiscard]] static OpenLock open(const std::filesystem::path& directory,
                                     const AskPassphrase& ask);

  OpenLock(OpenLock&&) noexcept;
  OpenLock& operator=(OpenLock&&) noexcept;
  ~OpenLock();

  /// Puts a new lock in its place: new key, new passphrase, new recovery code. Older copies of the
  /// file still open by the old ones.
  void replace(NewLock& lock);

  /// Takes the lock off: the history is plain again.
  void remove();

 private:
  explicit OpenLock(std::unique_ptr<LockedFile> file);

  std::unique_ptr<LockedFile> file_;
};

}  // namespace attune::store
