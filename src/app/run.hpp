// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "app/exit_status.hpp"
#include "app/streams.hpp"

namespace attune {

/// The program: finds the command among `words` (argv without the program's name), runs it, and
/// makes sure that what it wrote arrived. The one place that catches exceptions.
ExitStatus run(std::span<const std::string> words, Streams& streams);

}  // namespace attune
