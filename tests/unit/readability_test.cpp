// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <string_view>

#include "definition/draft.hpp"

using namespace attune;  // NOLINT: a test file

TEST_CASE("syllables are counted as a dictionary divides the words") {
  struct Case {
    std::string_view word;
    std::size_t syllables;
  };
  // Vowels written together and spoken apart, as in "being", count as one: an estimate.
  for (const Case& each :
       {Case{"a", 1}, Case{"the", 1}, Case{"people", 2}, Case{"closest", 2}, Case{"make", 1},
        Case{"makes", 1}, Case{"table", 2}, Case{"asked", 1}, Case{"wanted", 2}, Case{"needed", 2},
        Case{"wishes", 2}, Case{"changes", 2}, Case{"choice", 1}, Case{"relation", 3},
        Case{"free", 1}, Case{"social", 2}, Case{"together", 3}, Case{"emotional", 4},
        Case{"rhythm", 1}}) {
    CHECK_MESSAGE(definition::count_syllables(each.word) == each.syllables, each.word);
  }
}

TEST_CASE("the reading grade follows Kincaid et al. (1975)") {
  // 6 words, 6 syllables, 1 sentence: 0.39 * 6 + 11.8 - 15.59 = -1.45
  CHECK(definition::reading_grade("The cat sat on the mat.") == doctest::Approx(-1.45));
  // 4 words, 4+3+3+2 = 12 syllables, 2 sentences: 0.39 * 2 + 11.8 * 3 - 15.59 = 20.59
  CHECK(definition::reading_grade("Emotional relation. Together changes!") ==
        doctest::Approx(20.59));
  CHECK(definition::reading_grade("... 12") == 0);
}

TEST_CASE("words are letters with the apostrophes within them") {
  CHECK(definition::words_of("Don't say 'and/or', ever!") ==
        std::vector<std::string>{"don't", "say", "and", "or", "ever"});
}
