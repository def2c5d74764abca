// SPDX-License-Identifier: MIT
#pragma once

/// A profile: made from answers, read back from the history, and written in every format.

#include <optional>
#include <string>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/comparison.hpp"
#include "attune/definition.hpp"
#include "attune/history.hpp"
#include "attune/profile.hpp"

#include "app/arguments.hpp"
#include "app/options.hpp"

namespace attune::app {

/// The profile of answers by their definition: scored, with derived scores, interpreted.
[[nodiscard]] report::Profile make_profile(Questionnaire questionnaire, std::size_t form,
                                           Record record, Responses responses,
                                           std::vector<TriedStep> tried);

/// By which definition a record is read: the one it is scored with now, or that it was taken with.
enum class ScoredBy { newest, as_taken };

/// Which steps tried are seen beside a profile: those before it was taken, so that it reads as it
/// did then, or all.
enum class Tries { before, all };

/// The whole profile of a record. Errors: the history's; that this version can't use the
/// definition.
[[nodiscard]] report::Profile profile_of(store::History& history, const Record& record,
                                         ScoredBy scored_by, Tries tries);

/// Why a record has no profile in this version.
[[nodiscard]] Error unusable_definition(const Record& record);

/// The person's configuration. No file is no configuration; one that can't be used is a LoadError.
[[nodiscard]] definition::Config read_config(const store::Paths& paths);

/// How much of a profile is written: all of it, or what two people may exchange.
enum class Extent { whole, scores_only };

/// From the option `--scores-only`. Error: usage, beside another format than json or `--explain`.
[[nodiscard]] Extent extent_of(const Arguments& arguments, Format format);

/// What of a profile may be shared. It names the text that the record is scored with, which is
/// another than it was taken with once it was rescored.
[[nodiscard]] report::SharedScores scores_to_share(const report::Profile& profile,
                                                   ScoredBy scored_by);

[[nodiscard]] std::string render_profile(const report::Profile& profile, Format format,
                                         const report::ProfileOptions& options,
                                         const report::TextStyle& style);

}  // namespace attune::app
