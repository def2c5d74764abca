// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "attune/secret.hpp"

#include "app/streams.hpp"

namespace attune {

/// Questions are talk, so they go to standard error, or to standard output where only that is a
/// terminal.
[[nodiscard]] Output& talk_output(Streams& streams);

/// Whether there is a person to ask: a terminal to read from, and one to write to.
[[nodiscard]] bool can_ask(const Streams& streams);

/// Asks for one line on the terminal; nothing when the person interrupted or the input ended, which
/// is never taken for an answer. Precondition: can_ask.
[[nodiscard]] std::optional<std::string> ask_line(Streams& streams, std::string_view prompt);

/// The same without showing what is typed.
[[nodiscard]] std::optional<Secret> ask_secret(Streams& streams, std::string_view prompt);

}  // namespace attune
