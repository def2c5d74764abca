// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/history.hpp"

#include "app/commands/take.hpp"

namespace attune {

/// One administration being prepared: which definition, form and about, in which order, and the
/// draft it may continue.
struct Sitting {
  LoadedDefinition definition;
  std::size_t form = 0;
  std::optional<std::size_t> about;
  std::vector<std::size_t> order;
  Instant started_at;
  Draft draft;  ///< new, or the one that is resumed
};

/// The form and about that the options name. Errors: usage, with the nearest names.
[[nodiscard]] Result<Sitting> prepare(LoadedDefinition definition, const TakeOptions& options,
                                      const Clock& clock, Random& random);

/// What was resumed, for the one line that says so.
enum class Resumed { nothing, draft, draft_of_earlier_text };

/// Takes up the newest draft of this questionnaire, form and about. When the definition has changed
/// since, the sitting goes on with the text it was begun with, so that the answers stay comparable.
/// Errors: the history's, or bad_data when that text can't be used any more.
[[nodiscard]] Result<Resumed> resume_draft(Sitting& sitting, History& history);

/// "attune take closeness --form short": the command that continues this sitting.
[[nodiscard]] std::string resume_command(const Sitting& sitting, const TakeOptions& options);

/// The record of a finished sitting. Precondition: its text is named.
[[nodiscard]] Record make_record(const Sitting& sitting, const Responses& responses,
                                 Instant taken_at, std::string id);

}  // namespace attune
