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

/// "2.8 to 4.0"
[[nodiscard]] std::string interval(double low, double high, double min, double max);

/// `text` ending with a full stop (or its own ! or ?), unless it is empty.
[[nodiscard]] std::string with_full_stop(std::string text);

/// `text` with a capital first letter, where that is an ASCII letter.
[[nodiscard]] std::string capitalised(std::string text);

}  // namespace attune::detail
