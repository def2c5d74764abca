// SPDX-License-Identifier: MIT
#pragma once

/// What the pictures say in words and in numbers: sentences for screen readers and for formats
/// without pictures, tables of the same numbers, and how a number is written.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "attune/document.hpp"

namespace attune::report {

/// A score or bound in as many decimals as people are shown: one, or none on ranges wider than 20.
[[nodiscard]] std::string shown(double value, double min, double max);

/// A tick's number: at most two decimals.
[[nodiscard]] std::string tick_label(double value);

/// "2.8 to 4.0"
[[nodiscard]] std::string interval(double low, double high, double min, double max);

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

/// `text` ending with a full stop (or its own ! or ?), unless it is empty.
[[nodiscard]] std::string with_full_stop(std::string text);

/// The small rulers that follow one another from `at` on, which form a group; none where there is
/// something else.
[[nodiscard]] std::vector<const Ruler*> small_rulers_at(const Document& document, std::size_t at);

/// Whether any of them has a remark.
[[nodiscard]] bool have_meaning(std::span<const Ruler* const> rulers);

/// Score, likely range and, where there are any, meanings. Precondition: not empty.
[[nodiscard]] Table table_of_rulers(std::span<const Ruler* const> rulers);

/// A row per dimension and point; the names of points where they have any.
[[nodiscard]] Table table_of_plane(const Plane& plane);

/// A row per mark or, where several are drawn as one, per group of them with its mean.
[[nodiscard]] Table table_of_series(const Series& series, SeriesRows rows);

}  // namespace attune::report
