// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attune::detail {

/// The words of an English text in lower case; apostrophes within a word stay.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

/// Syllables of an English word in lower case, by its spelling. An estimate: it knows the common
/// silent endings and the vowels that are spoken apart.
[[nodiscard]] std::size_t count_syllables(std::string_view word);

/// Flesch-Kincaid grade level, 0.39 words/sentences + 11.8 syllables/words − 15.59 (Kincaid,
/// Fishburne, Rogers & Chissom 1975). English only. 0 for a text without words.
[[nodiscard]] double reading_grade(std::string_view text);

}  // namespace attune::detail
