// SPDX-License-Identifier: MIT
#pragma once

/// What the pictures say in words and in numbers: sentences for screen readers and for formats
/// without pictures, tables of the same numbers, and how numbers, days and lists are written.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"
#include "attune/scores.hpp"
#include "attune/trend.hpp"

namespace attune::report {

/// A score or bound in as many decimals as people are shown: one, or none on ranges wider than 20.
[[nodiscard]] std::string shown(double value, double min, double max);

/// The same on the range of a scale, a ruler, a series or a dimension of a plane.
template <class Scaled>
[[nodiscard]] std::string shown(double value, const Scaled& on) {
  return shown(value, on.min, on.max);
}

/// A tick's number: at most two decimals.
[[nodiscard]] std::string tick_label(double value);

/// "2026-01-05", "2026-01-05 to 2026-03-02"; the same as "on 2026-01-05", "from 2026-01-05 to …".
[[nodiscard]] std::string day_or_days(const Instant& first, const Instant& last);
[[nodiscard]] std::string days_in_words(const Instant& first, const Instant& last);

/// "5 January" where it is of `year`, which the reader knows, else "5 January 2025"; the same as
/// "on 5 January", "from 5 November 2025 to 2 March 2026".
[[nodiscard]] std::string date_in_words(Date date, int year);
[[nodiscard]] std::string dates_in_words(Date first, Date last, int year);

/// A table without rows: columns aligned to the left, then those aligned to the right.
[[nodiscard]] Table table_with(std::vector<std::string> left,
                               const std::vector<std::string>& right = {});
void add_column(Table& table, std::string header, Align align = Align::left);

/// A row of name, value and, where the table has a column for it, remark, with the line beside
/// them.
void add_ruler(Table& table, Ruler ruler);

/// Removes a column; with a text, only where each row has it and so says nothing.
void leave_out(Table& table, std::size_t column);
void leave_out(Table& table, std::size_t column, std::string_view usual);

/// "2.8 to 4.0"
template <class Scaled>
[[nodiscard]] std::string interval(double low, double high, const Scaled& on) {
  return shown(low, on).append(" to ").append(shown(high, on));
}

/// "3.4 ± 0.6": a score, or a difference without its sign, and half its 95 % interval.
[[nodiscard]] std::string with_margin(double value, double se, ScoreRange range);

/// `size`, the number without its sign, after the sign of `value`: "+0.3", "−1.4", "0.0".
[[nodiscard]] std::string with_sign(double value, const std::string& size);

/// "1.3 ± 0.9": how large a change is, whichever way it goes, and its margin of error; the same as
/// "−1.3 ± 0.9".
[[nodiscard]] std::string size_with_margin(const trend::Change& change, ScoreRange range);
[[nodiscard]] std::string signed_with_margin(const trend::Change& change, ScoreRange range);

/// "about 3 in 10", "less than 1 in 10", "more than 9 in 10", rounded so that together they make no
/// more than the whole, and the first by itself. Precondition: there is one.
[[nodiscard]] std::vector<std::string> chances(const std::vector<double>& probabilities);

/// "no clear change", "maybe changed", "changed": the same on every page.
[[nodiscard]] std::string_view in_words(trend::Verdict verdict);

/// What `text_of`, a function or a member, gives for each of `parts`.
template <class Parts, class TextOf>
[[nodiscard]] std::vector<std::string> texts_of(const Parts& parts, TextOf text_of) {
  std::vector<std::string> texts;
  for (const auto& part : parts) texts.push_back(std::invoke(text_of, part));
  return texts;
}

/// "9 of 11"
[[nodiscard]] std::string count_of(std::size_t count, std::size_t whole);

/// A ruler with a score and its margin on it, without a remark.
[[nodiscard]] Ruler ruler_with(std::string name, ScoreRange range, const Estimate& estimate,
                               const std::string& low_label, const std::string& high_label);

/// "on a scale from 1 (calm) to 7 (afraid), most likely between 2.8 and 4.0."
[[nodiscard]] std::string likely_range(const Ruler& ruler);

/// "Anxiety: 3.4 on a scale from 1 (calm) to 7 (afraid), most likely between 2.8 and 4.0. Middle."
[[nodiscard]] std::string sentence(const Ruler& ruler);

/// The plane's own description.
[[nodiscard]] inline const std::string& sentence(const Plane& plane) { return plane.description; }

/// "Anxiety, 13 check-ins from 2026-01-05 to 2026-12-07 on a scale from 1 (calm) to 7 (afraid): at
/// first 4.8, at last 3.4, lowest 3.2, highest 5.0. Your usual range until 7 June: 3.7 to 5.9. The
/// average is 4.6 until 7 June, 3.4 from 5 July. The newest 12: …", each with its date.
[[nodiscard]] std::string sentence(const Series& series);

/// "your usual range until 7 June: 3.7 to 5.9": the band within the range of the scale.
/// Precondition: there is one.
[[nodiscard]] std::string band_words(const Series& series);

/// "4.6 until 7 June, 3.4 from 5 July", "from 4.9 steadily down to 3.1". Precondition: there are
/// levels.
[[nodiscard]] std::string level_words(const Series& series);

/// "from 7 June to 2 August, average 5.6". Precondition: some marks are different.
[[nodiscard]] std::string different_words(const Series& series);

/// "0.8": half the likely range of a single check-in, on average. Precondition: there are marks.
[[nodiscard]] std::string margin_words(const Series& series);

/// `text` ending with a full stop (or its own ! or ?), unless it is empty.
[[nodiscard]] std::string with_full_stop(std::string text);

/// A row per mark or, where several are drawn as one, per group of them with its mean.
[[nodiscard]] Table table_of_series(const Series& series);

}  // namespace attune::report
