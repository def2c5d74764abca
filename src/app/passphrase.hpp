// SPDX-License-Identifier: MIT
#pragma once

/// Where passphrases come from: a terminal without echo, a file, a descriptor, or a program. Never
/// a command line or the environment, which other programs can read.

#include <functional>
#include <string_view>

#include "attune/history.hpp"

#include "app/arguments.hpp"
#include "app/streams.hpp"

namespace attune::app {

/// Taken by every command that opens the history.
inline constexpr OptionSpec passphrase_option{
    "--passphrase-from", "SOURCE",
    "Read the passphrase of a locked history from file:PATH, fd:NUMBER or command:WORDS."};

/// Taken where a new one is chosen.
inline constexpr OptionSpec new_passphrase_option{
    "--new-passphrase-from", "SOURCE",
    "Read the new passphrase from file:PATH, fd:NUMBER or command:WORDS instead of asking."};

/// Reads a passphrase, the first line of where an option says; empty without the option. Errors:
/// permission when others may read the file or the program fails; not_found; io; bad_data when it
/// is empty or longer than 4 KiB.
using PassphraseSource = std::function<Secret()>;

/// The source that an option names. Error: usage.
[[nodiscard]] PassphraseSource passphrase_source(const Arguments& arguments,
                                                 std::string_view option);

/// Asks `source` once, or the person at the terminal three times at most. Errors: those of the
/// source; permission when there is no one to ask; interrupted.
[[nodiscard]] store::AskPassphrase passphrase_asker(const PassphraseSource& source,
                                                    Streams& streams);

/// A passphrase to lock with, at least eight characters long; a person types it twice. Errors: as
/// for asking, bad_data when it is too short, permission when the person gives up.
[[nodiscard]] Secret new_passphrase(const PassphraseSource& source, Streams& streams);

}  // namespace attune::app
