// SPDX-License-Identifier: MIT
#pragma once

/// Short texts that were written lately, each found again by the sums that it came from.

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace attune::detail {

/// One place for each of many keys: a text drives out another one that fell to the same place.
class RememberedTexts {
 public:
  RememberedTexts() : entries_(std::size_t{1} << place_bits) {}

  /// Appends the text of `key` at `at` and gives the place behind it; null where it isn't known.
  /// As many bytes as the longest text has may be overwritten.
  [[nodiscard]] char* append(char* at, std::uint64_t key) const {
    const Entry& entry = entries_[place_of(key)];
    if (entry.key != key) return nullptr;
    const std::size_t size = entry.size;
    std::memcpy(at, entry.text.data(), short_bytes);
    if (size > short_bytes) std::memcpy(at, entry.text.data(), entry.text.size());
    return at + size;
  }

  /// Remembers it, unless it is too long for that.
  void remember(std::uint64_t key, std::string_view text) {
    Entry& entry = entries_[place_of(key)];
    if (text.size() > entry.text.size()) return;
    entry.key = key;
    entry.size = static_cast<std::uint8_t>(text.size());
    std::memcpy(entry.text.data(), text.data(), text.size());
  }

  static constexpr std::size_t longest = 119;

 private:
  static constexpr unsigned place_bits = 12;
  static constexpr std::size_t short_bytes = 32;

  // Multiplicative hashing: the highest bits of a product with 2^64 / the golden ratio (Knuth 1998,
  // The Art of Computer Programming 3, section 6.4).
  static std::size_t place_of(std::uint64_t key) {
    return key * 0x9E3779B97F4A7C15 >> (64 - place_bits);
  }

  struct Entry {
    std::uint64_t key = ~std::uint64_t{0};  // that of no sums
    std::uint8_t size = 0;
    std::array<char, longest> text{};
  };
  std::vector<Entry> entries_;
};

}  // namespace attune::detail
