// SPDX-License-Identifier: MIT
#pragma once

/// The few colours of pages and pictures, by what they are for. Blue and orange stay apart for
/// every kind of colour vision, and their lightness differs, so that they do in grey as well;
/// nothing is told by a colour alone. All that is text has a contrast of at least 4.5 to 1 against
/// the paper, lines that matter at least 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).

#include <array>
#include <string_view>

namespace attune::detail {

struct Colours {
  std::string_view name;
  std::string_view light;
  std::string_view dark;
};

inline constexpr std::array<Colours, 8> palette{{
    {"paper", "#ffffff", "#14181d"},
    {"ink", "#1f242b", "#e8eaed"},
    {"quiet", "#57606b", "#a8b0ba"},   // words that may be passed over
    {"line", "#7d8692", "#7d8692"},    // frames and axes
    {"grid", "#e2e6ea", "#2c343c"},    // what only guides the eye
    {"accent", "#1b5a8f", "#86b9e8"},  // the person's own numbers
    {"other", "#b85c14", "#eba86b"},   // somebody else's beside them
    {"tint", "#eef3f8", "#1d2731"},    // the ground of a remark
}};

}  // namespace attune::detail
