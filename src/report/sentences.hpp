// SPDX-License-Identifier: MIT
#pragma once

/// What the pictures say, in sentences: for screen readers, and for formats without pictures.

#include <string>
#include <string_view>

#include "attune/document.hpp"

namespace attune::detail {

/// "on a scale from 1 (calm) to 7 (afraid), most likely between 2.8 and 4.0."
[[nodiscard]] std::string likely_range(const Ruler& ruler);

/// "Anxiety: 3.4 on a scale from 1 (calm) to 7 (afraid), most likely between 2.8 and 4.0. Middle."
[[nodiscard]] std::string sentence(const Ruler& ruler);

/// The plane's own description, or the two values where it has none.
[[nodiscard]] std::string sentence(const Plane& plane);

/// "Anxiety, 13 check-ins from 2026-01-05 to 2026-12-07 on a scale from 1 (calm) to 7 (afraid): at
/// first 4.8, at last 3.4, lowest 3.2, highest 5.0. Your usual range is 3.7 to 5.9."
[[nodiscard]] std::string sentence(const Series& series);

/// "3.7 to 5.9": the band within the range of the scale. Precondition: there is one.
[[nodiscard]] std::string band_words(const Series& series);

/// What a page is called: its first heading, or the program's name where it has none.
[[nodiscard]] std::string title_of(const Document& document);

/// "2.8 to 4.0"
[[nodiscard]] std::string interval(double low, double high, double min, double max);

/// `text` ending with a full stop (or its own ! or ?), unless it is empty.
[[nodiscard]] std::string with_full_stop(std::string text);

/// `text` with a capital first letter, where that is an ASCII letter.
[[nodiscard]] std::string capitalised(std::string text);

}  // namespace attune::detail
