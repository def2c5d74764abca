// SPDX-License-Identifier: MIT
#pragma once

/// The sections of a profile, each adding its blocks to the document, and the words they share.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"
#include "attune/profile.hpp"

namespace attune::detail {

/// Title, whom the answers are about, date, form and version.
void add_header(Document& document, const Profile& profile);

/// "Short form", or the id of a form without a title. Precondition: the form exists.
[[nodiscard]] const std::string& form_title(const Profile& profile);

/// Main scales with a ruler, the text of the band, and the facets below.
void add_scores(Document& document, const Profile& profile);

/// One line on where a scale's score lies among the samples whose norms apply; nothing without any.
[[nodiscard]] std::string norms_in_words(const Profile& profile, std::size_t scale);

/// Derived scores with a ruler each, and what they are made of. Those that the form can't have are
/// left out.
void add_derived(Document& document, const Profile& profile);

/// What a derived score is made of: "Secure + Dismissing − Fearful", "the mean of A, B and C".
[[nodiscard]] std::string terms_in_words(const Questionnaire& questionnaire,
                                         const Derived& derived);

/// The plane with earlier check-ins where some are handed in, the region's text, its border in
/// plain words, and what a region is not.
void add_plane(Document& document, const Profile& profile, std::vector<PlanePosition> earlier = {});

/// The facets furthest from the middle.
void add_standouts(Document& document, const Profile& profile);

/// The chosen next steps with how to use them and what was tried; nothing without any.
void add_next_steps(Document& document, const Profile& profile);

/// Remarks on how the answers were given; nothing without any.
void add_care_notes(Document& document, const Profile& profile);

/// What scores are not, in two sentences.
inline constexpr std::string_view limits_of_scores =
    "This page describes answers. It is not a diagnosis, and it is no measure of your worth.";

/// The same in one, where there are no scores.
inline constexpr std::string_view limits_of_notes = "Nothing here is a diagnosis.";

/// Where to turn in distress, and the person's own line where there is one.
void add_support(Document& document, const std::string& contact);

/// Every main scale's answers with what each contributes.
void add_explanation(Document& document, const Profile& profile);

/// What was answered, in words: for forms that have no scales.
void add_noted(Document& document, const Profile& profile);

/// "3.4 ± 0.6": the score and half its 95 % interval. Precondition: the scale is scored.
[[nodiscard]] std::string score_text(const Profile& profile, std::size_t scale);

/// The possible scores of a scale in the form that was asked.
[[nodiscard]] ScoreRange range_of(const Profile& profile, std::size_t scale);

/// Whether the form asks enough items of a facet for looking at it alone.
[[nodiscard]] bool is_shown_alone(const Profile& profile, std::size_t scale);

/// An index into `abouts` for the record's about, as `statement` takes it.
[[nodiscard]] std::optional<std::size_t> about_of(const Profile& profile);

/// "about 3 in 10", "less than 1 in 10", "more than 9 in 10".
[[nodiscard]] std::string chance(double probability);

}  // namespace attune::detail
