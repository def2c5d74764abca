// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "attune/catalogue.hpp"
#include "attune/moments.hpp"

#include "app/commands/check_ins.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/streams.hpp"

namespace attune {

struct SummaryOptions {
  Selection selection;  ///< its questionnaire is set
  Notes notes = Notes::hide;
  Format format = Format::text;
};

/// `attune moments`: what many entries of a journal or a log add up to. With no entry yet it says
/// how to begin, by the definition that the catalogue has.
ExitStatus show_moments(const SummaryOptions& options, const TextStyle& style,
                        const Catalogue& catalogue, std::optional<History>& history,
                        Streams& streams);

/// All entries of one log form, laid out for the definition of the newest; the questionnaire is
/// null when there are none.
struct Entries {
  const Questionnaire* questionnaire = nullptr;
  std::vector<Entry> entries;
};
[[nodiscard]] Result<Entries> collect_entries(History& history, KeptDefinitions& definitions,
                                              const Selection& selection);

}  // namespace attune
