// SPDX-License-Identifier: MIT
#pragma once

/// `attune history ...`: looking at the records of a history, and changing what is in it. An empty
/// `history` is one that does not exist yet.

#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/history.hpp"
#include "attune/paths.hpp"

#include "app/clock.hpp"
#include "app/commands/check_ins.hpp"
#include "app/commands/profiles.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

/// A history that may not be there yet.
using MaybeHistory = std::optional<History>;

/// A questionnaire that neither the history nor the catalogue has is told as unknown.
ExitStatus list_records(const Selection& selection, Format format, const TextStyle& style,
                        const Catalogue& catalogue, MaybeHistory& history, Streams& streams);

struct ShowRecordOptions {
  std::string id;  ///< or "last"
  Format format = Format::text;
  Explain explain = Explain::no;
  Extent extent = Extent::whole;
  ScoredBy scored_by = ScoredBy::newest;
  std::optional<std::string> output;
  Overwrite overwrite = Overwrite::no;
};
ExitStatus show_record(const ShowRecordOptions& options, const TextStyle& style, const Paths& paths,
                       MaybeHistory& history, Streams& streams);

ExitStatus delete_record(const std::string& id, const Clock& clock, MaybeHistory& history,
                         Streams& streams);

/// Takes back the last change and says which it was.
ExitStatus undo_change(const Clock& clock, MaybeHistory& history, Streams& streams);

ExitStatus list_drafts(Format format, const TextStyle& style, MaybeHistory& history,
                       Streams& streams);
ExitStatus discard_draft(const std::string& number, const Clock& clock, MaybeHistory& history,
                         Streams& streams);

/// Scores the records of a questionnaire by the definition that the catalogue has now.
ExitStatus rescore_records(const std::string& name, const Catalogue& catalogue, const Clock& clock,
                           MaybeHistory& history, Streams& streams);

ExitStatus back_up_history(const std::string& file, Overwrite overwrite, MaybeHistory& history,
                           Streams& streams);

/// Whether a person has to say yes before it happens.
enum class Consent { ask, given };
ExitStatus purge_history(PurgeScope scope, Consent consent, MaybeHistory& history,
                         Streams& streams);

/// That a history is empty, and how its first record is made. Its kind is not_found.
[[nodiscard]] Error no_records();

/// The record with this id, or the newest for "last". Error: not_found, with the nearest ids.
[[nodiscard]] Result<Record> find_record(History& history, const std::string& id);

}  // namespace attune
