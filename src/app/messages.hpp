// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "attune/catalogue.hpp"
#include "attune/definition.hpp"
#include "attune/error.hpp"

#include "app/streams.hpp"

namespace attune::app {

/// What a script learns of an error.
[[nodiscard]] ExitStatus exit_status(ErrorKind kind);

/// Reports an error on standard error: `attune: place: message`, its advice indented below. Gives
/// its exit status.
ExitStatus report(Streams& streams, const Error& error);

/// Reports why a definition could not be used: the error, or every problem as file:line:col.
ExitStatus report(Streams& streams, const store::LoadError& error);

/// One problem as `file:line:col: message`, its advice indented below; warnings are marked as such.
void write_problem(Output& output, std::string_view file, const definition::Problem& problem);

/// An error about a name that is none of `candidates`, with the nearest of them as advice, or all
/// of them when they are at most seven.
[[nodiscard]] Error unknown_name(ErrorKind kind, std::string_view place, std::string_view name,
                                 std::span<const std::string> candidates);

}  // namespace attune::app
