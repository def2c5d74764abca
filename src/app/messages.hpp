// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "attune/catalogue.hpp"
#include "attune/definition.hpp"
#include "attune/result.hpp"

#include "app/exit_status.hpp"
#include "app/streams.hpp"

namespace attune {

/// Tells an error on standard error: `attune: place: message`, its advice indented below. Gives its
/// exit status.
ExitStatus report(Streams& streams, const Error& error);

/// Tells why a definition could not be used: the error and every problem as file:line:col.
ExitStatus report(Streams& streams, const LoadError& error);

/// One problem as `file:line:col: message`, its advice indented below; warnings are marked as such.
void write_problem(Output& output, std::string_view file, const Problem& problem);

/// A usage error with the nearest of `candidates` as advice, or all of them when they are at most
/// seven.
[[nodiscard]] Error unknown_name(ErrorKind kind, std::string_view place, std::string_view name,
                                 std::span<const std::string> candidates);

}  // namespace attune
