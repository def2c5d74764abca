// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/document.hpp"
#include "attune/history.hpp"

#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/streams.hpp"

namespace attune {

/// `attune progress`: the growth measures of all questionnaires that have some. Which these are,
/// and their order, the definitions say. Without an about each questionnaire shows the check-ins
/// that `trend` would.
ExitStatus show_progress(const std::optional<std::string>& about, Format format,
                         const TextStyle& style, const Catalogue& catalogue,
                         std::optional<History>& history, Streams& streams);

}  // namespace attune
