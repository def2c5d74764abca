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

/// The answers of records, laid out for `questionnaire`; of those about one person where `about`
/// names one.
[[nodiscard]] std::vector<Entry> entries_of(const std::vector<Record>& records,
                                            const Questionnaire& questionnaire,
                                            const std::optional<std::string>& about);

}  // namespace attune
