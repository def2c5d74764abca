// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/commands/check_ins.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/streams.hpp"

namespace attune {

/// Whether a line on how it went is asked for: on the terminal, or read from standard input.
enum class AskHow { no, yes };

struct NextOptions {
  Selection selection;  ///< its questionnaire is set
  Format format = Format::text;
  std::optional<std::string> tried;  ///< the step to mark
  AskHow ask_how = AskHow::no;
};

/// `attune next`: the next steps of the newest profile. With `tried` it marks one of the
/// questionnaire's steps as tried instead, whether or not the profile suggests it.
ExitStatus show_next(const NextOptions& options, const TextStyle& style, const Clock& clock,
                     std::optional<History>& history, Streams& streams);

}  // namespace attune
