// SPDX-License-Identifier: MIT
#pragma once

/// The next steps of one profile on their own, by the names that one types to mark them as tried,
/// and what was tried so far. Not for choosing them (interpretation.hpp).
///
///     out << render_text(next_document(profile), style);

#include <string>

#include "attune/document.hpp"
#include "attune/profile.hpp"

namespace attune {

/// The chosen steps, how to mark one as tried, and the latest ten tries with how they went, the
/// last first.
[[nodiscard]] Document next_document(const Profile& profile);

/// One line of JSON, schema "attune.next" version 1, ending with a newline: the questionnaire, the
/// record the steps come from, "next_steps" as in the profile, and "tried": every try of this
/// questionnaire's steps with its time and note, oldest first.
[[nodiscard]] std::string next_json(const Profile& profile);

}  // namespace attune
