// SPDX-License-Identifier: MIT
#include "definition/readability.hpp"

#include <algorithm>

namespace attune::detail {

namespace {

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t vowel_groups(std::string_view word) {
  std::size_t groups = 0;
  bool in_group = false;
  for (const char c : word) {
    const bool vowel = is_vowel(c);
    if (vowel && !in_group) ++groups;
    in_group = vowel;
  }
  return groups;
}

std::size_t count_of(std::string_view word, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = word.find(part); at != std::string_view::npos;
       at = word.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// Vowels written together and spoken apart: be-ing, try-ing, qui-et, cre-ate, du-al.
std::size_t split_vowels(std::string_view word) {
  std::size_t count = 0;
  for (const std::string_view part : {"eing", "ying", "oing", "iet", "eate", "ual", "eo"}) {
    count += count_of(word, part);
  }
  count -= count_of(word, "peo");  // people
  count += count_of(word, "ia") - count_of(word, "cia") - count_of(word, "tia");
  const std::size_t io = count_of(word, "io");
  return count + io - count_of(word, "tio") - count_of(word, "sio") - count_of(word, "cio") -
         count_of(word, "gio");
}

// Whether a final "e", "ed" or "es" is written and not spoken.
bool has_silent_ending(std::string_view word) {
  const auto before = [word](std::size_t from_end) {
    return word.size() > from_end ? word[word.size() - 1 - from_end] : '\0';
  };
  if (word.ends_with("e")) {
    const bool spoken_le = word.ends_with("le") && !is_vowel(before(2));  // ta-ble
    return !is_vowel(before(1)) && !spoken_le;
  }
  if (word.ends_with("ed")) {
    return !is_vowel(before(2)) && before(2) != 't' && before(2) != 'd';
  }
  if (word.ends_with("es")) {
    const std::string_view hissing = "sxzcg";
    const bool spoken = hissing.find(before(2)) != std::string_view::npos ||
                        word.ends_with("ches") || word.ends_with("shes") || word.ends_with("les");
    return !is_vowel(before(2)) && !spoken;
  }
  return false;
}

std::size_t count_sentences(std::string_view text) {
  std::size_t sentences = 0;
  bool has_words = false;
  for (const char c : text) {
    const bool ends = c == '.' || c == '!' || c == '?' || c == '\n';
    if (ends && has_words) ++sentences;
    has_words = !ends && (has_words || (lower(c) >= 'a' && lower(c) <= 'z'));
  }
  return std::max<std::size_t>(sentences + (has_words ? 1 : 0), 1);
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char raw : text) {
    const char c = lower(raw);
    if ((c >= 'a' && c <= 'z') || (c == '\'' && !word.empty())) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  for (std::string& each : words) {
    while (each.back() == '\'') each.pop_back();
  }
  return words;
}

std::size_t count_syllables(std::string_view word) {
  std::size_t syllables = vowel_groups(word) + split_vowels(word);
  if (syllables > 1 && has_silent_ending(word)) --syllables;
  return std::max<std::size_t>(syllables, 1);
}

double reading_grade(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  if (words.empty()) return 0;
  std::size_t syllables = 0;
  for (const std::string& word : words) syllables += count_syllables(word);
  const auto word_count = static_cast<double>(words.size());
  return 0.39 * word_count / static_cast<double>(count_sentences(text)) +
         11.8 * static_cast<double>(syllables) / word_count - 15.59;
}

}  // namespace attune::detail
