// SPDX-License-Identifier: MIT
#pragma once

/// Eight bytes of text at once, in a word whose lowest byte comes first.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace attune::detail {

inline constexpr std::size_t word_bytes = sizeof(std::uint64_t);

/// On other machines texts are read byte by byte.
inline constexpr bool words_are_in_order = std::endian::native == std::endian::little;

inline std::uint64_t load_word(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, word_bytes);
  return word;
}

inline constexpr std::uint64_t every_byte = 0x0101010101010101;

/// The top bit of the lowest byte of `word` that is below `limit` (≤ 0x80); bits above it mean
/// nothing. After Mycroft's test for a zero byte.
inline std::uint64_t bytes_below(std::uint64_t word, std::uint64_t limit) {
  return (word - limit * every_byte) & ~word & 0x80 * every_byte;
}

/// The place of the first of the eight bytes at `at` that is `first`, `second`, a control character
/// or beyond ASCII; 8 where there is none. Where words are not in order: 0.
inline std::size_t find_special(const char* at, char first, char second) {
  if constexpr (!words_are_in_order) return 0;
  const std::uint64_t word = load_word(at);
  const auto repeated = [](char byte) { return static_cast<unsigned char>(byte) * every_byte; };
  const std::uint64_t special = bytes_below(word, 0x20) | bytes_below(word ^ repeated(first), 1) |
                                bytes_below(word ^ repeated(second), 1) |
                                (word & 0x80 * every_byte);
  return special == 0 ? word_bytes : static_cast<std::size_t>(std::countr_zero(special)) / 8;
}

}  // namespace attune::detail
