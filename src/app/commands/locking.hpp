// SPDX-License-Identifier: MIT
#pragma once

/// `attune history lock`, `unlock` and `passphrase`.

#include <filesystem>
#include <optional>

#include "attune/history_lock.hpp"

#include "app/exit_status.hpp"
#include "app/passphrase.hpp"
#include "app/streams.hpp"

namespace attune {

/// Locks the history by a passphrase from `source` or the person. The recovery code is written to
/// standard output first; a person types its end before anything is changed.
ExitStatus lock(const std::optional<PassphraseSource>& source,
                const std::filesystem::path& directory, Streams& streams);

/// Takes the lock off.
ExitStatus unlock(const AskPassphrase& ask, const std::filesystem::path& directory,
                  Streams& streams);

/// Changes passphrase, key and recovery code. `source` is that of the new passphrase.
ExitStatus change_passphrase(const AskPassphrase& ask,
                             const std::optional<PassphraseSource>& source,
                             const std::filesystem::path& directory, Streams& streams);

}  // namespace attune
