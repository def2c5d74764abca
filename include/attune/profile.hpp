// SPDX-License-Identifier: MIT
#pragma once

/// The profile of one administration: as a document for people, as JSON and CSV for programs; and
/// its next steps on their own. Not for computing anything: scores and their interpretation are
/// handed in.
///
///     out << render_text(profile_document(profile, {}), style);

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attune/document.hpp"
#include "attune/interpretation.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune::report {

/// Everything a profile shows. `record.id` is empty when nothing was kept.
struct Profile {
  Questionnaire questionnaire;
  std::size_t form = 0;
  Record record;
  Responses responses;
  Scores scores;
  Scores derived;  ///< parallel to Questionnaire::derived
  interpretation::Interpretation interpretation;
  std::vector<TriedStep> tried;  ///< next steps of this questionnaire marked as tried, oldest first
};

enum class Explain { no, yes };

struct ProfileOptions {
  Explain explain =
      Explain::no;  ///< yes: every item's contribution, and what one changed answer would do
  std::string
      contact;  ///< the person's own line on where to turn, from the configuration; may be empty
};

/// PRODUCT order: header, main scales with facets, derived scores, plane, region paragraph, what
/// stands out, next steps, care notes, status and limits.
[[nodiscard]] Document profile_document(const Profile& profile, const ProfileOptions& options);

/// One line of JSON, schema "attune.profile" version 1, ending with a newline. Numbers carry full
/// precision (text that reads back to the same value); a scale that is not scored has "score":null
/// and a "reason". Derived scores stand apart, under "derived", where the definition has any.
/// Answers are left out, as they tell more than scores; with Explain::yes each scale has its
/// "contributions".
[[nodiscard]] std::string profile_json(const Profile& profile, const ProfileOptions& options);

/// A header line and one row: id, questionnaire, version, form, about, taken_at, then per scale X,
/// X_se, X_answered, per derived score X, X_se, then region. Scores have at most 4 decimals; not
/// scored is empty. Ends with a newline. Lines end with LF.
[[nodiscard]] std::string profile_csv(const Profile& profile);

/// The chosen steps on their own, by the names that one types to mark them as tried, and the latest
/// ten tries with how they went, the last first.
[[nodiscard]] Document next_document(const Profile& profile);

/// One line of JSON, schema "attune.next" version 1, ending with a newline: the questionnaire, the
/// record the steps come from, "next_steps" as in the profile, and "tried": every try of this
/// questionnaire's steps with its time and note, oldest first.
[[nodiscard]] std::string next_json(const Profile& profile);

}  // namespace attune::report
